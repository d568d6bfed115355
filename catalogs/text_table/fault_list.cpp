#include <catalogs/text_table/fault_list.h>
#include <catalogs/text_table/text_encoding.h>

#include <algorithm>
#include <array>

namespace jicai::catalogs::text_table {

namespace {

constexpr std::size_t kColumnCharactersMax = 200;

void append_escaped(std::string& text, unsigned char byte) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    text += "\\x";
    text.push_back(kDigits[byte >> 4U]);
    text.push_back(kDigits[byte & 15U]);
}

bool is_control(unsigned char byte) {
    return byte < 0x20 || byte == 0x7F;
}

}  // namespace

std::string_view fault_key(FaultKind kind) {
    static constexpr std::array<std::string_view, kFaultKinds> kKeys{
        "fault.folder_missing",
        "fault.file_missing",
        "fault.file_unreadable",
        "fault.file_too_large",
        "fault.file_misnamed",
        "fault.file_empty",
        "fault.file_spreadsheet",
        "fault.file_utf16",
        "fault.file_nul",
        "fault.encoding_looks_gb18030",
        "fault.encoding_mixed",
        "fault.encoding_invalid",
        "fault.encoding_not_gb18030",
        "fault.encoding_is_utf8",
        "fault.separator_other",
        "fault.column_missing",
        "fault.column_in_chinese",
        "fault.column_duplicated",
        "fault.column_unnamed",
        "fault.columns_too_many",
        "fault.csv_bare_cr",
        "fault.csv_quote_in_field",
        "fault.csv_text_after_quote",
        "fault.csv_quote_unclosed",
        "fault.fields_too_few",
        "fault.fields_too_many",
        "fault.rows_missing",
        "fault.cell_empty",
        "fault.cell_blanks",
        "fault.cell_too_long",
        "fault.code_excel_exponent",
        "fault.cell_excel_error",
        "fault.number_exponent",
        "fault.number_comma",
        "fault.number_currency",
        "fault.number_full_width",
        "fault.number_space",
        "fault.number_sign",
        "fault.number_malformed",
        "fault.number_decimals",
        "fault.number_not_whole",
        "fault.number_too_large",
        "fault.number_zero",
        "fault.flag_unknown",
        "fault.date_malformed",
        "fault.key_duplicated",
        "fault.lot_unknown",
        "fault.spec_unknown",
        "fault.spec_of_other_lot",
        "fault.spec_not_found_by_content",
        "fault.spec_ambiguous",
        "fault.spec_content_differs",
        "fault.lot_without_spec",
        "fault.content_unit_differs",
        "fault.supplier_unknown",
        "fault.region_unknown",
        "fault.region_repeated",
        "fault.participation_unknown",
        "fault.absent_with_price",
        "fault.event_unknown",
        "fault.event_supplier_missing",
        "fault.event_value_missing",
        "fault.event_suppliers_repeated",
        "fault.event_phase_unknown",
        "fault.demand_sum_too_large",
        "fault.volume_class_unknown",
        "fault.term_class_unknown",
        "fault.tie_column_near",
        "fault.tie_date_malformed",
        "fault.tie_flag_unknown",
        "fault.round_toml_syntax",
        "fault.round_toml_key_unknown",
        "fault.round_toml_key_missing",
        "fault.round_toml_not_text",
        "fault.round_kind_unknown",
        "fault.round_toml_inexact_number",
        "fault.workbook_old_xls",
        "fault.workbook_encrypted",
        "fault.workbook_other_kind",
        "fault.workbook_damaged",
        "fault.workbook_bomb",
        "fault.workbook_parts_too_many",
        "fault.sheet_missing",
        "fault.sheet_ambiguous",
        "fault.header_missing",
        "fault.cells_merged",
        "fault.rows_too_many",
        "fault.formula_without_value",
        "fault.formula_other_file",
        "fault.cell_became_date",
        "fault.cell_invisible",
        "fault.code_zeros_lost",
        "fault.code_trailing_point",
        "fault.code_full_width",
        "fault.code_apostrophe",
        "fault.code_form",
        "fault.code_check_digit",
        "fault.number_trailing_point",
        "fault.choice_unknown",
        "fault.value_not_allowed",
        "fault.name_too_long",
        "fault.row_total",
        "fault.make_up_not_weekend",
        "fault.column_ignored",
        "fault.code_check_digit_differs",
        "fault.code_firm_differs",
        "fault.more",
        "fault.reading_stopped",
    };
    return kKeys[static_cast<std::size_t>(kind)];
}

std::string shown(std::string_view value, std::size_t characters_max) {
    std::string text;
    std::size_t characters = 0;
    for (std::size_t i = 0; i < value.size(); ++characters) {
        if (characters == characters_max) return text + "…";
        const auto byte = static_cast<unsigned char>(value[i]);
        const std::size_t length = utf8_length(value.substr(i, 4));
        if (byte == '\n' || byte == '\r' || byte == '\t') {
            text += byte == '\n' ? "\\n" : byte == '\r' ? "\\r" : "\\t";
        } else if (length == 0 || is_control(byte)) {
            append_escaped(text, byte);
        } else {
            text += value.substr(i, length);
        }
        i += std::max<std::size_t>(length, 1);
    }
    return text;
}

bool FaultList::counted_only() {
    if (faults_.size() < shown_max_) return false;
    ++count_;
    return true;
}

void FaultList::add(FaultKind kind, const Place& place, FaultArguments arguments) {
    add(fault_key(kind), place, arguments);
}

void FaultList::add_at(FaultKind kind, Fault fault, FaultArguments arguments) {
    add_at(fault_key(kind), std::move(fault), arguments);
}

void FaultList::add(std::string_view key, const Place& place, FaultArguments arguments) {
    Fault fault;
    fault.row = place.row;
    fault.column = shown(place.column, kColumnCharactersMax);
    fault.value = shown(place.value);
    fault.column_number = place.column_number;
    add_at(key, std::move(fault), arguments);
}

void FaultList::add_at(std::string_view key, Fault fault, FaultArguments arguments) {
    if (counted_only()) return;
    ++count_;
    fault.file = file_;
    fault.message.key = key;
    fault.message.arguments = {
        {"file", file_},
        {"row", std::to_string(fault.row)},
        {"column", fault.column},
        {"value", fault.value}};
    for (const auto& [name, text] : arguments) fault.message.arguments.emplace_back(name, text);
    faults_.push_back(std::move(fault));
}

void FaultList::move_to(std::vector<Fault>& all) {
    std::stable_sort(faults_.begin(), faults_.end(), [](const Fault& a, const Fault& b) {
        return a.row < b.row;
    });
    const std::uint64_t more = count_ - faults_.size();
    for (Fault& fault : faults_) all.push_back(std::move(fault));
    faults_.clear();
    count_ = 0;
    if (more == 0) return;
    const bool was_stopped = stopped();
    Fault rest;
    rest.file = file_;
    rest.row = was_stopped ? stopped_at_row_ : 0;
    rest.message = {
        std::string(fault_key(was_stopped ? FaultKind::reading_stopped : FaultKind::more)),
        {{"file", file_}, {"row", std::to_string(rest.row)}, {"count", std::to_string(more)}}};
    stopped_at_row_ = 0;
    all.push_back(std::move(rest));
}

}  // namespace jicai::catalogs::text_table
