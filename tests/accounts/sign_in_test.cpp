#include <engine/accounts/identity.h>

#include <gtest/gtest.h>
#include <tests/accounts/world.h>

namespace jicai::accounts {
namespace {

using ports::kHour;
using ports::kMinute;
using ports::kSecond;
using test::World;

const std::string kWrong = "Wrong-Password-1";

std::string argument(const ports::Refused& refused, const std::string& name) {
    for (const auto& [key, value] : refused.why().arguments) {
        if (key == name) return value;
    }
    return "";
}

TEST(SignIn, MakesASessionOfWhichOnlyTheDigestIsStored) {
    World world;
    const SignedIn signed_in = world.signed_in("reporter");
    ASSERT_EQ(world.store.held.sessions.size(), 1U);
    const ports::Session& session = world.store.held.sessions.begin()->second;
    EXPECT_EQ(session.id_digest, "digest of " + signed_in.cookie);
    EXPECT_EQ(signed_in.cookie.size(), 64U);
    EXPECT_EQ(session.csrf.size(), 32U);
    EXPECT_EQ(session.user, world.reporter);
    EXPECT_FALSE(session.second_factor);
    EXPECT_EQ(session.expires_at, ports::after(world.wall, 12 * kHour));
    EXPECT_EQ(world.user(world.reporter).last_login_at, world.wall);
    ASSERT_EQ(world.store.held.audit.size(), 1U);
    const ports::AuditEntry& entry = world.store.held.audit[0];
    EXPECT_EQ(entry.action, "session.created");
    EXPECT_EQ(entry.object, "user:" + std::to_string(world.reporter));
    EXPECT_EQ(entry.address, "192.0.2.7");
    EXPECT_EQ(entry.organisation, world.hospital);
}

TEST(SignIn, EachLogInHasANewIdAndEndsTheOlder) {
    World world;
    const std::string first = world.signed_in("reporter").cookie;
    const std::string other = world.signed_in("officer").cookie;
    const std::string second = world.signed_in("reporter").cookie;
    EXPECT_NE(first, second);
    EXPECT_FALSE(world.store.held.sessions.contains("digest of " + first));
    EXPECT_EQ(world.store.held.replaced, std::set<std::string>{"digest of " + first});
    EXPECT_TRUE(world.store.held.sessions.contains("digest of " + second));
    EXPECT_TRUE(world.store.held.sessions.contains("digest of " + other));
}

TEST(SignIn, TheFifthFailureInARowLocksForThirtyMinutes) {
    World world;
    for (int failure = 1; failure <= 4; ++failure) {
        world.sign_in("reporter", kWrong);
        EXPECT_EQ(world.refusal.why().key, "session.wrong") << failure;
    }
    EXPECT_EQ(world.user(world.reporter).failures, 4);
    EXPECT_NE(world.sign_in("reporter", World::kPassword), "");  // four do not lock, success clears
    EXPECT_EQ(world.user(world.reporter).failures, 0);

    for (int failure = 1; failure <= 4; ++failure) world.sign_in("reporter", kWrong);
    world.sign_in("reporter", kWrong);
    EXPECT_EQ(world.refusal.why().key, "session.locked");
    const ports::Moment until = ports::after(world.wall, 30 * kMinute);
    EXPECT_EQ(argument(world.refusal, "until"), ports::beijing_text(until));

    world.wait(30 * kMinute - kSecond);  // 29:59: the right password does not help
    EXPECT_EQ(world.sign_in("reporter", World::kPassword), "");
    EXPECT_EQ(world.refusal.why().key, "session.locked");
    EXPECT_EQ(argument(world.refusal, "until"), ports::beijing_text(until));  // not prolonged
    world.wait(kSecond);                                                      // 30:00
    EXPECT_NE(world.sign_in("reporter", World::kPassword), "");
    EXPECT_FALSE(world.user(world.reporter).locked_until);
}

TEST(SignIn, AfterALockCountingBeginsAnew) {
    World world;
    for (int failure = 1; failure <= 5; ++failure) world.sign_in("reporter", kWrong);
    world.wait(30 * kMinute);
    for (int failure = 1; failure <= 4; ++failure) {
        world.sign_in("reporter", kWrong);
        EXPECT_EQ(world.refusal.why().key, "session.wrong") << failure;
    }
    world.sign_in("reporter", kWrong);
    EXPECT_EQ(world.refusal.why().key, "session.locked");
}

TEST(SignIn, AnUnknownLoginBehavesLikeAKnownOne) {
    World world;
    for (int failure = 1; failure <= 6; ++failure) {
        world.sign_in("reporter", kWrong);
        const ports::Refused known = world.refusal;
        world.sign_in("nobody-at-all", kWrong);
        EXPECT_EQ(world.refusal.why(), known.why()) << failure;
    }
    EXPECT_EQ(world.secrets.verified, 12);  // the slow part runs for both, every time
    EXPECT_EQ(world.store.held.audit.size(), 12U);
    EXPECT_EQ(world.store.held.audit[1].login, "nobody-at-all");
    EXPECT_EQ(world.store.held.audit[1].action, "session.failed");
}

TEST(SignIn, TheDisabledAreUnknown) {
    World world;
    world.user(world.reporter).active = false;
    EXPECT_EQ(world.sign_in("reporter", World::kPassword), "");
    EXPECT_EQ(world.refusal.why().key, "session.wrong");
    world.user(world.reporter).active = true;
    world.store.held.organisations.at(world.hospital).active = false;
    EXPECT_EQ(world.sign_in("reporter", World::kPassword), "");
    EXPECT_EQ(world.refusal.why().key, "session.wrong");
}

TEST(SignIn, FailuresOfOthersDoNotLock) {
    World world;
    for (int failure = 1; failure <= 5; ++failure) world.sign_in("officer", kWrong);
    EXPECT_NE(world.sign_in("reporter", World::kPassword), "");
}

TEST(SignIn, AsksForTheCodeOnlyAfterTheRightPassword) {
    World world;
    world.enrol(world.officer);
    world.sign_in("officer", kWrong, world.code());
    EXPECT_EQ(world.refusal.why().key, "session.wrong");
    world.sign_in("officer", World::kPassword);
    EXPECT_EQ(world.refusal.why().key, "session.code_needed");
    EXPECT_EQ(world.user(world.officer).failures, 1);  // being asked is no failure
    EXPECT_NE(world.sign_in("officer", World::kPassword, world.code()), "");
    EXPECT_TRUE(world.store.held.sessions.begin()->second.second_factor);
}

TEST(SignIn, TheNeighbouringCodesCount) {
    for (const std::int64_t steps : {-2, -1, 0, 1, 2}) {
        World world;
        world.enrol(world.officer);
        const bool in = !world.sign_in("officer", World::kPassword, world.code(steps)).empty();
        EXPECT_EQ(in, steps >= -1 && steps <= 1) << steps;
        if (!in) {
            EXPECT_EQ(world.refusal.why().key, "session.code_wrong");
        }
    }
}

TEST(SignIn, ACodeWorksOnceAndNoOlderOneAfterIt) {
    World world;
    world.enrol(world.officer);
    EXPECT_NE(world.sign_in("officer", World::kPassword, world.code()), "");
    EXPECT_EQ(world.sign_in("officer", World::kPassword, world.code()), "");
    EXPECT_EQ(world.refusal.why().key, "session.code_wrong");
    EXPECT_EQ(world.sign_in("officer", World::kPassword, world.code(-1)), "");
    EXPECT_NE(world.sign_in("officer", World::kPassword, world.code(1)), "");
}

TEST(SignIn, WrongCodesLockToo) {
    World world;
    world.enrol(world.officer);
    for (int failure = 1; failure <= 4; ++failure) {
        world.sign_in("officer", World::kPassword, "000000");
        EXPECT_EQ(world.refusal.why().key, "session.code_wrong");
    }
    world.sign_in("officer", World::kPassword, "000000");
    EXPECT_EQ(world.refusal.why().key, "session.locked");
}

TEST(SignIn, ACodeUsedByAnotherLogInJustNowIsRefused) {
    World world;
    world.enrol(world.officer);
    const std::int64_t step = world.wall.micros / (30 * kSecond);
    world.store.meanwhile = [&](test::Held& held) {
        held.users.at(world.officer).second_factor_used_step = step;
        ++held.users.at(world.officer).version;
    };
    EXPECT_EQ(world.sign_in("officer", World::kPassword, world.code()), "");
    EXPECT_EQ(world.refusal.why().key, "session.code_wrong");
    EXPECT_TRUE(world.store.held.sessions.empty());
}

TEST(SignIn, APasswordChangedJustNowIsRefused) {
    World world;
    world.store.meanwhile = [&](test::Held& held) {
        held.users.at(world.reporter).password_hash = "hash of another";
        ++held.users.at(world.reporter).version;
    };
    EXPECT_EQ(world.sign_in("reporter", World::kPassword), "");
    EXPECT_EQ(world.refusal.why().key, "session.wrong");
}

TEST(SignIn, NoSecretIsLogged) {
    World world;
    world.enrol(world.officer);
    world.sign_in("officer", kWrong);
    const std::string cookie = world.sign_in("officer", World::kPassword, world.code());
    for (const ports::AuditEntry& entry : world.store.held.audit) {
        const std::string all =
            entry.login + entry.object + entry.result + entry.before + entry.after;
        for (const std::string& secret : {kWrong, std::string(World::kPassword), cookie}) {
            EXPECT_EQ(all.find(secret), std::string::npos);
        }
    }
}

}  // namespace
}  // namespace jicai::accounts
