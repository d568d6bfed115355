#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

/// \file
/// Canonical JSON (RFC 8785) for certificates: sorted keys, no blanks, one spelling per value.
/// Numbers are whole and small (at most 2^53 - 1, CHECKed); every price, ratio and quantity is a
/// string of exact text.

namespace jicai::decision {

class Json {
public:
    using Array = std::vector<Json>;
    using Object = std::map<std::string, Json>;  ///< keys are ASCII (CHECKed when written)

    Json() : value_(nullptr) {}
    Json(bool value) : value_(value) {}                      // NOLINT(google-explicit-constructor)
    Json(std::int64_t value) : value_(value) {}              // NOLINT(google-explicit-constructor)
    Json(std::string value) : value_(std::move(value)) {}    // NOLINT(google-explicit-constructor)
    Json(const char* value) : value_(std::string(value)) {}  // NOLINT(google-explicit-constructor)
    Json(Array value) : value_(std::move(value)) {}          // NOLINT(google-explicit-constructor)
    Json(Object value) : value_(std::move(value)) {}         // NOLINT(google-explicit-constructor)

    [[nodiscard]] bool is_object() const { return std::holds_alternative<Object>(value_); }
    [[nodiscard]] bool is_array() const { return std::holds_alternative<Array>(value_); }
    [[nodiscard]] bool is_text() const { return std::holds_alternative<std::string>(value_); }
    [[nodiscard]] bool is_number() const { return std::holds_alternative<std::int64_t>(value_); }
    [[nodiscard]] bool is_flag() const { return std::holds_alternative<bool>(value_); }
    [[nodiscard]] bool is_null() const { return std::holds_alternative<std::nullptr_t>(value_); }
    [[nodiscard]] const Object& object() const { return std::get<Object>(value_); }
    [[nodiscard]] Object& object() { return std::get<Object>(value_); }
    [[nodiscard]] const Array& array() const { return std::get<Array>(value_); }
    [[nodiscard]] Array& array() { return std::get<Array>(value_); }
    [[nodiscard]] const std::string& text() const { return std::get<std::string>(value_); }
    [[nodiscard]] std::int64_t number() const { return std::get<std::int64_t>(value_); }
    [[nodiscard]] bool flag() const { return std::get<bool>(value_); }

    /// The canonical bytes. \pre strings are valid UTF-8 (decoders have seen to it).
    [[nodiscard]] std::string canonical() const;

    friend bool operator==(const Json&, const Json&) = default;

private:
    void write(std::string& out) const;
    std::variant<std::nullptr_t, bool, std::int64_t, std::string, Array, Object> value_;
};

/// Where two documents first differ, in canonical order: a JSON pointer and both values as
/// canonical text (empty: absent).
struct JsonDifference {
    std::string pointer;
    std::string left;
    std::string right;
};
/// Empty when equal, otherwise one entry.
[[nodiscard]] std::vector<JsonDifference> first_difference(const Json& left, const Json& right);

}  // namespace jicai::decision
