#include <catalogs/sheet/code_forms.h>
#include <catalogs/sheet/import_table.h>
#include <catalogs/sheet/zip_parts.h>
#include <engine/money/check.h>

#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>

namespace jicai::catalogs::sheet {
namespace {

using table_form::kUnknownColumn;
using table_form::TableForm;
using text_table::FaultKind;
using text_table::FaultList;

constexpr std::size_t kHeaderRowsMax = 10;
constexpr std::size_t kWarningsMax = 1'000;

// A title without blanks and line breaks, brackets half-width, Latin letters in lower case.
std::string normalised(std::string_view title) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kReplaced{{
        {"\xEF\xBC\x88", "("},
        {"\xEF\xBC\x89", ")"},
        {"\xC2\xA0", ""},
        {"\xE3\x80\x80", ""},
        {"\xEF\xBB\xBF", ""},
        {"\xEF\xBC\x8A", "*"},
    }};
    std::string text;
    for (std::size_t i = 0; i < title.size();) {
        const auto at = std::find_if(kReplaced.begin(), kReplaced.end(), [&](const auto& one) {
            return title.substr(i, one.first.size()) == one.first;
        });
        if (at != kReplaced.end()) {
            text += at->second;
            i += at->first.size();
            continue;
        }
        const char c = title[i++];
        if (static_cast<unsigned char>(c) <= ' ') continue;
        text.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
    }
    while (!text.empty() && text.back() == '*') text.pop_back();
    return text;
}

std::string without_bracket(const std::string& title) {
    return title.substr(0, title.find('('));
}

class Importer {
public:
    Importer(const std::string& file, const TableForm& form, const ImportOptions& options)
        : form_(form),
          options_(options),
          faults_(file, kFaultsDescribedMax),
          warnings_(file, kWarningsMax) {
        const Language languages[] = {Language::zh, Language::en};
        for (std::size_t i = 0; i < form.columns.size(); ++i) {
            choices_.push_back(choice_words(form, form.columns[i]));
            names_.insert({normalised(form.columns[i].name), i});
            for (const Language language : languages) {
                const std::string title =
                    normalised(table_form::column_title(form, form.columns[i], language));
                names_.insert({title, i});
                names_.insert({without_bracket(title), i});
            }
        }
        for (const auto& [title, name] : options.titles) {
            if (const auto column = table_form::find_column(form, name)) {
                names_[normalised(title)] = *column;
            }
        }
        for (const Language language : languages) {
            titles_.of_table.push_back(table_form::table_title(form, language));
            titles_.of_notes.push_back(table_form::notes_title(language));
            reasons_.push_back(normalised(table_form::reason_title(language)));
        }
        titles_.of_table.push_back(form.name);
    }

    ImportedTable import(std::string_view bytes) {
        if (bytes.size() > form_.bytes_max) {
            faults_.add(
                FaultKind::file_too_large,
                {},
                {{"bytes", std::to_string(bytes.size())},
                 {"bound", std::to_string(form_.bytes_max)}}
            );
            return finished();
        }
        std::vector<MergedCells> merged;
        read_rows(
            bytes, titles_, faults_, [this](RawRow& row) { return take(row); }, merged
        );
        if (header_row_ == 0) {
            if (faults_.empty()) add_header_missing();
            return finished();
        }
        for (const MergedCells& cells : merged) {
            if (cells.row <= header_row_) continue;
            faults_.add(
                FaultKind::cells_merged,
                {cells.row, title_of(cells.column), cells.reference, cells.column + 1}
            );
        }
        if (table_.row_count == 0 && faults_.empty()) {
            faults_.add(FaultKind::rows_missing, {header_row_, {}, {}});
        }
        if (!options_.take) find_duplicates();
        hand_over();
        return finished();
    }

private:
    ImportedTable finished() {
        faults_.move_to(table_.faults);
        warnings_.move_to(table_.warnings);
        return std::move(table_);
    }

    std::string title_of(std::size_t column) const {
        return column < titles_written_.size() ? titles_written_[column] : column_letters(column);
    }

    void add_header_missing() {
        std::string expected;
        for (const auto& column : form_.columns) {
            expected += (expected.empty() ? "" : "、") +
                        table_form::column_title(form_, column, Language::zh);
        }
        faults_.add(FaultKind::header_missing, {}, {{"expected", expected}});
    }

    bool take(RawRow& row) {
        if (header_row_ == 0) {
            if (read_header(row)) return sound_header_;
            return ++rows_before_header_ < kHeaderRowsMax;
        }
        if (table_.row_count >= form_.rows_max) {
            faults_.add(
                FaultKind::rows_too_many,
                {row.row, {}, {}},
                {{"bound", std::to_string(form_.rows_max)}}
            );
            return false;
        }
        if (faults_.count() >= text_table::kFaultsCountedMax) {
            faults_.stop(row.row);
            return false;
        }
        take_row(row);
        return true;
    }

