#pragma once

#include <engine/money/price.h>
#include <engine/ports/clock.h>
#include <engine/ports/page.h>
#include <engine/ports/procedure_store.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

/// \file
/// The listing register (挂网): what may be sold where, at which price, since when and why. Events
/// and price versions are only ever added. Days are "2026-03-01", Beijing; what begins on a day
/// begins at its 00:00. What the states allow and which price governs: engine/listing.

namespace jicai::ports {

/// Why a product stands in the register. The numbers are stored and stay.
enum class ListingKind : std::uint8_t {
    won_with_volume = 1,  ///< 带量中选
    non_winning = 2,      ///< 非中选
    negotiated = 3,       ///< 国家谈判
    direct = 4,           ///< 直接挂网
    shortage = 5,         ///< 短缺药
    filed = 6,            ///< 备案采购
    emergency = 7,        ///< 应急（临时）挂网
};

/// The numbers are stored and stay.
enum class ListingState : std::uint8_t {
    declared = 1,    ///< 已申报
    reviewed = 2,    ///< 已审核
    publicised = 3,  ///< 公示中
    listed = 4,      ///< 已挂网
    suspended = 5,   ///< 暂停交易
    delisted = 6,    ///< 已撤网
};

/// One product in one province.
struct Listing {
    std::int64_t id = 0;
    std::string product;  ///< code of the catalogue
    std::string region;   ///< GB/T 2260 of a province: "230000"
    ListingKind kind = ListingKind::direct;
    ListingState state = ListingState::declared;  ///< of the last event, also of a coming day
    std::string holder;                           ///< marketing authorisation holder
    std::string name;
    std::int64_t pack_units = 1;    ///< smallest units in the listed pack
    std::int64_t derived_from = 0;  ///< listing of the winner whose price was converted; 0: none
    std::string barred_until;       ///< relisting is capped before this day; empty: not delisted
    std::optional<money::Price> relist_cap;  ///< until then; nothing while barred: not at all
    std::string bar_clause;
    std::int64_t version = 1;
    Moment changed_at;
};

/// What was done to an entry. `from` nothing: it was entered.
struct ListingEvent {
    std::int64_t id = 0;
    std::int64_t listing = 0;
    std::string act;  ///< word of engine/listing: "suspend"
    std::optional<ListingState> from;
    ListingState to = ListingState::declared;
    std::string effective;  ///< the state holds from 00:00 of this day on
    std::string reason;
    std::string clause;
    std::string change;  ///< what else changed, as people read it: "holder: A → B"; may be empty
    Author by;
    Moment at;
};

/// A price from a day on, for ever: another one does not take it away, it stands beside it.
struct PriceVersion {
    std::int64_t id = 0;
    std::int64_t listing = 0;
    money::Price price{0};    ///< per listed pack
    std::string effective;    ///< governs from 00:00 of this day on
    std::string stated;       ///< the day the ground names; before `effective`: it came late
    std::string ground_kind;  ///< opening, award, campaign, voluntary, pack, price_rise, declared
    std::string ground;       ///< id of the campaign, round, price rise ...
    std::string clause;
    bool resets = false;  ///< earlier prices govern no longer: price rise, other pack
    std::int64_t pack_units = 1;
    Author by;
    Moment recorded_at;
};

/// What was paid above a price that came too late, per pack, over whole days.
struct Compensation {
    std::int64_t id = 0;
    std::int64_t listing = 0;
    std::string product;
    std::string region;
    std::string from;           ///< first day
    std::string to;             ///< last day
    money::Price old_price{0};  ///< due before this version became known
    money::Price new_price{0};
    money::Price difference{0};  ///< per pack
    std::string ground;
    std::string clause;
    Moment opened_at;
};

/// The numbers are stored and stay.
enum class FilingState : std::uint8_t { requested = 1, approved = 2, refused = 3, ended = 4 };

/// 备案采购: a hospital buys what is not listed, for a reason, so much, so long.
struct FiledPurchase {
    std::int64_t id = 0;
    std::string product;
    std::string region;  ///< province of the hospital
    std::int64_t hospital = 0;
    std::string hospital_name;
    std::string reason;
    money::Price evidence_price{0};  ///< per pack
    std::string evidence;            ///< where that price comes from
    std::int64_t packs = 0;          ///< at most so many in the term
    std::int64_t packs_ordered = 0;
    std::string from;
    std::string to;                         ///< last day
    std::int64_t share_cap_hundredths = 0;  ///< of `yearly_amount`, hundredths of a percent
    money::Amount yearly_amount{0};         ///< all purchases of the hospital in a year
    FilingState state = FilingState::requested;
    Author requested_by;
    Moment requested_at;
    Author decided_by;  ///< user 0: nobody yet
    std::optional<Moment> decided_at;
    std::string decision_reason;
    std::string clause;
    std::int64_t version = 1;
};

/// The numbers are stored and stay.
enum class RiseState : std::uint8_t { proposed = 1, approved = 2, refused = 3 };

/// 涨价: the only way up, proposed by one person and decided by another.
struct PriceRise {
    std::int64_t id = 0;
    std::int64_t listing = 0;
    std::string product;
    std::string region;
    money::Price from_price{0};
    money::Price to_price{0};
    std::string effective;  ///< 00:00 of this day
    std::string cause;      ///< word of engine/listing: "shortage"
    std::string reason;
    RiseState state = RiseState::proposed;
    Author proposed_by;
    Moment proposed_at;
    Author decided_by;  ///< user 0: nobody yet
    std::optional<Moment> decided_at;
    std::string decision_reason;
    std::int64_t version = 1;
};

struct ListingQuery {
    std::string text;  ///< part of name, holder, product code or of the product's initials
    std::string product;
    std::string region;  ///< a province; empty: all
    std::optional<ListingKind> kind;
    std::optional<ListingState> state;
    Page page;  ///< by product, then region
};
struct FilingQuery {
    std::string text;           ///< part of the product's code or the hospital's name
    std::int64_t hospital = 0;  ///< 0: all
    std::string within;         ///< a region; empty: all
    std::optional<FilingState> state;
    Page page;  ///< newest first
};
/// Of compensations and price rises.
struct ListingRecordQuery {
    std::string product;
    std::string within;  ///< a region; empty: all
    Page page;           ///< newest first
};

class ListingStore {
public:
    virtual ~ListingStore() = default;

