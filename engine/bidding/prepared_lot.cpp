#include <engine/bidding/prepared_lot.h>
#include <engine/decision/trace.h>
#include <engine/money/check.h>
#include <engine/money/decimal.h>

#include <algorithm>

namespace jicai::bidding {
namespace {

using decision::Message;

// Contents that relate linearly are the curve with base 2: 2^log2(X) = X.
const money::Ratio kLinearBase{2, 1};

product::TenderOverrides overrides_of(const rules::PriceRatioStage& stage, bool linear_content) {
    return {
        .content_base =
            linear_content ? kLinearBase : value_of(stage.content_base, "price_ratio.content_base"),
        .pack_base = value_of(stage.pack_base, "price_ratio.pack_base"),
        .fill = value_of(stage.fill, "price_ratio.fill") == rules::FillTreatment::by_content
                    ? product::FillRule::ignored
                    : product::FillRule::per_rule,
        .material_counts = value_of(stage.material_counts, "price_ratio.material_counts"),
        .injection_floor_applies =
            value_of(stage.injection_floor_applies, "price_ratio.injection_floor_applies"),
        .short_pack_applies = value_of(stage.short_pack_applies, "price_ratio.short_pack_applies"),
    };
}

int days_of_month(int year, int month) {
    if (month == 2) {
        const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        return leap ? 29 : 28;
    }
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/// 2018-07-24 -> 20180724; nothing for any other text and for days the calendar has not.
std::optional<std::int64_t> day_number(const std::string& text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto part = [&](std::size_t from, std::size_t length) {
        const money::ScaledDecimal number =
            money::parse_scaled(std::string_view(text).substr(from, length), 0, 0);
        return number.fault ? -1 : static_cast<int>(number.scaled);
    };
    const int year = part(0, 4);
    const int month = part(5, 2);
    const int day = part(8, 2);
    if (year < 1 || month < 1 || month > 12) return std::nullopt;
    if (day < 1 || day > days_of_month(year, month)) return std::nullopt;
    return (std::int64_t{year} * 100 + month) * 100 + day;
}

/// Smaller goes first; nothing when the text is empty or no value of that type.
std::optional<std::int64_t> tie_value(const rules::TieKey& key, const std::string& text) {
    if (text.empty()) return std::nullopt;
    std::int64_t value = 0;
    switch (key.type) {
        case rules::TieKeyType::number: {
            const money::ScaledDecimal number = money::parse_scaled(text, 6, 6);
            if (number.fault) return std::nullopt;
            value = number.scaled;
            break;
        }
        case rules::TieKeyType::date: {
            const std::optional<std::int64_t> day = day_number(text);
            if (!day) return std::nullopt;
            value = *day;
            break;
        }
        case rules::TieKeyType::flag: {
            if (text == "1" || text == "true" || text == "是") {
                value = 1;
            } else if (text == "0" || text == "false" || text == "否") {
                value = 0;
            } else {
                return std::nullopt;
            }
            break;
        }
    }
    switch (key.first) {
        case rules::TieKeyFirst::larger:
        case rules::TieKeyFirst::later:
        case rules::TieKeyFirst::yes:
            return -value;
        case rules::TieKeyFirst::smaller:
        case rules::TieKeyFirst::earlier:
        case rules::TieKeyFirst::no:
            return value;
    }
    return std::nullopt;
}

struct LotRange {
    std::size_t begin;
    std::size_t end;
};

/// Bids are sorted by lot.
LotRange bids_of(const round::Round& round, round::LotIndex lot) {
    const auto first = std::lower_bound(
        round.bids.begin(),
        round.bids.end(),
        lot,
        [](const round::Bid& bid, round::LotIndex wanted) { return bid.lot < wanted; }
    );
    auto last = first;
    while (last != round.bids.end() && last->lot == lot) ++last;
    return {
        static_cast<std::size_t>(first - round.bids.begin()),
        static_cast<std::size_t>(last - round.bids.begin())};
}

round::SpecIndex reference_spec_of(
    const round::Round& round, const round::Lot& lot, rules::ReferenceSpec reference
) {
    JICAI_CHECK(!lot.specs.empty());
    if (reference == rules::ReferenceSpec::smallest_main_spec) {
        for (const round::SpecIndex spec : lot.specs) {
            if (round.specs[spec].main_spec) return spec;
        }
    }
    return lot.specs.front();
}

void apply_event(const round::Round& round, const round::Event& event, PreparedLot& lot) {
    const auto mark = [&](Standing standing) {
        for (PreparedBid& bid : lot.bids) {
            if (bid.supplier != *event.supplier) continue;
            if (standing < bid.standing) {
                bid.standing = standing;
                bid.event = &event;
            }
        }
    };
    switch (event.kind) {
        case round::EventKind::set_aside:
            mark(Standing::set_aside);
            break;
        case round::EventKind::withdraw:
            mark(Standing::withdrawn);
            break;
        case round::EventKind::disqualify:
            mark(Standing::disqualified);
            break;
        case round::EventKind::requote: {
            const money::ScaledDecimal price = money::parse_scaled(event.value, 6, 2);
            for (PreparedBid& bid : lot.bids) {
                if (bid.supplier != *event.supplier || price.fault) continue;
                bid.requote = &event;
                bid.requote_price = money::Price(price.scaled);
            }
            break;
        }
        case round::EventKind::draw_of_lots: {
            std::vector<round::SupplierIndex> order;
            std::string rest = event.value;
            while (!rest.empty()) {
                const std::size_t bar = rest.find('|');
                const std::string name = rest.substr(0, bar);
                rest = bar == std::string::npos ? "" : rest.substr(bar + 1);
                for (const PreparedBid& bid : lot.bids) {
                    if (round.suppliers[bid.supplier].id == name) {
                        order.push_back(bid.supplier);
                        break;
                    }
                }
            }
            lot.draws.push_back(std::move(order));
            break;
        }
        case round::EventKind::negotiated_price:
        case round::EventKind::region_pick:
        // Passing is a matter of turns: the use case marks who gave up when it replays the picking.
        case round::EventKind::region_pass:
        case round::EventKind::region_refused:
        case round::EventKind::objection_upheld:
        case round::EventKind::award_cancelled:
        case round::EventKind::substitute:
        case round::EventKind::hospital_choice:
        // A lot that has left the round is not prepared at all.
        case round::EventKind::lot_cancelled:
        case round::EventKind::lot_failed:
        case round::EventKind::lot_retendered:
            break;
    }
}

void number_groups(const round::Round& round, PreparedLot& lot) {
    for (PreparedBid& bid : lot.bids) {
        const std::string& name = round.bids[bid.bid].group;
        if (name.empty()) continue;
        const auto found = std::find(lot.group_names.begin(), lot.group_names.end(), name);
        bid.group = static_cast<int>(found - lot.group_names.begin());
        if (found == lot.group_names.end()) lot.group_names.push_back(name);
    }
}

/// Whether the bid may stand for its supplier: it took part and nothing bars it.
bool stands(const PreparedBid& bid) {
    return bid.standing == Standing::admitted;
}

void settle_several_bids(
    const round::Round& round,
    const rules::QualificationStage& stage,
    PreparedLot& lot,
    product::ConversionCache& cache,
    const product::PriceRatioRule& rule
) {
    for (std::size_t i = 0; i < lot.bids.size(); ++i) lot.bids[i].representative = i;
    for (std::size_t i = 0; i < lot.bids.size(); ++i) {
        if (!stands(lot.bids[i]) || lot.bids[i].representative != i) continue;
        std::vector<std::size_t> same{i};
        for (std::size_t j = i + 1; j < lot.bids.size(); ++j) {
            if (lot.bids[j].supplier == lot.bids[i].supplier && stands(lot.bids[j]))
                same.push_back(j);
        }
        if (same.size() == 1) continue;
        if (value_of(stage.bids_per_supplier, "qualification.bids_per_supplier") ==
            rules::BidsPerSupplier::one) {
            std::string rows;
            for (const std::size_t j : same) {
                if (!rows.empty()) rows += ", ";
                rows += std::to_string(round.bids[lot.bids[j].bid].row);
            }
            lot.waits_for.push_back(Message{
                "wait.several_bids",
                {{"supplier", round.suppliers[lot.bids[i].supplier].id},
                 {"rows", rows},
                 {"clause", stage.bids_per_supplier.clause}}});
            continue;
        }
        const std::size_t chosen =
            *std::min_element(same.begin(), same.end(), [&](std::size_t a, std::size_t b) {
                const round::Bid& left = round.bids[lot.bids[a].bid];
                const round::Bid& right = round.bids[lot.bids[b].bid];
                if (left.content != right.content) return left.content < right.content;
                return left.product < right.product;
            });
        for (const std::size_t j : same) {
            lot.bids[j].representative = chosen;
            if (j == chosen) continue;
            lot.bids[j].from_representative =
                cache
                    .between(
                        presentation_of(round, round.bids[lot.bids[chosen].bid], rule),
                        presentation_of(round, round.bids[lot.bids[j].bid], rule)
                    )
                    .conversion;
        }
    }
}

void resolve_conversions(
    const round::Round& round,
    const round::Lot& lot,
    PreparedLot& prepared,
    product::ConversionCache& cache,
    const product::PriceRatioRule& rule
) {
    const round::Spec& reference = round.specs[prepared.reference_spec];
    for (PreparedBid& bid : prepared.bids) {
        if (!stands(bid)) continue;
        const round::Bid& input = round.bids[bid.bid];
        const product::Presentation source = presentation_of(round, input, rule);
        const product::Presentation own_unit = unit_of(lot, input.content, source.fill_nl, rule);
        const product::Presentation reference_unit =
            unit_of(lot, reference.content, reference.fill_nl, rule);
        if (source.form != nullptr && own_unit.form != nullptr) {
            bid.to_unit = cache.between(source, own_unit).conversion;
            bid.to_comparable = cache.between(source, reference_unit).conversion;
        }
        if (!bid.to_unit || !bid.to_comparable) {
            prepared.waits_for.push_back(Message{
                "wait.form",
                {{"supplier", round.suppliers[bid.supplier].id},
                 {"form", input.form},
                 {"base_form", lot.base_form}}});
        }
    }
}

}  // namespace

void stop_for_open_parameter(const std::string& path, const std::string& clause) {
    throw decision::RunStopped(Message{
        "wait.open_parameter", {{"parameter", path}, {"clause", clause}}});
}

Conversions::Conversions(const product::PriceRatioRule& rule, const rules::PriceRatioStage& stage)
    : rule_(rule),
      linear_lots_(stage.linear_content_lots.value.value_or(rules::TextList{})),
      curve_(rule, overrides_of(stage, /*linear_content=*/false)),
      linear_(rule, overrides_of(stage, /*linear_content=*/true)) {}

product::ConversionCache& Conversions::of_lot(const std::string& lot_id) {
    const bool linear =
        std::find(linear_lots_.begin(), linear_lots_.end(), lot_id) != linear_lots_.end();
    return linear ? linear_ : curve_;
}

product::Presentation unit_of(
    const round::Lot& lot,
    const money::Ratio& content,
    std::optional<std::int64_t> fill_nl,
    const product::PriceRatioRule& rule
) {
    product::Presentation unit;
    unit.form = rule.find_form(lot.base_form);
    unit.content = content;
    unit.fill_nl = fill_nl;
    return unit;
}

product::Presentation presentation_of(
    const round::Round& round, const round::Bid& bid, const product::PriceRatioRule& rule
) {
    product::Presentation pack;
    pack.form = rule.find_form(bid.form);
    pack.content = bid.content;
    pack.pack_units = bid.pack_units;
    pack.fill_nl = bid.fill_nl ? bid.fill_nl : round.specs[bid.spec].fill_nl;
    return pack;
}

PreparedLot prepare_lot(
    const round::Round& round,
    round::LotIndex lot_index,
    const rules::Rulebook& rulebook,
    Conversions& conversions
) {
    const round::Lot& lot = round.lots[lot_index];
    const auto* qualification = rulebook.find<rules::QualificationStage>();
    const auto* comparable = rulebook.find<rules::ComparablePriceStage>();
    const auto* ranking = rulebook.find<rules::RankingStage>();
    const auto* regions = rulebook.find<rules::SupplyRegionsStage>();
    JICAI_CHECK(qualification && comparable && ranking && regions);

    PreparedLot prepared;
    prepared.lot = lot_index;
    prepared.reference_spec = reference_spec_of(
        round, lot, value_of(comparable->reference, "comparable_price.reference")
    );
    prepared.regions = static_cast<std::int64_t>(
        lot.regions.empty() ? value_of(regions->regions, "supply_regions.regions").size()
                            : lot.regions.size()
    );

    const bool main_spec_required =
        value_of(qualification->main_spec_required, "qualification.main_spec_required");
    const LotRange range = bids_of(round, lot_index);
    for (std::size_t i = range.begin; i < range.end; ++i) {
        const round::Bid& input = round.bids[i];
        PreparedBid bid;
        bid.bid = static_cast<round::BidIndex>(i);
        bid.supplier = input.supplier;
        bid.pack_price = input.pack_price;
        bid.own_lowest_price = input.own_lowest_price;
        bid.ceiling = round.specs[input.spec].ceiling;
        if (input.participation == round::Participation::absent) {
            bid.standing = Standing::absent;
        } else if (main_spec_required && !round.specs[input.spec].main_spec) {
            bid.standing = Standing::main_spec_missing;
        } else if (!input.pack_price) {
            bid.standing = Standing::without_price;
        }
        for (const rules::TieKey& key : ranking->tie_keys) {
            const auto column = std::find(
                round.bid_extra_columns.begin(), round.bid_extra_columns.end(), key.column
            );
            bid.tie_values.push_back(
                column == round.bid_extra_columns.end()
                    ? std::nullopt
                    : tie_value(
                          key,
                          input.extra
                              [static_cast<std::size_t>(column - round.bid_extra_columns.begin())]
                      )
            );
        }
        prepared.bids.push_back(std::move(bid));
    }
    for (const round::Event& event : round.events) {
        if (event.lot == lot_index) apply_event(round, event, prepared);
    }
    number_groups(round, prepared);
    product::ConversionCache& cache = conversions.of_lot(lot.id);
    settle_several_bids(round, *qualification, prepared, cache, conversions.rule());
    resolve_conversions(round, lot, prepared, cache, conversions.rule());
    return prepared;
}

}  // namespace jicai::bidding
