#include <engine/linkage/reference.h>
#include <engine/money/check.h>
#include <engine/money/price.h>

#include <algorithm>
#include <bitset>

namespace jicai::linkage {

namespace {

using money::Int128;
using money::Price;

/// Up to here (10^8 yuan, what a folder may hold) every unit price is a Price: contents differ less
/// than eightfold.
constexpr std::int64_t kSurelyConverted = 100'000'000 * money::kMicroYuanPerYuan;

/// pack price / units, rounded to a multiple of rule.unit_step.
std::int64_t divided(std::int64_t price, std::int64_t units, const ReferenceRule& rule) {
    const std::int64_t divisor = units * rule.unit_step;
    if (rule.unit_rounding.mode == money::RoundingMode::half_up) {
        return (2 * price + divisor) / (2 * divisor) * rule.unit_step;
    }
    return static_cast<std::int64_t>(money::divide_rounded(price, divisor, rule.unit_rounding.mode)
           ) *
           rule.unit_step;
}

std::optional<std::int64_t> converted(
    const product::Conversion* conversion, std::int64_t price, const money::Rounding& rounding
) {
    if (conversion == nullptr || price > Price::kMicroYuanMax) return std::nullopt;
    const std::optional<Price> result = conversion->convert(Price(price), rounding);
    if (!result) return std::nullopt;
    return result->micro_yuan();
}

/// Rows that count, and what they are per smallest unit.
class Rows {
public:
    Rows(
        const ObservationColumns& columns,
        const ReferenceRule& rule,
        const PackConversions& conversions,
        const ListedPack& pack,
        ReferenceScratch& scratch
    )
        : columns_(columns),
          rule_(rule),
          conversions_(conversions),
          pack_(pack),
          scratch_(scratch) {}

    [[nodiscard]] bool counts(Row row) const {
        const unsigned state = columns_.state(row);
        const bool wanted =
            ((unsigned{rule_.counted[columns_.region(row)]} >> columns_.source(row)) & 1U) != 0 &&
            rule_.state_counts[state];
        const bool in_force = columns_.from(row) <= rule_.as_of &&
                              columns_.to(row) >= rule_.as_of &&
                              columns_.recorded(row) <= rule_.known_at;
        if (!(wanted && in_force)) return false;
        if (columns_.corrected(row) && columns_.excluded(row, rule_.known_at)) return false;
        switch (rule_.key) {
            case ComparisonKey::same_pack:
                return columns_.pack(row) == pack_.units;
            case ComparisonKey::any_pack:
                return columns_.strength(row) == 0;
            case ComparisonKey::any_strength:
                return true;
        }
        return true;
    }

    /// Whether the unit price is surely not below that of `bound`, told without computing it:
    /// neither division nor the price-ratio rule nor rounding ever changes an order.
    [[nodiscard]] bool surely_not_below(Row row, const UsedPrice& bound) const {
        if (rule_.conversion == ConversionRule::divide) {
            return Int128{columns_.price(row)} >=
                   Int128{bound.unit_micro_yuan} * columns_.units(row);
        }
        return columns_.pack(row) == columns_.pack(bound.row) &&
               columns_.price(row) >= columns_.price(bound.row) &&
               columns_.price(row) <= kSurelyConverted;
    }

