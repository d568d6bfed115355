#pragma once

#include <catalogs/parameter_file/value_decoder.h>
#include <engine/rules/rulebook.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// The parameters of one TOML table.

namespace jicai::catalogs::detail {

using rules::Need;
using rules::Parameter;

/// Fills the parameters of one table; the `visit` of a stage or section calls it.
class SectionDecoder {
public:
    SectionDecoder(Sheet& sheet, const toml::table& table, std::string path)
        : sheet_(sheet), table_(table), path_(std::move(path)) {}

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

    /// Keys that no parameter asked for are faults.
    void finish() { sheet_.unknown_keys(table_, path_, known_); }

protected:
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

    Sheet& sheet_;
    const toml::table& table_;
    std::string path_;
    std::vector<std::string_view> known_;
};

}  // namespace jicai::catalogs::detail
