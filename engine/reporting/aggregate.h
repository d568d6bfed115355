#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

/// \file
/// Exact sums of reported volumes by region, and a medical group's volume split among its members.

namespace jicai::reporting {

/// One confirmed line of one hospital.
struct RegionLine {
    std::string region;  ///< of the hospital, GB/T 2260, six digits
    std::string lot;
    std::string spec;
    std::string brand;  ///< empty: any
    std::int64_t units = 0;
};

/// How far regions are summed: "230102" becomes itself, "230100", "230000" or "000000".
enum class RegionLevel : std::uint8_t { county, city, province, country };
[[nodiscard]] std::string region_at(std::string_view region, RegionLevel level);

using RegionKey = std::tuple<std::string, std::string, std::string, std::string>;

/// Units by region, lot, spec and brand. Sums above 10^18 are CHECKed. \pre units not negative
[[nodiscard]] std::map<RegionKey, std::int64_t> sums_by_region(
    const std::vector<RegionLine>& lines, RegionLevel level
);

/// Splits `units` among members in proportion to `weights` (their past use): every share is rounded
/// down, what is left goes one by one to the largest remainders, equal ones in the order of the
/// members. The shares add up to `units`. Weights of 0 only: in equal parts, the first members get
/// what is left. \pre at least one member; units and weights from 0 to 10^12
[[nodiscard]] std::vector<std::int64_t> split_in_group(
    std::int64_t units, const std::vector<std::int64_t>& weights
);

}  // namespace jicai::reporting
