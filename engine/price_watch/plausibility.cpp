#include <engine/money/check.h>
#include <engine/price_watch/plausibility.h>

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <tuple>

namespace jicai::price_watch {

namespace {

using campaign::HeldObservation;
using campaign::ReviewKind;
using campaign::Slip;
using money::Int128;

/// Not negative, and below 2^100 on both sides.
struct Fraction {
    Int128 above;
    Int128 below;
};

/// Whole parts first, then the rests turned over: no product that could be too large is formed.
bool less(Fraction a, Fraction b) {
    for (;;) {
        const Int128 whole_a = a.above / a.below;
        const Int128 whole_b = b.above / b.below;
        if (whole_a != whole_b) return whole_a < whole_b;
        const Int128 rest_a = a.above % a.below;
        const Int128 rest_b = b.above % b.below;
        if (rest_a == 0 || rest_b == 0) return rest_a == 0 && rest_b != 0;
        const Fraction turned_a{b.below, rest_b};
        b = {a.below, rest_a};
        a = turned_a;
    }
}

Fraction unit_price(const PricePoint& point) {
    return {point.pack_price_micro_yuan, point.pack_units};
}

Fraction over(const Fraction& a, const Fraction& b) {
    return {a.above * b.below, a.below * b.above};
}

/// `a` against 1 turned so that it is not below 1.
Fraction distance(const Fraction& a) {
    return a.above < a.below ? Fraction{a.below, a.above} : a;
}

bool reaches(const Fraction& distance, const money::Ratio& bound) {
    return !less(distance, {bound.numerator(), bound.denominator()});
}

bool within(const Fraction& distance, const money::Ratio& bound) {
    return !less({bound.numerator(), bound.denominator()}, distance);
}

std::int64_t scaled(const Fraction& ratio) {
    constexpr Int128 kPlaces = 10'000;
    const Int128 rounded =
        money::divide_rounded(ratio.above * kPlaces, ratio.below, money::RoundingMode::half_up);
    return static_cast<std::int64_t>(
        std::min(rounded, Int128{std::numeric_limits<std::int64_t>::max()})
    );
}

struct Change {
    Slip slip;
    std::int64_t times;  ///< what the entered price is multiplied with
    std::int64_t parts;  ///< and divided by
};

std::vector<Change> changes(const PricePoint& point, std::int64_t listed_units, bool too_high) {
    constexpr std::int64_t kTen = 10;
    std::vector<Change> all;
    if (too_high) {
        all.push_back({Slip::tenfold, 1, kTen});
    } else {
        all.push_back({Slip::tenth, kTen, 1});
    }
    for (const std::int64_t units : {point.pack_units, listed_units}) {
        if (units <= 1 || (all.size() == 2 && units == point.pack_units)) continue;
        if (too_high) {
            all.push_back({Slip::packs_as_unit_price, 1, units});
        } else {
            all.push_back({Slip::unit_price_as_pack, units, 1});
        }
    }
    return all;
}

void suggest(
    HeldObservation& held,
    const PricePoint& point,
    const Fraction& ratio,
    std::int64_t listed_units,
    const PlausibilityRule& rule
) {
    std::optional<Fraction> nearest;
    for (const Change& change : changes(point, listed_units, held.kind == ReviewKind::too_high)) {
        const Fraction then = distance({ratio.above * change.times, ratio.below * change.parts});
        if (!within(then, rule.near) || (nearest && !less(then, *nearest))) continue;
        constexpr std::int64_t kStep = 100;  // micro-yuan of the fourth decimal
        const Int128 price = money::divide_rounded(
                                 Int128{point.pack_price_micro_yuan} * change.times,
                                 Int128{change.parts} * kStep,
                                 money::RoundingMode::half_up
                             ) *
                             kStep;
        if (price > money::Price::kMicroYuanMax) continue;
        nearest = then;
        held.slip = change.slip;
        held.suggested = money::Price(static_cast<std::int64_t>(price));
    }
}

void check(const PricePoint& point) {
    JICAI_CHECK(
        point.pack_price_micro_yuan > 0 &&
        point.pack_price_micro_yuan <= money::Price::kMicroYuanMax
    );
    JICAI_CHECK(point.pack_units >= 1 && point.pack_units <= campaign::kPackUnitsMax);
}

}  // namespace

std::vector<HeldObservation> hold_for_review(
    std::span<const PricePoint> points, std::int64_t listed_units, const PlausibilityRule& rule
) {
    JICAI_CHECK(listed_units >= 1 && listed_units <= campaign::kPackUnitsMax);
    const auto key = [](const PricePoint& p) {
        return std::tuple(p.region, p.source, p.from, p.to, p.pack_units, p.pack_price_micro_yuan);
    };
    std::map<decltype(key(PricePoint{})), campaign::ObservationIndex> first_of;
    std::vector<std::size_t> order;  // of those that are no duplicates, by the price of one unit
    std::vector<HeldObservation> held;
    std::vector<std::optional<campaign::ObservationIndex>> same_as(points.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
        check(points[i]);
        const auto [place, fresh] = first_of.try_emplace(key(points[i]), points[i].observation);
        if (fresh) {
            order.push_back(i);
        } else {
            same_as[i] = place->second;
        }
    }
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return less(unit_price(points[a]), unit_price(points[b]));
    });
    std::vector<std::size_t> place(points.size());
    for (std::size_t at = 0; at < order.size(); ++at) place[order[at]] = at;
    for (std::size_t i = 0; i < points.size(); ++i) {
        HeldObservation one;
        one.observation = points[i].observation;
        if (same_as[i]) {
            one.kind = ReviewKind::duplicate;
            one.same_as = same_as[i];
            held.push_back(one);
            continue;
        }
        const std::size_t others = order.size() - 1;
        if (others == 0 || static_cast<std::int64_t>(others) < rule.others_min) continue;
        const auto against = [&](std::size_t middle) {  // among the others
            const std::size_t median = order[middle < place[i] ? middle : middle + 1];
            return over(unit_price(points[i]), unit_price(points[median]));
        };
        Fraction ratio = against((others - 1) / 2);
        if (others % 2 == 0) {
            const Fraction upper = against(others / 2);
            if (less(distance(upper), distance(ratio))) ratio = upper;
        }
        if (!reaches(distance(ratio), rule.held_from)) continue;
        one.kind = ratio.above > ratio.below ? ReviewKind::too_high : ReviewKind::too_low;
        one.ratio_scaled = scaled(ratio);
        suggest(one, points[i], ratio, listed_units, rule);
        held.push_back(one);
    }
    return held;
}

