#include <engine/accounts/organisations.h>

#include <gtest/gtest.h>
#include <tests/accounts/world.h>

namespace jicai::accounts {
namespace {

using ports::Organisation;
using ports::OrganisationKind;
using test::World;

Organisation hospital(const std::string& code) {
    return {0, code, "哈尔滨市第二医院", OrganisationKind::hospital, "230100", 0, true, 1};
}

struct Organisations : ::testing::Test {
    std::string add(const Organisation& organisation) {
        return world.refusal_of([&](ports::Transaction& transaction) {
            result = add_organisation(transaction, organisation);
        });
    }
    std::string change(const Organisation& organisation) {
        return world.refusal_of([&](ports::Transaction& transaction) {
            result = change_organisation(transaction, world.actor(world.system), organisation);
        });
    }
    Organisation held(std::int64_t id) { return world.store.held.organisations.at(id); }

    World world;
    ChangedOrganisation result;
};

TEST_F(Organisations, CodesByKind) {
    EXPECT_EQ(add(hospital("H23010000002")), "");
    EXPECT_TRUE(result.warnings.empty());
    EXPECT_EQ(add(hospital("914403001922038216")), "");  // hospitals have a credit code, too
    EXPECT_EQ(add(hospital("P23010000002")), "organisation.code_form_care");
    EXPECT_EQ(add(hospital("H2301000000")), "organisation.code_form_care");
    EXPECT_EQ(world.refusal.faults().at(0).field, "/code");
    Organisation supplier = hospital("H23010000003");
    supplier.kind = OrganisationKind::supplier;
    EXPECT_EQ(add(supplier), "organisation.code_form");
    Organisation pharmacy = hospital("P23010000002");
    pharmacy.kind = OrganisationKind::pharmacy;
    EXPECT_EQ(add(pharmacy), "");
}

TEST_F(Organisations, AFailingCheckDigitIsAWarning) {
    EXPECT_EQ(add(hospital("91350100M0001TGQXM")), "");
    ASSERT_EQ(result.warnings.size(), 1U);
    EXPECT_EQ(
        result.warnings[0],
        (decision::Message{
            "organisation.check_digit", {{"value", "91350100M0001TGQXM"}, {"expected", "1"}}})
    );
    EXPECT_EQ(add(hospital("H99010000002")), "");
    EXPECT_EQ(result.warnings.at(0).key, "organisation.code_region");
}

TEST_F(Organisations, Refusals) {
    EXPECT_EQ(add(hospital("H23010000001")), "organisation.code_taken");
    Organisation wrong = hospital("H23010000002");
    wrong.name = " ";
    EXPECT_EQ(add(wrong), "organisation.name_missing");
    wrong = hospital("H23010000002");
    wrong.region = "710000";
    EXPECT_EQ(add(wrong), "organisation.region");
    wrong = hospital("H23010000002");
    wrong.parent = 99;
    EXPECT_EQ(add(wrong), "organisation.parent");
}

TEST_F(Organisations, ChangesCountAndAreLogged) {
    Organisation changed = held(world.hospital);
    changed.name = "改名医院";
    EXPECT_EQ(change(changed), "");
    EXPECT_EQ(result.organisation.version, 2);
    EXPECT_EQ(held(world.hospital).version, 2);
    EXPECT_EQ(result.audit.at(0).action, "organisation.changed");
    EXPECT_NE(result.audit.at(0).before, result.audit.at(0).after);
    EXPECT_EQ(change(changed), "people.changed");  // read before the last change
    changed.id = 99;
    EXPECT_EQ(change(changed), "organisation.not_found");
}

TEST_F(Organisations, NoRings) {
    ASSERT_EQ(add(hospital("H23010000002")), "");
    Organisation below = result.organisation;
    below.parent = world.hospital;
    ASSERT_EQ(change(below), "");
    Organisation above = held(world.hospital);
    above.parent = below.id;
    EXPECT_EQ(change(above), "organisation.parent_below");
    above.parent = above.id;
    EXPECT_EQ(change(above), "organisation.parent_below");
}

TEST_F(Organisations, AKindInUseStays) {
    Organisation changed = held(world.hospital);
    changed.kind = OrganisationKind::pharmacy;
    changed.code = "P23010000009";
    EXPECT_EQ(change(changed), "organisation.kind_in_use");
    world.user(world.reporter).roles.clear();
    EXPECT_EQ(change(changed), "");
}

TEST_F(Organisations, DisablingEndsTheSessionsOfItsPeople) {
    world.signed_in("reporter");
    world.signed_in("officer");
    Organisation changed = held(world.hospital);
    changed.active = false;
    EXPECT_EQ(change(changed), "");
    EXPECT_EQ(result.audit.at(0).action, "organisation.disabled");
    ASSERT_EQ(world.store.held.sessions.size(), 1U);
    EXPECT_EQ(world.store.held.sessions.begin()->second.user, world.officer);
}

TEST_F(Organisations, OnesOwnAndThoseOfAdministratorsStay) {
    Organisation own = held(world.operator_);
    own.active = false;
    EXPECT_EQ(change(own), "organisation.own");
    world.user(world.system).organisation = world.office;
    EXPECT_EQ(change(own), "organisation.has_administrators");
}

}  // namespace
}  // namespace jicai::accounts
