#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// \file
/// Time, as the engine sees it: handed in, never asked for.

namespace jicai::ports {

/// Microseconds since 1970-01-01T00:00:00Z.
struct Moment {
    std::int64_t micros = 0;
    friend auto operator<=>(const Moment&, const Moment&) = default;
};
inline constexpr std::int64_t kSecond = 1'000'000;  ///< in microseconds
inline constexpr std::int64_t kMinute = 60 * kSecond;
inline constexpr std::int64_t kHour = 60 * kMinute;
inline constexpr std::int64_t kDay = 24 * kHour;

/// `micros` later.
[[nodiscard]] inline Moment after(Moment moment, std::int64_t micros) {
    return {moment.micros + micros};
}

/// "2026-11-23T09:30:00+08:00": Beijing time, whole seconds. For years 1970 to 9999.
[[nodiscard]] std::string beijing_text(Moment moment);
/// "2026-11-23 01:30:00.123456": UTC, the database's form. For years 1970 to 9999.
[[nodiscard]] std::string database_text(Moment moment);
/// Reads what database_text writes (with none to six decimals); nothing for anything else.
[[nodiscard]] std::optional<Moment> read_database_text(std::string_view text);
/// Midnight of "2026-11-23" in Beijing; nothing for anything else.
[[nodiscard]] std::optional<Moment> read_beijing_day(std::string_view text);

/// The one source of time. Rounds, deadlines and everything people date by follow now(); the demo
/// can run it fast. Sessions, lock-outs, rate limits and the audit log follow wall().
class Clock {
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Moment now() const = 0;
    [[nodiscard]] virtual Moment wall() const = 0;
};

}  // namespace jicai::ports
