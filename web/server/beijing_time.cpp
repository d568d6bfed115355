#include <web/server/beijing_time.h>

#include <string_view>

namespace jicai::web {

std::optional<ports::Moment> read_beijing_time(std::string text) {
    constexpr std::string_view kOffset = "+08:00";
    constexpr std::int64_t kAheadHours = 8;
    if (text.size() > 10 && text[10] == 'T') text[10] = ' ';
    if (text.size() > kOffset.size() &&
        text.compare(text.size() - kOffset.size(), kOffset.size(), kOffset) == 0) {
        text.resize(text.size() - kOffset.size());
    }
    const auto moment = ports::read_database_text(text);
    if (!moment) return std::nullopt;
    return ports::after(*moment, -kAheadHours * ports::kHour);
}

}  // namespace jicai::web
