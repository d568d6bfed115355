#include <catalogs/sheet/row_reader.h>
#include <catalogs/sheet/workbook.h>
#include <catalogs/text_table/csv_rows.h>
#include <catalogs/text_table/text_encoding.h>

#include <algorithm>

namespace jicai::catalogs::sheet {
namespace {

using text_table::FaultKind;
using text_table::FaultList;

constexpr std::string_view kZip = "PK\x03\x04";
constexpr std::string_view kOle = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

// What an OLE file is: a workbook of Excel 97, or a new one locked by a password. Names of its
// streams are UTF-16.
FaultKind kind_of_ole(std::string_view bytes) {
    std::string name;
    for (const char c : std::string_view("EncryptedPackage")) {
        name.push_back(c);
        name.push_back('\0');
    }
    return bytes.find(name) != std::string_view::npos ? FaultKind::workbook_encrypted
                                                      : FaultKind::workbook_old_xls;
}

// UTF-8, else GB18030 where that is what the bytes look like.
void decode(std::string_view bytes, FaultList& faults, text_table::DecodedText& decoded) {
    FaultList first(faults.file());
    decode_text(bytes, Encoding::utf8, first, decoded);
    if (decoded.valid) return;
    std::vector<Fault> found;
    first.move_to(found);
    const bool gb18030 =
        !found.empty() &&
        found.front().message.key == text_table::fault_key(FaultKind::encoding_looks_gb18030);
    decode_text(bytes, gb18030 ? Encoding::gb18030 : Encoding::utf8, faults, decoded);
}

void read_csv(std::string_view bytes, FaultList& faults, const RowSink& sink) {
    text_table::DecodedText decoded;
    decode(bytes, faults, decoded);
    if (!decoded.valid) return;
    text_table::CsvRows rows(decoded.text, faults);
    text_table::CsvRow line;
    RawRow row;
    while (rows.next(line)) {
        row.row = line.row;
        row.cells.clear();
        const std::size_t count = std::min(line.fields.size(), kColumnsMax);
        row.cells.resize(count);
        for (std::size_t i = 0; i < count; ++i) {
            if (line.fields[i].empty()) continue;
            row.cells[i].type = CellType::text;
            row.cells[i].text = std::string(line.fields[i]);
        }
        if (!sink(row)) return;
        rows.forget_resolved();
    }
}

}  // namespace

std::string column_letters(std::size_t column) {
    std::string letters;
    for (std::size_t left = column + 1; left > 0; left = (left - 1) / 26) {
        letters.insert(letters.begin(), static_cast<char>('A' + (left - 1) % 26));
    }
    return letters;
}

void read_rows(
    std::string_view bytes,
    const SheetTitles& titles,
    FaultList& faults,
    const RowSink& sink,
    std::vector<MergedCells>& merged
) {
    if (bytes.empty()) {
        faults.add(FaultKind::file_empty, {});
    } else if (bytes.substr(0, kZip.size()) == kZip) {
        read_workbook(bytes, titles, faults, sink, merged);
    } else if (bytes.substr(0, kOle.size()) == kOle) {
        faults.add(kind_of_ole(bytes), {});
    } else {
        read_csv(bytes, faults, sink);
    }
}

}  // namespace jicai::catalogs::sheet
