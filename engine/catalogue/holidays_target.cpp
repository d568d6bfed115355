#include <engine/catalogue/holidays.h>
#include <engine/catalogue/holidays_target.h>
#include <engine/catalogue/row_comparison.h>
#include <engine/ports/refused.h>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace jicai::catalogue {
namespace {

using ports::StoredHoliday;
using ports::StoredYear;
using Column = HolidaysTarget::Column;

constexpr const char* kNoNotice = "—";

int year_of_day(const std::string& day) {
    return calendar::date_of(*calendar::read_day(day)).year;
}

/// Which year a day is told with: a New Year's holiday may begin in December.
int told_with(const TableRow& row) {
    return year_of_day(row.values[Column::day].text);
}

std::size_t notice_of(StoredYear& year, const TableRow& row, const std::string& today) {
    const std::string number =
        row.values[Column::notice].given ? row.values[Column::notice].text : kNoNotice;
    for (std::size_t i = 0; i < year.notices.size(); ++i) {
        if (year.notices[i].number == number) return i;
    }
    year.notices.push_back({number, number, today, "given"});
    return year.notices.size() - 1;
}

void extend(
    StoredYear& year, const TableRow& row, const std::string& today, const std::string& english
) {
    const std::string& day = row.values[Column::day].text;
    const std::string& name = row.values[Column::name].text;
    if (!year.holidays.empty() && year.holidays.back().name_zh == name) {
        StoredHoliday& last = year.holidays.back();
        const calendar::Day next = calendar::plus(*calendar::read_day(last.last), 1);
        if (calendar::day_text(next) == day) {
            last.last = day;
            return;
        }
    }
    year.holidays.push_back({name, english, day, day, {}, notice_of(year, row, today)});
}

}  // namespace

std::vector<std::vector<std::string>> rows_of(const StoredYear& year) {
    std::vector<std::vector<std::string>> rows;
    for (const StoredHoliday& holiday : year.holidays) {
        const std::string& notice = year.notices.at(holiday.notice).number;
        const auto first = calendar::read_day(holiday.first);
        const auto last = calendar::read_day(holiday.last);
        if (!first || !last) continue;
        for (calendar::Day day = *first; day <= *last; day = calendar::plus(day, 1)) {
            rows.push_back({calendar::day_text(day), "off", holiday.name_zh, notice});
        }
        for (const std::string& worked : holiday.make_up) {
            rows.push_back({worked, "worked", holiday.name_zh, notice});
        }
    }
    std::sort(rows.begin(), rows.end());
    return rows;
}

struct HolidaysTarget::Plan {
    Comparison comparison;
    std::vector<StoredYear> put;
};

HolidaysTarget::Plan HolidaysTarget::plan(
    ports::Transaction& transaction, const TableContext& context, const std::vector<TableRow>& rows
) const {
    const std::string today = ports::beijing_text(context.now).substr(0, 10);
    std::vector<const TableRow*> by_day;
    for (const TableRow& row : rows) by_day.push_back(&row);
    std::sort(by_day.begin(), by_day.end(), [](const TableRow* a, const TableRow* b) {
        return a->values[Column::day].text < b->values[Column::day].text;
    });
    const std::vector<StoredYear> stored = transaction.catalogue().years();
    std::map<std::string, std::string> english;
    std::map<int, StoredYear> before;
    for (const StoredYear& one : stored) {
        for (const StoredHoliday& holiday : one.holidays) {
            english.emplace(holiday.name_zh, holiday.name_en);
        }
        before.emplace(one.year, one);
    }
    RowComparison result;
    std::map<int, StoredYear> years;
    std::map<int, const TableRow*> first_row;
    for (const TableRow* row : by_day) {
        StoredYear& year = years[told_with(*row)];
        year.year = told_with(*row);
        year.own = true;
        year.changed_at = context.now;
        first_row.emplace(year.year, row);
        if (row->values[Column::kind].text != "off") continue;
        const auto at = english.find(row->values[Column::name].text);
        extend(
            year, *row, today, at == english.end() ? row->values[Column::name].text : at->second
        );
    }
    for (const TableRow* row : by_day) {
        if (row->values[Column::kind].text != "worked") continue;
        StoredYear& year = years[told_with(*row)];
        const std::string& called = row->values[Column::name].text;
        const auto holiday =
            std::find_if(year.holidays.begin(), year.holidays.end(), [&](const StoredHoliday& one) {
                return one.name_zh == called;
            });
        if (holiday == year.holidays.end()) {
            result.fault(
                *row, Column::name, {"catalogue.worked_without_holiday", {{"value", called}}}
            );
        } else {
            holiday->make_up.push_back(row->values[Column::day].text);
        }
    }
    std::vector<calendar::Year> others;
    for (const StoredYear& one : stored) {
        if (!years.contains(one.year)) others.push_back(year_of(one));
    }
    Plan made;
    for (auto& [number, year] : years) {
        if (result.sound()) {
            for (const ports::FieldFault& fault : faults_of_year(year, others)) {
                result.fault(*first_row.at(number), Column::day, fault.message);
            }
        }
        const auto old = before.find(number);
        std::map<std::string, std::vector<std::string>> old_rows;
        if (old != before.end()) {
            result.compared_with(std::to_string(number), old->second.version);
            for (auto& row : rows_of(old->second)) old_rows.emplace(row[0], row);
        }
        for (const TableRow* row : by_day) {
            if (told_with(*row) != number) continue;
            const RowTexts after{
                row->values[Column::day].text,
                row->values[Column::kind].text,
                row->values[Column::name].text,
                row->values[Column::notice].given ? row->values[Column::notice].text : kNoNotice};
            const auto at = old_rows.find(after[0]);
            if (at == old_rows.end()) {
                result.add(*row, after[0], after);
            } else {
                (void)result.change(*row, after[0], at->second, after);
                old_rows.erase(at);
            }
        }
        for (const auto& [day_text, row] : old_rows) result.remove(day_text, row);
        made.put.push_back(year);
    }
    made.comparison = result.take();
    return made;
}

std::vector<std::vector<std::string>> HolidaysTarget::prefilled(
    ports::Transaction& transaction, const TableContext& /*context*/
) const {
    std::vector<std::vector<std::string>> rows;
    for (const StoredYear& year : transaction.catalogue().years()) {
        for (auto& row : rows_of(year)) rows.push_back(std::move(row));
    }
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    return rows;
}

Comparison HolidaysTarget::compare(
    ports::Transaction& transaction, const TableContext& context, const std::vector<TableRow>& rows
) const {
    return plan(transaction, context, rows).comparison;
}

std::vector<ports::AuditEntry> HolidaysTarget::apply(
    ports::Transaction& transaction,
    const TableContext& context,
    const std::vector<TableRow>& rows,
    const Comparison& comparison
) const {
    const Plan wanted = plan(transaction, context, rows);
    if (!wanted.comparison.faults.empty() || wanted.comparison.base != comparison.base) {
        throw ports::Refused({"import.overtaken", {}});
    }
    for (const StoredYear& year : wanted.put) transaction.catalogue().put(year);
    static const std::vector<std::string> names{"day", "kind", "name", "notice"};
    return {entry_of("holidays", comparison, names)};
}

}  // namespace jicai::catalogue
