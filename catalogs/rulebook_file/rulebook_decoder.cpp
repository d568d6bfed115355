#include <catalogs/rulebook_file/rulebook_decoder.h>
#include <engine/money/decimal.h>
#include <engine/rules/parameter_list.h>
#include <engine/rules/value_text.h>

#include <algorithm>
#include <set>
#include <type_traits>
#include <utility>

#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_UNRELEASED_FEATURES 0
#include <toml++/toml.h>

namespace jicai::catalogs::detail {

namespace {

using Arguments = std::vector<std::pair<std::string, std::string>>;
using rules::Need;
using rules::Parameter;

Place place_of(const toml::source_position& position) {
    return {std::max<std::uint64_t>(position.line, 1), std::max<std::uint64_t>(position.column, 1)};
}
Place place_of(const toml::node& node) {
    return place_of(node.source().begin);
}
Place place_of(const toml::key& key) {
    return place_of(key.source().begin);
}

constexpr std::size_t kValueBytesMax = 80;

std::string shortened(std::string text) {
    if (text.size() <= kValueBytesMax) return text;
    std::size_t end = kValueBytesMax;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    text.resize(end);
    return text + "…";
}

/// The characters of `line` from `begin` (from 1) up to, not including, `end`.
std::string_view characters_between(std::string_view line, std::uint64_t begin, std::uint64_t end) {
    std::uint64_t column = 0;
    std::size_t from = line.size();
    for (std::size_t i = 0; i < line.size(); ++i) {
        if ((static_cast<unsigned char>(line[i]) & 0xC0U) == 0x80U) continue;
        ++column;
        if (column == begin) from = i;
        if (column == end) return from < i ? line.substr(from, i - from) : std::string_view();
    }
    return line.substr(from);
}

bool has_control_character(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x20U || c == 0x7F;
    });
}

template <class Names>
std::string joined_words(const Names& names) {
    std::string words;
    for (const auto& entry : names) {
        if (!words.empty()) words += ", ";
        words += entry.second;
    }
    return words;
}

/// Collects faults and places; knows nothing of rulebooks.
class Sheet {
public:
    Sheet(DecodedRulebook& out, std::string_view source) : out_(out), source_(source) {}

    /// A value as it stands in the file; of one over several lines, "[…]" or "{…}".
    [[nodiscard]] std::string node_text(const toml::node& node) const {
        if (const auto* text = node.as_string()) return shortened(text->get());
        const toml::source_region& region = node.source();
        if (region.begin.line == region.end.line) {
            std::size_t begin = 0;
            for (std::uint64_t line = 1; line < region.begin.line; ++line) {
                begin = source_.find('\n', begin) + 1;
            }
            const std::string_view line = source_.substr(begin, source_.find('\n', begin) - begin);
            std::string written(characters_between(line, region.begin.column, region.end.column));
            if (!written.empty()) return shortened(std::move(written));
        }
        return node.is_array() ? "[…]" : "{…}";
    }

    void fault(
        Place place,
        std::string subject,
        std::string key,
        Arguments arguments,
        std::string value = {}
    ) {
        out_.faults.push_back(
            {place, std::move(subject), std::move(value), {std::move(key), std::move(arguments)}}
        );
    }

    /// A fault about a value of the wrong kind; `key` says which kind is expected.
    void wrong_kind(const toml::node& node, const std::string& subject, std::string key) {
        const std::string actual = node_text(node);
        fault(
            place_of(node),
            subject,
            std::move(key),
            {{"parameter", subject}, {"value", actual}},
            actual
        );
    }

    void remember(const std::string& path, Place place) { out_.places.emplace(path, place); }

    /// A non-empty text without control characters. Nothing, and a fault, otherwise.
    std::optional<std::string> text(const toml::node& node, const std::string& subject) {
        const auto* text = node.as_string();
        if (text == nullptr) {
            wrong_kind(node, subject, "fault.rulebook.expected_text");
            return std::nullopt;
        }
        if (text->get().empty() || has_control_character(text->get())) {
            wrong_kind(node, subject, "fault.rulebook.text_empty_or_control");
            return std::nullopt;
        }
        return text->get();
    }

    std::optional<std::string> required_text(
        const toml::table& table, const std::string& owner, std::string_view name
    ) {
        const toml::node* node = table.get(name);
        if (node == nullptr) {
            key_missing(table, owner, name);
            return std::nullopt;
        }
        return text(*node, owner + '.' + std::string(name));
    }

