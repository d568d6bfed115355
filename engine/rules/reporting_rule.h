#pragma once

#include <engine/rules/parameter.h>

#include <array>
#include <cstdint>
#include <string_view>

/// \file
/// The table `[reporting]` of a rulebook: how hospitals report volumes. It is no stage: no award
/// depends on it, only what is asked of the hospitals. Included by rulebook.h.

namespace jicai::rules {

enum class Need : std::uint8_t;

/// How a round asks for volumes.
enum class BrandRule : std::uint8_t {
    generic,  ///< by generic name only
    brand,    ///< each line names a brand
    mixed,    ///< with or without
};
template <>
struct EnumNames<BrandRule> {
    static constexpr std::array<std::pair<BrandRule, std::string_view>, 3> names{
        {{BrandRule::generic, "generic"},
         {BrandRule::brand, "brand"},
         {BrandRule::mixed, "mixed"}}};
};

/// What the document of a round says of the reports. An open value is not checked; for one that
/// the rulebook does not name the assumed one of `assumed_reporting` holds.
struct ReportingRule {
    static constexpr std::string_view kind = "reporting";
    Parameter<Count> floor_percent;  ///< of the mean of past years' use of a lot; 0 to 100
    Parameter<Count> alarm_percent;  ///< of the same mean; above it a cause is asked; 100 to 1000
    Parameter<Count> years;          ///< how many years the mean is over; 1 to 10
    Parameter<BrandRule> brand_rule;

    template <class Self, class V>
    static void visit(Self& self, V& v) {
        constexpr auto kOptional = static_cast<Need>(1);
        v.parameter("floor_percent", "percent", kOptional, self.floor_percent);
        v.parameter("alarm_percent", "percent_of_use", kOptional, self.alarm_percent);
        v.parameter("years", "past_years", kOptional, self.years);
        v.parameter("brand_rule", "choice", kOptional, self.brand_rule);
    }
};

/// What holds where a rulebook says nothing: floor 80 %, alarm 200 % of the mean of two years, with
/// or without a brand. The values of round 11 as reported by the trade press and an alarm of our
/// own; of another round nobody knows them, so each is assumed, its clause "text silent".
[[nodiscard]] ReportingRule assumed_reporting();

}  // namespace jicai::rules
