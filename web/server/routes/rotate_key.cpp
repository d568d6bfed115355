#include <engine/accounts/keys.h>
#include <web/server/answer.h>
#include <web/server/people_rows.h>
#include <web/server/route.h>
#include <web/server/schema.h>
#include <web/server/services.h>

namespace jicai::web {
namespace {

using decision::Json;

Answer handle(const Request& request, Services& services, ports::Transaction& transaction) {
    const accounts::ChangedKey made = accounts::rotate_key(
        transaction, services.secrets, request.actor, request.count("id", 0), request.wall
    );
    Answer answer = json_answer(Json::Object{
        {"secret", made.secret}, {"old_expires_at", ports::beijing_text(*made.key.old_expires_at)}}
    );
    answer.audit = made.audit;
    return answer;
}

}  // namespace

Route rotate_key() {
    return {
        .method = Method::post,
        .path = "/api/keys/{id}/rotation",
        .name = "rotate_key",
        .summary = "Gives a key a new secret; the old one works for 24 hours more",
        .action = access::Action::manage_keys,
        .kind = Kind::write,
        .parameters = {id_parameter()},
        .answer_schema =
            schema::object({{"secret", schema::text()}, {"old_expires_at", schema::text()}}),
        .failures = {404, 409, 422},
        .handle_write = handle,
    };
}

}  // namespace jicai::web
