#include <catalogs/builtin/builtin.h>
#include <catalogs/calendar/calendar_file.h>
#include <catalogs/shown_text.h>
#include <catalogs/toml.h>
#include <engine/money/check.h>

#include <algorithm>
#include <map>
#include <utility>

namespace jicai::catalogs {
namespace {

using calendar::Day;
using Arguments = std::vector<std::pair<std::string, std::string>>;
using Words = std::vector<std::string_view>;

constexpr std::int64_t kYearFirst = calendar::kYearMin + 1;
constexpr std::int64_t kYearLast = calendar::kYearMax - 1;

std::string value_text(const toml::node& node) {
    if (const auto* text = node.as_string()) return detail::shortened(text->get());
    if (const auto* whole = node.as_integer()) return std::to_string(whole->get());
    if (const auto* flag = node.as_boolean()) return flag->get() ? "true" : "false";
    return node.is_array() ? "[…]" : node.is_table() ? "{…}" : "…";
}

class Decoder {
public:
    Decoder(std::string_view text, std::string file) : text_(text), file_(std::move(file)) {}

    LoadedYear decode() {
        LoadedYear loaded;
        const toml::parse_result parsed = parse_toml(text_);
        if (!parsed) {
            fault(
                parsed.error().source().begin,
                "syntax",
                {{"detail", std::string(parsed.error().description())}}
            );
        } else {
            calendar::Year year = decode_year(parsed.table());
            if (faults_.empty()) loaded.year = std::move(year);
        }
        std::stable_sort(faults_.begin(), faults_.end(), [](const Fault& a, const Fault& b) {
            return std::tie(a.row, a.column_number) < std::tie(b.row, b.column_number);
        });
        loaded.faults = std::move(faults_);
        return loaded;
    }

private:
    void fault(const toml::source_position& place, std::string_view key, Arguments arguments) {
        Fault fault;
        fault.file = file_;
        fault.row = std::max<std::uint64_t>(place.line, 1);
        fault.column_number = std::max<std::uint64_t>(place.column, 1);
        fault.source_line = line(fault.row);
        for (const auto& [name, value] : arguments) {
            if (name == "value") fault.value = value;
        }
        fault.message = {"fault.calendar." + std::string(key), std::move(arguments)};
        faults_.push_back(std::move(fault));
    }
    void fault(const toml::node& node, std::string_view key, Arguments arguments) {
        arguments.emplace_back("value", value_text(node));
        fault(node.source().begin, key, std::move(arguments));
    }

    std::string line(std::uint64_t number) const {
        std::size_t begin = 0;
        for (std::uint64_t i = 1; i < number && begin < text_.size(); ++i) {
            const std::size_t end = text_.find('\n', begin);
            begin = end == std::string_view::npos ? text_.size() : end + 1;
        }
        std::string_view found = text_.substr(begin, text_.find('\n', begin) - begin);
        if (!found.empty() && found.back() == '\r') found.remove_suffix(1);
        return std::string(found);
    }

    void allow(const toml::table& table, const std::string& owner, const Words& allowed) {
        for (const auto& [key, node] : table) {
            if (std::find(allowed.begin(), allowed.end(), key.str()) != allowed.end()) continue;
            fault(
                key.source().begin,
                "key_unknown",
                {{"owner", owner},
                 {"value", detail::shortened(std::string(key.str()))},
                 {"allowed", detail::joined(allowed)}}
            );
        }
    }

    const toml::node* required(
        const toml::table& table, const std::string& owner, std::string_view key
    ) {
        const toml::node* node = table.get(key);
        if (node == nullptr) {
            fault(
                table.source().begin, "key_missing", {{"owner", owner}, {"key", std::string(key)}}
            );
        }
        return node;
    }

    std::string text(const toml::table& table, const std::string& owner, std::string_view key) {
        const toml::node* node = required(table, owner, key);
        if (node == nullptr) return {};
        const auto* value = node->as_string();
        if (value == nullptr || value->get().empty()) {
            fault(*node, "expected_text", {{"key", std::string(key)}});
            return {};
        }
        return value->get();
    }

