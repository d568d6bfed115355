#include <engine/campaigns/stages.h>

#include <algorithm>
#include <array>
#include <cstddef>

namespace jicai::campaigns {
namespace {

template <typename Name, std::size_t kCount>
std::vector<Name> numbered() {
    std::vector<Name> all;
    for (std::size_t i = 0; i < kCount; ++i) all.push_back(static_cast<Name>(i));
    return all;
}

template <typename Name, std::size_t kCount>
std::optional<Name> found(
    const std::array<std::string_view, kCount>& names, std::string_view name
) {
    const auto at = std::find(names.begin(), names.end(), name);
    if (at == names.end()) return std::nullopt;
    return static_cast<Name>(at - names.begin());
}

constexpr std::array<std::string_view, kStages> kStageNames{
    "draft",
    "notice",
    "declaration",
    "verification",
    "publicity",
    "objection",
    "effective",
    "cancelled"};
constexpr std::array<std::string_view, kSkuStates> kSkuStateNames{
    "not_asked",
    "open",
    "confirmed",
    "declared",
    "refused",
    "silent",
    "set_aside",
    "in_force",
    "suspended",
    "delisted"};
constexpr std::array<std::string_view, kCauses> kCauseNames{
    "confirm",
    "declare",
    "refuse",
    "deadline",
    "reject_declared",
    "uphold",
    "ask",
    "ask_no_more",
    "publish",
    "delist"};
constexpr std::array<std::string_view, kConditions> kConditionNames{
    "decided",
    "term_known",
    "answered",
    "declarations_verified",
    "decision_current",
    "time_over",
    "objections_answered"};
constexpr std::array<std::string_view, kActs> kActNames{
    "edit", "decide", "answer_notice", "verify", "object", "answer_objection"};

template <typename Value>
constexpr std::size_t at(Value value) {
    return static_cast<std::size_t>(value);
}

bool share(const std::vector<Role>& some, const std::vector<Role>& others) {
    return std::any_of(some.begin(), some.end(), [&](Role role) {
        return std::find(others.begin(), others.end(), role) != others.end();
    });
}

// One line of the table of acts.
struct ActLine {
    Act act;
    std::vector<Stage> stages;
    std::vector<Role> roles;
    bool until_deadline;
};

const std::vector<Role>& runners() {
    static const std::vector<Role> roles{
        Role::procurement_officer, Role::bureau_province, Role::price_monitor};
    return roles;
}

const std::vector<ActLine>& act_lines() {
    using enum ports::CampaignStage;
    const std::vector<Role> firms{Role::supplier};
    static const std::vector<ActLine> lines{
        {Act::edit, {draft}, runners(), false},
        {Act::decide, {draft, verification, publicity, objection}, runners(), false},
        {Act::answer_notice, {declaration}, firms, true},
        {Act::verify, {verification}, runners(), false},
        {Act::object, {publicity, objection}, firms, true},
        {Act::answer_objection, {publicity, objection}, runners(), false}};
    return lines;
}

const ActLine& line_of(Act act) {
    return act_lines().at(at(act));
}

}  // namespace

const std::vector<Stage>& all_stages() {
    static const std::vector<Stage> all = numbered<Stage, kStages>();
    return all;
}
std::string_view name_of(Stage stage) {
    return kStageNames.at(at(stage));
}
std::optional<Stage> find_stage(std::string_view name) {
    return found<Stage>(kStageNames, name);
}

const std::vector<SkuState>& all_sku_states() {
    static const std::vector<SkuState> all = numbered<SkuState, kSkuStates>();
    return all;
}
std::string_view name_of(SkuState state) {
    return kSkuStateNames.at(at(state));
}
std::optional<SkuState> find_sku_state(std::string_view name) {
    return found<SkuState>(kSkuStateNames, name);
}

const std::vector<Cause>& all_causes() {
    static const std::vector<Cause> all = numbered<Cause, kCauses>();
    return all;
}
std::string_view name_of(Cause cause) {
    return kCauseNames.at(at(cause));
}
std::string_view name_of(Condition condition) {
    return kConditionNames.at(at(condition));
}

const std::vector<Act>& all_acts() {
    static const std::vector<Act> all = numbered<Act, kActs>();
    return all;
}
std::string_view name_of(Act act) {
    return kActNames.at(at(act));
}

const std::vector<SkuPassage>& sku_passages() {
    using enum ports::CampaignSkuState;
    static const std::vector<SkuPassage> table{
        // A firm may change its answer until the deadline.
        {open, Cause::confirm, confirmed},
        {open, Cause::declare, declared},
        {open, Cause::refuse, refused},
        {confirmed, Cause::confirm, confirmed},
        {confirmed, Cause::declare, declared},
        {confirmed, Cause::refuse, refused},
        {declared, Cause::confirm, confirmed},
        {declared, Cause::declare, declared},
        {declared, Cause::refuse, refused},
        {refused, Cause::confirm, confirmed},
        {refused, Cause::declare, declared},
        {refused, Cause::refuse, refused},
        {open, Cause::deadline, silent},
        {declared, Cause::reject_declared, confirmed},
        {not_asked, Cause::uphold, set_aside},
        {open, Cause::uphold, set_aside},
        {confirmed, Cause::uphold, set_aside},
        {declared, Cause::uphold, set_aside},
        {refused, Cause::uphold, set_aside},
        {silent, Cause::uphold, set_aside},
        {not_asked, Cause::ask, open},
        // The price it refused or left unanswered is no more: an objection took an observation out.
        {refused, Cause::ask, open},
        {silent, Cause::ask, open},
        {open, Cause::ask_no_more, not_asked},
        {confirmed, Cause::ask_no_more, not_asked},
        {not_asked, Cause::publish, not_asked},
        {open, Cause::publish, in_force},
        {confirmed, Cause::publish, in_force},
        {declared, Cause::publish, in_force},
        {set_aside, Cause::publish, set_aside},
        {suspended, Cause::delist, delisted},
    };
    return table;
}

std::optional<SkuState> next_state(SkuState from, Cause cause, Consequence first) {
    if (cause == Cause::publish && (from == SkuState::refused || from == SkuState::silent)) {
        return first == Consequence::delisted ? SkuState::delisted : SkuState::suspended;
    }
    for (const SkuPassage& passage : sku_passages()) {
        if (passage.from == from && passage.cause == cause) return passage.to;
    }
    return std::nullopt;
}

std::vector<Stage> stages_of(Cause cause) {
    using enum ports::CampaignStage;
    switch (cause) {
        case Cause::confirm:
        case Cause::declare:
        case Cause::refuse:
        case Cause::deadline:
            return {declaration};
        case Cause::reject_declared:
            return {verification};
        case Cause::uphold:
            return {publicity, objection};
        case Cause::ask:
        case Cause::ask_no_more:
            return {draft, verification, publicity, objection};
        case Cause::publish:
            return {objection};
        case Cause::delist:
            return {effective};
    }
    return {};
}

const std::vector<Passage>& passages() {
    using enum ports::CampaignStage;
    using enum Condition;
    static const std::vector<Passage> table{
        {draft, notice, runners(), false, {decided}},
        {notice, declaration, runners(), true, {term_known}},
        {declaration, verification, runners(), true, {answered}},
        {verification,
         publicity,
         runners(),
         false,
         {term_known, declarations_verified, decision_current}},
        {publicity, objection, runners(), true, {time_over, term_known}},
        {objection,
         effective,
         runners(),
         false,
         {decision_current, time_over, objections_answered}},
        {draft, cancelled, runners(), false, {}},
        {notice, cancelled, runners(), false, {}},
        {declaration, cancelled, runners(), false, {}},
        {verification, cancelled, runners(), false, {}},
        {publicity, cancelled, runners(), false, {}},
        {objection, cancelled, runners(), false, {}}};
    return table;
}

PassageAnswer ask_passage(
    Stage from, Stage to, const std::vector<Role>& roles, const Facts& facts
) {
    PassageAnswer answer;
    const Passage* found = nullptr;
    for (const Passage& passage : passages()) {
        if (passage.from != from) continue;
        answer.possible.push_back(passage.to);
        if (passage.to == to) found = &passage;
    }
    if (found == nullptr) {
        answer.why = PassageRefusal::no_such_passage;
        return answer;
    }
    if (!share(found->who, roles)) {
        answer.why = PassageRefusal::not_yours;
        answer.who = found->who;
        return answer;
    }
    for (const Condition condition : found->conditions) {
        if (!facts.has(condition)) answer.unmet.push_back(condition);
    }
    if (!answer.unmet.empty()) answer.why = PassageRefusal::conditions_unmet;
    return answer;
}

std::optional<Stage> after_deadline(Stage stage) {
    for (const Passage& passage : passages()) {
        if (passage.from == stage && passage.at_deadline) return passage.to;
    }
    return std::nullopt;
}

std::vector<Act> possible_acts(Stage stage, const std::vector<Role>& roles, bool over) {
    std::vector<Act> acts;
    for (const Act act : all_acts()) {
        const ActLine& line = line_of(act);
        const bool now =
            std::find(line.stages.begin(), line.stages.end(), stage) != line.stages.end();
        if (now && share(line.roles, roles) && !(line.until_deadline && over)) acts.push_back(act);
    }
    return acts;
}

ActAnswer ask_act(Act act, Stage stage, const std::vector<Role>& roles, bool over) {
    const ActLine& line = line_of(act);
    ActAnswer answer;
    if (std::find(line.stages.begin(), line.stages.end(), stage) == line.stages.end()) {
        answer.why = ActRefusal::not_at_this_stage;
        answer.stages = line.stages;
    } else if (!share(line.roles, roles)) {
        answer.why = ActRefusal::not_yours;
        answer.roles = line.roles;
    } else if (line.until_deadline && over) {
        answer.why = ActRefusal::too_late;
    }
    if (answer.why != ActRefusal::none) answer.possible = possible_acts(stage, roles, over);
    return answer;
}

}  // namespace jicai::campaigns
