#include <web/server/people_rows.h>
#include <web/server/schema.h>
#include <web/server/user_change.h>

namespace jicai::web {

using decision::Json;

Answer user_answer(
    const Services& services,
    const Request& request,
    ports::Transaction& transaction,
    const accounts::ChangedUser& changed,
    int status
) {
    Json::Object row = PeopleRows(services, request, transaction).row(changed.user);
    if (!changed.password.empty()) row.emplace("password", changed.password);
    Answer answer = json_answer(row, status);
    answer.audit = changed.audit;
    return answer;
}

Json user_answer_schema() {
    Json::Object members = user_members();
    members.emplace("password", schema::text());
    return schema::object(members, {"password"});
}

}  // namespace jicai::web