    void key_missing(const toml::table& table, const std::string& owner, std::string_view name) {
        fault(
            place_of(table),
            owner,
            "fault.rulebook.key_missing",
            {{"owner", owner}, {"key", std::string(name)}}
        );
    }

    void unknown_keys(
        const toml::table& table,
        const std::string& owner,
        const std::vector<std::string_view>& known
    ) {
        for (const auto& [key, node] : table) {
            if (std::find(known.begin(), known.end(), key.str()) != known.end()) continue;
            std::string allowed;
            for (const std::string_view name : known) {
                if (!allowed.empty()) allowed += ", ";
                allowed += name;
            }
            const std::string written = shortened(std::string(key.str()));
            fault(
                place_of(key),
                owner,
                "fault.rulebook.unknown_key",
                {{"owner", owner}, {"key", written}, {"allowed", allowed}},
                written
            );
        }
    }

    template <class E>
    std::optional<E> word(const toml::node& node, const std::string& subject) {
        const auto* text = node.as_string();
        if (text == nullptr) {
            wrong_kind(node, subject, "fault.rulebook.expected_word");
            return std::nullopt;
        }
        const std::optional<E> value = rules::enum_from_word<E>(text->get());
        if (!value) {
            const std::string written = shortened(text->get());
            fault(
                place_of(node),
                subject,
                "fault.rulebook.word_unknown",
                {{"parameter", subject},
                 {"value", written},
                 {"allowed", joined_words(rules::EnumNames<E>::names)}},
                written
            );
        }
        return value;
    }

    /// Evidence of a value that stands in a rulebook file.
    std::optional<rules::Evidence> evidence(const toml::table& table, const std::string& subject) {
        const toml::node* node = table.get("evidence");
        if (node == nullptr) {
            fault(
                place_of(table),
                subject,
                "fault.rulebook.evidence_missing",
                {{"parameter", subject}}
            );
            return std::nullopt;
        }
        const auto* text = node->as_string();
        const std::optional<rules::Evidence> value =
            text == nullptr ? std::nullopt : rules::enum_from_word<rules::Evidence>(text->get());
        if (value == rules::Evidence::given) {
            fault(
                place_of(*node),
                subject,
                "fault.rulebook.evidence_given",
                {{"parameter", subject}},
                "given"
            );
            return std::nullopt;
        }
        if (!value) {
            const std::string written = node_text(*node);
            fault(
                place_of(*node),
                subject,
                "fault.rulebook.word_unknown",
                {{"parameter", subject + ".evidence"},
                 {"value", written},
                 {"allowed", "official, replay, secondary, reported, assumed"}},
                written
            );
        }
        return value;
    }

    std::optional<std::string> clause(const toml::table& table, const std::string& subject) {
        const toml::node* node = table.get("clause");
        if (node == nullptr) {
            fault(
                place_of(table), subject, "fault.rulebook.clause_missing", {{"parameter", subject}}
            );
            return std::nullopt;
        }
        return text(*node, subject + ".clause");
    }

    void out_of_range(
        const toml::node& node,
        const std::string& subject,
        std::string low,
        std::string high,
        std::string unit
    ) {
        const std::string written = node_text(node);
        fault(
            place_of(node),
            subject,
            "fault.rulebook.out_of_range",
            {{"parameter", subject},
             {"value", written},
             {"low", std::move(low)},
             {"high", std::move(high)},
             {"unit", std::move(unit)}},
            written
        );
    }

private:
    DecodedRulebook& out_;
    std::string_view source_;
};

/// Values by type. Each returns nothing after having noted a fault.
class ValueDecoder {
public:
    ValueDecoder(Sheet& sheet, const toml::table& table, std::string path, std::string_view unit)
        : sheet_(sheet), table_(table), path_(std::move(path)), unit_(unit) {}

    template <class T>
    std::optional<T> decode(const toml::node& node) {
        if constexpr (std::is_same_v<T, rules::Flag>) {
            return flag(node);
        } else if constexpr (std::is_enum_v<T>) {
            return sheet_.word<T>(node, path_);
        } else if constexpr (std::is_same_v<T, rules::Count>) {
            return count(node, path_);
        } else if constexpr (std::is_same_v<T, money::Ratio>) {
            return ratio(node);
        } else if constexpr (std::is_same_v<T, money::Price>) {
            return price(node);
        } else if constexpr (std::is_same_v<T, money::Rounding>) {
            return rounding(node);
        } else if constexpr (std::is_same_v<T, rules::PercentBound>) {
            return percent_bound(node);
        } else if constexpr (std::is_same_v<T, rules::CountTable<rules::Count>>) {
            return count_table(node);
        } else if constexpr (std::is_same_v<T, rules::TextList>) {
            return text_list(node);
        } else {
            static_assert(std::is_same_v<T, std::string>);
            return sheet_.text(node, path_);
        }
    }

