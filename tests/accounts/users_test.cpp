#include <engine/accounts/kinds.h>
#include <engine/accounts/password_rules.h>
#include <engine/accounts/users.h>

#include <gtest/gtest.h>
#include <tests/accounts/world.h>

namespace jicai::accounts {
namespace {

using access::Role;
using test::World;

struct Users : ::testing::Test {
    Users() { world.secrets.hash_within_transaction = true; }

    std::string add(const NewUser& user) {
        return world.refusal_of([&](ports::Transaction& transaction) {
            result = add_user(transaction, world.secrets, user, world.wall);
        });
    }
    std::string change(std::int64_t actor, UserChange change) {
        if (change.version == 0) change.version = world.user(change.id).version;
        if (change.name.empty()) change.name = "新名";
        if (change.organisation == 0) change.organisation = world.user(change.id).organisation;
        return world.refusal_of([&](ports::Transaction& transaction) {
            result = change_user(transaction, world.actor(actor), change);
        });
    }
    std::string grant(std::int64_t id, const std::vector<Role>& roles, std::int64_t version = 0) {
        return world.refusal_of([&](ports::Transaction& transaction) {
            result = grant_roles(
                transaction,
                world.actor(world.security),
                id,
                roles,
                version == 0 ? world.user(id).version : version
            );
        });
    }
    bool has_session(std::int64_t id) {
        for (const auto& [digest, session] : world.store.held.sessions) {
            if (session.user == id) return true;
        }
        return false;
    }

