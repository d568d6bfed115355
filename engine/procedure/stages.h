#pragma once

#include <engine/access/role.h>
#include <engine/access/stage.h>
#include <engine/calendar/deadline.h>

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

/// \file
/// The order of a round's stages and the passages between them. Pure: what is the case is handed
/// in.

namespace jicai::procedure {

using access::Role;
using access::Stage;

/// Of round.toml and the rulebook.
enum class RoundKind : std::uint8_t { drug, consumable, reagent };
[[nodiscard]] std::optional<RoundKind> find_kind(std::string_view word);

/// The stages a round of this kind goes through, in order; `cancelled` is none of them. Rounds of
/// consumables and reagents pick no regions: volumes follow the hospitals' own choice (assumed).
[[nodiscard]] const std::vector<Stage>& stages_of(RoundKind kind);

/// What must be the case before a round may pass on. The numbers are stored and stay.
enum class Condition : std::uint8_t {
    signed_by_two = 0,         ///< two officers signed the rulebook off
    weak_values_accepted = 1,  ///< assumed and open values of the rulebook were accepted
    reviews_attached = 2,      ///< fair-competition and legal review
    questions_answered = 3,    ///< and every correction confirmed anew
    volumes_confirmed = 4,     ///< by the provinces; late hospitals are listed
    bids_opened = 5,
    award_proposed = 6,  ///< no lot waits
    regions_picked = 7,
    publicity_over = 8,
    objections_answered = 9,
    agreements_signed = 10,
    term_over = 11,
    lots_complete = 12,             ///< at least one lot, each with its specs
    ceilings_set = 13,              ///< of every spec, where the rulebook compares with one
    opening_set = 14,               ///< a day not past, nor before the bidding ends
    notice_dated = 15,              ///< the notice has an end that is to come
    tender_document_attached = 16,  ///< what the notice publishes
};
inline constexpr int kConditions = 17;
/// "signed_by_two"; messages: word.condition.<name>.
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
    std::vector<Condition> conditions;  ///< all must be met, by whoever it happens
};

/// All passages of a kind, by stage; back to the stage before where something must be done again,
/// and to `cancelled` from every stage before `closed`.
[[nodiscard]] std::vector<Passage> passages_of(RoundKind kind);

/// Why a passage may not be taken, in order.
enum class PassageRefusal : std::uint8_t { none, no_such_passage, not_yours, conditions_unmet };

struct PassageAnswer {
    PassageRefusal why = PassageRefusal::none;
    std::vector<Stage> possible;   ///< no_such_passage: where one can go from here
    std::vector<Role> who;         ///< not_yours: who may
    std::vector<Condition> unmet;  ///< conditions_unmet
};

/// Whether somebody with `roles` may take the round from `from` to `to`.
[[nodiscard]] PassageAnswer ask_passage(
    RoundKind kind, Stage from, Stage to, const std::vector<Role>& roles, const Facts& facts
);

/// The stage a round is in at `now`, when its stage ends at `deadline`: the next one from that very
/// moment on where the passage happens by itself and its conditions are met, else the same.
[[nodiscard]] Stage stage_at(
    RoundKind kind,
    Stage stage,
    const std::optional<calendar::Deadline>& deadline,
    ports::Moment now,
    const Facts& facts
);

/// A lot may leave its round before the others.
enum class LotState : std::uint8_t { open = 0, cancelled = 1, failed = 2, retendered = 3 };

/// "cancelled"; messages: word.lot_state.<name>.
[[nodiscard]] std::string_view name_of(LotState state);
[[nodiscard]] std::optional<LotState> find_lot_state(std::string_view name);

/// Whether a lot may change its state at a stage: cancelled from the notice to the final award,
/// failed when bids are open, put out again (in a new round) once it was cancelled or failed.
[[nodiscard]] bool may_change(LotState from, LotState to, Stage stage);

}  // namespace jicai::procedure
