// The message centre on a real database: whose notices somebody's are, reading, signing,
// deliveries.
#include <engine/notices/notify.h>
#include <sql/notice_words.h>

#include <tests/sql/fixture.h>

#include <algorithm>
#include <set>
#include <thread>

namespace jicai::sql::testing {
namespace {

using access::Role;
using ports::Channel;
using ports::Delivery;
using ports::DeliveryState;
using ports::NewNotice;
using ports::NoticeState;
using ports::Reader;
using ports::Transaction;

/// Two hospitals in two counties of one city, a county bureau, a hospital of another province.
class Notices : public DatabaseTest {
protected:
    struct Person {
        std::int64_t id = 0;
        Reader reader;
    };

    void SetUp() override {
        connect()->execute("DELETE FROM notice_channels");  // of the tests before
        const std::string tag = std::to_string(++number_);
        store().write([&](Transaction& transaction) {
            nangang_ = add(transaction, "N" + tag, "230103");
            daoli_ = add(transaction, "D" + tag, "230102");
            bureau_ = add(transaction, "B" + tag, "230103");
            jilin_ = add(transaction, "J" + tag, "220102");
            reporter_ =
                person(transaction, "rep" + tag, nangang_, "230103", {Role::hospital_reporter});
            approver_ = person(
                transaction,
                "app" + tag,
                nangang_,
                "230103",
                {Role::hospital_approver, Role::hospital_buyer}
            );
            other_ = person(transaction, "oth" + tag, daoli_, "230102", {Role::hospital_reporter});
            county_ = person(transaction, "cou" + tag, bureau_, "230103", {Role::bureau_county});
            far_ = person(transaction, "far" + tag, jilin_, "220102", {Role::hospital_reporter});
        });
    }

    static std::int64_t add(
        Transaction& transaction, const std::string& code, const std::string& region
    ) {
        ports::Organisation made = organisation("NOTICE-" + code);
        made.region = region;
        return transaction.people().add(made);
    }

    static Person person(
        Transaction& transaction,
        const std::string& login,
        std::int64_t organisation,
        const std::string& region,
        const std::vector<Role>& roles
    ) {
        ports::User made = user(login, organisation);
        made.roles = roles;
        made.name = "人" + login;
        const std::int64_t id = transaction.people().add(made);
        return {id, {id, organisation, region, roles}};
    }

    static NewNotice message(const ports::Audience& audience) {
        NewNotice notice;
        notice.kind = "message";
        notice.title = "报量工作提醒";
        notice.text = "请于截止前提交。";
        notice.at = kNow;
        notice.audience = audience;
        return notice;
    }

    static std::int64_t give(const NewNotice& notice) {
        std::int64_t id = 0;
        store().write([&](Transaction& transaction) { id = notices::notify(transaction, notice); });
        return id;
    }

    static std::set<std::int64_t> ids(const Reader& reader, NoticeState state = NoticeState::all) {
        std::set<std::int64_t> found;
        store().read([&](Transaction& transaction) {
            const auto rows =
                transaction.notices().find({.reader = reader, .state = state, .page = {0, 1000}});
            found.clear();
            for (const auto& row : rows.rows) found.insert(row.notice.id);
            EXPECT_EQ(rows.total, static_cast<std::int64_t>(found.size())) << "counted twice";
        });
        return found;
    }

    static bool sees(const Person& person, std::int64_t notice) {
        return ids(person.reader).count(notice) == 1;
    }

    static void want(const Person& person, const ports::ChannelSettings& wanted) {
        ports::ChannelSettings settings = wanted;
        settings.user = person.id;
        store().write([&](Transaction& t) { EXPECT_TRUE(t.notices().save(settings)); });
    }

    static void spread() {
        store().write([&](Transaction& t) {
            while (t.notices().spread(100, kNow) > 0) {
            }
        });
    }

    static std::vector<Delivery> due_of(std::int64_t notice, ports::Moment at = kNow) {
        std::vector<Delivery> all;
        store().read([&](Transaction& transaction) {
            all = transaction.notices().due(at, 1000);
            std::erase_if(all, [&](const Delivery& each) { return each.notice != notice; });
        });
        return all;
    }