    // Whether the row is the header.
    bool read_header(const RawRow& row) {
        std::vector<std::size_t> columns(row.cells.size(), kUnknownColumn);
        std::vector<std::size_t> fields(form_.columns.size(), kUnknownColumn);
        std::vector<std::pair<std::size_t, std::size_t>> repeated;
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            const auto at = names_.find(normalised(row.cells[i].text));
            if (row.cells[i].text.empty() || at == names_.end()) continue;
            columns[i] = at->second;
            std::size_t& field = fields[at->second];
            if (field == kUnknownColumn) {
                field = i;
            } else {
                repeated.emplace_back(i, field);
            }
        }
        std::size_t required = 0;
        std::size_t found = 0;
        for (std::size_t i = 0; i < fields.size(); ++i) {
            if (!form_.columns[i].required) continue;
            ++required;
            if (fields[i] != kUnknownColumn) ++found;
        }
        if (found * 2 < required || found == 0) return false;
        header_row_ = row.row;
        table_.uploaded.header_row = row.row;
        fields_ = std::move(fields);
        accept_header(row, columns, repeated);
        return true;
    }

    void accept_header(
        const RawRow& row,
        std::vector<std::size_t>& columns,
        const std::vector<std::pair<std::size_t, std::size_t>>& repeated
    ) {
        for (std::size_t i = 0; i < form_.columns.size(); ++i) {
            if (fields_[i] != kUnknownColumn || !form_.columns[i].required) continue;
            sound_header_ = false;
            faults_.add(
                FaultKind::column_missing,
                {row.row, table_form::column_title(form_, form_.columns[i], Language::zh), {}}
            );
        }
        for (const auto& [again, first] : repeated) {
            sound_header_ = false;
            faults_.add(
                FaultKind::column_duplicated,
                {row.row, row.cells[again].text, {}, again + 1},
                {{"field", std::to_string(again + 1)}, {"first_field", std::to_string(first + 1)}}
            );
        }
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            const std::string& title = row.cells[i].text;
            titles_written_.push_back(title);
            const std::string plain = normalised(title);
            if (std::find(reasons_.begin(), reasons_.end(), plain) != reasons_.end()) continue;
            if (columns[i] == kUnknownColumn && !title.empty()) {
                warnings_.add(FaultKind::column_ignored, {row.row, title, title, i + 1});
            }
            uploaded_fields_.push_back(i);
            table_.uploaded.fields.push_back(i);
            table_.uploaded.titles.push_back(title);
            table_.uploaded.columns.push_back(columns[i]);
        }
    }

    void take_row(const RawRow& row) {
        keep(row);
        if (is_total(row)) return;
        TypedRow typed;
        typed.row = row.row;
        typed.values.reserve(form_.columns.size());
        static const RawCell empty;
        bool any = false;
        for (std::size_t i = 0; i < form_.columns.size(); ++i) {
            const std::size_t field = fields_[i];
            any = any || (field < row.cells.size() && !row.cells[field].text.empty());
        }
        if (!any) return;
        for (std::size_t i = 0; i < form_.columns.size(); ++i) {
            const std::size_t field = fields_[i];
            if (field == kUnknownColumn) {
                typed.values.emplace_back();
                continue;
            }
            const RawCell& cell = field < row.cells.size() ? row.cells[field] : empty;
            const CellPlace place{row.row, field + 1, titles_written_[field]};
            typed.values.push_back(
                check_value(cell, form_.columns[i], choices_[i], place, faults_, warnings_)
            );
        }
        check_row(typed);
        ++table_.row_count;
        if (options_.take && (is_faulted(typed) || is_duplicate(typed))) return;
        table_.rows.push_back(std::move(typed));
        if (options_.take && table_.rows.size() >= kRowsAtOnce) hand_over();
    }

    void hand_over() {
        if (!options_.take || table_.rows.empty()) return;
        options_.take(std::move(table_.rows));
        table_.rows.clear();
    }

    static bool is_faulted(const TypedRow& row) {
        return std::any_of(row.values.begin(), row.values.end(), [](const Value& value) {
            return value.faulted;
        });
    }

    void keep(const RawRow& row) {
        if (!options_.keep_uploaded) return;
        if (options_.keep_row && !options_.keep_row(row.row)) return;
        table_form::UploadedRow kept;
        kept.row = row.row;
        kept.cells.reserve(uploaded_fields_.size());
        for (const std::size_t field : uploaded_fields_) {
            kept.cells.push_back(field < row.cells.size() ? row.cells[field].text : std::string());
        }
        table_.uploaded.rows.push_back(std::move(kept));
    }

    // A line of sums under the table is no row of it.
    bool is_total(const RawRow& row) {
        constexpr std::array<std::string_view, 4> kTotals{"合计", "总计", "小计", "total"};
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            if (row.cells[i].text.empty()) continue;
            const std::string first = normalised(row.cells[i].text);
            if (std::find(kTotals.begin(), kTotals.end(), first) == kTotals.end()) return false;
            faults_.add(FaultKind::row_total, {row.row, title_of(i), row.cells[i].text, i + 1});
            return true;
        }
        return false;
    }

    void check_row(const TypedRow& row) {
        switch (form_.check) {
            case table_form::RowCheck::none:
                return;
            case table_form::RowCheck::make_up_on_weekend: {
                const Value& day = row.values[0];
                const Value& kind = row.values[1];
                if (!day.given || day.faulted || kind.text != "worked") return;
                const calendar::Day date{static_cast<std::int32_t>(day.number)};
                if (calendar::weekday(date) >= 6) return;
                faults_.add(FaultKind::make_up_not_weekend, place_of(row, 0, day.text));
                return;
            }
            case table_form::RowCheck::same_firm_in_codes: {
                const std::string_view drug = firm_of_drug_code(row.values[0].text);
                const std::string_view national = firm_of_national_code(row.values[1].text);
                if (drug.empty() || national.empty() || drug == national) return;
                warnings_.add(
                    FaultKind::code_firm_differs,
                    place_of(row, 1, row.values[1].text),
                    {{"firm", std::string(national)}, {"other_firm", std::string(drug)}}
                );
                return;
            }
        }
    }

    text_table::Place place_of(const TypedRow& row, std::size_t column, std::string_view value)
        const {
        const std::size_t field = fields_[column];
        return {row.row, titles_written_[field], value, field + 1};
    }

    void find_duplicates() {
        for (const TypedRow& row : table_.rows) is_duplicate(row);
    }

    // What names a row as 128 bits: of a million rows no two agree by chance.
    bool is_duplicate(const TypedRow& row) {
        if (form_.key.empty()) return false;
        std::string key;
        for (const std::size_t column : form_.key) {
            if (row.values[column].faulted) return false;
            key += row.values[column].text;
            key.push_back('\x1F');
        }
        const std::size_t first = std::hash<std::string>{}(key);
        key += "second";
        const std::size_t second = std::hash<std::string>{}(key);
        const auto [at, is_new] = first_rows_.insert({{first, second}, row.row});
        if (is_new) return false;
        std::string titles;
        std::string values;
        for (const std::size_t column : form_.key) {
            if (fields_[column] == kUnknownColumn) continue;
            titles += (titles.empty() ? "" : "、") + titles_written_[fields_[column]];
            values += (values.empty() ? "" : ", ") + row.values[column].text;
        }
        const std::size_t field = fields_[form_.key.front()];
        faults_.add(
            FaultKind::key_duplicated,
            {row.row, titles, values, field + 1},
            {{"first_row", std::to_string(at->second)}}
        );
        return true;
    }

    struct FirstHalf {
        std::size_t operator()(const std::pair<std::size_t, std::size_t>& key) const {
            return key.first;
        }
    };

    const TableForm& form_;
    const ImportOptions& options_;
    std::vector<ChoiceWords> choices_;  ///< by column of the form
    FaultList faults_;
    FaultList warnings_;
    std::unordered_map<std::string, std::size_t> names_;
    SheetTitles titles_;
    std::vector<std::string> reasons_;
    std::vector<std::string> titles_written_;   ///< by field of the file
    std::vector<std::size_t> fields_;           ///< by column of the form
    std::vector<std::size_t> uploaded_fields_;  ///< by column handed back
    std::uint64_t header_row_ = 0;
    std::size_t rows_before_header_ = 0;
    bool sound_header_ = true;
    std::unordered_map<std::pair<std::size_t, std::size_t>, std::uint64_t, FirstHalf> first_rows_;
    ImportedTable table_;
};

}  // namespace

ImportedTable import_table(
    std::string_view bytes,
    const std::string& file_name,
    const TableForm& form,
    const ImportOptions& options
) {
    return Importer(file_name, form, options).import(bytes);
}

ImportedTable import_table(
    std::string_view bytes, const std::string& file_name, const TableForm& form, bool keep_uploaded
) {
    ImportOptions options;
    options.keep_uploaded = keep_uploaded;
    return import_table(bytes, file_name, form, options);
}

}  // namespace jicai::catalogs::sheet
