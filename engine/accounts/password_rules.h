#pragma once

#include <engine/decision/message.h>
#include <engine/ports/people_store.h>
#include <engine/ports/secrets.h>

#include <cstddef>
#include <optional>
#include <string>

/// \file
/// Rules of GB/T 22239-2019, level three, as the field practises them.

namespace jicai::accounts {

inline constexpr std::size_t kPasswordShortest = 8;  ///< characters
inline constexpr std::size_t kPasswordLongest = 20;
inline constexpr std::size_t kPasswordKinds = 3;       ///< of capitals, small, digits, signs
inline constexpr std::size_t kPasswordsNotReused = 5;  ///< the current one and those before it
inline constexpr std::int64_t kPasswordDays = 180;     ///< then it must be changed
inline constexpr std::int64_t kFailuresMax = 5;        ///< in a row; the fifth locks
inline constexpr std::int64_t kLockedMinutes = 30;

/// Why `password` is not acceptable for `login`, the first that applies: password.characters
/// (others than the printable ones of ASCII, blanks), password.length, password.kinds,
/// password.login. Nothing: it is.
[[nodiscard]] std::optional<decision::Message> fault_of_password(
    const std::string& password, const std::string& login
);

/// Whether the password must be changed before anything else: it was given by an administrator, or
/// is kPasswordDays old.
[[nodiscard]] bool must_change_password(const ports::User& user, ports::Moment wall);

/// A one-time password that keeps the rules for `login`: 14 characters without those that look
/// alike.
[[nodiscard]] std::string one_time_password(ports::Secrets& secrets, const std::string& login);

}  // namespace jicai::accounts
