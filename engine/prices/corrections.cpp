#include <engine/money/check.h>
#include <engine/prices/corrections.h>

#include <unordered_map>

namespace jicai::prices {

campaign::Day beijing_day(ports::Moment moment) {
    const auto day = campaign::Day::parse(ports::beijing_text(moment).substr(0, 10));
    JICAI_CHECK(day.has_value());
    return *day;
}

bool Corrected::take(ports::PriceEventKind kind) {
    const bool before = left_out();
    switch (kind) {
        case ports::PriceEventKind::excluded:
            excluded_ = true;
            break;
        case ports::PriceEventKind::restored:
            excluded_ = false;
            break;
        case ports::PriceEventKind::held:
        case ports::PriceEventKind::rejected:
            held_ = true;
            break;
        case ports::PriceEventKind::accepted:
            held_ = false;
            break;
    }
    return left_out() != before;
}

std::vector<Correction> corrections_of(const std::vector<ports::PriceEvent>& events) {
    std::unordered_map<std::int64_t, Corrected> states;
    std::vector<Correction> all;
    for (const ports::PriceEvent& event : events) {
        Corrected& state = states[event.observation];
        if (!state.take(event.kind)) continue;
        all.push_back(
            {event.observation, beijing_day(event.at), state.left_out(), event.user, event.reason}
        );
    }
    return all;
}

}  // namespace jicai::prices
