#include <engine/access/code_check.h>
#include <engine/accounts/kinds.h>
#include <engine/accounts/password_rules.h>
#include <engine/accounts/sign_in.h>
#include <web/server/demo_people.h>

#include <gtest/gtest.h>
#include <tests/accounts/world.h>

#include <algorithm>
#include <set>

namespace jicai::web {
namespace {

TEST(DemoPeople, OneForEachRoleInAFittingOrganisationAndTwoOfficers) {
    std::vector<access::Role> expected = access::all_roles();
    expected.erase(expected.begin());  // the public
    expected.insert(
        std::find(expected.begin(), expected.end(), access::Role::procurement_officer),
        access::Role::procurement_officer  // two sign a rulebook off
    );
    ASSERT_EQ(demo_people().size(), expected.size());
    std::set<std::string> logins;
    for (std::size_t i = 0; i < demo_people().size(); ++i) {
        const DemoPerson& person = demo_people()[i];
        EXPECT_EQ(person.role, expected[i]);
        EXPECT_TRUE(logins.insert(person.login).second);
        EXPECT_FALSE(accounts::fault_of_password(kDemoPassword, person.login)) << person.login;
        EXPECT_EQ(!person.second_factor_secret.empty(), access::needs_second_factor(person.role));
        EXPECT_EQ(
            person.second_factor_secret.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"),
            std::string::npos
        );
        const auto found = std::find_if(
            demo_organisations().begin(),
            demo_organisations().end(),
            [&](const auto& each) { return each.code == person.organisation; }
        );
        ASSERT_NE(found, demo_organisations().end()) << person.login;
        const auto& roles = accounts::roles_of(found->kind);
        EXPECT_NE(std::find(roles.begin(), roles.end(), person.role), roles.end()) << person.login;
    }
}

TEST(DemoPeople, CodesHaveTheirCheckDigits) {
    for (const ports::Organisation& organisation : demo_organisations()) {
        const access::CodeCheck check = access::check_code(organisation.code);
        EXPECT_NE(check.form, access::CodeForm::none) << organisation.code;
        EXPECT_FALSE(check.check_digit_differs) << organisation.code;
        EXPECT_TRUE(check.region_known) << organisation.code;
        EXPECT_TRUE(access::is_region_code(organisation.region)) << organisation.code;
    }
}

struct Seeded : ::testing::Test {
    Seeded() {
        world.store.held = {};
        seed_demo_people(world.store, world.secrets, world.wall);
    }
    accounts::test::World world;
};

TEST_F(Seeded, EverybodyLogsIn) {
    EXPECT_EQ(world.store.held.users.size(), demo_people().size());
    EXPECT_EQ(world.store.held.organisations.size(), demo_organisations().size());
    for (const DemoPerson& person : demo_people()) {
        const std::int64_t step = world.wall.micros / (30 * ports::kSecond);
        const std::string code = person.second_factor_secret.empty()
                                     ? ""
                                     : world.secrets.code_at(person.second_factor_secret, step);
        EXPECT_NE(world.sign_in(person.login, kDemoPassword, code), "") << person.login;
    }
}

TEST_F(Seeded, ASecondTimeChangesNothing) {
    ports::User& user = world.store.held.users.begin()->second;
    user.name = "改名";
    const auto users = world.store.held.users.size();
    const auto entries = world.store.held.audit.size();
    seed_demo_people(world.store, world.secrets, world.wall);
    EXPECT_EQ(world.store.held.users.size(), users);
    EXPECT_EQ(world.store.held.users.begin()->second.name, "改名");
    EXPECT_EQ(world.store.held.audit.size(), entries);
}

TEST_F(Seeded, UnchangedPasswordsDoNotGrowOld) {
    world.store.held.users.at(2).password_hash = "hash of another";
    world.wait(200 * ports::kDay);
    seed_demo_people(world.store, world.secrets, world.wall);
    EXPECT_FALSE(accounts::must_change_password(world.store.held.users.at(1), world.wall));
    EXPECT_TRUE(accounts::must_change_password(world.store.held.users.at(2), world.wall));
}

TEST_F(Seeded, TheCountyStandsBelowTheCity) {
    int with_parent = 0;
    for (const auto& [id, organisation] : world.store.held.organisations) {
        with_parent += organisation.parent != 0 ? 1 : 0;
    }
    EXPECT_EQ(with_parent, 2);
}

}  // namespace
}  // namespace jicai::web
