#include <engine/linkage/bands.h>

namespace jicai::linkage {

bool Band::holds(const money::Ratio& ratio) const {
    if (low_included ? ratio < low : ratio <= low) return false;
    if (!high) return true;
    return high_included ? ratio <= *high : ratio < *high;
}

std::optional<Band> parse_band(std::string_view text) {
    constexpr std::string_view kTo = "..";
    constexpr std::string_view kIs = " = ";
    const std::size_t is = text.find(kIs);
    if (is == std::string_view::npos || is < 2) return std::nullopt;
    const std::string_view value = text.substr(is + kIs.size());
    const std::string_view interval = text.substr(0, is);
    const char opening = interval.front();
    const char closing = interval.back();
    if ((opening != '(' && opening != '[') || (closing != ')' && closing != ']') || value.empty()) {
        return std::nullopt;
    }
    const std::string_view bounds = interval.substr(1, interval.size() - 2);
    const std::size_t to = bounds.find(kTo);
    if (to == std::string_view::npos) return std::nullopt;
    const std::string_view high_text = bounds.substr(to + kTo.size());
    const auto low = money::Ratio::parse(bounds.substr(0, to));
    const auto high = money::Ratio::parse(high_text);
    if (!low || (!high && !high_text.empty()) || (!high && closing == ']')) return std::nullopt;
    if (high && !(*low < *high)) return std::nullopt;
    return Band{*low, opening == '[', high, closing == ']', std::string(value), std::string(text)};
}

const Band* find_band(const std::vector<Band>& bands, const money::Ratio& ratio) {
    for (const Band& band : bands) {
        if (band.holds(ratio)) return &band;
    }
    return nullptr;
}

std::optional<std::string> unsound_band(const std::vector<std::string>& texts) {
    std::optional<Band> before;
    for (const std::string& text : texts) {
        std::optional<Band> band = parse_band(text);
        if (!band) return text;
        if (before) {
            const bool apart =
                before->high &&
                (*before->high < band->low ||
                 (*before->high == band->low && !(before->high_included && band->low_included)));
            if (!apart) return text;
        }
        before = std::move(band);
    }
    return std::nullopt;
}

}  // namespace jicai::linkage
