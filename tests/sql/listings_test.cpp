// The listing register on a real database: every member comes back, nothing added is ever changed.
#include <sql/listing_store.h>

#include <gmock/gmock.h>
#include <tests/sql/fixture.h>

namespace jicai::sql::testing {
namespace {

using money::Price;
using ports::Author;
using ports::Compensation;
using ports::FiledPurchase;
using ports::FilingState;
using ports::Listing;
using ports::ListingEvent;
using ports::ListingKind;
using ports::ListingState;
using ports::Moment;
using ports::PriceRise;
using ports::PriceVersion;
using ports::RiseState;
using ports::Transaction;

const std::string kRare = "𠮷野家😀挂网\"'\\;--\n\t";
const Moment kLater{kNow.micros + 5 * ports::kSecond};

class Listings : public DatabaseTest {
protected:
    static Author author(std::int64_t organisation = 3) {
        return {7, organisation, "officer", "陈明𠮷"};
    }
    static Listing listing(const std::string& product, const std::string& region = "230000") {
        Listing one;
        one.product = product;
        one.region = region;
        one.kind = ListingKind::non_winning;
        one.holder = "齐鲁制药" + kRare;
        one.name = "阿托伐他汀钙片";
        one.pack_units = 14;
        one.changed_at = kNow;
        return one;
    }
    template <typename Work>
    static void read(const Work& work) {
        store().read([&](Transaction& t) { work(t.listings()); });
    }
    template <typename Work>
    static void write(const Work& work) {
        store().write([&](Transaction& t) { work(t.listings()); });
    }
    static std::int64_t added(const Listing& one) {
        std::int64_t id = 0;
        write([&](ports::ListingStore& kept) { id = kept.add(std::vector<Listing>{one}).front(); });
        return id;
    }
};

TEST_F(Listings, EntryComesBackWithEveryMemberAndIsSavedOnce) {
    Listing given = listing("A1");
    const std::int64_t id = added(given);
    given.id = id;
    given.kind = ListingKind::won_with_volume;
    given.state = ListingState::delisted;
    given.holder = "B" + kRare;
    given.name = "C" + kRare;
    given.pack_units = 28;
    given.derived_from = id;
    given.barred_until = "2028-03-01";
    given.relist_cap = Price(12'000'001);
    given.bar_clause = "鲁公资交字〔2019〕48号" + kRare;
    given.changed_at = kLater;
    write([&](ports::ListingStore& kept) { EXPECT_TRUE(kept.save(given)); });
    write([&](ports::ListingStore& kept) { EXPECT_FALSE(kept.save(given)); });
    read([&](ports::ListingStore& kept) {
        const auto back = kept.listing("A1", "230000");
        ASSERT_TRUE(back);
        EXPECT_EQ(back->id, id);
        EXPECT_EQ(back->kind, given.kind);
        EXPECT_EQ(back->state, given.state);
        EXPECT_EQ(back->holder, given.holder);
        EXPECT_EQ(back->name, given.name);
        EXPECT_EQ(back->pack_units, 28);
        EXPECT_EQ(back->derived_from, id);
        EXPECT_EQ(back->barred_until, given.barred_until);
        EXPECT_EQ(back->relist_cap, given.relist_cap);
        EXPECT_EQ(back->bar_clause, given.bar_clause);
        EXPECT_EQ(back->changed_at, kLater);
        EXPECT_EQ(back->version, 2);
        EXPECT_FALSE(kept.listing("A1", "370000"));
    });
    EXPECT_THROW(added(listing("A1")), ports::Conflict);
}

TEST_F(Listings, ManyAreAddedAndLockedInTheirOrder) {
    std::vector<Listing> many;
    for (int i = 1200; i > 0; --i) many.push_back(listing("M" + std::to_string(10000 + i)));
    many.push_back(listing("M10001", "370000"));
    std::vector<std::int64_t> ids;
    write([&](ports::ListingStore& kept) { ids = kept.add(many); });
    ASSERT_EQ(ids.size(), many.size());
    read([&](ports::ListingStore& kept) {
        for (const std::size_t i : {std::size_t{0}, std::size_t{700}, many.size() - 1}) {
            const auto back = kept.listing(ids[i]);
            ASSERT_TRUE(back);
            EXPECT_EQ(back->product, many[i].product);
            EXPECT_EQ(back->region, many[i].region);
        }
    });
    write([&](ports::ListingStore& kept) {
        const auto locked = kept.locked("230000", {"M10002", "M10001", "M99999"});
        ASSERT_EQ(locked.size(), 2U);
        EXPECT_EQ(locked[0].product, "M10001");
        EXPECT_EQ(locked[0].region, "230000");
        EXPECT_EQ(locked[1].product, "M10002");
        EXPECT_EQ(kept.listings_of("370000", {"M10001", "M10002"}).size(), 1U);
        EXPECT_TRUE(kept.locked(locked[0].id));
        EXPECT_FALSE(kept.locked(std::int64_t{999'999'999}));
    });
}

TEST_F(Listings, ListIsFiltered) {
    Listing other = listing("F2", "370000");
    other.kind = ListingKind::emergency;
    other.state = ListingState::listed;
    other.holder = "石药欧意";
    added(listing("F1"));
    added(other);
    ports::ListingQuery query;
    query.product = "F1";
    const auto count = [&] {
        std::int64_t total = -1;
        read([&](ports::ListingStore& kept) { total = kept.listings(query).total; });
        return total;
    };
    EXPECT_EQ(count(), 1);
    query.kind = ListingKind::emergency;
    EXPECT_EQ(count(), 0);
    query = {};
    query.text = "石药";
    EXPECT_EQ(count(), 1);
    query.state = ListingState::suspended;
    EXPECT_EQ(count(), 0);
    query = {};
    query.region = "370000";
    query.kind = ListingKind::emergency;
    query.state = ListingState::listed;
    EXPECT_EQ(count(), 1);
}

TEST_F(Listings, EventsAndPricesComeBackOldestFirst) {
    const std::int64_t first = added(listing("E1"));
    const std::int64_t second = added(listing("E2"));
    ListingEvent event;
    event.listing = first;
    event.act = "suspend";
    event.to = ListingState::suspended;
    event.effective = "2026-12-01";
    event.reason = kRare;
    event.clause = "第三条";
    event.change = "holder: A → B";
    event.by = author();
    event.at = kNow;
    ListingEvent later = event;
    later.from = ListingState::suspended;
    later.listing = second;
    PriceVersion version;
    version.listing = first;
    version.price = Price(9'800'000);
    version.effective = "2026-12-01";
    version.stated = "2026-11-20";
    version.ground_kind = "campaign";
    version.ground = "HLJ-2026-1";
    version.clause = kRare;
    version.resets = true;
    version.pack_units = 14;
    version.by = author(4);
    version.recorded_at = kLater;
    PriceVersion cheaper = version;
    cheaper.price = Price(9'799'999);
    cheaper.resets = false;
    write([&](ports::ListingStore& kept) {
        kept.add(std::vector<ListingEvent>{event, later});
        kept.add(std::vector<PriceVersion>{version, cheaper});
    });
    read([&](ports::ListingStore& kept) {
        const auto events = kept.events(first);
        ASSERT_EQ(events.size(), 1U);
        EXPECT_EQ(events[0].act, "suspend");
        EXPECT_FALSE(events[0].from);
        EXPECT_EQ(events[0].to, ListingState::suspended);
        EXPECT_EQ(events[0].effective, "2026-12-01");
        EXPECT_EQ(events[0].reason, kRare);
        EXPECT_EQ(events[0].clause, "第三条");
        EXPECT_EQ(events[0].change, event.change);
        EXPECT_EQ(events[0].by, author());
        EXPECT_EQ(events[0].at, kNow);
        const auto all = kept.events(std::vector<std::int64_t>{first, second});
        EXPECT_EQ(all.size(), 2U);
        EXPECT_EQ(all.at(second).front().from, ListingState::suspended);

        const auto versions = kept.versions(first);
        ASSERT_EQ(versions.size(), 2U);
        EXPECT_EQ(versions[0].price, Price(9'800'000));
        EXPECT_EQ(versions[0].effective, "2026-12-01");
        EXPECT_EQ(versions[0].stated, "2026-11-20");
        EXPECT_EQ(versions[0].ground_kind, "campaign");
        EXPECT_EQ(versions[0].ground, "HLJ-2026-1");
        EXPECT_EQ(versions[0].clause, kRare);
        EXPECT_TRUE(versions[0].resets);
        EXPECT_EQ(versions[0].pack_units, 14);
        EXPECT_EQ(versions[0].by, author(4));
        EXPECT_EQ(versions[0].recorded_at, kLater);
        EXPECT_EQ(versions[1].price, Price(9'799'999));
        EXPECT_FALSE(versions[1].resets);
        EXPECT_EQ(kept.versions(std::vector<std::int64_t>{first, second}).count(second), 0U);
    });
}

TEST_F(Listings, CompensationsComeBackNewestFirst) {
    Compensation one;
    one.listing = added(listing("C1"));
    one.product = "C1";
    one.region = "230000";
    one.from = "2026-11-20";
    one.to = "2026-11-23";
    one.old_price = Price(10'000'000);
    one.new_price = Price(9'500'000);
    one.difference = Price(500'000);
    one.ground = "HLJ-2026-1";
    one.clause = kRare;
    one.opened_at = kNow;
    Compensation second = one;
    second.to = "2026-11-24";
    write([&](ports::ListingStore& kept) {
        kept.add(std::vector<Compensation>{one, second});
        kept.add(std::vector<Compensation>{});
    });
    read([&](ports::ListingStore& kept) {
        ports::ListingRecordQuery query;
        query.product = "C1";
        query.within = "230000";
        const auto found = kept.compensations(query);
        ASSERT_EQ(found.total, 2);
        EXPECT_EQ(found.rows[0].to, "2026-11-24");
        EXPECT_EQ(found.rows[1].from, one.from);
        EXPECT_EQ(found.rows[1].to, one.to);
        EXPECT_EQ(found.rows[1].old_price, one.old_price);
        EXPECT_EQ(found.rows[1].new_price, one.new_price);
        EXPECT_EQ(found.rows[1].difference, one.difference);
        EXPECT_EQ(found.rows[1].ground, one.ground);
        EXPECT_EQ(found.rows[1].clause, kRare);
        EXPECT_EQ(found.rows[1].opened_at, kNow);
        EXPECT_EQ(kept.compensations_of(one.listing).front().to, one.to);
        query.within = "370000";
        EXPECT_EQ(kept.compensations(query).total, 0);
    });
}

TEST_F(Listings, FiledPurchaseComesBackAndIsDecidedOnce) {
    std::int64_t hospital = 0;
    store().write([&](Transaction& t) {
        hospital = t.people().add(organisation("12230000414000001A"));
    });
    FiledPurchase given;
    given.product = "P1";
    given.region = "230000";
    given.hospital = hospital;
    given.hospital_name = "哈医大" + kRare;
    given.reason = "罕见病用药" + kRare;
    given.evidence_price = Price(123'450'000);
    given.evidence = "山东省平台" + kRare;
    given.packs = 200;
    given.from = "2026-12-01";
    given.to = "2027-05-31";
    given.share_cap_hundredths = 500;
    given.yearly_amount = money::Amount(9'000'000'000'000'000);
    given.requested_by = author(hospital);
    given.requested_at = kNow;
    std::int64_t id = 0;
    write([&](ports::ListingStore& kept) { id = kept.add(given); });
    read([&](ports::ListingStore& kept) {
        const auto back = kept.filing(id);
        ASSERT_TRUE(back);
        EXPECT_EQ(back->product, "P1");
        EXPECT_EQ(back->region, "230000");
        EXPECT_EQ(back->hospital, hospital);
        EXPECT_EQ(back->hospital_name, given.hospital_name);
        EXPECT_EQ(back->reason, given.reason);
        EXPECT_EQ(back->evidence_price, given.evidence_price);
        EXPECT_EQ(back->evidence, given.evidence);
        EXPECT_EQ(back->packs, 200);
        EXPECT_EQ(back->packs_ordered, 0);
        EXPECT_EQ(back->from, given.from);
        EXPECT_EQ(back->to, given.to);
        EXPECT_EQ(back->share_cap_hundredths, 500);
        EXPECT_EQ(back->yearly_amount, given.yearly_amount);
        EXPECT_EQ(back->state, FilingState::requested);
        EXPECT_EQ(back->requested_by, given.requested_by);
        EXPECT_EQ(back->requested_at, kNow);
        EXPECT_FALSE(back->decided_at);
        EXPECT_EQ(back->decided_by, Author());
        EXPECT_TRUE(kept.filings_of("P1", hospital).empty());
    });
    given.id = id;
    given.packs = 150;
    given.packs_ordered = 20;
    given.state = FilingState::approved;
    given.decided_by = author();
    given.decided_at = kLater;
    given.decision_reason = "同意" + kRare;
    given.clause = "备案采购办法第五条";
    write([&](ports::ListingStore& kept) { EXPECT_TRUE(kept.save(given)); });
    write([&](ports::ListingStore& kept) { EXPECT_FALSE(kept.save(given)); });
    read([&](ports::ListingStore& kept) {
        const auto approved = kept.filings_of("P1", hospital);
        ASSERT_EQ(approved.size(), 1U);
        EXPECT_EQ(approved[0].packs, 150);
        EXPECT_EQ(approved[0].packs_ordered, 20);
        EXPECT_EQ(approved[0].decided_by, author());
        EXPECT_EQ(approved[0].decided_at, kLater);
        EXPECT_EQ(approved[0].decision_reason, given.decision_reason);
        EXPECT_EQ(approved[0].clause, given.clause);
        EXPECT_EQ(approved[0].version, 2);
        ports::FilingQuery query;
        query.hospital = hospital;
        query.state = FilingState::approved;
        query.within = "230000";
        query.text = "哈医大";
        EXPECT_EQ(kept.filings(query).total, 1);
        query.state = FilingState::requested;
        EXPECT_EQ(kept.filings(query).total, 0);
    });
}

TEST_F(Listings, PriceRiseComesBackAndIsDecidedOnce) {
    PriceRise given;
    given.listing = added(listing("R1"));
    given.product = "R1";
    given.region = "230000";
    given.from_price = Price(1'000'000);
    given.to_price = Price(1'500'000);
    given.effective = "2027-01-01";
    given.cause = "shortage";
    given.reason = kRare;
    given.proposed_by = author();
    given.proposed_at = kNow;
    std::int64_t id = 0;
    write([&](ports::ListingStore& kept) { id = kept.add(given); });
    given.id = id;
    given.effective = "2027-02-01";
    given.state = RiseState::approved;
    given.decided_by = author(9);
    given.decided_at = kLater;
    given.decision_reason = "同意" + kRare;
    write([&](ports::ListingStore& kept) { EXPECT_TRUE(kept.save(given)); });
    write([&](ports::ListingStore& kept) { EXPECT_FALSE(kept.save(given)); });
    read([&](ports::ListingStore& kept) {
        const auto back = kept.rise(id);
        ASSERT_TRUE(back);
        EXPECT_EQ(back->listing, given.listing);
        EXPECT_EQ(back->from_price, given.from_price);
        EXPECT_EQ(back->to_price, given.to_price);
        EXPECT_EQ(back->effective, "2027-02-01");
        EXPECT_EQ(back->cause, "shortage");
        EXPECT_EQ(back->reason, kRare);
        EXPECT_EQ(back->state, RiseState::approved);
        EXPECT_EQ(back->proposed_by, author());
        EXPECT_EQ(back->proposed_at, kNow);
        EXPECT_EQ(back->decided_by, author(9));
        EXPECT_EQ(back->decided_at, kLater);
        EXPECT_EQ(back->decision_reason, given.decision_reason);
        ports::ListingRecordQuery query;
        query.product = "R1";
        EXPECT_EQ(kept.rises(query).total, 1);
    });
}

}  // namespace
}  // namespace jicai::sql::testing
