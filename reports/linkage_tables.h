#pragma once

#include <engine/campaign/campaign_decision.h>
#include <reports/explain.h>
#include <reports/table.h>

#include <cstdint>
#include <optional>
#include <string>

/// \file
/// The tables of a decided linkage campaign: the files `jicai link` writes, and what people read.
/// Column names are a contract: columns may be added at the end, never renamed.

namespace jicai::reports {

/// product, status, old_price, reference_unit, reference, enforced_price, cut, provisional,
/// counted, excluded, used (observations joined by |), ceiling (the one that governs), ceilings
/// (kind=price joined by |), label, declare_by, barred_until, clause, name, maker
[[nodiscard]] Table decisions(
    const campaign::Campaign& campaign, const campaign::CampaignDecision& decided
);

/// measure, value: counts by status, provisional, average cut (simple; weighted by what the volumes
/// cost before), largest cut, estimated saving of a year, SKUs without a volume.
[[nodiscard]] Table campaign_summary(
    const campaign::Campaign& campaign, const campaign::CampaignDecision& decided
);

/// For people, the largest cuts first, at most `rows_max`: product, name, maker, old_price,
/// enforced_price, cut
[[nodiscard]] Table largest_cuts(
    const campaign::Campaign& campaign,
    const campaign::CampaignDecision& decided,
    std::size_t rows_max
);

struct CampaignCounts {
    std::int64_t skus = 0;
    std::int64_t linked = 0;
    std::int64_t unchanged = 0;  ///< no lower price, or within the tolerance
    std::int64_t insufficient = 0;
    std::int64_t suspended = 0;  ///< or delisted
    std::int64_t waiting = 0;
    std::int64_t waiting_for_more = 0;  ///< decided, but something is still open (a deadline)
    std::string average_cut;            ///< simple, over linked ones; "0.00" where there is none
};
[[nodiscard]] CampaignCounts count_skus(const campaign::CampaignDecision& decided);

/// Why the price of one SKU is what it is: its steps, then what counted for nothing, with the
/// reason.
struct SkuExplanation {
    ExplainedLine heading;  ///< explain.link_sku
    std::vector<ExplainedLine> steps;
    std::vector<ExplainedLine> excluded;
    std::vector<ExplainedLine> waits;
};
[[nodiscard]] SkuExplanation explain_sku(
    const campaign::Campaign& campaign, const campaign::SkuDecision& sku
);

/// One line per sentence, the clause and its evidence in brackets behind it.
[[nodiscard]] std::string to_text(const SkuExplanation& explanation, const Say& say);

/// heading, steps, excluded, waits: arrays of lines
[[nodiscard]] decision::Json to_json(const SkuExplanation& explanation, const Say& say);

}  // namespace jicai::reports
