#pragma once

#include <catalogs/parameter_file/sheet.h>
#include <engine/money/decimal.h>
#include <engine/rules/value_text.h>

#include <type_traits>

/// \file
/// Values of parameters from TOML nodes.

namespace jicai::catalogs::detail {

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

}  // namespace jicai::catalogs::detail
