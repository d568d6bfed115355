#include <sql/author_columns.h>
#include <sql/filter.h>
#include <sql/listing_store.h>

#include <string>
#include <utility>

namespace jicai::sql {
namespace {

using ports::Compensation;
using ports::Listing;
using ports::ListingEvent;
using ports::PriceVersion;

constexpr const char* kListing =
    "SELECT l.id, l.product, l.region, l.kind, l.state, l.holder, l.name, l.pack_units, "
    "l.derived_from, l.barred_until, l.relist_cap_micro_yuan, l.bar_clause, l.version, "
    "l.changed_at FROM listings l";

Listing listing_of(const Row& row) {
    Listing one;
    one.id = row.number(0);
    one.product = row.text(1);
    one.region = row.text(2);
    one.kind = static_cast<ports::ListingKind>(row.number(3));
    one.state = static_cast<ports::ListingState>(row.number(4));
    one.holder = row.text(5);
    one.name = row.text(6);
    one.pack_units = row.number(7);
    one.derived_from = row.number(8);
    one.barred_until = row.text(9);
    if (!row.is_null(10)) one.relist_cap = money::Price(row.number(10));
    one.bar_clause = row.text(11);
    one.version = row.number(12);
    one.changed_at = row.moment(13);
    return one;
}

/// All columns but id and version, in the order of kListing.
std::vector<Value> values_of(const Listing& one) {
    return {
        one.product,
        one.region,
        static_cast<std::int64_t>(one.kind),
        static_cast<std::int64_t>(one.state),
        one.holder,
        one.name,
        one.pack_units,
        one.derived_from,
        one.barred_until,
        one.relist_cap ? Value(one.relist_cap->micro_yuan()) : Value(std::nullopt),
        one.bar_clause,
        one.changed_at};
}

const std::string kEvent = std::string(
                               "SELECT id, listing, act, from_state, to_state, effective, reason, "
                               "clause, changed, at, "
                           ) +
                           kBy + " FROM listing_events";

ListingEvent event_of(const Row& row) {
    ListingEvent one;
    one.id = row.number(0);
    one.listing = row.number(1);
    one.act = row.text(2);
    if (row.number(3) != 0) one.from = static_cast<ports::ListingState>(row.number(3));
    one.to = static_cast<ports::ListingState>(row.number(4));
    one.effective = row.text(5);
    one.reason = row.text(6);
    one.clause = row.text(7);
    one.change = row.text(8);
    one.at = row.moment(9);
    one.by = author_at(row, 10);
    return one;
}

const std::string kVersion =
    std::string(
        "SELECT id, listing, price_micro_yuan, effective, stated, ground_kind, ground, clause, "
        "resets, pack_units, recorded_at, "
    ) +
    kBy + " FROM listing_prices";

PriceVersion version_of(const Row& row) {
    PriceVersion one;
    one.id = row.number(0);
    one.listing = row.number(1);
    one.price = money::Price(row.number(2));
    one.effective = row.text(3);
    one.stated = row.text(4);
    one.ground_kind = row.text(5);
    one.ground = row.text(6);
    one.clause = row.text(7);
    one.resets = row.flag(8);
    one.pack_units = row.number(9);
    one.recorded_at = row.moment(10);
    one.by = author_at(row, 11);
    return one;
}

constexpr const char* kCompensation =
    "SELECT id, listing, product, region, from_day, to_day, old_micro_yuan, new_micro_yuan, "
    "difference_micro_yuan, ground, clause, opened_at FROM listing_compensations";

Compensation compensation_of(const Row& row) {
    Compensation one;
    one.id = row.number(0);
    one.listing = row.number(1);
    one.product = row.text(2);
    one.region = row.text(3);
    one.from = row.text(4);
    one.to = row.text(5);
    one.old_price = money::Price(row.number(6));
    one.new_price = money::Price(row.number(7));
    one.difference = money::Price(row.number(8));
    one.ground = row.text(9);
    one.clause = row.text(10);
    one.opened_at = row.moment(11);
    return one;
}

template <typename Type, typename Read>
std::vector<Type> of_listing(
    Connection& connection, const std::string& select, std::int64_t listing, const Read& read
) {
    std::vector<Type> all;
    for (const Row& row : connection.query(select + " WHERE listing = ? ORDER BY id", {listing})) {
        all.push_back(read(row));
    }
    return all;
}

template <typename Type, typename Read>
std::map<std::int64_t, std::vector<Type>> of_listings(
    Connection& connection,
    const std::string& select,
    const std::vector<std::int64_t>& listings,
    const Read& read
) {
    std::map<std::int64_t, std::vector<Type>> all;
    for (std::size_t begin = 0; begin < listings.size(); begin += kRowsAtOnce) {
        const std::size_t end = std::min(listings.size(), begin + kRowsAtOnce);
        const std::vector<Value> ids(
            listings.begin() + static_cast<std::ptrdiff_t>(begin),
            listings.begin() + static_cast<std::ptrdiff_t>(end)
        );
        const std::string statement =
            select + " WHERE listing IN " + marks(ids.size()) + " ORDER BY id";
        for (const Row& row : connection.query(statement, ids)) {
            Type one = read(row);
            const std::int64_t listing = one.listing;
            all[listing].push_back(std::move(one));
        }
    }
    return all;
}

std::vector<Listing> of_products(
    Connection& connection,
    const std::string& region,
    const std::vector<std::string>& products,
    const std::string& tail
) {
    std::vector<Listing> all;
    for (std::size_t begin = 0; begin < products.size(); begin += kRowsAtOnce) {
        const std::size_t end = std::min(products.size(), begin + kRowsAtOnce);
        std::vector<Value> values(
            products.begin() + static_cast<std::ptrdiff_t>(begin),
            products.begin() + static_cast<std::ptrdiff_t>(end)
        );
        const std::string statement = std::string(kListing) + " WHERE l.product IN " +
                                      marks(values.size()) +
                                      " AND l.region = ? ORDER BY l.product" + tail;
        values.emplace_back(region);
        for (const Row& row : connection.query(statement, values)) all.push_back(listing_of(row));
    }
    return all;
}

}  // namespace

// --- entries

std::vector<std::int64_t> SqlListingStore::add(const std::vector<Listing>& listings) {
    std::vector<std::vector<Value>> rows;
    std::map<std::string, std::vector<Value>> by_region;
    for (const Listing& one : listings) {
        rows.push_back(values_of(one));
        rows.back().emplace_back(std::int64_t{1});
        by_region[one.region].emplace_back(one.product);
    }
    insert_many(
        connection_,
        "INSERT INTO listings (product, region, kind, state, holder, name, pack_units, "
        "derived_from, barred_until, relist_cap_micro_yuan, bar_clause, changed_at, version) "
        "VALUES ",
        rows
    );
    // Ids of a statement with many rows are not told: they are looked up.
    std::map<std::pair<std::string, std::string>, std::int64_t> ids;
    for (const auto& [region, products] : by_region) {
        for (std::size_t begin = 0; begin < products.size(); begin += kRowsAtOnce) {
            const std::size_t end = std::min(products.size(), begin + kRowsAtOnce);
            std::vector<Value> values{region};
            values.insert(
                values.end(),
                products.begin() + static_cast<std::ptrdiff_t>(begin),
                products.begin() + static_cast<std::ptrdiff_t>(end)
            );
            const std::string statement =
                "SELECT id, product FROM listings WHERE region = ? AND product IN " +
                marks(values.size() - 1);
            for (const Row& row : connection_.query(statement, values)) {
                ids[{region, row.text(1)}] = row.number(0);
            }
        }
    }
    std::vector<std::int64_t> made;
    made.reserve(listings.size());
    for (const Listing& one : listings) made.push_back(ids.at({one.region, one.product}));
    return made;
}

bool SqlListingStore::save(const Listing& listing) {
    std::vector<Value> values = values_of(listing);
    values.emplace_back(listing.id);
    values.emplace_back(listing.version);
    return connection_.change(
               "UPDATE listings SET product = ?, region = ?, kind = ?, state = ?, holder = ?, "
               "name = ?, pack_units = ?, derived_from = ?, barred_until = ?, "
               "relist_cap_micro_yuan = ?, bar_clause = ?, changed_at = ?, version = version + 1 "
               "WHERE id = ? AND version = ?",
               values
           ) == 1;
}

ports::Found<Listing> SqlListingStore::listings(const ports::ListingQuery& query) {
    Filter filter;
    filter.add_text({"l.product", "l.name", "l.holder", "p.initials"}, query.text);
    if (!query.product.empty()) filter.add("l.product = ?", {query.product});
    if (!query.region.empty()) filter.add("l.region = ?", {query.region});
    if (query.kind) filter.add("l.kind = ?", {static_cast<std::int64_t>(*query.kind)});
    if (query.state) filter.add("l.state = ?", {static_cast<std::int64_t>(*query.state)});
    const std::string joined = "l LEFT JOIN products p ON p.code = l.product";
    return found<Listing>(
        connection_,
        std::string(kListing) + " LEFT JOIN products p ON p.code = l.product",
        "listings " + joined,
        "l.product, l.region",
        filter,
        query.page,
        listing_of
    );
}

std::optional<Listing> SqlListingStore::listing(std::int64_t id) {
    return one<Listing>(
        connection_.query(std::string(kListing) + " WHERE l.id = ?", {id}), listing_of
    );
}

std::optional<Listing> SqlListingStore::listing(
    const std::string& product, const std::string& region
) {
    return one<Listing>(
        connection_.query(
            std::string(kListing) + " WHERE l.product = ? AND l.region = ?", {product, region}
        ),
        listing_of
    );
}

std::optional<Listing> SqlListingStore::locked(std::int64_t id) {
    return one<Listing>(
        connection_.query(std::string(kListing) + " WHERE l.id = ? FOR UPDATE", {id}), listing_of
    );
}

std::vector<Listing> SqlListingStore::listings_of(
    const std::string& region, const std::vector<std::string>& products
) {
    return of_products(connection_, region, products, "");
}

std::vector<Listing> SqlListingStore::locked(
    const std::string& region, const std::vector<std::string>& products
) {
    return of_products(connection_, region, products, " FOR UPDATE");
}

// --- events, prices, compensations

void SqlListingStore::add(const std::vector<ListingEvent>& events) {
    std::vector<std::vector<Value>> rows;
    rows.reserve(events.size());
    for (const ListingEvent& one : events) {
        rows.push_back(with_author(
            {one.listing,
             one.act,
             one.from ? static_cast<std::int64_t>(*one.from) : std::int64_t{0},
             static_cast<std::int64_t>(one.to),
             one.effective,
             one.reason,
             one.clause,
             one.change,
             one.at},
            one.by
        ));
    }
    insert_many(
        connection_,
        std::string(
            "INSERT INTO listing_events (listing, act, from_state, to_state, effective, reason, "
            "clause, changed, at, "
        ) + kBy +
            ") VALUES ",
        rows
    );
}

std::vector<ListingEvent> SqlListingStore::events(std::int64_t listing) {
    return of_listing<ListingEvent>(connection_, kEvent, listing, event_of);
}

std::map<std::int64_t, std::vector<ListingEvent>> SqlListingStore::events(
    const std::vector<std::int64_t>& listings
) {
    return of_listings<ListingEvent>(connection_, kEvent, listings, event_of);
}

void SqlListingStore::add(const std::vector<PriceVersion>& versions) {
    std::vector<std::vector<Value>> rows;
    rows.reserve(versions.size());
    for (const PriceVersion& one : versions) {
        rows.push_back(with_author(
            {one.listing,
             one.price.micro_yuan(),
             one.effective,
             one.stated,
             one.ground_kind,
             one.ground,
             one.clause,
             one.resets,
             one.pack_units,
             one.recorded_at},
            one.by
        ));
    }
    insert_many(
        connection_,
        std::string("INSERT INTO listing_prices (listing, price_micro_yuan, effective, stated, "
                    "ground_kind, ground, clause, resets, pack_units, recorded_at, ") +
            kBy + ") VALUES ",
        rows
    );
}

std::vector<PriceVersion> SqlListingStore::versions(std::int64_t listing) {
    return of_listing<PriceVersion>(connection_, kVersion, listing, version_of);
}

std::map<std::int64_t, std::vector<PriceVersion>> SqlListingStore::versions(
    const std::vector<std::int64_t>& listings
) {
    return of_listings<PriceVersion>(connection_, kVersion, listings, version_of);
}

void SqlListingStore::add(const std::vector<Compensation>& compensations) {
    std::vector<std::vector<Value>> rows;
    rows.reserve(compensations.size());
    for (const Compensation& one : compensations) {
        rows.push_back(
            {one.listing,
             one.product,
             one.region,
             one.from,
             one.to,
             one.old_price.micro_yuan(),
             one.new_price.micro_yuan(),
             one.difference.micro_yuan(),
             one.ground,
             one.clause,
             one.opened_at}
        );
    }
    insert_many(
        connection_,
        "INSERT INTO listing_compensations (listing, product, region, from_day, to_day, "
        "old_micro_yuan, new_micro_yuan, difference_micro_yuan, ground, clause, opened_at) "
        "VALUES ",
        rows
    );
}

ports::Found<Compensation> SqlListingStore::compensations(const ports::ListingRecordQuery& query) {
    Filter filter;
    if (!query.product.empty()) filter.add("product = ?", {query.product});
    filter.add_region("region", query.within);
    return found<Compensation>(
        connection_,
        kCompensation,
        "listing_compensations",
        "id DESC",
        filter,
        query.page,
        compensation_of
    );
}

std::vector<Compensation> SqlListingStore::compensations_of(std::int64_t listing) {
    return of_listing<Compensation>(connection_, kCompensation, listing, compensation_of);
}

}  // namespace jicai::sql
