#include <catalogs/text_table/csv_rows.h>

#include <algorithm>
#include <array>

namespace jicai::catalogs::text_table {

namespace {

constexpr std::size_t kShownBytesMax = 400;  // at least what a fault shows

// Bytes at which an unquoted field ends or goes wrong.
constexpr std::array<bool, 256> kEndsBare = [] {
    std::array<bool, 256> ends{};
    for (const char c : {',', '\n', '\r', '"'}) ends[static_cast<unsigned char>(c)] = true;
    return ends;
}();

std::uint64_t lines_in(std::string_view text) {
    return static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace

bool CsvRows::is_resolved(std::string_view field) const {
    return field.data() < text_.data() || field.data() > text_.data() + text_.size();
}

std::string_view CsvRows::line_from(std::size_t begin) const {
    const std::string_view rest = text_.substr(begin, kShownBytesMax);
    return rest.substr(0, rest.find('\n'));
}

void CsvRows::add_fault(FaultKind kind, const CsvRow& row, std::string_view value) {
    if (faults_.counted_only()) return;
    const std::string column = std::to_string(row.fields_found + 1);
    faults_.add(kind, {row.row, {}, value}, {{"field", column}});
}

bool CsvRows::next(CsvRow& row) {
    while (at_ < text_.size()) {
        if (faults_.count() >= kFaultsCountedMax) {
            faults_.stop(line_);
            return false;
        }
        if (!read_row(row)) continue;
        const bool blank = std::all_of(row.fields.begin(), row.fields.end(), [](auto field) {
            return field.empty();
        });
        // Too many fields to keep is for the caller to refuse, blank or not.
        if (blank && row.fields_found <= kColumnsMax) continue;
        return true;
    }
    return false;
}

// False when the row is faulted.
bool CsvRows::read_row(CsvRow& row) {
    row.row = line_;
    row.offset = at_;
    row.fields.clear();
    row.fields_found = 0;
    bool sound = true;
    while (true) {
        const bool quoted = at_ < text_.size() && text_[at_] == '"';
        const std::string_view field = quoted ? read_quoted(row, sound) : read_bare(row, sound);
        if (row.fields.size() <= kColumnsMax) row.fields.push_back(field);
        ++row.fields_found;
        if (at_ == text_.size()) return sound;
        if (text_[at_] == ',') {
            ++at_;
            continue;
        }
        if (text_[at_] == '\r') ++at_;
        ++at_;
        ++line_;
        return sound;
    }
}

// Ends at a comma, at LF or CRLF, or at the end of the text.
std::string_view CsvRows::read_bare(CsvRow& row, bool& sound) {
    const std::size_t begin = at_;
    while (true) {
        while (at_ < text_.size() && !kEndsBare[static_cast<unsigned char>(text_[at_])]) ++at_;
        if (at_ == text_.size() || text_[at_] == ',' || text_[at_] == '\n') break;
        if (text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n') break;
        if (text_[at_] == '\r' && at_ + 1 == text_.size()) {
            // A last line ended by CR alone: what is left of a CRLF cut in two.
            const std::string_view field = text_.substr(begin, at_ - begin);
            at_ = text_.size();
            return field;
        }
        if (sound) {
            const FaultKind kind =
                text_[at_] == '"' ? FaultKind::csv_quote_in_field : FaultKind::csv_bare_cr;
            add_fault(kind, row, text_.substr(begin, at_ + 1 - begin));
        }
        sound = false;
        ++at_;
    }
    return text_.substr(begin, at_ - begin);
}

std::string_view CsvRows::read_quoted(CsvRow& row, bool& sound) {
    const std::size_t begin = ++at_;
    bool doubled = false;
    while (true) {
        const std::size_t quote = text_.find('"', at_);
        if (quote == std::string_view::npos) {
            if (sound) add_fault(FaultKind::csv_quote_unclosed, row, line_from(begin - 1));
            sound = false;
            at_ = text_.size();
            return {};
        }
        at_ = quote + 1;
        if (at_ == text_.size() || text_[at_] != '"') break;
        doubled = true;
        ++at_;
    }
    std::string_view field = text_.substr(begin, at_ - 1 - begin);
    line_ += lines_in(field);
    if (doubled) {
        std::string& plain = resolved_.emplace_back();
        for (std::size_t i = 0; i < field.size(); ++i) {
            plain.push_back(field[i]);
            if (field[i] == '"') ++i;
        }
        field = plain;
    }
    const std::string_view rest = text_.substr(at_, 2);
    const bool ended = rest.empty() || rest[0] == ',' || rest[0] == '\n' || rest == "\r\n";
    if (ended) return field;
    if (rest == "\r") {
        at_ = text_.size();
        return field;
    }
    if (sound) add_fault(FaultKind::csv_text_after_quote, row, line_from(begin - 1));
    sound = false;
    read_bare(row, sound);
    return field;
}

}  // namespace jicai::catalogs::text_table
