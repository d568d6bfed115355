#include <engine/money/check.h>
#include <reports/memory_file.h>
#include <reports/table_files.h>
#include <reports/table_workbook.h>
#include <reports/text_width.h>

#include <xlsxwriter.h>

#include <algorithm>
#include <map>
#include <utility>

#ifdef __has_feature
#if __has_feature(address_sanitizer)
#include <sanitizer/lsan_interface.h>
#define JICAI_FINDS_LEAKS
#endif
#endif

namespace jicai::reports {
namespace {

using catalogs::Fault;
using catalogs::Language;
using catalogs::MessageCatalog;
using catalogs::table_form::Column;
using FormKind = catalogs::table_form::ColumnKind;
using catalogs::table_form::kUnknownColumn;
using catalogs::table_form::TableForm;
using catalogs::table_form::UploadedTable;

constexpr lxw_row_t kRowsPrepared = 10'000;  // of a template: pick lists and checks reach so far
constexpr std::size_t kReasonsMax = 3;
constexpr std::size_t kCellCharactersMax = 8'000;
constexpr double kNarrowest = 12;
constexpr double kWidest = 44;

std::string word(const char* key, Language language, const std::string& count = {}) {
    decision::Message message{key, {}};
    if (!count.empty()) message.arguments.emplace_back("count", count);
    return MessageCatalog::builtin().render(language, message);
}

// libxlsxwriter 1.1.4 copies the formula of a pick list twice and forgets the first copy: some
// bytes for each list, which the checker of a sanitized build would report.
struct LeakKnown {
#ifdef JICAI_FINDS_LEAKS
    LeakKnown() {
        __lsan_disable();
    }
    ~LeakKnown() {
        __lsan_enable();
    }
#else
    LeakKnown() {}   // NOLINT(modernize-use-equals-default): no unused variable
    ~LeakKnown() {}  // NOLINT(modernize-use-equals-default)
#endif
    LeakKnown(const LeakKnown&) = delete;
    LeakKnown& operator=(const LeakKnown&) = delete;
};

lxw_col_t column_number(std::size_t column) {
    return static_cast<lxw_col_t>(column);
}

lxw_row_t row_number(std::size_t row) {
    return static_cast<lxw_row_t>(row);
}

class Book {
public:
    explicit Book(Language language) : language_(language), path_(file_.path()) {
        lxw_workbook_options options{};
        book_ = workbook_new_opt(path_.c_str(), &options);
        if (book_ == nullptr) throw NoSuchFile("no workbook");
        lxw_doc_properties properties{};
        properties.created = 1;  // the same table gives the same bytes
        workbook_set_properties(book_, &properties);
        text_ = format([](lxw_format* f) { format_set_num_format(f, "@"); });
        required_ = format([](lxw_format* f) {
            format_set_bold(f);
            format_set_bg_color(f, 0xFFE699);
        });
        optional_ = format([](lxw_format* f) {
            format_set_bold(f);
            format_set_bg_color(f, 0xE7E6E6);
        });
        bad_ = format([](lxw_format* f) {
            format_set_num_format(f, "@");
            format_set_bg_color(f, 0xFFC7CE);
            format_set_font_color(f, 0x9C0006);
        });
        reason_ = format([](lxw_format* f) {
            format_set_num_format(f, "@");
            format_set_text_wrap(f);
            format_set_font_color(f, 0x9C0006);
        });
        wrapped_ = format([](lxw_format* f) { format_set_text_wrap(f); });
    }
    Book(const Book&) = delete;
    Book& operator=(const Book&) = delete;
    ~Book() {
        if (book_ != nullptr) lxw_workbook_free(book_);
    }

    std::string close() {
        lxw_workbook* const book = std::exchange(book_, nullptr);
        if (workbook_close(book) != LXW_NO_ERROR)
            throw NoSuchFile("the workbook cannot be written");
        return file_.bytes();
    }

    lxw_worksheet* sheet(const std::string& name) {
        lxw_worksheet* const made = workbook_add_worksheet(book_, name.c_str());
        if (made == nullptr) throw NoSuchFile("no sheet");
        return made;
    }

    void write(
        lxw_worksheet* sheet,
        lxw_row_t row,
        lxw_col_t column,
        const std::string& text,
        lxw_format* format
    ) {
        const std::string cut =
            text.size() > kCellCharactersMax ? text.substr(0, cut_at(text)) : text;
        if (cut.empty()) {
            worksheet_write_blank(sheet, row, column, format);
        } else {
            worksheet_write_string(sheet, row, column, cut.c_str(), format);
        }
    }

