#pragma once

#include <catalogs/round_folder/load_round_folder.h>

namespace jicai::catalogs {

/// lots.csv, specs.csv and, where there is one, parameters.toml alone: what a round at work has
/// before there are demand and bids. The round has `lots`, `specs`, `regions` and `given`;
/// everything else is empty. Faults as load_round_folder has them for these files.
[[nodiscard]] LoadedRound load_lots(const FolderSource& source, const LoadOptions& options = {});

}  // namespace jicai::catalogs
