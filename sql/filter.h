#pragma once

#include <engine/ports/page.h>
#include <sql/connection.h>
#include <sql/stores.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// Conditions and pages of lists, as every store needs them.

namespace jicai::sql {

/// The digits every region below `region` begins with: "230000" gives "23", "000000" nothing.
[[nodiscard]] inline std::string region_digits(std::string region) {
    while (region.size() >= 2 && region.compare(region.size() - 2, 2, "00") == 0) {
        region.resize(region.size() - 2);
    }
    return region;
}

/// WHERE clauses and their parameters, as they come together.
struct Filter {
    std::string where = {};
    std::vector<Value> values = {};

    /// One more condition that must hold.
    void add(const std::string& clause, std::vector<Value> with) {
        where += (where.empty() ? " WHERE " : " AND ") + clause;
        for (Value& value : with) values.push_back(std::move(value));
    }
    /// `text` is a part of one of the columns, in either case; empty: no condition.
    void add_text(const std::vector<std::string>& columns, const std::string& text) {
        if (text.empty()) return;
        std::string clause;
        for (const std::string& column : columns) {
            clause += (clause.empty() ? "(" : " OR ");
            clause += "LOCATE(LOWER(?), LOWER(" + column + ")) > 0";
        }
        add(clause + ")", std::vector<Value>(columns.size(), Value(text)));
    }
    /// `within` or a region below it; empty or the country: no condition.
    void add_region(const std::string& column, const std::string& within) {
        const std::string digits = region_digits(within);
        if (digits.empty()) return;
        add("LEFT(" + column + ", " + std::to_string(digits.size()) + ") = ?", {digits});
    }
};

/// A page of a list and the size of the whole.
template <typename Type, typename Read>
[[nodiscard]] ports::Found<Type> found(
    Connection& connection,
    std::string_view select,
    const std::string& from,
    const std::string& order,
    const Filter& filter,
    const ports::Page& page,
    Read read
) {
    ports::Found<Type> result;
    result.total = connection.query("SELECT COUNT(*) FROM " + from + filter.where, filter.values)
                       .at(0)
                       .number(0);
    const std::string statement =
        std::string(select) + filter.where + " ORDER BY " + order + limit_of(page);
    for (const Row& row : connection.query(statement, filter.values)) {
        result.rows.push_back(read(row));
    }
    return result;
}

/// The only row, or nothing.
template <typename Type, typename Read>
[[nodiscard]] std::optional<Type> one(const std::vector<Row>& rows, Read read) {
    if (rows.empty()) return std::nullopt;
    return read(rows.front());
}

/// `(?, ?, …)` with so many parameters.
[[nodiscard]] inline std::string marks(std::size_t count) {
    std::string text = "(";
    for (std::size_t i = 0; i < count; ++i) text += i == 0 ? "?" : ", ?";
    return text + ")";
}

/// Rows with so many in one statement at most: beyond it nothing is gained.
inline constexpr std::size_t kRowsAtOnce = 500;

/// INSERTs many rows in few statements. `head` is "INSERT INTO t (a, b) VALUES "; `tail` what
/// follows the rows. A taken unique value becomes ports::Conflict.
inline void insert_many(
    Connection& connection,
    const std::string& head,
    const std::vector<std::vector<Value>>& rows,
    const std::string& tail = {}
) {
    for (std::size_t begin = 0; begin < rows.size(); begin += kRowsAtOnce) {
        const std::size_t end = std::min(rows.size(), begin + kRowsAtOnce);
        std::string statement = head;
        std::vector<Value> values;
        for (std::size_t i = begin; i < end; ++i) {
            statement += (i == begin ? "" : ", ") + marks(rows[i].size());
            values.insert(values.end(), rows[i].begin(), rows[i].end());
        }
        insert(connection, statement + tail, values);
    }
}

/// What `read` makes of the rows whose `column` is one of `keys`, few statements for many keys.
template <typename Type, typename Read>
[[nodiscard]] std::vector<Type> found_by_keys(
    Connection& connection,
    std::string_view select,
    const std::string& column,
    const std::vector<std::string>& keys,
    Read read
) {
    std::vector<Type> all;
    for (std::size_t begin = 0; begin < keys.size(); begin += kRowsAtOnce) {
        const std::size_t end = std::min(keys.size(), begin + kRowsAtOnce);
        std::vector<Value> values(
            keys.begin() + static_cast<std::ptrdiff_t>(begin),
            keys.begin() + static_cast<std::ptrdiff_t>(end)
        );
        const std::string statement =
            std::string(select) + " WHERE " + column + " IN " + marks(values.size());
        for (const Row& row : connection.query(statement, values)) all.push_back(read(row));
    }
    return all;
}

}  // namespace jicai::sql
