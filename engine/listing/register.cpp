#include <engine/access/access.h>
#include <engine/listing/order_check.h>
#include <engine/listing/register.h>
#include <engine/ports/refused.h>

#include <algorithm>
#include <utility>

namespace jicai::listing {
namespace {

using ports::Listing;
using ports::Refused;

std::string acts_text(const std::vector<Act>& acts) {
    std::string text;
    for (const Act act : acts) {
        if (!text.empty()) text += '|';
        text += name_of(act);
    }
    return text;
}

void need_price(money::Price price) {
    if (price.micro_yuan() == 0) throw Refused({"listing.price_zero", {}});
}

void need_reason(const std::string& reason) {
    if (reason.empty()) throw Refused({"listing.reason_needed", {}});
}

void save(ports::Transaction& transaction, Listing entry, const Doer& doer) {
    entry.changed_at = doer.now;
    if (!transaction.listings().save(entry)) {
        throw Refused({"listing.changed", {{"product", entry.product}}});
    }
}

ListingEvent event_of(
    const Listing& entry, const Doer& doer, std::string act, std::string effective
) {
    ListingEvent event;
    event.listing = entry.id;
    event.act = std::move(act);
    event.from = entry.state;
    event.to = entry.state;
    event.effective = std::move(effective);
    event.by = doer.by;
    event.at = doer.now;
    return event;
}

PriceVersion version_of(const Listing& entry, const Doer& doer, const PriceAsked& asked) {
    PriceVersion version;
    version.listing = entry.id;
    version.price = asked.price;
    version.stated = asked.stated;
    version.ground_kind = asked.ground_kind;
    version.ground = asked.ground;
    version.clause = asked.clause;
    version.pack_units = entry.pack_units;
    version.by = doer.by;
    version.recorded_at = doer.now;
    return version;
}

void need_open(const Listing& entry) {
    if (entry.state == ListingState::delisted) {
        throw Refused({"listing.is_delisted", {{"product", entry.product}}});
    }
}

/// The last day on which an event of the entry takes effect.
std::string last_effective(const std::vector<ListingEvent>& events) {
    std::string last;
    for (const ListingEvent& event : events) last = std::max(last, event.effective);
    return last;
}

}  // namespace

std::optional<decision::Message> against_cap(
    const Listing& entry, money::Price price, const std::string& day
) {
    if (entry.barred_until.empty() || day >= entry.barred_until) return std::nullopt;
    if (entry.relist_cap && price <= *entry.relist_cap) return std::nullopt;
    return decision::Message{
        "listing.relist_cap",
        {{"price", price.text()},
         {"cap", entry.relist_cap ? entry.relist_cap->text() : std::string("0")},
         {"day", entry.barred_until},
         {"clause", entry.bar_clause}}};
}

std::int64_t enter(ports::Transaction& transaction, const Doer& doer, const NewEntry& entry) {
    if (entry.region.empty() || province_of(entry.region) != entry.region) {
        throw Refused({"listing.region_not_province", {{"value", entry.region}}});
    }
    const auto product = transaction.catalogue().product(entry.product);
    if (!product) throw Refused({"catalogue.product_not_found", {{"code", entry.product}}});
    need_price(entry.price);
    if (!is_day(entry.effective)) {
        throw Refused({"listing.day_unknown", {{"value", entry.effective}}});
    }
    if (transaction.listings().listing(entry.product, entry.region)) {
        throw Refused(
            {"listing.entered_already", {{"product", entry.product}, {"region", entry.region}}}
        );
    }
    Listing made;
    made.product = entry.product;
    made.region = entry.region;
    made.kind = entry.kind;
    made.holder = entry.holder.empty() ? product->supplier : entry.holder;
    made.name = entry.name.empty() ? product->name : entry.name;
    made.pack_units = entry.pack_units;
    made.derived_from = entry.derived_from;
    made.changed_at = doer.now;
    made.id = transaction.listings().add(std::vector<Listing>{made}).front();
    ListingEvent event = event_of(made, doer, "declare", beijing_day(doer.now));
    event.from.reset();
    event.reason = entry.reason;
    event.clause = entry.clause;
    transaction.listings().add(std::vector<ListingEvent>{event});
    Placement placed = place_price(
        {},
        {event},
        version_of(
            made,
            doer,
            {entry.price, entry.effective, entry.ground_kind, entry.ground, entry.clause}
        ),
        beijing_day(doer.now)
    );
    transaction.listings().add(std::vector<PriceVersion>{placed.version});
    return made.id;
}

ports::Listing entry_for(
    ports::Transaction& transaction, const Doer& doer, std::int64_t listing, std::int64_t version
) {
    auto entry = transaction.listings().locked(listing);
    if (!entry) throw Refused({"listing.not_found", {{"id", std::to_string(listing)}}});
    if (!access::may(
            doer.actor, access::Action::decide_listings, {.region = entry->region, .stage = {}}
        )) {
        throw Refused(
            {"access.denied",
             {{"action", std::string(access::name_of(access::Action::decide_listings))}}}
        );
    }
    if (version != 0 && version != entry->version) {
        throw Refused({"listing.changed", {{"product", entry->product}}});
    }
    return *entry;
}

void take_act(
    ports::Transaction& transaction, const Doer& doer, Listing entry, const ActAsked& asked
) {
    const auto to = after(asked.act, entry.state, entry.kind);
    if (!to) {
        throw Refused(
            {"listing.no_such_act",
             {{"listing_act", std::string(name_of(asked.act))},
              {"listing_state", std::string(name_of(entry.state))},
              {"listing_acts", acts_text(possible(entry.state, entry.kind))}}}
        );
    }
    if (needs_reason(asked.act)) need_reason(asked.reason);
    const auto events = transaction.listings().events(entry.id);
    const std::string today = beijing_day(doer.now);
    // What people could buy changes at a midnight that is still to come.
    const bool trades = *to >= ListingState::listed && was_listed(events);
    std::string effective = asked.effective;
    if (effective.empty()) {
        const bool begins = *to == ListingState::listed;
        effective = trades || begins ? std::max(next_day(today), last_effective(events))
                                     : std::max(today, last_effective(events));
    }
    if (!is_day(effective)) throw Refused({"listing.day_unknown", {{"value", effective}}});
    if (trades && effective <= today) {
        throw Refused({"listing.day_begun", {{"day", effective}, {"earliest", next_day(today)}}});
    }
    ListingEvent event = event_of(entry, doer, std::string(name_of(asked.act)), effective);
    if (effective < last_effective(events)) {
        throw Refused(
            {"listing.before_last", {{"day", effective}, {"last", last_effective(events)}}}
        );
    }
    const auto versions = transaction.listings().versions(entry.id);
    if (*to == ListingState::listed && !price_on(versions, effective).price) {
        throw Refused({"listing.no_price", {{"day", effective}}});
    }
    if (asked.act == Act::delist) {
        const auto price = price_on(versions, effective).price;
        const auto day = campaign::Day::parse(effective);
        entry.barred_until.clear();
        entry.relist_cap.reset();
        entry.bar_clause = asked.terms.clause;
        if (asked.terms.bar_years > 0) {
            constexpr std::int64_t kMonths = 12;
            entry.barred_until = day->plus_months(asked.terms.bar_years * kMonths, true).text();
            if (asked.terms.capped) entry.relist_cap = price;
        }
    }
    if (asked.act == Act::relist && effective < entry.barred_until && !entry.relist_cap) {
        throw Refused(
            {"listing.barred", {{"day", entry.barred_until}, {"clause", entry.bar_clause}}}
        );
    }
    event.to = *to;
    event.reason = asked.reason;
    event.clause = asked.clause;
    transaction.listings().add(std::vector<ListingEvent>{event});
    entry.state = *to;
    save(transaction, std::move(entry), doer);
}

std::vector<Compensation> set_price(
    ports::Transaction& transaction, const Doer& doer, const Listing& entry, const PriceAsked& asked
) {
    need_open(entry);
    need_price(asked.price);
    Placement placed = place_price(
        transaction.listings().versions(entry.id),
        transaction.listings().events(entry.id),
        version_of(entry, doer, asked),
        beijing_day(doer.now)
    );
    if (placed.refusal) throw Refused(*placed.refusal);
    if (placed.there_already) return {};
    if (auto why = against_cap(entry, asked.price, placed.version.effective)) throw Refused(*why);
    for (Compensation& one : placed.compensations) {
        one.listing = entry.id;
        one.product = entry.product;
        one.region = entry.region;
    }
    transaction.listings().add(std::vector<PriceVersion>{placed.version});
    transaction.listings().add(placed.compensations);
    save(transaction, entry, doer);
    return placed.compensations;
}

void change_pack(
    ports::Transaction& transaction,
    const Doer& doer,
    const Listing& entry,
    std::int64_t pack_units,
    const PriceAsked& asked
) {
    need_open(entry);
    need_price(asked.price);
    if (pack_units == entry.pack_units) {
        throw Refused({"listing.same_pack", {{"count", std::to_string(pack_units)}}});
    }
    PriceVersion version = version_of(entry, doer, asked);
    version.resets = true;
    version.pack_units = pack_units;
    Placement placed = place_price(
        transaction.listings().versions(entry.id),
        transaction.listings().events(entry.id),
        std::move(version),
        beijing_day(doer.now)
    );
    if (placed.refusal) throw Refused(*placed.refusal);
    if (placed.there_already) return;
    transaction.listings().add(std::vector<PriceVersion>{placed.version});
    ListingEvent event = event_of(entry, doer, "pack", placed.version.effective);
    event.clause = asked.clause;
    event.change =
        "pack_units: " + std::to_string(entry.pack_units) + " → " + std::to_string(pack_units);
    // A change of a coming day may not stand before a state of a later one.
    event.effective =
        std::max(event.effective, last_effective(transaction.listings().events(entry.id)));
    transaction.listings().add(std::vector<ListingEvent>{event});
    Listing changed = entry;
    changed.pack_units = pack_units;
    save(transaction, std::move(changed), doer);
}

void change_details(
    ports::Transaction& transaction, const Doer& doer, const Listing& entry, const Details& details
) {
    need_open(entry);
    need_reason(details.reason);
    Listing changed = entry;
    std::string change;
    const auto note = [&](const std::string& what, std::string_view was, std::string_view is) {
        if (!change.empty()) change += "; ";
        change += what + ": " + std::string(was) + " → " + std::string(is);
    };
    if (!details.holder.empty() && details.holder != entry.holder) {
        note("holder", entry.holder, details.holder);
        changed.holder = details.holder;
    }
    if (!details.name.empty() && details.name != entry.name) {
        note("name", entry.name, details.name);
        changed.name = details.name;
    }
    if (details.kind && *details.kind != entry.kind) {
        note("kind", name_of(entry.kind), name_of(*details.kind));
        changed.kind = *details.kind;
    }
    if (change.empty()) throw Refused({"listing.nothing_changed", {{"product", entry.product}}});
    ListingEvent event = event_of(
        entry,
        doer,
        "change",
        std::max(beijing_day(doer.now), last_effective(transaction.listings().events(entry.id)))
    );
    event.reason = details.reason;
    event.clause = details.clause;
    event.change = std::move(change);
    transaction.listings().add(std::vector<ListingEvent>{event});
    save(transaction, std::move(changed), doer);
}

}  // namespace jicai::listing
