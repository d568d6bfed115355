#include <engine/allocation/volumes.h>
#include <engine/decision/trace.h>

#include <algorithm>

namespace jicai::allocation {
namespace {

struct Range {
    std::vector<round::DemandCell>::const_iterator begin;
    std::vector<round::DemandCell>::const_iterator end;
};

/// Demand is sorted by lot.
Range demand_of(const round::Round& round, round::LotIndex lot) {
    const auto first = std::lower_bound(
        round.demand.begin(),
        round.demand.end(),
        lot,
        [](const round::DemandCell& cell, round::LotIndex wanted) { return cell.lot < wanted; }
    );
    auto last = first;
    while (last != round.demand.end() && last->lot == lot) ++last;
    return {first, last};
}

}  // namespace

std::vector<decision::VolumeCell> agreed_volumes(
    const round::Round& round,
    round::LotIndex lot,
    std::int64_t percent,
    const rules::AgreedVolumeStage& stage
) {
    if (!stage.rounding.value) {
        throw decision::RunStopped(
            {"wait.open_parameter",
             {{"parameter", "agreed_volume.rounding"}, {"clause", stage.rounding.clause}}}
        );
    }
    const money::Ratio share(percent, 100);
    const std::int64_t step = round.lots[lot].quantity_step;
    std::vector<decision::VolumeCell> cells;
    const Range range = demand_of(round, lot);
    for (auto cell = range.begin; cell != range.end;) {
        // Demand by brand stands in several cells of one spec and region: the base is their sum.
        money::Quantity base = cell->quantity;
        auto next = cell + 1;
        while (next != range.end && next->spec == cell->spec && next->region == cell->region) {
            base = base + next->quantity;
            ++next;
        }
        cells.push_back(
            {cell->spec,
             cell->region,
             percent,
             money::multiply_rounded(base, share, step, stage.rounding.value->mode)}
        );
        cell = next;
    }
    return cells;
}

std::vector<NationalVolume> national_volumes(
    const round::Round& round, round::LotIndex lot, const rules::AgreedVolumeStage& stage
) {
    const std::string& volume_class = round.lots[lot].volume_class;
    const auto found = stage.percent.find(volume_class);
    if (found == stage.percent.end() || !found->second.value) {
        throw decision::RunStopped(
            {"wait.class", {{"class", volume_class}, {"parameter", "agreed_volume.percent"}}}
        );
    }
    std::vector<NationalVolume> result;
    std::int64_t previous = -1;
    for (const std::int64_t percent : found->second.value->rows) {
        if (percent == previous) continue;
        previous = percent;
        for (const decision::VolumeCell& cell : agreed_volumes(round, lot, percent, stage)) {
            if (result.empty() || result.back().spec != cell.spec ||
                result.back().percent != percent) {
                result.push_back({cell.spec, percent, cell.quantity});
            } else {
                result.back().quantity = result.back().quantity + cell.quantity;
            }
        }
    }
    return result;
}

}  // namespace jicai::allocation
