#include <engine/money/decimal.h>
#include <engine/rules/value_text.h>

#include <algorithm>

namespace jicai::rules {

namespace {

constexpr Count kCountMax = 1000;

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

std::string_view without_pair(std::string_view text, char open, char close) {
    text = trimmed(text);
    if (text.size() >= 2 && text.front() == open && text.back() == close) {
        return trimmed(text.substr(1, text.size() - 2));
    }
    return text;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    std::size_t begin = 0;
    while (true) {
        const std::size_t end = text.find(separator, begin);
        parts.push_back(trimmed(text.substr(begin, end - begin)));
        if (end == std::string_view::npos) return parts;
        begin = end + 1;
    }
}

std::optional<Count> parse_whole(std::string_view text) {
    const money::ScaledDecimal parsed = money::parse_scaled(text, 0, 0);
    if (parsed.fault || text.find('.') != std::string_view::npos) return std::nullopt;
    return parsed.scaled;
}

std::size_t decimals_of(std::string_view text) {
    const std::size_t point = text.find('.');
    return point == std::string_view::npos ? 0 : text.size() - point - 1;
}

}  // namespace

std::string value_text(Flag value) {
    return value ? "true" : "false";
}

std::string value_text(Count value) {
    return std::to_string(value);
}

std::string value_text(const money::Ratio& value) {
    return value.text();
}

std::string value_text(money::Price value) {
    return value.text();
}

std::string value_text(const money::Rounding& value) {
    return std::string(enum_word(value.mode)) + ' ' + std::to_string(value.decimals);
}

std::string value_text(const PercentBound& value) {
    std::string text = value.percent.text();
    const std::size_t wanted = static_cast<std::size_t>(value.decimals);
    if (wanted > 0 && decimals_of(text) == 0) text += '.';
    while (decimals_of(text) < wanted) text += '0';
    return text;
}

std::string value_text(const CountTable<Count>& value) {
    std::string text;
    for (std::size_t i = 0; i < value.rows.size(); ++i) {
        if (i > 0) text += ", ";
        text += std::to_string(value.from + static_cast<Count>(i));
        if (value.open_ended && i + 1 == value.rows.size()) text += '+';
        text += '=';
        text += std::to_string(value.rows[i]);
    }
    return text;
}

std::string value_text(const TextList& value) {
    std::string text;
    for (std::size_t i = 0; i < value.size(); ++i) {
        if (i > 0) text += '|';
        text += value[i];
    }
    return text;
}

std::string value_text(const std::string& value) {
    return value;
}

std::string_view without_quotes(std::string_view text) {
    const std::string_view inner = without_pair(text, '"', '"');
    return inner.size() == trimmed(text).size() ? without_pair(text, '\'', '\'') : inner;
}

CountBounds count_bounds(std::string_view unit) {
    if (unit == "percent") return {0, 100};
    if (unit == "percent_of_use") return {100, 1000};
    if (unit == "years") return {1, 50};
    if (unit == "past_years") return {1, 10};
    if (unit == "winners") return {1, kCountMax};
    return {0, kCountMax};
}

bool ratio_in_bounds(const money::Ratio& value) {
    return value > money::Ratio(0, 1) && value <= money::Ratio(kRatioMax, 1);
}

std::optional<CountRowKey> parse_count_row_key(std::string_view text) {
    const bool open_ended = !text.empty() && text.back() == '+';
    if (open_ended) text.remove_suffix(1);
    if (text.empty() || text.front() == '0') return std::nullopt;
    const std::optional<Count> count = parse_whole(text);
    if (!count || *count > kCountMax) return std::nullopt;
    return CountRowKey{*count, open_ended};
}

template <>
std::optional<Flag> parse_value<Flag>(std::string_view text, std::string_view) {
    text = without_quotes(text);
    if (text == "true") return true;
    if (text == "false") return false;
    return std::nullopt;
}

template <>
std::optional<Count> parse_value<Count>(std::string_view text, std::string_view unit) {
    const std::optional<Count> count = parse_whole(without_quotes(text));
    const CountBounds bounds = count_bounds(unit);
    if (!count || *count < bounds.low || *count > bounds.high) return std::nullopt;
    return count;
}

template <>
std::optional<money::Ratio> parse_value<money::Ratio>(std::string_view text, std::string_view) {
    const std::optional<money::Ratio> ratio = money::Ratio::parse(without_quotes(text));
    if (!ratio || !ratio_in_bounds(*ratio)) return std::nullopt;
    return ratio;
}

template <>
std::optional<money::Price> parse_value<money::Price>(std::string_view text, std::string_view) {
    const money::ScaledDecimal parsed =
        money::parse_scaled(without_quotes(text), money::kMicroYuanScale, money::kMicroYuanScale);
    if (parsed.fault || parsed.scaled > money::Price::kMicroYuanMax) return std::nullopt;
    return money::Price(parsed.scaled);
}

template <>
std::optional<money::Rounding> parse_value<money::Rounding>(
    std::string_view text, std::string_view
) {
    text = without_quotes(text);
    const std::size_t blank = text.find(' ');
    if (blank == std::string_view::npos) return std::nullopt;
    const auto mode = enum_from_word<money::RoundingMode>(text.substr(0, blank));
    const std::optional<Count> decimals = parse_whole(trimmed(text.substr(blank)));
    if (!mode || !decimals || *decimals > kDecimalsMax) return std::nullopt;
    return money::Rounding{*mode, static_cast<int>(*decimals)};
}

template <>
std::optional<PercentBound> parse_value<PercentBound>(std::string_view text, std::string_view) {
    text = without_quotes(text);
    const money::ScaledDecimal parsed = money::parse_scaled(text, kDecimalsMax, kDecimalsMax);
    if (parsed.fault || parsed.scaled > 100'000'000 || decimals_of(text) > kDecimalsMax) {
        return std::nullopt;
    }
    return PercentBound{
        money::Ratio(parsed.scaled, 1'000'000), static_cast<int>(decimals_of(text))};
}

template <>
std::optional<CountTable<Count>> parse_value<CountTable<Count>>(
    std::string_view text, std::string_view unit
) {
    const CountBounds bounds = count_bounds(unit);
    std::vector<std::pair<CountRowKey, Count>> rows;
    for (const std::string_view row : split(without_pair(without_quotes(text), '{', '}'), ',')) {
        const std::size_t equals = row.find('=');
        if (equals == std::string_view::npos) return std::nullopt;
        const std::optional<CountRowKey> key =
            parse_count_row_key(without_quotes(row.substr(0, equals)));
        const std::optional<Count> value = parse_whole(trimmed(row.substr(equals + 1)));
        if (!key || !value || *value < bounds.low || *value > bounds.high) return std::nullopt;
        rows.emplace_back(*key, *value);
    }
    std::stable_sort(rows.begin(), rows.end(), [](const auto& left, const auto& right) {
        return left.first.count < right.first.count;
    });
    CountTable<Count> table;
    table.open_ended = false;
    for (const auto& [key, value] : rows) {
        const Count expected = table.from + static_cast<Count>(table.rows.size());
        if (table.open_ended || key.count != expected) return std::nullopt;
        table.rows.push_back(value);
        table.open_ended = key.open_ended;
    }
    return table;
}

template <>
std::optional<TextList> parse_value<TextList>(std::string_view text, std::string_view) {
    const std::string_view inner = without_pair(text, '[', ']');
    const bool bracketed = inner.size() != trimmed(text).size();
    TextList list;
    for (const std::string_view part : split(inner, bracketed ? ',' : '|')) {
        const std::string_view entry = without_quotes(part);
        const bool repeated = std::find(list.begin(), list.end(), entry) != list.end();
        if (entry.empty() || repeated) return std::nullopt;
        list.emplace_back(entry);
    }
    return list;
}

template <>
std::optional<std::string> parse_value<std::string>(std::string_view text, std::string_view) {
    text = without_quotes(text);
    if (text.empty()) return std::nullopt;
    return std::string(text);
}

}  // namespace jicai::rules
