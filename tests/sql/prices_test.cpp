// Price observations, what was done to them, facts of products, purchases, column mappings.
#include <engine/ports/price_store.h>

#include <gmock/gmock.h>
#include <tests/sql/fixture.h>

namespace jicai::sql::testing {
namespace {

using campaign::Day;
using campaign::SourceClass;
using ports::ObservationKey;
using ports::PriceEvent;
using ports::PriceEventKind;
using ports::PriceObservation;
using ports::ReviewState;
using ports::Transaction;
using ::testing::ElementsAre;

class Prices : public DatabaseTest {
protected:
    void SetUp() override {
        code_ = "XA0" + std::to_string(++number_);
        store().write([&](Transaction& t) {
            ports::Product product;
            product.code = code_;
            product.name = "阿托伐他汀钙片" + code_;
            product.spec = "20mg";
            product.form = "片剂";
            product.pack_units = 14;
            product.supplier = "甲药业𠮷";
            product.initials = "atftg";
            t.catalogue().add(std::vector{product});
            product_ = t.prices().product(code_)->product.id;
        });
    }

    PriceObservation observation(
        std::int64_t yuan, const std::string& document = "苏挂〔2026〕1号"
    ) {
        PriceObservation one;
        one.product = product_;
        one.region = "320000";
        one.pack_price = money::Price(yuan * money::kMicroYuanPerYuan);
        one.pack_units = 14;
        one.from = *Day::parse("2026-03-01");
        one.document = document;
        one.entered_by = 7;
        one.recorded_at = kNow;
        return one;
    }

    std::int64_t add(const PriceObservation& one) {
        std::int64_t id = 0;
        store().write([&](Transaction& t) { id = t.prices().add(one); });
        return id;
    }

    bool append(std::int64_t observation, PriceEventKind kind, const std::string& reason = "错") {
        bool done = false;
        store().write([&](Transaction& t) {
            done = t.prices().append(
                {.observation = observation,
                 .kind = kind,
                 .user = 7,
                 .login = {},
                 .at = kNow,
                 .reason = reason}
            );
        });
        return done;
    }

    PriceObservation read(std::int64_t id) {
        std::optional<PriceObservation> found;
        store().read([&](Transaction& t) { found = t.prices().observation(id); });
        return found.value();
    }

    std::vector<std::int64_t> find(ports::ObservationQuery query) {
        query.product = product_;
        std::vector<std::int64_t> ids;
        store().read([&](Transaction& t) {
            const auto found = t.prices().find(query);
            EXPECT_EQ(found.total, static_cast<std::int64_t>(found.rows.size()));
            for (const auto& one : found.rows) ids.push_back(one.id);
        });
        return ids;
    }