    [[nodiscard]] std::optional<std::int64_t> unit(Row row) {
        const std::int64_t price = columns_.price(row);
        if (rule_.conversion == ConversionRule::divide) {
            return divided(price, columns_.units(row), rule_);
        }
        const std::uint64_t key = PackConversions::key(pack_.form, columns_.pack(row));
        if (scratch_.memo == nullptr || scratch_.memo_key != key) {
            scratch_.memo = conversions_.to_unit(pack_.form, columns_.pack(row));
            scratch_.memo_key = key;
        }
        return converted(scratch_.memo, price, rule_.unit_rounding);
    }

private:
    const ObservationColumns& columns_;
    const ReferenceRule& rule_;
    const PackConversions& conversions_;
    const ListedPack& pack_;
    ReferenceScratch& scratch_;
};

void insert_sorted(Reference& reference, std::size_t keep, UsedPrice price) {
    std::size_t at = std::min<std::size_t>(reference.used_count, keep - 1);
    if (reference.used_count < keep) ++reference.used_count;
    while (at > 0 && reference.used[at - 1].unit_micro_yuan > price.unit_micro_yuan) {
        reference.used[at] = reference.used[at - 1];
        --at;
    }
    reference.used[at] = price;
}

/// Takes out the price of the same region, which is not lower; false when that region has one as
/// low.
bool make_room(
    Reference& reference, const ObservationColumns& columns, std::uint8_t region, std::int64_t unit
) {
    for (std::size_t i = 0; i < reference.used_count; ++i) {
        if (columns.region(reference.used[i].row) != region) continue;
        if (reference.used[i].unit_micro_yuan <= unit) return false;
        for (std::size_t j = i; j + 1 < reference.used_count; ++j) {
            reference.used[j] = reference.used[j + 1];
        }
        --reference.used_count;
        return true;
    }
    return true;
}

/// The k lowest; with count_each = region at most one of each region.
void keep_lowest(
    Reference& reference,
    Rows& rows,
    const ObservationColumns& columns,
    const ReferenceRule& rule,
    std::uint32_t product,
    std::size_t keep
) {
    const bool one_per_region = rule.count_each == CountEach::region && keep > 1;
    const bool count_regions = rule.regions_needed > 0;
    std::bitset<256> seen;
    columns.for_each_row(product, [&](Row row) {
        if (!rows.counts(row)) return;
        const bool full = reference.used_count == keep;
        if (full && rows.surely_not_below(row, reference.used[keep - 1])) {
            ++reference.counted;
            if (count_regions) seen.set(columns.region(row));
            return;
        }
        const std::optional<std::int64_t> unit = rows.unit(row);
        if (!unit) return;
        ++reference.counted;
        if (count_regions) seen.set(columns.region(row));
        if (full && *unit >= reference.used[keep - 1].unit_micro_yuan) return;
        if (one_per_region && !make_room(reference, columns, columns.region(row), *unit)) return;
        insert_sorted(reference, keep, {*unit, row});
    });
    reference.regions = static_cast<std::uint32_t>(seen.count());
}

void keep_families(
    Reference& reference,
    Rows& rows,
    const ObservationColumns& columns,
    const ReferenceRule& rule,
    std::uint32_t product
) {
    std::array<std::optional<UsedPrice>, 2> lowest;
    columns.for_each_row(product, [&](Row row) {
        if (!rows.counts(row)) return;
        const std::optional<std::int64_t> unit = rows.unit(row);
        if (!unit) return;
        ++reference.counted;
        const std::array<unsigned, 2> masks{
            rule.of_first[columns.region(row)], rule.of_second[columns.region(row)]};
        for (std::size_t family = 0; family < 2; ++family) {
            if (((masks[family] >> columns.source(row)) & 1U) == 0) continue;
            if (!lowest[family] || *unit < lowest[family]->unit_micro_yuan) {
                lowest[family] = UsedPrice{*unit, row};
            }
        }
    });
    for (std::size_t family = 0; family < 2; ++family) {
        if (!lowest[family]) continue;
        reference.family_micro_yuan[family] = lowest[family]->unit_micro_yuan;
        if (family == 1 && lowest[0] && lowest[0]->row == lowest[1]->row) continue;
        insert_sorted(reference, 2, *lowest[family]);
    }
}

void take_median(
    Reference& reference,
    Rows& rows,
    const ObservationColumns& columns,
    const ReferenceRule& rule,
    std::uint32_t product,
    ReferenceScratch& scratch
) {
    std::vector<UsedPrice>& prices = scratch.prices;
    prices.clear();
    columns.for_each_row(product, [&](Row row) {
        if (!rows.counts(row)) return;
        const std::optional<std::int64_t> unit = rows.unit(row);
        if (!unit) return;
        ++reference.counted;
        if (rule.count_each == CountEach::region) {
            const auto same =
                std::find_if(prices.begin(), prices.end(), [&](const UsedPrice& kept) {
                    return columns.region(kept.row) == columns.region(row);
                });
            if (same != prices.end()) {
                if (*unit < same->unit_micro_yuan) *same = {*unit, row};
                return;
            }
        }
        prices.push_back({*unit, row});
    });
    if (prices.empty()) return;
    std::sort(prices.begin(), prices.end(), [](const UsedPrice& a, const UsedPrice& b) {
        return a.unit_micro_yuan != b.unit_micro_yuan ? a.unit_micro_yuan < b.unit_micro_yuan
                                                      : a.row < b.row;
    });
    const std::size_t middle = (prices.size() - 1) / 2;
    insert_sorted(reference, 1, prices[middle]);
    const bool both = prices.size() % 2 == 0 && rule.median_of_even == MedianOfEven::mean;
    if (both) insert_sorted(reference, 2, prices[middle + 1]);
}

/// Mean of the used prices, rounded as a unit price.
std::int64_t mean_of_used(const Reference& reference, const ReferenceRule& rule) {
    Int128 sum = 0;
    for (std::size_t i = 0; i < reference.used_count; ++i) sum += reference.used[i].unit_micro_yuan;
    const Int128 divisor = Int128{reference.used_count} * rule.unit_step;
    return static_cast<std::int64_t>(money::divide_rounded(sum, divisor, rule.unit_rounding.mode)) *
           rule.unit_step;
}

void conclude(Reference& reference, const ReferenceRule& rule) {
    if (reference.used_count == 0) return;
    bool enough = true;
    switch (rule.aggregator) {
        case Aggregator::minimum:
        case Aggregator::lower_of_two_families:
            reference.unit_micro_yuan = reference.used[0].unit_micro_yuan;
            break;
        case Aggregator::minimum_of_regions:
            reference.unit_micro_yuan = reference.used[0].unit_micro_yuan;
            enough = reference.regions >= rule.regions_needed;
            break;
        case Aggregator::median:
            reference.unit_micro_yuan = mean_of_used(reference, rule);
            break;
        case Aggregator::mean_of_lowest:
            enough = reference.used_count == rule.lowest;
            reference.unit_micro_yuan = mean_of_used(reference, rule);
            break;
    }
    if (enough) {
        reference.kind = Reference::Kind::found;
        return;
    }
    if (rule.too_few == TooFew::insufficient) {
        reference.kind = Reference::Kind::insufficient;
        reference.unit_micro_yuan = 0;
        return;
    }
    reference.kind = Reference::Kind::provisional;
    reference.unit_micro_yuan = reference.used[0].unit_micro_yuan;
    reference.used_count = 1;
}

}  // namespace

Reference find_reference(
    const ObservationColumns& columns,
    const ReferenceRule& rule,
    const PackConversions& conversions,
    const ListedPack& pack,
    ReferenceScratch& scratch
) {
    Reference reference;
    Rows rows(columns, rule, conversions, pack, scratch);
    switch (rule.aggregator) {
        case Aggregator::minimum:
        case Aggregator::minimum_of_regions:
            keep_lowest(reference, rows, columns, rule, pack.product, 1);
            break;
        case Aggregator::mean_of_lowest:
            keep_lowest(reference, rows, columns, rule, pack.product, rule.lowest);
            break;
        case Aggregator::median:
            take_median(reference, rows, columns, rule, pack.product, scratch);
            break;
        case Aggregator::lower_of_two_families:
            keep_families(reference, rows, columns, rule, pack.product);
            break;
    }
    conclude(reference, rule);
    return reference;
}

std::optional<std::int64_t> unit_price(
    const ObservationColumns& columns,
    const ReferenceRule& rule,
    const PackConversions& conversions,
    const ListedPack& pack,
    Row row
) {
    ReferenceScratch scratch;
    return Rows(columns, rule, conversions, pack, scratch).unit(row);
}

bool exceeds_tolerance(
    Price price, Price old_price, const std::optional<rules::PercentBound>& tolerance
) {
    if (!tolerance || old_price.micro_yuan() == 0) return true;
    const std::int64_t cut = money::cut_percent_scaled(
        price, old_price, {money::RoundingMode::half_up, tolerance->decimals}
    );
    std::int64_t places = 1;
    for (int i = 0; i < tolerance->decimals; ++i) places *= 10;
    return money::Ratio(std::max<std::int64_t>(cut, 0), places) > tolerance->percent;
}

LinkedPrice link_price(
    const Reference& reference,
    const ReferenceRule& rule,
    const PackConversions& conversions,
    const ListedPack& pack,
    Price current
) {
    LinkedPrice linked;
    linked.enforced_micro_yuan = current.micro_yuan();
    if (reference.kind == Reference::Kind::none ||
        reference.kind == Reference::Kind::insufficient) {
        linked.status = campaign::Status::insufficient_observations;
        return linked;
    }
    linked.provisional = reference.kind == Reference::Kind::provisional;
    std::optional<std::int64_t> price;
    if (rule.conversion == ConversionRule::divide) {
        std::int64_t step = 1;
        for (int i = rule.pack_rounding.decimals; i < money::kMicroYuanScale; ++i) step *= 10;
        const Int128 exact = Int128{reference.unit_micro_yuan} * pack.units;
        const Int128 rounded = money::divide_rounded(exact, step, rule.pack_rounding.mode) * step;
        if (rounded <= Price::kMicroYuanMax) price = static_cast<std::int64_t>(rounded);
    } else if (reference.unit_micro_yuan <= Price::kMicroYuanMax) {
        price = converted(
            conversions.to_pack(pack.form, pack.units),
            reference.unit_micro_yuan,
            rule.pack_rounding
        );
    }
    // A reference too large to be a price of the pack binds nobody.
    linked.reference_micro_yuan = price.value_or(0);
    if (!price || *price >= current.micro_yuan()) {
        linked.status = campaign::Status::no_lower_price;
        linked.provisional = false;
        return linked;
    }
    if (!exceeds_tolerance(Price(*price), current, rule.tolerance)) {
        linked.status = campaign::Status::within_tolerance;
        return linked;
    }
    linked.status = campaign::Status::linked;
    linked.enforced_micro_yuan = *price;
    return linked;
}

}  // namespace jicai::linkage