    static inline int number_ = 0;
    std::int64_t nangang_ = 0;
    std::int64_t daoli_ = 0;
    std::int64_t bureau_ = 0;
    std::int64_t jilin_ = 0;
    Person reporter_;
    Person approver_;
    Person other_;
    Person county_;
    Person far_;
};

TEST_F(Notices, ComesBackWithEveryMember) {
    NewNotice given;
    given.round = "GY-2026";
    given.kind = "deadline";
    given.message = {"notice.deadline", {{"round", "a\tb\\n\nc"}, {"empty", ""}, {"𠮷", "😀"}}};
    given.title = "标题";
    given.text = "正文\n第二行";
    given.organisation = bureau_;
    given.user = county_.id;
    given.at = kNow;
    given.must_sign = true;
    given.due = ports::after(kNow, 1);
    given.link = "/rounds/GY-2026";
    given.audience = {
        .roles = {Role::hospital_reporter, Role::bureau_county},
        .organisations = {nangang_, daoli_},
        .within = "220000"};
    const std::int64_t id = give(given);
    store().read([&](Transaction& transaction) {
        const auto back = transaction.notices().notice(id);
        ASSERT_TRUE(back);
        EXPECT_EQ(back->round, given.round);
        EXPECT_EQ(back->kind, given.kind);
        EXPECT_EQ(back->message, given.message);
        EXPECT_EQ(back->title, given.title);
        EXPECT_EQ(back->text, given.text);
        EXPECT_EQ(back->organisation, bureau_);
        EXPECT_EQ(back->user, county_.id);
        EXPECT_EQ(back->at, kNow);
        EXPECT_TRUE(back->must_sign);
        EXPECT_EQ(back->due, given.due);
        EXPECT_EQ(back->link, given.link);
        EXPECT_EQ(back->audience.roles, given.audience.roles);
        EXPECT_EQ(back->audience.organisations, given.audience.organisations);
        EXPECT_EQ(back->audience.within, "220000");
        EXPECT_FALSE(transaction.notices().notice(id + 1000));
    });
}

TEST_F(Notices, GoToRolesInOrganisationsAndRegions) {
    const auto to_organisation = give(message({.organisations = {nangang_}}));
    EXPECT_TRUE(sees(reporter_, to_organisation));
    EXPECT_TRUE(sees(approver_, to_organisation));
    EXPECT_FALSE(sees(other_, to_organisation));
    EXPECT_FALSE(sees(county_, to_organisation));

    const auto to_role =
        give(message({.roles = {Role::hospital_reporter}, .organisations = {nangang_}}));
    EXPECT_TRUE(sees(reporter_, to_role));
    EXPECT_FALSE(sees(approver_, to_role));

    const auto to_county = give(message({.within = "230103"}));
    EXPECT_TRUE(sees(reporter_, to_county));
    EXPECT_TRUE(sees(county_, to_county));
    EXPECT_FALSE(sees(other_, to_county));

    const auto to_city = give(message({.roles = {Role::hospital_reporter}, .within = "230100"}));
    EXPECT_TRUE(sees(reporter_, to_city));
    EXPECT_TRUE(sees(other_, to_city));
    EXPECT_FALSE(sees(county_, to_city));
    EXPECT_FALSE(sees(far_, to_city));

    const auto to_province = give(message({.within = "230000"}));
    EXPECT_TRUE(sees(other_, to_province));
    EXPECT_FALSE(sees(far_, to_province));

    const auto beside = give(message(
        {.roles = {Role::hospital_reporter}, .organisations = {nangang_}, .within = "220000"}
    ));
    EXPECT_TRUE(sees(reporter_, beside));
    EXPECT_TRUE(sees(far_, beside));
    EXPECT_FALSE(sees(other_, beside));

    const auto to_all = give(message({}));
    for (const Person& each : {reporter_, approver_, other_, county_, far_}) {
        EXPECT_TRUE(sees(each, to_all));
    }
    const auto two_ways = give(message(
        {.roles = {Role::hospital_approver, Role::hospital_buyer},
         .organisations = {nangang_},
         .within = "230000"}
    ));
    EXPECT_TRUE(sees(approver_, two_ways));  // and ids() fails where it is counted twice
}

TEST_F(Notices, WhoGetsTheRoleLaterFindsTheNotice) {
    const auto id = give(message({.roles = {Role::hospital_store}, .organisations = {nangang_}}));
    EXPECT_FALSE(sees(reporter_, id));
    reporter_.reader.roles.push_back(Role::hospital_store);
    EXPECT_TRUE(sees(reporter_, id));
}

TEST_F(Notices, ReadingIsAPersonsSigningAnOrganisations) {
    NewNotice given = message({.within = "230100"});
    given.must_sign = true;
    const auto id = give(given);
    const auto before = [&](const Person& person) {
        ports::NoticeCounts counts;
        store().read([&](Transaction& t) { counts = t.notices().counts(person.reader); });
        return counts;
    };
    const auto reporters = before(reporter_);
    const auto approvers = before(approver_);
    EXPECT_TRUE(ids(reporter_.reader, NoticeState::unread).count(id));
    EXPECT_TRUE(ids(reporter_.reader, NoticeState::to_sign).count(id));

    store().write([&](Transaction& transaction) {
        transaction.notices().mark_read(id, reporter_.id, kNow);
        transaction.notices().mark_read(id, reporter_.id, ports::after(kNow, 5));
        EXPECT_TRUE(transaction.notices().sign(id, reporter_.reader, "张三", kNow));
        EXPECT_FALSE(transaction.notices().sign(id, approver_.reader, "李四", kNow));
    });
    EXPECT_FALSE(ids(reporter_.reader, NoticeState::unread).count(id));
    EXPECT_TRUE(ids(approver_.reader, NoticeState::unread).count(id));
    EXPECT_FALSE(ids(approver_.reader, NoticeState::to_sign).count(id));
    EXPECT_TRUE(ids(other_.reader, NoticeState::to_sign).count(id));
    EXPECT_EQ(before(reporter_).unread, reporters.unread - 1);
    EXPECT_EQ(before(reporter_).to_sign, reporters.to_sign - 1);
    EXPECT_EQ(before(approver_).unread, approvers.unread);
    EXPECT_EQ(before(approver_).to_sign, approvers.to_sign - 1);

    store().read([&](Transaction& transaction) {
        const auto found = transaction.notices().find({.reader = approver_.reader, .only = id});
        ASSERT_EQ(found.rows.size(), 1U);
        EXPECT_FALSE(found.rows[0].read_at);
        EXPECT_EQ(found.rows[0].signed_at, kNow);
        EXPECT_EQ(found.rows[0].signed_by, "张三");
        const auto own = transaction.notices().find({.reader = reporter_.reader, .only = id});
        EXPECT_EQ(own.rows[0].read_at, kNow) << "the first reading counts";
    });
}

TEST_F(Notices, SenderHasReadWhatItSentAndFindsItAgain) {
    NewNotice given = message({.within = "230103"});
    given.organisation = bureau_;
    given.user = county_.id;
    const auto id = give(given);
    EXPECT_FALSE(ids(county_.reader, NoticeState::unread).count(id));
    EXPECT_EQ(ids(county_.reader, NoticeState::sent), std::set<std::int64_t>{id});
    EXPECT_TRUE(ids(reporter_.reader, NoticeState::sent).empty());
    store().read([&](Transaction& transaction) {
        const auto found = transaction.notices().find({.reader = reporter_.reader, .only = id});
        EXPECT_EQ(found.rows.at(0).from_name, "哈尔滨市第一医院");
    });
}

TEST_F(Notices, RecipientsAreOrganisationsWithPeopleAndThoseNamed) {
    std::int64_t empty = 0;
    store().write([&](Transaction& t) { empty = add(t, "E" + std::to_string(number_), "230104"); });
    NewNotice given = message(
        {.roles = {Role::hospital_reporter, Role::hospital_approver},
         .organisations = {nangang_, daoli_, empty}}
    );
    given.must_sign = true;
    const auto id = give(given);
    store().write([&](Transaction& transaction) {
        transaction.notices().mark_read(id, reporter_.id, kNow);
        transaction.notices().sign(id, reporter_.reader, "张三", ports::after(kNow, 7));
    });
    store().read([&](Transaction& transaction) {
        const auto all = transaction.notices().recipients({.notice = id});
        ASSERT_EQ(all.total, 3);
        EXPECT_EQ(all.rows[0].organisation, daoli_);  // by region
        EXPECT_EQ(all.rows[0].people, 1);
        EXPECT_EQ(all.rows[1].organisation, nangang_);
        EXPECT_EQ(all.rows[1].people, 2);
        EXPECT_EQ(all.rows[1].people_read, 1);
        EXPECT_EQ(all.rows[1].read_at, kNow);
        EXPECT_EQ(all.rows[1].signed_at, ports::after(kNow, 7));
        EXPECT_EQ(all.rows[1].signed_by, "张三");
        EXPECT_EQ(all.rows[2].organisation, empty);
        EXPECT_EQ(all.rows[2].people, 0);
        const auto counts = transaction.notices().receipts(id);
        EXPECT_EQ(counts.recipients, 3);
        EXPECT_EQ(counts.read, 1);
        EXPECT_EQ(counts.signed_, 1);
        using State = ports::RecipientState;
        const auto total = [&](State state) {
            return transaction.notices().recipients({.notice = id, .state = state}).total;
        };
        EXPECT_EQ(total(State::unsigned_), 2);
        EXPECT_EQ(total(State::signed_), 1);
        EXPECT_EQ(total(State::unread), 2);
        EXPECT_EQ(total(State::read), 1);
        EXPECT_EQ(transaction.notices().recipients({.notice = id, .within = "230103"}).total, 1);
        EXPECT_EQ(
            transaction.notices()
                .recipients({.notice = id, .text = "NOTICE-D" + std::to_string(number_)})
                .total,
            1
        );
        const auto paged = transaction.notices().recipients({.notice = id, .page = {1, 1}});
        EXPECT_EQ(paged.rows.size(), 1U);
        EXPECT_EQ(paged.total, 3);
    });
    const auto to_county = give(message({.roles = {Role::bureau_county}, .within = "230103"}));
    store().read([&](Transaction& transaction) {
        const auto found =
            transaction.notices().recipients({.notice = to_county, .page = {0, 1000}});
        const auto is = [&](std::int64_t wanted) {
            return std::any_of(found.rows.begin(), found.rows.end(), [&](const auto& row) {
                return row.organisation == wanted;
            });
        };
        EXPECT_TRUE(is(bureau_));
        EXPECT_FALSE(is(nangang_)) << "nobody there has the role";
    });
}

TEST_F(Notices, TheSameOnceIsGivenOnceByManyAtATime) {
    NewNotice given = message({.organisations = {nangang_}});
    given.once = "deadline:" + std::to_string(number_);
    std::vector<std::int64_t> ids(8);
    std::vector<std::thread> threads;
    for (auto& id : ids) threads.emplace_back([&] { id = give(given); });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(std::count(ids.begin(), ids.end(), 0), 7);
    EXPECT_EQ(count("notices WHERE once = '" + given.once + "'"), 1);
    given.once += "x";
    EXPECT_NE(give(given), 0);
}

TEST_F(Notices, ChannelSettingsComeBackAndTheSecondSaveLoses) {
    ports::ChannelSettings given{
        .user = reporter_.id,
        .email = "a@example.org",
        .phone = "+8613800000000",
        .webhook = "https://example.org/hook",
        .webhook_secret = "sealed",
        .kinds = {"deadline", "report"}};
    store().write([&](Transaction& transaction) {
        EXPECT_FALSE(transaction.notices().channels(reporter_.id));
        EXPECT_TRUE(transaction.notices().save(given));
        EXPECT_FALSE(transaction.notices().save(given));
    });
    store().write([&](Transaction& transaction) {
        auto back = transaction.notices().channels(reporter_.id);
        ASSERT_TRUE(back);
        EXPECT_EQ(back->email, given.email);
        EXPECT_EQ(back->phone, given.phone);
        EXPECT_EQ(back->webhook, given.webhook);
        EXPECT_EQ(back->webhook_secret, "sealed");
        EXPECT_EQ(back->kinds, given.kinds);
        EXPECT_EQ(back->version, 1);
        back->kinds.clear();
        EXPECT_TRUE(transaction.notices().save(*back));
        EXPECT_FALSE(transaction.notices().save(*back));
        EXPECT_TRUE(transaction.notices().channels(reporter_.id)->kinds.empty());
    });
}

TEST_F(Notices, SpreadToThoseOfTheAudienceWhoWantIt) {
    want(reporter_, {.email = "r@example.org", .webhook = "https://example.org/r"});
    want(approver_, {.email = "a@example.org", .kinds = {"deadline"}});
    want(other_, {.phone = "13800000000", .kinds = {"message", "report"}});
    want(far_, {.email = "far@example.org"});
    const auto id = give(message({.within = "230100"}));
    EXPECT_TRUE(due_of(id).empty());
    spread();
    spread();
    std::set<std::string> addresses;
    for (const Delivery& delivery : due_of(id)) {
        addresses.insert(delivery.address);
        EXPECT_EQ(delivery.tries, 0);
        EXPECT_EQ(delivery.state, DeliveryState::waiting);
    }
    EXPECT_EQ(
        addresses, (std::set<std::string>{"r@example.org", "https://example.org/r", "13800000000"})
    );
    NewNotice of_kind = message({.within = "230100"});
    of_kind.kind = "dead";  // no part of a kind's name counts
    of_kind.user = reporter_.id;
    const auto none = give(of_kind);
    spread();
    EXPECT_TRUE(due_of(none).empty()) << "the sender is not told, the others do not want it";
}

TEST_F(Notices, ADeliveryIsHeldByOneAndComesBackWhenItsHoldEnds) {
    want(reporter_, {.email = "held@example.org"});
    const auto id = give(message({.organisations = {nangang_}}));
    spread();
    const auto waiting = due_of(id);
    ASSERT_EQ(waiting.size(), 1U);
    const auto until = ports::after(kNow, ports::kMinute);
    store().write([&](Transaction& t) { EXPECT_TRUE(t.notices().hold(waiting[0], until)); });
    store().write([&](Transaction& t) { EXPECT_FALSE(t.notices().hold(waiting[0], until)); });
    EXPECT_TRUE(due_of(id).empty());
    const auto left = due_of(id, until);
    ASSERT_EQ(left.size(), 1U) << "whoever held it did not come back";
    EXPECT_EQ(left[0].tries, 1);
    EXPECT_EQ(left[0].state, DeliveryState::sending);
    store().write([&](Transaction& t) {
        EXPECT_TRUE(t.notices().hold(left[0], ports::after(until, ports::kMinute)));
    });
    // The first holder comes back late: its word counts no more.
    Delivery late = waiting[0];
    late.tries = 1;
    late.state = DeliveryState::failed;
    store().write([&](Transaction& t) { t.notices().finish(late); });
    Delivery done = left[0];
    done.tries = 2;
    done.state = DeliveryState::waiting;
    done.next_at = ports::after(kNow, ports::kHour);
    done.failure = std::string(5000, 'x');
    store().write([&](Transaction& t) { t.notices().finish(done); });
    EXPECT_TRUE(due_of(id, until).empty());
    const auto again = due_of(id, ports::after(kNow, ports::kHour));
    ASSERT_EQ(again.size(), 1U);
    EXPECT_EQ(again[0].tries, 2);
    EXPECT_EQ(again[0].state, DeliveryState::waiting);
    done = again[0];
    store().write([&](Transaction& t) {
        EXPECT_TRUE(t.notices().hold(done, until));
        done.tries = 3;
        done.state = DeliveryState::sent;
        t.notices().finish(done);
    });
    EXPECT_TRUE(due_of(id, ports::after(kNow, ports::kDay)).empty());
}

TEST_F(Notices, TwoSpreadersMakeEachDeliveryOnce) {
    want(reporter_, {.email = "two@example.org"});
    std::set<std::int64_t> given;
    for (int i = 0; i < 20; ++i) given.insert(give(message({.organisations = {nangang_}})));
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) threads.emplace_back([] { spread(); });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(count("notice_unspread"), 0);
    for (const std::int64_t id : given) EXPECT_EQ(due_of(id).size(), 1U);
}

TEST(NoticeWords, ArgumentsAndWordsComeBack) {
    const std::vector<std::pair<std::string, std::string>> all{
        {"", ""}, {"a\\", "\\t"}, {"\n", "\t\t"}, {"名", "值"}};
    EXPECT_EQ(read_arguments(written_arguments(all)), all);
    EXPECT_TRUE(read_arguments("").empty());
    const std::vector<std::string> words{"deadline", "report"};
    EXPECT_EQ(written_words(words), ",deadline,report,");
    EXPECT_EQ(read_words(written_words(words)), words);
    EXPECT_TRUE(read_words(written_words({})).empty());
}

}  // namespace
}  // namespace jicai::sql::testing
