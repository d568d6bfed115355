#include <engine/money/check.h>
#include <engine/procedure/acts.h>

#include <algorithm>
#include <array>

namespace jicai::procedure {
namespace {

struct Line {
    Act act;
    std::string_view name;
    Stage first;
    Stage last;  ///< both included
    std::vector<Role> roles;
    bool until_deadline;
};

// One line for each act, in the order of their numbers.
const std::vector<Line>& lines() {
    using enum Role;
    using enum Stage;
    const std::vector<Role> office{procurement_officer};
    const std::vector<Role> companies{supplier};
    const std::vector<Role> public_voice{
        hospital_reporter,
        hospital_approver,
        supplier,
        distributor,
        bureau_county,
        bureau_city,
        bureau_province};
    const std::vector<Role> returning{
        hospital_approver, bureau_county, bureau_city, bureau_province};
    static const std::vector<Line> table{
        {Act::edit_round, "edit_round", draft, draft, office, false},
        {Act::import_folder, "import_folder", draft, draft, office, false},
        {Act::sign_rulebook, "sign_rulebook", draft, notice, office, false},
        {Act::attach_review,
         "attach_review",
         draft,
         draft,
         {procurement_officer, authority_discipline},
         false},
        {Act::comment_on_draft, "comment_on_draft", draft, draft, public_voice, true},
        {Act::ask_question, "ask_question", notice, notice, public_voice, true},
        {Act::answer_question, "answer_question", notice, notice, office, false},
        {Act::correct_rulebook, "correct_rulebook", notice, notice, office, false},
        {Act::confirm_correction, "confirm_correction", notice, notice, companies, false},
        {Act::report_volume,
         "report_volume",
         volume_reporting,
         volume_reporting,
         {hospital_reporter, pharmacy},
         true},
        {Act::approve_report,
         "approve_report",
         volume_reporting,
         volume_reporting,
         {hospital_approver},
         true},
        {Act::confirm_report_county,
         "confirm_report_county",
         volume_reporting,
         volume_confirmation,
         {bureau_county},
         false},
        {Act::confirm_report_city,
         "confirm_report_city",
         volume_reporting,
         volume_confirmation,
         {bureau_city},
         false},
        {Act::confirm_report_province,
         "confirm_report_province",
         volume_reporting,
         volume_confirmation,
         {bureau_province},
         false},
        {Act::return_report,
         "return_report",
         volume_reporting,
         volume_confirmation,
         returning,
         false},
        {Act::file_late,
         "file_late",
         volume_confirmation,
         volume_confirmation,
         {hospital_reporter, pharmacy},
         true},
        {Act::submit_bid, "submit_bid", bidding, bidding, companies, true},
        {Act::withdraw_bid, "withdraw_bid", bidding, bidding, companies, true},
        {Act::open_bids, "open_bids", opening, opening, {bid_opener}, false},
        {Act::set_aside_bid, "set_aside_bid", opening, publicity, office, false},
        {Act::accept_rescue, "accept_rescue", opening, opening, companies, true},
        {Act::draw_lots, "draw_lots", opening, region_picking, office, false},
        {Act::witness,
         "witness",
         opening,
         region_picking,
         {notary_supervisor, authority_discipline},
         false},
        {Act::pick_region, "pick_region", region_picking, region_picking, companies, true},
        {Act::raise_objection, "raise_objection", publicity, publicity, public_voice, true},
        {Act::answer_objection, "answer_objection", publicity, publicity, office, false},
        {Act::cancel_lot, "cancel_lot", notice, award_final, office, false},
        {Act::retender_lot, "retender_lot", notice, closed, office, false},
        {Act::sign_agreement,
         "sign_agreement",
         agreements,
         execution,
         {supplier, hospital_buyer, distributor},
         false},
        {Act::substitute_winner,
         "substitute_winner",
         publicity,
         execution,
         {procurement_officer, bureau_province},
         false},
        {Act::cancel_award, "cancel_award", publicity, execution, office, false},
        {Act::extend_deadline, "extend_deadline", notice, publicity, office, false},
        {Act::enter_bids, "enter_bids", bidding, region_picking, office, false},
    };
    return table;
}

const Line& line_of(Act act) {
    const Line& line = lines()[static_cast<std::size_t>(act)];
    JICAI_CHECK(line.act == act);
    return line;
}

bool is_at(const Line& line, Stage stage) {
    return stage >= line.first && stage <= line.last;
}

bool any_of(const Line& line, const std::vector<Role>& roles) {
    return std::any_of(roles.begin(), roles.end(), [&](Role role) {
        return std::find(line.roles.begin(), line.roles.end(), role) != line.roles.end();
    });
}

bool is_too_late(const Line& line, const Position& position) {
    return line.until_deadline && position.deadline &&
           !calendar::in_time(position.now, *position.deadline);
}

}  // namespace

const std::vector<Act>& all_acts() {
    static const std::vector<Act> acts = [] {
        std::vector<Act> all;
        for (const Line& line : lines()) all.push_back(line.act);
        return all;
    }();
    return acts;
}

std::string_view name_of(Act act) {
    return line_of(act).name;
}

std::optional<Act> find_act(std::string_view name) {
    for (const Line& line : lines()) {
        if (line.name == name) return line.act;
    }
    return {};
}

ActAnswer ask_act(Act act, const Position& position, const std::vector<Role>& roles) {
    const Line& line = line_of(act);
    ActAnswer answer;
    if (!is_at(line, position.stage)) {
        answer.why = ActRefusal::not_at_this_stage;
        for (const Stage stage : access::all_stages()) {
            if (is_at(line, stage)) answer.stages.push_back(stage);
        }
    } else if (!any_of(line, roles)) {
        answer.why = ActRefusal::not_yours;
        answer.roles = roles_for(act, position.stage);
    } else if (is_too_late(line, position)) {
        answer.why = ActRefusal::too_late;
    }
    if (answer.why != ActRefusal::none) answer.possible = acts_of(position, roles);
    return answer;
}

std::vector<Act> acts_of(const Position& position, const std::vector<Role>& roles) {
    std::vector<Act> acts;
    for (const Line& line : lines()) {
        if (is_at(line, position.stage) && any_of(line, roles) && !is_too_late(line, position)) {
            acts.push_back(line.act);
        }
    }
    return acts;
}

std::vector<Role> roles_for(Act act, Stage stage) {
    const Line& line = line_of(act);
    if (!is_at(line, stage)) return {};
    std::vector<Role> roles = line.roles;
    std::sort(roles.begin(), roles.end());
    return roles;
}

bool ends_at_deadline(Act act) {
    return line_of(act).until_deadline;
}

}  // namespace jicai::procedure
