#pragma once

#include <engine/access/role.h>
#include <engine/ports/campaign_store.h>

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

/// \file
/// The workflow of a price-linkage campaign as tables: stages with the passages between them, what
/// people may do when, and what becomes of each SKU. Pure: what is the case is handed in. Rules
/// and their sources: docs/campaigns.md.

namespace jicai::campaigns {

using access::Role;

using Stage = ports::CampaignStage;
inline constexpr int kStages = 8;
/// In the order of their numbers.
[[nodiscard]] const std::vector<Stage>& all_stages();
/// "declaration"; messages: word.campaign_stage.<name>.
[[nodiscard]] std::string_view name_of(Stage stage);
[[nodiscard]] std::optional<Stage> find_stage(std::string_view name);

using SkuState = ports::CampaignSkuState;
inline constexpr int kSkuStates = 10;
/// In the order of their numbers.
[[nodiscard]] const std::vector<SkuState>& all_sku_states();
/// "set_aside"; messages: word.sku_state.<name>.
[[nodiscard]] std::string_view name_of(SkuState state);
[[nodiscard]] std::optional<SkuState> find_sku_state(std::string_view name);

/// What moves a SKU on.
enum class Cause : std::uint8_t {
    confirm = 0,
    declare = 1,
    refuse = 2,
    deadline = 3,         ///< the time to declare is over
    reject_declared = 4,  ///< the declared price was not verified: the linked one stands
    uphold = 5,           ///< an objection against the SKU itself was upheld
    ask = 6,              ///< decided anew: it is linked now
    ask_no_more = 7,      ///< decided anew: its price stays now
    publish = 8,
    delist = 9,  ///< the next step of the ladder, by itself after the grace
};
inline constexpr int kCauses = 10;
[[nodiscard]] const std::vector<Cause>& all_causes();
[[nodiscard]] std::string_view name_of(Cause cause);

/// What refusal or silence leads to when prices are published: the first word of the policy's
/// ladder (consequences.ladder).
enum class Consequence : std::uint8_t { suspended, delisted };

/// One line of the table of SKUs.
struct SkuPassage {
    SkuState from;
    Cause cause;
    SkuState to;
};
/// All of them but what `publish` makes of `refused` and `silent`, which the policy says.
[[nodiscard]] const std::vector<SkuPassage>& sku_passages();

/// Where `cause` takes a SKU; nothing: it does not apply in this state.
[[nodiscard]] std::optional<SkuState> next_state(
    SkuState from, Cause cause, Consequence first = Consequence::suspended
);

/// The stages at which a cause may work.
[[nodiscard]] std::vector<Stage> stages_of(Cause cause);

/// What must be the case before a campaign may pass on.
enum class Condition : std::uint8_t {
    decided = 0,     ///< there is a decision, and no SKU of it waits
    term_known = 1,  ///< how long the next stage lasts is said by policy or campaign
    answered = 2,    ///< every firm that is asked has answered
    declarations_verified = 3,
    decision_current = 4,  ///< nothing happened since that must be decided anew
    time_over = 5,         ///< the deadline of the stage has passed
    objections_answered = 6,
};
inline constexpr int kConditions = 7;
/// "time_over"; messages: word.campaign_condition.<name>.
[[nodiscard]] std::string_view name_of(Condition condition);

/// The conditions that are met.
class Facts {
public:
    Facts() = default;
    explicit Facts(std::initializer_list<Condition> met) {
        for (const Condition condition : met) add(condition);
    }
    void add(Condition condition) { bits_ |= 1U << static_cast<unsigned>(condition); }
    [[nodiscard]] bool has(Condition condition) const {
        return (bits_ & (1U << static_cast<unsigned>(condition))) != 0;
    }

private:
    std::uint32_t bits_ = 0;
};

struct Passage {
    Stage from;
    Stage to;
    std::vector<Role> who;              ///< empty: nobody, it happens at the deadline only
    bool at_deadline = false;           ///< happens by itself when the stage's deadline is reached
    std::vector<Condition> conditions;  ///< of whoever takes it by hand; all must be met
};
[[nodiscard]] const std::vector<Passage>& passages();

/// Why a passage may not be taken, in order.
enum class PassageRefusal : std::uint8_t { none, no_such_passage, not_yours, conditions_unmet };
struct PassageAnswer {
    PassageRefusal why = PassageRefusal::none;
    std::vector<Stage> possible;   ///< no_such_passage: where one can go from here
    std::vector<Role> who;         ///< not_yours: who may
    std::vector<Condition> unmet;  ///< conditions_unmet
};
[[nodiscard]] PassageAnswer ask_passage(
    Stage from, Stage to, const std::vector<Role>& roles, const Facts& facts
);

/// Where the stage's deadline leads by itself; nothing: nowhere.
[[nodiscard]] std::optional<Stage> after_deadline(Stage stage);

/// What people do in a campaign.
enum class Act : std::uint8_t {
    edit = 0,           ///< scope, days, values given
    decide = 1,         ///< a new version of the decision
    answer_notice = 2,  ///< confirm, refuse, declare a lower price
    verify = 3,         ///< accept or reject declared prices
    object = 4,
    answer_objection = 5,
};
inline constexpr int kActs = 6;
[[nodiscard]] const std::vector<Act>& all_acts();
/// "answer_notice"; messages: word.campaign_act.<name>.
[[nodiscard]] std::string_view name_of(Act act);

/// Why not, in order.
enum class ActRefusal : std::uint8_t { none, not_at_this_stage, not_yours, too_late };
struct ActAnswer {
    ActRefusal why = ActRefusal::none;
    std::vector<Stage> stages;  ///< not_at_this_stage: when it may be done
    std::vector<Role> roles;    ///< not_yours: who may
    std::vector<Act> possible;  ///< with any refusal: what these roles may do now
};
/// `over`: the deadline of the stage has been reached. Answers and objections are refused from that
/// very second on.
[[nodiscard]] ActAnswer ask_act(Act act, Stage stage, const std::vector<Role>& roles, bool over);
/// What these roles may do now.
[[nodiscard]] std::vector<Act> possible_acts(
    Stage stage, const std::vector<Role>& roles, bool over
);

}  // namespace jicai::campaigns
