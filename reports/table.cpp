#include <engine/money/check.h>
#include <reports/table.h>

#include <algorithm>
#include <charconv>

namespace jicai::reports {
namespace {

void append_cell(std::string& out, std::string_view cell) {
    if (cell.find_first_of(",\"\r\n") == std::string_view::npos) {
        out += cell;
        return;
    }
    out += '"';
    for (const char byte : cell) {
        if (byte == '"') out += '"';
        out += byte;
    }
    out += '"';
}

decision::Json json_cell(const Column& column, const std::string& cell) {
    switch (column.kind) {
        case ColumnKind::text:
        case ColumnKind::exact:
            return cell;
        case ColumnKind::count:
            break;
    }
    if (cell.empty()) return {};
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
    JICAI_CHECK(error == std::errc() && end == cell.data() + cell.size());
    return value;
}

std::string without_trailing_blanks(std::string line) {
    line.erase(line.find_last_not_of(' ') + 1);
    return line;
}

}  // namespace

std::string_view kind_text(ColumnKind kind) {
    switch (kind) {
        case ColumnKind::text:
            return "text";
        case ColumnKind::exact:
            return "exact";
        case ColumnKind::count:
            return "count";
    }
    return "";
}

std::string to_terminal(const Table& table, const Say& say, const TerminalStyle& style) {
    std::vector<std::string> titles;
    std::vector<std::size_t> widths;
    for (const Column& column : table.columns) {
        titles.push_back(say({"column." + column.name, {}}));
        widths.push_back(display_width(titles.back()));
    }
    for (const auto& row : table.rows) {
        JICAI_CHECK(row.size() == table.columns.size());
        for (std::size_t i = 0; i < row.size(); ++i) {
            widths[i] = std::max(widths[i], display_width(row[i]));
        }
    }
    const auto line = [&](const std::vector<std::string>& cells) {
        std::string text;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const Align align =
                table.columns[i].kind == ColumnKind::text ? Align::left : Align::right;
            if (i > 0) text += "  ";
            text += padded(cells[i], widths[i], align);
        }
        return without_trailing_blanks(std::move(text));
    };
    std::string out = style.color ? "\x1b[1m" + line(titles) + "\x1b[0m\n" : line(titles) + "\n";
    for (const auto& row : table.rows) out += line(row) + "\n";
    return out;
}

std::string to_csv(const Table& table) {
    std::string out;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        if (i > 0) out += ',';
        append_cell(out, table.columns[i].name);
    }
    out += '\n';
    for (const auto& row : table.rows) {
        JICAI_CHECK(row.size() == table.columns.size());
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (i > 0) out += ',';
            append_cell(out, row[i]);
        }
        out += '\n';
    }
    return out;
}

decision::Json to_json(const Table& table) {
    decision::Json::Array rows;
    for (const auto& row : table.rows) {
        JICAI_CHECK(row.size() == table.columns.size());
        decision::Json::Object object;
        for (std::size_t i = 0; i < row.size(); ++i) {
            object.emplace(table.columns[i].name, json_cell(table.columns[i], row[i]));
        }
        rows.emplace_back(std::move(object));
    }
    return rows;
}

}  // namespace jicai::reports