    std::optional<Day> day_of_node(const toml::node& node, std::string_view key) {
        const auto* value = node.as_string();
        const auto day = value == nullptr ? std::nullopt : calendar::read_day(value->get());
        if (!day) fault(node, "expected_day", {{"key", std::string(key)}});
        return day;
    }

    std::optional<Day> day(
        const toml::table& table, const std::string& owner, std::string_view key
    ) {
        const toml::node* node = required(table, owner, key);
        return node == nullptr ? std::nullopt : day_of_node(*node, key);
    }

    // A day of the year, of December before or of January after.
    std::optional<Day> day_near(const toml::node& node, std::string_view key, int year) {
        const auto found = day_of_node(node, key);
        if (!found || year == 0) return found;
        const bool near = *found >= calendar::plus(calendar::first_day(year), -31) &&
                          *found <= calendar::plus(calendar::last_day(year), 31);
        if (near) return found;
        fault(node, "day_far", {{"key", std::string(key)}, {"year", std::to_string(year)}});
        return {};
    }

    void say(const toml::node& node, Day day) {
        const auto [at, is_new] = said_.insert({day, node.source().begin.line});
        if (is_new) return;
        fault(
            node,
            "day_twice",
            {{"day", calendar::day_text(day)}, {"first_row", std::to_string(at->second)}}
        );
    }

    std::vector<const toml::table*> tables(const toml::table& root, std::string_view key) {
        std::vector<const toml::table*> found;
        const toml::node* node = required(root, "year", key);
        if (node == nullptr) return found;
        const auto* list = node->as_array();
        if (list == nullptr || list->empty() || !list->is_homogeneous<toml::table>()) {
            fault(*node, "expected_tables", {{"key", std::string(key)}});
            return found;
        }
        for (const toml::node& entry : *list) found.push_back(entry.as_table());
        return found;
    }

    calendar::Year decode_year(const toml::table& root) {
        calendar::Year year;
        allow(root, "year", {"year", "notice", "holiday"});
        if (const toml::node* node = required(root, "year", "year")) {
            const auto* number = node->as_integer();
            if (number == nullptr || number->get() < kYearFirst || number->get() > kYearLast) {
                fault(
                    *node,
                    "expected_year",
                    {{"least", std::to_string(kYearFirst)}, {"most", std::to_string(kYearLast)}}
                );
            } else {
                year.year = static_cast<int>(number->get());
            }
        }
        for (const toml::table* table : tables(root, "notice")) {
            year.notices.push_back(decode_notice(*table, year));
        }
        for (const toml::table* table : tables(root, "holiday")) {
            year.holidays.push_back(decode_holiday(*table, year));
        }
        return year;
    }

    calendar::Notice decode_notice(const toml::table& table, const calendar::Year& year) {
        const std::string owner = "notice";
        allow(table, owner, {"number", "title", "published", "evidence"});
        calendar::Notice notice;
        notice.number = text(table, owner, "number");
        for (const calendar::Notice& other : year.notices) {
            if (notice.number.empty() || other.number != notice.number) continue;
            fault(*table.get("number"), "notice_twice", {});
        }
        notice.title = text(table, owner, "title");
        notice.published = day(table, owner, "published").value_or(Day{});
        const std::string word = text(table, owner, "evidence");
        const auto evidence = rules::enum_from_word<rules::Evidence>(word);
        if (evidence) notice.evidence = *evidence;
        if (!evidence && !word.empty()) {
            Words allowed;
            for (const auto& [value, name] : rules::EnumNames<rules::Evidence>::names) {
                allowed.push_back(name);
            }
            fault(
                *table.get("evidence"), "evidence_unknown", {{"allowed", detail::joined(allowed)}}
            );
        }
        return notice;
    }

