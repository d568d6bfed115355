#include <engine/catalogue/kinds.h>
#include <web/server/answer.h>
#include <web/server/catalogue_rows.h>
#include <web/server/people_rows.h>
#include <web/server/route.h>
#include <web/server/schema.h>

namespace jicai::web {
namespace {

using decision::Json;

Answer list(const Request& request, Services& services) {
    ports::InstitutionQuery query;
    query.text = request.parameter("text");
    query.within = request.parameter("region");
    query.kind = catalogue::find_institution_kind(request.parameter("kind"));
    query.duty = catalogue::find_duty(request.parameter("duty"));
    if (!request.parameter("active").empty()) query.active = request.parameter("active") == "yes";
    query.page = page_of(request);
    const std::string& lead = request.parameter("lead");
    std::vector<Json::Object> rows;
    std::int64_t total = 0;
    services.store.read([&](ports::Transaction& transaction) {
        rows.clear();
        if (!lead.empty()) {
            const auto found = transaction.catalogue().institution_by_code(lead);
            if (!found) return;
            query.lead = found->organisation;
        }
        const auto found = transaction.catalogue().institutions(query);
        total = found.total;
        CatalogueRows all(services, request, transaction);
        for (const auto& one : found.rows) rows.push_back(all.row(one));
    });
    return list_answer(
        request,
        services,
        list_of(
            "hospitals",
            {"code",
             "name",
             "region_text",
             "kind_text",
             "duty_text",
             "level_text",
             "lead_name",
             "expires",
             "active_text"},
            {},
            std::move(rows),
            total
        )
    );
}

Answer one(const Request& request, Services& services) {
    const std::string& code = request.parameter("code");
    Json::Object row;
    services.store.read([&](ports::Transaction& transaction) {
        const auto found = transaction.catalogue().institution_by_code(code);
        if (!found) throw ports::Refused({"catalogue.hospital_not_found", {{"code", code}}});
        CatalogueRows rows(services, request, transaction);
        row = rows.row(*found);
        Json::Array members;
        const std::int64_t lead = found->lead != 0 ? found->lead : found->organisation;
        for (const auto& member : transaction.catalogue().members_of(lead)) {
            members.emplace_back(Json::Object{{"code", member.code}, {"name", member.name}});
        }
        row.emplace("members", std::move(members));
    });
    return json_answer(std::move(row));
}

Json one_schema() {
    Json::Object members = hospital_members();
    members.emplace(
        "members",
        schema::array(schema::object({{"code", schema::text()}, {"name", schema::text(500)}}))
    );
    return schema::object(members);
}

std::vector<std::string> kinds() {
    std::vector<std::string> names;
    for (const auto kind : catalogue::all_institution_kinds()) {
        names.emplace_back(catalogue::name_of(kind));
    }
    return names;
}

}  // namespace

Route get_hospitals() {
    return {
        .path = "/api/hospitals",
        .name = "get_hospitals",
        .summary = "Hospitals, pharmacies and clinics",
        .action = access::Action::see_catalogues,
        .parameters = list_parameters(
            {{.name = "text", .description = "part of the name, of its initials, or of the code"},
             {.name = "region", .description = "a region and all below it"},
             {.name = "kind", .kind = Parameter::Kind::choice, .choices = kinds()},
             {.name = "duty", .kind = Parameter::Kind::choice, .choices = {"must", "voluntary"}},
             {.name = "active", .kind = Parameter::Kind::choice, .choices = {"yes", "no"}},
             {.name = "lead", .description = "code of the lead of a medical group"}}
        ),
        .answer_schema = schema::list(hospital_members()),
        .answer_types = list_types(),
        .failures = {422},
        .handle = list,
    };
}

Route get_hospital() {
    return {
        .path = "/api/hospitals/{code}",
        .name = "get_hospital",
        .summary = "A hospital, pharmacy or clinic with its medical group",
        .action = access::Action::see_catalogues,
        .parameters = {{.name = "code", .place = Parameter::Place::path}},
        .answer_schema = one_schema(),
        .failures = {404},
        .handle = one,
    };
}

}  // namespace jicai::web
