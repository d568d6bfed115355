#include <engine/ports/refused.h>
#include <engine/prices/column_mappings.h>

#include <algorithm>
#include <set>

namespace jicai::prices {

using ports::Refused;

void remember_columns(
    ports::Transaction& transaction,
    const ports::ColumnMapping& mapping,
    const std::vector<std::string>& known,
    std::int64_t user
) {
    constexpr std::size_t kSourceBytesMax = 100;
    if (mapping.source.empty() || mapping.source.size() > kSourceBytesMax) {
        throw Refused({"price.mapping_source", {}});
    }
    if (mapping.columns.empty()) throw Refused({"price.mapping_empty", {}});
    if (mapping.columns.size() > kMappedColumnsMax) {
        throw Refused({"price.mapping_too_many", {{"bound", std::to_string(kMappedColumnsMax)}}});
    }
    std::set<std::string> titles;
    std::set<std::string> columns;
    for (const auto& [title, column] : mapping.columns) {
        if (title.empty() || title.size() > kTitleBytesMax) {
            throw Refused({"price.mapping_title", {{"title", title.substr(0, 60)}}});
        }
        if (!titles.insert(title).second) {
            throw Refused({"price.mapping_title_twice", {{"title", title}}});
        }
        if (std::find(known.begin(), known.end(), column) == known.end()) {
            throw Refused({"price.mapping_column_unknown", {{"column", column}}});
        }
        if (!columns.insert(column).second) {
            throw Refused({"price.mapping_column_twice", {{"column", column}}});
        }
    }
    if (!transaction.prices().save(mapping, user)) {
        throw Refused({"price.mapping_changed", {{"source", mapping.source}}});
    }
}

}  // namespace jicai::prices
