#include <engine/access/access.h>
#include <engine/listing/order_check.h>
#include <engine/money/check.h>
#include <engine/ports/refused.h>

#include <algorithm>
#include <utility>

namespace jicai::listing {
namespace {

using ports::FiledPurchase;

OrderOutcome outcome_of_line(
    const std::vector<PriceVersion>& versions,
    const std::vector<ListingEvent>& events,
    const OrderAsked& asked,
    std::string& day
) {
    const auto on = campaign::Day::parse(asked.day);
    JICAI_CHECK(on.has_value());
    const linkage::EnforcedPrices line = line_of(versions, events);
    const auto checked = line.check(0, 0, *on, asked.price);
    switch (checked.check) {
        case linkage::OrderCheck::allowed:
            return OrderOutcome::allowed;
        case linkage::OrderCheck::above_price:
            return OrderOutcome::above_price;
        case linkage::OrderCheck::not_listed:
        case linkage::OrderCheck::suspended:
            break;
    }
    // Nothing may be ordered: why, and from when on it may.
    const auto state = state_on(events, asked.day);
    if (state == ListingState::suspended) return OrderOutcome::suspended;
    if (state == ListingState::delisted) return OrderOutcome::delisted;
    std::string earliest;
    for (const ListingEvent& event : events) {
        if (event.to != ListingState::listed || event.effective <= asked.day) continue;
        if (earliest.empty() || event.effective < earliest) earliest = event.effective;
    }
    if (state == ListingState::listed) {
        for (const PriceVersion& version : versions) {
            if (earliest.empty() || version.effective < earliest) earliest = version.effective;
        }
    }
    day = earliest;
    if (!earliest.empty()) return OrderOutcome::not_yet;
    return state ? OrderOutcome::in_procedure : OrderOutcome::not_listed;
}

OrderOutcome outcome_of_filing(const FiledPurchase& filing, const OrderAsked& asked) {
    if (asked.day < filing.from) return OrderOutcome::filed_not_yet;
    if (asked.day > filing.to) return OrderOutcome::filed_expired;
    if (asked.packs > filing.packs - filing.packs_ordered) return OrderOutcome::filed_over_cap;
    if (asked.price > filing.evidence_price) return OrderOutcome::filed_above;
    return OrderOutcome::filed_allowed;
}

/// How near an outcome is to an order that is allowed.
int nearness(OrderOutcome outcome) {
    switch (outcome) {
        case OrderOutcome::filed_allowed:
            return 4;
        case OrderOutcome::filed_above:
            return 3;
        case OrderOutcome::filed_over_cap:
            return 2;
        case OrderOutcome::filed_not_yet:
            return 1;
        case OrderOutcome::allowed:
        case OrderOutcome::not_listed:
        case OrderOutcome::in_procedure:
        case OrderOutcome::not_yet:
        case OrderOutcome::suspended:
        case OrderOutcome::delisted:
        case OrderOutcome::above_price:
        case OrderOutcome::filed_expired:
            break;
    }
    return 0;
}

void take_filing(OrderAnswer& answer, const FiledPurchase& filing, OrderOutcome outcome) {
    answer.outcome = outcome;
    answer.filing = filing.id;
    answer.enforced_price = filing.evidence_price;
    answer.clause = filing.clause;
    answer.ground = std::to_string(filing.id);
    answer.from = filing.from;
    answer.ceilings = {{filing.evidence_price, "filed", answer.ground, filing.clause, filing.from}};
}

/// What was suspended is not bought round the corner.
bool may_be_filed(const OrderAnswer& answer, const ports::Listing* entry) {
    if (entry != nullptr && entry->kind == ListingKind::filed) {
        return answer.outcome != OrderOutcome::suspended;
    }
    return answer.outcome == OrderOutcome::not_listed ||
           answer.outcome == OrderOutcome::in_procedure ||
           answer.outcome == OrderOutcome::not_yet || answer.outcome == OrderOutcome::delisted;
}

}  // namespace

std::string province_of(const std::string& region) {
    constexpr std::size_t kDigits = 6;
    if (region.size() != kDigits || !access::is_within(region, "000000")) return {};
    std::string province = region.substr(0, 2) + "0000";
    if (province == "000000") return {};
    return province;
}

std::string_view name_of(OrderOutcome outcome) {
    switch (outcome) {
        case OrderOutcome::allowed:
            return "allowed";
        case OrderOutcome::not_listed:
            return "not_listed";
        case OrderOutcome::in_procedure:
            return "in_procedure";
        case OrderOutcome::not_yet:
            return "not_yet";
        case OrderOutcome::suspended:
            return "suspended";
        case OrderOutcome::delisted:
            return "delisted";
        case OrderOutcome::above_price:
            return "above_price";
        case OrderOutcome::filed_allowed:
            return "filed_allowed";
        case OrderOutcome::filed_not_yet:
            return "filed_not_yet";
        case OrderOutcome::filed_expired:
            return "filed_expired";
        case OrderOutcome::filed_over_cap:
            return "filed_over_cap";
        case OrderOutcome::filed_above:
            return "filed_above";
    }
    return "";
}

OrderAnswer answer_order(
    const ports::Listing* entry,
    const std::vector<PriceVersion>& versions,
    const std::vector<ListingEvent>& events,
    const std::vector<FiledPurchase>& filings,
    const OrderAsked& asked
) {
    OrderAnswer answer;
    std::string begins;
    if (entry != nullptr) {
        answer.listing = entry->id;
        answer.outcome = outcome_of_line(versions, events, asked, begins);
        const EnforcedPrice enforced = price_on(versions, asked.day);
        answer.ceilings = enforced.ceilings;
        if (answer.allowed() || answer.outcome == OrderOutcome::above_price) {
            answer.enforced_price = enforced.price;
            answer.clause = enforced.governs.clause;
            answer.ground = enforced.governs.ground;
            answer.from = enforced.governs.from;
            // Without its filing such an entry may not be ordered.
            if (entry->kind == ListingKind::filed) answer.outcome = OrderOutcome::not_listed;
        } else {
            for (const ListingEvent& event : events) {
                if (event.effective <= asked.day) answer.clause = event.clause;
            }
        }
    }
    if (may_be_filed(answer, entry)) {
        const FiledPurchase* best = nullptr;
        OrderOutcome outcome = OrderOutcome::not_listed;
        for (const FiledPurchase& filing : filings) {
            const OrderOutcome here = outcome_of_filing(filing, asked);
            if (best != nullptr && nearness(here) < nearness(outcome)) continue;
            best = &filing;
            outcome = here;
        }
        if (best != nullptr) take_filing(answer, *best, outcome);
    }

    std::int64_t left = 0;
    std::string until;
    for (const FiledPurchase& filing : filings) {
        if (filing.id != answer.filing) continue;
        left = std::max<std::int64_t>(0, filing.packs - filing.packs_ordered);
        until = filing.to;
        if (answer.outcome == OrderOutcome::filed_not_yet) begins = filing.from;
    }
    const std::string name(name_of(answer.outcome));
    answer.text = {
        "listing.order_" + name,
        {{"product", asked.product},
         {"region", asked.region},
         {"day", asked.day},
         {"price", asked.price.text()},
         {"enforced", answer.enforced_price ? answer.enforced_price->text() : std::string()},
         {"clause", answer.clause.empty() ? "—" : answer.clause},
         {"ground", answer.ground},
         {"from", begins.empty() ? answer.from : begins},
         {"to", until},
         {"packs", std::to_string(asked.packs)},
         {"left", std::to_string(left)}}};
    if (!answer.allowed()) answer.next = {"listing.next_" + name, answer.text.arguments};
    return answer;
}

std::optional<EnforcedPrice> enforced_price(
    ports::Transaction& transaction,
    const std::string& product,
    const std::string& region,
    const std::string& day
) {
    const auto entry = transaction.listings().listing(product, province_of(region));
    if (!entry) return std::nullopt;
    if (state_on(transaction.listings().events(entry->id), day) != ListingState::listed) {
        return std::nullopt;
    }
    EnforcedPrice enforced = price_on(transaction.listings().versions(entry->id), day);
    if (!enforced.price) return std::nullopt;
    return enforced;
}

OrderAnswer check_order(ports::Transaction& transaction, const OrderAsked& asked) {
    const std::string province = province_of(asked.region);
    if (province.empty()) {
        throw ports::Refused({"listing.region_unknown", {{"value", asked.region}}});
    }
    if (!is_day(asked.day)) {
        throw ports::Refused({"listing.day_unknown", {{"value", asked.day}}});
    }
    auto& kept = transaction.listings();
    std::vector<FiledPurchase> filings;
    if (asked.hospital != 0) filings = kept.filings_of(asked.product, asked.hospital);
    const auto entry = kept.listing(asked.product, province);
    if (!entry) return answer_order(nullptr, {}, {}, filings, asked);
    return answer_order(&*entry, kept.versions(entry->id), kept.events(entry->id), filings, asked);
}

}  // namespace jicai::listing