    /// Pick lists and checks of one column, from the second row on.
    void add_rules(lxw_worksheet* sheet, const TableForm& form, std::size_t column, lxw_col_t at) {
        const Column& about = form.columns[column];
        std::vector<std::string> list = about.allowed;
        for (const std::string& choice : about.choices) {
            list.push_back(catalogs::table_form::choice_title(form, about, choice, language_));
        }
        lxw_data_validation rule{};
        rule.ignore_blank = about.required ? LXW_VALIDATION_OFF : LXW_VALIDATION_ON;
        rule.error_type = LXW_VALIDATION_ERROR_TYPE_STOP;
        std::string title = word("sheet_workbook.picklist_title", language_);
        std::string text = word("sheet_workbook.picklist_text", language_);
        if (!list.empty()) {
            rule.validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
            rule.error_title = title.data();
            rule.error_message = text.data();
            std::string range = list_range(list);
            rule.value_formula = range.data();
            const LeakKnown known;
            worksheet_data_validation_range(sheet, 1, at, kRowsPrepared, at, &rule);
            return;
        }
        const bool number = about.kind == FormKind::quantity || about.kind == FormKind::price;
        if (!number) return;
        rule.validate = about.kind == FormKind::quantity ? LXW_VALIDATION_TYPE_INTEGER
                                                         : LXW_VALIDATION_TYPE_DECIMAL;
        rule.criteria = LXW_VALIDATION_CRITERIA_BETWEEN;
        rule.minimum_number = about.zero_allowed || about.kind == FormKind::price ? 0 : 1;
        rule.maximum_number = static_cast<double>(about.whole_max);
        worksheet_data_validation_range(sheet, 1, at, kRowsPrepared, at, &rule);
    }

    /// A hidden sheet for the lists, made when the first is needed.
    std::string list_range(const std::vector<std::string>& list) {
        if (lists_ == nullptr) lists_ = sheet(word("sheet_workbook.lists", language_));
        const lxw_col_t column = next_list_++;
        for (std::size_t i = 0; i < list.size(); ++i) {
            write(lists_, row_number(i), column, list[i], text_);
        }
        std::string letters;
        for (std::size_t left = column + 1U; left > 0; left = (left - 1) / 26) {
            letters.insert(letters.begin(), static_cast<char>('A' + (left - 1) % 26));
        }
        return "='" + word("sheet_workbook.lists", language_) + "'!$" + letters + "$1:$" + letters +
               "$" + std::to_string(list.size());
    }

    void add_notes(const TableForm& form) {
        lxw_worksheet* const notes = sheet(catalogs::table_form::notes_title(language_));
        write(notes, 0, 0, word("sheet_workbook.note_text", language_), nullptr);
        const char* const titles[] = {
            "sheet_workbook.column",
            "sheet_workbook.required",
            "sheet_workbook.how",
            "sheet_workbook.example"};
        for (std::size_t i = 0; i < 4; ++i) {
            write(notes, 2, column_number(i), word(titles[i], language_), optional_);
        }
        for (std::size_t i = 0; i < form.columns.size(); ++i) {
            const Column& column = form.columns[i];
            const lxw_row_t row = row_number(i + 3);
            write(
                notes, row, 0, catalogs::table_form::column_title(form, column, language_), nullptr
            );
            write(
                notes,
                row,
                1,
                word(
                    column.required ? "sheet_workbook.required_yes" : "sheet_workbook.required_no",
                    language_
                ),
                nullptr
            );
            write(
                notes, row, 2, catalogs::table_form::column_note(form, column, language_), wrapped_
            );
            write(notes, row, 3, column.example, text_);
        }
        worksheet_set_column(notes, 0, 0, 28, nullptr);
        worksheet_set_column(notes, 2, 2, 60, nullptr);
        worksheet_set_column(notes, 3, 3, 30, nullptr);
    }

    void finish_lists() {
        if (lists_ != nullptr) worksheet_hide(lists_);
    }

    [[nodiscard]] lxw_format* text() const { return text_; }
    [[nodiscard]] lxw_format* required() const { return required_; }
    [[nodiscard]] lxw_format* optional() const { return optional_; }
    [[nodiscard]] lxw_format* bad() const { return bad_; }
    [[nodiscard]] lxw_format* reason() const { return reason_; }

private:
    template <class Set>
    lxw_format* format(Set set) {
        lxw_format* const made = workbook_add_format(book_);
        if (made == nullptr) throw NoSuchFile("no format");
        set(made);
        return made;
    }

    static std::size_t cut_at(const std::string& text) {
        std::size_t at = kCellCharactersMax;
        while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) --at;
        return at;
    }

