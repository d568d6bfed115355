#pragma once

#include <engine/ports/clock.h>
#include <engine/ports/page.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace jicai::ports {

enum class ImportState : std::uint8_t {
    ready = 1,   ///< no fault; may be accepted
    faulty = 2,  ///< to mend and send again
    accepted = 3,
};

/// A table somebody has uploaded: looked at, kept for some days, and taken over when accepted.
struct TableImport {
    std::int64_t id = 0;
    std::string table;      ///< name of the table form: "volume_report"
    std::string round;      ///< empty: of no round
    std::string hospital;   ///< code; empty: not of one hospital
    std::string file_name;  ///< as the person's computer calls it
    std::int64_t bytes = 0;
    std::string digest;  ///< SHA-256 of the file, hex
    ImportState state = ImportState::faulty;
    std::int64_t rows = 0;
    std::int64_t faults = 0;
    std::string summary;  ///< canonical JSON: first faults, changes, preview
    std::string base;     ///< digest of what it was compared with
    std::int64_t user = 0;
    std::string login;
    std::int64_t organisation = 0;  ///< whose it is
    Moment at;
    std::optional<Moment> accepted_at;
};

struct ImportQuery {
    std::int64_t organisation = 0;  ///< 0: all
    std::int64_t user = 0;          ///< 0: all
    std::string table;              ///< empty: all
    std::string round;              ///< empty: all
    /// Of those into a round only this organisation's.
    std::optional<std::int64_t> rounds_of;
    std::optional<ImportState> state;
    Page page;  ///< newest first
};

class ImportStore {
public:
    virtual ~ImportStore() = default;
    /// Keeps the import with its file; returns its id.
    virtual std::int64_t add(const TableImport& import, std::string_view bytes) = 0;
    virtual std::optional<TableImport> import(std::int64_t id) = 0;
    /// The file; empty: no such import.
    virtual std::string bytes(std::int64_t id) = 0;
    virtual Found<TableImport> find(const ImportQuery& query) = 0;
    /// From ready to accepted. False: it was not ready any more. A second one waits for the first.
    virtual bool accept(std::int64_t id, Moment at) = 0;
    /// Removes imports from before `before`, at most `imports_max`; returns how many.
    virtual std::int64_t purge(Moment before, std::int64_t imports_max) = 0;
};

}  // namespace jicai::ports
