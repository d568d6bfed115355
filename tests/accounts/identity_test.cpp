#include <engine/accounts/identity.h>
#include <engine/accounts/keys.h>

#include <gtest/gtest.h>
#include <tests/accounts/world.h>

namespace jicai::accounts {
namespace {

using access::Action;
using access::Role;
using ports::kDay;
using ports::kHour;
using ports::kMinute;
using ports::kSecond;
using test::World;

std::optional<Caller> by_session(World& world, const std::string& cookie) {
    std::optional<Caller> caller;
    world.store.read([&](ports::Transaction& transaction) {
        caller = caller_of_session(transaction, "digest of " + cookie, world.wall);
    });
    return caller;
}

std::optional<Caller> by_key(World& world, const std::string& text) {
    std::optional<Caller> caller;
    world.store.read([&](ports::Transaction& transaction) {
        caller = caller_of_key(transaction, world.secrets, text, world.wall);
    });
    return caller;
}

TEST(Session, SaysWhoAsks) {
    World world;
    const std::string cookie = world.signed_in("reporter").cookie;
    const auto caller = by_session(world, cookie);
    ASSERT_TRUE(caller);
    EXPECT_EQ(caller->login, "reporter");
    EXPECT_EQ(caller->actor.user, world.reporter);
    EXPECT_EQ(caller->actor.organisation, world.hospital);
    EXPECT_EQ(caller->actor.region, "230100");
    EXPECT_EQ(caller->actor.roles, std::vector{Role::hospital_reporter});
    EXPECT_FALSE(caller->must_change_password);
    EXPECT_FALSE(caller->second_factor_missing);
    EXPECT_FALSE(caller->touch);
    EXPECT_FALSE(by_session(world, "another"));
}

TEST(Session, EndsAfterThirtyMinutesWithoutUse) {
    World world;
    const std::string cookie = world.signed_in("reporter").cookie;
    world.wait(30 * kMinute - kSecond);
    ASSERT_TRUE(by_session(world, cookie));
    EXPECT_TRUE(by_session(world, cookie)->touch);
    world.wait(kSecond);
    EXPECT_FALSE(by_session(world, cookie));
}

TEST(Session, IsTouchedOnceAMinute) {
    World world;
    const std::string cookie = world.signed_in("reporter").cookie;
    world.wait(kMinute - 1);
    EXPECT_FALSE(by_session(world, cookie)->touch);
    world.wait(1);
    EXPECT_TRUE(by_session(world, cookie)->touch);
}

TEST(Session, EndsAfterTwelveHoursHoweverUsed) {
    World world;
    const std::string cookie = world.signed_in("reporter").cookie;
    ports::Session& session = world.store.held.sessions.at("digest of " + cookie);
    world.wait(12 * kHour - kSecond);
    session.seen_at = world.wall;
    EXPECT_TRUE(by_session(world, cookie));
    world.wait(kSecond);
    EXPECT_FALSE(by_session(world, cookie));
}

TEST(Session, OfTheDisabledIsNone) {
    World world;
    const std::string cookie = world.signed_in("reporter").cookie;
    world.user(world.reporter).active = false;
    EXPECT_FALSE(by_session(world, cookie));
    world.user(world.reporter).active = true;
    EXPECT_TRUE(by_session(world, cookie));
    world.store.held.organisations.at(world.hospital).active = false;
    EXPECT_FALSE(by_session(world, cookie));
}

TEST(Session, WithoutTheSecondFactorThatTheRoleNeeds) {
    World world;
    const std::string cookie = world.signed_in("officer").cookie;  // not enrolled yet
    EXPECT_TRUE(by_session(world, cookie)->second_factor_missing);
    world.enrol(world.officer);
    const std::string with = world.signed_in("officer", world.code()).cookie;
    EXPECT_FALSE(by_session(world, with)->second_factor_missing);
}

TEST(Session, WithAnOldPassword) {
    World world;
    world.user(world.reporter).password_set_at = {world.wall.micros - 180 * kDay};
    const std::string cookie = world.signed_in("reporter").cookie;
    EXPECT_TRUE(by_session(world, cookie)->must_change_password);
}

ChangedKey add(World& world) {
    ChangedKey made;
    world.store.write([&](ports::Transaction& transaction) {
        made = add_key(
            transaction,
            world.secrets,
            world.actor(world.security),
            {world.hospital, "HIS", {Action::see_volumes}, {Role::hospital_reporter}, 30, 60},
            world.wall
        );
    });
    return made;
}

TEST(Key, SaysWhoAsks) {
    World world;
    const ChangedKey made = add(world);
    const auto caller = by_key(world, made.secret);
    ASSERT_TRUE(caller);
    EXPECT_EQ(caller->login, "jk_1");
    EXPECT_EQ(caller->actor.key, 1);
    EXPECT_EQ(caller->actor.user, 0);
    EXPECT_EQ(caller->actor.organisation, world.hospital);
    EXPECT_EQ(caller->actor.roles, std::vector{Role::hospital_reporter});
    EXPECT_EQ(caller->actor.key_scopes, std::vector{Action::see_volumes});
    EXPECT_TRUE(caller->touch);
    EXPECT_EQ(world.store.held.keys.at(1).secret_digest.find("digest of "), 0U);
}

TEST(Key, OtherTextsAreNobody) {
    World world;
    const std::string good = add(world).secret;
    const std::string secret = good.substr(5);
    for (const std::string& text :
         {std::string(),
          std::string("jk_"),
          std::string("jk_1"),
          std::string("jk_1_"),
          std::string("jk__") + secret,
          "jk_2_" + secret,
          "jk_-1_" + secret,
          "jk_1x_" + secret,
          "jk_99999999999999999999_" + secret,
          "Jk_1_" + secret,
          good + "0",
          good.substr(0, good.size() - 1)}) {
        EXPECT_FALSE(by_key(world, text)) << text;
    }
}

TEST(Key, EndsWithItsDays) {
    World world;
    const std::string text = add(world).secret;
    world.wait(30 * kDay - kSecond);
    EXPECT_TRUE(by_key(world, text));
    world.wait(kSecond);
    EXPECT_FALSE(by_key(world, text));
}

TEST(Key, TheOldSecretWorksForADayAfterARotation) {
    World world;
    const std::string old = add(world).secret;
    ChangedKey rotated;
    world.store.write([&](ports::Transaction& transaction) {
        rotated =
            rotate_key(transaction, world.secrets, world.actor(world.security), 1, world.wall);
    });
    EXPECT_NE(rotated.secret, old);
    EXPECT_TRUE(by_key(world, rotated.secret));
    world.wait(24 * kHour - kSecond);
    EXPECT_TRUE(by_key(world, old));
    world.wait(kSecond);
    EXPECT_FALSE(by_key(world, old));
    EXPECT_TRUE(by_key(world, rotated.secret));
}

TEST(Key, RevokedIsNobodyWithBothSecrets) {
    World world;
    const std::string old = add(world).secret;
    ChangedKey rotated;
    world.store.write([&](ports::Transaction& transaction) {
        const access::Actor actor = world.actor(world.security);
        rotated = rotate_key(transaction, world.secrets, actor, 1, world.wall);
        EXPECT_EQ(revoke_key(transaction, actor, 1).audit.at(0).action, "key.revoked");
    });
    EXPECT_FALSE(by_key(world, old));
    EXPECT_FALSE(by_key(world, rotated.secret));
}

TEST(Key, OfADisabledOrganisationIsNobody) {
    World world;
    const std::string text = add(world).secret;
    world.store.held.organisations.at(world.hospital).active = false;
    EXPECT_FALSE(by_key(world, text));
}

}  // namespace
}  // namespace jicai::accounts
