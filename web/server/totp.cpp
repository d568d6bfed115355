#include <engine/money/check.h>
#include <web/server/totp.h>

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

namespace jicai::web {
namespace {

constexpr std::string_view kBase32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::uint32_t kCodes = 1'000'000;

// Nothing for anything but base32.
std::string from_base32(std::string_view text) {
    std::string bytes;
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : text) {
        const std::size_t value = kBase32.find(c);
        if (value == std::string_view::npos) return "";
        bits = (bits << 5U | static_cast<std::uint32_t>(value)) & 0xFFFU;
        count += 5;
        if (count < 8) continue;
        count -= 8;
        bytes += static_cast<char>(bits >> static_cast<unsigned>(count) & 0xFFU);
    }
    return bytes;
}

}  // namespace

std::string totp_code(std::string_view secret, std::int64_t step) {
    const std::string key = from_base32(secret);
    if (key.empty() || step < 0) return "";
    std::array<unsigned char, 8> message{};
    for (std::size_t i = 0; i < message.size(); ++i) {
        message.at(7 - i) =
            static_cast<unsigned char>(static_cast<std::uint64_t>(step) >> (8 * i) & 0xFFU);
    }
    std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
    unsigned size = 0;
    const unsigned char* made = HMAC(
        EVP_sha1(),
        key.data(),
        static_cast<int>(key.size()),
        message.data(),
        message.size(),
        mac.data(),
        &size
    );
    JICAI_CHECK(made != nullptr && size == 20);
    const std::size_t at = mac.at(19) & 15U;  // RFC 4226, 5.3: dynamic truncation
    const std::uint32_t number = (mac.at(at) & 0x7FU) << 24U |
                                 static_cast<std::uint32_t>(mac.at(at + 1)) << 16U |
                                 static_cast<std::uint32_t>(mac.at(at + 2)) << 8U | mac.at(at + 3);
    const std::string digits = std::to_string(number % kCodes);
    return std::string(6 - digits.size(), '0') + digits;
}

}  // namespace jicai::web
