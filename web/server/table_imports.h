#pragma once

#include <catalogs/fault.h>
#include <catalogs/table_form/table_form.h>
#include <engine/catalogue/table_target.h>
#include <engine/decision/json.h>
#include <web/server/request.h>
#include <web/server/services.h>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// The one import path: an uploaded file is read, checked cell by cell, compared with what is
/// stored, kept for some days, and taken over in one transaction when somebody accepts it.

namespace jicai::web {

/// How long imports are kept, accepted or not.
inline constexpr std::int64_t kImportDays = 30;
/// So many faults and changes are sent; all are counted, and all are in the error workbook.
inline constexpr std::size_t kFaultsSent = 200;
inline constexpr std::size_t kChangesSent = 100;

/// The table of that name. Refused: table.not_found, access.denied (its own action).
[[nodiscard]] const catalogue::TableTarget& need_target(
    const Request& request, const std::string& table
);
/// Whether who asks may fill in the table at all.
[[nodiscard]] bool may_upload(const Request& request, const catalogue::TableTarget& target);

/// Who uploads what for whom, from the request.
[[nodiscard]] catalogue::TableContext context_of(
    const Request& request, const std::string& round, const std::string& hospital
);

/// The table's form with what its columns may hold here.
[[nodiscard]] catalogs::table_form::TableForm form_of(
    const catalogue::TableTarget& target,
    ports::Transaction& transaction,
    const catalogue::TableContext& context
);

/// What columns are called in a file, where a source calls them differently: title, column's name.
using ColumnTitles = std::vector<std::pair<std::string, std::string>>;
/// As remembered for the table and source; empty source: none. Refused: price.mapping_unknown.
[[nodiscard]] ColumnTitles titles_of(
    ports::Transaction& transaction, const std::string& table, const std::string& source
);
/// Those an import was looked at with.
[[nodiscard]] ColumnTitles titles_of(const ports::TableImport& import);

/// How a file is read.
struct ReadOptions {
    bool keep_uploaded = false;                            ///< for an error workbook
    std::function<bool(std::uint64_t row)> keep_row = {};  ///< only these of it
    ColumnTitles titles = {};
    /// Takes sound rows as they come; ReadTable::rows stays empty.
    std::function<void(const std::vector<catalogue::TableRow>& rows)> take = {};
};

/// A file that was read: typed rows, or faults.
struct ReadTable {
    std::vector<catalogue::TableRow> rows;
    std::int64_t row_count = 0;  ///< of the table
    std::vector<catalogs::Fault> faults;
    std::vector<catalogs::Fault> warnings;
    catalogs::table_form::UploadedTable uploaded;
};
/// Reads a file. At most a few are read at once; others wait, and are refused with request.busy
/// after a while.
[[nodiscard]] ReadTable read_table(
    std::string_view bytes,
    const std::string& file_name,
    const catalogs::table_form::TableForm& form,
    const ReadOptions& options
);

/// Reads a file of a large table and compares it, or takes it over, piece by piece; the result has
/// the faults of cells and those against what is stored.
struct PiecesRead {
    ReadTable read;
    catalogue::Comparison comparison;
};
[[nodiscard]] PiecesRead read_in_pieces(
    ports::Transaction& transaction,
    const catalogue::TableTarget& target,
    const catalogue::TableContext& context,
    std::string_view bytes,
    const std::string& file_name,
    const catalogs::table_form::TableForm& form,
    ReadOptions options,
    bool takes_over
);

/// Of a file with faults in cells: what its sound rows get wrong against what is stored, so that
/// one look names it all. Left out: what may only follow from a row with faults (a lead it would
/// add).
[[nodiscard]] std::vector<catalogue::RowFault> faults_of_sound_rows(
    const catalogue::TableTarget& target,
    ports::Transaction& transaction,
    const catalogue::TableContext& context,
    const ReadTable& read
);

/// Faults of rows against what is stored, at their cells of the file.
void add_faults(
    const std::vector<catalogue::RowFault>& of_rows,
    const std::string& file_name,
    const catalogs::table_form::TableForm& form,
    const catalogs::table_form::UploadedTable& uploaded,
    std::vector<catalogs::Fault>& faults
);

/// What is kept of a look at a file: the first faults and changes, without words.
[[nodiscard]] std::string summary_of(
    const std::vector<catalogs::Fault>& faults,
    const std::vector<catalogs::Fault>& warnings,
    const catalogue::Comparison& comparison,
    const ColumnTitles& titles
);
/// Digest of what was compared with.
[[nodiscard]] std::string base_of(const catalogue::Comparison& comparison);

/// An import as the API shows it, in the reader's language; and its schema.
[[nodiscard]] decision::Json import_page(
    const Services& services, const Request& request, const ports::TableImport& import
);
[[nodiscard]] decision::Json import_schema();

/// An import of one's own organisation, or one into the catalogues by whoever keeps them. Refused:
/// import.not_found.
[[nodiscard]] ports::TableImport need_import(
    const Request& request, ports::Transaction& transaction
);

}  // namespace jicai::web
