#pragma once

#include <engine/decision/json.h>
#include <engine/ports/refused.h>

#include <cstdint>
#include <string>
#include <vector>

/// \file
/// JSON Schemas of bodies and answers, built where a route describes itself, and the check of a
/// body against one.
///
///     .body_schema = schema::object(
///         {{"login", schema::text(32, 3)}, {"note", schema::text()}}, {"note"}),
///
/// Sizes of text count characters, not bytes.

namespace jicai::web::schema {

/// A string of `shortest` to `longest` characters.
[[nodiscard]] decision::Json text(std::int64_t longest = 200, std::int64_t shortest = 0);
/// A string that no answer and no log repeats.
[[nodiscard]] decision::Json secret(std::int64_t longest = 200, std::int64_t shortest = 0);
/// A whole number.
[[nodiscard]] decision::Json number(
    std::int64_t smallest = 0, std::int64_t largest = 1'000'000'000
);
/// true or false.
[[nodiscard]] decision::Json flag();
/// One of these strings.
[[nodiscard]] decision::Json choice(const std::vector<std::string>& words);
/// An array of at most `longest` times `items`.
[[nodiscard]] decision::Json array(const decision::Json& items, std::int64_t longest = 100'000);
/// An object of exactly these members; all but `optional` must be there.
[[nodiscard]] decision::Json object(
    const decision::Json::Object& members, const std::vector<std::string>& optional = {}
);
/// An object of any members.
[[nodiscard]] decision::Json any_object();
/// The same, or null.
[[nodiscard]] decision::Json nullable(const decision::Json& schema);
/// What a list answers: columns, rows with these members, total, page, size.
[[nodiscard]] decision::Json list(
    const decision::Json::Object& row_members, const std::vector<std::string>& optional = {}
);

/// Everything in `value` that `schema` does not allow, each at its JSON pointer, at most 20.
/// Messages request.member_unknown, request.member_missing, request.value_type,
/// request.value_choice, request.text_length, request.number_range, request.array_size,
/// request.text_control. Strings may hold no control characters but tab and line ends, whatever the
/// schema.
/// Throws BrokenInvariant for a schema word that it does not know: nothing may go unchecked.
[[nodiscard]] std::vector<ports::FieldFault> faults_of(
    const decision::Json& schema, const decision::Json& value
);

}  // namespace jicai::web::schema
