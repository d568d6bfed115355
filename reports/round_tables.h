#pragma once

#include <engine/decision/round_decision.h>
#include <engine/round/round.h>
#include <reports/say.h>
#include <reports/table.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

/// \file
/// Lists of a decided round for people: what the pages of the service show and its exports hold.
/// Words are in the reader's language (`say`), prices as in award_tables.h. Nothing is decided
/// here.

namespace jicai::reports {

/// A list: the table that is shown, and per row what a program wants besides (codes, ids).
struct List {
    Table table;
    std::vector<decision::Json::Object> beside = {};  ///< one per row of the table
};

/// Columns of each list, in order.
[[nodiscard]] const std::vector<Column>& lot_columns();
[[nodiscard]] const std::vector<Column>& bid_columns();
[[nodiscard]] const std::vector<Column>& volume_columns();
[[nodiscard]] const std::vector<Column>& supply_columns();
[[nodiscard]] const std::vector<Column>& allocation_columns();

/// Which rows; an empty text means all.
struct RoundFilter {
    std::string text = {};      ///< part of a lot's number or name, or of a company's name
    std::string lot = {};       ///< its number, exactly
    std::string region = {};    ///< its name, exactly
    std::string supplier = {};  ///< its id or name, exactly
    std::string status = {};    ///< decided, failed, pending
};

/// What of a lot's bids may be told.
struct BidsShown {
    bool results = true;  ///< outcome, rank, prices of others, winners; false before the opening
    /// Only bids of these suppliers; not set: all.
    std::optional<std::set<round::SupplierIndex>> only = {};
    /// Marked as the reader's own.
    std::set<round::SupplierIndex> own = {};
};

/// What a bid's unit comparable price stands for: the spec the trace of the first ranked bid names,
/// else the only one of the lot; empty where there is neither.
[[nodiscard]] std::string reference_spec(
    const round::Round& round, const decision::LotDecision& lot
);
/// The ceiling of the spec of that name, if it has one.
[[nodiscard]] std::optional<money::Price> ceiling_of(
    const round::Round& round, round::LotIndex lot, const std::string& spec
);
/// (1 - unit bid price / ceiling of its spec) x 100, two decimals, half up, as the gate has it;
/// empty without price or ceiling.
[[nodiscard]] std::string cut_text(const round::Round& round, const decision::BidDecision& bid);

/// lot, name, status_text, bidders, entrants_max, winners, percent, term_text, lowest_price (lowest
/// unit comparable price), ceiling (of the reference spec), first_winner, cut (of the first
/// winner); beside: status. Without results: what lots.csv and specs.csv say.
[[nodiscard]] List lot_list(
    const round::Round& round,
    const decision::RoundDecision& decided,
    const RoundFilter& filter,
    bool results,
    const Say& say
);

/// rank, supplier_name, spec, outcome_text, price, pack_units, unit_price, unit_comparable_price,
/// cut, regions, clause; beside: supplier, product, outcome, tied, own. Bids in the order of the
/// decision; without results in that of the suppliers' ids.
[[nodiscard]] List bid_list(
    const round::Round& round,
    const decision::LotDecision& lot,
    const BidsShown& shown,
    const Say& say
);

/// lot, name, spec, region, percent, quantity
[[nodiscard]] List volume_list(
    const round::Round& round, const decision::RoundDecision& decided, const RoundFilter& filter
);

/// lot, name, supplier_name, form, spec, pack_units, pack_price, regions, quantity: every pack a
/// winner supplies. `quantity` is what is allocated to the winner of that spec (in the region
/// asked for), empty while regions are not picked; beside: supplier, product.
[[nodiscard]] List supply_list(
    const round::Round& round, const decision::RoundDecision& decided, const RoundFilter& filter
);

/// lot, name, spec, region, supplier_name, role_text, quantity; beside: supplier, role.
[[nodiscard]] List allocation_list(
    const round::Round& round,
    const decision::RoundDecision& decided,
    const RoundFilter& filter,
    const Say& say
);

/// Reported and agreed volume of one lot by region, in the order of the round's regions:
/// {"unit", "regions":[{"region","region_text","reported","agreed"}], "total_reported",
/// "total_agreed"}. Agreed volumes only with `results`.
[[nodiscard]] decision::Json volumes_by_region(
    const round::Round& round, const decision::LotDecision& lot, bool results, const Say& say
);

}  // namespace jicai::reports
