#include <engine/money/check.h>
#include <sql/value.h>

#include <charconv>

namespace jicai::sql {

std::string Row::text(std::size_t column) const {
    return columns_.at(column).value_or(std::string());
}

std::int64_t Row::number(std::size_t column) const {
    const std::optional<std::string>& text = columns_.at(column);
    if (!text) return 0;
    std::int64_t value = 0;
    const char* const end = text->data() + text->size();
    const auto [at, error] = std::from_chars(text->data(), end, value);
    JICAI_CHECK(error == std::errc() && at == end);
    return value;
}

ports::Moment Row::moment(std::size_t column) const {
    const auto moment = optional_moment(column);
    JICAI_CHECK(moment.has_value());
    return *moment;
}

std::optional<ports::Moment> Row::optional_moment(std::size_t column) const {
    const std::optional<std::string>& text = columns_.at(column);
    if (!text) return std::nullopt;
    const auto moment = ports::read_database_text(*text);
    JICAI_CHECK(moment.has_value());
    return moment;
}

}  // namespace jicai::sql
