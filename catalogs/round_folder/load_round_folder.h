#pragma once

#include <catalogs/fault.h>
#include <catalogs/round_folder/folder_source.h>
#include <catalogs/round_folder/text_table.h>
#include <engine/round/round.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// A round folder (docs/round-folder.md), decoded and cross-checked. The only code that does so.
///
///     LoadOptions options;
///     options.regions = {"北京", "天津"};
///     const LoadedRound loaded = load_round_folder("rounds/GY-YD2019-2", options);
///     if (!loaded.round) report(loaded.faults);

namespace jicai::catalogs {

struct LoadProgress {
    std::string_view file;         ///< being read
    std::uint64_t bytes_done = 0;  ///< of all files of the folder
    std::uint64_t bytes_total = 0;
};

struct LoadOptions {
    Encoding encoding = Encoding::utf8;  ///< of the tables; TOML files are UTF-8 by definition
    /// The regions of the rulebook in its order. Not empty: any other region is a fault. Empty:
    /// the regions of lots.csv and demand.csv are the known ones.
    std::vector<std::string> regions = {};
    /// A round that is still being set up: bidders.csv, demand.csv, bids.csv and the day of opening
    /// may be missing, and tables may be empty. What is there is checked as ever.
    bool draft = false;
    unsigned threads = 2;  ///< used for demand.csv; 0 counts as 1
    /// Called from the calling thread only; never called after load_round_folder has returned.
    std::function<void(const LoadProgress&)> progress = {};
};

/// Exactly one of the two: a round, or at least one fault.
struct LoadedRound {
    std::optional<round::Round> round;
    std::vector<Fault> faults;
};

/// Largest files that are read at all; larger ones are refused by their size alone.
inline constexpr std::uint64_t kDemandBytesMax = std::uint64_t{1} << 30U;
inline constexpr std::uint64_t kTableBytesMax = std::uint64_t{16} << 20U;
inline constexpr std::uint64_t kTomlBytesMax = std::uint64_t{1} << 20U;

/// Reads every file of the folder and reports all faults of all files in one pass: files in the
/// order round.toml, lots, specs, bidders, demand, bids, packs, events, preferences, history,
/// hospitals, parameters.toml; within a file by row. At most kFaultsShownMax faults of one file
/// are described; the rest are counted by a `fault.more`. Files of other names are not looked at.
/// Throws nothing for bad input; std::bad_alloc, and std::runtime_error when the system lacks
/// iconv's GB18030 or SHA-256.
[[nodiscard]] LoadedRound load_round_folder(const FolderSource& source, const LoadOptions& options);
[[nodiscard]] LoadedRound load_round_folder(
    const std::filesystem::path& folder, const LoadOptions& options = {}
);

/// What round.toml says, read alone: which rulebook to load before the tables are read.
struct RoundHeading {
    std::string id;
    std::string title;
    std::string kind;
    std::string rulebook_id;
    std::string opening;
};

/// Exactly one of the two.
struct LoadedHeading {
    std::optional<RoundHeading> heading;
    std::vector<Fault> faults;
};

[[nodiscard]] LoadedHeading load_round_heading(
    const FolderSource& source, const LoadOptions& options
);
[[nodiscard]] LoadedHeading load_round_heading(
    const std::filesystem::path& folder, const LoadOptions& options = {}
);

}  // namespace jicai::catalogs
