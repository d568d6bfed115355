#include <reports/award_tables.h>
#include <web/server/lists.h>
#include <web/server/round_pages.h>
#include <web/server/schema.h>
#include <web/server/table_answer.h>

namespace jicai::web {
namespace {

const std::vector<std::string>& table_names() {
    static const std::vector<std::string> names{
        "awards", "lots_decided", "region_counts", "volumes", "allocations", "packs_priced"};
    return names;
}

reports::Table table_of(const DecidedRound& decided, const std::string& name) {
    const round::Round& round = decided.need().round;
    if (name == "awards") return reports::awards(round, decided.decided);
    if (name == "lots_decided") return reports::lots_decided(round, decided.decided);
    if (name == "region_counts") return reports::region_counts(round, decided.decided);
    if (name == "volumes") return reports::volumes(round, decided.decided);
    if (name == "allocations") return reports::allocations(round, decided.decided);
    return reports::packs_priced(round, decided.decided);
}

Answer handle(const Request& request, Services& services) {
    const RoundPage page(request, services);
    page.need(page.view().results, access::Action::see_award);
    return page.kept("award_table", [&] {
        const std::string& name = request.parameter("table");
        Answer answer;
        answer.type = "text/csv; charset=utf-8";
        answer.body =
            std::make_shared<const std::string>(reports::to_csv(table_of(page.round(), name)));
        answer.headers["Content-Disposition"] =
            attachment(page.round().stored.id + "-" + name + ".csv", name + ".csv");
        return answer;
    });
}

}  // namespace

Route get_award_table() {
    return {
        .path = "/api/rounds/{round}/tables/{table}",
        .name = "get_award_table",
        .summary = "A table of the award, byte for byte as `jicai award` writes it",
        .action = access::Action::see_award,
        .parameters =
            {round_parameter(),
             {.name = "table",
              .place = Parameter::Place::path,
              .kind = Parameter::Kind::choice,
              .required = true,
              .choices = table_names()}},
        .answer_types = {"text/csv"},
        .failures = {404, 422},
        .handle = handle,
    };
}

}  // namespace jicai::web
