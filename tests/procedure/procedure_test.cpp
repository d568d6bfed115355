#include <engine/access/role.h>
#include <engine/access/stage.h>
#include <engine/procedure/acts.h>

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

namespace jicai::procedure {
namespace {

Position at(Stage stage) {
    return {stage, {}, {}};
}

/// The table as docs/procedure.md prints it: act, stages, roles, whether the deadline ends it.
std::string printed() {
    std::string text;
    for (const Act act : all_acts()) {
        std::string stages;
        std::string roles;
        for (const Stage stage : access::all_stages()) {
            const std::vector<Role> theirs = roles_for(act, stage);
            if (theirs.empty()) continue;
            stages += (stages.empty() ? "" : ", ") + std::string(access::name_of(stage));
            roles.clear();
            for (const Role role : theirs) {
                roles += (roles.empty() ? "" : ", ") + std::string(access::name_of(role));
            }
        }
        text += "| " + std::string(name_of(act)) + " | " + stages + " | " + roles + " | " +
                (ends_at_deadline(act) ? "yes" : "") + " |\n";
    }
    return text;
}

TEST(Procedure, TheTableIsTheOnePrinted) {
    std::ifstream file(std::string(JICAI_SOURCE_DIR) + "/docs/procedure.md");
    std::stringstream text;
    text << file.rdbuf();
    EXPECT_NE(text.str().find(printed()), std::string::npos) << printed();
}

// Every act at every stage by every role, with the deadline ahead, at hand and past.
TEST(Procedure, EveryActStageAndRole) {
    const calendar::Deadline deadline{{1'000'000}};
    int allowed = 0;
    for (const Act act : all_acts()) {
        ASSERT_EQ(find_act(name_of(act)), act);
        for (const Stage stage : access::all_stages()) {
            const std::vector<Role> theirs = roles_for(act, stage);
            for (const Role role : access::all_roles()) {
                const bool may = std::find(theirs.begin(), theirs.end(), role) != theirs.end();
                for (const std::int64_t micros : {999'999, 1'000'000, 1'000'001}) {
                    const Position position{stage, deadline, {micros}};
                    const ActAnswer answer = ask_act(act, position, {role});
                    const bool late = ends_at_deadline(act) && micros >= 1'000'000;
                    ActRefusal expected = ActRefusal::none;
                    if (theirs.empty()) {
                        expected = ActRefusal::not_at_this_stage;
                    } else if (!may) {
                        expected = ActRefusal::not_yours;
                    } else if (late) {
                        expected = ActRefusal::too_late;
                    }
                    ASSERT_EQ(answer.why, expected) << name_of(act) << access::name_of(stage);
                    const std::vector<Act> acts = acts_of(position, {role});
                    const bool listed = std::find(acts.begin(), acts.end(), act) != acts.end();
                    ASSERT_EQ(listed, expected == ActRefusal::none);
                    if (expected != ActRefusal::none) {
                        ASSERT_EQ(answer.possible, acts);
                    }
                    allowed += listed ? 1 : 0;
                }
                // Without a deadline nothing is late.
                ASSERT_EQ(ask_act(act, at(stage), {role}).why == ActRefusal::none, may);
            }
        }
    }
    EXPECT_GT(allowed, 200);
}

TEST(Procedure, NobodyLoggedInAndAdministratorsDoNothingInARound) {
    for (const Stage stage : access::all_stages()) {
        EXPECT_TRUE(acts_of(at(stage), {}).empty());
        for (const Role role :
             {Role::anyone,
              Role::system_administrator,
              Role::security_administrator,
              Role::audit_administrator}) {
            EXPECT_TRUE(acts_of(at(stage), {role}).empty());
        }
    }
}

TEST(Procedure, WhoBidsDoesNotOpenAndWhoOpensDoesNotBid) {
    for (const Stage stage : access::all_stages()) {
        for (const Act act : {Act::submit_bid, Act::withdraw_bid}) {
            for (const Role role : {Role::bid_opener, Role::procurement_officer}) {
                EXPECT_NE(ask_act(act, at(stage), {role}).why, ActRefusal::none);
            }
        }
        EXPECT_NE(ask_act(Act::open_bids, at(stage), {Role::supplier}).why, ActRefusal::none);
        EXPECT_NE(
            ask_act(Act::open_bids, at(stage), {Role::procurement_officer}).why, ActRefusal::none
        );
    }
    EXPECT_EQ(
        ask_act(Act::open_bids, at(Stage::opening), {Role::bid_opener}).why, ActRefusal::none
    );
}

TEST(Procedure, RefusalsSayWhatTheStageAllows) {
    const ActAnswer stage = ask_act(Act::submit_bid, at(Stage::publicity), {Role::supplier});
    EXPECT_EQ(stage.why, ActRefusal::not_at_this_stage);
    EXPECT_EQ(stage.stages, std::vector<Stage>{Stage::bidding});
    EXPECT_EQ(stage.possible, std::vector<Act>{Act::raise_objection});
    const ActAnswer role =
        ask_act(Act::approve_report, at(Stage::volume_reporting), {Role::hospital_reporter});
    EXPECT_EQ(role.why, ActRefusal::not_yours);
    EXPECT_EQ(role.roles, std::vector<Role>{Role::hospital_approver});
    EXPECT_EQ(role.possible, std::vector<Act>{Act::report_volume});
}

TEST(Procedure, OrdersOfStages) {
    EXPECT_EQ(stages_of(RoundKind::drug).size(), 12U);
    for (const RoundKind kind : {RoundKind::drug, RoundKind::consumable, RoundKind::reagent}) {
        const auto& stages = stages_of(kind);
        EXPECT_TRUE(std::is_sorted(stages.begin(), stages.end()));
        EXPECT_EQ(stages.front(), Stage::draft);
        EXPECT_EQ(stages.back(), Stage::closed);
        const bool picks =
            std::find(stages.begin(), stages.end(), Stage::region_picking) != stages.end();
        EXPECT_EQ(picks, kind == RoundKind::drug);
    }
    EXPECT_EQ(find_kind("reagent"), RoundKind::reagent);
    EXPECT_FALSE(find_kind("Drug"));
}

// Every pair of stages, with no condition, each missing one and all met.
TEST(Procedure, EveryPassage) {
    Facts all;
    for (int i = 0; i < kConditions; ++i) all.add(static_cast<Condition>(i));
    const std::vector<Role> officer{Role::procurement_officer};
    for (const RoundKind kind : {RoundKind::drug, RoundKind::consumable}) {
        const std::vector<Passage> passages = passages_of(kind);
        for (const Stage from : access::all_stages()) {
            for (const Stage to : access::all_stages()) {
                const auto known =
                    std::find_if(passages.begin(), passages.end(), [&](const auto& p) {
                        return p.from == from && p.to == to;
                    });
                const PassageAnswer answer = ask_passage(kind, from, to, officer, all);
                if (known == passages.end()) {
                    ASSERT_EQ(answer.why, PassageRefusal::no_such_passage);
                    continue;
                }
                const bool nobody = known->who.empty();
                ASSERT_EQ(answer.why, nobody ? PassageRefusal::not_yours : PassageRefusal::none);
                ASSERT_EQ(
                    ask_passage(kind, from, to, {Role::supplier}, all).why,
                    PassageRefusal::not_yours
                );
                if (nobody || known->conditions.empty()) continue;
                const PassageAnswer none = ask_passage(kind, from, to, officer, Facts());
                ASSERT_EQ(none.why, PassageRefusal::conditions_unmet);
                ASSERT_EQ(none.unmet, known->conditions);
                for (const Condition missing : known->conditions) {
                    Facts but_one;
                    for (int i = 0; i < kConditions; ++i) {
                        if (static_cast<Condition>(i) != missing)
                            but_one.add(static_cast<Condition>(i));
                    }
                    ASSERT_EQ(
                        ask_passage(kind, from, to, officer, but_one).unmet,
                        std::vector<Condition>{missing}
                    );
                }
            }
        }
    }
    EXPECT_TRUE(
        ask_passage(RoundKind::drug, Stage::closed, Stage::draft, officer, all).possible.empty()
    );
    EXPECT_TRUE(
        ask_passage(RoundKind::drug, Stage::cancelled, Stage::draft, officer, all).possible.empty()
    );
}

TEST(Procedure, TheDeadlineItselfClosesBidding) {
    const calendar::Deadline ten =
        calendar::deadline_at(*calendar::read_day("2026-12-01"), 10 * 3600);
    const auto stage = [&](std::int64_t micros, Stage from, const Facts& facts) {
        return stage_at(RoundKind::drug, from, ten, {ten.moment.micros + micros}, facts);
    };
    EXPECT_EQ(stage(-1, Stage::bidding, {}), Stage::bidding);
    EXPECT_EQ(stage(0, Stage::bidding, {}), Stage::opening);
    EXPECT_EQ(stage(1, Stage::bidding, {}), Stage::opening);
    EXPECT_EQ(stage(0, Stage::volume_reporting, {}), Stage::volume_confirmation);
    // Conditions hold the passage back; stages without one wait for the officer.
    EXPECT_EQ(stage(0, Stage::notice, {}), Stage::notice);
    EXPECT_EQ(
        stage(0, Stage::notice, Facts{Condition::questions_answered}), Stage::volume_reporting
    );
    EXPECT_EQ(stage(0, Stage::publicity, Facts{Condition::publicity_over}), Stage::publicity);
    EXPECT_EQ(stage_at(RoundKind::drug, Stage::bidding, {}, ten.moment, {}), Stage::bidding);
}

TEST(Procedure, LotsLeaveTheirRound) {
    int allowed = 0;
    for (const Stage stage : access::all_stages()) {
        for (const LotState from :
             {LotState::open, LotState::cancelled, LotState::failed, LotState::retendered}) {
            EXPECT_FALSE(may_change(from, LotState::open, stage));
            EXPECT_FALSE(may_change(from, from, stage));
            for (const LotState to :
                 {LotState::cancelled, LotState::failed, LotState::retendered}) {
                allowed += may_change(from, to, stage) ? 1 : 0;
            }
        }
    }
    EXPECT_EQ(allowed, 8 + 3 + 2 * 11);
    EXPECT_FALSE(may_change(LotState::open, LotState::cancelled, Stage::draft));
    EXPECT_TRUE(may_change(LotState::open, LotState::cancelled, Stage::notice));
    EXPECT_TRUE(may_change(LotState::open, LotState::cancelled, Stage::award_final));
    EXPECT_FALSE(may_change(LotState::open, LotState::cancelled, Stage::agreements));
    EXPECT_FALSE(may_change(LotState::open, LotState::retendered, Stage::publicity));
}

}  // namespace
}  // namespace jicai::procedure
