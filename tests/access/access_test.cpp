#include <engine/access/access.h>

#include <gtest/gtest.h>
#include <tests/access/matrix.h>

#include <algorithm>
#include <array>
#include <numeric>

namespace jicai::access {
namespace {

using test::letter_of;
using test::Matrix;

constexpr std::int64_t kPerson = 7;
constexpr std::int64_t kOrganisation = 40;
const std::string kRegion = "230100";

// Whose the object is, seen from the one who asks.
enum class Owner { own, same_organisation, own_round, same_region, elsewhere };
constexpr std::array kOwners{
    Owner::own, Owner::same_organisation, Owner::own_round, Owner::same_region, Owner::elsewhere};

Object object_of(Owner owner, std::optional<Stage> stage) {
    Object object{8, 41, 42, "310000", stage};  // somebody else's, in another province
    switch (owner) {
        case Owner::own:
            object.user = kPerson;
            break;
        case Owner::same_organisation:
            object.organisation = kOrganisation;
            break;
        case Owner::own_round:
            object.office = kOrganisation;
            break;
        case Owner::same_region:
            object.region = "230102";
            break;
        case Owner::elsewhere:
            break;
    }
    return object;
}

Actor actor_of(Role role) {
    if (role == Role::anyone) return {};
    return {kPerson, kOrganisation, kRegion, {role}, 0, {}};
}

// What a letter of the matrix lets happen.
bool lets(char letter, Owner owner, bool logged_in) {
    switch (letter) {
        case 'a':
            return true;
        case 'r':
            return owner != Owner::elsewhere && logged_in;
        case 'o':
            return logged_in && (owner == Owner::own || owner == Owner::same_organisation ||
                                 owner == Owner::own_round);
        case 's':
            return logged_in && owner == Owner::own;
        default:
            return false;
    }
}

char widest(const std::string& letters) {
    const std::string order = "-sora";
    return order[std::accumulate(
        letters.begin(),
        letters.end(),
        std::size_t{0},
        [&](std::size_t so_far, char letter) { return std::max(so_far, order.find(letter)); }
    )];
}

TEST(Matrix, EveryRoleActionStageAndOwner) {
    const Matrix matrix = test::read_matrix();
    std::int64_t compared = 0;
    std::int64_t allowed = 0;
    for (const auto& [cell, letters] : matrix) {
        const auto& [role, action] = cell;
        const Actor actor = actor_of(role);
        const bool logged_in = role != Role::anyone;
        for (const Owner owner : kOwners) {
            for (const Stage stage : all_stages()) {
                const char letter = letters[static_cast<std::size_t>(stage)];
                const bool expected = lets(letter, owner, logged_in);
                EXPECT_EQ(may(actor, action, object_of(owner, stage)), expected)
                    << name_of(role) << " " << name_of(action) << " " << name_of(stage) << " owner "
                    << static_cast<int>(owner);
                ++compared;
                allowed += expected ? 1 : 0;
            }
            EXPECT_EQ(
                may(actor, action, object_of(owner, std::nullopt)),
                lets(widest(letters), owner, logged_in)
            ) << name_of(role)
              << " " << name_of(action) << " without a stage";
            ++compared;
        }
    }
    EXPECT_EQ(compared, std::int64_t{kRoles} * kActions * (kStages + 1) * 5);
    EXPECT_GT(allowed, 1000);
}

TEST(Matrix, TheTableItself) {
    for (const auto& [cell, letters] : test::read_matrix()) {
        for (const Stage stage : all_stages()) {
            EXPECT_EQ(
                letter_of(table_reach(cell.first, cell.second, stage)),
                letters[static_cast<std::size_t>(stage)]
            ) << name_of(cell.first)
              << " " << name_of(cell.second) << " " << name_of(stage);
        }
    }
}

TEST(Access, NobodyReadsABidBeforeTheOpeningButItsSupplier) {
    for (const Role role : all_roles()) {
        for (Stage stage = Stage::draft; stage < Stage::opening;
             stage = static_cast<Stage>(static_cast<int>(stage) + 1)) {
            const Object bid{0, 41, kOrganisation, kRegion, stage};  // in a round of the actor's
            EXPECT_EQ(
                may(actor_of(role), Action::see_bids, bid),
                role == Role::supplier && stage != Stage::draft
            ) << name_of(role)
              << " " << name_of(stage);
        }
    }
    Object own{0, kOrganisation, 42, "310000", Stage::bidding};
    EXPECT_TRUE(may(actor_of(Role::supplier), Action::see_bids, own));
    EXPECT_FALSE(may(actor_of(Role::procurement_officer), Action::count_bids, own));
}

TEST(Access, RolesOfOnePersonAddUp) {
    Actor actor = actor_of(Role::hospital_reporter);
    EXPECT_EQ(reach_of(actor, Action::manage_keys), Reach::none);
    actor.roles.push_back(Role::hospital_approver);
    EXPECT_EQ(reach_of(actor, Action::manage_keys), Reach::organisation);
}

TEST(Access, APersonWithoutRolesKeepsTheirOwnAccount) {
    const Actor nobody;
    const Actor newcomer{kPerson, kOrganisation, kRegion, {}, 0, {}};
    for (const Action own : {Action::manage_own_account, Action::read_notices}) {
        EXPECT_EQ(reach_of(nobody, own), Reach::none);
        EXPECT_EQ(reach_of(newcomer, own), Reach::self);
    }
    for (const Action action : all_actions()) {
        if (action == Action::manage_own_account || action == Action::read_notices) continue;
        EXPECT_EQ(reach_of(newcomer, action), reach_of(nobody, action)) << name_of(action);
    }
}

TEST(Access, NobodyOwnsObjectsOfNobody) {
    Object object{0, 0, 0, "230100", Stage::bidding};
    Actor actor = actor_of(Role::supplier);
    actor.organisation = 0;
    EXPECT_FALSE(may(actor, Action::see_bids, object));
}

TEST(Access, AKeyReachesNoFurtherThanItsScopes) {
    Actor key{0, kOrganisation, kRegion, {Role::hospital_reporter}, 3, {Action::see_volumes}};
    EXPECT_EQ(reach_of(key, Action::see_volumes, Stage::volume_reporting), Reach::organisation);
    EXPECT_EQ(reach_of(key, Action::see_volumes, Stage::execution), Reach::all);
    for (const Action action : all_actions()) {
        if (action == Action::see_volumes) continue;
        EXPECT_EQ(reach_of(key, action), action == Action::see_service ? Reach::all : Reach::none)
            << name_of(action);
    }
    key.key_scopes = all_actions();
    EXPECT_EQ(reach_of(key, Action::manage_own_account), Reach::none);
}

TEST(Access, RegionsLieWithinRegions) {
    EXPECT_TRUE(is_within("230100", "230000"));
    EXPECT_TRUE(is_within("230100", "000000"));
    EXPECT_TRUE(is_within("230102", "230100"));
    EXPECT_TRUE(is_within("230102", "230102"));
    EXPECT_TRUE(is_within("000000", "000000"));
    EXPECT_FALSE(is_within("230000", "230100"));
    EXPECT_FALSE(is_within("000000", "230000"));
    EXPECT_FALSE(is_within("230103", "230102"));
    EXPECT_FALSE(is_within("310000", "230000"));
    EXPECT_FALSE(is_within("", "000000"));
    EXPECT_FALSE(is_within("230100", ""));
    EXPECT_FALSE(is_within("23010", "230000"));
    EXPECT_FALSE(is_within("23010x", "230000"));
}

}  // namespace
}  // namespace jicai::access
