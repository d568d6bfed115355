#pragma once

#include <engine/ports/procedure_store.h>
#include <sql/value.h>

#include <cstddef>
#include <vector>

namespace jicai::sql {

/// Four columns of a table of ours: who did something.
inline constexpr const char* kBy = "by_user, by_organisation, by_login, by_name";

/// The author in four columns from `first` on.
[[nodiscard]] inline ports::Author author_at(const Row& row, std::size_t first) {
    return {row.number(first), row.number(first + 1), row.text(first + 2), row.text(first + 3)};
}

/// `values` and the four of `by` after them.
[[nodiscard]] inline std::vector<Value> with_author(
    std::vector<Value> values, const ports::Author& by
) {
    values.insert(values.end(), {by.user, by.organisation, by.login, by.name});
    return values;
}

}  // namespace jicai::sql
