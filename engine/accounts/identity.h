#pragma once

#include <engine/access/access.h>
#include <engine/ports/secrets.h>
#include <engine/ports/store.h>

#include <optional>
#include <string>

namespace jicai::accounts {

inline constexpr std::int64_t kIdleMinutes = 30;   ///< a log-in not used for so long has ended
inline constexpr std::int64_t kSessionHours = 12;  ///< after so long it ends in any case

/// Who asks, by a session or an API key.
struct Caller {
    access::Actor actor;
    std::string login;  ///< of a key: "jk_3"
    std::string name;   ///< the person's; of a key: empty
    std::string language = "zh";
    ports::Organisation organisation;
    bool second_factor_enrolled = false;
    std::optional<ports::Session> session;
    std::optional<ports::ApiKey> key;
    bool must_change_password = false;   ///< nothing but the own account until then
    bool second_factor_missing = false;  ///< the same
    bool touch = false;  ///< seen_at or used_at is a minute old: bring it up to date
};

/// Whether the log-in still counts: used less than kIdleMinutes ago and not past its end.
[[nodiscard]] bool is_live(const ports::Session& session, ports::Moment wall);

/// Who stands behind a session's digest. Nothing: there is none, it has ended, or the person or the
/// organisation was disabled.
[[nodiscard]] std::optional<Caller> caller_of_session(
    ports::Transaction& transaction, const std::string& id_digest, ports::Moment wall
);

/// Who stands behind "jk_<id>_<secret>". Nothing: not a key, a wrong secret, expired, revoked, or
/// the organisation was disabled. After a rotation the old secret works until old_expires_at.
[[nodiscard]] std::optional<Caller> caller_of_key(
    ports::Transaction& transaction,
    ports::Secrets& secrets,
    const std::string& text,
    ports::Moment wall
);

}  // namespace jicai::accounts
