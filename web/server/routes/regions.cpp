#include <engine/access/code_check.h>
#include <web/server/answer.h>
#include <web/server/people_rows.h>
#include <web/server/route.h>
#include <web/server/schema.h>
#include <web/server/services.h>

namespace jicai::web {
namespace {

using decision::Json;

bool is_child(std::string_view code, const std::string& within) {
    if (within == "000000") return code.substr(2) == "0000";
    if (within.substr(4) != "00") return false;                     // nothing lies below a county
    const std::size_t digits = within.substr(2) == "0000" ? 2 : 4;  // of a province, of a city
    if (code.substr(0, digits) != within.substr(0, digits) || code == within) return false;
    return digits == 4 || code.substr(4) == "00";
}

Answer handle(const Request& request, Services& services) {
    const std::string& within = request.parameter("within");
    const std::string parent = within.empty() ? "000000" : within;
    const bool known = access::is_region_code(parent);
    std::map<std::string, std::string> regions;
    const auto take = [&](const std::string& code) {
        regions.emplace(code, region_name(services, request, code));
    };
    if (within.empty()) take("000000");
    for (const std::string& code : region_codes()) {
        if (known && is_child(code, parent)) take(code);
    }
    if (within.empty()) {
        services.store.read([&](ports::Transaction& transaction) {
            ports::OrganisationQuery query;
            query.page.size = kExportRowsMax;
            for (const auto& organisation : transaction.people().find(query).rows) {
                take(organisation.region);
            }
        });
    }
    Json::Array list;
    for (const auto& [code, name] : regions) {
        list.emplace_back(Json::Object{{"code", code}, {"name", name}});
    }
    return json_answer(Json::Object{{"regions", std::move(list)}});
}

}  // namespace

Route get_regions() {
    return {
        .path = "/api/regions",
        .name = "get_regions",
        .summary =
            "The country, its provinces and the regions organisations lie in; or those right "
            "below one (GB/T 2260)",
        .action = access::Action::see_service,
        .parameters = {{.name = "within", .description = "code of a region"}},
        .answer_schema = schema::object(
            {{"regions",
              schema::array(schema::object({{"code", schema::text()}, {"name", schema::text()}}))}}
        ),
        .handle = handle,
    };
}

}  // namespace jicai::web
