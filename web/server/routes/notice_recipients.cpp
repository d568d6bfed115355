#include <web/server/answer.h>
#include <web/server/notice_rows.h>
#include <web/server/people_rows.h>
#include <web/server/route.h>
#include <web/server/schema.h>

namespace jicai::web {
namespace {

using decision::Json;
using ports::RecipientState;

RecipientState state_of(const std::string& word) {
    if (word == "unread") return RecipientState::unread;
    if (word == "read") return RecipientState::read;
    if (word == "unsigned") return RecipientState::unsigned_;
    if (word == "signed") return RecipientState::signed_;
    return RecipientState::all;
}

Answer handle(const Request& request, Services& services) {
    ports::RecipientQuery query;
    query.notice = request.count("id", 0);
    query.state = state_of(request.parameter("state"));
    query.text = request.parameter("text");
    query.within = notices::receipts_view(request.actor).value_or(notices::ReceiptsView{}).within;
    query.page = page_of(request);
    ports::Found<ports::Recipient> found;
    ports::Notice notice;
    services.store.read([&](ports::Transaction& transaction) {
        notice = notices::open(transaction, request.actor, query.notice).notice;
        found = transaction.notices().recipients(query);
    });
    std::vector<Json::Object> rows;
    for (const auto& recipient : found.rows) {
        rows.push_back(recipient_row(services, request, notice, recipient));
    }
    return list_answer(
        request,
        services,
        list_of(
            "recipients",
            {"code",
             "name",
             "region_text",
             "people",
             "people_read",
             "read_at",
             "signed_by",
             "signed_at",
             "state_text"},
            {"people", "people_read"},
            std::move(rows),
            found.total
        )
    );
}

}  // namespace

Route get_notice_recipients() {
    return {
        .path = "/api/notices/{id}/recipients",
        .name = "get_notice_recipients",
        .summary = "Organisations a notice went to: who has read it, who has signed for it",
        .action = access::Action::send_notices,
        .parameters =
            [] {
                auto all = list_parameters(
                    {{.name = "state",
                      .kind = Parameter::Kind::choice,
                      .choices = {"all", "unread", "read", "unsigned", "signed"}},
                     {.name = "text", .description = "part of code or name"}}
                );
                all.insert(all.begin(), id_parameter());
                return all;
            }(),
        .answer_schema = schema::list(recipient_members()),
        .answer_types = list_types(),
        .failures = {404, 422},
        .handle = handle,
    };
}

}  // namespace jicai::web