    World world;
    ChangedUser result;
};

TEST_F(Users, ANewOneHasNoRolesAndAOneTimePassword) {
    ASSERT_EQ(add({"wang.fang", "王芳", world.hospital}), "");
    EXPECT_TRUE(result.user.roles.empty());
    EXPECT_TRUE(result.user.must_change_password);
    EXPECT_FALSE(fault_of_password(result.password, "wang.fang"));
    EXPECT_NE(world.sign_in("wang.fang", result.password), "");
    EXPECT_EQ(result.audit.at(0).action, "user.created");
    EXPECT_EQ(result.audit.at(0).before, "");
    EXPECT_NE(result.audit.at(0).after.find("wang.fang"), std::string::npos);
    EXPECT_EQ(result.audit.at(0).after.find(result.password), std::string::npos);
    EXPECT_EQ(result.audit.at(0).after.find("hash"), std::string::npos);
}

TEST_F(Users, Logins) {
    for (const auto& [login, expected] : std::vector<std::pair<std::string, std::string>>{
             {"ab", "user.login_form"},
             {"abc", ""},
             {std::string(32, 'a'), ""},
             {std::string(33, 'a'), "user.login_form"},
             {"Wang", "user.login_form"},
             {"wang fang", "user.login_form"},
             {"王芳王芳", "user.login_form"},
             {"a.b_c-9", ""},
             {"reporter", "user.login_taken"}}) {
        EXPECT_EQ(add({login, "王芳", world.hospital}), expected) << login;
    }
    EXPECT_EQ(add({"wang", " ", world.hospital}), "user.name_missing");
    EXPECT_EQ(add({"wang", "王芳", 99}), "organisation.not_found");
    world.store.held.organisations.at(world.hospital).active = false;
    EXPECT_EQ(add({"wang", "王芳", world.hospital}), "organisation.disabled");
}

TEST_F(Users, DisablingEndsTheSessions) {
    world.signed_in("reporter");
    EXPECT_EQ(change(world.system, {world.reporter, "", 0, true, 0}), "");
    EXPECT_TRUE(has_session(world.reporter));  // another name does not
    EXPECT_EQ(result.audit.at(0).action, "user.changed");
    EXPECT_EQ(change(world.system, {world.reporter, "", 0, false, 0}), "");
    EXPECT_FALSE(has_session(world.reporter));
    EXPECT_EQ(result.audit.at(0).action, "user.disabled");
    EXPECT_EQ(change(world.system, {world.reporter, "", 0, true, 0}), "");
    EXPECT_EQ(result.audit.at(0).action, "user.enabled");
}

TEST_F(Users, AnotherOrganisationMeansNoRoles) {
    world.signed_in("reporter");
    EXPECT_EQ(change(world.system, {world.reporter, "", world.office, true, 0}), "");
    EXPECT_TRUE(world.user(world.reporter).roles.empty());
    EXPECT_FALSE(has_session(world.reporter));
}

TEST_F(Users, SomebodyFaster) {
    EXPECT_EQ(change(world.system, {world.reporter, "", 0, true, 7}), "people.changed");
    EXPECT_EQ(grant(world.reporter, {}, 7), "people.changed");
}

TEST_F(Users, NobodyChangesTheirOwnStanding) {
    EXPECT_EQ(change(world.system, {world.system, "新名", 0, true, 0}), "");
    EXPECT_EQ(change(world.system, {world.system, "", 0, false, 0}), "user.own_account");
    EXPECT_EQ(change(world.system, {world.system, "", world.office, true, 0}), "user.own_account");
    EXPECT_EQ(grant(world.security, {Role::security_administrator}), "user.own_roles");
    const auto own = [&](auto what) {
        return world.refusal_of([&](ports::Transaction& transaction) { what(transaction); });
    };
    const access::Actor self = world.actor(world.security);
    EXPECT_EQ(
        own([&](ports::Transaction& transaction) {
            result = reset_password(transaction, world.secrets, self, world.security, world.wall);
        }),
        "user.own_account"
    );
    EXPECT_EQ(
        own([&](ports::Transaction& transaction) {
            result = unlock(transaction, self, world.security);
        }),
        "user.own_account"
    );
    EXPECT_EQ(
        own([&](ports::Transaction& transaction) {
            result = reset_second_factor(transaction, self, world.security);
        }),
        "user.own_account"
    );
}

TEST_F(Users, TheLastAdministratorOfEachKindStays) {
    const std::int64_t system = world.add_person("other", world.operator_, {});
    for (const std::int64_t id : {world.security, world.audit}) {
        EXPECT_EQ(change(world.system, {id, "", 0, false, 0}), "user.last_administrator");
        EXPECT_EQ(change(world.system, {id, "", world.office, true, 0}), "user.last_administrator");
    }
    EXPECT_EQ(grant(world.system, {}), "user.last_administrator");
    EXPECT_EQ(grant(world.system, {Role::audit_administrator}), "user.last_administrator");
    EXPECT_EQ(grant(system, {Role::system_administrator}), "");
    EXPECT_EQ(grant(world.system, {}), "");
    EXPECT_EQ(grant(system, {}), "user.last_administrator");
}

TEST_F(Users, ADisabledAdministratorDoesNotCount) {
    const std::int64_t other =
        world.add_person("other", world.operator_, {Role::audit_administrator});
    world.user(other).active = false;
    EXPECT_EQ(change(world.system, {world.audit, "", 0, false, 0}), "user.last_administrator");
    world.user(other).active = true;
    world.user(other).organisation = world.hospital;
    world.store.held.organisations.at(world.hospital).active = false;
    EXPECT_EQ(change(world.system, {world.audit, "", 0, false, 0}), "user.last_administrator");
    world.store.held.organisations.at(world.hospital).active = true;
    EXPECT_EQ(change(world.system, {world.audit, "", 0, false, 0}), "");
}

TEST_F(Users, RolesFitTheOrganisationAndEachOther) {
    EXPECT_EQ(grant(world.reporter, {Role::hospital_reporter, Role::hospital_approver}), "");
    EXPECT_EQ(result.user.roles.size(), 2U);
    EXPECT_EQ(grant(world.reporter, {Role::supplier}), "user.role_kind");
    EXPECT_EQ(grant(world.reporter, {Role::procurement_officer}), "user.role_kind");
    EXPECT_EQ(grant(world.reporter, {Role::anyone}), "user.role_unknown");
    EXPECT_EQ(
        grant(world.officer, {Role::procurement_officer, Role::audit_administrator}),
        "user.roles_incompatible"
    );
    EXPECT_EQ(
        grant(world.officer, {Role::procurement_officer, Role::notary_supervisor}),
        "user.roles_incompatible"
    );
    EXPECT_EQ(grant(world.officer, {Role::bid_opener, Role::procurement_officer}), "");
    EXPECT_EQ(grant(99, {}, 1), "user.not_found");
}

TEST_F(Users, AnotherRoleEndsTheSessions) {
    world.signed_in("reporter");
    EXPECT_EQ(grant(world.reporter, {Role::hospital_approver}), "");
    EXPECT_FALSE(has_session(world.reporter));
    EXPECT_NE(result.audit.at(0).before.find("hospital_reporter"), std::string::npos);
    EXPECT_EQ(result.audit.at(0).after.find("hospital_reporter"), std::string::npos);
    EXPECT_NE(result.audit.at(0).after.find("hospital_approver"), std::string::npos);
}

TEST_F(Users, ResetsAndUnlocking) {
    world.enrol(world.officer);
    world.signed_in("officer", world.code());
    world.user(world.officer).failures = 5;
    world.user(world.officer).locked_until = ports::after(world.wall, ports::kMinute);
    const access::Actor security = world.actor(world.security);
    world.store.write([&](ports::Transaction& transaction) {
        result = unlock(transaction, security, world.officer);
    });
    EXPECT_FALSE(world.user(world.officer).locked_until);
    EXPECT_EQ(world.user(world.officer).failures, 0);
    EXPECT_TRUE(has_session(world.officer));

    world.store.write([&](ports::Transaction& transaction) {
        result = reset_second_factor(transaction, security, world.officer);
    });
    EXPECT_FALSE(world.user(world.officer).second_factor_confirmed);
    EXPECT_EQ(world.user(world.officer).second_factor_secret, "");
    EXPECT_FALSE(has_session(world.officer));
    EXPECT_EQ(
        world.refusal_of([&](ports::Transaction& transaction) {
            result = reset_second_factor(transaction, security, world.officer);
        }),
        "second_factor.none"
    );

    world.signed_in("officer");
    world.store.write([&](ports::Transaction& transaction) {
        result = reset_password(transaction, world.secrets, security, world.officer, world.wall);
    });
    EXPECT_FALSE(has_session(world.officer));
    EXPECT_TRUE(world.user(world.officer).must_change_password);
    EXPECT_EQ(world.sign_in("officer", World::kPassword), "");
    EXPECT_NE(world.sign_in("officer", result.password), "");
    EXPECT_EQ(result.audit.at(0).after.find(result.password), std::string::npos);

    world.store.write([&](ports::Transaction& transaction) {
        result = end_sessions(transaction, world.officer);
    });
    EXPECT_FALSE(has_session(world.officer));
    EXPECT_EQ(result.audit.at(0).action, "user.sessions_ended");
}

TEST(Kinds, EveryRoleHasAKind) {
    std::vector<Role> placed;
    for (const ports::OrganisationKind kind : all_kinds()) {
        EXPECT_EQ(find_kind(name_of(kind)), kind);
        placed.insert(placed.end(), roles_of(kind).begin(), roles_of(kind).end());
    }
    EXPECT_EQ(all_kinds().size(), 9U);
    EXPECT_FALSE(find_kind("school"));
    for (const Role role : access::all_roles()) {
        EXPECT_EQ(
            std::find(placed.begin(), placed.end(), role) == placed.end(), role == Role::anyone
        ) << access::name_of(role);
    }
}

}  // namespace
}  // namespace jicai::accounts
