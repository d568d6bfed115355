#include <engine/money/check.h>
#include <reports/memory_file.h>
#include <reports/table_files.h>

#include <xlsxwriter.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <optional>
#include <utility>

namespace jicai::reports {
namespace {

constexpr std::size_t kRowsMax = 1'048'575;
constexpr std::size_t kSheetNameMax = 31;
constexpr std::size_t kSignificantDigits = 15;
constexpr std::size_t kLongestNumber = 17;  // zeros in front and behind included
constexpr std::size_t kNarrowest = 6;
constexpr std::size_t kWidest = 60;
constexpr std::size_t kRowsMeasured = 2000;
constexpr std::size_t kFilterButton = 3;  // what the button of a filter covers

std::size_t decimals_of(const std::string& cell) {
    const std::size_t point = cell.find('.');
    return point == std::string::npos ? 0 : cell.size() - point - 1;
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// The number in `cell` when a spreadsheet gives back exactly its digits: it keeps the nearest
/// binary number, and the fifteen significant digits it shows of that must be the cell's own.
std::optional<double> exact_number(const std::string& cell) {
    if (!is_number(cell) || cell.front() == '+') return std::nullopt;
    const auto digits = [](std::string text) {
        text.erase(std::remove(text.begin(), text.end(), '-'), text.end());
        if (text.find('.') != std::string::npos) {
            text.erase(text.find_last_not_of('0') + 1);
            if (text.back() == '.') text.pop_back();
        }
        text.erase(0, std::min(text.find_first_not_of('0'), text.size()));
        return text;
    };
    const std::string wanted = digits(cell);
    if (wanted.size() > kSignificantDigits || cell.size() > kLongestNumber) return std::nullopt;
    // Whole numbers up to 10^15 are exact, and a division rounds once: to the nearest number there
    // is, as a spreadsheet would read the text.
    std::int64_t units = 0;
    for (const char c : cell) {
        if (is_digit(c)) units = units * 10 + (c - '0');
    }
    std::int64_t scale = 1;
    for (std::size_t i = 0; i < decimals_of(cell); ++i) scale *= 10;
    const double size = static_cast<double>(units) / static_cast<double>(scale);
    const double number = cell.front() == '-' ? -size : size;
    std::array<char, 40> shown{};
    std::snprintf(shown.data(), shown.size(), "%.15G", number);
    return digits(shown.data()) == wanted ? std::optional(number) : std::nullopt;
}

std::string sheet_name(std::string_view wanted) {
    std::string name;
    std::size_t characters = 0;
    for (const char byte : wanted) {
        const bool begins = (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
        if (begins && ++characters > kSheetNameMax) break;
        name += std::string_view("[]:*?/\\'").find(byte) == std::string_view::npos ? byte : ' ';
    }
    return name.empty() ? "1" : name;
}

class Workbook {
public:
    explicit Workbook(const MemoryFile& file) : path_(file.path()) {
        lxw_workbook_options options{};
        options.constant_memory = LXW_FALSE;
        options.use_zip64 = LXW_FALSE;
        book_ = workbook_new_opt(path_.c_str(), &options);
        if (book_ == nullptr) throw NoSuchFile("no workbook");
        lxw_doc_properties properties{};
        properties.created = 946'684'800;  // always the same: equal tables are equal bytes
        workbook_set_properties(book_, &properties);
        heading_ = workbook_add_format(book_);
        format_set_bold(heading_);
        format_set_bg_color(heading_, 0xE8EEF7);
        format_set_bottom(heading_, LXW_BORDER_THIN);
        text_ = workbook_add_format(book_);
        format_set_num_format(text_, "@");
    }
    Workbook(const Workbook&) = delete;
    Workbook& operator=(const Workbook&) = delete;
    ~Workbook() {
        if (book_ != nullptr) lxw_workbook_free(book_);
    }

    lxw_worksheet* sheet(const std::string& name) {
        lxw_worksheet* sheet = workbook_add_worksheet(book_, name.c_str());
        if (sheet == nullptr) throw NoSuchFile("no sheet");
        return sheet;
    }
    [[nodiscard]] lxw_format* heading() const { return heading_; }
    [[nodiscard]] lxw_format* text() const { return text_; }
    lxw_format* number(std::size_t decimals) {
        lxw_format*& format = numbers_[decimals];
        if (format == nullptr) {
            format = workbook_add_format(book_);
            const std::string code = decimals == 0 ? "0" : "0." + std::string(decimals, '0');
            format_set_num_format(format, code.c_str());
        }
        return format;
    }
    void close() {
        const lxw_error error = workbook_close(std::exchange(book_, nullptr));
        if (error != LXW_NO_ERROR) throw NoSuchFile(lxw_strerror(error));
    }

private:
    std::string path_;
    lxw_workbook* book_ = nullptr;
    lxw_format* heading_ = nullptr;
    lxw_format* text_ = nullptr;
    std::map<std::size_t, lxw_format*> numbers_;
};

void written(lxw_error error) {
    if (error != LXW_NO_ERROR) throw NoSuchFile(lxw_strerror(error));
}

void set_widths(lxw_worksheet* sheet, const Table& table, const std::vector<std::string>& titles) {
    for (std::size_t i = 0; i < titles.size(); ++i) {
        std::size_t width = display_width(titles[i]) + kFilterButton;
        const std::size_t rows = std::min(table.rows.size(), kRowsMeasured);
        for (std::size_t r = 0; r < rows; ++r) {
            width = std::max(width, display_width(table.rows[r][i]));
        }
        const auto column = static_cast<lxw_col_t>(i);
        written(worksheet_set_column(
            sheet,
            column,
            column,
            static_cast<double>(std::clamp(width, kNarrowest, kWidest) + 1),
            nullptr
        ));
    }
}

}  // namespace

std::string to_xlsx(
    const Table& table, const std::vector<std::string>& titles, std::string_view sheet_title
) {
    JICAI_CHECK(titles.size() == table.columns.size() && !titles.empty());
    if (table.rows.size() > kRowsMax) throw NoSuchFile("more rows than a sheet may have");
    const MemoryFile file;
    Workbook book(file);
    lxw_worksheet* sheet = book.sheet(sheet_name(sheet_title));
    for (std::size_t i = 0; i < titles.size(); ++i) {
        written(worksheet_write_string(
            sheet, 0, static_cast<lxw_col_t>(i), titles[i].c_str(), book.heading()
        ));
    }
    lxw_row_t line = 0;
    for (const auto& row : table.rows) {
        JICAI_CHECK(row.size() == table.columns.size());
        ++line;
        for (std::size_t i = 0; i < row.size(); ++i) {
            const std::string& cell = row[i];
            if (cell.empty()) continue;
            const auto column = static_cast<lxw_col_t>(i);
            const std::optional<double> number =
                table.columns[i].kind == ColumnKind::text ? std::nullopt : exact_number(cell);
            written(
                number ? worksheet_write_number(
                             sheet, line, column, *number, book.number(decimals_of(cell))
                         )
                       : worksheet_write_string(sheet, line, column, cell.c_str(), book.text())
            );
        }
    }
    set_widths(sheet, table, titles);
    worksheet_freeze_panes(sheet, 1, 0);
    written(worksheet_autofilter(sheet, 0, 0, line, static_cast<lxw_col_t>(titles.size() - 1)));
    book.close();
    return file.bytes();
}

}  // namespace jicai::reports
