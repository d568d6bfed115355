#include <engine/accounts/identity.h>
#include <engine/accounts/own_account.h>

#include <gtest/gtest.h>
#include <tests/accounts/world.h>

namespace jicai::accounts {
namespace {

using test::World;

std::string change(
    World& world, const ports::Session& session, const std::string& old, const std::string& wanted
) {
    try {
        change_password(world.store, world.secrets, {session, old, wanted, world.origin()});
    } catch (const ports::Refused& refused) {
        world.refusal = refused;
        return refused.why().key;
    }
    return "";
}

TEST(ChangePassword, EndsTheOtherSessionsAndKeepsThisOne) {
    World world;
    const ports::Session session = world.signed_in("reporter").session;
    ports::Session other = session;
    other.id_digest = "digest of another";
    world.store.held.sessions[other.id_digest] = other;
    world.user(world.reporter).must_change_password = true;
    EXPECT_EQ(change(world, session, World::kPassword, "Summer-2026"), "");
    EXPECT_EQ(world.store.held.sessions.size(), 1U);
    EXPECT_TRUE(world.store.held.sessions.contains(session.id_digest));
    const ports::User& user = world.user(world.reporter);
    EXPECT_FALSE(user.must_change_password);
    EXPECT_EQ(user.password_set_at, world.wall);
    EXPECT_EQ(world.sign_in("reporter", World::kPassword), "");
    EXPECT_NE(world.sign_in("reporter", "Summer-2026"), "");
    EXPECT_EQ(world.store.held.audit.at(1).action, "account.password_changed");
}

TEST(ChangePassword, NoneOfTheLastFive) {
    World world;
    const ports::Session session = world.signed_in("reporter").session;
    std::string current = World::kPassword;
    const std::vector<std::string> later{
        "Password-2", "Password-3", "Password-4", "Password-5", "Password-6"};
    for (std::size_t i = 0; i < 4; ++i) {
        EXPECT_EQ(change(world, session, current, later[i]), "");
        current = later[i];
        EXPECT_EQ(change(world, session, current, current), "password.reused");
        EXPECT_EQ(change(world, session, current, World::kPassword), "password.reused") << i;
    }
    EXPECT_EQ(change(world, session, current, later[4]), "");  // now the first is the sixth
    EXPECT_EQ(change(world, session, later[4], World::kPassword), "");
}

TEST(ChangePassword, Refusals) {
    World world;
    const ports::Session session = world.signed_in("reporter").session;
    EXPECT_EQ(change(world, session, "Wrong-1-Password", "short"), "account.password_wrong");
    EXPECT_EQ(world.user(world.reporter).failures, 1);
    EXPECT_EQ(change(world, session, World::kPassword, "short"), "password.length");
    EXPECT_EQ(world.refusal.faults().at(0).field, "/new");
    EXPECT_EQ(world.refusal.faults().at(0).value, "");  // never repeated
    EXPECT_EQ(change(world, session, World::kPassword, "A-reporter-1"), "password.login");
    for (int failure = 2; failure <= 4; ++failure) {
        EXPECT_EQ(change(world, session, "Wrong-1", "Summer-2026"), "account.password_wrong");
    }
    EXPECT_EQ(change(world, session, "Wrong-1", "Summer-2026"), "session.locked");
    EXPECT_EQ(change(world, session, World::kPassword, "Summer-2026"), "session.locked");
}

TEST(ChangePassword, LosesAgainstAResetMeanwhile) {
    World world;
    const ports::Session session = world.signed_in("reporter").session;
    world.store.meanwhile = [&](test::Held& held) {
        held.users.at(world.reporter).password_hash = "hash of another";
    };
    EXPECT_EQ(change(world, session, World::kPassword, "Summer-2026"), "people.changed");
    EXPECT_EQ(world.user(world.reporter).password_hash, "hash of another");
}

TEST(SignOut, EndsThisSessionOrTheOthers) {
    World world;
    const ports::Session session = world.signed_in("reporter").session;
    const ports::Session officer = world.signed_in("officer").session;
    ports::Session other = session;
    other.id_digest = "digest of another";
    world.store.held.sessions[other.id_digest] = other;
    world.store.write([&](ports::Transaction& transaction) {
        EXPECT_EQ(sign_out_others(transaction, session).at(0).action, "session.others_ended");
    });
    EXPECT_EQ(world.store.held.sessions.size(), 2U);
    world.store.write([&](ports::Transaction& transaction) {
        EXPECT_EQ(sign_out(transaction, session).at(0).action, "session.ended");
    });
    EXPECT_EQ(world.store.held.sessions.size(), 1U);
    EXPECT_TRUE(world.store.held.sessions.contains(officer.id_digest));
}

TEST(Language, IsChineseOrEnglish) {
    World world;
    const auto change_to = [&](const std::string& language) {
        return world.refusal_of([&](ports::Transaction& transaction) {
            static_cast<void>(change_language(transaction, world.reporter, language));
        });
    };
    EXPECT_EQ(change_to("en"), "");
    EXPECT_EQ(world.user(world.reporter).language, "en");
    EXPECT_EQ(change_to("fr"), "account.language");
}

Enrolment enrol(World& world) {
    return enrol_second_factor(
        world.store, world.secrets, world.officer, World::kPassword, world.origin()
    );
}

std::string confirm(World& world, const ports::Session& session, const std::string& code) {
    return world.refusal_of([&](ports::Transaction& transaction) {
        static_cast<void>(
            confirm_second_factor(transaction, world.secrets, session, code, world.wall)
        );
    });
}

TEST(SecondFactor, CountsOnceConfirmed) {
    World world;
    const SignedIn signed_in = world.signed_in("officer");
    const Enrolment enrolment = enrol(world);
    EXPECT_EQ(enrolment.secret.size(), 32U);
    EXPECT_EQ(
        enrolment.secret.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"), std::string::npos
    );
    EXPECT_EQ(
        enrolment.uri,
        "otpauth://totp/Jicai:officer?secret=" + enrolment.secret +
            "&issuer=Jicai&algorithm=SHA1&digits=6&period=30"
    );
    EXPECT_EQ(world.user(world.officer).second_factor_secret, "sealed " + enrolment.secret);
    EXPECT_NE(world.sign_in("officer", World::kPassword), "");  // not confirmed: not asked for

    const ports::Session session = world.store.held.sessions.begin()->second;
    const std::string code =
        world.secrets.code_at(enrolment.secret, world.wall.micros / (30 * ports::kSecond));
    EXPECT_EQ(confirm(world, session, "000000"), "second_factor.code_wrong");
    EXPECT_EQ(confirm(world, session, code), "");
    EXPECT_TRUE(world.store.held.sessions.at(session.id_digest).second_factor);
    EXPECT_EQ(confirm(world, session, code), "second_factor.enrolled");
    EXPECT_EQ(world.sign_in("officer", World::kPassword, code), "");  // used for the confirmation
    EXPECT_EQ(world.refusal.why().key, "session.code_wrong");
    EXPECT_EQ(world.sign_in("officer", World::kPassword), "");
    EXPECT_EQ(world.refusal.why().key, "session.code_needed");
}

TEST(SecondFactor, IsNotReplacedByAPasswordAlone) {
    World world;
    const ports::Session session = world.signed_in("officer").session;
    EXPECT_EQ(confirm(world, session, "000000"), "second_factor.none");
    world.enrol(world.officer);
    try {
        static_cast<void>(enrol(world));
        ADD_FAILURE();
    } catch (const ports::Refused& refused) {
        EXPECT_EQ(refused.why().key, "second_factor.enrolled");
    }
    EXPECT_EQ(world.user(world.officer).second_factor_secret, "sealed SECRET");
}

TEST(SecondFactor, NeedsThePassword) {
    World world;
    try {
        static_cast<void>(enrol_second_factor(
            world.store, world.secrets, world.officer, "Wrong-1", world.origin()
        ));
        ADD_FAILURE();
    } catch (const ports::Refused& refused) {
        EXPECT_EQ(refused.why().key, "account.password_wrong");
    }
    EXPECT_EQ(world.user(world.officer).failures, 1);
}

}  // namespace
}  // namespace jicai::accounts