    /// Whether parameters of type T carry `decimals` beside the value.
    template <class T>
    static constexpr bool kHasDecimals =
        std::is_same_v<T, money::Rounding> || std::is_same_v<T, rules::PercentBound>;

private:
    std::optional<rules::Flag> flag(const toml::node& node) {
        if (const auto* value = node.as_boolean()) return value->get();
        sheet_.wrong_kind(node, path_, "fault.rulebook.expected_flag");
        return std::nullopt;
    }

    std::optional<rules::Count> count(const toml::node& node, const std::string& subject) {
        const auto* value = node.as_integer();
        if (value == nullptr) {
            sheet_.wrong_kind(node, subject, "fault.rulebook.expected_whole_number");
            return std::nullopt;
        }
        const rules::CountBounds bounds = rules::count_bounds(unit_);
        if (value->get() < bounds.low || value->get() > bounds.high) {
            sheet_.out_of_range(
                node,
                subject,
                std::to_string(bounds.low),
                std::to_string(bounds.high),
                std::string(unit_)
            );
            return std::nullopt;
        }
        return value->get();
    }

    std::optional<std::string> decimal_text(const toml::node& node) {
        const auto* value = node.as_string();
        if (value == nullptr) {
            sheet_.wrong_kind(node, path_, "fault.rulebook.expected_decimal_text");
            return std::nullopt;
        }
        return value->get();
    }

    std::optional<money::Ratio> ratio(const toml::node& node) {
        const std::optional<std::string> text = decimal_text(node);
        if (!text) return std::nullopt;
        const std::optional<money::Ratio> value = money::Ratio::parse(*text);
        if (!value) {
            sheet_.wrong_kind(node, path_, "fault.rulebook.decimal_malformed");
            return std::nullopt;
        }
        if (!rules::ratio_in_bounds(*value)) {
            sheet_.out_of_range(
                node, path_, ">0", std::to_string(rules::kRatioMax), std::string(unit_)
            );
            return std::nullopt;
        }
        return value;
    }

    std::optional<money::Price> price(const toml::node& node) {
        const std::optional<std::string> text = decimal_text(node);
        if (!text) return std::nullopt;
        const money::ScaledDecimal parsed =
            money::parse_scaled(*text, money::kMicroYuanScale, money::kMicroYuanScale);
        if (parsed.fault == money::DecimalFault::too_large ||
            (!parsed.fault && parsed.scaled > money::Price::kMicroYuanMax)) {
            sheet_.out_of_range(
                node, path_, "0", money::Price(money::Price::kMicroYuanMax).text(), "yuan"
            );
            return std::nullopt;
        }
        if (parsed.fault) {
            sheet_.wrong_kind(node, path_, "fault.rulebook.decimal_malformed");
            return std::nullopt;
        }
        return money::Price(parsed.scaled);
    }

    std::optional<int> decimals() {
        const toml::node* node = table_.get("decimals");
        if (node == nullptr) {
            sheet_.key_missing(table_, path_, "decimals");
            return std::nullopt;
        }
        const auto* value = node->as_integer();
        const std::string subject = path_ + ".decimals";
        if (value == nullptr) {
            sheet_.wrong_kind(*node, subject, "fault.rulebook.expected_whole_number");
            return std::nullopt;
        }
        if (value->get() < 0 || value->get() > rules::kDecimalsMax) {
            sheet_.out_of_range(
                *node, subject, "0", std::to_string(rules::kDecimalsMax), "decimals"
            );
            return std::nullopt;
        }
        return static_cast<int>(value->get());
    }

    std::optional<money::Rounding> rounding(const toml::node& node) {
        const auto mode = sheet_.word<money::RoundingMode>(node, path_);
        const std::optional<int> kept = decimals();
        if (!mode || !kept) return std::nullopt;
        return money::Rounding{*mode, *kept};
    }

