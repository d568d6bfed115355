#include <engine/accounts/second_factor.h>

#include <string_view>

namespace jicai::accounts {

std::string new_second_factor(ports::Secrets& secrets) {
    constexpr std::string_view kBase32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string secret;
    for (const char c : secrets.random_bytes(32)) {  // 32 letters of 5 bits
        secret += kBase32[static_cast<unsigned char>(c) & 31U];
    }
    return secret;
}

std::optional<std::int64_t> accepted_step(
    ports::Secrets& secrets,
    const std::string& secret,
    const std::string& code,
    ports::Moment wall,
    std::int64_t used_step
) {
    const std::int64_t now = wall.micros / (kStepSeconds * ports::kSecond);
    std::optional<std::int64_t> accepted;
    for (std::int64_t step = now - kStepsAround; step <= now + kStepsAround; ++step) {
        // All three are computed, whichever fits.
        if (secrets.code_at(secret, step) == code && step > used_step && !accepted) accepted = step;
    }
    return accepted;
}

std::string second_factor_uri(const std::string& login, const std::string& secret) {
    return "otpauth://totp/Jicai:" + login + "?secret=" + secret +
           "&issuer=Jicai&algorithm=SHA1&digits=6&period=30";
}

}  // namespace jicai::accounts
