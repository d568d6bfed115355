#pragma once

#include <engine/calendar/deadline.h>
#include <engine/calendar/working_calendar.h>
#include <engine/campaigns/stages.h>
#include <engine/linkage/policy.h>
#include <engine/ports/clock.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// \file
/// How long the stages of a campaign last and what refusal leads to, by its policy. What a policy
/// does not say is never guessed: the campaign gives it, with who and why.

namespace jicai::campaigns {

/// How long a stage lasts.
struct Term {
    Stage stage = Stage::notice;
    std::int64_t working_days = 0;  ///< after the day it begins; 0: not counted in working days
    std::int64_t months = 0;        ///< calendar months; 0: not counted in months
    bool last_day = true;           ///< a month without that day: its last, else the next's first
    std::string last;               ///< a fixed last day, "2026-06-30"; empty: none
    std::string clause;
    rules::Evidence evidence = rules::Evidence::given;
    std::string who;     ///< evidence given: who entered it
    std::string reason;  ///< evidence given
    friend bool operator==(const Term&, const Term&) = default;
};

/// What the policy says of the stages: declaration (deadline.working_days, months or window_end),
/// publicity (publicity_days) and objection (objection_days), in working days (assumed where the
/// policy says only days). Stages it says nothing of are missing.
[[nodiscard]] std::vector<Term> terms_of(const linkage::Policy& policy);

/// Of a stage: the policy's; else the last that was given; else nothing.
[[nodiscard]] const Term* find_term(const std::vector<Term>& terms, Stage stage);

/// When a stage that is entered at `entered` ends: the end of its last day in Beijing. Unknown
/// year: working days of a year nobody told.
[[nodiscard]] calendar::Found<ports::Moment> end_of_stage(
    const Term& term, ports::Moment entered, const calendar::WorkingCalendar& calendar
);

/// What follows refusal or silence.
struct Consequences {
    Consequence first = Consequence::suspended;
    bool stated = false;            ///< the policy has a ladder
    bool delists_after = false;     ///< `delisted` stands behind `suspended`
    std::int64_t grace_months = 0;  ///< from suspension to delisting by itself; 0: by hand
    std::int64_t bar_years = 0;     ///< cool-off after delisting; 0: not said
    bool capped = false;            ///< relisted not above the old price
    std::string clause;
    std::string evidence;
    std::vector<std::string> ladder;
};
[[nodiscard]] Consequences consequences_of(const linkage::Policy& policy);

/// When a suspended SKU is delisted by itself; nothing: never.
[[nodiscard]] std::optional<calendar::Day> delisted_on(
    const Consequences& consequences, calendar::Day suspended
);
/// The first day on which a delisted SKU may be listed again above its old price (where the policy
/// bars it); nothing: the policy names no cool-off.
[[nodiscard]] std::optional<calendar::Day> barred_until(
    const Consequences& consequences, calendar::Day delisted
);

/// `months` later, in the calendar of Beijing; a month without that day: its last, or the first of
/// the next.
[[nodiscard]] calendar::Day plus_months(calendar::Day day, std::int64_t months, bool last_day);

/// Where a campaign stands as it is stored, and how far its deadlines have taken it since.
struct Standing {
    Stage stage = Stage::draft;
    ports::Moment entered;
    std::optional<ports::Moment> deadline;  ///< of the stage
    int unknown_year = 0;  ///< no deadline because nobody told the working days of this year
};
struct Due {
    Stage from;
    Stage to;
    ports::Moment at;                       ///< from when on the campaign is in `to`
    std::optional<ports::Moment> deadline;  ///< of `to`
    int unknown_year = 0;
};
/// The passages that have happened by themselves from `stored` until `now`, in order: at the very
/// second of each deadline.
[[nodiscard]] std::vector<Due> course_of(
    const Standing& stored,
    const std::vector<Term>& terms,
    const calendar::WorkingCalendar& calendar,
    ports::Moment now
);

}  // namespace jicai::campaigns
