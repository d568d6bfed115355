#include <engine/product/price_ratio.h>

#include "price_ratio_fixture.h"
#include <cstdint>
#include <iostream>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

/// \file
/// Reads cases with expected results, one per line, from standard input; prints those that differ
/// and a count. The line format stands in tests/oracle/price_ratio_oracle.py. Exit 1 when any case
/// differs.

namespace jicai::product {
namespace {

using money::Rounding;
using money::RoundingMode;

std::optional<std::int64_t> optional_whole(const std::string& text) {
    if (text == "-") return {};
    return std::stoll(text);
}

std::optional<Ratio> optional_ratio(const std::string& text) {
    if (text == "-") return {};
    return ratio(text);
}

RoundingMode mode_of(const std::string& word) {
    const std::map<std::string, RoundingMode> modes{
        {"half_up", RoundingMode::half_up},
        {"half_even", RoundingMode::half_even},
        {"down", RoundingMode::down},
        {"up", RoundingMode::up}};
    return modes.at(word);
}

std::string refusal_word(RatioRefusal refusal) {
    switch (refusal) {
        case RatioRefusal::different_families:
            return "different_families";
        case RatioRefusal::content_not_positive:
            return "content_not_positive";
        case RatioRefusal::separate_representative:
            return "separate_representative";
        case RatioRefusal::treatment_units_missing:
            return "treatment_units_missing";
        case RatioRefusal::fill_not_stated:
            return "fill_not_stated";
        case RatioRefusal::material_unknown:
            return "material_unknown";
        case RatioRefusal::terms_out_of_range:
            return "terms_out_of_range";
        case RatioRefusal::difference_exceeds_price:
            return "difference_exceeds_price";
        case RatioRefusal::result_out_of_range:
            return "result_out_of_range";
    }
    return "?";
}

Presentation read_presentation(std::istream& in) {
    std::string annex;
    std::string name;
    std::string content;
    std::string units;
    std::string fill;
    std::string material;
    std::string flags;
    std::string dose;
    std::string daily;
    std::string treatment;
    in >> annex >> name >> content >> units >> fill >> material >> flags >> dose >> daily >>
        treatment;
    Presentation presentation;
    presentation.form = form(name, annex == "2" ? Annex::traditional : Annex::chemical_biological);
    presentation.content = ratio(content);
    presentation.pack_units = std::stoll(units);
    presentation.fill_nl = optional_whole(fill);
    if (material != "-") presentation.material = material;
    presentation.same_price_for_content = flags.find('e') != std::string::npos;
    presentation.fill_curve = flags.find('c') != std::string::npos;
    presentation.biological = flags.find('b') != std::string::npos;
    presentation.dose_fill_nl = optional_whole(dose);
    presentation.daily_units = optional_ratio(daily);
    presentation.treatment_units = optional_ratio(treatment);
    return presentation;
}

class Driver {
public:
    /// Whether the line's case comes out as it says.
    bool run(const std::string& line) {
        std::istringstream in(line);
        std::string content_base;
        std::string pack_base;
        std::string switches;
        std::string price;
        std::string mode;
        int decimals = 0;
        in >> content_base >> pack_base >> switches >> price >> mode >> decimals;
        const Presentation source = read_presentation(in);
        const Presentation target = read_presentation(in);
        std::string expected;
        in >> expected;
        if (!in) {
            std::cout << "unreadable: " << line << '\n';
            return false;
        }
        const auto result = cache(content_base, pack_base, switches).between(source, target);
        const Rounding rounding{mode_of(mode), decimals};
        const Price given(std::stoll(price));
        if (result.refusal) return matches(line, expected, refusal_word(*result.refusal));
        RatioRefusal why{};
        const auto converted = result.conversion->convert(given, rounding, &why);
        const std::string actual =
            converted ? std::to_string(converted->micro_yuan()) : refusal_word(why);
        if (!matches(line, expected, actual)) return false;
        // Every eighth case by the wide path too, from few bits on.
        if (++count_ % 8 != 0) return true;
        const auto wide = result.conversion->convert_wide(given, rounding, 32, &why);
        return matches(
            line, expected, wide ? std::to_string(wide->micro_yuan()) : refusal_word(why)
        );
    }

private:
    static bool matches(
        const std::string& line, const std::string& expected, const std::string& actual
    ) {
        if (expected == actual) return true;
        std::cout << "expected " << expected << ", engine " << actual << ": " << line << '\n';
        return false;
    }

    ConversionCache& cache(
        const std::string& content_base, const std::string& pack_base, const std::string& switches
    ) {
        std::unique_ptr<ConversionCache>& entry =
            caches_[content_base + " " + pack_base + " " + switches];
        // Bounded, so that a million different pairs do not fill memory.
        constexpr std::size_t kPairsMax = 20'000;
        if (entry == nullptr || entry->size() > kPairsMax) {
            const auto on = [&switches](char letter) {
                return switches.find(letter) != std::string::npos;
            };
            const TenderOverrides overrides{
                .content_base = ratio(content_base),
                .pack_base = ratio(pack_base),
                .fill = on('f') ? FillRule::per_rule : FillRule::ignored,
                .material_counts = on('m'),
                .injection_floor_applies = on('i'),
                .short_pack_applies = on('s'),
                .separate_representative_enforced = on('r'),
            };
            entry = std::make_unique<ConversionCache>(drug_2012(), overrides);
        }
        return *entry;
    }

    std::map<std::string, std::unique_ptr<ConversionCache>> caches_;
    std::uint64_t count_ = 0;
};

}  // namespace
}  // namespace jicai::product

int main() {
    constexpr std::uint64_t kShownMax = 20;
    jicai::product::Driver driver;
    std::uint64_t cases = 0;
    std::uint64_t different = 0;
    std::string line;
    while (different < kShownMax && std::getline(std::cin, line)) {
        ++cases;
        if (!driver.run(line)) ++different;
    }
    std::cout << "cases " << cases << " different " << different << '\n';
    return different == 0 && cases > 0 ? 0 : 1;
}
