#include <engine/accounts/keys.h>
#include <web/server/answer.h>
#include <web/server/people_rows.h>
#include <web/server/route.h>
#include <web/server/schema.h>
#include <web/server/services.h>

namespace jicai::web {
namespace {

Answer handle(const Request& request, Services& services, ports::Transaction& transaction) {
    const accounts::ChangedKey revoked =
        accounts::revoke_key(transaction, request.actor, request.count("id", 0));
    Answer answer = json_answer(PeopleRows(services, request, transaction).row(revoked.key));
    answer.audit = revoked.audit;
    return answer;
}

}  // namespace

Route revoke_key() {
    return {
        .method = Method::del,
        .path = "/api/keys/{id}",
        .name = "revoke_key",
        .summary = "Ends a key at once",
        .action = access::Action::manage_keys,
        .kind = Kind::write,
        .parameters = {id_parameter()},
        .answer_schema = schema::object(key_members()),
        .failures = {404, 409, 422},
        .handle_write = handle,
    };
}

}  // namespace jicai::web
