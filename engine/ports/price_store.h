#pragma once

#include <engine/campaign/campaign.h>
#include <engine/ports/catalogue_store.h>
#include <engine/ports/clock.h>
#include <engine/ports/page.h>

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// \file
/// Price observations (价格观测) and what price linkage needs beside them. Observations and what
/// people did to them are only ever added: an observation is excluded, held, accepted or rejected
/// by an event, and stays. Prices are per pack of `pack_units` smallest units; strengths are the
/// exact text of milligrams. Source of the fields: docs/linkage.md.

namespace jicai::ports {

/// What linkage needs of a product of the catalogue beside its row there.
struct ProductFacts {
    std::int64_t product = 0;  ///< id in the catalogue
    std::string content_mg;    ///< of one smallest unit, "0.5"; empty: not stated
    std::string material;      ///< packing material
    std::string maker;         ///< empty: the catalogue's supplier
    std::string variety;       ///< what winners and makers are counted by; empty: the name
    bool evaluated = false;    ///< passed consistency evaluation
    bool originator = false;
    std::string replaces;      ///< another variety whose use it may take over; empty: none
    std::int64_t version = 0;  ///< 0: nobody has stated anything
};

/// A product as linkage sees it. Products without facts are not evaluated and no originators.
struct LinkageProduct {
    Product product;
    ProductFacts facts;
    /// The maker, where stated; else the catalogue's supplier.
    [[nodiscard]] const std::string& maker() const {
        return facts.maker.empty() ? product.supplier : facts.maker;
    }
    /// The variety, where stated; else the generic name.
    [[nodiscard]] const std::string& variety() const {
        return facts.variety.empty() ? product.name : facts.variety;
    }
};

/// The numbers of all kinds below are stored and stay.
enum class ReviewState : std::uint8_t {
    none = 0,      ///< never held
    pending = 1,   ///< held: does not count until somebody accepts it
    accepted = 2,  ///< looked at, counts as it is
    rejected = 3,  ///< looked at, never counts
};

/// One observed price. Everything but the marks is written once.
struct PriceObservation {
    std::int64_t id = 0;
    std::int64_t product = 0;  ///< id in the catalogue
    std::string region;        ///< GB/T 2260: "430000"
    campaign::SourceClass source = campaign::SourceClass::province_listing;
    campaign::ObservationStatus status = campaign::ObservationStatus::in_force;
    bool evaluated = false;  ///< the price was formed after consistency evaluation
    money::Price pack_price{0};
    std::int64_t pack_units = 1;
    std::string content_mg;  ///< of another strength; empty: the product's
    campaign::Day from;
    std::optional<campaign::Day> to;  ///< last day
    std::string document;             ///< number or name of the source document
    std::string collected_by;         ///< who collected it, in words; empty: who entered it
    std::optional<campaign::Day> collected_on;
    std::int64_t entered_by = 0;  ///< user
    Moment recorded_at;           ///< known from this moment on
    std::int64_t import = 0;      ///< of the table it came with; 0: entered by itself
    std::int64_t corrects = 0;    ///< observation it stands for after review; 0: none
    std::int64_t revision = 0;    ///< of a correction: that observation's plus one

