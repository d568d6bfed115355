#include <engine/campaigns/stages.h>

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

namespace jicai::campaigns {
namespace {

const std::set<Role> kRunners{
    Role::procurement_officer, Role::bureau_province, Role::price_monitor};

template <typename List, typename One>
bool has(const List& list, One one) {
    return std::find(list.begin(), list.end(), one) != list.end();
}

// What the table should say, told a second time: which acts at which stage, by whom.
bool expected(Act act, Stage stage, Role role) {
    const bool runner = kRunners.contains(role);
    const bool firm = role == Role::supplier;
    switch (act) {
        case Act::edit:
            return runner && stage == Stage::draft;
        case Act::decide:
            return runner && (stage == Stage::draft || stage == Stage::verification ||
                              stage == Stage::publicity || stage == Stage::objection);
        case Act::answer_notice:
            return firm && stage == Stage::declaration;
        case Act::verify:
            return runner && stage == Stage::verification;
        case Act::object:
            return firm && (stage == Stage::publicity || stage == Stage::objection);
        case Act::answer_objection:
            return runner && (stage == Stage::publicity || stage == Stage::objection);
    }
    return false;
}

TEST(CampaignWorkflow, EveryActStageAndRole) {
    int asked = 0;
    for (const Act act : all_acts()) {
        for (const Stage stage : all_stages()) {
            bool anybody = false;
            for (const Role role : access::all_roles()) anybody |= expected(act, stage, role);
            for (const Role role : access::all_roles()) {
                for (const bool over : {false, true}) {
                    const bool bound = act == Act::answer_notice || act == Act::object;
                    ActRefusal why = ActRefusal::none;
                    if (!anybody) {
                        why = ActRefusal::not_at_this_stage;
                    } else if (!expected(act, stage, role)) {
                        why = ActRefusal::not_yours;
                    } else if (over && bound) {
                        why = ActRefusal::too_late;
                    }
                    const ActAnswer answer = ask_act(act, stage, {role}, over);
                    ASSERT_EQ(answer.why, why)
                        << name_of(act) << ' ' << name_of(stage) << ' ' << name_of(role);
                    ASSERT_EQ(
                        has(possible_acts(stage, {role}, over), act), why == ActRefusal::none
                    );
                    if (why != ActRefusal::none) {
                        ASSERT_EQ(answer.possible, possible_acts(stage, {role}, over));
                    }
                    ++asked;
                }
            }
        }
    }
    EXPECT_EQ(asked, kActs * kStages * access::kRoles * 2);
}

TEST(CampaignWorkflow, EveryPassageRoleAndSetOfFacts) {
    const std::set<std::pair<Stage, Stage>> hand{
        {Stage::draft, Stage::notice},
        {Stage::notice, Stage::declaration},
        {Stage::declaration, Stage::verification},
        {Stage::verification, Stage::publicity},
        {Stage::publicity, Stage::objection},
        {Stage::objection, Stage::effective}};
    for (const Stage from : all_stages()) {
        for (const Stage to : all_stages()) {
            const bool cancels = to == Stage::cancelled && from < Stage::effective;
            const bool there = hand.contains({from, to}) || cancels;
            for (const Role role : access::all_roles()) {
                for (unsigned bits = 0; bits < (1U << kConditions); ++bits) {
                    Facts facts;
                    for (int i = 0; i < kConditions; ++i) {
                        if ((bits & (1U << static_cast<unsigned>(i))) != 0) {
                            facts.add(static_cast<Condition>(i));
                        }
                    }
                    const PassageAnswer answer = ask_passage(from, to, {role}, facts);
                    if (!there) {
                        ASSERT_EQ(answer.why, PassageRefusal::no_such_passage);
                        continue;
                    }
                    if (!kRunners.contains(role)) {
                        ASSERT_EQ(answer.why, PassageRefusal::not_yours);
                        continue;
                    }
                    ASSERT_EQ(answer.why == PassageRefusal::none, answer.unmet.empty());
                    for (const Condition unmet : answer.unmet) ASSERT_FALSE(facts.has(unmet));
                    if (cancels) {
                        ASSERT_EQ(answer.why, PassageRefusal::none);
                    } else if (bits == 0) {
                        ASSERT_EQ(answer.why, PassageRefusal::conditions_unmet);
                    }
                    if (bits + 1 == (1U << kConditions)) {
                        ASSERT_EQ(answer.why, PassageRefusal::none);
                    }
                }
            }
        }
    }
}

// Nothing is published before the time to object is over, and nothing that is not decided last.
TEST(CampaignWorkflow, PublicationNeedsTimeAnswersAndTheLastDecision) {
    const Facts all{
        Condition::decision_current, Condition::time_over, Condition::objections_answered};
    EXPECT_EQ(
        ask_passage(Stage::objection, Stage::effective, {Role::price_monitor}, all).why,
        PassageRefusal::none
    );
    const std::vector<Facts> less{
        Facts{Condition::time_over, Condition::objections_answered},
        Facts{Condition::decision_current, Condition::objections_answered},
        Facts{Condition::decision_current, Condition::time_over}};
    for (const Facts& facts : less) {
        EXPECT_EQ(
            ask_passage(Stage::objection, Stage::effective, {Role::price_monitor}, facts)
                .unmet.size(),
            1U
        );
    }
}

TEST(CampaignWorkflow, DeadlinesPassThreeStagesOnly) {
    const std::map<Stage, Stage> by_deadline{
        {Stage::notice, Stage::declaration},
        {Stage::declaration, Stage::verification},
        {Stage::publicity, Stage::objection}};
    for (const Stage stage : all_stages()) {
        const auto expected_next = by_deadline.find(stage);
        const auto to = after_deadline(stage);
        ASSERT_EQ(to.has_value(), expected_next != by_deadline.end()) << name_of(stage);
        if (to) {
            EXPECT_EQ(*to, expected_next->second);
        }
    }
}

TEST(CampaignWorkflow, EveryStateOfASkuAndCause) {
    int moves = 0;
    for (const SkuState from : all_sku_states()) {
        for (const Cause cause : all_causes()) {
            for (const Consequence first : {Consequence::suspended, Consequence::delisted}) {
                const auto to = next_state(from, cause, first);
                if (to) ++moves;
                const bool answers =
                    cause == Cause::confirm || cause == Cause::declare || cause == Cause::refuse;
                const bool answerable = from == SkuState::open || from == SkuState::confirmed ||
                                        from == SkuState::declared || from == SkuState::refused;
                if (answers) {
                    ASSERT_EQ(to.has_value(), answerable);
                    if (to && cause == Cause::confirm) {
                        ASSERT_EQ(*to, SkuState::confirmed);
                    }
                    if (to && cause == Cause::declare) {
                        ASSERT_EQ(*to, SkuState::declared);
                    }
                    if (to && cause == Cause::refuse) {
                        ASSERT_EQ(*to, SkuState::refused);
                    }
                }
                if (cause == Cause::deadline) {
                    ASSERT_EQ(to.has_value(), from == SkuState::open);
                    if (to) {
                        ASSERT_EQ(*to, SkuState::silent);
                    }
                }
                if (cause == Cause::publish &&
                    (from == SkuState::refused || from == SkuState::silent)) {
                    ASSERT_EQ(
                        to,
                        first == Consequence::suspended ? SkuState::suspended : SkuState::delisted
                    );
                }
                if (cause == Cause::delist) {
                    ASSERT_EQ(to.has_value(), from == SkuState::suspended);
                }
                // What was published or set aside is never asked or objected to again.
                if (from >= SkuState::set_aside && cause < Cause::publish) {
                    ASSERT_FALSE(to);
                }
            }
        }
    }
    EXPECT_EQ(moves, 2 * (static_cast<int>(sku_passages().size()) + 2));
    for (const Cause cause : all_causes()) EXPECT_FALSE(stages_of(cause).empty());
}

TEST(CampaignWorkflow, NamesAreFoundAgain) {
    for (const Stage stage : all_stages()) EXPECT_EQ(find_stage(name_of(stage)), stage);
    for (const SkuState state : all_sku_states()) EXPECT_EQ(find_sku_state(name_of(state)), state);
    EXPECT_FALSE(find_stage("published"));
    EXPECT_FALSE(find_sku_state(""));
}

/// The tables as docs/campaigns.md prints them.
std::string printed_acts() {
    std::string text;
    for (const Act act : all_acts()) {
        std::string stages;
        std::string roles;
        bool bound = false;
        for (const Stage stage : all_stages()) {
            std::string here;
            for (const Role role : access::all_roles()) {
                if (ask_act(act, stage, {role}, false).why != ActRefusal::none) continue;
                here += (here.empty() ? "" : ", ") + std::string(access::name_of(role));
                bound |= ask_act(act, stage, {role}, true).why == ActRefusal::too_late;
            }
            if (here.empty()) continue;
            roles = here;
            stages += (stages.empty() ? "" : ", ") + std::string(name_of(stage));
        }
        text += "| " + std::string(name_of(act)) + " | " + stages + " | " + roles + " | " +
                (bound ? "yes" : "") + " |\n";
    }
    return text;
}

std::string printed_passages() {
    std::string text;
    for (const Passage& passage : passages()) {
        std::string conditions;
        for (const Condition condition : passage.conditions) {
            conditions += (conditions.empty() ? "" : ", ") + std::string(name_of(condition));
        }
        text += "| " + std::string(name_of(passage.from)) + " | " +
                std::string(name_of(passage.to)) + " | " + conditions + " | " +
                (passage.at_deadline ? "yes" : "") + " |\n";
    }
    return text;
}

std::string printed_skus() {
    std::string text;
    for (const SkuPassage& passage : sku_passages()) {
        text += "| " + std::string(name_of(passage.from)) + " | " +
                std::string(name_of(passage.cause)) + " | " + std::string(name_of(passage.to)) +
                " |\n";
    }
    return text;
}

TEST(CampaignWorkflow, TheTablesAreThosePrinted) {
    std::ifstream file(std::string(JICAI_SOURCE_DIR) + "/docs/campaigns.md");
    std::stringstream text;
    text << file.rdbuf();
    EXPECT_NE(text.str().find(printed_acts()), std::string::npos) << printed_acts();
    EXPECT_NE(text.str().find(printed_passages()), std::string::npos) << printed_passages();
    EXPECT_NE(text.str().find(printed_skus()), std::string::npos) << printed_skus();
}

}  // namespace
}  // namespace jicai::campaigns
