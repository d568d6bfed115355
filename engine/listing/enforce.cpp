#include <engine/listing/enforce.h>
#include <engine/listing/order_check.h>
#include <engine/ports/refused.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace jicai::listing {
namespace {

using ports::Listing;
using ports::Refused;

/// Entries of a province with all that is kept of them, as this transaction changes them.
struct Region {
    std::map<std::string, Listing> entries;  ///< by product
    std::map<std::int64_t, std::vector<ListingEvent>> events;
    std::map<std::int64_t, std::vector<PriceVersion>> versions;

    Region(
        ports::Transaction& transaction,
        const std::string& region,
        const std::vector<std::string>& products
    ) {
        std::vector<std::int64_t> ids;
        for (Listing& one : transaction.listings().locked(region, products)) {
            ids.push_back(one.id);
            std::string product = one.product;
            entries.emplace(std::move(product), std::move(one));
        }
        events = transaction.listings().events(ids);
        versions = transaction.listings().versions(ids);
    }
    Listing* find(const std::string& product) {
        const auto found = entries.find(product);
        return found == entries.end() ? nullptr : &found->second;
    }
};

/// What is written at the end, in few statements.
struct Written {
    std::vector<PriceVersion> versions;
    std::vector<ListingEvent> events;
    std::vector<Compensation> compensations;
    std::set<std::int64_t> changed;

    void save(ports::Transaction& transaction, const Doer& doer, const Region& region) const {
        transaction.listings().add(versions);
        transaction.listings().add(events);
        transaction.listings().add(compensations);
        for (const auto& [product, entry] : region.entries) {
            if (!changed.contains(entry.id)) continue;
            Listing saved = entry;
            saved.changed_at = doer.now;
            if (!transaction.listings().save(saved)) {
                throw Refused({"listing.changed", {{"product", product}}});
            }
        }
    }
};

void need_province(const std::string& region) {
    if (region.empty() || province_of(region) != region) {
        throw Refused({"listing.region_not_province", {{"value", region}}});
    }
}

void need_day(const std::string& day) {
    if (!is_day(day)) throw Refused({"listing.day_unknown", {{"value", day}}});
}

template <typename Items>
std::vector<std::string> products_of(const Items& items) {
    std::vector<std::string> products;
    for (const auto& item : items) products.push_back(item.product);
    return products;
}

PriceVersion version_of(
    const Listing& entry, const Doer& doer, const Ceiling& ceiling, const std::string& stated
) {
    PriceVersion version;
    version.listing = entry.id;
    version.price = ceiling.price;
    version.stated = stated;
    version.ground_kind = ceiling.ground_kind;
    version.ground = ceiling.ground;
    version.clause = ceiling.clause;
    version.pack_units = entry.pack_units;
    version.by = doer.by;
    version.recorded_at = doer.now;
    return version;
}

ListingEvent event_of(
    const Listing& entry, const Doer& doer, std::string act, ListingState to, std::string day
) {
    ListingEvent event;
    event.listing = entry.id;
    event.act = std::move(act);
    event.from = entry.state;
    event.to = to;
    event.effective = std::move(day);
    event.by = doer.by;
    event.at = doer.now;
    return event;
}

std::string last_effective(const std::vector<ListingEvent>& events) {
    std::string last;
    for (const ListingEvent& event : events) last = std::max(last, event.effective);
    return last;
}

/// Places one price; whether it was written.
bool place(
    Region& region,
    Written& written,
    EnforceResult& result,
    const Doer& doer,
    const Listing& entry,
    const Ceiling& ceiling,
    const std::string& stated,
    bool aside = false
) {
    auto& versions = region.versions[entry.id];
    Placement placed = place_price(
        versions,
        region.events[entry.id],
        version_of(entry, doer, ceiling, stated),
        beijing_day(doer.now),
        aside
    );
    if (placed.there_already) {
        ++result.unchanged;
        return false;
    }
    if (!placed.refusal) {
        placed.refusal = against_cap(entry, ceiling.price, placed.version.effective);
    }
    if (placed.refusal) {
        result.skipped.push_back({entry.product, *placed.refusal});
        return false;
    }
    for (Compensation& one : placed.compensations) {
        one.listing = entry.id;
        one.product = entry.product;
        one.region = entry.region;
        written.compensations.push_back(one);
        ++result.compensations;
    }
    versions.push_back(placed.version);
    written.versions.push_back(std::move(placed.version));
    written.changed.insert(entry.id);
    ++result.versions;
    return true;
}

void sort(EnforceResult& result) {
    std::stable_sort(
        result.skipped.begin(),
        result.skipped.end(),
        [](const SkippedProduct& a, const SkippedProduct& b) { return a.product < b.product; }
    );
}

}  // namespace

