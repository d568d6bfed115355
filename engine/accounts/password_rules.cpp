#include <engine/accounts/password_rules.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace jicai::accounts {
namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string lower(std::string text) {
    for (char& c : text) c = lower(c);
    return text;
}

std::size_t kinds_of(const std::string& password) {
    std::array<bool, 4> seen{};
    for (const char c : password) {
        const bool capital = c >= 'A' && c <= 'Z';
        const bool small = c >= 'a' && c <= 'z';
        const bool digit = c >= '0' && c <= '9';
        seen.at(capital ? 0U : small ? 1U : digit ? 2U : 3U) = true;
    }
    return static_cast<std::size_t>(std::count(seen.begin(), seen.end(), true));
}

std::string random_password(ports::Secrets& secrets) {
    constexpr std::string_view kCapitals = "ABCDEFGHJKLMNPQRSTUVWXYZ";
    constexpr std::string_view kSmall = "abcdefghijkmnpqrstuvwxyz";
    constexpr std::string_view kDigits = "23456789";
    constexpr std::array<std::string_view, 12> kPlaces{
        kCapitals,
        kSmall,
        kDigits,
        kSmall,
        kSmall,
        kCapitals,
        kSmall,
        kDigits,
        kDigits,
        kSmall,
        kCapitals,
        kSmall};
    std::string password;
    for (std::size_t place = 0; place < kPlaces.size(); ++place) {
        if (place == 4 || place == 8) password += '+';
        const std::string_view letters = kPlaces.at(place);
        std::size_t value = letters.size();
        while (value >= letters.size()) {  // 24 divides no power of two: throw again
            value = static_cast<unsigned char>(secrets.random_bytes(1).at(0)) & 31U;
        }
        password += letters[value];
    }
    return password;
}

}  // namespace

std::optional<decision::Message> fault_of_password(
    const std::string& password, const std::string& login
) {
    const auto printable = [](char c) { return c > ' ' && c <= '~'; };
    if (!std::all_of(password.begin(), password.end(), printable)) {
        return decision::Message{"password.characters", {}};
    }
    if (password.size() < kPasswordShortest || password.size() > kPasswordLongest) {
        return decision::Message{
            "password.length",
            {{"count", std::to_string(password.size())},
             {"low", std::to_string(kPasswordShortest)},
             {"high", std::to_string(kPasswordLongest)}}};
    }
    if (const std::size_t kinds = kinds_of(password); kinds < kPasswordKinds) {
        return decision::Message{
            "password.kinds",
            {{"count", std::to_string(kinds)}, {"low", std::to_string(kPasswordKinds)}}};
    }
    if (!login.empty() && lower(password).find(lower(login)) != std::string::npos) {
        return decision::Message{"password.login", {{"login", login}}};
    }
    return std::nullopt;
}

bool must_change_password(const ports::User& user, ports::Moment wall) {
    return user.must_change_password ||
           wall >= ports::after(user.password_set_at, kPasswordDays * ports::kDay);
}

std::string one_time_password(ports::Secrets& secrets, const std::string& login) {
    for (;;) {
        const std::string password = random_password(secrets);
        if (!fault_of_password(password, login)) return password;
    }
}

}  // namespace jicai::accounts
