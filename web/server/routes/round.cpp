#include <engine/rules/parameter_list.h>
#include <reports/award_tables.h>
#include <reports/rulebook_page.h>
#include <web/server/lists.h>
#include <web/server/round_pages.h>
#include <web/server/schema.h>

#include <set>

namespace jicai::web {
namespace {

using decision::Json;

/// The stages in their order; a cancelled round ends with that.
Json steps_of(const RoundPage& page) {
    const access::Stage now = page.round().stored.stage;
    const bool cancelled = now == access::Stage::cancelled;
    Json::Array steps;
    for (const access::Stage stage : access::all_stages()) {
        const bool current = stage == now;
        if ((stage == access::Stage::draft || stage == access::Stage::cancelled) && !current) {
            continue;
        }
        const char* state = "todo";
        if (current) {
            state = "current";
        } else if (!cancelled && stage < now) {
            state = "done";
        }
        steps.emplace_back(Json::Object{
            {"stage", std::string(access::name_of(stage))},
            {"text", stage_text(page.words(), stage)},
            {"state", state},
        });
    }
    return steps;
}

Json counted(bool told, std::int64_t count) {
    return told ? Json(count) : Json();
}

Json counts_of(const RoundPage& page) {
    const DecidedRound& round = page.round();
    const bool ready = round.ruled.has_value();
    const bool results = ready && page.view().results;
    const bool counts = ready && page.view().counts;
    const reports::LotCounts lots = reports::count_lots(round.decided);
    std::set<round::SupplierIndex> bidders;
    if (counts) {
        for (const round::Bid& bid : round.ruled->round.bids) {
            if (bid.participation == round::Participation::bid) bidders.insert(bid.supplier);
        }
    }
    return Json::Object{
        {"lots", counted(ready, static_cast<std::int64_t>(round.decided.lots.size()))},
        {"decided", counted(results, lots.decided)},
        {"failed", counted(results, lots.failed)},
        {"pending", counted(results, lots.pending)},
        {"bids", counted(counts, lots.bids)},
        {"bidders", counted(counts, static_cast<std::int64_t>(bidders.size()))},
        {"winners", counted(results, lots.winners)},
    };
}

Json statuses_of(const RoundPage& page) {
    Json::Array statuses;
    if (!page.view().results || !page.round().ruled) return statuses;
    const reports::LotCounts lots = reports::count_lots(page.round().decided);
    const auto add = [&](const char* status, std::int64_t count) {
        statuses.emplace_back(Json::Object{
            {"status", status}, {"text", page.words().word("status", status)}, {"count", count}});
    };
    add("decided", lots.decided);
    add("failed", lots.failed);
    add("pending", lots.pending);
    if (lots.cancelled > 0) add("cancelled", lots.cancelled);
    return statuses;
}

Json weak_values_of(const RoundPage& page) {
    Json::Array values;
    if (!page.round().ruled) return values;
    const catalogs::Words& words = page.words();
    for (const auto& row : reports::weak_values(page.round().ruled->rules.rulebook).rows) {
        // path, value, unit, clause, evidence, flag
        values.emplace_back(Json::Object{
            {"path", row[0]},
            {"title", words.parameter_title(row[0])},
            {"value", words.parameter_value(row[0], row[1])},
            {"unit", words.word("unit", row[2])},
            {"clause", words.clause(row[3])},
            {"evidence", row[5]},
            {"evidence_text", words.word("evidence", row[5])},
        });
    }
    return values;
}

Json rulebook_of(const RoundPage& page) {
    const DecidedRound& round = page.round();
    std::string title;
    if (round.ruled) {
        const rules::Rulebook& rulebook = round.ruled->rules.rulebook;
        title = page.words().english() ? rulebook.title_en : rulebook.title_zh;
    }
    return Json::Object{{"id", round.stored.rulebook}, {"title", title}};
}

Json overview(const RoundPage& page, const std::string& owner) {
    const ports::StoredRound& stored = page.round().stored;
    Json::Array may;
    for (const std::string& action : page.view().actions()) may.emplace_back(action);
    return Json::Object{
        {"id", stored.id},
        {"title", stored.title},
        {"kind", stored.kind},
        {"kind_text", page.words().word("kind", stored.kind)},
        {"stage", std::string(access::name_of(stored.stage))},
        {"stage_text", stage_text(page.words(), stored.stage)},
        {"steps", steps_of(page)},
        {"opening", stored.opening},
        {"rulebook", rulebook_of(page)},
        {"owner", Json::Object{{"id", stored.owner}, {"name", owner}}},
        {"counts", counts_of(page)},
        {"statuses", statuses_of(page)},
        {"weak_values", weak_values_of(page)},
        {"certificate_digest", digest_text(page.view().results ? stored.certificate_digest : "")},
        {"may", std::move(may)},
    };
}

Answer handle(const Request& request, Services& services) {
    const RoundPage page(request, services);
    const auto list = services.rounds.list();
    const auto owner = list->owners.find(page.round().stored.owner);
    const std::string name = owner == list->owners.end() ? "" : owner->second;
    return page.kept("round " + name, [&] { return json_answer(overview(page, name)); });
}

}  // namespace

Route get_round() {
    const Json count = schema::nullable(schema::number());
    return {
        .path = "/api/rounds/{round}",
        .name = "get_round",
        .summary =
            "A round: where it stands, what was decided, what one may see of it; counts that "
            "may not be told yet are null",
        .action = access::Action::see_rounds,
        .parameters = {round_parameter()},
        .answer_schema = schema::object(
            {{"id", schema::text()},
             {"title", schema::text()},
             {"kind", schema::text()},
             {"kind_text", schema::text()},
             {"stage", schema::text()},
             {"stage_text", schema::text()},
             {"steps",
              schema::array(schema::object(
                  {{"stage", schema::text()},
                   {"text", schema::text()},
                   {"state", schema::choice({"done", "current", "todo"})}}
              ))},
             {"opening", schema::text()},
             {"rulebook", schema::object({{"id", schema::text()}, {"title", schema::text()}})},
             {"owner", schema::object({{"id", schema::number()}, {"name", schema::text()}})},
             {"counts",
              schema::object(
                  {{"lots", count},
                   {"decided", count},
                   {"failed", count},
                   {"pending", count},
                   {"bids", count},
                   {"bidders", count},
                   {"winners", count}}
              )},
             {"statuses",
              schema::array(schema::object(
                  {{"status", schema::choice({"decided", "failed", "pending", "cancelled"})},
                   {"text", schema::text()},
                   {"count", schema::number()}}
              ))},
             {"weak_values",
              schema::array(schema::object(
                  {{"path", schema::text()},
                   {"title", schema::text(500)},
                   {"value", schema::text(2000)},
                   {"unit", schema::text()},
                   {"clause", schema::text(500)},
                   {"evidence", schema::text()},
                   {"evidence_text", schema::text()}}
              ))},
             {"certificate_digest", schema::text()},
             {"may", schema::array(schema::text())}}
        ),
        .failures = {404},
        .handle = handle,
    };
}

}  // namespace jicai::web