    std::optional<rules::PercentBound> percent_bound(const toml::node& node) {
        const std::optional<int> kept = decimals();
        const std::optional<std::string> text = decimal_text(node);
        if (!text) return std::nullopt;
        const money::ScaledDecimal parsed =
            money::parse_scaled(*text, rules::kDecimalsMax, rules::kDecimalsMax);
        if (parsed.fault && parsed.fault != money::DecimalFault::too_large) {
            sheet_.wrong_kind(node, path_, "fault.rulebook.decimal_malformed");
            return std::nullopt;
        }
        if (parsed.fault || parsed.scaled > 100'000'000) {
            sheet_.out_of_range(node, path_, "0", "100", std::string(unit_));
            return std::nullopt;
        }
        if (!kept) return std::nullopt;
        std::int64_t place = 1;
        for (int i = *kept; i < rules::kDecimalsMax; ++i) place *= 10;
        if (parsed.scaled % place != 0) {
            sheet_.fault(
                place_of(node),
                path_,
                "fault.rulebook.percent_finer_than_rounding",
                {{"parameter", path_}, {"value", *text}, {"decimals", std::to_string(*kept)}},
                *text
            );
            return std::nullopt;
        }
        return rules::PercentBound{money::Ratio(parsed.scaled, 1'000'000), *kept};
    }

    struct Row {
        rules::CountRowKey key;
        Place place;
        std::string written;
        std::optional<rules::Count> value;
    };

    std::optional<rules::CountTable<rules::Count>> count_table(const toml::node& node) {
        const auto* table = node.as_table();
        if (table == nullptr) {
            sheet_.wrong_kind(node, path_, "fault.rulebook.expected_count_table");
            return std::nullopt;
        }
        if (table->empty()) {
            sheet_.fault(
                place_of(node), path_, "fault.rulebook.count_table_empty", {{"parameter", path_}}
            );
            return std::nullopt;
        }
        bool sound = true;
        std::vector<Row> rows;
        for (const auto& [key, value] : *table) {
            const std::string written = shortened(std::string(key.str()));
            const std::optional<rules::CountRowKey> row = rules::parse_count_row_key(key.str());
            if (!row) {
                sheet_.fault(
                    place_of(key),
                    path_,
                    "fault.rulebook.count_row_malformed",
                    {{"parameter", path_}, {"row", written}},
                    written
                );
                sound = false;
                continue;
            }
            rows.push_back({*row, place_of(key), written, count(value, path_ + '.' + written)});
            sheet_.remember(path_ + '#' + std::to_string(row->count), place_of(value));
            sound = sound && rows.back().value.has_value();
        }
        std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
            return std::pair(a.key.count, a.place) < std::pair(b.key.count, b.place);
        });
        sound = rows_contiguous(rows, place_of(node)) && sound;
        if (!sound) return std::nullopt;
        rules::CountTable<rules::Count> result;
        result.from = 1;
        result.open_ended = rows.back().key.open_ended;
        for (const Row& row : rows) result.rows.push_back(*row.value);
        return result;
    }

    bool rows_contiguous(const std::vector<Row>& rows, Place table_place) {
        bool sound = true;
        rules::Count next = 1;
        const Row* open_ended = nullptr;
        for (const Row& row : rows) {
            if (row.key.count < next) {
                row_fault(row, "fault.rulebook.count_row_duplicate", std::to_string(row.key.count));
                sound = false;
                continue;
            }
            if (open_ended != nullptr) {
                row_fault(row, "fault.rulebook.count_row_unreachable", open_ended->written);
                sound = false;
                continue;
            }
            if (row.key.count > next) {
                sheet_.fault(
                    row.place,
                    path_,
                    "fault.rulebook.count_row_missing",
                    {{"parameter", path_}, {"missing", std::to_string(next)}, {"row", row.written}},
                    row.written
                );
                sound = false;
            }
            next = row.key.count + 1;
            if (row.key.open_ended) open_ended = &row;
        }
        static_cast<void>(table_place);
        return sound;
    }

    void row_fault(const Row& row, std::string key, std::string other) {
        sheet_.fault(
            row.place,
            path_,
            std::move(key),
            {{"parameter", path_}, {"row", row.written}, {"other", std::move(other)}},
            row.written
        );
    }

    std::optional<rules::TextList> text_list(const toml::node& node) {
        const auto* array = node.as_array();
        if (array == nullptr) {
            sheet_.wrong_kind(node, path_, "fault.rulebook.expected_list");
            return std::nullopt;
        }
        if (array->empty()) {
            sheet_.fault(
                place_of(node), path_, "fault.rulebook.list_empty", {{"parameter", path_}}
            );
            return std::nullopt;
        }
        bool sound = true;
        rules::TextList list;
        std::map<std::string, Place> seen;
        for (const toml::node& entry : *array) {
            const std::optional<std::string> text = sheet_.text(entry, path_);
            if (!text) {
                sound = false;
                continue;
            }
            if (text->find('|') != std::string::npos) {
                sheet_.wrong_kind(entry, path_, "fault.rulebook.list_entry_bar");
                sound = false;
                continue;
            }
            const auto [earlier, fresh] = seen.emplace(*text, place_of(entry));
            if (!fresh) {
                sheet_.fault(
                    place_of(entry),
                    path_,
                    "fault.rulebook.list_entry_repeated",
                    {{"parameter", path_},
                     {"value", shortened(*text)},
                     {"line", std::to_string(earlier->second.line)}},
                    shortened(*text)
                );
                sound = false;
                continue;
            }
            list.push_back(*text);
        }
        if (!sound) return std::nullopt;
        return list;
    }

    Sheet& sheet_;
    const toml::table& table_;
    std::string path_;
    std::string_view unit_;
};

