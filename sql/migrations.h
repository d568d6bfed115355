#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// The migrations the binary carries: sql/migrations/NNNN_name/up.sql. Never changed after they
/// were released: every database keeps the checksum of what it was given.

namespace jicai::sql {

/// A folder as it stands in the tree.
struct BuiltinMigration {
    std::string_view folder;  ///< "0001_foundation"
    std::string_view text;    ///< of up.sql
};

/// By number.
[[nodiscard]] const std::vector<BuiltinMigration>& builtin_migrations();

struct Migration {
    std::int64_t number = 0;
    std::string name;
    std::string checksum;  ///< SHA-256 of the text
    std::vector<std::string> statements;
};

/// Splits the text into statements: each ends with a semicolon at the end of a line; lines that
/// begin with "--" are comments. CHECKs that numbers count up from 1.
[[nodiscard]] std::vector<Migration> read_migrations(const std::vector<BuiltinMigration>& folders);

}  // namespace jicai::sql