std::vector<HeldObservation> hold_for_review(
    const campaign::Campaign& campaign, const PlausibilityRule& rule
) {
    using campaign::Observation;
    std::vector<const campaign::Event*> corrections;
    for (const campaign::Event& event : campaign.events) {
        const bool known = !campaign.known_at || event.at <= *campaign.known_at;
        if (event.observation && known) corrections.push_back(&event);
    }
    std::stable_sort(corrections.begin(), corrections.end(), [](const auto* a, const auto* b) {
        return a->at < b->at;
    });
    std::set<campaign::ObservationIndex> excluded;
    for (const campaign::Event* event : corrections) {
        if (event->kind == campaign::EventKind::exclude_observation) {
            excluded.insert(*event->observation);
        } else {
            excluded.erase(*event->observation);
        }
    }
    // By product and strength; a strength of its own is one that differs from the product's.
    using Key = std::pair<campaign::ProductIndex, std::optional<money::Ratio>>;
    std::map<Key, std::vector<PricePoint>> groups;
    for (campaign::ObservationIndex i = 0; i < campaign.observations.size(); ++i) {
        const Observation& one = campaign.observations[i];
        const bool unknown =
            campaign.known_at && one.recorded && *one.recorded > *campaign.known_at;
        if (unknown || excluded.contains(i) || one.pack_price.micro_yuan() == 0 ||
            one.status == campaign::ObservationStatus::withdrawn) {
            continue;
        }
        const auto& own = campaign.products[one.product].content;
        const auto strength = one.content == own ? std::nullopt : one.content;
        groups[{one.product, strength}].push_back(
            {i,
             one.pack_price.micro_yuan(),
             one.pack_units,
             one.region,
             static_cast<std::uint32_t>(one.source),
             one.from.number(),
             one.to ? one.to->number() : UINT32_MAX}
        );
    }
    std::vector<HeldObservation> held;
    for (const auto& [key, points] : groups) {
        const auto found = hold_for_review(points, campaign.products[key.first].pack_units, rule);
        held.insert(held.end(), found.begin(), found.end());
    }
    std::sort(held.begin(), held.end(), [](const auto& a, const auto& b) {
        return a.observation < b.observation;
    });
    return held;
}

}  // namespace jicai::price_watch
