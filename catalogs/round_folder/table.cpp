#include <catalogs/round_folder/table.h>
#include <catalogs/sha256/sha256.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <optional>

namespace jicai::catalogs::round_folder {

namespace {

std::size_t column_of(const TableFormat& format, std::string_view name) {
    for (std::size_t i = 0; i < format.columns.size(); ++i) {
        if (format.columns[i].name == name) return i;
    }
    return Header::kAbsent;
}

std::vector<std::size_t> key_columns(const TableFormat& format) {
    std::vector<std::size_t> columns;
    for (const std::string_view name : format.key) columns.push_back(column_of(format, name));
    return columns;
}

std::string joined(const std::vector<std::string>& texts, std::string_view separator) {
    std::string all;
    for (const std::string& text : texts) {
        if (!all.empty()) all += separator;
        all += text;
    }
    return all;
}

void place_columns(
    const CsvRow& row, const TableFormat& format, FaultList& faults, Header& header
) {
    header.field_of.assign(format.columns.size(), Header::kAbsent);
    std::vector<std::pair<std::string, std::size_t>> unknown;
    for (std::size_t field = 0; field < row.fields.size(); ++field) {
        const std::string_view name = row.fields[field];
        if (name.empty()) {
            faults.add(
                FaultKind::column_unnamed, {row.row, {}, {}}, {{"field", std::to_string(field + 1)}}
            );
            continue;
        }
        const auto first = std::find(row.fields.begin(), row.fields.end(), name);
        if (first != row.fields.begin() + static_cast<std::ptrdiff_t>(field)) {
            faults.add(
                FaultKind::column_duplicated,
                {row.row, name, {}},
                {{"field", std::to_string(field + 1)},
                 {"first_field", std::to_string(first - row.fields.begin() + 1)}}
            );
            continue;
        }
        const std::size_t column = column_of(format, name);
        if (column == Header::kAbsent) {
            unknown.emplace_back(name, field);
        } else {
            header.field_of[column] = field;
        }
    }
    std::sort(unknown.begin(), unknown.end());
    for (auto& [name, field] : unknown) {
        header.unknown_columns.push_back(std::move(name));
        header.field_of_unknown.push_back(field);
    }
}

// Sorted indices of rows whose key cells are all sound.
std::vector<std::size_t> rows_by_key(
    const Table& table, const std::vector<std::vector<std::string>>& keys
) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        if (!keys[i].empty()) order.push_back(i);
    }
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return keys[a] < keys[b];
    });
    return order;
}

// The canonical key texts of each row; empty when one of its key cells is faulted.
std::vector<std::vector<std::string>> keys_of(const TableFormat& format, const Table& table) {
    const std::vector<std::size_t> columns = key_columns(format);
    std::vector<std::vector<std::string>> keys(table.rows.size());
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        const std::vector<Cell>& cells = table.rows[i].cells;
        const bool faulted = std::any_of(columns.begin(), columns.end(), [&](std::size_t column) {
            return cells[column].faulted;
        });
        if (faulted) continue;
        for (const std::size_t column : columns) {
            keys[i].push_back(canonical_text(cells[column], format.columns[column].rule));
        }
    }
    return keys;
}

void find_duplicated_keys(const TableFormat& format, const Table& table, FaultList& faults) {
    const auto keys = keys_of(format, table);
    const std::vector<std::size_t> order = rows_by_key(table, keys);
    std::size_t first = 0;
    for (std::size_t i = 1; i < order.size(); ++i) {
        if (keys[order[i]] != keys[order[first]]) {
            first = i;
            continue;
        }
        std::vector<std::string> names(format.key.begin(), format.key.end());
        faults.add(
            FaultKind::key_duplicated,
            {table.rows[order[i]].row, joined(names, ", "), joined(keys[order[i]], ", ")},
            {{"first_row", std::to_string(table.rows[order[first]].row)}}
        );
    }
}

// How the header is separated where commas do not: spreadsheets of some regions write semicolons.
std::optional<std::string_view> other_separator(const CsvRow& row, const TableFormat& format) {
    if (row.fields_found != 1) return {};
    constexpr std::array<std::string_view, 3> kSeparators{";", "\t", "，"};
    for (const std::string_view separator : kSeparators) {
        const std::string_view line = row.fields.front();
        const std::string_view first = line.substr(0, line.find(separator));
        if (first.size() < line.size() && format.columns.size() > 1) return separator;
    }
    return {};
}

struct ChineseName {
    std::string_view chinese;
    std::string_view column;
};

constexpr std::array<ChineseName, 33> kChineseNames{{
    {"品种", "lot"},
    {"品种编号", "lot"},
    {"序号", "lot"},
    {"品种名称", "name"},
    {"名称", "name"},
    {"企业名称", "name"},
    {"企业", "supplier"},
    {"供应商", "supplier"},
    {"生产企业", "supplier"},
    {"申报企业", "supplier"},
    {"企业名称", "supplier"},
    {"规格", "spec"},
    {"含量", "content_mg"},
    {"剂型", "form"},
    {"包装数量", "pack_units"},
    {"包装", "pack_units"},
    {"报价", "pack_price"},
    {"包装价格", "pack_price"},
    {"价格", "pack_price"},
    {"申报情况", "participation"},
    {"依据", "evidence"},
    {"地区", "region"},
    {"省份", "region"},
    {"数量", "quantity"},
    {"需求量", "quantity"},
    {"医疗机构", "hospital"},
    {"主品规", "main_spec"},
    {"最高有效申报价", "ceiling"},
    {"限价", "ceiling"},
    {"级别", "level"},
    {"原因", "reason"},
    {"顺序", "order"},
    {"年度", "year"},
}};

