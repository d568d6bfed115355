// What an administrator may enter as the holidays of a year.
#include <engine/catalogue/holidays.h>
#include <engine/decision/json.h>
#include <engine/rules/parameter.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace jicai::catalogue {
namespace {

using ports::FieldFault;
using ports::StoredYear;

class YearCheck {
public:
    explicit YearCheck(const StoredYear& year) : year_(year) {}

    std::vector<FieldFault> faults() {
        if (year_.holidays.empty()) fault("/holidays", "", "catalogue.year_empty");
        for (std::size_t i = 0; i < year_.notices.size(); ++i) notice(i);
        for (std::size_t i = 0; i < year_.holidays.size(); ++i) holiday(i);
        return std::move(faults_);
    }

private:
    void fault(const std::string& field, const std::string& value, const char* key) {
        faults_.push_back(
            {field, value, {key, {{"value", value}, {"year", std::to_string(year_.year)}}}}
        );
    }

    std::optional<calendar::Day> day(const std::string& field, const std::string& text) {
        const auto read = calendar::read_day(text);
        if (!read) fault(field, text, "catalogue.holiday_day");
        return read;
    }

    void notice(std::size_t i) {
        const ports::StoredNotice& notice = year_.notices[i];
        const std::string at = "/notices/" + std::to_string(i);
        if (notice.number.empty()) fault(at + "/number", "", "catalogue.notice_number");
        if (!numbers_.insert(notice.number).second) {
            fault(at + "/number", notice.number, "catalogue.notice_twice");
        }
        (void)day(at + "/published", notice.published);
        if (!rules::enum_from_word<rules::Evidence>(notice.evidence)) {
            fault(at + "/evidence", notice.evidence, "catalogue.notice_evidence");
        }
    }

    // A holiday may reach into December before and January after.
    bool is_of_year(calendar::Day day) const {
        const calendar::CivilDate date = calendar::date_of(day);
        return date.year == year_.year || (date.year == year_.year - 1 && date.month == 12) ||
               (date.year == year_.year + 1 && date.month == 1);
    }

    void once(const std::string& field, const std::string& text, calendar::Day day) {
        if (!is_of_year(day)) fault(field, text, "catalogue.holiday_other_year");
        if (!days_.insert(day).second) fault(field, text, "catalogue.holiday_twice");
    }

    void holiday(std::size_t i) {
        constexpr int kDaysMax = 31;
        const ports::StoredHoliday& holiday = year_.holidays[i];
        const std::string at = "/holidays/" + std::to_string(i);
        if (holiday.name_zh.empty()) fault(at + "/name_zh", "", "catalogue.holiday_name");
        if (holiday.notice >= year_.notices.size()) {
            fault(at + "/notice", "", "catalogue.holiday_notice");
        }
        const auto first = day(at + "/from", holiday.first);
        const auto last = day(at + "/to", holiday.last);
        if (first && last) {
            if (*last < *first || last->number - first->number >= kDaysMax) {
                fault(at + "/to", holiday.last, "catalogue.holiday_order");
            } else {
                for (calendar::Day one = *first; one <= *last; one = calendar::plus(one, 1)) {
                    once(at + "/from", calendar::day_text(one), one);
                }
            }
        }
        for (const std::string& text : holiday.make_up) {
            const auto worked = day(at + "/make_up", text);
            if (!worked) continue;
            if (calendar::weekday(*worked) < 6) {
                fault(at + "/make_up", text, "catalogue.make_up_weekday");
            }
            once(at + "/make_up", text, *worked);
        }
    }

    const StoredYear& year_;
    std::vector<FieldFault> faults_;
    std::set<std::string> numbers_;
    std::set<calendar::Day> days_;
};

std::string described(const std::optional<StoredYear>& year) {
    using decision::Json;
    if (!year) return {};
    Json::Array holidays;
    for (const ports::StoredHoliday& holiday : year->holidays) {
        std::string make_up;
        for (const std::string& worked : holiday.make_up) {
            make_up += (make_up.empty() ? "" : " ") + worked;
        }
        holidays.emplace_back(Json::Object{
            {"name", holiday.name_zh},
            {"from", holiday.first},
            {"to", holiday.last},
            {"make_up", make_up},
            {"notice", year->notices.at(holiday.notice).number}});
    }
    return Json(Json::Object{{"own", year->own}, {"holidays", std::move(holidays)}}).canonical();
}

}  // namespace

std::vector<FieldFault> faults_of_year(
    const StoredYear& year, const std::vector<calendar::Year>& others
) {
    std::vector<FieldFault> faults = YearCheck(year).faults();
    if (!faults.empty()) return faults;
    std::vector<calendar::Year> all;
    for (const calendar::Year& other : others) {
        if (other.year != year.year) all.push_back(other);
    }
    all.push_back(year_of(year));
    std::sort(all.begin(), all.end(), [](const calendar::Year& a, const calendar::Year& b) {
        return a.year < b.year;
    });
    if (const auto found = calendar::WorkingCalendar::contradiction(all)) {
        const std::string text = calendar::day_text(found->day);
        const int other = found->year == year.year ? found->other_year : found->year;
        faults.push_back(
            {"/holidays",
             text,
             {"catalogue.year_contradicts", {{"value", text}, {"other", std::to_string(other)}}}}
        );
    }
    return faults;
}

ports::AuditEntry change_year(
    ports::Transaction& transaction, const StoredYear& year, std::int64_t version
) {
    ports::CatalogueStore& store = transaction.catalogue();
    const std::string number = std::to_string(year.year);
    const auto own = store.year(year.year, true);
    const auto shipped = store.year(year.year, false);
    if ((own ? own->version : 0) != version) {
        throw ports::Refused({"people.changed", {{"name", number}}});
    }
    ports::AuditEntry entry;
    entry.object = "holidays:" + number;
    entry.result = "done";
    entry.before = described(own ? own : shipped);
    if (year.holidays.empty() && year.notices.empty()) {
        if (!own) throw ports::Refused({"catalogue.year_unknown", {{"year", number}}});
        store.remove_own_year(year.year);
        entry.action = "holidays.removed";
        entry.after = described(shipped);
        return entry;
    }
    std::vector<calendar::Year> others;
    for (const StoredYear& other : store.years()) others.push_back(year_of(other));
    auto faults = faults_of_year(year, others);
    if (!faults.empty()) {
        const decision::Message why = faults.front().message;
        throw ports::Refused(why, std::move(faults));
    }
    StoredYear wanted = year;
    wanted.own = true;
    store.put(wanted);
    entry.action = "holidays.changed";
    entry.after = described(wanted);
    return entry;
}

}  // namespace jicai::catalogue
