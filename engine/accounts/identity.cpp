#include <engine/accounts/identity.h>
#include <engine/accounts/password_rules.h>

#include <algorithm>
#include <charconv>

namespace jicai::accounts {
namespace {

constexpr std::size_t kKeyDigitsMax = 18;

// The parts of "jk_<id>_<secret>".
struct KeyText {
    std::int64_t id = 0;
    std::string secret;
};

std::optional<KeyText> read_key(const std::string& text) {
    if (text.rfind("jk_", 0) != 0) return std::nullopt;
    const std::size_t end = text.find('_', 3);
    if (end == std::string::npos || end == 3 || end - 3 > kKeyDigitsMax) return std::nullopt;
    KeyText key;
    const auto [at, error] = std::from_chars(text.data() + 3, text.data() + end, key.id);
    if (error != std::errc() || at != text.data() + end || key.id <= 0) return std::nullopt;
    key.secret = text.substr(end + 1);
    return key;
}

bool a_minute_old(ports::Moment at, ports::Moment wall) {
    return wall >= ports::after(at, ports::kMinute);
}

}  // namespace

bool is_live(const ports::Session& session, ports::Moment wall) {
    return wall < session.expires_at &&
           wall < ports::after(session.seen_at, kIdleMinutes * ports::kMinute);
}

std::optional<Caller> caller_of_session(
    ports::Transaction& transaction, const std::string& id_digest, ports::Moment wall
) {
    const auto session = transaction.sessions().session(id_digest);
    if (!session || !is_live(*session, wall)) return std::nullopt;
    const auto user = transaction.people().user(session->user);
    if (!user || !user->active) return std::nullopt;
    const auto organisation = transaction.people().organisation(user->organisation);
    if (!organisation || !organisation->active) return std::nullopt;

    Caller caller;
    caller.actor = {user->id, organisation->id, organisation->region, user->roles, 0, {}};
    caller.login = user->login;
    caller.name = user->name;
    caller.language = user->language;
    caller.organisation = *organisation;
    caller.second_factor_enrolled = user->second_factor_confirmed;
    caller.session = session;
    caller.must_change_password = must_change_password(*user, wall);
    caller.second_factor_missing =
        !session->second_factor &&
        std::any_of(user->roles.begin(), user->roles.end(), access::needs_second_factor);
    caller.touch = a_minute_old(session->seen_at, wall);
    return caller;
}

std::optional<Caller> caller_of_key(
    ports::Transaction& transaction,
    ports::Secrets& secrets,
    const std::string& text,
    ports::Moment wall
) {
    const auto parts = read_key(text);
    if (!parts) return std::nullopt;
    const auto key = transaction.sessions().key(parts->id);
    if (!key || key->revoked || wall >= key->expires_at) return std::nullopt;
    const std::string digest = secrets.digest(parts->secret);
    const bool current = digest == key->secret_digest;
    const bool old = key->old_expires_at && wall < *key->old_expires_at &&
                     !key->old_secret_digest.empty() && digest == key->old_secret_digest;
    if (!current && !old) return std::nullopt;
    const auto organisation = transaction.people().organisation(key->organisation);
    if (!organisation || !organisation->active) return std::nullopt;

    Caller caller;
    caller.actor = {0, organisation->id, organisation->region, {}, key->id, key->scopes};
    for (const std::uint8_t role : key->roles) {
        caller.actor.roles.push_back(static_cast<access::Role>(role));
    }
    caller.login = "jk_" + std::to_string(key->id);
    caller.organisation = *organisation;
    caller.key = key;
    caller.touch = !key->used_at || a_minute_old(*key->used_at, wall);
    return caller;
}

}  // namespace jicai::accounts
