// Every store, with Chinese, characters of four bytes, and the bounds of its columns.
#include <sql/stores.h>

#include <tests/sql/fixture.h>

#include <algorithm>

namespace jicai::sql::testing {
namespace {

using ports::Transaction;

class Stores : public DatabaseTest {};

const std::string kRare = "𠮷野家😀阿莫西林\"'\\;--\n\t";

std::string repeated(const std::string& text, std::size_t times) {
    std::string all;
    for (std::size_t i = 0; i < times; ++i) all += text;
    return all;
}

TEST_F(Stores, OrganisationComesBackWithEveryMember) {
    ports::Organisation given = organisation("91230100MA1XXXXX01");
    given.name = repeated("𠮷", 500);
    std::int64_t parent = 0;
    std::int64_t id = 0;
    store().write([&](Transaction& transaction) {
        parent = transaction.people().add(organisation("91230100MA1XXXXX02"));
        given.parent = parent;
        id = transaction.people().add(given);
    });
    store().read([&](Transaction& transaction) {
        const auto back = transaction.people().organisation(id);
        ASSERT_TRUE(back);
        EXPECT_EQ(back->code, given.code);
        EXPECT_EQ(back->name, given.name);
        EXPECT_EQ(back->kind, given.kind);
        EXPECT_EQ(back->region, "230100");
        EXPECT_EQ(back->parent, parent);
        EXPECT_TRUE(back->active);
        EXPECT_EQ(back->version, 1);
        EXPECT_EQ(transaction.people().organisation_by_code(given.code)->id, id);
        EXPECT_FALSE(transaction.people().organisation_by_code("91230100ma1xxxxx01"));
        EXPECT_FALSE(transaction.people().organisation(id + 1000));
    });
}

TEST_F(Stores, TakenCodeIsAConflictAndSavesNothing) {
    store().write([&](Transaction& t) { t.people().add(organisation("TAKEN")); });
    const std::int64_t before = count("organisations");
    EXPECT_THROW(
        store().write([&](Transaction& transaction) {
            transaction.people().add(organisation("NOT-KEPT"));
            transaction.people().add(organisation("TAKEN"));
        }),
        ports::Conflict
    );
    EXPECT_EQ(count("organisations"), before);
}

TEST_F(Stores, TextBeyondItsColumnIsRefusedNotCut) {
    ports::Organisation given = organisation("LONG");
    given.name = repeated("长", 501);
    try {
        store().write([&](Transaction& transaction) { transaction.people().add(given); });
        FAIL() << "saved";
    } catch (const DatabaseError& error) {
        EXPECT_EQ(error.code(), 1406);
        EXPECT_EQ(error.kind(), ErrorKind::other);
    }
    given.name = "bad \xC3\x28";
    try {
        store().write([&](Transaction& transaction) { transaction.people().add(given); });
        FAIL() << "saved";
    } catch (const DatabaseError& error) {
        EXPECT_EQ(error.code(), 1366);
    }
}

TEST_F(Stores, SecondSaveOfOneVersionLoses) {
    std::int64_t id = 0;
    store().write([&](Transaction& t) { id = t.people().add(organisation("VERSIONS")); });
    store().write([&](Transaction& transaction) {
        ports::Organisation first = *transaction.people().organisation(id);
        ports::Organisation second = first;
        first.name = "先到";
        second.name = "后到";
        EXPECT_TRUE(transaction.people().save(first));
        EXPECT_FALSE(transaction.people().save(second));
    });
    store().read([&](Transaction& transaction) {
        EXPECT_EQ(transaction.people().organisation(id)->name, "先到");
        EXPECT_EQ(transaction.people().organisation(id)->version, 2);
    });
}

TEST_F(Stores, UserComesBackWithEveryMember) {
    std::int64_t id = 0;
    ports::User given;
    store().write([&](Transaction& transaction) {
        given = user("li.si", transaction.people().add(organisation("OF-USER")));
        given.name = kRare;
        given.old_password_hashes = {"hash b", "hash a"};
        given.must_change_password = true;
        given.second_factor_secret = "sealed";
        given.second_factor_confirmed = true;
        given.second_factor_used_step = 9'000'000'000'000'000'000;
        given.failures = 4;
        given.locked_until = ports::after(kNow, 1);
        given.language = "en";
        given.active = false;
        id = transaction.people().add(given);
    });
    store().write([&](Transaction& transaction) {
        auto back = transaction.people().user_by_login("li.si");
        ASSERT_TRUE(back);
        EXPECT_EQ(back->id, id);
        EXPECT_EQ(back->name, given.name);
        EXPECT_EQ(back->organisation, given.organisation);
        auto roles = given.roles;
        std::sort(roles.begin(), roles.end());
        EXPECT_EQ(back->roles, roles);
        EXPECT_EQ(back->password_hash, given.password_hash);
        EXPECT_EQ(back->old_password_hashes, given.old_password_hashes);
        EXPECT_EQ(back->password_set_at, kNow);
        EXPECT_TRUE(back->must_change_password);
        EXPECT_EQ(back->second_factor_secret, "sealed");
        EXPECT_TRUE(back->second_factor_confirmed);
        EXPECT_EQ(back->second_factor_used_step, given.second_factor_used_step);
        EXPECT_EQ(back->failures, 4);
        EXPECT_EQ(back->locked_until, given.locked_until);
        EXPECT_FALSE(back->last_login_at);
        EXPECT_EQ(back->language, "en");
        EXPECT_FALSE(back->active);
        EXPECT_EQ(back->version, 1);

        back->roles = {access::Role::supplier};
        back->locked_until = std::nullopt;
        back->last_login_at = kNow;
        EXPECT_TRUE(transaction.people().save(*back));
        EXPECT_FALSE(transaction.people().save(*back));
    });
    store().read([&](Transaction& transaction) {
        const auto back = transaction.people().user(id);
        EXPECT_EQ(back->roles, std::vector<access::Role>{access::Role::supplier});
        EXPECT_FALSE(back->locked_until);
        EXPECT_EQ(back->last_login_at, kNow);
        EXPECT_EQ(back->version, 2);
    });
}

TEST_F(Stores, FindFiltersAndCounts) {
    store().write([&](Transaction& transaction) {
        for (int i = 0; i < 25; ++i) {
            ports::Organisation one = organisation("FIND-" + std::to_string(100 + i));
            one.name = "查询机构" + std::to_string(i);
            one.kind = ports::OrganisationKind::bureau;
            one.region = i % 2 == 0 ? "330100" : "330200";
            const std::int64_t id = transaction.people().add(one);
            ports::User person = user("find" + std::to_string(i), id);
            person.roles = {i < 3 ? access::Role::expert : access::Role::bureau_city};
            transaction.people().add(person);
        }
    });
    store().read([&](Transaction& transaction) {
        ports::PeopleStore& people = transaction.people();
        const auto page = people.find(ports::OrganisationQuery{.text = "find-", .page = {20, 10}});
        EXPECT_EQ(page.total, 25);
        ASSERT_EQ(page.rows.size(), 5U);
        EXPECT_EQ(page.rows[0].code, "FIND-120");
        EXPECT_EQ(people.find(ports::OrganisationQuery{.text = "查询机构1"}).total, 11);
        EXPECT_EQ(people.find(ports::OrganisationQuery{.text = "%"}).total, 0);
        EXPECT_EQ(people.find(ports::OrganisationQuery{.within = "330000"}).total, 25);
        EXPECT_EQ(people.find(ports::OrganisationQuery{.within = "330200"}).total, 12);
        EXPECT_EQ(people.find(ports::OrganisationQuery{.within = "340000"}).total, 0);
        EXPECT_GE(people.find(ports::OrganisationQuery{.within = "000000"}).total, 25);
        EXPECT_EQ(
            people.find(ports::OrganisationQuery{.kind = ports::OrganisationKind::bureau}).total, 25
        );
        EXPECT_EQ(people.find(ports::OrganisationQuery{.only = page.rows[0].id}).total, 1);
        EXPECT_EQ(people.find(ports::UserQuery{.role = access::Role::expert}).total, 3);
        EXPECT_EQ(people.find(ports::UserQuery{.text = "FIND1"}).total, 11);
        EXPECT_EQ(people.find(ports::UserQuery{.within = "330200"}).total, 12);
        EXPECT_EQ(people.find(ports::UserQuery{.organisation = page.rows[0].id}).total, 1);
    });
}

TEST_F(Stores, SessionsLiveAndEnd) {
    std::int64_t owner = 0;
    const auto session = [&](char digit, std::int64_t seconds) {
        ports::Session one;
        one.id_digest = std::string(64, digit);
        one.csrf = "csrf";
        one.user = owner;
        one.second_factor = true;
        one.address = "2001:db8::1";
        one.created_at = kNow;
        one.seen_at = kNow;
        one.expires_at = ports::after(kNow, seconds * ports::kSecond);
        return one;
    };
    store().write([&](Transaction& transaction) {
        owner = transaction.people().add(
            user("session.owner", transaction.people().add(organisation("OF-SESSION")))
        );
        transaction.sessions().add(session('a', 10));
        transaction.sessions().add(session('b', 20));
        transaction.sessions().add(session('c', 30));
        EXPECT_THROW(transaction.sessions().add(session('a', 10)), ports::Conflict);
    });
    store().write([&](Transaction& transaction) {
        ports::SessionStore& sessions = transaction.sessions();
        const auto back = sessions.session(std::string(64, 'a'));
        ASSERT_TRUE(back);
        EXPECT_EQ(back->csrf, "csrf");
        EXPECT_EQ(back->user, owner);
        EXPECT_TRUE(back->second_factor);
        EXPECT_EQ(back->address, "2001:db8::1");
        EXPECT_EQ(back->created_at, kNow);
        EXPECT_EQ(back->expires_at, ports::after(kNow, 10 * ports::kSecond));
        sessions.touch(std::string(64, 'a'), ports::after(kNow, ports::kMinute));
        sessions.touch(std::string(64, 'a'), kNow);  // never back
        EXPECT_EQ(
            sessions.session(std::string(64, 'a'))->seen_at, ports::after(kNow, ports::kMinute)
        );
        EXPECT_EQ(sessions.live({}).total, 3);
        EXPECT_EQ(sessions.remove_expired(ports::after(kNow, 20 * ports::kSecond), kNow), 2);
        EXPECT_EQ(sessions.live({}).total, 1);
        sessions.remove(std::string(64, 'c'));
        EXPECT_FALSE(sessions.session(std::string(64, 'c')));
        sessions.add(session('d', 30));
        EXPECT_EQ(sessions.remove_of(owner), 1);
    });
}

TEST_F(Stores, KeysComeBackWithEveryMember) {
    store().write([&](Transaction& transaction) {
        ports::ApiKey key;
        key.organisation = transaction.people().add(organisation("OF-KEY"));
        key.name = kRare;
        key.secret_digest = std::string(64, '1');
        key.scopes = {access::Action::see_rounds, access::Action::see_bids};
        key.roles = {9, 10};
        key.requests_per_minute = 60;
        key.created_at = kNow;
        key.expires_at = ports::after(kNow, ports::kDay);
        const std::int64_t id = transaction.sessions().add(key);
        auto back = transaction.sessions().key(id);
        ASSERT_TRUE(back);
        EXPECT_EQ(back->name, kRare);
        EXPECT_EQ(back->secret_digest, key.secret_digest);
        EXPECT_EQ(back->old_secret_digest, "");
        EXPECT_FALSE(back->old_expires_at);
        EXPECT_EQ(back->scopes, key.scopes);
        EXPECT_EQ(back->roles, key.roles);
        EXPECT_EQ(back->requests_per_minute, 60);
        EXPECT_EQ(back->expires_at, key.expires_at);
        EXPECT_FALSE(back->used_at);
        back->old_secret_digest = std::string(64, '0');
        back->old_expires_at = kNow;
        back->revoked = true;
        back->scopes.clear();
        EXPECT_TRUE(transaction.sessions().save(*back));
        EXPECT_FALSE(transaction.sessions().save(*back));
        transaction.sessions().touch_key(id, kNow);
        back = transaction.sessions().key(id);
        EXPECT_EQ(back->used_at, kNow);
        EXPECT_TRUE(back->revoked);
        EXPECT_TRUE(back->scopes.empty());
        EXPECT_EQ(back->old_expires_at, kNow);
        EXPECT_EQ(transaction.sessions().keys(key.organisation, {}).total, 1);
        EXPECT_EQ(transaction.sessions().keys(key.organisation + 1000, {}).total, 0);
    });
}

TEST_F(Stores, RoundKeepsItsFilesByteForByte) {
    std::string every_byte;
    for (int i = 0; i < 256; ++i) every_byte += static_cast<char>(i);
    std::map<std::string, std::string> files;
    files["round.toml"] = "id = \"𠮷\"\r\n";
    files["empty.csv"] = "";
    files["表格.csv"] = every_byte;
    files["long.csv"] = repeated(every_byte, 12'345);  // more than three pieces
    ports::StoredRound round;
    round.id = "GY-TEST-1";
    round.title = kRare;
    round.kind = "drug";
    round.rulebook = "gy-yd2019-2";
    round.stage = access::Stage::publicity;
    round.opening = "2020-01-17";
    round.changed_at = kNow;
    store().write([&](Transaction& transaction) { transaction.rounds().add(round, files); });
    EXPECT_THROW(
        store().write([&](Transaction& transaction) { transaction.rounds().add(round, {}); }),
        ports::Conflict
    );
    store().write([&](Transaction& transaction) {
        ports::RoundStore& rounds = transaction.rounds();
        EXPECT_EQ(rounds.files(round.id), files);
        auto back = rounds.round(round.id);
        ASSERT_TRUE(back);
        EXPECT_EQ(back->title, kRare);
        EXPECT_EQ(back->stage, access::Stage::publicity);
        EXPECT_EQ(back->owner, 0);
        EXPECT_EQ(back->region, "000000");
        EXPECT_EQ(back->changed_at, kNow);
        EXPECT_EQ(rounds.certificate(round.id), "");
        rounds.save_certificate(round.id, repeated("证书", 700'000));
        rounds.save_certificate(round.id, "{\"a\":\"书\"}");
        EXPECT_EQ(rounds.certificate(round.id), "{\"a\":\"书\"}");
        back->stage = access::Stage::award_final;
        EXPECT_TRUE(rounds.save(*back));
        EXPECT_FALSE(rounds.save(*back));
        EXPECT_EQ(rounds.rounds().size(), 1U);
        EXPECT_EQ(rounds.rounds()[0].stage, access::Stage::award_final);
        const std::int64_t firm = transaction.people().add(organisation("OF-ROUND"));
        rounds.add(round.id, {"supplier", "甲制药", firm});
        ASSERT_EQ(rounds.participants(round.id).size(), 1U);
        EXPECT_EQ(rounds.participants(round.id)[0].code, "甲制药");
        EXPECT_EQ(rounds.participants(round.id)[0].organisation, firm);
    });
}

TEST_F(Stores, SettingsAreReplaced) {
    store().write([&](Transaction& transaction) {
        EXPECT_FALSE(transaction.settings().get("demo"));
        transaction.settings().set("demo", "1");
        transaction.settings().set("demo", kRare);
        EXPECT_EQ(transaction.settings().get("demo"), kRare);
    });
}

TEST_F(Stores, AuditEntryComesBackCutWhereItIsTooLong) {
    ports::AuditEntry entry;
    entry.at = kNow;
    entry.user = 17;
    entry.login = repeated("𠮷", 65);
    entry.organisation = 3;
    entry.key = 4;
    entry.address = "203.0.113.7";
    entry.request_id = "r-1";
    entry.action = "user.created";
    entry.object = "user:17";
    entry.result = "done";
    entry.before = "";
    entry.after = R"({"name":"张三𠮷"})";
    store().write([&](Transaction& transaction) { transaction.audit().append(entry); });
    store().read([&](Transaction& transaction) {
        const auto found = transaction.audit().find({.action = "user.", .object = "user:17"});
        ASSERT_EQ(found.total, 1);
        const ports::AuditEntry& back = found.rows[0];
        EXPECT_EQ(back.at, kNow);
        EXPECT_EQ(back.login, repeated("𠮷", 63) + "…");
        EXPECT_EQ(back.after, entry.after);
        EXPECT_EQ(back.key, 4);
        EXPECT_EQ(transaction.audit().find({.from = ports::after(kNow, 1)}).total, 0);
        EXPECT_EQ(transaction.audit().find({.from = kNow, .until = kNow}).total, 0);
        EXPECT_EQ(transaction.audit().find({.from = kNow}).total, 1);
        EXPECT_EQ(transaction.audit().find({.action = "user_"}).total, 0);
    });
}

TEST_F(Stores, ReadSeesOneMoment) {
    store().write([&](Transaction& transaction) { transaction.settings().set("moment", "1"); });
    store().read([&](Transaction& transaction) {
        EXPECT_EQ(transaction.settings().get("moment"), "1");
        store().write([&](Transaction& other) { other.settings().set("moment", "2"); });
        EXPECT_EQ(transaction.settings().get("moment"), "1");
    });
    EXPECT_THROW(
        store().read([&](Transaction& transaction) { transaction.settings().set("moment", "3"); }),
        DatabaseError
    );
}

}  // namespace
}  // namespace jicai::sql::testing
