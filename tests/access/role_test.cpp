#include <engine/access/access.h>

#include <gtest/gtest.h>

#include <set>

namespace jicai::access {
namespace {

TEST(Names, EachFindsItsOwn) {
    std::set<std::string_view> names;
    for (const Role role : all_roles()) {
        EXPECT_EQ(find_role(name_of(role)), role);
        names.insert(name_of(role));
    }
    EXPECT_EQ(names.size(), std::size_t{kRoles});
    for (const Action action : all_actions()) EXPECT_EQ(find_action(name_of(action)), action);
    for (const Stage stage : all_stages()) EXPECT_EQ(find_stage(name_of(stage)), stage);
    EXPECT_EQ(name_of(Action::see_price_reports), "see_price_reports");
    EXPECT_EQ(static_cast<int>(Action::see_price_reports), kActions - 1);
    EXPECT_FALSE(find_role("root"));
}

TEST(SecondFactor, AdministratorsOfficerAndOpener) {
    const std::set<Role> need{
        Role::system_administrator,
        Role::security_administrator,
        Role::audit_administrator,
        Role::procurement_officer,
        Role::bid_opener};
    for (const Role role : all_roles()) {
        EXPECT_EQ(needs_second_factor(role), need.contains(role)) << name_of(role);
    }
}

TEST(Compatible, SeparatedPowers) {
    const std::set<Role> administrators{
        Role::system_administrator, Role::security_administrator, Role::audit_administrator};
    const std::set<Role> supervised{Role::procurement_officer, Role::bid_opener, Role::expert};
    for (const Role a : all_roles()) {
        for (const Role b : all_roles()) {
            EXPECT_EQ(compatible(a, b), compatible(b, a));
            if (a == b || a == Role::anyone || b == Role::anyone) {
                EXPECT_TRUE(compatible(a, b));
            } else if (administrators.contains(a) || administrators.contains(b)) {
                EXPECT_FALSE(compatible(a, b)) << name_of(a) << " " << name_of(b);
            } else if (a == Role::notary_supervisor) {
                EXPECT_EQ(compatible(a, b), !supervised.contains(b)) << name_of(b);
            } else if (b != Role::notary_supervisor) {
                EXPECT_TRUE(compatible(a, b)) << name_of(a) << " " << name_of(b);
            }
        }
    }
}

}  // namespace
}  // namespace jicai::access
