#pragma once

#include <catalogs/fault.h>
#include <catalogs/table_form/table_form.h>
#include <engine/decision/message.h>

#include <functional>
#include <string>
#include <vector>

/// \file
/// Workbooks for tables people fill in: the empty template, and what was sent with its faults
/// marked.

namespace jicai::reports {

/// A sentence in the reader's language.
using SayMessage = std::function<std::string(const decision::Message&)>;

/// The template of a form as .xlsx: titles in bold, required ones coloured; codes, names and dates
/// formatted as text, so that a spreadsheet leaves them alone; pick lists for choices and for what
/// the form allows; whole numbers and decimals checked on entry; a sheet of notes with every
/// column's meaning. `rows` are filled in, as text by column, choices as their words. Throws
/// NoSuchFile when there is no room to write.
[[nodiscard]] std::string to_template_workbook(
    const catalogs::table_form::TableForm& form,
    catalogs::Language language,
    const std::vector<std::vector<std::string>>& rows = {}
);

/// What was sent, in its own order and with its own titles: cells with faults marked and with the
/// reason as a note, all reasons of a row in a last column. Rows without faults are kept. Cells are
/// text, pick lists as in the template, so that the file can be mended and sent again. Faults of
/// the file as a whole (row 0) and of the header stand in the header row. At most three reasons of
/// a row are written out. Throws NoSuchFile.
[[nodiscard]] std::string to_error_workbook(
    const catalogs::table_form::TableForm& form,
    const catalogs::table_form::UploadedTable& uploaded,
    const std::vector<catalogs::Fault>& faults,
    const SayMessage& say,
    catalogs::Language language
);

}  // namespace jicai::reports
