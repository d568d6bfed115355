#include <engine/calendar/deadline.h>
#include <engine/notices/deadlines.h>
#include <engine/notices/notify.h>
#include <engine/procedure/acts.h>
#include <engine/setup/position.h>

#include <algorithm>
#include <iterator>

namespace jicai::notices {

using access::Role;
using access::Stage;
using ports::Moment;

const std::vector<Lead>& leads() {
    static const std::vector<Lead> all{
        {.name = "three_working_days", .working_days = 3},
        {.name = "one_working_day", .working_days = 1},
        {.name = "two_hours", .micros = 2 * ports::kHour}};
    return all;
}

Moment reminder_at(const Lead& lead, const calendar::WorkingCalendar& calendar, Moment deadline) {
    if (lead.working_days == 0) return ports::after(deadline, -lead.micros);
    const auto day = calendar::beijing_day(deadline);
    const auto found = calendar.add_working_days(day, -lead.working_days);
    const auto before = found.value ? *found.value : calendar::plus(day, -lead.working_days);
    const std::int64_t days = day.number - before.number;
    return ports::after(deadline, -days * ports::kDay);
}

const Lead* lead_at(const calendar::WorkingCalendar& calendar, Moment deadline, Moment now) {
    if (now >= deadline) return nullptr;
    const Lead* found = nullptr;
    for (const Lead& lead : leads()) {
        if (reminder_at(lead, calendar, deadline) <= now) found = &lead;
    }
    return found;
}

std::vector<Role> concerned(Stage stage) {
    std::vector<Role> roles;
    for (const procedure::Act act : procedure::all_acts()) {
        const bool confirms = act == procedure::Act::confirm_report_county ||
                              act == procedure::Act::confirm_report_city ||
                              act == procedure::Act::confirm_report_province;
        const bool of_confirmation = confirms && stage == Stage::volume_confirmation;
        if (!procedure::ends_at_deadline(act) && !of_confirmation) continue;
        const auto of_act = procedure::roles_for(act, stage);
        roles.insert(roles.end(), of_act.begin(), of_act.end());
    }
    std::sort(roles.begin(), roles.end());
    roles.erase(std::unique(roles.begin(), roles.end()), roles.end());
    return roles;
}

std::string Reminder::once() const {
    return "deadline:" + round + ":" + std::string(access::name_of(stage)) + ":" +
           std::to_string(deadline.micros) + ":" + lead->name;
}

std::vector<Reminder> reminders_at(
    ports::Transaction& transaction, const calendar::WorkingCalendar& calendar, Moment now
) {
    std::vector<Reminder> due;
    for (const ports::StoredRound& round : transaction.rounds().rounds()) {
        if (round.stage == Stage::closed || round.stage == Stage::cancelled) continue;
        const procedure::Position position = setup::position_of(transaction, round, now);
        if (!position.deadline || concerned(position.stage).empty()) continue;
        const Moment deadline = position.deadline->moment;
        const Lead* const lead = lead_at(calendar, deadline, now);
        if (lead != nullptr) due.push_back({round.id, position.stage, deadline, lead});
    }
    return due;
}

std::int64_t remind(
    ports::Transaction& transaction, const std::vector<Reminder>& reminders, Moment now
) {
    std::int64_t given = 0;
    for (const Reminder& reminder : reminders) {
        const auto round = transaction.rounds().round(reminder.round);
        if (!round) continue;
        ports::NewNotice notice;
        notice.round = reminder.round;
        notice.kind = "deadline";
        notice.message = {
            "notice.deadline",
            {{"round", round->id},
             {"round_title", round->title},
             {"calendar_what", std::string(access::name_of(reminder.stage))},
             {"reminder", reminder.lead->name},
             {"until", ports::beijing_text(reminder.deadline)}}};
        notice.at = now;
        notice.due = reminder.deadline;
        notice.link = "/rounds/" + reminder.round;
        notice.audience = {.roles = concerned(reminder.stage), .within = round->region};
        notice.once = reminder.once();
        if (notify(transaction, notice) != 0) ++given;
    }
    return given;
}

}  // namespace jicai::notices