/// Fills one stage (or one test of a gate) from its table; the stage's `visit` calls it.
class StageDecoder {
public:
    StageDecoder(
        Sheet& sheet, const toml::table& table, std::string path, std::string_view discriminator
    )
        : sheet_(sheet), table_(table), path_(std::move(path)), known_{discriminator} {}

    template <class T>
    void parameter(
        std::string_view name, std::string_view unit, Need need, Parameter<T>& parameter
    ) {
        known_.push_back(name);
        const toml::node* node = table_.get(name);
        const std::string path = path_ + '.' + std::string(name);
        if (node == nullptr) {
            if (need == Need::required) {
                sheet_.fault(
                    place_of(table_),
                    path,
                    "fault.rulebook.parameter_missing",
                    {{"parameter", path}, {"unit", std::string(unit)}}
                );
            }
            return;
        }
        fill(*node, path, unit, parameter);
    }

    template <class T>
    void keyed(
        std::string_view name, std::string_view unit, std::map<std::string, Parameter<T>>& entries
    ) {
        known_.push_back(name);
        const std::string path = path_ + '.' + std::string(name);
        const toml::node* node = table_.get(name);
        if (node == nullptr) {
            sheet_.fault(
                place_of(table_),
                path,
                "fault.rulebook.parameter_missing",
                {{"parameter", path}, {"unit", std::string(unit)}}
            );
            return;
        }
        const auto* table = node->as_table();
        if (table == nullptr || table->empty()) {
            sheet_.wrong_kind(*node, path, "fault.rulebook.expected_classes");
            return;
        }
        for (const auto& [key, entry] : *table) {
            const std::string entry_path = path + '.' + shortened(std::string(key.str()));
            if (!class_name(key.str())) {
                sheet_.fault(
                    place_of(key),
                    entry_path,
                    "fault.rulebook.class_name",
                    {{"parameter", path}, {"value", shortened(std::string(key.str()))}},
                    shortened(std::string(key.str()))
                );
                continue;
            }
            fill(entry, entry_path, unit, entries[std::string(key.str())]);
        }
    }

    void tie_keys(std::string_view name, std::vector<rules::TieKey>& keys) {
        known_.push_back(name);
        const std::string path = path_ + '.' + std::string(name);
        const toml::node* node = table_.get(name);
        if (node == nullptr) {
            sheet_.fault(
                place_of(table_),
                path,
                "fault.rulebook.parameter_missing",
                {{"parameter", path}, {"unit", "column"}}
            );
            return;
        }
        const auto* array = node->as_array();
        if (array == nullptr) {
            sheet_.wrong_kind(*node, path, "fault.rulebook.expected_tie_keys");
            return;
        }
        std::size_t ordinal = 0;
        for (const toml::node& entry : *array) {
            const std::string entry_path = path + '.' + std::to_string(++ordinal);
            sheet_.remember(entry_path, place_of(entry));
            const auto* table = entry.as_table();
            if (table == nullptr) {
                sheet_.wrong_kind(entry, entry_path, "fault.rulebook.expected_table");
                continue;
            }
            tie_key(*table, entry_path, keys);
        }
    }

