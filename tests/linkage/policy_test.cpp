#include <catalogs/messages/fault_text.h>
#include <engine/linkage/policy_parameters.h>

#include <tests/linkage/world.h>

#include <set>

namespace jicai::linkage::testing {
namespace {

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
}

std::string hunan_text() {
    return std::string(*catalogs::find_linkage_policy("hunan-2018-drug"));
}

TEST(Policies, EveryShippedOneLoadsAndSaysWhereEachValueComesFrom) {
    std::set<std::string> digests;
    ASSERT_GE(catalogs::builtin_linkage_policies().size(), 12U);
    for (const catalogs::BuiltinFile& file : catalogs::builtin_linkage_policies()) {
        const Policy policy = shipped(std::string(file.id));
        EXPECT_EQ(policy.id, file.id);
        EXPECT_TRUE(digests.insert(policy.digest).second);
        const auto rows = parameter_list(policy);
        EXPECT_GE(rows.size(), 9U);
        for (const rules::ParameterRow& row : rows) {
            EXPECT_FALSE(row.clause.empty()) << file.id << ' ' << row.path;
            // Nothing but assumptions stands on silence.
            const bool silent = row.clause == "text silent";
            EXPECT_TRUE(row.open || !silent || row.evidence == rules::Evidence::assumed)
                << row.path;
        }
    }
}

TEST(Policies, GradientBandsShipEmpty) {
    const Policy policy = shipped("non-winning-gradient");
    EXPECT_TRUE(policy.winner_rules->cut_bands.present);
    EXPECT_FALSE(policy.winner_rules->cut_bands.value.has_value());
}

TEST(Policies, AllFaultsAtTheirPlacesInOnePass) {
    std::string text = hunan_text();
    text = replaced(text, "[\"province_listing\"]", "[\"province_price\"]");
    text = replaced(text, "lowest = { value = 3", "lowest = { value = 9");
    text = replaced(text, "key = { value = \"any_pack\"", "key = { value = \"any_strength\"");
    text = replaced(text, "effective_from = \"2018-10-01\"", "effective_from = \"2018-13-01\"");
    text = replaced(text, "unit = \"days\", clause = \"2018", "unit = \"months\", clause = \"2018");
    text = replaced(text, "[consequences]", "[consequence]");
    const catalogs::LoadedPolicy loaded = catalogs::load_policy(text, "x.toml");
    EXPECT_FALSE(loaded.policy.has_value());
    std::vector<std::string> keys;
    for (const catalogs::Fault& fault : loaded.faults) {
        keys.push_back(fault.message.key);
        const auto& messages = catalogs::MessageCatalog::builtin();
        const std::string zh = catalogs::fault_text(messages, catalogs::Language::zh, fault);
        EXPECT_NE(zh, catalogs::fault_text(messages, catalogs::Language::en, fault));
        EXPECT_GT(fault.row, 0U);
    }
    EXPECT_EQ(
        keys,
        (std::vector<std::string>{
            "fault.linkage.policy_day",
            "fault.linkage.policy_strength",
            "fault.linkage.policy_word",
            "fault.linkage.policy_lowest",
            "fault.rulebook.unit_wrong",
            "fault.rulebook.unknown_key"})
    );
}

TEST(Policies, WhatAValueNeedsMustStand) {
    const auto keys = [](const std::string& text) {
        std::vector<std::string> found;
        for (const catalogs::Fault& fault : catalogs::load_policy(text, "x.toml").faults) {
            found.push_back(fault.message.key);
        }
        return found;
    };
    using Keys = std::vector<std::string>;
    EXPECT_EQ(
        keys(replaced(hunan_text(), "\"mean_of_lowest\"", "\"minimum_of_regions\"")),
        Keys{"fault.linkage.policy_needs"}
    );
    EXPECT_EQ(
        keys(replaced(
            hunan_text(),
            "[deadline]",
            "[deadline]\nmonths = { value = 1, unit = \"months\", clause = \"1\", evidence = "
            "\"assumed\" }"
        )),
        (Keys{"fault.linkage.policy_needs", "fault.linkage.policy_deadlines"})
    );
    EXPECT_EQ(
        keys(
            hunan_text() + "\n[labels]\nbands = { value = [\"(1..2) = a\", \"[1..3) = b\"], unit = "
                           "\"bands\", clause = \"1\", evidence = \"assumed\" }\n"
        ),
        Keys{"fault.linkage.policy_band"}
    );
    EXPECT_EQ(keys("[policy"), Keys{"fault.rulebook.toml_syntax"});
}

TEST(Policies, GivenValuesFillOpenPointsOnly) {
    Policy policy = shipped("hunan-2018-drug");
    const auto refusal = [&policy](const char* path, const char* text) {
        const auto faults = apply_given(policy, {{path, text}});
        return faults.empty() ? std::optional<rules::GivenRefusal>() : faults[0].refusal;
    };
    EXPECT_EQ(refusal("reference.nothing", "1"), rules::GivenRefusal::unknown_path);
    EXPECT_EQ(refusal("reference.lowest", "5"), rules::GivenRefusal::closed);
    EXPECT_EQ(refusal("deadline.publicity_days", "x"), rules::GivenRefusal::malformed);
    EXPECT_EQ(refusal("deadline.publicity_days", "5"), std::nullopt);
    EXPECT_EQ(policy.deadline->publicity_days.evidence, rules::Evidence::given);
    Policy gradient = shipped("non-winning-gradient");
    const auto faults = apply_given(gradient, {{"winner_rules.cut_bands", "3-5: 20"}});
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_EQ(faults[0].refusal, rules::GivenRefusal::contradictory);
}

TEST(Policies, DigestCoversValuesNotComments) {
    const std::string digest = shipped("hunan-2018-drug").digest;
    EXPECT_EQ(catalogs::load_policy("# more\n" + hunan_text(), "x").policy->digest, digest);
    const auto changed = catalogs::load_policy(
        replaced(hunan_text(), "lowest = { value = 3", "lowest = { value = 5"), "x"
    );
    EXPECT_NE(changed.policy->digest, digest);
}

}  // namespace
}  // namespace jicai::linkage::testing