    // Read with the rest, never written with it.
    std::string product_code;
    std::string product_name;
    std::string product_spec;
    std::string maker;
    std::string region_name;
    std::string entered_login;
    bool excluded = false;  ///< by the last event about it
    ReviewState review = ReviewState::none;
    /// Whether it counts now, before any policy is asked.
    [[nodiscard]] bool counts() const {
        return !excluded && (review == ReviewState::none || review == ReviewState::accepted);
    }
};

/// What names an observation for people: two that agree in all of it are the same entry twice.
/// `revision` tells an entry from its correction.
struct ObservationKey {
    std::int64_t product = 0;
    std::string region;
    campaign::SourceClass source = campaign::SourceClass::province_listing;
    money::Price pack_price{0};
    campaign::Day from;
    std::string document;
    std::int64_t revision = 0;
};

enum class PriceEventKind : std::uint8_t {
    excluded = 1,
    restored = 2,
    held = 3,      ///< by the program: implausible
    accepted = 4,  ///< after review
    rejected = 5,
};

/// What was done to an observation: who, when, why.
struct PriceEvent {
    std::int64_t id = 0;
    std::int64_t observation = 0;
    PriceEventKind kind = PriceEventKind::excluded;
    std::int64_t user = 0;  ///< 0: the program
    std::string login;      ///< read only
    Moment at;
    std::string reason;
};

/// Why an observation is held, as words of engine/price_watch: "too_high", "tenfold".
struct PriceHold {
    std::string reason;                           ///< duplicate, too_high, too_low
    std::string slip;                             ///< empty: none suggested
    std::optional<money::Price> median_unit;      ///< of the others, per smallest unit
    std::optional<money::Price> suggested_price;  ///< per pack
    std::optional<std::int64_t> suggested_units;
};

/// One held observation and what became of it.
struct PriceReview {
    PriceObservation observation;  ///< its id is the review's
    PriceHold hold;
    Moment held_at;
    std::string decided_login;  ///< empty: pending
    std::optional<Moment> decided_at;
    std::string reason;          ///< of the decision
    std::int64_t corrected = 0;  ///< observation entered in its place; 0: none
};

struct ObservationQuery {
    std::string text;  ///< part of product's code, name, initials or maker, or of the document
    std::int64_t product = 0;  ///< 0: all
    std::string maker;         ///< exactly: suppliers see their own
    std::string within;        ///< a region and all below it; empty: all
    std::optional<campaign::SourceClass> source;
    std::optional<campaign::Day> as_of;  ///< in force on that day
    std::optional<Moment> known_at;      ///< recorded up to then
    std::optional<bool> excluded;
    std::optional<ReviewState> review;
    std::optional<bool> counts;
    std::int64_t import = 0;  ///< 0: all
    Page page;                ///< newest first
};

struct ReviewQuery {
    std::string text;
    std::optional<ReviewState> state;
    Page page;  ///< pending first, then newest first
};

/// Packs a hospital bought of a product in one month.
struct StoredPurchase {
    std::int64_t product = 0;
    std::int32_t month = 0;  ///< months since January of year 0: 2026-03 is 24314
    std::string hospital;    ///< code; empty: all together
    std::int64_t packs = 0;
};

struct PurchaseSum {
    std::int64_t product = 0;
    std::string hospital;  ///< empty where not asked for
    std::int64_t packs = 0;
};

/// Which column of a table each title of a source's files fills.
struct ColumnMapping {
    std::string table;
    std::string source;                                        ///< "广东平台"
    std::vector<std::pair<std::string, std::string>> columns;  ///< title of the file, column's name
    std::string login;
    Moment at;
    std::int64_t version = 0;  ///< 0: not there yet
};

class PriceStore {
public:
    virtual ~PriceStore() = default;

    // --- products
    virtual std::optional<LinkageProduct> product(const std::string& code) = 0;
    virtual std::optional<LinkageProduct> product_by_id(std::int64_t id) = 0;
    /// Those of the codes that are there, by code.
    virtual std::vector<LinkageProduct> products_by_code(const std::vector<std::string>& codes) = 0;
    /// Smallest units in the catalogue's pack of each product that is there.
    virtual std::map<std::int64_t, std::int64_t> pack_units(
        const std::vector<std::int64_t>& products
    ) = 0;
    /// Active ones of the catalogue, by id, one by one. No other statement meanwhile.
    virtual void each_product(const std::function<void(const LinkageProduct&)>& take) = 0;
    /// Active ones with their facts, by code.
    virtual Found<LinkageProduct> products(const ProductQuery& query) = 0;
    /// Adds or replaces by product; the version is counted up.
    virtual void put(const std::vector<ProductFacts>& facts) = 0;

