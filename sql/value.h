#pragma once

#include <engine/ports/clock.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

/// \file
/// What goes into a statement and comes out of it: text, whole numbers, moments, nothing. Decimals
/// travel as their exact text.

namespace jicai::sql {

/// One parameter.
class Value {
public:
    // NOLINTBEGIN(google-explicit-constructor): a list of parameters reads better without casts
    Value(std::nullopt_t) {}
    Value(std::int64_t number) : value_(number) {}
    Value(bool flag) : value_(std::int64_t{flag ? 1 : 0}) {}
    Value(std::string text) : value_(std::move(text)) {}
    Value(std::string_view text) : value_(std::string(text)) {}
    Value(const char* text) : value_(std::string(text)) {}
    Value(ports::Moment moment) : value_(ports::database_text(moment)) {}
    Value(const std::optional<ports::Moment>& moment) {
        if (moment) value_ = ports::database_text(*moment);
    }
    // NOLINTEND(google-explicit-constructor)

    using Variant = std::variant<std::monostate, std::int64_t, std::string>;
    [[nodiscard]] const Variant& get() const { return value_; }

private:
    Variant value_;
};

/// One row of a result. Columns count from 0. Reading a column as what it is not throws
/// BrokenInvariant.
class Row {
public:
    explicit Row(std::vector<std::optional<std::string>> columns) : columns_(std::move(columns)) {}
    [[nodiscard]] std::size_t size() const { return columns_.size(); }
    [[nodiscard]] bool is_null(std::size_t column) const { return !columns_.at(column); }
    /// Empty text for NULL.
    [[nodiscard]] std::string text(std::size_t column) const;
    /// 0 for NULL.
    [[nodiscard]] std::int64_t number(std::size_t column) const;
    [[nodiscard]] bool flag(std::size_t column) const { return number(column) != 0; }
    [[nodiscard]] ports::Moment moment(std::size_t column) const;
    [[nodiscard]] std::optional<ports::Moment> optional_moment(std::size_t column) const;

private:
    std::vector<std::optional<std::string>> columns_;
};

}  // namespace jicai::sql
