#include <web/server/answer.h>
#include <web/server/channel_page.h>
#include <web/server/route.h>
#include <web/server/schema.h>

namespace jicai::web {
namespace {

Answer handle(const Request& request, Services& services) {
    decision::Json::Object page;
    services.store.read([&](ports::Transaction& transaction) {
        page = channel_page(services, request, transaction);
    });
    return json_answer(page);
}

}  // namespace

Route get_channels() {
    return {
        .path = "/api/account/channels",
        .name = "get_channels",
        .summary = "Where whoever has logged in wants to be told of notices: e-mail, SMS, webhook",
        .action = access::Action::read_notices,
        .answer_schema = schema::object(channel_members()),
        .handle = handle,
    };
}

}  // namespace jicai::web
