// The import of tables. Any bytes as a file, or as the XML of a sheet, of the texts or of the
// styles inside a sound workbook: no crash, bounded faults, and rows that are sound where no fault
// is.

#include <catalogs/sheet/import_table.h>

#include <tests/sheet/xlsx_maker.h>

#include <cstdint>
#include <cstdlib>
#include <string>

namespace {

using namespace jicai;

void require(bool condition) {
    if (!condition) std::abort();
}

std::string file_of(unsigned char kind, std::string bytes) {
    if (kind % 4 == 0) return bytes;
    sheet_test::Parts parts = sheet_test::workbook_parts(
        {{"历史采购量",
          sheet_test::row(1, {"hospital", "lot", "spec", "brand", "year", "quantity"}) +
              sheet_test::row(2, {"H23010000001", "1", "10mg", "", "2025", "5"})}},
        {"10mg"}
    );
    const char* const names[] = {
        "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"};
    parts[names[kind % 4 - 1]] = std::move(bytes);
    return sheet_test::zipped(parts);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const auto& forms = catalogs::table_form::all_forms();
    const auto& form = forms[(data[0] / 4U) % forms.size()];
    const std::string file =
        file_of(data[0], std::string(reinterpret_cast<const char*>(data + 1), size - 1));
    const auto table = catalogs::sheet::import_table(file, "fuzz", form);
    require(table.faults.size() <= catalogs::sheet::kFaultsDescribedMax + 1);
    require(table.uploaded.titles.size() == table.uploaded.fields.size());
    for (const auto& row : table.rows) {
        require(row.row > 0 && row.values.size() == form.columns.size());
        for (std::size_t i = 0; i < row.values.size(); ++i) {
            require(!row.values[i].faulted || !table.faults.empty());
            require(row.values[i].given || row.values[i].faulted || !form.columns[i].required);
        }
    }
    return 0;
}