    void tests(std::string_view name, std::vector<rules::GateTest>& tests) {
        known_.push_back(name);
        const std::string path = path_ + '.' + std::string(name);
        const toml::node* node = table_.get(name);
        if (node == nullptr) {
            sheet_.fault(
                place_of(table_),
                path,
                "fault.rulebook.parameter_missing",
                {{"parameter", path}, {"unit", "test"}}
            );
            return;
        }
        const auto* array = node->as_array();
        if (array == nullptr || array->empty()) {
            sheet_.wrong_kind(*node, path, "fault.rulebook.expected_tests");
            return;
        }
        for (const toml::node& entry : *array) {
            const auto* table = entry.as_table();
            if (table == nullptr) {
                sheet_.wrong_kind(entry, path, "fault.rulebook.expected_table");
                continue;
            }
            test(*table, path, tests);
        }
    }

    void finish() { sheet_.unknown_keys(table_, path_, known_); }

private:
    static bool class_name(std::string_view name) {
        return !name.empty() && name.size() <= 40 &&
               std::all_of(name.begin(), name.end(), [](char c) {
                   return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
               });
    }

    template <class T>
    void fill(
        const toml::node& node,
        const std::string& path,
        std::string_view unit,
        Parameter<T>& parameter
    ) {
        const auto* table = node.as_table();
        if (table == nullptr) {
            sheet_.wrong_kind(node, path, "fault.rulebook.expected_parameter_table");
            return;
        }
        parameter.present = true;
        std::vector<std::string_view> known{"value", "unit", "clause", "evidence"};
        if (ValueDecoder::kHasDecimals<T>) known.emplace_back("decimals");
        sheet_.unknown_keys(*table, path, known);
        check_unit(*table, path, unit);
        parameter.unit = unit;
        parameter.clause = sheet_.clause(*table, path).value_or(std::string());
        const toml::node* value = table->get("value");
        if (value == nullptr) {
            sheet_.remember(path, place_of(node));
            open(*table, path);
            return;
        }
        sheet_.remember(path, place_of(*value));
        parameter.value = ValueDecoder(sheet_, *table, path, unit).decode<T>(*value);
        parameter.evidence = sheet_.evidence(*table, path).value_or(rules::Evidence::official);
    }

    void open(const toml::table& table, const std::string& path) {
        for (const std::string_view name : {"evidence", "decimals"}) {
            const toml::node* node = table.get(name);
            if (node == nullptr) continue;
            sheet_.fault(
                place_of(*node),
                path,
                "fault.rulebook.open_parameter_has",
                {{"parameter", path}, {"key", std::string(name)}},
                sheet_.node_text(*node)
            );
        }
    }

    void check_unit(const toml::table& table, const std::string& path, std::string_view unit) {
        const toml::node* node = table.get("unit");
        if (node == nullptr) {
            if (unit == "choice") return;
            sheet_.fault(
                place_of(table),
                path,
                "fault.rulebook.unit_missing",
                {{"parameter", path}, {"unit", std::string(unit)}}
            );
            return;
        }
        const auto* written = node->as_string();
        if (written != nullptr && written->get() == unit) return;
        sheet_.fault(
            place_of(*node),
            path,
            "fault.rulebook.unit_wrong",
            {{"parameter", path}, {"value", sheet_.node_text(*node)}, {"unit", std::string(unit)}},
            sheet_.node_text(*node)
        );
    }

    void tie_key(
        const toml::table& table, const std::string& path, std::vector<rules::TieKey>& keys
    ) {
        sheet_.unknown_keys(
            table, path, {"column", "type", "first", "title", "clause", "evidence"}
        );
        const std::optional<std::string> column = sheet_.required_text(table, path, "column");
        const auto type = required_word<rules::TieKeyType>(table, path, "type");
        const auto first = required_word<rules::TieKeyFirst>(table, path, "first");
        std::optional<std::string> title_zh;
        std::optional<std::string> title_en;
        if (const toml::node* node = table.get("title")) {
            if (const auto* title = node->as_table()) {
                sheet_.unknown_keys(*title, path + ".title", {"zh", "en"});
                title_zh = sheet_.required_text(*title, path + ".title", "zh");
                title_en = sheet_.required_text(*title, path + ".title", "en");
            } else {
                sheet_.wrong_kind(*node, path + ".title", "fault.rulebook.expected_title");
            }
        } else {
            sheet_.key_missing(table, path, "title");
        }
        const std::optional<std::string> clause = sheet_.clause(table, path);
        const std::optional<rules::Evidence> evidence = sheet_.evidence(table, path);
        if (column && !class_name(*column)) {
            sheet_.wrong_kind(*table.get("column"), path + ".column", "fault.rulebook.column_name");
            return;
        }
        if (!column || !type || !first || !title_zh || !title_en || !clause || !evidence) return;
        keys.push_back({*column, *title_zh, *title_en, *type, *first, *clause, *evidence});
    }