    // --- observations
    /// Adds one; returns its id. Conflict: one with its key is there.
    virtual std::int64_t add(const PriceObservation& observation) = 0;
    /// Adds many; ids follow their order. Conflict as above: nothing of the call may be kept.
    virtual void add(const std::vector<PriceObservation>& observations) = 0;
    /// For each key the id of the stored observation, 0: none.
    virtual std::vector<std::int64_t> stored(const std::vector<ObservationKey>& keys) = 0;
    virtual std::optional<PriceObservation> observation(std::int64_t id) = 0;
    virtual Found<PriceObservation> find(const ObservationQuery& query) = 0;
    /// All of the product, by id.
    virtual std::vector<PriceObservation> of_product(std::int64_t product) = 0;
    /// Of the products, by product and id, with names.
    virtual std::vector<PriceObservation> of_products(const std::vector<std::int64_t>& products
    ) = 0;
    /// The same without names, but with marks: what a plausibility check looks at.
    virtual std::vector<PriceObservation> plain_of_products(
        const std::vector<std::int64_t>& products
    ) = 0;
    /// Those with first <= id <= last, by id, one by one and without names. No other statement
    /// meanwhile. Ids are given before a commit: a lower one may show up later.
    virtual void each_observation(
        std::int64_t first,
        std::int64_t last,
        const std::function<void(const PriceObservation&)>& take
    ) = 0;
    /// The highest id, 0: none.
    virtual std::int64_t last_observation() = 0;

    // --- what people did to them
    /// Adds the event and marks the observation by it. False, and nothing done: it is so already
    /// (excluded twice, restored while it counts, reviewed while not pending). A second one at the
    /// same observation waits.
    virtual bool append(const PriceEvent& event) = 0;
    /// All about it, by id.
    virtual std::vector<PriceEvent> events_of(std::int64_t observation) = 0;
    /// All about observations of the product, by id, without logins.
    virtual std::vector<PriceEvent> events_of_product(std::int64_t product) = 0;
    /// Those with first <= id <= last, by id, without logins.
    virtual void each_event(
        std::int64_t first, std::int64_t last, const std::function<void(const PriceEvent&)>& take
    ) = 0;
    /// The highest id, 0: none.
    virtual std::int64_t last_event() = 0;

    // --- review
    /// Marks the observation as pending, with the event. \pre never held before
    virtual void hold(std::int64_t observation, const PriceHold& hold, Moment at) = 0;
    virtual std::optional<PriceReview> review(std::int64_t observation) = 0;
    virtual Found<PriceReview> reviews(const ReviewQuery& query) = 0;
    /// Names the observation entered in the place of a rejected one.
    virtual void set_corrected(std::int64_t observation, std::int64_t by) = 0;

    // --- purchases
    /// Adds or replaces by product, month and hospital.
    virtual void put(const std::vector<StoredPurchase>& purchases) = 0;
    /// Of the products and months, by product, month and hospital.
    virtual std::vector<StoredPurchase> purchases(
        const std::vector<std::int64_t>& products, std::int32_t first_month, std::int32_t last_month
    ) = 0;
    /// Sums over the months by product, or by product and hospital; by product.
    virtual std::vector<PurchaseSum> purchase_sums(
        std::int32_t first_month, std::int32_t last_month, bool by_hospital
    ) = 0;

    // --- column mappings
    virtual std::optional<ColumnMapping> mapping(
        const std::string& table, const std::string& source
    ) = 0;
    /// Of the table, by source.
    virtual std::vector<ColumnMapping> mappings(const std::string& table) = 0;
    /// Adds (version 0) or replaces, if the version is still the same. False: somebody was faster.
    virtual bool save(const ColumnMapping& mapping, std::int64_t user) = 0;
};

}  // namespace jicai::ports
