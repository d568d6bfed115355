#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace jicai::access {

/// Where a round stands, in the order of a national drug round. What may be seen and done depends
/// on it. The numbers are stored and stay.
enum class Stage : std::uint8_t {
    draft = 0,
    notice = 1,
    volume_reporting = 2,
    volume_confirmation = 3,
    bidding = 4,
    opening = 5,  ///< bids opened, award proposed
    region_picking = 6,
    publicity = 7,  ///< publicity and objections
    award_final = 8,
    agreements = 9,
    execution = 10,
    closed = 11,
    cancelled = 12,
};
inline constexpr int kStages = 13;

/// In the order of their numbers.
[[nodiscard]] const std::vector<Stage>& all_stages();
/// "volume_reporting"; messages: round_stage.<name>.
[[nodiscard]] std::string_view name_of(Stage stage);
[[nodiscard]] std::optional<Stage> find_stage(std::string_view name);

}  // namespace jicai::access