    calendar::Holiday decode_holiday(const toml::table& table, const calendar::Year& year) {
        const std::string owner = "holiday";
        allow(table, owner, {"name", "from", "to", "make_up", "notice"});
        calendar::Holiday holiday;
        if (const toml::node* node = required(table, owner, "name")) {
            if (const auto* names = node->as_table()) {
                allow(*names, "name", {"zh", "en"});
                holiday.name_zh = text(*names, "name", "zh");
                holiday.name_en = text(*names, "name", "en");
            } else {
                fault(*node, "expected_names", {});
            }
        }
        decode_days_off(table, owner, year, holiday);
        decode_make_up(table, owner, year, holiday);
        const std::string notice = text(table, owner, "notice");
        const auto at = std::find_if(year.notices.begin(), year.notices.end(), [&](const auto& n) {
            return n.number == notice;
        });
        if (at != year.notices.end()) {
            holiday.notice = static_cast<std::size_t>(at - year.notices.begin());
        } else if (!notice.empty()) {
            fault(*table.get("notice"), "notice_unknown", {});
        }
        return holiday;
    }

    void decode_days_off(
        const toml::table& table,
        const std::string& owner,
        const calendar::Year& year,
        calendar::Holiday& holiday
    ) {
        const toml::node* from = required(table, owner, "from");
        const toml::node* to = required(table, owner, "to");
        const auto first = from == nullptr ? std::nullopt : day_near(*from, "from", year.year);
        const auto last = to == nullptr ? std::nullopt : day_near(*to, "to", year.year);
        if (!first || !last) return;
        if (*last < *first) {
            fault(*to, "ends_before", {{"from", calendar::day_text(*first)}});
            return;
        }
        holiday.first = *first;
        holiday.last = *last;
        for (Day day = *first; day <= *last; day = calendar::plus(day, 1)) say(*from, day);
    }

    void decode_make_up(
        const toml::table& table,
        const std::string& owner,
        const calendar::Year& year,
        calendar::Holiday& holiday
    ) {
        const toml::node* node = required(table, owner, "make_up");
        if (node == nullptr) return;
        const auto* list = node->as_array();
        if (list == nullptr) {
            fault(*node, "expected_days", {{"key", "make_up"}});
            return;
        }
        for (const toml::node& entry : *list) {
            const auto found = day_near(entry, "make_up", year.year);
            if (!found) continue;
            if (calendar::weekday(*found) < 6) {
                fault(entry, "make_up_not_weekend", {});
                continue;
            }
            say(entry, *found);
            holiday.make_up.push_back(*found);
        }
    }

    std::string_view text_;
    std::string file_;
    std::vector<Fault> faults_;
    std::map<Day, std::uint64_t> said_;  ///< and in which line
};

}  // namespace

LoadedYear load_calendar_year(std::string_view toml, const std::string& file_name) {
    if (toml.size() > kCalendarBytesMax) {
        Fault fault;
        fault.file = file_name;
        fault.message = {
            "fault.calendar.too_large",
            {{"bytes", std::to_string(toml.size())}, {"bound", std::to_string(kCalendarBytesMax)}}};
        return {{}, {std::move(fault)}};
    }
    return Decoder(toml, file_name).decode();
}

const std::vector<calendar::Year>& builtin_calendar_years() {
    static const std::vector<calendar::Year> years = [] {
        std::vector<calendar::Year> all;
        for (const BuiltinFile& file : builtin_calendars()) {
            LoadedYear loaded = load_calendar_year(file.text, std::string(file.id) + ".toml");
            JICAI_CHECK(loaded.year.has_value());
            all.push_back(std::move(*loaded.year));
        }
        return all;
    }();
    return years;
}

std::vector<calendar::Year> with_own_years(
    std::vector<calendar::Year> years, std::vector<calendar::Year> own
) {
    for (calendar::Year& year : own) {
        const auto at = std::find_if(years.begin(), years.end(), [&](const calendar::Year& other) {
            return other.year == year.year;
        });
        if (at == years.end()) {
            years.push_back(std::move(year));
        } else {
            *at = std::move(year);
        }
    }
    return years;
}

}  // namespace jicai::catalogs