EnforceResult enforce(
    ports::Transaction& transaction,
    const Doer& doer,
    const std::string& region_code,
    const std::string& ground_kind,
    const std::string& ground,
    const std::string& effective,
    const std::vector<Enforced>& prices
) {
    need_province(region_code);
    need_day(effective);
    Region region(transaction, region_code, products_of(prices));
    Written written;
    EnforceResult result;
    for (const Enforced& one : prices) {
        const Listing* const entry = region.find(one.product);
        if (entry == nullptr) {
            result.skipped.push_back(
                {one.product,
                 {"listing.not_entered", {{"product", one.product}, {"region", region_code}}}}
            );
            continue;
        }
        if (entry->state == ListingState::delisted) {
            result.skipped.push_back(
                {one.product, {"listing.is_delisted", {{"product", one.product}}}}
            );
            continue;
        }
        // What was never in trade has its price from its own procedure.
        if (entry->state < ListingState::listed) {
            result.skipped.push_back(
                {one.product, {"listing.not_listed_yet", {{"product", one.product}}}}
            );
            continue;
        }
        place(
            region,
            written,
            result,
            doer,
            *entry,
            {one.price, ground_kind, ground, one.clause, effective},
            effective
        );
        // Further ceilings after it: they are above, so they open no compensation.
        for (const Ceiling& other : one.others) {
            EnforceResult kept;
            Ceiling ceiling = other;
            if (ceiling.ground.empty()) ceiling.ground = ground;
            place(region, written, kept, doer, *entry, ceiling, effective, true);
        }
    }
    written.save(transaction, doer, region);
    sort(result);
    return result;
}

EnforceResult act_on_all(
    ports::Transaction& transaction,
    const Doer& doer,
    const std::string& region_code,
    const std::vector<std::string>& products,
    const ActAsked& asked
) {
    need_province(region_code);
    if (needs_reason(asked.act) && asked.reason.empty()) {
        throw Refused({"listing.reason_needed", {}});
    }
    Region region(transaction, region_code, products);
    EnforceResult result;
    for (const std::string& product : products) {
        const Listing* const entry = region.find(product);
        if (entry == nullptr) {
            result.skipped.push_back(
                {product, {"listing.not_entered", {{"product", product}, {"region", region_code}}}}
            );
            continue;
        }
        try {
            take_act(transaction, doer, *entry, asked);
        } catch (const Refused& refused) {
            result.skipped.push_back({product, refused.why()});
        }
    }
    sort(result);
    return result;
}

void open_entries(
    ports::Transaction& transaction, const Doer& doer, const std::vector<NewEntry>& entries
) {
    std::vector<Listing> listings;
    for (const NewEntry& entry : entries) {
        Listing one;
        one.product = entry.product;
        one.region = entry.region;
        one.kind = entry.kind;
        one.state = ListingState::listed;
        one.holder = entry.holder;
        one.name = entry.name;
        one.pack_units = entry.pack_units;
        one.changed_at = doer.now;
        listings.push_back(std::move(one));
    }
    const std::vector<std::int64_t> ids = transaction.listings().add(listings);
    std::vector<ListingEvent> events;
    std::vector<PriceVersion> versions;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        listings[i].id = ids[i];
        const NewEntry& entry = entries[i];
        ListingEvent event =
            event_of(listings[i], doer, "opening", ListingState::listed, entry.effective);
        event.from.reset();
        event.reason = entry.reason;
        event.clause = entry.clause;
        events.push_back(std::move(event));
        PriceVersion version = version_of(
            listings[i],
            doer,
            {entry.price, "opening", entry.ground, entry.clause, entry.effective},
            entry.effective
        );
        version.effective = entry.effective;
        version.resets = true;
        versions.push_back(std::move(version));
    }
    transaction.listings().add(events);
    transaction.listings().add(versions);
}