    static int number_;
    std::string code_;
    std::int64_t product_ = 0;
};
int Prices::number_ = 0;

ObservationKey key_of(const PriceObservation& one) {
    return {
        one.product, one.region, one.source, one.pack_price, one.from, one.document, one.revision};
}

TEST_F(Prices, ObservationComesBackWithEveryMember) {
    PriceObservation given = observation(12);
    given.source = SourceClass::city_reference;
    given.status = campaign::ObservationStatus::under_objection;
    given.evaluated = true;
    given.content_mg = "0.125";
    given.to = *Day::parse("2179-06-05");
    given.collected_by = "王敏";
    given.collected_on = *Day::parse("2026-03-09");
    given.import = 42;
    given.corrects = 3;
    given.revision = 2;
    const PriceObservation back = read(add(given));
    EXPECT_EQ(back.product, product_);
    EXPECT_EQ(back.region, "320000");
    EXPECT_EQ(back.source, SourceClass::city_reference);
    EXPECT_EQ(back.status, campaign::ObservationStatus::under_objection);
    EXPECT_TRUE(back.evaluated);
    EXPECT_EQ(back.pack_price.text(), "12");
    EXPECT_EQ(back.pack_units, 14);
    EXPECT_EQ(back.content_mg, "0.125");
    EXPECT_EQ(back.from.text(), "2026-03-01");
    EXPECT_EQ(back.to->text(), "2179-06-05");
    EXPECT_EQ(back.document, "苏挂〔2026〕1号");
    EXPECT_EQ(back.collected_by, "王敏");
    EXPECT_EQ(back.collected_on->text(), "2026-03-09");
    EXPECT_EQ(back.entered_by, 7);
    EXPECT_EQ(back.recorded_at, kNow);
    EXPECT_EQ(back.import, 42);
    EXPECT_EQ(back.corrects, 3);
    EXPECT_EQ(back.revision, 2);
    EXPECT_EQ(back.product_code, code_);
    EXPECT_EQ(back.product_name, "阿托伐他汀钙片" + code_);
    EXPECT_EQ(back.product_spec, "20mg");
    EXPECT_EQ(back.maker, "甲药业𠮷");
    EXPECT_TRUE(back.counts());
}

TEST_F(Prices, SameEntryTwiceIsAConflictAndAnyOtherPartIsAnotherEntry) {
    const PriceObservation first = observation(12);
    const std::int64_t id = add(first);
    EXPECT_THROW(add(first), ports::Conflict);
    PriceObservation same = first;
    same.pack_units = 28;
    same.status = campaign::ObservationStatus::suspended;
    EXPECT_THROW(add(same), ports::Conflict);

    std::vector<PriceObservation> others(6, first);
    others[0].region = "330000";
    others[1].source = SourceClass::province_award;
    others[2].pack_price = money::Price(first.pack_price.micro_yuan() + 1);
    others[3].from = *Day::parse("2026-03-02");
    others[4].document += "附件";
    others[5].revision = 1;
    std::vector<ObservationKey> keys{key_of(first)};
    for (const auto& other : others) keys.push_back(key_of(other));
    store().read([&](Transaction& t) {
        EXPECT_THAT(t.prices().stored(keys), ElementsAre(id, 0, 0, 0, 0, 0, 0));
    });
    store().write([&](Transaction& t) { t.prices().add(others); });
    store().read([&](Transaction& t) {
        const auto ids = t.prices().stored(keys);
        EXPECT_EQ(ids[0], id);
        for (std::size_t i = 1; i < ids.size(); ++i) {
            EXPECT_GT(ids[i], ids[i - 1]);
            EXPECT_EQ(t.prices().observation(ids[i])->document, others[i - 1].document);
            EXPECT_EQ(t.prices().observation(ids[i])->region, others[i - 1].region);
        }
    });
}

TEST_F(Prices, ThousandsAreAddedAndRecognisedInOneCall) {
    std::vector<PriceObservation> many;
    std::vector<ObservationKey> keys;
    for (std::int64_t yuan = 1; yuan <= 1203; ++yuan) {
        many.push_back(observation(yuan));
        keys.push_back(key_of(many.back()));
    }
    store().write([&](Transaction& t) { t.prices().add(many); });
    store().read([&](Transaction& t) {
        const auto ids = t.prices().stored(keys);
        std::int64_t expected = ids.front();
        EXPECT_GT(expected, 0);
        for (const std::int64_t id : ids) EXPECT_EQ(id, expected++);
        std::vector<std::int64_t> streamed;
        t.prices().each_observation(ids[1], ids[1200], [&](const PriceObservation& one) {
            streamed.push_back(one.pack_price.micro_yuan() / money::kMicroYuanPerYuan);
        });
        ASSERT_EQ(streamed.size(), 1200U);
        EXPECT_EQ(streamed.front(), 2);
        EXPECT_EQ(streamed.back(), 1201);
        EXPECT_GE(t.prices().last_observation(), ids.back());
        EXPECT_EQ(t.prices().of_product(product_).size(), 1203U);
    });
}

TEST_F(Prices, ExclusionAndRestoreAreEventsAndTheObservationStays) {
    const std::int64_t id = add(observation(12));
    EXPECT_FALSE(append(id, PriceEventKind::restored));
    EXPECT_TRUE(append(id, PriceEventKind::excluded, "单位录错"));
    EXPECT_FALSE(append(id, PriceEventKind::excluded, "再一次"));
    EXPECT_TRUE(read(id).excluded);
    EXPECT_FALSE(read(id).counts());
    EXPECT_TRUE(append(id, PriceEventKind::restored, "文件核对无误"));
    EXPECT_TRUE(read(id).counts());
    store().read([&](Transaction& t) {
        const auto events = t.prices().events_of(id);
        ASSERT_EQ(events.size(), 2U);
        EXPECT_EQ(events[0].kind, PriceEventKind::excluded);
        EXPECT_EQ(events[0].reason, "单位录错");
        EXPECT_EQ(events[0].user, 7);
        EXPECT_EQ(events[0].at, kNow);
        EXPECT_EQ(events[1].kind, PriceEventKind::restored);
        std::vector<std::int64_t> streamed;
        t.prices().each_event(events[0].id, t.prices().last_event(), [&](const PriceEvent& event) {
            streamed.push_back(event.id);
        });
        EXPECT_THAT(streamed, ElementsAre(events[0].id, events[1].id));
    });
}

TEST_F(Prices, HeldObservationCountsOnlyOnceAccepted) {
    const std::int64_t id = add(observation(120));
    const std::int64_t other = add(observation(140));
    ports::PriceHold hold;
    hold.reason = "too_high";
    hold.slip = "tenth";
    hold.median_unit = money::Price(860'000);
    hold.suggested_price = money::Price(12'000'000);
    store().write([&](Transaction& t) {
        t.prices().hold(id, hold, kNow);
        t.prices().hold(other, hold, kNow);
    });
    EXPECT_EQ(read(id).review, ReviewState::pending);
    EXPECT_FALSE(read(id).counts());
    // Excluding and restoring does not let it count.
    EXPECT_TRUE(append(id, PriceEventKind::excluded));
    EXPECT_TRUE(append(id, PriceEventKind::restored));
    EXPECT_FALSE(read(id).counts());
    EXPECT_TRUE(append(id, PriceEventKind::accepted, "小规格，属实"));
    EXPECT_FALSE(append(id, PriceEventKind::rejected));
    EXPECT_TRUE(read(id).counts());
    EXPECT_TRUE(append(other, PriceEventKind::rejected));
    EXPECT_FALSE(read(other).counts());
    store().write([&](Transaction& t) { t.prices().set_corrected(other, id); });
    store().read([&](Transaction& t) {
        const auto review = t.prices().review(id);
        ASSERT_TRUE(review);
        EXPECT_EQ(review->observation.product_code, code_);
        EXPECT_EQ(review->hold.reason, "too_high");
        EXPECT_EQ(review->hold.slip, "tenth");
        EXPECT_EQ(review->hold.median_unit->text(), "0.86");
        EXPECT_EQ(review->hold.suggested_price->text(), "12");
        EXPECT_FALSE(review->hold.suggested_units);
        EXPECT_EQ(review->held_at, kNow);
        EXPECT_EQ(review->decided_at, kNow);
        EXPECT_EQ(review->reason, "小规格，属实");
        EXPECT_EQ(t.prices().review(other)->corrected, id);
        ports::ReviewQuery query;
        query.text = code_;
        EXPECT_EQ(t.prices().reviews(query).total, 2);
        query.state = ReviewState::rejected;
        const auto rejected = t.prices().reviews(query);
        ASSERT_EQ(rejected.rows.size(), 1U);
        EXPECT_EQ(rejected.rows[0].observation.id, other);
    });
}

TEST_F(Prices, ListIsFilteredByEveryPart) {
    PriceObservation a = observation(10, "甲文");
    a.to = *Day::parse("2026-03-31");
    PriceObservation b = observation(11, "乙文");
    b.region = "330100";
    b.source = SourceClass::hospital_purchase;
    b.from = *Day::parse("2026-04-01");
    b.recorded_at = {kNow.micros + 5};
    b.import = 9;
    const std::int64_t ia = add(a);
    const std::int64_t ib = add(b);
    EXPECT_TRUE(append(ia, PriceEventKind::excluded));
    EXPECT_THAT(find({}), ElementsAre(ib, ia));
    ports::ObservationQuery query;
    query.text = "ATFT";
    EXPECT_THAT(find(query), ElementsAre(ib, ia));
    query.text = "乙";
    EXPECT_THAT(find(query), ElementsAre(ib));
    query = {};
    query.maker = "甲药业𠮷";
    EXPECT_THAT(find(query), ElementsAre(ib, ia));
    query.maker = "乙药业";
    EXPECT_THAT(find(query), ElementsAre());
    query = {};
    query.within = "330000";
    EXPECT_THAT(find(query), ElementsAre(ib));
    query = {};
    query.source = SourceClass::province_listing;
    EXPECT_THAT(find(query), ElementsAre(ia));
    query = {};
    query.as_of = *Day::parse("2026-03-31");
    EXPECT_THAT(find(query), ElementsAre(ia));
    query.as_of = *Day::parse("2026-04-01");
    EXPECT_THAT(find(query), ElementsAre(ib));
    query = {};
    query.known_at = kNow;
    EXPECT_THAT(find(query), ElementsAre(ia));
    query = {};
    query.excluded = true;
    EXPECT_THAT(find(query), ElementsAre(ia));
    query = {};
    query.counts = true;
    EXPECT_THAT(find(query), ElementsAre(ib));
    query = {};
    query.review = ReviewState::pending;
    EXPECT_THAT(find(query), ElementsAre());
    query = {};
    query.import = 9;
    EXPECT_THAT(find(query), ElementsAre(ib));
}

TEST_F(Prices, FactsOfAProductStandBesideItsRow) {
    store().read([&](Transaction& t) {
        const auto one = t.prices().product(code_);
        ASSERT_TRUE(one);
        EXPECT_EQ(one->facts.version, 0);
        EXPECT_EQ(one->maker(), "甲药业𠮷");
        EXPECT_EQ(one->variety(), one->product.name);
    });
    ports::ProductFacts facts;
    facts.product = product_;
    facts.content_mg = "20";
    facts.material = "铝塑泡罩";
    facts.maker = "甲药业（集团）";
    facts.variety = "阿托伐他汀口服常释剂型";
    facts.evaluated = true;
    facts.originator = true;
    facts.replaces = "瑞舒伐他汀";
    store().write([&](Transaction& t) { t.prices().put(std::vector{facts}); });
    store().write([&](Transaction& t) { t.prices().put(std::vector{facts}); });
    store().read([&](Transaction& t) {
        const auto one = t.prices().product_by_id(product_);
        ASSERT_TRUE(one);
        EXPECT_EQ(one->facts.content_mg, "20");
        EXPECT_EQ(one->facts.material, "铝塑泡罩");
        EXPECT_EQ(one->maker(), "甲药业（集团）");
        EXPECT_EQ(one->variety(), "阿托伐他汀口服常释剂型");
        EXPECT_TRUE(one->facts.evaluated);
        EXPECT_TRUE(one->facts.originator);
        EXPECT_EQ(one->facts.replaces, "瑞舒伐他汀");
        EXPECT_EQ(one->facts.version, 2);
        EXPECT_EQ(t.prices().products_by_code({code_, "none"}).size(), 1U);
        bool seen = false;
        t.prices().each_product([&](const ports::LinkageProduct& each) {
            if (each.product.id == product_) seen = each.facts.evaluated;
        });
        EXPECT_TRUE(seen);
    });
}

TEST_F(Prices, PurchasesAreReplacedByTheirKeyAndSummed) {
    store().write([&](Transaction& t) {
        t.prices().put(std::vector<ports::StoredPurchase>{
            {product_, 24314, "H1", 10}, {product_, 24314, "H2", 20}, {product_, 24315, "H1", 1}});
        t.prices().put(std::vector<ports::StoredPurchase>{{product_, 24314, "H1", 15}});
    });
    store().read([&](Transaction& t) {
        EXPECT_EQ(t.prices().purchases({product_}, 24314, 24314).size(), 2U);
        const auto sum = [&](std::int32_t first, std::int32_t last, bool hospitals) {
            std::vector<std::string> all;
            for (const auto& one : t.prices().purchase_sums(first, last, hospitals)) {
                if (one.product == product_) {
                    all.push_back(one.hospital + "=" + std::to_string(one.packs));
                }
            }
            return all;
        };
        EXPECT_THAT(sum(24314, 24315, false), ElementsAre("=36"));
        EXPECT_THAT(sum(24315, 24315, false), ElementsAre("=1"));
        EXPECT_THAT(sum(24314, 24315, true), ElementsAre("H1=16", "H2=20"));
    });
}

TEST_F(Prices, ColumnsOfASourceAreRememberedAndNotOverwrittenUnseen) {
    ports::ColumnMapping given;
    given.table = "observations";
    given.source = "广东平台" + code_;
    given.columns = {{"药品编码", "product"}, {"挂网价(元)", "pack_price"}};
    given.at = kNow;
    store().write([&](Transaction& t) {
        EXPECT_FALSE(t.prices().mapping(given.table, given.source));
        EXPECT_TRUE(t.prices().save(given, 7));
        EXPECT_FALSE(t.prices().save(given, 7));
    });
    given.version = 1;
    given.columns.pop_back();
    store().write([&](Transaction& t) {
        EXPECT_TRUE(t.prices().save(given, 7));
        EXPECT_FALSE(t.prices().save(given, 7));
    });
    store().read([&](Transaction& t) {
        const auto back = t.prices().mapping(given.table, given.source);
        ASSERT_TRUE(back);
        EXPECT_EQ(back->version, 2);
        EXPECT_EQ(back->columns, given.columns);
        EXPECT_EQ(t.prices().mappings("purchases").size(), 0U);
    });
}

}  // namespace
}  // namespace jicai::sql::testing
