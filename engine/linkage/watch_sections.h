#pragma once

#include <engine/rules/rulebook.h>

#include <array>
#include <string_view>
#include <utility>

/// \file
/// The sections of a linkage policy that watch prices instead of lowering them: fair differences
/// between regions and makers, substitution of winners, implausible observations. What they find is
/// a label or a hint; it never blocks. The meaning of each value: docs/linkage.md.

namespace jicai::linkage {

/// What is the same generic (同通用名) when makers are compared.
enum class FairScope : std::uint8_t { form, specification };

}  // namespace jicai::linkage

namespace jicai::rules {

template <>
struct EnumNames<linkage::FairScope> {
    static constexpr std::array<std::pair<linkage::FairScope, std::string_view>, 2> names{
        {{linkage::FairScope::form, "form"}, {linkage::FairScope::specification, "specification"}}};
};

}  // namespace jicai::rules

namespace jicai::linkage {

/// Labels of unfair differences (价格公平性).
struct FairnessSection {
    static constexpr std::string_view kind = "fairness";
    rules::Parameter<rules::Count> regions_min;      ///< fewer regions with a price: no label
    rules::Parameter<rules::TextList> region_bands;  ///< highest over lowest region
    rules::Parameter<FairScope> makers_scope;
    rules::Parameter<rules::TextList> maker_bands;  ///< own price over the lowest of another maker
    rules::Parameter<rules::TextList> monitored_bands;  ///< own price over the monitored price
    rules::Parameter<money::Ratio>
        winner_elsewhere_multiple;  ///< a winner outside its supply regions may cost so many times
                                    ///< it

    template <class Self, class V>
    static void visit(Self& self, V& v) {
        using rules::Need;
        v.parameter("regions_min", "regions", Need::required, self.regions_min);
        v.parameter("region_bands", "bands", Need::required, self.region_bands);
        v.parameter("makers_scope", "choice", Need::required, self.makers_scope);
        v.parameter("maker_bands", "bands", Need::required, self.maker_bands);
        v.parameter("monitored_bands", "bands", Need::required, self.monitored_bands);
        v.parameter(
            "winner_elsewhere_multiple", "ratio", Need::required, self.winner_elsewhere_multiple
        );
    }
};

/// When others take over from a winner (替代监测).
struct SubstitutionSection {
    static constexpr std::string_view kind = "substitution";
    rules::Parameter<rules::Count> window_months;  ///< compared with as many months before
    rules::Parameter<rules::PercentBound> rise;  ///< use of the other product rose at least so much
    rules::Parameter<rules::PercentBound>
        lag;  ///< the winner was bought below this much of its volume

    template <class Self, class V>
    static void visit(Self& self, V& v) {
        using rules::Need;
        v.parameter("window_months", "months", Need::required, self.window_months);
        v.parameter("rise", "percent", Need::required, self.rise);
        v.parameter("lag", "percent", Need::required, self.lag);
    }
};

/// When an observation is held for review (存疑价格).
struct PlausibilitySection {
    static constexpr std::string_view kind = "plausibility";
    rules::Parameter<rules::Count> others_min;  ///< fewer other prices: nothing can be said
    rules::Parameter<money::Ratio> held_from;  ///< so many times the median of the others, or below
                                               ///< its so-manieth part
    rules::Parameter<money::Ratio> near;  ///< a slip explains the price when it is then so near

    template <class Self, class V>
    static void visit(Self& self, V& v) {
        using rules::Need;
        v.parameter("others_min", "prices", Need::required, self.others_min);
        v.parameter("held_from", "ratio", Need::required, self.held_from);
        v.parameter("near", "ratio", Need::required, self.near);
    }
};

}  // namespace jicai::linkage
