#pragma once

#include <optional>
#include <string_view>
#include <vector>

/// \file
/// The data files built into the binary, as they stand in the source tree: catalogs/rulebooks,
/// catalogs/linkage, catalogs/price-ratio, catalogs/calendar, catalogs/messages, catalogs/regions,
/// and the published rounds of tests/data/rounds that a demo shows. Nothing is decoded here. All
/// text lives as long as the program.

namespace jicai::catalogs {

struct BuiltinFile {
    std::string_view id;    ///< file name without ".toml": "gy-yd2019-2"
    std::string_view text;  ///< its bytes
};

/// Each sorted by id.
[[nodiscard]] const std::vector<BuiltinFile>& builtin_linkage_policies();
[[nodiscard]] const std::vector<BuiltinFile>& builtin_rulebooks();
[[nodiscard]] const std::vector<BuiltinFile>& builtin_price_ratios();
[[nodiscard]] const std::vector<BuiltinFile>& builtin_calendars();
[[nodiscard]] const std::vector<BuiltinFile>& builtin_messages();
[[nodiscard]] const std::vector<BuiltinFile>& builtin_regions();  ///< CSV: code, name

/// A file of the folder of a published round.
struct BuiltinRoundFile {
    std::string_view round;  ///< "GY-YD2019-2"
    std::string_view name;   ///< "bids.csv"
    std::string_view text;
};

/// By round and name.
[[nodiscard]] const std::vector<BuiltinRoundFile>& builtin_round_files();

/// The text of the rulebook of that id, or nothing.
[[nodiscard]] std::optional<std::string_view> find_rulebook(std::string_view id);

/// The text of the linkage policy of that id, or nothing.
[[nodiscard]] std::optional<std::string_view> find_linkage_policy(std::string_view id);

/// The text of the price-ratio table of that id, or nothing.
[[nodiscard]] std::optional<std::string_view> find_price_ratio(std::string_view id);

}  // namespace jicai::catalogs
