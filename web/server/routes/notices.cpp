#include <engine/notices/notify.h>
#include <web/server/notice_rows.h>
#include <web/server/people_rows.h>
#include <web/server/route.h>
#include <web/server/schema.h>

namespace jicai::web {
namespace {

using decision::Json;
using ports::NoticeState;

NoticeState state_of(const std::string& word) {
    if (word == "unread") return NoticeState::unread;
    if (word == "to_sign") return NoticeState::to_sign;
    if (word == "sent") return NoticeState::sent;
    return NoticeState::all;
}

Answer handle(const Request& request, Services& services) {
    ports::NoticeQuery query;
    query.reader = notices::reader_of(request.actor);
    query.state = state_of(request.parameter("state"));
    query.round = request.parameter("round");
    query.text = request.parameter("text");
    query.page = page_of(request);
    ports::Found<ports::ReadNotice> found;
    services.store.read([&](ports::Transaction& transaction) {
        found = transaction.notices().find(query);
    });
    std::vector<Json::Object> rows;
    for (const auto& read : found.rows) rows.push_back(notice_row(services, request, read));
    return list_answer(
        request,
        services,
        list_of(
            "notices",
            {"at",
             "from_name",
             "kind_text",
             "title",
             "round",
             "must_sign_text",
             "due",
             "state_text"},
            {},
            std::move(rows),
            found.total
        )
    );
}

}  // namespace

Route get_notices() {
    return {
        .path = "/api/notices",
        .name = "get_notices",
        .summary =
            "Notices to whoever has logged in, newest first; or those their organisation sent",
        .action = access::Action::read_notices,
        .parameters = list_parameters(
            {{.name = "state",
              .kind = Parameter::Kind::choice,
              .choices = {"all", "unread", "to_sign", "sent"},
              .description = "to_sign: the organisation has not signed for it yet"},
             {.name = "round", .description = "about this round"},
             {.name = "text", .description = "part of a title that somebody wrote"}}
        ),
        .answer_schema = schema::list(notice_members()),
        .answer_types = list_types(),
        .failures = {422},
        .handle = handle,
    };
}

}  // namespace jicai::web
