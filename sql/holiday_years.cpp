// The part of SqlCatalogueStore that keeps holidays.
#include <sql/catalogue_store.h>
#include <sql/filter.h>

#include <map>
#include <utility>

namespace jicai::sql {
namespace {

using ports::StoredHoliday;
using ports::StoredNotice;
using ports::StoredYear;

std::string joined(const std::vector<std::string>& days) {
    std::string text;
    for (const std::string& day : days) text += (text.empty() ? "" : ",") + day;
    return text;
}

std::vector<std::string> days_of(const std::string& text) {
    std::vector<std::string> days;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find(',', begin), text.size());
        days.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return days;
}

/// By year and whose it is.
using Years = std::map<std::pair<std::int64_t, bool>, StoredYear>;

Years years_where(Connection& connection, const Filter& filter) {
    Years years;
    for (const Row& row : connection.query(
             "SELECT year, own, changed_at, version FROM holiday_years" + filter.where,
             filter.values
         )) {
        StoredYear& year = years[{row.number(0), row.flag(1)}];
        year.year = static_cast<int>(row.number(0));
        year.own = row.flag(1);
        year.changed_at = row.moment(2);
        year.version = row.number(3);
    }
    for (const Row& row : connection.query(
             "SELECT year, own, number, title, published, evidence FROM holiday_notices" +
                 filter.where + " ORDER BY year, own, notice",
             filter.values
         )) {
        years[{row.number(0), row.flag(1)}].notices.push_back(
            {row.text(2), row.text(3), row.text(4), row.text(5)}
        );
    }
    for (const Row& row : connection.query(
             "SELECT year, own, name_zh, name_en, first_day, last_day, make_up, notice "
             "FROM holidays" +
                 filter.where + " ORDER BY year, own, holiday",
             filter.values
         )) {
        years[{row.number(0), row.flag(1)}].holidays.push_back(
            {row.text(2),
             row.text(3),
             row.text(4),
             row.text(5),
             days_of(row.text(6)),
             static_cast<std::size_t>(row.number(7))}
        );
    }
    return years;
}

void clear(Connection& connection, int year, bool own) {
    const std::vector<Value> key{std::int64_t{year}, own};
    connection.change("DELETE FROM holidays WHERE year = ? AND own = ?", key);
    connection.change("DELETE FROM holiday_notices WHERE year = ? AND own = ?", key);
}

}  // namespace

std::vector<StoredYear> SqlCatalogueStore::years() {
    std::vector<StoredYear> years;
    for (auto& [key, year] : years_where(connection_, {})) {
        // Sorted: what the program brings, then the own one in front of it.
        if (!years.empty() && years.back().year == year.year) years.pop_back();
        years.push_back(std::move(year));
    }
    return years;
}

std::optional<StoredYear> SqlCatalogueStore::year(int year, bool own) {
    Filter filter;
    filter.add("year = ? AND own = ?", {std::int64_t{year}, own});
    Years years = years_where(connection_, filter);
    if (years.empty()) return std::nullopt;
    return std::move(years.begin()->second);
}

void SqlCatalogueStore::put(const StoredYear& year) {
    const std::int64_t number = year.year;
    connection_.change(
        "INSERT INTO holiday_years (year, own, changed_at, version) VALUES (?, ?, ?, 1) "
        "ON DUPLICATE KEY UPDATE changed_at = VALUES(changed_at), version = version + 1",
        {number, year.own, year.changed_at}
    );
    clear(connection_, year.year, year.own);
    std::vector<std::vector<Value>> rows;
    for (const StoredNotice& notice : year.notices) {
        rows.push_back(
            {number,
             year.own,
             static_cast<std::int64_t>(rows.size()),
             notice.number,
             notice.title,
             notice.published,
             notice.evidence}
        );
    }
    insert_many(
        connection_,
        "INSERT INTO holiday_notices (year, own, notice, number, title, published, evidence) "
        "VALUES ",
        rows
    );
    rows.clear();
    for (const StoredHoliday& holiday : year.holidays) {
        rows.push_back(
            {number,
             year.own,
             static_cast<std::int64_t>(rows.size()),
             holiday.name_zh,
             holiday.name_en,
             holiday.first,
             holiday.last,
             joined(holiday.make_up),
             static_cast<std::int64_t>(holiday.notice)}
        );
    }
    insert_many(
        connection_,
        "INSERT INTO holidays (year, own, holiday, name_zh, name_en, first_day, last_day, make_up, "
        "notice) VALUES ",
        rows
    );
}

void SqlCatalogueStore::remove_own_year(int year) {
    clear(connection_, year, true);
    connection_.change(
        "DELETE FROM holiday_years WHERE year = ? AND own = ?", {std::int64_t{year}, true}
    );
}

}  // namespace jicai::sql
