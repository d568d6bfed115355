#include <engine/notices/notify.h>
#include <engine/notices/own_report.h>
#include <engine/notices/reporting_calendar.h>
#include <engine/setup/position.h>

#include <algorithm>

namespace jicai::notices {
namespace {

using access::Role;
using access::Stage;
using ports::Moment;
using ports::StoredRound;

bool is_bureau(const access::Actor& actor) {
    return has_role(actor, Role::bureau_county) || has_role(actor, Role::bureau_city) ||
           has_role(actor, Role::bureau_province);
}

/// The end of volume reporting for somebody whose organisation reports.
CalendarState state_of(const OwnReport& own, Moment at, Moment now) {
    if (own.handed_in()) return CalendarState::done;
    if (now < at) return CalendarState::open;
    return own.late_until && now < *own.late_until ? CalendarState::late : CalendarState::locked;
}

class Maker {
public:
    Maker(
        ports::Transaction& transaction,
        const access::Actor& actor,
        Moment from,
        Moment until,
        Moment now
    )
        : transaction_(transaction), actor_(actor), from_(from), until_(until), now_(now) {}

    std::vector<CalendarEntry> make() {
        for (const StoredRound& round : transaction_.rounds().rounds()) add_round(round);
        add_notices();
        std::stable_sort(entries_.begin(), entries_.end(), [](const auto& a, const auto& b) {
            return a.at < b.at;
        });
        return std::move(entries_);
    }

private:
    [[nodiscard]] bool is_asked_for(Moment at) const { return at >= from_ && at < until_; }

    void add(CalendarEntry entry) {
        if (is_asked_for(entry.at)) entries_.push_back(std::move(entry));
    }

    void add_round(const StoredRound& round) {
        const auto deadlines = transaction_.procedure().deadlines(round.id);
        if (deadlines.empty()) return;
        const bool reports = has_role(actor_, Role::hospital_reporter) ||
                             has_role(actor_, Role::hospital_approver) ||
                             has_role(actor_, Role::pharmacy);
        // Those who report may have been let in late, whatever the deadlines are.
        const bool shown =
            reports || std::any_of(deadlines.begin(), deadlines.end(), [&](const auto& deadline) {
                return is_asked_for(deadline.at);
            });
        if (!shown) return;
        const procedure::Position position = setup::position_of(transaction_, round, now_);
        const access::Object object{
            .office = round.owner, .region = round.region, .stage = position.stage};
        if (!access::may(actor_, access::Action::see_rounds, object)) return;
        std::optional<OwnReport> own;
        if (reports) own = own_report(transaction_, round.id, actor_);
        for (const ports::StageDeadline& deadline : deadlines) {
            if (!is_asked_for(deadline.at)) continue;
            CalendarEntry entry;
            entry.at = deadline.at;
            entry.round = round.id;
            entry.title = round.title;
            entry.what = access::name_of(deadline.stage);
            entry.link = "/rounds/" + round.id;
            entry.state = state_of(deadline, position, round, own);
            if (position.stage != Stage::cancelled) add(std::move(entry));
        }
        if (!own || !own->late_until) return;
        add(
            {*own->late_until,
             round.id,
             round.title,
             "late_filing",
             own->handed_in()          ? CalendarState::done
             : now_ < *own->late_until ? CalendarState::open
                                       : CalendarState::locked,
             "/rounds/" + round.id + "/reports/" + own->code}
        );
    }

    CalendarState state_of(
        const ports::StageDeadline& deadline,
        const procedure::Position& position,
        const StoredRound& round,
        const std::optional<OwnReport>& own
    ) {
        if (deadline.stage == Stage::volume_reporting && own) {
            return notices::state_of(*own, deadline.at, now_);
        }
        if (deadline.stage == Stage::volume_confirmation && is_bureau(actor_) &&
            position.stage <= Stage::volume_confirmation) {
            const bool waits = waiting_for(transaction_.volumes().reports(round.id), actor_) > 0;
            if (waits) return now_ < deadline.at ? CalendarState::open : CalendarState::late;
        }
        if (now_ < deadline.at) return CalendarState::open;
        // A stage that does not end by itself goes on after its deadline.
        return position.stage > deadline.stage ? CalendarState::done : CalendarState::late;
    }

    void add_notices() {
        constexpr std::int64_t kNoticesMax = 500;
        const auto found =
            transaction_.notices().find({.reader = reader_of(actor_), .page = {0, kNoticesMax}});
        for (const ports::ReadNotice& read : found.rows) {
            if (!read.notice.must_sign || !read.notice.due) continue;
            const bool in_time = now_ < *read.notice.due;
            add(
                {*read.notice.due,
                 read.notice.round,
                 read.notice.title,
                 "sign_notice",
                 read.signed_at ? CalendarState::done
                 : in_time      ? CalendarState::open
                                : CalendarState::late,
                 "/messages/" + std::to_string(read.notice.id)}
            );
        }
    }

    ports::Transaction& transaction_;
    const access::Actor& actor_;
    Moment from_;
    Moment until_;
    Moment now_;
    std::vector<CalendarEntry> entries_;
};

}  // namespace

std::string_view name_of(CalendarState state) {
    switch (state) {
        case CalendarState::open:
            return "open";
        case CalendarState::done:
            return "done";
        case CalendarState::late:
            return "late";
        case CalendarState::locked:
            return "locked";
    }
    return "open";
}

std::vector<CalendarEntry> reporting_calendar(
    ports::Transaction& transaction,
    const access::Actor& actor,
    Moment from,
    Moment until,
    Moment now
) {
    return Maker(transaction, actor, from, until, now).make();
}

}  // namespace jicai::notices
