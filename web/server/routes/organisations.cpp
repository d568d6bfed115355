#include <engine/access/access.h>
#include <engine/accounts/kinds.h>
#include <web/server/answer.h>
#include <web/server/people_rows.h>
#include <web/server/route.h>
#include <web/server/schema.h>
#include <web/server/services.h>

namespace jicai::web {
namespace {

using decision::Json;

/// The narrower of what is asked for and what may be seen; "none" where they do not meet.
std::string within(const Request& request) {
    const std::string& asked = request.parameter("region");
    if (request.reach != access::Reach::region) return asked;
    if (asked.empty() || access::is_within(request.actor.region, asked))
        return request.actor.region;
    return access::is_within(asked, request.actor.region) ? asked : "none";
}

Answer handle(const Request& request, Services& services) {
    ports::OrganisationQuery query;
    query.text = request.parameter("text");
    query.kind = accounts::find_kind(request.parameter("kind"));
    query.within = within(request);
    query.page = page_of(request);
    const bool own_only =
        request.reach == access::Reach::organisation || request.reach == access::Reach::self;
    if (own_only) query.only = request.actor.organisation;
    std::vector<Json::Object> rows;
    std::int64_t total = 0;
    services.store.read([&](ports::Transaction& transaction) {
        rows.clear();
        if (query.within == "none") return;
        const auto found = transaction.people().find(query);
        total = found.total;
        PeopleRows people(services, request, transaction);
        for (const auto& organisation : found.rows) rows.push_back(people.row(organisation));
    });
    return list_answer(
        request,
        services,
        list_of(
            "organisations",
            {"code", "name", "kind_text", "region_text", "active_text"},
            {},
            std::move(rows),
            total
        )
    );
}

std::vector<std::string> kinds() {
    std::vector<std::string> names;
    for (const auto kind : accounts::all_kinds()) names.emplace_back(accounts::name_of(kind));
    return names;
}

}  // namespace

Route get_organisations() {
    return {
        .path = "/api/organisations",
        .name = "get_organisations",
        .summary = "The organisations within the asker's reach",
        .action = access::Action::see_organisations,
        .parameters = list_parameters(
            {{.name = "text", .description = "part of code or name"},
             {.name = "kind", .kind = Parameter::Kind::choice, .choices = kinds()},
             {.name = "region", .description = "a region and all below it"}}
        ),
        .answer_schema = schema::list(organisation_members()),
        .answer_types = list_types(),
        .failures = {422},
        .handle = handle,
    };
}

}  // namespace jicai::web
