#pragma once

#include <engine/reporting/check_report.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace jicai::volumes {

/// A lot as hospitals report it. Contents of its specs are whole multiples of the smallest common
/// part: 5 mg and 10 mg are 1 and 2.
struct PlanLot {
    std::string id;
    std::string name;
    std::vector<reporting::Spec> specs;

    /// Position of a spec; the number of specs where there is none of that name.
    [[nodiscard]] std::size_t spec(std::string_view spec_name) const {
        const auto found = std::find_if(specs.begin(), specs.end(), [&](const auto& spec) {
            return spec.name == spec_name;
        });
        return static_cast<std::size_t>(found - specs.begin());
    }
};

/// What a round's files say of reporting, decoded by whoever asks.
struct RoundPlan {
    std::vector<PlanLot> lots;         ///< in the order of the round
    std::vector<std::string> regions;  ///< names of the rulebook; empty: it lists none
    reporting::Policy policy;
    int first_year = 0;  ///< of the years past use is compared over

    [[nodiscard]] const PlanLot* find(std::string_view lot) const {
        const auto found = std::find_if(lots.begin(), lots.end(), [&](const auto& each) {
            return each.id == lot;
        });
        return found == lots.end() ? nullptr : &*found;
    }
};

}  // namespace jicai::volumes
