#pragma once

#include <engine/ports/price_store.h>
#include <engine/ports/store.h>

#include <string>
#include <vector>

namespace jicai::prices {

inline constexpr std::size_t kMappedColumnsMax = 256;
inline constexpr std::size_t kTitleBytesMax = 500;

/// Remembers which column of `table` each title of the files of `source` fills. `known` are the
/// names of the table's columns. `version` 0: there is none yet. Refused, in this order:
/// price.mapping_source, price.mapping_empty, price.mapping_too_many, price.mapping_title,
/// price.mapping_title_twice, price.mapping_column_unknown, price.mapping_column_twice,
/// price.mapping_changed.
void remember_columns(
    ports::Transaction& transaction,
    const ports::ColumnMapping& mapping,
    const std::vector<std::string>& known,
    std::int64_t user
);

}  // namespace jicai::prices
