#include <web/server/answer.h>
#include <web/server/request.h>

#include <utility>

namespace jicai::web {

using decision::Json;

Answer json_answer(const Json& body, int status) {
    Answer answer;
    answer.status = status;
    answer.body = std::make_shared<const std::string>(body.canonical());
    return answer;
}

ports::AuditEntry audited(
    std::string action, std::string object, const Json& before, const Json& after
) {
    ports::AuditEntry entry;
    entry.action = std::move(action);
    entry.object = std::move(object);
    entry.result = "done";
    if (!before.is_null()) entry.before = before.canonical();
    if (!after.is_null()) entry.after = after.canonical();
    return entry;
}

ports::AuditEntry filled_in(ports::AuditEntry entry, const Request& request) {
    entry.at = request.wall;
    if (entry.user == 0) entry.user = request.actor.user;
    if (entry.login.empty()) entry.login = request.login;
    if (entry.organisation == 0) entry.organisation = request.actor.organisation;
    entry.key = request.actor.key;
    entry.address = request.address;
    entry.request_id = request.id;
    if (entry.result.empty()) entry.result = "done";
    return entry;
}

void set_session_cookie(Answer& answer, const Request& request, const std::string& value) {
    std::string cookie = "jicai_session=" + value + "; Path=/; HttpOnly; SameSite=Strict";
    if (request.secure) cookie += "; Secure";
    if (value.empty()) cookie += "; Max-Age=0";
    answer.headers["Set-Cookie"] = std::move(cookie);
}

}  // namespace jicai::web
