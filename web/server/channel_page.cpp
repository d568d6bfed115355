#include <engine/notices/channel_settings.h>
#include <web/server/channel_page.h>
#include <web/server/notice_parts.h>
#include <web/server/people_rows.h>
#include <web/server/schema.h>

namespace jicai::web {

using decision::Json;

Json::Object channel_page(
    const Services& services, const Request& request, ports::Transaction& transaction
) {
    const auto stored =
        transaction.notices().channels(request.actor.user).value_or(ports::ChannelSettings{});
    Json::Array kinds;
    for (const std::string& kind : stored.kinds) kinds.emplace_back(kind);
    Json::Array choices;
    for (const std::string& kind : notices::notice_kinds()) {
        choices.emplace_back(Json::Object{
            {"kind", kind}, {"text", word(services, request, "notice_kind", kind)}});
    }
    return {
        {"email", stored.email},
        {"phone", stored.phone},
        {"webhook", stored.webhook},
        {"signed", !stored.webhook_secret.empty()},
        {"kinds", std::move(kinds)},
        {"version", stored.version},
        {"offered",
         Json::Object{
             {"email", services.notice_parts.offered.email},
             {"sms", services.notice_parts.offered.sms},
             {"webhook", services.notice_parts.offered.webhook}}},
        {"choices", std::move(choices)}};
}

Json::Object channel_members() {
    return {
        {"email", schema::text(254)},
        {"phone", schema::text(32)},
        {"webhook", schema::text(500)},
        {"signed", schema::flag()},
        {"kinds", schema::array(schema::text())},
        {"version", schema::number()},
        {"offered",
         schema::object(
             {{"email", schema::flag()}, {"sms", schema::flag()}, {"webhook", schema::flag()}}
         )},
        {"choices",
         schema::array(schema::object({{"kind", schema::text()}, {"text", schema::text()}}))}};
}

}  // namespace jicai::web
