#include <engine/campaigns/terms.h>

#include <algorithm>

namespace jicai::campaigns {
namespace {

constexpr int kMonthsOfYear = 12;

template <typename T>
Term stated(Stage stage, const rules::Parameter<T>& parameter) {
    Term term;
    term.stage = stage;
    term.clause = parameter.clause;
    term.evidence = parameter.evidence;
    return term;
}

void add_days(
    std::vector<Term>& terms, Stage stage, const rules::Parameter<rules::Count>& parameter
) {
    if (!parameter.value || *parameter.value < 1) return;
    Term term = stated(stage, parameter);
    term.working_days = *parameter.value;
    terms.push_back(std::move(term));
}

}  // namespace

std::vector<Term> terms_of(const linkage::Policy& policy) {
    std::vector<Term> terms;
    if (!policy.deadline) return terms;
    const linkage::DeadlineSection& section = *policy.deadline;
    if (section.months.value) {
        Term term = stated(Stage::declaration, section.months);
        term.months = *section.months.value;
        term.last_day = section.month_end.value.value_or(linkage::MonthEnd::last_day) ==
                        linkage::MonthEnd::last_day;
        terms.push_back(std::move(term));
    } else if (section.working_days.value) {
        add_days(terms, Stage::declaration, section.working_days);
    } else if (section.window_end.value) {
        Term term = stated(Stage::declaration, section.window_end);
        term.last = *section.window_end.value;
        terms.push_back(std::move(term));
    }
    add_days(terms, Stage::publicity, section.publicity_days);
    add_days(terms, Stage::objection, section.objection_days);
    return terms;
}

const Term* find_term(const std::vector<Term>& terms, Stage stage) {
    const Term* found = nullptr;
    for (const Term& term : terms) {
        if (term.stage != stage) continue;
        if (term.evidence != rules::Evidence::given) return &term;
        found = &term;
    }
    return found;
}

calendar::Day plus_months(calendar::Day day, std::int64_t months, bool last_day) {
    const calendar::CivilDate date = calendar::date_of(day);
    const std::int64_t count = std::int64_t{date.year} * kMonthsOfYear + date.month - 1 + months;
    calendar::CivilDate then{
        static_cast<int>(count / kMonthsOfYear),
        static_cast<int>(count % kMonthsOfYear) + 1,
        date.day};
    if (const auto same = calendar::day_of(then)) return *same;
    then.day = 1;
    const bool december = then.month == kMonthsOfYear;
    const calendar::CivilDate next{
        december ? then.year + 1 : then.year, december ? 1 : then.month + 1, 1};
    const auto first_of_next = calendar::day_of(next);
    if (!first_of_next) return day;
    return last_day ? calendar::plus(*first_of_next, -1) : *first_of_next;
}

calendar::Found<ports::Moment> end_of_stage(
    const Term& term, ports::Moment entered, const calendar::WorkingCalendar& calendar
) {
    const calendar::Day from = calendar::beijing_day(entered);
    if (!term.last.empty()) {
        // A window that was over before the stage began ends with the day it begins.
        const auto last = calendar::read_day(term.last);
        const calendar::Day day = last && *last >= from ? *last : from;
        return {calendar::end_of(day).moment};
    }
    if (term.months > 0) {
        return {calendar::end_of(plus_months(from, term.months, term.last_day)).moment};
    }
    const auto day = calendar.add_working_days(from, static_cast<int>(term.working_days));
    if (!day.value) return {std::nullopt, day.unknown_year};
    return {calendar::end_of(*day.value).moment};
}

Consequences consequences_of(const linkage::Policy& policy) {
    Consequences consequences;
    if (!policy.consequences) return consequences;
    const linkage::ConsequencesSection& section = *policy.consequences;
    if (section.ladder.value && !section.ladder.value->empty()) {
        consequences.stated = true;
        consequences.ladder = *section.ladder.value;
        consequences.clause = section.ladder.clause;
        consequences.evidence = std::string(rules::enum_word(section.ladder.evidence));
        const auto& ladder = consequences.ladder;
        consequences.first =
            ladder.front() == "delisted" ? Consequence::delisted : Consequence::suspended;
        consequences.delists_after =
            consequences.first == Consequence::suspended &&
            std::find(ladder.begin(), ladder.end(), "delisted") != ladder.end();
    }
    consequences.grace_months = section.grace_months.value.value_or(0);
    consequences.bar_years = section.bar_years.value.value_or(0);
    consequences.capped = section.relist_cap.value.has_value();
    return consequences;
}

std::optional<calendar::Day> delisted_on(
    const Consequences& consequences, calendar::Day suspended
) {
    if (!consequences.delists_after || consequences.grace_months == 0) return std::nullopt;
    return plus_months(suspended, consequences.grace_months, /*last_day=*/true);
}

std::optional<calendar::Day> barred_until(
    const Consequences& consequences, calendar::Day delisted
) {
    if (consequences.bar_years == 0) return std::nullopt;
    return plus_months(delisted, kMonthsOfYear * consequences.bar_years, /*last_day=*/true);
}

std::vector<Due> course_of(
    const Standing& stored,
    const std::vector<Term>& terms,
    const calendar::WorkingCalendar& calendar,
    ports::Moment now
) {
    std::vector<Due> course;
    Stage stage = stored.stage;
    std::optional<ports::Moment> deadline = stored.deadline;
    while (deadline && *deadline <= now) {
        const auto to = after_deadline(stage);
        if (!to) break;
        Due due{stage, *to, *deadline, std::nullopt, 0};
        if (const Term* term = find_term(terms, *to)) {
            const auto ends = end_of_stage(*term, due.at, calendar);
            due.deadline = ends.value;
            due.unknown_year = ends.unknown_year;
        }
        deadline = due.deadline;
        stage = due.to;
        course.push_back(std::move(due));
    }
    return course;
}

}  // namespace jicai::campaigns
