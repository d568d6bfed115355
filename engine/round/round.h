#pragma once

#include <engine/money/price.h>
#include <engine/money/ratio.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// The recorded inputs of one procurement round, decoded and cross-checked: what a round folder
/// holds. No logic. Everything is referred to by index into the vectors of `Round`; the decoder
/// (catalogs/round_folder) has resolved every name, so an index is always in range.

namespace jicai::round {

using LotIndex = std::uint32_t;
using SpecIndex = std::uint32_t;
using SupplierIndex = std::uint32_t;
using BidIndex = std::uint32_t;
using RegionIndex = std::uint32_t;

/// A lot (品种): what is awarded as one.
struct Lot {
    std::string id;  ///< "1"; compared as text, sorted naturally ("2" before "10")
    std::string name;
    std::string
        volume_class;  ///< general, reduced, restricted: the row of the rulebook's percentages
    std::string term_class;  ///< general, one_year; "general" when the column is absent or empty
    std::string base_form;   ///< dosage form the ceiling and the unit prices stand for
    std::int64_t quantity_step;  ///< agreed volumes are rounded to multiples of this many smallest
                                 ///< units; >= 1
    std::vector<RegionIndex> regions;  ///< of this lot alone; empty: all regions of the rulebook
    std::vector<SpecIndex> specs;      ///< its specs, content ascending, then by name
    std::uint32_t row = 0;             ///< line in lots.csv, for messages
};

/// A spec (规格) of a lot.
struct Spec {
    LotIndex lot;
    std::string name;  ///< "10mg"
    money::Ratio
        content;  ///< sum of the actives of one smallest unit, in the lot's content unit; > 0
    std::string content_unit;             ///< mg unless stated
    std::optional<std::int64_t> fill_nl;  ///< fill in nanolitres (fill_ml x 10^6)
    bool main_spec;
    std::optional<money::Price> ceiling;  ///< yuan per smallest unit
};

struct Supplier {
    std::string id;
    std::string name;
    std::string firm;  ///< joins spellings of one firm; the id when the column is absent or empty
    std::string code;
    std::string origin;
};

enum class Participation : std::uint8_t { bid, absent };

/// One bid: a pack of one spec at one price. What a bid without a price leaves empty stands as the
/// lot's base form and one unit; an absent bidder's empty spec and content as the first main spec
/// of the lot (else its first).
struct Bid {
    LotIndex lot;
    SupplierIndex supplier;
    std::string product;  ///< empty when the supplier has one product in the lot
    SpecIndex spec;       ///< resolved by content when the column is empty
    money::Ratio content;
    std::string form;
    std::int64_t pack_units;                 ///< >= 1
    std::optional<money::Price> pack_price;  ///< absent: took part without a usable price
    Participation participation;
    std::string evidence;
    std::string group;  ///< affiliation: bids of one lot with the same non-empty text are one group
    std::optional<money::Price> own_lowest_price;  ///< yuan per pack of the bid
    std::optional<std::int64_t> fill_nl;
    std::vector<std::string> extra;  ///< values of Round::bid_extra_columns, tie keys among them
    std::uint32_t row;               ///< line in bids.csv, for messages
    std::vector<RegionIndex> regions = {};  ///< the bidder offers to supply; empty: all of the lot
};

/// Another presentation a winner must supply.
struct Pack {
    LotIndex lot;
    SupplierIndex supplier;
    std::string product;
    std::string form;
    std::string spec;
    money::Ratio content;
    std::int64_t pack_units;
    std::optional<std::int64_t> fill_nl;
    std::string material;
    std::optional<money::Ratio> daily_dose;
    std::vector<std::string> extra;  ///< values of Round::pack_extra_columns
    std::uint32_t row;
};

/// Reported need of one spec in one region, summed over hospitals (and kept apart by supplier where
/// demand is by brand).
struct DemandCell {
    LotIndex lot;
    SpecIndex spec;
    RegionIndex region;
    std::optional<SupplierIndex> supplier;
    money::Quantity quantity;
};

enum class EventKind : std::uint8_t {
    set_aside = 1,  ///< the office passes over the bid
    withdraw = 2,   ///< the bidder takes it back
    disqualify = 3,
    negotiated_price = 4,
    requote = 5,         ///< value: new price per pack (a rescue accepted)
    draw_of_lots = 6,    ///< value: suppliers of the tie in drawn order, joined by |
    region_pick = 7,     ///< value: region
    region_pass = 8,     ///< the picker passes its turn
    region_refused = 9,  ///< value: region; the province refuses the picker
    objection_upheld = 10,
    award_cancelled = 11,  ///< during publicity or after; value: publicity or execution
    substitute =
        12,  ///< supplier takes over; value: regions joined by |, empty: all of the failed winner
    hospital_choice = 13,
    lot_cancelled = 14,   ///< the office takes the lot out of the round; nobody's bid is decided
    lot_failed = 15,      ///< the office declares that the lot comes to no award (流标)
    lot_retendered = 16,  ///< put out again; value: the round, may be empty
};

/// The word of events.csv.
[[nodiscard]] constexpr std::string_view text(EventKind kind) {
    switch (kind) {
        case EventKind::set_aside:
            return "set_aside";
        case EventKind::withdraw:
            return "withdraw";
        case EventKind::disqualify:
            return "disqualify";
        case EventKind::negotiated_price:
            return "negotiated_price";
        case EventKind::requote:
            return "requote";
        case EventKind::draw_of_lots:
            return "draw_of_lots";
        case EventKind::region_pick:
            return "region_pick";
        case EventKind::region_pass:
            return "region_pass";
        case EventKind::region_refused:
            return "region_refused";
        case EventKind::objection_upheld:
            return "objection_upheld";
        case EventKind::award_cancelled:
            return "award_cancelled";
        case EventKind::substitute:
            return "substitute";
        case EventKind::hospital_choice:
            return "hospital_choice";
        case EventKind::lot_cancelled:
            return "lot_cancelled";
        case EventKind::lot_failed:
            return "lot_failed";
        case EventKind::lot_retendered:
            return "lot_retendered";
    }
    return "";
}

/// Whether an event of the kind takes its lot out of the round.
[[nodiscard]] constexpr bool takes_lot_out(EventKind kind) {
    return kind == EventKind::lot_cancelled || kind == EventKind::lot_failed ||
           kind == EventKind::lot_retendered;
}

/// A human choice, with who, when and why.
struct Event {
    std::int64_t seq;
    LotIndex lot;
    EventKind kind;
    std::optional<SupplierIndex> supplier;
    std::string value;
    std::string reason;
    std::string who;
    std::string at;
    std::uint32_t row;
};

/// One entry of a picker's list of wishes.
struct Preference {
    LotIndex lot;
    SupplierIndex supplier;
    std::int64_t order;
    RegionIndex region;
};

/// A value for an open rulebook parameter, given for this round by its officers.
struct GivenParameter {
    std::string path;  ///< "entry.max_entrants": stage kind, point, parameter
    std::string toml;  ///< the value's canonical text
    std::string who;
    std::string reason;
};

struct InputFile {
    std::string name;  ///< "bids.csv"
    std::string
        digest;  ///< lower-case hex SHA-256 of the canonical form (docs/certificate-inputs.md)
    std::uint64_t rows;
};

struct Round {
    std::string id;
    std::string title;
    std::string kind;  ///< drug, consumable, reagent
    std::string rulebook_id;
    std::string opening;    ///< 2020-01-17
    std::vector<Lot> lots;  ///< natural order of id
    std::vector<Spec> specs;
    std::vector<Supplier> suppliers;
    std::vector<std::string> regions;  ///< the rulebook's list in its order; without one: every
                                       ///< region named by any file, bytewise
    std::vector<DemandCell> demand;    ///< sorted by lot, spec, region, supplier
    std::vector<std::string> bid_extra_columns;
    std::vector<Bid> bids;  ///< sorted by lot, supplier id, product
    std::vector<std::string> pack_extra_columns;
    std::vector<Pack> packs;
    std::vector<Event> events;            ///< by seq
    std::vector<Preference> preferences;  ///< by lot, supplier, order
    std::vector<GivenParameter> given;
    std::vector<InputFile> inputs;  ///< by name
};

}  // namespace jicai::round
