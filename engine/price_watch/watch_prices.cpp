#include <engine/linkage/need.h>
#include <engine/money/check.h>
#include <engine/price_watch/fairness.h>
#include <engine/price_watch/plausibility.h>
#include <engine/price_watch/substitution.h>

#include <algorithm>
#include <array>
#include <map>

namespace jicai::price_watch {

namespace {

using campaign::Campaign;
using campaign::PriceRisk;
using campaign::ProductIndex;
using campaign::RiskKind;
using campaign::WatchFindings;
using campaign::WatchLabel;
using linkage::need;

/// Hundredths of a percent, rounded half up where the bound has more decimals.
std::int64_t hundredths(const rules::PercentBound& bound) {
    constexpr std::int64_t kPlaces = 100;
    return static_cast<std::int64_t>(money::divide_rounded(
        money::Int128{bound.percent.numerator()} * kPlaces,
        bound.percent.denominator(),
        money::RoundingMode::half_up
    ));
}

SubstitutionRule substitution_rule(const linkage::SubstitutionSection& section) {
    return {
        static_cast<std::int32_t>(need(section.window_months, "substitution.window_months")),
        hundredths(need(section.rise, "substitution.rise")),
        hundredths(need(section.lag, "substitution.lag"))};
}

PlausibilityRule plausibility_rule(const linkage::PlausibilitySection& section) {
    return {
        need(section.others_min, "plausibility.others_min"),
        need(section.held_from, "plausibility.held_from"),
        need(section.near, "plausibility.near")};
}

constexpr std::string_view kReview = "review";

/// Graver words first; words nobody knows stand between the labels and the reviews.
std::size_t gravity(std::string_view word) {
    constexpr std::array<std::string_view, 4> kGravest{"red_3", "red_2", "red_1", "yellow"};
    const auto found = std::find(kGravest.begin(), kGravest.end(), word);
    const auto place = static_cast<std::size_t>(found - kGravest.begin());
    return word == kReview ? kGravest.size() + 1 : place;
}

}  // namespace

std::vector<PriceRisk> price_risks(const Campaign& campaign, const WatchFindings& findings) {
    std::map<ProductIndex, PriceRisk> risks;
    for (const campaign::Listing& listing : campaign.listings) {
        risks[listing.product].product = listing.product;
    }
    const auto add = [&](ProductIndex product, RiskKind kind, std::string ratio, WatchLabel label) {
        const auto found = risks.find(product);
        if (found == risks.end() || label.word.empty()) return;
        PriceRisk& risk = found->second;
        if (risk.word.empty() || gravity(label.word) < gravity(risk.word)) risk.word = label.word;
        risk.grounds.push_back({kind, std::move(ratio), std::move(label)});
    };
    for (const campaign::RegionGap& gap : findings.region_gaps) {
        add(gap.product, RiskKind::regions, gap.ratio.text(), gap.label);
    }
    for (const campaign::MakerGap& gap : findings.maker_gaps) {
        add(gap.product, RiskKind::makers, gap.ratio.text(), gap.label);
    }
    for (const campaign::MonitoredGap& gap : findings.monitored_gaps) {
        add(gap.product, RiskKind::monitored, gap.ratio.text(), gap.label);
    }
    std::map<ProductIndex, std::int64_t> held;
    for (const campaign::HeldObservation& one : findings.held) {
        ++held[campaign.observations[one.observation].product];
    }
    for (const auto& [product, count] : held) {
        add(product, RiskKind::review, std::to_string(count), {std::string(kReview), "", "", ""});
    }
    std::vector<PriceRisk> list;
    for (auto& [product, risk] : risks) {
        if (!risk.grounds.empty()) list.push_back(std::move(risk));
    }
    std::stable_sort(list.begin(), list.end(), [](const PriceRisk& a, const PriceRisk& b) {
        return gravity(a.word) < gravity(b.word);
    });
    return list;
}

WatchFindings watch_prices(
    const Campaign& campaign,
    const linkage::Policy& policy,
    const product::PriceRatioRule* ratio_rule
) {
    WatchFindings findings;
    if (policy.fairness) {
        const Fairness fairness(campaign, policy, ratio_rule);
        findings.region_gaps = fairness.regions();
        findings.maker_gaps = fairness.makers();
        findings.monitored_gaps = fairness.monitored();
    }
    if (policy.substitution) {
        findings.substitutions =
            find_substitutions(campaign, substitution_rule(*policy.substitution));
    }
    if (policy.plausibility) {
        findings.held = hold_for_review(campaign, plausibility_rule(*policy.plausibility));
    }
    findings.risks = price_risks(campaign, findings);
    return findings;
}

}  // namespace jicai::price_watch