    template <class E>
    std::optional<E> required_word(
        const toml::table& table, const std::string& path, std::string_view name
    ) {
        const toml::node* node = table.get(name);
        if (node == nullptr) {
            sheet_.key_missing(table, path, name);
            return std::nullopt;
        }
        return sheet_.word<E>(*node, path + '.' + std::string(name));
    }

    void test(
        const toml::table& table, const std::string& path, std::vector<rules::GateTest>& tests
    ) {
        const toml::node* node = table.get("test");
        if (node == nullptr) {
            sheet_.key_missing(table, path, "test");
            return;
        }
        const std::optional<std::string> name = sheet_.text(*node, path + ".test");
        if (!name) return;
        if (!decode_test(
                table,
                *name,
                tests,
                std::make_index_sequence<std::variant_size_v<rules::GateTest>>()
            )) {
            sheet_.fault(
                place_of(*node),
                path,
                "fault.rulebook.test_unknown",
                {{"value", shortened(*name)},
                 {"allowed",
                  test_names(std::make_index_sequence<std::variant_size_v<rules::GateTest>>())}},
                shortened(*name)
            );
        }
    }

    template <std::size_t... I>
    static std::string test_names(std::index_sequence<I...>) {
        std::string names;
        ((names += names.empty() ? "" : ", ",
          names += std::variant_alternative_t<I, rules::GateTest>::test),
         ...);
        return names;
    }

    template <std::size_t... I>
    bool
    decode_test(const toml::table& table, std::string_view name, std::vector<rules::GateTest>& tests, std::index_sequence<I...>) {
        return (
            decode_one_test<std::variant_alternative_t<I, rules::GateTest>>(table, name, tests) ||
            ...
        );
    }

    template <class Test>
    bool decode_one_test(
        const toml::table& table, std::string_view name, std::vector<rules::GateTest>& tests
    ) {
        if (name != Test::test) return false;
        Test typed;
        StageDecoder decoder(sheet_, table, path_ + '.' + std::string(Test::test), "test");
        Test::visit(typed, decoder);
        decoder.finish();
        tests.emplace_back(std::move(typed));
        const std::string path = path_ + '.' + std::string(Test::test);
        sheet_.remember(path, place_of(table));
        sheet_.remember(path + '#' + std::to_string(tests.size()), place_of(table));
        return true;
    }

    Sheet& sheet_;
    const toml::table& table_;
    std::string path_;
    std::vector<std::string_view> known_;
};

class RulebookDecoder {
public:
    RulebookDecoder(DecodedRulebook& out, std::string_view source)
        : out_(out), sheet_(out, source) {}

    void decode(const toml::table& root) {
        sheet_.unknown_keys(root, "rulebook", {"rulebook", "stage"});
        identity(root);
        stages(root);
    }

private:
    void identity(const toml::table& root) {
        const toml::node* node = root.get("rulebook");
        if (node == nullptr) {
            sheet_.fault(
                {},
                "rulebook",
                "fault.rulebook.key_missing",
                {{"owner", "rulebook"}, {"key", "[rulebook]"}}
            );
            return;
        }
        const auto* table = node->as_table();
        if (table == nullptr) {
            sheet_.wrong_kind(*node, "rulebook", "fault.rulebook.expected_table");
            return;
        }
        sheet_.remember("rulebook", place_of(*table));
        sheet_.unknown_keys(*table, "rulebook", {"id", "title", "source", "kind"});
        rules::Rulebook& rulebook = out_.rulebook;
        rulebook.id = sheet_.required_text(*table, "rulebook", "id").value_or(std::string());
        if (!rulebook.id.empty() && !valid_id(rulebook.id)) {
            sheet_.wrong_kind(*table->get("id"), "rulebook.id", "fault.rulebook.id");
        }
        rulebook.source =
            sheet_.required_text(*table, "rulebook", "source").value_or(std::string());
        rulebook.kind = sheet_.required_text(*table, "rulebook", "kind").value_or(std::string());
        static constexpr std::string_view kKinds = "drug, consumable, reagent";
        if (!rulebook.kind.empty() && rulebook.kind != "drug" && rulebook.kind != "consumable" &&
            rulebook.kind != "reagent") {
            sheet_.fault(
                place_of(*table->get("kind")),
                "rulebook.kind",
                "fault.rulebook.word_unknown",
                {{"parameter", "rulebook.kind"},
                 {"value", shortened(rulebook.kind)},
                 {"allowed", std::string(kKinds)}},
                shortened(rulebook.kind)
            );
        }
        title(*table);
    }

