// The CSV decoder. Any bytes: no crash, fields valid UTF-8 and bounded. What it reads, written
// canonically, it reads back the same.

#include <catalogs/text_table/csv_rows.h>
#include <catalogs/round_folder/table.h>
#include <catalogs/text_table/text_encoding.h>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

namespace {

using namespace jicai::catalogs;
using namespace jicai::catalogs::round_folder;

void require(bool condition) {
    if (!condition) std::abort();
}

using Rows = std::vector<std::vector<std::string>>;

Rows read(std::string_view text, FaultList& faults) {
    CsvRows reader(text, faults);
    CsvRow row;
    Rows rows;
    std::uint64_t last_row = 0;
    while (reader.next(row)) {
        require(row.row > last_row && row.offset < text.size());
        require(row.fields_found >= row.fields.size() && !row.fields.empty());
        last_row = row.row;
        if (row.fields_found > kColumnsMax) continue;
        rows.emplace_back(row.fields.begin(), row.fields.end());
    }
    return rows;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const Encoding encoding = data[0] % 2 == 0 ? Encoding::utf8 : Encoding::gb18030;
    const std::string_view bytes(reinterpret_cast<const char*>(data + 1), size - 1);
    FaultList faults("fuzz.csv");
    DecodedText decoded;
    decode_text(bytes, encoding, faults, decoded);
    require(decoded.valid == faults.empty());
    if (!decoded.valid) return 0;
    require(utf8_valid_up_to(decoded.text) == decoded.text.size());
    const Rows rows = read(decoded.text, faults);
    std::string canonical;
    for (const auto& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (i > 0) canonical += ',';
            append_csv_field(canonical, row[i]);
        }
        canonical += '\n';
    }
    FaultList none("fuzz.csv");
    require(read(canonical, none) == rows && none.empty());
    std::vector<Fault> all;
    faults.move_to(all);
    require(all.size() <= kFaultsShownMax + 1);
    return 0;
}
