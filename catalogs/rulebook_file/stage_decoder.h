#pragma once

#include <catalogs/parameter_file/section_decoder.h>
#include <engine/rules/rulebook.h>

#include <map>

/// \file
/// One stage from its TOML table; internal to this library.

namespace jicai::catalogs::detail {

/// Fills one stage (or one test of a gate) from its table; the stage's `visit` calls it.
class StageDecoder : public SectionDecoder {
public:
    StageDecoder(
        Sheet& sheet, const toml::table& table, std::string path, std::string_view discriminator
    )
        : SectionDecoder(sheet, table, std::move(path)) {
        known_.push_back(discriminator);
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

private:
    static bool class_name(std::string_view name) {
        return !name.empty() && name.size() <= 40 &&
               std::all_of(name.begin(), name.end(), [](char c) {
                   return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
               });
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
};

}  // namespace jicai::catalogs::detail
