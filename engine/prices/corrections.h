#pragma once

#include <engine/ports/price_store.h>

#include <string>
#include <vector>

namespace jicai::prices {

/// From a day on an observation is left out, or counts again: what exclusions, restores and reviews
/// come to. As events of a linkage folder: exclude_observation, restore_observation.
struct Correction {
    std::int64_t observation = 0;
    campaign::Day day;  ///< in Beijing
    bool excluded = true;
    std::int64_t user = 0;  ///< 0: the program, which held it
    std::string reason;
};

/// The day a moment falls on in Beijing. \pre from 2000-01-01 to 2179-06-05 (CHECKed)
[[nodiscard]] campaign::Day beijing_day(ports::Moment moment);

/// Follows the events of one observation: held and rejected leave it out as excluded does, and it
/// counts again when neither holds any more.
class Corrected {
public:
    /// What the event changes, if it changes anything. \pre events come by id
    [[nodiscard]] bool take(ports::PriceEventKind kind);
    [[nodiscard]] bool left_out() const { return excluded_ || held_; }

private:
    bool excluded_ = false;
    bool held_ = false;
};

/// The corrections that events, by id, come to; in their order.
[[nodiscard]] std::vector<Correction> corrections_of(const std::vector<ports::PriceEvent>& events);

}  // namespace jicai::prices
