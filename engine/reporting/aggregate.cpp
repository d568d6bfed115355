#include <engine/money/check.h>
#include <engine/reporting/aggregate.h>

#include <algorithm>
#include <numeric>

namespace jicai::reporting {
namespace {

using Wide = __int128;
constexpr std::int64_t kSumMax = 1'000'000'000'000'000'000;
constexpr std::int64_t kUnitsMax = 1'000'000'000'000;

}  // namespace

std::string region_at(std::string_view region, RegionLevel level) {
    JICAI_CHECK(region.size() == 6);
    switch (level) {
        case RegionLevel::county:
            return std::string(region);
        case RegionLevel::city:
            return std::string(region.substr(0, 4)) + "00";
        case RegionLevel::province:
            return std::string(region.substr(0, 2)) + "0000";
        case RegionLevel::country:
            return "000000";
    }
    JICAI_CHECK(false);
}

std::map<RegionKey, std::int64_t> sums_by_region(
    const std::vector<RegionLine>& lines, RegionLevel level
) {
    std::map<RegionKey, std::int64_t> sums;
    for (const RegionLine& line : lines) {
        JICAI_CHECK(line.units >= 0 && line.units <= kUnitsMax);
        std::int64_t& sum = sums[{region_at(line.region, level), line.lot, line.spec, line.brand}];
        sum += line.units;
        JICAI_CHECK(sum <= kSumMax);
    }
    return sums;
}

std::vector<std::int64_t> split_in_group(
    std::int64_t units, const std::vector<std::int64_t>& weights
) {
    JICAI_CHECK(!weights.empty() && units >= 0 && units <= kUnitsMax);
    std::vector<std::int64_t> parts = weights;
    Wide total = 0;
    for (const std::int64_t weight : parts) {
        JICAI_CHECK(weight >= 0 && weight <= kUnitsMax);
        total += weight;
    }
    if (total == 0) {
        std::fill(parts.begin(), parts.end(), 1);
        total = static_cast<Wide>(parts.size());
    }
    std::vector<std::int64_t> shares(parts.size());
    std::vector<Wide> remainders(parts.size());
    std::int64_t left = units;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const Wide exact = static_cast<Wide>(units) * parts[i];
        shares[i] = static_cast<std::int64_t>(exact / total);
        remainders[i] = exact % total;
        left -= shares[i];
    }
    std::vector<std::size_t> order(parts.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return remainders[a] > remainders[b];
    });
    JICAI_CHECK(left >= 0 && static_cast<std::size_t>(left) <= parts.size());
    for (std::size_t i = 0; i < static_cast<std::size_t>(left); ++i) ++shares[order[i]];
    JICAI_CHECK(std::accumulate(shares.begin(), shares.end(), std::int64_t{0}) == units);
    return shares;
}

}  // namespace jicai::reporting