    /// Adds entries; their ids, in the same order. Conflict: the product is entered for the region.
    virtual std::vector<std::int64_t> add(const std::vector<Listing>& listings) = 0;
    /// Saves all members by id where the version is still the same, and counts it up. False:
    /// somebody was faster.
    virtual bool save(const Listing& listing) = 0;
    virtual Found<Listing> listings(const ListingQuery& query) = 0;
    virtual std::optional<Listing> listing(std::int64_t id) = 0;
    virtual std::optional<Listing> listing(
        const std::string& product, const std::string& region
    ) = 0;
    /// The newest version, which nobody else changes before this transaction ends.
    virtual std::optional<Listing> locked(std::int64_t id) = 0;
    /// Those of the products in the region, by product.
    virtual std::vector<Listing> listings_of(
        const std::string& region, const std::vector<std::string>& products
    ) = 0;
    /// The same, locked.
    virtual std::vector<Listing> locked(
        const std::string& region, const std::vector<std::string>& products
    ) = 0;

    virtual void add(const std::vector<ListingEvent>& events) = 0;
    virtual std::vector<ListingEvent> events(std::int64_t listing) = 0;  ///< oldest first
    /// Of many entries at once, oldest first.
    virtual std::map<std::int64_t, std::vector<ListingEvent>> events(
        const std::vector<std::int64_t>& listings
    ) = 0;

    virtual void add(const std::vector<PriceVersion>& versions) = 0;
    virtual std::vector<PriceVersion> versions(std::int64_t listing) = 0;  ///< oldest first
    virtual std::map<std::int64_t, std::vector<PriceVersion>> versions(
        const std::vector<std::int64_t>& listings
    ) = 0;

    virtual void add(const std::vector<Compensation>& compensations) = 0;
    virtual Found<Compensation> compensations(const ListingRecordQuery& query) = 0;
    virtual std::vector<Compensation> compensations_of(std::int64_t listing) = 0;  ///< oldest first

    virtual std::int64_t add(const FiledPurchase& filing) = 0;
    virtual bool save(const FiledPurchase& filing) = 0;
    virtual std::optional<FiledPurchase> filing(std::int64_t id) = 0;
    virtual Found<FiledPurchase> filings(const FilingQuery& query) = 0;
    /// Approved ones of a product for a hospital, oldest first.
    virtual std::vector<FiledPurchase> filings_of(
        const std::string& product, std::int64_t hospital
    ) = 0;

    virtual std::int64_t add(const PriceRise& rise) = 0;
    virtual bool save(const PriceRise& rise) = 0;
    virtual std::optional<PriceRise> rise(std::int64_t id) = 0;
    virtual Found<PriceRise> rises(const ListingRecordQuery& query) = 0;
};

}  // namespace jicai::ports
