#pragma once

#include <catalogs/round_folder/load_round_folder.h>

namespace jicai::catalogs {

/// lots.csv and specs.csv alone: what a round at work has before there are demand and bids. The
/// round has `lots`, `specs` and `regions`; everything else is empty. Faults as load_round_folder
/// has them for these two files.
[[nodiscard]] LoadedRound load_lots(const FolderSource& source, const LoadOptions& options = {});

}  // namespace jicai::catalogs
