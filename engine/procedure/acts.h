#pragma once

#include <engine/procedure/stages.h>

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

/// \file
/// The whole table of what people do in a round: which act, at which stages, by which roles, and
/// whether the stage's deadline ends it. Whether somebody may see something, and whose, is asked of
/// engine/access.

namespace jicai::procedure {

/// The numbers are stored and stay.
enum class Act : std::uint8_t {
    edit_round = 0,  ///< lots, specs, regions, timetable
    import_folder = 1,
    sign_rulebook = 2,
    attach_review = 3,  ///< fair-competition or legal review
    comment_on_draft = 4,
    ask_question = 5,
    answer_question = 6,
    correct_rulebook = 7,  ///< a new version that everyone confirms again
    confirm_correction = 8,
    report_volume = 9,    ///< write and submit
    approve_report = 10,  ///< the hospital's own department
    confirm_report_county = 11,
    confirm_report_city = 12,
    confirm_report_province = 13,
    return_report = 14,
    file_late = 15,  ///< a report after the deadline, let in by the province
    submit_bid = 16,
    withdraw_bid = 17,
    open_bids = 18,
    set_aside_bid = 19,
    accept_rescue = 20,  ///< a second price within the rules of the document
    draw_lots = 21,
    witness = 22,  ///< record of the opening
    pick_region = 23,
    raise_objection = 24,
    answer_objection = 25,
    cancel_lot = 26,
    retender_lot = 27,
    sign_agreement = 28,
    substitute_winner = 29,
    cancel_award = 30,
    extend_deadline = 31,
    enter_bids = 32,  ///< bids, events and wishes by the round's folder
};
inline constexpr int kActs = 33;

/// In the order of their numbers.
[[nodiscard]] const std::vector<Act>& all_acts();
/// "report_volume"; messages: word.act.<name>.
[[nodiscard]] std::string_view name_of(Act act);
[[nodiscard]] std::optional<Act> find_act(std::string_view name);

/// Why not, in order.
enum class ActRefusal : std::uint8_t { none, not_at_this_stage, not_yours, too_late };

struct ActAnswer {
    ActRefusal why = ActRefusal::none;
    std::vector<Stage> stages;  ///< not_at_this_stage: when it may be done
    std::vector<Role> roles;    ///< not_yours: who may do it at this stage
    std::vector<Act> possible;  ///< with any refusal: what these roles may do now
};

/// Where a round stands.
struct Position {
    Stage stage = Stage::draft;
    std::optional<calendar::Deadline> deadline;  ///< of the stage
    ports::Moment now;
};

/// Whether somebody with `roles` may do `act` now. Acts bound to the deadline of their stage
/// (reporting, bids, picking regions, objections) are refused from that very second on.
[[nodiscard]] ActAnswer ask_act(Act act, const Position& position, const std::vector<Role>& roles);

/// All acts these roles may do at that position.
[[nodiscard]] std::vector<Act> acts_of(const Position& position, const std::vector<Role>& roles);

/// For the printed table: roles that may do `act` at `stage`, in the order of their numbers.
[[nodiscard]] std::vector<Role> roles_for(Act act, Stage stage);
[[nodiscard]] bool ends_at_deadline(Act act);

}  // namespace jicai::procedure
