#include <engine/money/check.h>
#include <reports/table_files.h>

#include <iconv.h>

#include <algorithm>

namespace jicai::reports {
namespace {

constexpr std::string_view kLineEnd = "\r\n";
constexpr std::string_view kFormulaSigns = "=+-@\t\r\n";

void append_quoted(std::string& out, std::string_view cell) {
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

void append_cell(std::string& out, const Column& column, const std::string& cell) {
    const bool looks_like_formula =
        !cell.empty() && kFormulaSigns.find(cell.front()) != std::string_view::npos;
    const bool numeric = column.kind != ColumnKind::text && is_number(cell);
    append_quoted(out, looks_like_formula && !numeric ? "'" + cell : cell);
}

class Converter {
public:
    Converter() : handle_(::iconv_open("GB18030", "UTF-8")) {
        // iconv_open's failure is the pointer -1.
        if (reinterpret_cast<std::intptr_t>(handle_) == -1) {
            throw NoSuchFile("the system's iconv has no GB18030");
        }
    }
    Converter(const Converter&) = delete;
    Converter& operator=(const Converter&) = delete;
    ~Converter() { ::iconv_close(handle_); }

    [[nodiscard]] std::string operator()(std::string text) const {
        // At most four bytes stand for a character of one byte or more.
        std::string out(text.size() * 4, '\0');
        char* from = text.data();
        std::size_t from_left = text.size();
        char* to = out.data();
        std::size_t to_left = out.size();
        const std::size_t done = ::iconv(handle_, &from, &from_left, &to, &to_left);
        JICAI_CHECK(done != static_cast<std::size_t>(-1) && from_left == 0);
        out.resize(out.size() - to_left);
        return out;
    }

private:
    iconv_t handle_;
};

}  // namespace

bool is_number(std::string_view cell) {
    if (!cell.empty() && (cell.front() == '-' || cell.front() == '+')) cell.remove_prefix(1);
    const std::size_t point = cell.find('.');
    const auto digits = [](std::string_view text) {
        return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
    };
    if (point == std::string_view::npos) return digits(cell);
    return digits(cell.substr(0, point)) && digits(cell.substr(point + 1));
}

std::string to_csv_file(
    const Table& table, const std::vector<std::string>& titles, CsvEncoding encoding
) {
    JICAI_CHECK(titles.size() == table.columns.size());
    const Column heading{"", ColumnKind::text};
    std::string out;
    for (std::size_t i = 0; i < titles.size(); ++i) {
        if (i > 0) out += ',';
        append_cell(out, heading, titles[i]);
    }
    out += kLineEnd;
    for (const auto& row : table.rows) {
        JICAI_CHECK(row.size() == table.columns.size());
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (i > 0) out += ',';
            append_cell(out, table.columns[i], row[i]);
        }
        out += kLineEnd;
    }
    if (encoding == CsvEncoding::gb18030) return Converter()(std::move(out));
    return "\xEF\xBB\xBF" + out;
}

}  // namespace jicai::reports