    void title(const toml::table& table) {
        const toml::node* node = table.get("title");
        if (node == nullptr) {
            sheet_.key_missing(table, "rulebook", "title");
            return;
        }
        const auto* title = node->as_table();
        if (title == nullptr) {
            sheet_.wrong_kind(*node, "rulebook.title", "fault.rulebook.expected_title");
            return;
        }
        sheet_.unknown_keys(*title, "rulebook.title", {"zh", "en"});
        out_.rulebook.title_zh =
            sheet_.required_text(*title, "rulebook.title", "zh").value_or(std::string());
        out_.rulebook.title_en =
            sheet_.required_text(*title, "rulebook.title", "en").value_or(std::string());
    }

    static bool valid_id(std::string_view id) {
        return id.size() <= 60 && std::all_of(id.begin(), id.end(), [](char c) {
                   return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
               });
    }

    void stages(const toml::table& root) {
        const toml::node* node = root.get("stage");
        if (node == nullptr) {
            sheet_.fault(
                {},
                "stage",
                "fault.rulebook.key_missing",
                {{"owner", "rulebook"}, {"key", "[[stage]]"}}
            );
            return;
        }
        const auto* array = node->as_array();
        if (array == nullptr || array->empty()) {
            sheet_.wrong_kind(*node, "stage", "fault.rulebook.expected_stages");
            return;
        }
        for (const toml::node& entry : *array) {
            const auto* table = entry.as_table();
            if (table == nullptr) {
                sheet_.wrong_kind(entry, "stage", "fault.rulebook.expected_table");
                continue;
            }
            stage(*table);
        }
    }

    void stage(const toml::table& table) {
        const toml::node* node = table.get("kind");
        if (node == nullptr) {
            sheet_.key_missing(table, "stage", "kind");
            return;
        }
        const std::optional<std::string> kind = sheet_.text(*node, "stage.kind");
        if (!kind) return;
        constexpr auto kKinds = std::make_index_sequence<std::variant_size_v<rules::Stage>>();
        if (!decode_stage(table, *kind, place_of(*node), kKinds)) {
            sheet_.fault(
                place_of(*node),
                "stage",
                "fault.rulebook.stage_kind_unknown",
                {{"value", shortened(*kind)}, {"allowed", kind_names(kKinds)}},
                shortened(*kind)
            );
        }
    }

    template <std::size_t... I>
    static std::string kind_names(std::index_sequence<I...>) {
        std::string names;
        ((names += names.empty() ? "" : ", ",
          names += std::variant_alternative_t<I, rules::Stage>::kind),
         ...);
        return names;
    }

    template <std::size_t... I>
    bool
    decode_stage(const toml::table& table, std::string_view kind, Place place, std::index_sequence<I...>) {
        return (
            decode_one_stage<std::variant_alternative_t<I, rules::Stage>>(table, kind, place) || ...
        );
    }

    template <class S>
    bool decode_one_stage(const toml::table& table, std::string_view kind, Place place) {
        if (kind != S::kind) return false;
        out_.rulebook.stages.emplace_back(S());
        const std::string key = rules::stage_keys(out_.rulebook).back();
        sheet_.remember(key, place);
        S& typed = std::get<S>(out_.rulebook.stages.back());
        StageDecoder decoder(sheet_, table, key, "kind");
        S::visit(typed, decoder);
        decoder.finish();
        return true;
    }

    DecodedRulebook& out_;
    Sheet sheet_;
};

}  // namespace

DecodedRulebook decode_rulebook(std::string_view text) {
    DecodedRulebook out;
    const toml::parse_result parsed = toml::parse(text);
    if (!parsed) {
        const toml::parse_error& error = parsed.error();
        out.faults.push_back(
            {place_of(error.source().begin),
             {},
             {},
             {"fault.rulebook.toml_syntax", {{"detail", std::string(error.description())}}}}
        );
        return out;
    }
    RulebookDecoder(out, text).decode(parsed.table());
    return out;
}

}  // namespace jicai::catalogs::detail
