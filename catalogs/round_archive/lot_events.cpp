#include <catalogs/round_archive/lot_events.h>
#include <catalogs/round_archive/set_up_files.h>
#include <catalogs/text_table/csv_rows.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

namespace jicai::catalogs {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::vector<std::string> own_header() {
    return {"seq", "lot", "event", "supplier", "value", "reason", "who", "at"};
}

/// What stands in the file: its columns, the largest number and the lots with their events.
struct Present {
    std::vector<std::string> header;
    std::int64_t seq = 0;
    std::set<std::pair<std::string, std::string>> lots;
};

Present present_in(std::string_view text) {
    Present present;
    text_table::FaultList faults("events.csv");
    text_table::CsvRows rows(text, faults);
    text_table::CsvRow row;
    if (!rows.next(row)) return present;
    present.header.assign(row.fields.begin(), row.fields.end());
    const auto cell = [&](std::string_view name) -> std::string_view {
        const auto found = std::find(present.header.begin(), present.header.end(), name);
        const auto at = static_cast<std::size_t>(found - present.header.begin());
        return at < row.fields.size() ? row.fields[at] : std::string_view();
    };
    while (rows.next(row)) {
        const std::string_view seq = cell("seq");
        std::int64_t number = 0;
        std::from_chars(seq.data(), seq.data() + seq.size(), number);
        present.seq = std::max(present.seq, number);
        present.lots.emplace(cell("lot"), cell("event"));
    }
    return present;
}

std::string cell_of(const LotEvent& event, const std::string& column, std::int64_t seq) {
    if (column == "seq") return std::to_string(seq);
    if (column == "lot") return event.lot;
    if (column == "event") return event.event;
    if (column == "value") return event.value;
    if (column == "reason") return event.reason;
    if (column == "who") return event.who;
    if (column == "at") return event.at;
    return "";
}

}  // namespace

std::string with_lot_events(const std::string& events_csv, const std::vector<LotEvent>& events) {
    std::string text = events_csv;
    std::string_view bare = text;
    if (bare.starts_with(kByteOrderMark)) bare.remove_prefix(kByteOrderMark.size());
    Present present = present_in(bare);
    const bool is_new = present.header.empty();
    if (is_new) present.header = own_header();
    for (const std::string& needed : own_header()) {
        const auto& header = present.header;
        if (std::find(header.begin(), header.end(), needed) == header.end()) return events_csv;
    }
    std::vector<std::vector<std::string>> rows;
    for (const LotEvent& event : events) {
        if (!present.lots.emplace(event.lot, event.event).second) continue;
        ++present.seq;
        std::vector<std::string>& row = rows.emplace_back();
        for (const std::string& column : present.header) {
            row.push_back(cell_of(event, column, present.seq));
        }
    }
    if (rows.empty()) return events_csv;
    std::string table = csv_table(present.header, rows);
    if (is_new) return text + table;
    if (!text.empty() && text.back() != '\n') text += '\n';
    return text + table.substr(csv_table(present.header, {}).size());
}

}  // namespace jicai::catalogs
