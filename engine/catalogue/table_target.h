#pragma once

#include <engine/access/access.h>
#include <engine/decision/message.h>
#include <engine/ports/store.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/// \file
/// Where the rows of an uploaded table go. One import path serves all tables
/// (web/server/table_imports.h): it reads the file, checks every cell, and hands typed rows to the
/// table's target, which compares them with what is stored and takes them over when somebody
/// accepts. A target checks rows as the screen does: by the same functions.

namespace jicai::catalogue {

/// A cell that is sound by itself; as catalogs/sheet/cell_check.h has it.
struct TableValue {
    std::string text = {};    ///< canonical; a choice as its word
    std::int64_t number = 0;  ///< units, micro-yuan, day, or position of a choice
    bool given = false;       ///< false: empty
};

struct TableRow {
    std::uint64_t row = 0;           ///< of the file
    std::vector<TableValue> values;  ///< by column of the table's form
};

/// What a row says that cannot be.
struct RowFault {
    std::uint64_t row = 0;   ///< of the file; 0: of the table as a whole
    std::size_t column = 0;  ///< of the form
    std::string value = {};
    decision::Message message = {};
};

/// Rows that come from a form on the screen: what the form read, and what it may.
struct FormChange {
    bool adds = false;         ///< the row must be new; else it must be there
    std::int64_t version = 0;  ///< that was read, of a row that is there
};

/// Who uploads what for whom.
struct TableContext {
    access::Actor actor;
    std::string login;
    access::Reach reach = access::Reach::none;  ///< for upload_tables
    std::string round;                          ///< id; empty: of no round
    std::string hospital;                       ///< code; empty: of no single hospital
    ports::Moment now;                          ///< the clock's
    std::optional<FormChange> form = {};        ///< nothing: an uploaded file
    std::int64_t import = 0;                    ///< of the table, on acceptance
};

struct CellChange {
    std::size_t column = 0;  ///< of the form
    std::string before;
    std::string after;
};

enum class RowChange : std::uint8_t { added, changed, removed };

/// One row that would be different afterwards.
struct ChangedRow {
    std::uint64_t row = 0;  ///< of the file; 0: of none (removed)
    std::string key;        ///< names it for people: "H23010000001", "1 / 10mg"
    RowChange change = RowChange::changed;
    std::vector<CellChange> cells;
};

/// So many stored rows a template is filled with at most.
inline constexpr std::int64_t kRowsPrefilled = 100'000;
/// So many faults of a table in pieces are described.
inline constexpr std::size_t kRowFaultsMax = 20'000;
/// So many changed rows are kept for people to look at; all are counted.
inline constexpr std::size_t kChangedRowsShown = 100;

struct Comparison {
    std::vector<RowFault> faults;    ///< any: nothing may be taken over
    std::int64_t more_faults = 0;    ///< found beside those, of a table in pieces
    std::vector<RowFault> warnings;  ///< to look at
    std::int64_t added = 0;
    std::int64_t changed = 0;
    std::int64_t same = 0;
    std::int64_t removed = 0;
    std::vector<ChangedRow> shown;  ///< the first kChangedRowsShown, in the order of the file
    /// Text that differs when what was compared with differs: codes and versions of the stored
    /// rows. The import is refused as overtaken when it is another one at acceptance.
    std::string base;
};

/// Codes or names a column may hold, in the order of a pick list; none: any.
using AllowedWords = std::map<std::size_t, std::vector<std::string>>;

/// Work on a table too large to be held at once: its rows come in pieces.
class RowsInPieces {
public:
    virtual ~RowsInPieces() = default;
    /// The next rows that are sound by themselves, in the order of the file.
    virtual void take(ports::Transaction& transaction, const std::vector<TableRow>& rows) = 0;
    /// After the last: what compare() says of all of them.
    virtual Comparison finish(ports::Transaction& transaction) = 0;
};

/// One table. Objects live as long as the service and are used by many threads at once.
class TableTarget {
public:
    virtual ~TableTarget() = default;
    /// Name of the table form: "volume_report".
    [[nodiscard]] virtual std::string table() const = 0;
    /// What taking rows over needs beside upload_tables. Whoever may not is shown no such table.
    [[nodiscard]] virtual access::Action action() const = 0;
    /// Whether this person may fill this table in here and now: stage of the round, own hospital.
    /// Throws ports::Refused.
    virtual void admit(ports::Transaction&, const TableContext&) const {}
    /// What columns may hold here: the round's lots and specs.
    [[nodiscard]] virtual AllowedWords allowed(ports::Transaction&, const TableContext&) const {
        return {};
    }
    /// Rows the template begins with, as text by column; none: empty.
    [[nodiscard]] virtual std::vector<std::vector<std::string>>
    prefilled(ports::Transaction&, const TableContext&) const {
        return {};
    }
    /// What is wrong with the rows together, and what would change. All faults in one pass.
    [[nodiscard]] virtual Comparison compare(
        ports::Transaction& transaction,
        const TableContext& context,
        const std::vector<TableRow>& rows
    ) const = 0;
    /// Takes the rows over, in the same transaction after a compare() without faults. Throws
    /// ports::Refused (import.overtaken where somebody was faster). Returns entries of the audit
    /// log beside the import's own.
    virtual std::vector<ports::AuditEntry> apply(
        ports::Transaction& transaction,
        const TableContext& context,
        const std::vector<TableRow>& rows,
        const Comparison& comparison
    ) const = 0;
    /// Of tables that may be too large to be held: compare() piece by piece, and with `takes_over`
    /// apply() as well, in one transaction, which must be rolled back where finish() has faults or
    /// another base than before. Null: the table is held.
    [[nodiscard]] virtual std::unique_ptr<RowsInPieces> in_pieces(
        const TableContext& /*context*/, bool /*takes_over*/
    ) const {
        return nullptr;
    }
};

}  // namespace jicai::catalogue