EnforceResult list_award(
    ports::Transaction& transaction,
    const Doer& doer,
    const std::string& round,
    const std::string& clause,
    const std::string& effective,
    const std::vector<Awarded>& winners,
    const std::vector<std::string>& non_winning
) {
    need_day(effective);
    EnforceResult result;
    std::map<std::string, std::vector<const Awarded*>> by_region;
    std::set<std::string> won;
    std::set<std::string> provinces;
    for (const Awarded& winner : winners) {
        won.insert(winner.product);
        for (const std::string& code : winner.regions) {
            need_province(code);
            by_region[code].push_back(&winner);
        }
    }
    for (const auto& [code, there] : by_region) {
        std::vector<std::string> products;
        for (const Awarded* one : there) products.push_back(one->product);
        for (const std::string& product : non_winning) {
            if (!won.contains(product)) products.push_back(product);
        }
        {
            // Winners the register does not have yet are entered first.
            const Region known(transaction, code, products);
            std::vector<Listing> added;
            std::set<std::string> seen;
            for (const Awarded* one : there) {
                if (known.entries.contains(one->product) || !seen.insert(one->product).second) {
                    continue;
                }
                Listing entry;
                entry.product = one->product;
                entry.region = code;
                entry.kind = ListingKind::won_with_volume;
                entry.holder = one->holder;
                entry.name = one->name;
                entry.pack_units = one->pack_units;
                entry.changed_at = doer.now;
                added.push_back(std::move(entry));
            }
            if (!added.empty()) (void)transaction.listings().add(added);
        }
        Region region(transaction, code, products);
        Written written;
        for (const Awarded* one : there) {
            Listing& entry = *region.find(one->product);
            auto& events = region.events[entry.id];
            if (auto why = against_cap(entry, one->price, effective)) {
                result.skipped.push_back({entry.product, *why});
                continue;
            }
            const Ceiling ceiling{one->price, "award", round, clause, effective};
            place(region, written, result, doer, entry, ceiling, effective);
            const bool stands =
                entry.kind == ListingKind::won_with_volume && entry.state == ListingState::listed;
            if (stands) continue;
            // Back into trade at a midnight to come; a first listing from the day it is meant for.
            std::string day = std::max(effective, last_effective(events));
            if (was_listed(events)) day = std::max(day, next_day(beijing_day(doer.now)));
            ListingEvent event = event_of(entry, doer, "award", ListingState::listed, day);
            if (events.empty()) event.from.reset();
            event.clause = clause;
            event.reason = round;
            entry.kind = ListingKind::won_with_volume;
            entry.state = ListingState::listed;
            events.push_back(event);
            written.events.push_back(std::move(event));
            written.changed.insert(entry.id);
        }
        for (const std::string& product : non_winning) {
            Listing* const entry = won.contains(product) ? nullptr : region.find(product);
            if (entry == nullptr || entry->kind == ListingKind::non_winning ||
                entry->kind == ListingKind::won_with_volume ||
                entry->state == ListingState::delisted) {
                continue;
            }
            auto& events = region.events[entry->id];
            ListingEvent event = event_of(
                *entry,
                doer,
                "lost",
                entry->state,
                std::max(beijing_day(doer.now), last_effective(events))
            );
            event.reason = round;
            event.change = "kind: " + std::string(name_of(entry->kind)) + " → non_winning";
            entry->kind = ListingKind::non_winning;
            events.push_back(event);
            written.events.push_back(std::move(event));
            written.changed.insert(entry->id);
        }
        written.save(transaction, doer, region);
    }
    sort(result);
    return result;
}

}  // namespace jicai::listing
