#include <engine/accounts/keys.h>

#include <gtest/gtest.h>
#include <tests/accounts/world.h>

namespace jicai::accounts {
namespace {

using access::Action;
using access::Role;
using test::World;

NewKey good(const World& world) {
    return {world.hospital, "HIS", {Action::see_volumes}, {Role::hospital_reporter}, 30, 60};
}

std::string refusal(World& world, std::int64_t actor, const NewKey& key) {
    return world.refusal_of([&](ports::Transaction& transaction) {
        static_cast<void>(add_key(transaction, world.secrets, world.actor(actor), key, world.wall));
    });
}

TEST(Keys, WhoMayMakeOneForWhom) {
    World world;
    const std::int64_t approver =
        world.add_person("approver", world.hospital, {Role::hospital_approver});
    EXPECT_EQ(refusal(world, world.security, good(world)), "");
    EXPECT_EQ(refusal(world, world.system, good(world)), "access.denied");
    EXPECT_EQ(refusal(world, world.reporter, good(world)), "access.denied");
    NewKey key = good(world);
    EXPECT_EQ(refusal(world, approver, key), "key.role");  // gives away only what she has
    key.roles = {Role::hospital_approver};
    EXPECT_EQ(refusal(world, approver, key), "");
    key.organisation = 0;  // her own
    EXPECT_EQ(refusal(world, approver, key), "");
    key.organisation = world.office;
    EXPECT_EQ(refusal(world, approver, key), "access.denied");
}

TEST(Keys, RolesAndScopes) {
    World world;
    NewKey key = good(world);
    key.roles = {Role::supplier};
    EXPECT_EQ(refusal(world, world.security, key), "key.role");
    key = good(world);
    key.organisation = world.office;
    key.roles = {Role::procurement_officer};  // needs a second factor
    EXPECT_EQ(refusal(world, world.security, key), "key.role");
    for (const Action scope : access::all_actions()) {
        key = good(world);
        key.scopes = {scope};
        if (scope == Action::report_volumes) {  // needs what leads to a report too
            EXPECT_EQ(refusal(world, world.security, key), "key.scope_alone");
            key.scopes.push_back(Action::see_rounds);
            EXPECT_EQ(refusal(world, world.security, key), "key.scope_alone");
            key.scopes.push_back(Action::see_hospital_volumes);
        }
        const auto& scopes = key_scopes();
        const bool for_keys = std::find(scopes.begin(), scopes.end(), scope) != scopes.end();
        EXPECT_EQ(refusal(world, world.security, key), for_keys ? "" : "key.scope")
            << access::name_of(scope);
    }
    key = good(world);
    key.roles = {};  // as the public, who sees no bids
    key.scopes = {Action::see_bids};
    EXPECT_EQ(refusal(world, world.security, key), "key.scope");
    key.scopes = {};
    EXPECT_EQ(refusal(world, world.security, key), "key.scopes_missing");
}

TEST(Keys, Bounds) {
    World world;
    for (const auto& [days, expected] : std::vector<std::pair<std::int64_t, std::string>>{
             {0, "key.days"}, {1, ""}, {365, ""}, {366, "key.days"}}) {
        NewKey key = good(world);
        key.days = days;
        EXPECT_EQ(refusal(world, world.security, key), expected) << days;
    }
    for (const auto& [requests, expected] : std::vector<std::pair<std::int64_t, std::string>>{
             {0, "key.requests"}, {1, ""}, {6000, ""}, {6001, "key.requests"}}) {
        NewKey key = good(world);
        key.requests_per_minute = requests;
        EXPECT_EQ(refusal(world, world.security, key), expected) << requests;
    }
    NewKey key = good(world);
    key.name = "  ";
    EXPECT_EQ(refusal(world, world.security, key), "key.name_missing");
}

TEST(Keys, OfOthersAreNotThere) {
    World world;
    ASSERT_EQ(refusal(world, world.security, good(world)), "");
    const std::int64_t supplier = world.add_person("supplier", world.office, {Role::supplier});
    const auto rotate = [&](std::int64_t actor, std::int64_t id) {
        return world.refusal_of([&](ports::Transaction& transaction) {
            static_cast<void>(
                rotate_key(transaction, world.secrets, world.actor(actor), id, world.wall)
            );
        });
    };
    EXPECT_EQ(rotate(supplier, 1), "key.not_found");
    EXPECT_EQ(rotate(world.security, 2), "key.not_found");
    EXPECT_EQ(rotate(world.security, 1), "");
    const auto revoke = [&] {
        return world.refusal_of([&](ports::Transaction& transaction) {
            static_cast<void>(revoke_key(transaction, world.actor(world.security), 1));
        });
    };
    EXPECT_EQ(revoke(), "");
    EXPECT_EQ(revoke(), "key.revoked");
    EXPECT_EQ(rotate(world.security, 1), "key.revoked");
}

TEST(Keys, TheLogHoldsNoSecret) {
    World world;
    world.store.write([&](ports::Transaction& transaction) {
        const access::Actor actor = world.actor(world.security);
        const ChangedKey made = add_key(transaction, world.secrets, actor, good(world), world.wall);
        const ChangedKey rotated = rotate_key(transaction, world.secrets, actor, 1, world.wall);
        for (const ChangedKey* key : {&made, &rotated}) {
            const ports::AuditEntry& entry = key->audit.at(0);
            EXPECT_EQ((entry.before + entry.after).find(key->secret.substr(5)), std::string::npos);
            EXPECT_EQ((entry.before + entry.after).find("digest"), std::string::npos);
            EXPECT_EQ(entry.object, "key:1");
        }
        EXPECT_EQ(made.audit.at(0).before, "");
        EXPECT_NE(rotated.audit.at(0).before, rotated.audit.at(0).after);
    });
}

}  // namespace
}  // namespace jicai::accounts
