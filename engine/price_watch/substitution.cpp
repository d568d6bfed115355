#include <engine/money/check.h>
#include <engine/money/price.h>
#include <engine/price_watch/substitution.h>

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <string_view>

namespace jicai::price_watch {

namespace {

using campaign::Campaign;
using campaign::ProductIndex;
using campaign::SubstituteKind;
using campaign::Substitution;
using money::Int128;

constexpr std::int32_t kMonthsOfYear = 12;
constexpr Int128 kHundred = 10'000;  // percent in hundredths

struct Use {
    std::int64_t before = 0;  ///< smallest units
    std::int64_t now = 0;
};

std::int32_t month_of(campaign::Day day) {
    const std::string text = day.text();
    return day.year() * kMonthsOfYear + (text[5] - '0') * 10 + (text[6] - '0') - 1;
}

std::int64_t held(Int128 value) {
    return static_cast<std::int64_t>(
        std::min(value, Int128{std::numeric_limits<std::int64_t>::max()})
    );
}

std::vector<Use> use_by_product(const Campaign& campaign, std::int32_t months) {
    const std::int32_t end = month_of(campaign.as_of);
    std::vector<Use> use(campaign.products.size());
    for (const campaign::Purchase& purchase : campaign.purchases) {
        if (purchase.month >= end || purchase.month < end - 2 * months) continue;
        Use& of = use[purchase.product];
        std::int64_t& units = purchase.month >= end - months ? of.now : of.before;
        units =
            held(units + Int128{purchase.packs} * campaign.products[purchase.product].pack_units);
    }
    return use;
}

/// What is known of the winners of one variety.
struct Winners {
    Use use;
    Int128 yearly_units = 0;
    bool volume_known = false;
};

std::map<std::string_view, Winners> winners_by_variety(
    const Campaign& campaign, const std::vector<Use>& use
) {
    std::map<std::string_view, Winners> found;
    for (const campaign::Winner& winner : campaign.winners) {
        const campaign::Product& product = campaign.products[winner.product];
        Winners& of = found[product.variety];
        of.use.before = held(Int128{of.use.before} + use[winner.product].before);
        of.use.now = held(Int128{of.use.now} + use[winner.product].now);
        const auto packs = campaign.packs_per_year[winner.product];
        if (!packs) continue;
        of.volume_known = true;
        of.yearly_units += Int128{*packs} * product.pack_units;
    }
    return found;
}

std::int64_t percent_of(Int128 part, Int128 whole) {
    return held(money::divide_rounded(part * kHundred, whole, money::RoundingMode::half_up));
}

std::optional<std::int64_t> rise(const Use& use) {
    if (use.before == 0) return std::nullopt;
    const std::int64_t difference = use.now - use.before;
    return difference >= 0 ? percent_of(difference, use.before)
                           : -percent_of(-Int128{difference}, use.before);
}

}  // namespace

std::vector<Substitution> find_substitutions(
    const Campaign& campaign, const SubstitutionRule& rule
) {
    JICAI_CHECK(rule.window_months >= 1 && rule.window_months <= 100 * kMonthsOfYear);
    const std::vector<Use> use = use_by_product(campaign, rule.window_months);
    const std::map<std::string_view, Winners> winners = winners_by_variety(campaign, use);
    std::set<ProductIndex> won;
    for (const campaign::Winner& winner : campaign.winners) won.insert(winner.product);
    std::vector<Substitution> found;
    const auto add = [&](std::string_view variety, ProductIndex product, SubstituteKind kind) {
        const auto of = winners.find(variety);
        const Use& used = use[product];
        if (of == winners.end() || (used.before == 0 && used.now == 0)) return;
        Substitution row;
        row.variety = variety;
        row.product = product;
        row.kind = kind;
        row.units_before = used.before;
        row.units_now = used.now;
        row.rise_percent_scaled = rise(used);
        row.rises = row.rise_percent_scaled ? *row.rise_percent_scaled >= rule.rise_percent_scaled
                                            : used.now > 0;
        const Winners& winner = of->second;
        row.winner_units_before = winner.use.before;
        row.winner_units_now = winner.use.now;
        if (winner.volume_known && winner.yearly_units > 0) {
            row.winner_progress_percent_scaled = percent_of(
                Int128{winner.use.now} * kMonthsOfYear, winner.yearly_units * rule.window_months
            );
            row.winner_lags = *row.winner_progress_percent_scaled < rule.lag_percent_scaled;
        } else {
            row.winner_lags = winner.use.now < winner.use.before;
        }
        found.push_back(std::move(row));
    };
    for (ProductIndex i = 0; i < campaign.products.size(); ++i) {
        if (won.contains(i)) continue;
        const campaign::Product& product = campaign.products[i];
        add(product.variety, i, SubstituteKind::non_winning);
        if (!product.replaces.empty() && product.replaces != product.variety) {
            add(product.replaces, i, SubstituteKind::out_of_scope);
        }
    }
    std::stable_sort(found.begin(), found.end(), [](const Substitution& a, const Substitution& b) {
        if (a.flagged() != b.flagged()) return a.flagged();
        return a.variety < b.variety;
    });
    return found;
}

}  // namespace jicai::price_watch
