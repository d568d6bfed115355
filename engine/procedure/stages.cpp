#include <engine/money/check.h>
#include <engine/procedure/stages.h>

#include <algorithm>
#include <array>

namespace jicai::procedure {
namespace {

std::vector<Stage> all_but_region_picking() {
    std::vector<Stage> stages = stages_of(RoundKind::drug);
    stages.erase(std::find(stages.begin(), stages.end(), Stage::region_picking));
    return stages;
}

bool is_between(Stage stage, Stage first, Stage last) {
    return stage >= first && stage <= last;
}

// What must be the case to leave a stage for the next.
Passage forward(Stage from, Stage to) {
    using enum Condition;
    const std::vector<Role> officer{Role::procurement_officer};
    switch (from) {
        case Stage::draft:
            return {
                from,
                to,
                officer,
                false,
                {lots_complete,
                 ceilings_set,
                 opening_set,
                 notice_dated,
                 tender_document_attached,
                 reviews_attached,
                 weak_values_accepted,
                 signed_by_two}};
        case Stage::notice:
            return {from, to, officer, true, {questions_answered}};
        case Stage::volume_reporting:
            return {from, to, officer, true, {}};
        case Stage::volume_confirmation:
            return {from, to, officer, false, {volumes_confirmed}};
        case Stage::bidding:
            return {from, to, {}, true, {}};
        case Stage::opening:
            return {from, to, officer, false, {bids_opened, award_proposed}};
        case Stage::region_picking:
            return {from, to, officer, false, {regions_picked}};
        case Stage::publicity:
            return {from, to, officer, false, {publicity_over, objections_answered}};
        case Stage::award_final:
            return {from, to, officer, false, {}};
        case Stage::agreements:
            return {from, to, officer, true, {agreements_signed}};
        case Stage::execution:
            return {from, to, officer, false, {term_over}};
        case Stage::closed:
        case Stage::cancelled:
            break;
    }
    JICAI_CHECK(false);
}

}  // namespace

std::optional<RoundKind> find_kind(std::string_view word) {
    if (word == "drug") return RoundKind::drug;
    if (word == "consumable") return RoundKind::consumable;
    if (word == "reagent") return RoundKind::reagent;
    return {};
}

const std::vector<Stage>& stages_of(RoundKind kind) {
    static const std::vector<Stage> drug{
        Stage::draft,
        Stage::notice,
        Stage::volume_reporting,
        Stage::volume_confirmation,
        Stage::bidding,
        Stage::opening,
        Stage::region_picking,
        Stage::publicity,
        Stage::award_final,
        Stage::agreements,
        Stage::execution,
        Stage::closed};
    if (kind == RoundKind::drug) return drug;
    static const std::vector<Stage> others = all_but_region_picking();
    return others;
}

std::string_view name_of(Condition condition) {
    static constexpr std::array<std::string_view, kConditions> kNames{
        "signed_by_two",
        "weak_values_accepted",
        "reviews_attached",
        "questions_answered",
        "volumes_confirmed",
        "bids_opened",
        "award_proposed",
        "regions_picked",
        "publicity_over",
        "objections_answered",
        "agreements_signed",
        "term_over",
        "lots_complete",
        "ceilings_set",
        "opening_set",
        "notice_dated",
        "tender_document_attached"};
    return kNames[static_cast<std::size_t>(condition)];
}

std::vector<Passage> passages_of(RoundKind kind) {
    const std::vector<Stage>& stages = stages_of(kind);
    const std::vector<Role> officer{Role::procurement_officer};
    std::vector<Passage> passages;
    for (std::size_t i = 0; i + 1 < stages.size(); ++i) {
        passages.push_back(forward(stages[i], stages[i + 1]));
        // A correction of the rulebook and volumes opened again go back one stage.
        if (stages[i] == Stage::notice || stages[i] == Stage::volume_confirmation) {
            passages.push_back({stages[i], stages[i - 1], officer, false, {}});
        }
        passages.push_back({stages[i], Stage::cancelled, officer, false, {Condition::signed_by_two}}
        );
    }
    return passages;
}

PassageAnswer ask_passage(
    RoundKind kind, Stage from, Stage to, const std::vector<Role>& roles, const Facts& facts
) {
    PassageAnswer answer;
    for (const Passage& passage : passages_of(kind)) {
        if (passage.from != from) continue;
        if (passage.to != to) {
            answer.possible.push_back(passage.to);
            continue;
        }
        answer.possible.clear();
        const bool theirs = std::any_of(roles.begin(), roles.end(), [&](Role role) {
            return std::find(passage.who.begin(), passage.who.end(), role) != passage.who.end();
        });
        if (!theirs) {
            answer.why = PassageRefusal::not_yours;
            answer.who = passage.who;
            return answer;
        }
        for (const Condition condition : passage.conditions) {
            if (!facts.has(condition)) answer.unmet.push_back(condition);
        }
        if (!answer.unmet.empty()) answer.why = PassageRefusal::conditions_unmet;
        return answer;
    }
    answer.why = PassageRefusal::no_such_passage;
    return answer;
}

Stage stage_at(
    RoundKind kind,
    Stage stage,
    const std::optional<calendar::Deadline>& deadline,
    ports::Moment now,
    const Facts& facts
) {
    if (!deadline || calendar::in_time(now, *deadline)) return stage;
    for (const Passage& passage : passages_of(kind)) {
        if (passage.from != stage || !passage.at_deadline) continue;
        const bool met = std::all_of(
            passage.conditions.begin(),
            passage.conditions.end(),
            [&](Condition condition) { return facts.has(condition); }
        );
        if (met) return passage.to;
    }
    return stage;
}

namespace {
constexpr std::array<std::string_view, 4> kLotStates{"open", "cancelled", "failed", "retendered"};
}  // namespace

std::string_view name_of(LotState state) {
    return kLotStates[static_cast<std::size_t>(state)];
}

std::optional<LotState> find_lot_state(std::string_view name) {
    const auto* const found = std::find(kLotStates.begin(), kLotStates.end(), name);
    if (found == kLotStates.end()) return {};
    return static_cast<LotState>(found - kLotStates.begin());
}

bool may_change(LotState from, LotState to, Stage stage) {
    switch (to) {
        case LotState::open:
            return false;
        case LotState::cancelled:
            return from == LotState::open && is_between(stage, Stage::notice, Stage::award_final);
        case LotState::failed:
            return from == LotState::open && is_between(stage, Stage::opening, Stage::publicity);
        case LotState::retendered:
            return (from == LotState::cancelled || from == LotState::failed) &&
                   is_between(stage, Stage::notice, Stage::closed);
    }
    return false;
}

}  // namespace jicai::procedure
