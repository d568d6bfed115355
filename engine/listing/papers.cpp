#include <engine/access/access.h>
#include <engine/listing/order_check.h>
#include <engine/listing/papers.h>
#include <engine/money/decimal.h>
#include <engine/ports/refused.h>

#include <algorithm>
#include <utility>

namespace jicai::listing {
namespace {

using ports::FiledPurchase;
using ports::FilingState;
using ports::PriceRise;
using ports::Refused;
using ports::RiseState;

void need_text(const std::string& text, const char* key) {
    if (text.empty()) throw Refused({key, {}});
}

void need_region(const Doer& doer, const std::string& region) {
    if (!access::may(
            doer.actor, access::Action::decide_listings, {.region = region, .stage = {}}
        )) {
        throw Refused(
            {"access.denied",
             {{"action", std::string(access::name_of(access::Action::decide_listings))}}}
        );
    }
}

void need_packs(std::int64_t packs, std::int64_t most) {
    if (packs >= 1 && packs <= most) return;
    throw Refused(
        {"listing.filed_packs", {{"count", std::to_string(packs)}, {"max", std::to_string(most)}}}
    );
}

void need_term(const std::string& from, const std::string& to) {
    if (is_day(from) && is_day(to)) {
        const auto first = campaign::Day::parse(from);
        const auto last = campaign::Day::parse(to);
        if (first <= last && last->number() - first->number() < kFiledDaysMax) return;
    }
    throw Refused(
        {"listing.filed_term", {{"from", from}, {"to", to}, {"max", std::to_string(kFiledDaysMax)}}}
    );
}

}  // namespace

const std::vector<std::string_view>& rise_causes() {
    static const std::vector<std::string_view> causes{
        "shortage", "lead_department", "cost", "exchange_of_pack", "correction", "other"};
    return causes;
}

std::int64_t propose_rise(
    ports::Transaction& transaction,
    const Doer& doer,
    const ports::Listing& entry,
    const RiseAsked& asked
) {
    if (entry.state == ListingState::delisted) {
        throw Refused({"listing.is_delisted", {{"product", entry.product}}});
    }
    const auto& causes = rise_causes();
    if (std::find(causes.begin(), causes.end(), asked.cause) == causes.end()) {
        throw Refused({"listing.cause_unknown", {{"value", asked.cause}}});
    }
    need_text(asked.reason, "listing.reason_needed");
    const std::string tomorrow = next_day(beijing_day(doer.now));
    const std::string day = asked.effective.empty() ? tomorrow : asked.effective;
    if (!is_day(day)) throw Refused({"listing.day_unknown", {{"value", day}}});
    const auto enforced = price_on(transaction.listings().versions(entry.id), day);
    if (!enforced.price) throw Refused({"listing.no_price", {{"day", day}}});
    if (asked.price <= *enforced.price) {
        throw Refused(
            {"listing.not_a_rise",
             {{"price", asked.price.text()}, {"enforced", enforced.price->text()}}}
        );
    }
    if (auto why = against_cap(entry, asked.price, day)) throw Refused(*why);
    PriceRise rise;
    rise.listing = entry.id;
    rise.product = entry.product;
    rise.region = entry.region;
    rise.from_price = *enforced.price;
    rise.to_price = asked.price;
    rise.effective = std::max(day, tomorrow);
    rise.cause = asked.cause;
    rise.reason = asked.reason;
    rise.proposed_by = doer.by;
    rise.proposed_at = doer.now;
    return transaction.listings().add(rise);
}

PriceRise decide_rise(
    ports::Transaction& transaction, const Doer& doer, std::int64_t id, const Decided& decided
) {
    auto rise = transaction.listings().rise(id);
    if (!rise) throw Refused({"listing.rise_not_found", {{"id", std::to_string(id)}}});
    const ports::Listing entry = entry_for(transaction, doer, rise->listing, 0);
    rise = transaction.listings().rise(id);  // as it stands now that the entry is held
    if (rise->state != RiseState::proposed) throw Refused({"listing.decided", {}});
    if (decided.version != 0 && decided.version != rise->version) {
        throw Refused({"listing.changed", {{"product", rise->product}}});
    }
    need_text(decided.reason, "listing.reason_needed");
    if (rise->proposed_by.user == doer.by.user) throw Refused({"listing.same_person", {}});
    rise->state = decided.accept ? RiseState::approved : RiseState::refused;
    rise->decided_by = doer.by;
    rise->decided_at = doer.now;
    rise->decision_reason = decided.reason;
    if (decided.accept) {
        if (entry.state == ListingState::delisted) {
            throw Refused({"listing.is_delisted", {{"product", entry.product}}});
        }
        PriceVersion version;
        version.listing = entry.id;
        version.price = rise->to_price;
        version.stated = std::max(rise->effective, next_day(beijing_day(doer.now)));
        version.ground_kind = "price_rise";
        version.ground = std::to_string(rise->id);
        version.clause = decided.clause;
        version.resets = true;
        version.pack_units = entry.pack_units;
        version.by = doer.by;
        version.recorded_at = doer.now;
        const Placement placed = place_price(
            transaction.listings().versions(entry.id),
            transaction.listings().events(entry.id),
            std::move(version),
            beijing_day(doer.now)
        );
        if (placed.refusal) throw Refused(*placed.refusal);
        if (auto why = against_cap(entry, rise->to_price, placed.version.effective)) {
            throw Refused(*why);
        }
        rise->effective = placed.version.effective;
        transaction.listings().add(std::vector<PriceVersion>{placed.version});
        ports::Listing changed = entry;
        changed.changed_at = doer.now;
        if (!transaction.listings().save(changed)) {
            throw Refused({"listing.changed", {{"product", entry.product}}});
        }
    }
    if (!transaction.listings().save(*rise)) {
        throw Refused({"listing.changed", {{"product", rise->product}}});
    }
    ++rise->version;
    return *rise;
}

std::int64_t file_purchase(
    ports::Transaction& transaction, const Doer& doer, const FilingAsked& asked
) {
    if (!transaction.catalogue().product(asked.product)) {
        throw Refused({"catalogue.product_not_found", {{"code", asked.product}}});
    }
    const auto hospital = transaction.people().organisation(doer.actor.organisation);
    const std::string region = hospital ? province_of(hospital->region) : std::string();
    if (region.empty()) {
        throw Refused(
            {"catalogue.hospital_not_found", {{"code", hospital ? hospital->code : std::string()}}}
        );
    }
    need_text(asked.reason, "listing.reason_needed");
    need_text(asked.evidence, "listing.evidence_needed");
    if (asked.evidence_price.micro_yuan() == 0 || asked.yearly_amount.micro_yuan() <= 0) {
        throw Refused({"listing.price_zero", {}});
    }
    need_packs(asked.packs, kFiledPacksMax);
    need_term(asked.from, asked.to);
    const auto listed = enforced_price(transaction, asked.product, region, asked.from);
    const auto entry = transaction.listings().listing(asked.product, region);
    if (listed && entry && entry->kind != ListingKind::filed) {
        throw Refused(
            {"listing.filed_listed",
             {{"product", asked.product}, {"enforced", listed->price->text()}}}
        );
    }
    FiledPurchase filing;
    filing.product = asked.product;
    filing.region = region;
    filing.hospital = hospital->id;
    filing.hospital_name = hospital->name;
    filing.reason = asked.reason;
    filing.evidence_price = asked.evidence_price;
    filing.evidence = asked.evidence;
    filing.packs = asked.packs;
    filing.from = asked.from;
    filing.to = asked.to;
    filing.yearly_amount = asked.yearly_amount;
    filing.requested_by = doer.by;
    filing.requested_at = doer.now;
    return transaction.listings().add(filing);
}

bool within_share(
    std::int64_t packs,
    money::Price price,
    money::Amount yearly_amount,
    std::int64_t share_cap_hundredths
) {
    return money::Int128{packs} * price.micro_yuan() * kWhole <=
           money::Int128{yearly_amount.micro_yuan()} * share_cap_hundredths;
}

FiledPurchase decide_filing(
    ports::Transaction& transaction, const Doer& doer, std::int64_t id, const FilingDecided& asked
) {
    const Decided& decided = asked.decided;
    auto filing = transaction.listings().filing(id);
    if (!filing) throw Refused({"listing.filing_not_found", {{"id", std::to_string(id)}}});
    need_region(doer, filing->region);
    if (filing->state != FilingState::requested) throw Refused({"listing.decided", {}});
    if (decided.version != 0 && decided.version != filing->version) {
        throw Refused({"listing.changed", {{"product", filing->product}}});
    }
    need_text(decided.reason, "listing.reason_needed");
    filing->state = decided.accept ? FilingState::approved : FilingState::refused;
    filing->decided_by = doer.by;
    filing->decided_at = doer.now;
    filing->decision_reason = decided.reason;
    filing->clause = decided.clause;
    if (decided.accept) {
        if (asked.packs) {
            need_packs(*asked.packs, filing->packs);
            filing->packs = *asked.packs;
        }
        if (!asked.to.empty()) {
            if (asked.to > filing->to) {
                throw Refused(
                    {"listing.filed_term",
                     {{"from", filing->from},
                      {"to", asked.to},
                      {"max", std::to_string(kFiledDaysMax)}}}
                );
            }
            need_term(filing->from, asked.to);
            filing->to = asked.to;
        }
        const std::int64_t share = asked.share_cap_hundredths;
        if (share < 1 || share > kWhole) {
            throw Refused({"listing.filed_share_bounds", {{"value", std::to_string(share)}}});
        }
        if (!within_share(filing->packs, filing->evidence_price, filing->yearly_amount, share)) {
            throw Refused(
                {"listing.filed_over_share",
                 {{"packs", std::to_string(filing->packs)},
                  {"price", filing->evidence_price.text()},
                  {"amount", filing->yearly_amount.text()},
                  {"share", money::format_fixed(share, 2, 2) + "%"}}}
            );
        }
        filing->share_cap_hundredths = share;
    }
    if (!transaction.listings().save(*filing)) {
        throw Refused({"listing.changed", {{"product", filing->product}}});
    }
    ++filing->version;
    return *filing;
}

}  // namespace jicai::listing
