#include <catalogs/round_archive/set_up_files.h>
#include <web/server/round_pages.h>
#include <web/server/round_work.h>
#include <web/server/schema.h>

namespace jicai::web {
namespace {

using decision::Json;
using Names = std::vector<std::string>;

const Names& lot_columns() {
    static const Names names{
        "lot", "name", "volume_class", "base_form", "quantity_step", "term_class", "regions"};
    return names;
}

const Names& spec_columns() {
    static const Names names{
        "lot", "spec", "content_mg", "main_spec", "ceiling", "content_unit", "fill_ml"};
    return names;
}

std::string table(const Json& rows, const Names& columns) {
    std::vector<Names> cells;
    for (const Json& row : rows.array()) {
        Names& line = cells.emplace_back();
        const Json::Object& object = row.object();
        for (const std::string& column : columns) {
            const auto value = object.find(column);
            if (value == object.end()) {
                line.emplace_back();
            } else if (column == "main_spec") {
                line.emplace_back(value->second == Json(true) ? "1" : "0");
            } else {
                line.push_back(value->second.text());
            }
        }
    }
    return catalogs::csv_table(columns, cells);
}

Json row_schema(const Names& columns, const Names& optional) {
    Json::Object members;
    for (const std::string& column : columns) {
        members.emplace(column, column == "main_spec" ? schema::flag() : schema::text(1000));
    }
    return schema::array(schema::object(members, optional), 20'000);
}

Answer handle(const Request& request, Services& services, ports::Transaction& transaction) {
    const setup::Doer doer = setup_doer(request);
    const auto round =
        setup::round_for(transaction, request.parameter("round"), doer, access::Action::run_rounds);
    setup::need_version(round, request.number("version"));
    change_by_form(
        services,
        request,
        transaction,
        doer,
        round,
        {{"lots.csv", table(request.member("lots"), lot_columns())},
         {"specs.csv", table(request.member("specs"), spec_columns())}}
    );
    return setup_answer(
        services,
        request,
        transaction,
        round.id,
        audited("round.changed", "round:" + round.id, {}, request.body)
    );
}

}  // namespace

Route change_round_lots() {
    return {
        .method = Method::put,
        .path = "/api/rounds/{round}/lots",
        .name = "change_round_lots",
        .summary = "Puts lots and specs of a draft in the place of those it has",
        .action = access::Action::run_rounds,
        .kind = Kind::write,
        .parameters = {round_parameter()},
        .body_schema = schema::object(
            {{"lots", row_schema(lot_columns(), {"term_class", "regions"})},
             {"specs", row_schema(spec_columns(), {"ceiling", "content_unit", "fill_ml"})},
             {"version", schema::number(1)}}
        ),
        .answer_schema = setup_schema(),
        .failures = {404, 409, 422},
        .handle_write = handle,
    };
}

}  // namespace jicai::web
