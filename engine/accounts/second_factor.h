#pragma once

#include <engine/ports/secrets.h>

#include <cstdint>
#include <optional>
#include <string>

namespace jicai::accounts {

inline constexpr std::int64_t kStepSeconds = 30;  ///< RFC 6238
inline constexpr std::int64_t kStepsAround = 1;   ///< the neighbouring codes count too

/// A fresh secret: 160 bits, base32.
[[nodiscard]] std::string new_second_factor(ports::Secrets& secrets);

/// The time step whose code `code` is, of those not older than `used_step` (a code works once) and
/// at most one away from `wall`; nothing: the code is wrong.
[[nodiscard]] std::optional<std::int64_t> accepted_step(
    ports::Secrets& secrets,
    const std::string& secret,
    const std::string& code,
    ports::Moment wall,
    std::int64_t used_step
);

/// "otpauth://totp/…" for the QR code of an authenticator.
[[nodiscard]] std::string second_factor_uri(const std::string& login, const std::string& secret);

}  // namespace jicai::accounts