    Language language_;
    MemoryFile file_;
    std::string path_;
    lxw_workbook* book_ = nullptr;
    lxw_worksheet* lists_ = nullptr;
    lxw_col_t next_list_ = 0;
    lxw_format* text_ = nullptr;
    lxw_format* required_ = nullptr;
    lxw_format* optional_ = nullptr;
    lxw_format* bad_ = nullptr;
    lxw_format* reason_ = nullptr;
    lxw_format* wrapped_ = nullptr;
};

double width_of(const std::string& title) {
    const auto columns = static_cast<double>(display_width(title)) + 3;
    return std::clamp(columns, kNarrowest, kWidest);
}

lxw_format* heading_of(const Book& book, const TableForm& form, std::size_t column) {
    const bool required = column != kUnknownColumn && form.columns[column].required;
    return required ? book.required() : book.optional();
}

/// The reasons of one row, in the order found.
struct RowReasons {
    std::vector<std::string> reasons;
    std::map<std::uint64_t, std::string> by_column;  ///< column of the file, 1 is A
    std::size_t more = 0;
};

std::map<std::uint64_t, RowReasons> reasons_by_row(
    const std::vector<Fault>& faults, const UploadedTable& uploaded, const SayMessage& say
) {
    std::map<std::uint64_t, RowReasons> by_row;
    for (const Fault& fault : faults) {
        RowReasons& row = by_row[std::max(fault.row, uploaded.header_row)];
        if (fault.column_number > 0) row.by_column.insert({fault.column_number, {}});
        if (row.reasons.size() >= kReasonsMax) {
            ++row.more;
            continue;
        }
        row.reasons.push_back(say(fault.message));
        if (fault.column_number > 0) row.by_column[fault.column_number] = row.reasons.back();
    }
    return by_row;
}

std::string joined(const RowReasons& row, Language language) {
    std::string text;
    for (std::size_t i = 0; i < row.reasons.size(); ++i) {
        text += (i == 0 ? "" : "\n") + row.reasons[i];
    }
    if (row.more > 0)
        text += "\n" + word("sheet_workbook.more", language, std::to_string(row.more));
    return text;
}

}  // namespace

std::string to_template_workbook(
    const TableForm& form, Language language, const std::vector<std::vector<std::string>>& rows
) {
    Book book(language);
    lxw_worksheet* const sheet = book.sheet(catalogs::table_form::table_title(form, language));
    book.add_notes(form);
    for (std::size_t i = 0; i < form.columns.size(); ++i) {
        const std::string title =
            catalogs::table_form::column_title(form, form.columns[i], language);
        const bool number =
            form.columns[i].kind == FormKind::quantity || form.columns[i].kind == FormKind::price;
        const lxw_col_t at = column_number(i);
        worksheet_set_column(sheet, at, at, width_of(title), number ? nullptr : book.text());
        book.write(sheet, 0, at, title, heading_of(book, form, i));
        book.add_rules(sheet, form, i, at);
        for (std::size_t r = 0; r < rows.size(); ++r) {
            const std::string& cell = rows[r].at(i);
            const auto& choices = form.columns[i].choices;
            const bool choice = std::find(choices.begin(), choices.end(), cell) != choices.end();
            if (cell.empty()) continue;
            book.write(
                sheet,
                row_number(r + 1),
                at,
                choice ? catalogs::table_form::choice_title(form, form.columns[i], cell, language)
                       : cell,
                book.text()
            );
        }
    }
    worksheet_freeze_panes(sheet, 1, 0);
    book.finish_lists();
    return book.close();
}

std::string to_error_workbook(
    const TableForm& form,
    const UploadedTable& uploaded,
    const std::vector<Fault>& faults,
    const SayMessage& say,
    Language language
) {
    JICAI_CHECK(uploaded.titles.size() == uploaded.columns.size());
    JICAI_CHECK(uploaded.titles.size() == uploaded.fields.size());
    Book book(language);
    lxw_worksheet* const sheet = book.sheet(catalogs::table_form::table_title(form, language));
    book.add_notes(form);
    const auto reasons = reasons_by_row(faults, uploaded, say);
    const lxw_col_t last = column_number(uploaded.titles.size());
    for (std::size_t i = 0; i < uploaded.titles.size(); ++i) {
        const lxw_col_t at = column_number(i);
        worksheet_set_column(sheet, at, at, width_of(uploaded.titles[i]), book.text());
        book.write(sheet, 0, at, uploaded.titles[i], heading_of(book, form, uploaded.columns[i]));
        if (uploaded.columns[i] != kUnknownColumn)
            book.add_rules(sheet, form, uploaded.columns[i], at);
    }
    worksheet_set_column(sheet, last, last, 70, book.reason());
    const auto of_file = reasons.find(uploaded.header_row);
    std::string title = catalogs::table_form::reason_title(language);
    book.write(sheet, 0, last, title, book.optional());
    if (of_file != reasons.end()) {
        worksheet_write_comment(sheet, 0, last, joined(of_file->second, language).c_str());
    }
    for (std::size_t r = 0; r < uploaded.rows.size(); ++r) {
        const auto& row = uploaded.rows[r];
        const auto at = reasons.find(row.row);
        const RowReasons* const wrong = at == reasons.end() ? nullptr : &at->second;
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            const bool bad = wrong != nullptr && wrong->by_column.count(uploaded.fields[i] + 1) > 0;
            if (row.cells[i].empty() && !bad) continue;
            book.write(
                sheet,
                row_number(r + 1),
                column_number(i),
                row.cells[i],
                bad ? book.bad() : book.text()
            );
        }
        if (wrong != nullptr) {
            book.write(sheet, row_number(r + 1), last, joined(*wrong, language), book.reason());
        }
    }
    worksheet_freeze_panes(sheet, 1, 0);
    if (!uploaded.rows.empty()) {
        worksheet_autofilter(sheet, 0, 0, row_number(uploaded.rows.size()), last);
    }
    book.finish_lists();
    return book.close();
}

}  // namespace jicai::reports
