#include <engine/accounts/own_account.h>
#include <web/server/answer.h>
#include <web/server/route.h>
#include <web/server/schema.h>
#include <web/server/services.h>
#include <web/server/session_page.h>

namespace jicai::web {
namespace {

using decision::Json;

Answer handle(const Request& request, Services&, ports::Transaction& transaction) {
    const std::string& language = request.text("language");
    Answer answer = json_answer(Json::Object{{"language", language}});
    answer.audit = accounts::change_language(transaction, session_of(request).user, language);
    return answer;
}

}  // namespace

Route change_language() {
    return {
        .method = Method::put,
        .path = "/api/session/language",
        .name = "change_language",
        .summary = "Keeps the language of the person's pages",
        .action = access::Action::manage_own_account,
        .kind = Kind::write,
        .body_schema = schema::object({{"language", schema::choice({"zh", "en"})}}),
        .answer_schema = schema::object({{"language", schema::choice({"zh", "en"})}}),
        .failures = {409},
        .handle_write = handle,
    };
}

}  // namespace jicai::web
