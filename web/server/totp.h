#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace jicai::web {

/// The code of RFC 6238 with HMAC-SHA-1 and six digits: `secret` in base32 (RFC 4648, capital
/// letters, without padding) at the time step `step` (of 30 seconds since 1970). Empty where the
/// secret is not base32 or empty. HMAC is OpenSSL's: libsodium has none with SHA-1.
[[nodiscard]] std::string totp_code(std::string_view secret, std::int64_t step);

}  // namespace jicai::web
