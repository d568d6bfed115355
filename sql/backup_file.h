#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// The file of a backup: a gzip stream of these lines, each ended by a line feed.
///
///     jicai backup 1
///     table NAME COLUMN COLUMN…
///     row VALUE,VALUE,…        a value is "LENGTH:BYTES", NULL is "-"; rows in the order of the
///     key end NAME ROWS SHA256     of the bytes of the table's row lines manifest NAME VALUE what
///     the backup says about itself, see backup.h; several digest SHA256            of all bytes
///     before this line
///
/// Values are as the server writes them as text; binary columns byte for byte.

namespace jicai::sql {

using RowValues = std::vector<std::optional<std::string>>;

/// "row 2:17,-,\n"
[[nodiscard]] std::string row_line(const RowValues& values);

/// Writes beside the wanted path and moves the file there when it is complete and on the disk.
/// Throws DatabaseFault database.backup_exists, _write_failed; then nothing is left behind.
class BackupWriter {
public:
    explicit BackupWriter(const std::filesystem::path& path);
    ~BackupWriter();
    BackupWriter(const BackupWriter&) = delete;
    BackupWriter& operator=(const BackupWriter&) = delete;

    /// Any of the lines above but the last.
    void write(std::string_view line);
    /// Adds the digest line and puts the file in its place. Returns its size in bytes.
    std::int64_t finish();

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// What a reader is told, in the order of the file.
struct BackupVisitor {
    std::function<void(const std::string& table, const std::vector<std::string>& columns)> table;
    std::function<void(const RowValues& values)> row;
    std::function<void(const std::string& table, std::int64_t rows, const std::string& digest)> end;
    std::function<void(const std::string& name, const std::string& value)> manifest;
};

/// Reads the whole file. Throws DatabaseFault database.backup_unreadable (no such file, cannot be
/// read), database.backup_damaged (no backup, truncated, a digest differs), with the place.
void read_backup(const std::filesystem::path& path, const BackupVisitor& visitor);

}  // namespace jicai::sql