// The column of the header that says in Chinese what the missing `column` says; empty when none.
std::string_view in_chinese(const Header& header, std::string_view column) {
    for (const std::string& name : header.unknown_columns) {
        for (const ChineseName& known : kChineseNames) {
            if (known.chinese == name && known.column == column) return name;
        }
    }
    return {};
}

}  // namespace

bool read_header(CsvRows& rows, const TableFormat& format, FaultList& faults, Header& header) {
    const std::uint64_t count_before = faults.count();
    CsvRow row;
    if (!rows.next(row)) {
        if (faults.count() == count_before) faults.add(FaultKind::file_empty, {});
        return false;
    }
    if (row.fields_found > kColumnsMax) {
        faults.add(
            FaultKind::columns_too_many,
            {row.row, {}, {}},
            {{"fields", std::to_string(row.fields_found)}, {"bound", std::to_string(kColumnsMax)}}
        );
        return false;
    }
    if (const auto separator = other_separator(row, format)) {
        faults.add(
            FaultKind::separator_other,
            {row.row, {}, row.fields.front()},
            {{"separator", *separator == "\t" ? "Tab" : std::string(*separator)}}
        );
        return false;
    }
    place_columns(row, format, faults, header);
    header.fields = row.fields_found;
    for (std::size_t column = 0; column < format.columns.size(); ++column) {
        if (!format.columns[column].required) continue;
        if (header.field_of[column] != Header::kAbsent) continue;
        const std::string_view name = format.columns[column].name;
        const std::string_view chinese = in_chinese(header, name);
        faults.add(
            chinese.empty() ? FaultKind::column_missing : FaultKind::column_in_chinese,
            {row.row, name, chinese}
        );
    }
    return faults.count() == count_before;
}

bool has_all_fields(const CsvRow& row, const Header& header, FaultList& faults) {
    if (row.fields_found == header.fields) return true;
    if (faults.counted_only()) return false;
    faults.add(
        row.fields_found < header.fields ? FaultKind::fields_too_few : FaultKind::fields_too_many,
        {row.row, {}, row.fields.front()},
        {{"fields", std::to_string(row.fields_found)}, {"columns", std::to_string(header.fields)}}
    );
    return false;
}

Table read_table(CsvRows& reader, const TableFormat& format, FaultList& faults) {
    Table table;
    if (!read_header(reader, format, faults, table.header)) return table;
    const Header& header = table.header;
    const std::uint64_t count_before = faults.count();
    std::uint64_t cell_faults = 0;
    CsvRow row;
    while (reader.next(row)) {
        if (!has_all_fields(row, header, faults)) continue;
        const std::uint64_t count_of_row = faults.count();
        TableRow& checked = table.rows.emplace_back();
        checked.row = row.row;
        checked.cells.reserve(format.columns.size());
        for (std::size_t i = 0; i < format.columns.size(); ++i) {
            const Column& column = format.columns[i];
            const std::size_t field = header.field_of[i];
            if (field == Header::kAbsent) {
                Cell absent;
                if (column.rule.kind == CellKind::flag) absent.number = 0;
                checked.cells.push_back(absent);
                continue;
            }
            checked.cells.push_back(
                check_cell(row.fields[field], column.rule, row.row, column.name, faults)
            );
        }
        for (std::size_t i = 0; i < header.unknown_columns.size(); ++i) {
            const Cell cell = check_cell(
                row.fields[header.field_of_unknown[i]],
                kFreeText,
                row.row,
                header.unknown_columns[i],
                faults
            );
            checked.unknown.push_back(cell.text);
        }
        cell_faults += faults.count() - count_of_row;
    }
    table.complete = faults.count() - count_before == cell_faults && !faults.stopped();
    find_duplicated_keys(format, table, faults);
    return table;
}

void append_csv_field(std::string& out, std::string_view field) {
    if (field.find_first_of(",\"\r\n") == std::string_view::npos) {
        out += field;
        return;
    }
    out.push_back('"');
    for (const char c : field) {
        if (c == '"') out.push_back('"');
        out.push_back(c);
    }
    out.push_back('"');
}

std::string canonical_header(
    const TableFormat& format, const std::vector<std::string>& unknown_columns
) {
    std::string line;
    for (const Column& column : format.columns) {
        if (!line.empty()) line.push_back(',');
        append_csv_field(line, column.name);
    }
    for (const std::string& column : unknown_columns) {
        line.push_back(',');
        append_csv_field(line, column);
    }
    line.push_back('\n');
    return line;
}

round::InputFile digest_of(const TableFormat& format, const Table& table) {
    Sha256 digest;
    digest.update(canonical_header(format, table.header.unknown_columns));
    const auto keys = keys_of(format, table);
    std::string line;
    for (const std::size_t i : rows_by_key(table, keys)) {
        line.clear();
        for (std::size_t column = 0; column < format.columns.size(); ++column) {
            if (column > 0) line.push_back(',');
            append_csv_field(
                line, canonical_text(table.rows[i].cells[column], format.columns[column].rule)
            );
        }
        for (const std::string_view text : table.rows[i].unknown) {
            line.push_back(',');
            append_csv_field(line, text);
        }
        line.push_back('\n');
        digest.update(line);
    }
    return {std::string(format.file), digest.hex(), table.rows.size()};
}

}  // namespace jicai::catalogs::round_folder
