#include <engine/money/check.h>
#include <engine/product/exact_numbers.h>
#include <engine/product/price_ratio_articles.h>

#include <algorithm>
#include <functional>
#include <limits>
#include <utility>

namespace jicai::product {

namespace {

using money::RoundingMode;

constexpr std::int64_t kInt64Max = std::numeric_limits<std::int64_t>::max();

using Indexes = std::vector<std::size_t>;
using Candidates = std::vector<RepresentativeCandidate>;

Indexes kept(
    const Indexes& indexes,
    const Candidates& candidates,
    const std::function<bool(const RepresentativeCandidate&)>& keep
) {
    Indexes result;
    for (const std::size_t index : indexes) {
        if (keep(candidates[index])) result.push_back(index);
    }
    return result;
}

bool one_form(const Indexes& indexes, const Candidates& candidates) {
    return std::all_of(indexes.begin(), indexes.end(), [&](std::size_t index) {
        return candidates[index].presentation.form == candidates[indexes.front()].presentation.form;
    });
}

std::optional<int> best_rank(const Candidates& candidates) {
    std::optional<int> best;
    for (const RepresentativeCandidate& candidate : candidates) {
        const auto& rank = candidate.presentation.form->representative_rank;
        if (rank && (!best || *rank < *best)) best = rank;
    }
    return best;
}

RepresentativeChoice choose_form(const Candidates& candidates) {
    Indexes all(candidates.size());
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
    if (const auto rank = best_rank(candidates)) {
        return {
            kept(
                all,
                candidates,
                [&](const auto& c) { return c.presentation.form->representative_rank == rank; }
            ),
            RepresentativeBasis::preferred_form};
    }
    const Indexes standard =
        kept(all, candidates, [](const auto& c) { return c.in_pharmacopoeia; });
    if (!standard.empty() && one_form(standard, candidates)) {
        return {standard, RepresentativeBasis::standard_form};
    }
    const Indexes pool = standard.empty() ? all : standard;
    std::optional<std::int64_t> first;
    for (const std::size_t index : pool) {
        const auto& date = candidates[index].first_marketed_yyyymmdd;
        if (!candidates[index].still_sold) continue;
        if (date && (!first || *date < *first)) first = date;
    }
    if (!first) return {pool, RepresentativeBasis::undecided};
    const Indexes earliest = kept(pool, candidates, [&](const auto& c) {
        return c.still_sold && c.first_marketed_yyyymmdd == first;
    });
    if (!one_form(earliest, candidates)) return {earliest, RepresentativeBasis::undecided};
    const DosageForm* form = candidates[earliest.front()].presentation.form;
    return {
        kept(pool, candidates, [&](const auto& c) { return c.presentation.form == form; }),
        RepresentativeBasis::first_marketed};
}

std::optional<std::int64_t> middle_pack(
    const Indexes& indexes, const Candidates& candidates, const PriceRatioRule& rule
) {
    std::vector<std::int64_t> counts;
    for (const std::size_t index : indexes)
        counts.push_back(candidates[index].presentation.pack_units);
    std::sort(counts.begin(), counts.end());
    counts.erase(std::unique(counts.begin(), counts.end()), counts.end());
    if (counts.size() % 2 == 1) return counts[counts.size() / 2];
    if (rule.representative_lower_middle) return counts[counts.size() / 2 - 1];
    return {};
}

}  // namespace

Price round_retail(Price price, const PriceRatioRule& rule) {
    for (const PriceRatioRule::RetailRounding& row : rule.retail_rounding) {
        if (row.below && price >= *row.below) continue;
        return money::round_price(price, {RoundingMode::half_up, row.decimals});
    }
    JICAI_CHECK(false);
    return price;
}

RepresentativeChoice choose_representative(
    const Candidates& candidates, const PriceRatioRule& rule
) {
    JICAI_CHECK(!candidates.empty());
    for (const RepresentativeCandidate& candidate : candidates) {
        JICAI_CHECK(candidate.presentation.form != nullptr);
    }
    RepresentativeChoice choice = choose_form(candidates);
    Indexes matching =
        kept(choice.candidates, candidates, [](const auto& c) { return c.matches_single_dose; });
    if (!matching.empty()) choice.candidates = std::move(matching);
    if (const auto middle = middle_pack(choice.candidates, candidates, rule)) {
        choice.candidates = kept(choice.candidates, candidates, [&](const auto& c) {
            return c.presentation.pack_units == *middle;
        });
    }
    return choice;
}

bool needs_own_representative(
    const Ratio& content, const Ratio& other, const PriceRatioRule& rule
) {
    JICAI_CHECK(content.numerator() > 0 && other.numerator() > 0);
    const Ratio& low = std::min(content, other);
    const Ratio& high = std::max(content, other);
    return exact(high) >= exact(low) * exact(rule.content_separate_representative);
}

bool chain_needs_own_representative(
    const std::vector<Ratio>& contents, const PriceRatioRule& rule
) {
    if (contents.size() < 2) return false;
    if (rule.content_limit_by_ends) {
        return needs_own_representative(contents.front(), contents.back(), rule);
    }
    for (std::size_t i = 1; i < contents.size(); ++i) {
        if (needs_own_representative(contents[i - 1], contents[i], rule)) return true;
    }
    return false;
}

std::optional<Price> equal_daily_cost(
    Price price, const DailyCostPack& source, const DailyCostPack& target, const Rounding& rounding
) {
    JICAI_CHECK(source.pack_units >= 1 && target.pack_units >= 1);
    JICAI_CHECK(source.daily_units.numerator() > 0 && target.daily_units.numerator() > 0);
    JICAI_CHECK(rounding.decimals >= 0 && rounding.decimals <= money::kMicroYuanScale);
    const BigInt unit = boost::multiprecision::pow(
        BigInt(10), static_cast<unsigned>(money::kMicroYuanScale - rounding.decimals)
    );
    const BigRational units =
        BigRational(
            BigInt(price.micro_yuan()) * target.pack_units, BigInt(source.pack_units) * unit
        ) *
        exact(source.daily_units) / exact(target.daily_units);
    const BigInt above = numerator(units);
    const BigInt below = denominator(units);
    const BigInt whole = above / below;
    const BigInt rest = above % below;
    // Only the comparison of the rest with one half matters to rounding: keep it in small numbers.
    const int order = BigInt(rest * 2).compare(below);
    const std::int64_t quarters = rest == 0 ? 0 : order + 2;
    if (whole > Price::kMicroYuanMax) return {};
    const BigInt rounded =
        static_cast<BigInt>(static_cast<std::int64_t>(money::divide_rounded(
            money::Int128{static_cast<std::int64_t>(whole)} * 4 + quarters, 4, rounding.mode
        ))) *
        unit;
    if (rounded > Price::kMicroYuanMax) return {};
    return Price(static_cast<std::int64_t>(rounded));
}

std::optional<Price> combination_pack_bound(const std::vector<Price>& singles) {
    money::Int128 sum = 0;
    for (const Price& single : singles) {
        sum += single.micro_yuan();
        if (sum > Price::kMicroYuanMax) return {};
    }
    return Price(static_cast<std::int64_t>(sum));
}

Price price_with_accessory(Price price_without_accessory) {
    return price_without_accessory;
}

std::optional<Ratio> combination_content(const std::vector<Ratio>& contents) {
    BigRational sum = 0;
    for (const Ratio& content : contents) sum += exact(content);
    const BigInt above = numerator(sum);
    const BigInt below = denominator(sum);
    if (above > kInt64Max || below > kInt64Max) return {};
    return Ratio(static_cast<std::int64_t>(above), static_cast<std::int64_t>(below));
}

}  // namespace jicai::product
