#include <engine/money/decimal.h>
#include <reports/award_tables.h>
#include <reports/round_tables.h>

#include <algorithm>
#include <map>
#include <utility>

namespace jicai::reports {
namespace {

using decision::BidDecision;
using decision::Json;
using decision::LotDecision;
using decision::Outcome;
using decision::RoundDecision;
using round::Round;

constexpr int kPackDecimals = 2;
constexpr int kUnitDecimals = 4;
constexpr int kCutDecimals = 2;

std::string number(std::int64_t value) {
    return std::to_string(value);
}

std::string number(const std::optional<std::int64_t>& value) {
    return value ? std::to_string(*value) : "";
}

std::string price(const std::optional<money::Price>& value, int decimals) {
    return value ? price_text(*value, decimals) : "";
}

std::string word(const Say& say, const std::string& kind, std::string_view value) {
    return say({"word." + kind + "." + std::string(value), {}});
}

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

bool lot_fits(const round::Lot& lot, const RoundFilter& filter) {
    return filter.lot.empty() || lot.id == filter.lot;
}

bool text_fits(const round::Lot& lot, const std::string& company, const RoundFilter& filter) {
    return filter.text.empty() || lot.id == filter.text || holds(lot.name, filter.text) ||
           holds(company, filter.text);
}

const BidDecision* first_winner(const LotDecision& lot) {
    const auto first = std::find_if(lot.bids.begin(), lot.bids.end(), [](const auto& bid) {
        return bid.outcome == Outcome::won;
    });
    return first == lot.bids.end() ? nullptr : &*first;
}

const round::Supplier& supplier_of(const Round& round, const BidDecision& bid) {
    return round.suppliers[round.bids[bid.bid].supplier];
}

/// What is allocated to a supplier, by spec; with `region` only there.
std::map<std::pair<std::uint32_t, std::string>, money::Quantity> allocated(
    const Round& round, const LotDecision& lot, const std::string& region
) {
    std::map<std::pair<std::uint32_t, std::string>, money::Quantity> sums;
    for (const decision::AllocationRow& row : lot.allocations) {
        if (!row.supplier) continue;
        if (!region.empty() && round.regions[row.region] != region) continue;
        const auto key = std::pair(*row.supplier, round.specs[row.spec].name);
        const auto [sum, added] = sums.emplace(key, row.quantity);
        if (!added) sum->second = sum->second + row.quantity;
    }
    return sums;
}

}  // namespace

const std::vector<Column>& lot_columns() {
    static const std::vector<Column> columns{
        {"lot"},
        {"name"},
        {"status_text"},
        {"bidders", ColumnKind::count},
        {"entrants_max", ColumnKind::count},
        {"winners", ColumnKind::count},
        {"percent", ColumnKind::count},
        {"term_text"},
        {"lowest_price", ColumnKind::exact},
        {"ceiling", ColumnKind::exact},
        {"first_winner"},
        {"cut", ColumnKind::exact}};
    return columns;
}

const std::vector<Column>& bid_columns() {
    static const std::vector<Column> columns{
        {"rank", ColumnKind::count},
        {"supplier_name"},
        {"spec"},
        {"outcome_text"},
        {"price", ColumnKind::exact},
        {"pack_units", ColumnKind::count},
        {"unit_price", ColumnKind::exact},
        {"unit_comparable_price", ColumnKind::exact},
        {"cut", ColumnKind::exact},
        {"regions", ColumnKind::count},
        {"clause"}};
    return columns;
}

const std::vector<Column>& volume_columns() {
    static const std::vector<Column> columns{
        {"lot"},
        {"name"},
        {"spec"},
        {"region"},
        {"percent", ColumnKind::count},
        {"quantity", ColumnKind::exact}};
    return columns;
}

const std::vector<Column>& supply_columns() {
    static const std::vector<Column> columns{
        {"lot"},
        {"name"},
        {"supplier_name"},
        {"form"},
        {"spec"},
        {"pack_units", ColumnKind::count},
        {"pack_price", ColumnKind::exact},
        {"regions", ColumnKind::count},
        {"quantity", ColumnKind::exact}};
    return columns;
}

const std::vector<Column>& allocation_columns() {
    static const std::vector<Column> columns{
        {"lot"},
        {"name"},
        {"spec"},
        {"region"},
        {"supplier_name"},
        {"role_text"},
        {"quantity", ColumnKind::exact}};
    return columns;
}

std::string reference_spec(const Round& round, const LotDecision& lot) {
    for (const BidDecision& bid : lot.bids) {
        for (const decision::TraceStep& step : bid.trace) {
            if (step.message.key != "step.comparable_price") continue;
            for (const auto& [name, value] : step.message.arguments) {
                if (name == "reference_spec") return value;
            }
        }
    }
    const std::vector<round::SpecIndex>& specs = round.lots[lot.lot].specs;
    return specs.size() == 1 ? round.specs[specs.front()].name : "";
}

std::optional<money::Price> ceiling_of(
    const Round& round, round::LotIndex lot, const std::string& spec
) {
    for (const round::SpecIndex index : round.lots[lot].specs) {
        if (round.specs[index].name == spec) return round.specs[index].ceiling;
    }
    return std::nullopt;
}

std::string cut_text(const Round& round, const BidDecision& bid) {
    const std::optional<money::Price>& ceiling = round.specs[round.bids[bid.bid].spec].ceiling;
    if (!bid.unit_price || !ceiling || ceiling->micro_yuan() == 0) return "";
    return money::format_fixed(
        money::cut_percent_scaled(
            *bid.unit_price, *ceiling, {money::RoundingMode::half_up, kCutDecimals}
        ),
        kCutDecimals,
        kCutDecimals
    );
}

List lot_list(
    const Round& round,
    const RoundDecision& decided,
    const RoundFilter& filter,
    bool results,
    const Say& say
) {
    List list{{"lots", lot_columns(), {}}};
    for (const LotDecision& lot : decided.lots) {
        const round::Lot& about = round.lots[lot.lot];
        const std::string status = results ? std::string(text(lot.status)) : "";
        const BidDecision* winner = results ? first_winner(lot) : nullptr;
        const std::string company = winner == nullptr ? "" : supplier_of(round, *winner).name;
        if (!lot_fits(about, filter) || !text_fits(about, company, filter)) continue;
        if (!filter.status.empty() && filter.status != status) continue;
        const std::string spec = reference_spec(round, lot);
        const std::string ceiling = price(ceiling_of(round, lot.lot, spec), kUnitDecimals);
        if (!results) {
            list.table.rows.push_back(
                {about.id, about.name, "", "", "", "", "", "", "", ceiling, "", ""}
            );
        } else {
            const auto lowest = std::find_if(lot.bids.begin(), lot.bids.end(), [](const auto& bid) {
                return bid.rank == 1;
            });
            const std::string winning =
                winner == nullptr ? "" : company + " " + price(winner->price, kPackDecimals);
            list.table.rows.push_back(
                {about.id,
                 about.name,
                 word(say, "status", status),
                 number(lot.bidders),
                 number(lot.entrants_max),
                 lot.status == decision::LotStatus::pending ? "" : number(lot.winners),
                 number(lot.percent),
                 lot.term_years ? say({"text.years", {{"years", number(lot.term_years)}}}) : "",
                 lowest == lot.bids.end() ? ""
                                          : price(lowest->unit_comparable_price, kUnitDecimals),
                 ceiling,
                 winning,
                 winner == nullptr ? "" : cut_text(round, *winner)}
            );
        }
        list.beside.push_back({{"status", status}});
    }
    return list;
}

List bid_list(const Round& round, const LotDecision& lot, const BidsShown& shown, const Say& say) {
    List list{{"bids", bid_columns(), {}}};
    std::vector<const BidDecision*> bids;
    for (const BidDecision& bid : lot.bids) {
        const round::SupplierIndex supplier = round.bids[bid.bid].supplier;
        if (!shown.only || shown.only->count(supplier) > 0) bids.push_back(&bid);
    }
    if (!shown.results) {
        std::sort(bids.begin(), bids.end(), [](const auto* a, const auto* b) {
            return a->bid < b->bid;
        });
    }
    for (const BidDecision* bid : bids) {
        const round::Bid& made = round.bids[bid->bid];
        const round::Supplier& supplier = round.suppliers[made.supplier];
        const std::string clause = shown.results ? deciding_clause(*bid) : "";
        const std::string outcome = shown.results ? std::string(text(bid->outcome)) : "";
        list.table.rows.push_back(
            {shown.results ? number(bid->rank) : "",
             supplier.name,
             round.specs[made.spec].name,
             outcome.empty() ? "" : word(say, "outcome", outcome),
             price(shown.results ? bid->price : made.pack_price, kPackDecimals),
             number(made.pack_units),
             shown.results ? price(bid->unit_price, kUnitDecimals) : "",
             shown.results ? price(bid->unit_comparable_price, kUnitDecimals) : "",
             shown.results ? cut_text(round, *bid) : "",
             shown.results ? number(bid->regions) : "",
             clause.empty() ? "" : say({"text.clause_alone", {{"clause", clause}}})}
        );
        list.beside.push_back(
            {{"supplier", supplier.id},
             {"product", made.product},
             {"outcome", outcome},
             {"tied", shown.results && bid->tied},
             {"own", shown.own.count(made.supplier) > 0}}
        );
    }
    return list;
}

List volume_list(const Round& round, const RoundDecision& decided, const RoundFilter& filter) {
    List list{{"volumes", volume_columns(), {}}};
    for (const LotDecision& lot : decided.lots) {
        const round::Lot& about = round.lots[lot.lot];
        if (!lot_fits(about, filter) || !text_fits(about, "", filter)) continue;
        for (const decision::VolumeCell& cell : lot.volumes) {
            const std::string& region = round.regions[cell.region];
            if (!filter.region.empty() && region != filter.region) continue;
            list.table.rows.push_back(
                {about.id,
                 about.name,
                 round.specs[cell.spec].name,
                 region,
                 number(cell.percent),
                 number(cell.quantity.units())}
            );
        }
    }
    return list;
}

List supply_list(const Round& round, const RoundDecision& decided, const RoundFilter& filter) {
    List list{{"supply", supply_columns(), {}}};
    for (const LotDecision& lot : decided.lots) {
        const round::Lot& about = round.lots[lot.lot];
        if (!lot_fits(about, filter)) continue;
        const auto quantities = allocated(round, lot, filter.region);
        std::map<round::SupplierIndex, std::int64_t> regions;
        for (const BidDecision& bid : lot.bids) {
            if (bid.outcome == Outcome::won) regions[round.bids[bid.bid].supplier] += bid.regions;
        }
        for (const decision::PricedPack& priced : lot.packs) {
            const round::Pack& pack = round.packs[priced.pack];
            const round::Supplier& supplier = round.suppliers[pack.supplier];
            if (!text_fits(about, supplier.name, filter)) continue;
            const bool supplies =
                std::any_of(quantities.begin(), quantities.end(), [&](const auto& sum) {
                    return sum.first.first == pack.supplier;
                });
            if (!filter.region.empty() && !supplies) continue;
            const auto quantity = quantities.find(std::pair(pack.supplier, pack.spec));
            const auto won = regions.find(pack.supplier);
            list.table.rows.push_back(
                {about.id,
                 about.name,
                 supplier.name,
                 pack.form,
                 pack.spec,
                 number(pack.pack_units),
                 price_text(priced.price, kPackDecimals),
                 won == regions.end() ? "" : number(won->second),
                 quantity == quantities.end() ? "" : number(quantity->second.units())}
            );
            list.beside.push_back({{"supplier", supplier.id}, {"product", pack.product}});
        }
    }
    return list;
}

List allocation_list(
    const Round& round, const RoundDecision& decided, const RoundFilter& filter, const Say& say
) {
    List list{{"allocations", allocation_columns(), {}}};
    for (const LotDecision& lot : decided.lots) {
        const round::Lot& about = round.lots[lot.lot];
        if (!lot_fits(about, filter)) continue;
        for (const decision::AllocationRow& row : lot.allocations) {
            const std::string& region = round.regions[row.region];
            if (!filter.region.empty() && region != filter.region) continue;
            const round::Supplier* supplier =
                row.supplier ? &round.suppliers[*row.supplier] : nullptr;
            const std::string name = supplier == nullptr ? "" : supplier->name;
            const std::string id = supplier == nullptr ? "" : supplier->id;
            if (!filter.supplier.empty() && filter.supplier != id && filter.supplier != name) {
                continue;
            }
            list.table.rows.push_back(
                {about.id,
                 about.name,
                 round.specs[row.spec].name,
                 region,
                 name,
                 word(say, "role", row.role),
                 number(row.quantity.units())}
            );
            list.beside.push_back({{"supplier", id}, {"role", row.role}});
        }
    }
    return list;
}

Json volumes_by_region(const Round& round, const LotDecision& lot, bool results, const Say& say) {
    const money::Quantity none(0);
    std::map<round::RegionIndex, std::pair<money::Quantity, money::Quantity>> sums;
    std::pair<money::Quantity, money::Quantity> total(none, none);
    const auto at = [&](round::RegionIndex region) -> auto& {
        return sums.emplace(region, std::pair(none, none)).first->second;
    };
    for (const round::DemandCell& cell : round.demand) {
        if (cell.lot != lot.lot) continue;
        at(cell.region).first = at(cell.region).first + cell.quantity;
        total.first = total.first + cell.quantity;
    }
    for (const decision::VolumeCell& cell : lot.volumes) {
        if (!results) break;
        at(cell.region).second = at(cell.region).second + cell.quantity;
        total.second = total.second + cell.quantity;
    }
    Json::Array regions;
    for (const auto& [region, volumes] : sums) {
        regions.emplace_back(Json::Object{
            {"region", round.regions[region]},
            {"region_text", round.regions[region]},
            {"reported", number(volumes.first.units())},
            {"agreed", results ? number(volumes.second.units()) : ""},
        });
    }
    return Json::Object{
        {"unit", say({"text.smallest_unit", {}})},
        {"regions", std::move(regions)},
        {"total_reported", number(total.first.units())},
        {"total_agreed", results ? number(total.second.units()) : ""},
    };
}

}  // namespace jicai::reports
