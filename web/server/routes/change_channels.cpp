#include <engine/accounts/described.h>
#include <engine/notices/channel_settings.h>
#include <web/server/answer.h>
#include <web/server/channel_page.h>
#include <web/server/notice_parts.h>
#include <web/server/route.h>
#include <web/server/schema.h>

#include <utility>

namespace jicai::web {
namespace {

using decision::Json;

constexpr std::size_t kSecretBytes = 24;

/// Which addresses there are. The audit log is kept for ever and read by others: it holds no
/// telephone number, and no webhook, whose query is often a password.
Json::Object described(const ports::ChannelSettings& settings) {
    return {
        {"email", !settings.email.empty()},
        {"phone", !settings.phone.empty()},
        {"webhook", !settings.webhook.empty()}};
}

/// Which of them are others now.
Json::Array changed(const ports::ChannelSettings& before, const ports::ChannelSettings& after) {
    Json::Array names;
    if (before.email != after.email) names.emplace_back("email");
    if (before.phone != after.phone) names.emplace_back("phone");
    if (before.webhook != after.webhook) names.emplace_back("webhook");
    if (before.kinds != after.kinds) names.emplace_back("kinds");
    return names;
}

Answer handle(const Request& request, Services& services, ports::Transaction& transaction) {
    ports::ChannelSettings settings;
    settings.user = request.actor.user;
    settings.email = request.text("email");
    settings.phone = request.text("phone");
    settings.webhook = request.text("webhook");
    settings.kinds = request.texts("kinds");
    settings.version = request.number("version");
    const auto before =
        transaction.notices().channels(settings.user).value_or(ports::ChannelSettings{});
    settings.webhook_secret = before.webhook_secret;
    // A new address gets a secret of its own: whoever held the old one must not sign for it.
    std::string secret;
    if (settings.webhook.empty()) {
        settings.webhook_secret.clear();
    } else if (settings.webhook != before.webhook || request.flag("new_secret")) {
        secret = accounts::hex(services.secrets.random_bytes(kSecretBytes));
        settings.webhook_secret = services.secrets.seal(secret);
    }
    notices::save_channels(transaction, settings, services.notice_parts.offered);
    Json::Object page = channel_page(services, request, transaction);
    page.emplace("secret", secret);
    Answer answer = json_answer(page);
    Json::Object after = described(settings);
    after.emplace("changed", changed(before, settings));
    answer.audit = {audited(
        "account.channels_changed",
        "user:" + std::to_string(settings.user),
        described(before),
        std::move(after)
    )};
    return answer;
}

Json answered() {
    Json::Object members = channel_members();
    members.emplace("secret", schema::text());
    return schema::object(members);
}

}  // namespace

Route change_channels() {
    return {
        .method = Method::put,
        .path = "/api/account/channels",
        .name = "change_channels",
        .summary = "Keeps where one wants to be told; a new webhook answers its secret, once",
        .action = access::Action::read_notices,
        .kind = Kind::write,
        .body_schema = schema::object(
            {{"email", schema::text(254)},
             {"phone", schema::text(32)},
             {"webhook", schema::text(500)},
             {"kinds", schema::array(schema::choice(notices::notice_kinds()), 20)},
             {"new_secret", schema::flag()},
             {"version", schema::number()}},
            {"new_secret"}
        ),
        .answer_schema = answered(),
        .failures = {409, 422},
        .handle_write = handle,
    };
}

}  // namespace jicai::web
