#include <engine/money/decimal.h>
#include <reports/award_tables.h>

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <utility>

namespace jicai::reports {
namespace {

constexpr int kPackDecimals = 2;
constexpr int kUnitDecimals = 4;
constexpr int kMicroLitreScale = 6;

std::string number(std::int64_t value) {
    return std::to_string(value);
}

std::string number(const std::optional<std::int64_t>& value) {
    return value ? std::to_string(*value) : "";
}

std::string price(const std::optional<money::Price>& value, int decimals) {
    return value ? price_text(*value, decimals) : "";
}

const std::string& lot_id(const Round& round, const decision::LotDecision& lot) {
    return round.lots[lot.lot].id;
}

/// The first winner by rank and its pack price.
std::string first_winner(const Round& round, const decision::LotDecision& lot) {
    const auto first = std::find_if(lot.bids.begin(), lot.bids.end(), [](const auto& bid) {
        return bid.outcome == decision::Outcome::won;
    });
    if (first == lot.bids.end()) return "";
    return round.suppliers[round.bids[first->bid].supplier].name + " " +
           price(first->price, kPackDecimals);
}

/// An optional column of packs.csv: shown when any pack has a value.
struct PackColumn {
    std::string name;
    std::function<std::string(const round::Pack&)> value;
};

}  // namespace

std::string price_text(money::Price price, int decimals) {
    std::int64_t smallest = 1;
    for (int i = decimals; i < money::kMicroYuanScale; ++i) smallest *= 10;
    return price.micro_yuan() % smallest == 0 ? price.text_fixed(decimals) : price.text();
}

std::string deciding_clause(const decision::BidDecision& bid) {
    const auto last = std::find_if(bid.trace.rbegin(), bid.trace.rend(), [](const auto& step) {
        return !step.clause.empty();
    });
    return last == bid.trace.rend() ? "" : last->clause;
}

Table awards(const Round& round, const RoundDecision& decided) {
    Table table{
        "awards",
        {{"lot"},
         {"supplier"},
         {"product"},
         {"spec"},
         {"rank", ColumnKind::count},
         {"outcome"},
         {"step"},
         {"price", ColumnKind::exact},
         {"unit_price", ColumnKind::exact},
         {"unit_comparable_price", ColumnKind::exact},
         {"supplier_name"},
         {"tied"},
         {"regions", ColumnKind::count},
         {"clause"}},
        {}};
    for (const decision::LotDecision& lot : decided.lots) {
        for (const decision::BidDecision& bid : lot.bids) {
            const round::Bid& made = round.bids[bid.bid];
            const round::Supplier& supplier = round.suppliers[made.supplier];
            table.rows.push_back(
                {lot_id(round, lot),
                 supplier.id,
                 made.product,
                 round.specs[made.spec].name,
                 number(bid.rank),
                 std::string(text(bid.outcome)),
                 bid.step,
                 price(bid.price, kPackDecimals),
                 price(bid.unit_price, kUnitDecimals),
                 price(bid.unit_comparable_price, kUnitDecimals),
                 supplier.name,
                 bid.tied ? "1" : "",
                 number(bid.regions),
                 deciding_clause(bid)}
            );
        }
    }
    return table;
}

Table lots_decided(const Round& round, const RoundDecision& decided) {
    Table table{
        "lots_decided",
        {{"lot"},
         {"status"},
         {"bidders", ColumnKind::count},
         {"entrants_max", ColumnKind::count},
         {"winners", ColumnKind::count},
         {"percent", ColumnKind::count},
         {"term", ColumnKind::count},
         {"name"}},
        {}};
    for (const decision::LotDecision& lot : decided.lots) {
        table.rows.push_back(
            {lot_id(round, lot),
             std::string(text(lot.status)),
             number(lot.bidders),
             number(lot.entrants_max),
             number(lot.winners),
             number(lot.percent),
             number(lot.term_years),
             round.lots[lot.lot].name}
        );
    }
    return table;
}

Table region_counts(const Round& round, const RoundDecision& decided) {
    Table table{"region_counts", {{"lot"}, {"supplier"}, {"regions", ColumnKind::count}}, {}};
    for (const decision::LotDecision& lot : decided.lots) {
        for (const decision::BidDecision& bid : lot.bids) {
            if (bid.outcome != decision::Outcome::won) continue;
            table.rows.push_back(
                {lot_id(round, lot),
                 round.suppliers[round.bids[bid.bid].supplier].id,
                 number(bid.regions)}
            );
        }
    }
    return table;
}

Table volumes(const Round& round, const RoundDecision& decided) {
    Table table{
        "volumes",
        {{"lot"},
         {"spec"},
         {"region"},
         {"percent", ColumnKind::count},
         {"quantity", ColumnKind::exact}},
        {}};
    for (const decision::LotDecision& lot : decided.lots) {
        for (const decision::VolumeCell& cell : lot.volumes) {
            table.rows.push_back(
                {lot_id(round, lot),
                 round.specs[cell.spec].name,
                 round.regions[cell.region],
                 number(cell.percent),
                 number(cell.quantity.units())}
            );
        }
    }
    return table;
}

Table allocations(const Round& round, const RoundDecision& decided) {
    Table table{
        "allocations",
        {{"lot"}, {"spec"}, {"region"}, {"supplier"}, {"role"}, {"quantity", ColumnKind::exact}},
        {}};
    for (const decision::LotDecision& lot : decided.lots) {
        for (const decision::AllocationRow& row : lot.allocations) {
            table.rows.push_back(
                {lot_id(round, lot),
                 round.specs[row.spec].name,
                 round.regions[row.region],
                 row.supplier ? round.suppliers[*row.supplier].id : "",
                 row.role,
                 number(row.quantity.units())}
            );
        }
    }
    return table;
}

Table packs_priced(const Round& round, const RoundDecision& decided) {
    Table table{
        "packs_priced",
        {{"lot"},
         {"supplier"},
         {"product"},
         {"form"},
         {"spec"},
         {"content_mg", ColumnKind::exact},
         {"pack_units", ColumnKind::count}},
        {}};
    std::vector<PackColumn> optional_columns{
        {"fill_ml",
         [](const round::Pack& pack) {
             return pack.fill_nl ? money::format_shortest(*pack.fill_nl, kMicroLitreScale) : "";
         }},
        {"material", [](const round::Pack& pack) { return pack.material; }},
        {"daily_dose",
         [](const round::Pack& pack) { return pack.daily_dose ? pack.daily_dose->text() : ""; }},
    };
    std::vector<PackColumn> shown;
    for (PackColumn& column : optional_columns) {
        const bool used =
            std::any_of(round.packs.begin(), round.packs.end(), [&](const auto& pack) {
                return !column.value(pack).empty();
            });
        if (used) shown.push_back(std::move(column));
    }
    for (std::size_t i = 0; i < round.pack_extra_columns.size(); ++i) {
        shown.push_back({round.pack_extra_columns[i], [i](const round::Pack& pack) {
                             return i < pack.extra.size() ? pack.extra[i] : "";
                         }});
    }
    for (const PackColumn& column : shown) table.columns.push_back({column.name});
    table.columns.push_back({"pack_price", ColumnKind::exact});

    for (const decision::LotDecision& lot : decided.lots) {
        for (const decision::PricedPack& priced : lot.packs) {
            const round::Pack& pack = round.packs[priced.pack];
            std::vector<std::string> row{
                round.lots[pack.lot].id,
                round.suppliers[pack.supplier].id,
                pack.product,
                pack.form,
                pack.spec,
                pack.content.text(),
                number(pack.pack_units)};
            for (const PackColumn& column : shown) row.push_back(column.value(pack));
            row.push_back(price_text(priced.price, kPackDecimals));
            table.rows.push_back(std::move(row));
        }
    }
    return table;
}

Table region_picks(const Round& round, const RoundDecision& decided) {
    Table table{
        "region_picks",
        {{"lot"}, {"turn", ColumnKind::count}, {"supplier"}, {"region"}, {"source"}},
        {}};
    for (const decision::LotDecision& lot : decided.lots) {
        for (const decision::RegionTurn& turn : lot.turns) {
            table.rows.push_back(
                {lot_id(round, lot),
                 number(turn.turn),
                 round.suppliers[turn.supplier].id,
                 turn.region ? round.regions[*turn.region] : "",
                 turn.source}
            );
        }
    }
    return table;
}

Table award_summary(const Round& round, const RoundDecision& decided, const Say& say) {
    Table table{
        "summary",
        {{"lot"},
         {"name"},
         {"status"},
         {"bidders", ColumnKind::count},
         {"winners", ColumnKind::count},
         {"percent", ColumnKind::count},
         {"term", ColumnKind::count},
         {"first_winner"}},
        {}};
    for (const decision::LotDecision& lot : decided.lots) {
        table.rows.push_back(
            {lot_id(round, lot),
             round.lots[lot.lot].name,
             say({"word.status." + std::string(text(lot.status)), {}}),
             number(lot.bidders),
             lot.status == decision::LotStatus::pending ? "" : number(lot.winners),
             number(lot.percent),
             number(lot.term_years),
             first_winner(round, lot)}
        );
    }
    return table;
}

Table region_summary(const Round& round, const RoundDecision& decided) {
    Table table{
        "region_summary",
        {{"lot"},
         {"name"},
         {"winners", ColumnKind::count},
         {"regions", ColumnKind::count},
         {"regions_left", ColumnKind::count},
         {"next_supplier"}},
        {}};
    for (const decision::LotDecision& lot : decided.lots) {
        std::int64_t regions = 0;
        std::string next;
        for (const decision::BidDecision& bid : lot.bids) {
            if (bid.outcome != decision::Outcome::won) continue;
            if (next.empty()) next = round.suppliers[round.bids[bid.bid].supplier].name;
            regions += bid.regions;
        }
        std::int64_t picked = 0;
        for (const decision::RegionTurn& turn : lot.turns) {
            if (turn.region) {
                ++picked;
            } else {
                next = round.suppliers[turn.supplier].name;
            }
        }
        const std::int64_t left =
            lot.regions_complete ? 0 : std::max(regions - picked, std::int64_t{0});
        table.rows.push_back(
            {lot_id(round, lot),
             round.lots[lot.lot].name,
             number(lot.winners),
             number(regions),
             number(left),
             left > 0 ? next : ""}
        );
    }
    return table;
}

LotCounts count_lots(const RoundDecision& decided) {
    LotCounts counts;
    for (const decision::LotDecision& lot : decided.lots) {
        switch (lot.status) {
            case decision::LotStatus::decided:
                ++counts.decided;
                counts.regions_open += lot.regions_complete ? 0 : 1;
                break;
            case decision::LotStatus::failed:
                ++counts.failed;
                break;
            case decision::LotStatus::pending:
                ++counts.pending;
                break;
            case decision::LotStatus::cancelled:
                ++counts.cancelled;
                break;
        }
        counts.bids += static_cast<std::int64_t>(lot.bids.size());
        if (lot.status != decision::LotStatus::pending) counts.winners += lot.winners;
    }
    return counts;
}

}  // namespace jicai::reports
