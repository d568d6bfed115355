#include <engine/accounts/identity.h>
#include <web/server/answer.h>
#include <web/server/notice_rows.h>
#include <web/server/people_rows.h>
#include <web/server/route.h>
#include <web/server/schema.h>

namespace jicai::web {
namespace {

using decision::Json;

Answer handle(const Request& request, Services& services, ports::Transaction& transaction) {
    const std::int64_t id = request.count("id", 0);
    const bool sign = request.flag("signed");
    const auto read =
        notices::receive(transaction, request.actor, request.caller->name, id, sign, request.now);
    Answer answer = json_answer(notice_page(services, request, transaction, read));
    answer.audit = {
        audited(sign ? "notice.signed" : "notice.read", "notice:" + std::to_string(id), {}, {})};
    return answer;
}

}  // namespace

Route receive_notice() {
    return {
        .method = Method::post,
        .path = "/api/notices/{id}/receipt",
        .name = "receive_notice",
        .summary = "Notes that a notice was read; signs for it in the name of the organisation",
        .action = access::Action::read_notices,
        .kind = Kind::write,
        .parameters = {id_parameter()},
        .body_schema = schema::object({{"signed", schema::flag()}}),
        .answer_schema = schema::object(notice_page_members()),
        .failures = {404, 422},
        .handle_write = handle,
    };
}

}  // namespace jicai::web
