#include <engine/accounts/kinds.h>
#include <web/server/organisation_change.h>
#include <web/server/people_rows.h>
#include <web/server/schema.h>

namespace jicai::web {

using decision::Json;

Answer organisation_answer(
    const Services& services,
    const Request& request,
    ports::Transaction& transaction,
    const accounts::ChangedOrganisation& changed,
    int status
) {
    Json::Object row = PeopleRows(services, request, transaction).row(changed.organisation);
    Json::Array warnings;
    for (const decision::Message& warning : changed.warnings) {
        warnings.emplace_back(services.words.render(request.language, warning));
    }
    row.emplace("warnings", std::move(warnings));
    Answer answer = json_answer(row, status);
    answer.audit = changed.audit;
    return answer;
}

Json organisation_answer_schema() {
    Json::Object members = organisation_members();
    members.emplace("warnings", schema::array(schema::text(500)));
    return schema::object(members);
}

Json::Object organisation_body() {
    std::vector<std::string> kinds;
    for (const auto kind : accounts::all_kinds()) kinds.emplace_back(accounts::name_of(kind));
    return {
        {"code", schema::text(30, 1)},
        {"name", schema::text(200, 1)},
        {"kind", schema::choice(kinds)},
        {"region", schema::text(6, 6)},
        {"parent", schema::number()}};
}

}  // namespace jicai::web
