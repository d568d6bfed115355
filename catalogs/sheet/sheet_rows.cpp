#include <catalogs/sheet/number_text.h>
#include <catalogs/sheet/sheet_rows.h>
#include <catalogs/text_table/csv_rows.h>

#include <algorithm>
#include <charconv>
#include <optional>

namespace jicai::catalogs::sheet {
namespace {

constexpr std::size_t kSheetColumnsMax = 16'384;
constexpr std::uint64_t kSheetRowsMax = 1'048'576;
// A cell keeps at most so many bytes: one more than a table may hold, so that it is found too long.
constexpr std::size_t kTextKept = text_table::kCellBytesMax + 4;

class RowReader : public XmlHandler {
public:
    RowReader(
        const CellContext& context,
        text_table::FaultList& faults,
        const RowSink& sink,
        std::vector<MergedCells>& merged
    )
        : context_(context), faults_(faults), sink_(sink), merged_(merged) {}

    void begin(std::string_view name, const Attributes& attributes) override {
        taken_ = nullptr;
        if (name == "row") begin_row(attributes["r"]);
        if (name == "c") begin_cell(attributes);
        if (name == "f" && in_cell_) {
            formula_ = true;
            taken_ = &formula_text_;
        }
        if (name == "v" && in_cell_) taken_ = &value_;
        if (name == "rPh") ++phonetic_;
        if (name == "t" && in_cell_ && phonetic_ == 0) taken_ = &value_;
        if (name == "mergeCell") add_merged(attributes["ref"]);
    }

    void end(std::string_view name) override {
        taken_ = nullptr;
        if (name == "rPh") --phonetic_;
        if (name == "c" && in_cell_) end_cell();
        if (name == "row") end_row();
    }

    void text(std::string_view characters) override {
        if (taken_ == nullptr || taken_->size() > kTextKept) return;
        taken_->append(characters);
    }

    [[nodiscard]] bool is_done() const override { return done_; }

private:
    void begin_row(std::string_view reference) {
        std::uint64_t number = row_.row + 1;
        const auto [at, error] =
            std::from_chars(reference.data(), reference.data() + reference.size(), number);
        if (error != std::errc() || number <= row_.row || number > kSheetRowsMax) {
            number = row_.row + 1;
        }
        row_.row = number;
        row_.cells.clear();
        next_column_ = 0;
        any_ = false;
    }

    void begin_cell(const Attributes& attributes) {
        std::size_t column = next_column_;
        std::uint64_t row = 0;
        const std::string_view reference = attributes["r"];
        if (!reference.empty() && !read_reference(reference, column, row)) column = next_column_;
        column_ = column;
        next_column_ = column + 1;
        type_ = attributes["t"];
        style_ = 0;
        const std::string_view style = attributes["s"];
        std::from_chars(style.data(), style.data() + style.size(), style_);
        value_.clear();
        formula_text_.clear();
        formula_ = false;
        in_cell_ = true;
    }

    void end_cell() {
        in_cell_ = false;
        RawCell cell = decoded();
        if (cell.type == CellType::empty && !cell.no_value) return;
        if (column_ >= kColumnsMax) {
            if (!too_wide_) {
                faults_.add(
                    text_table::FaultKind::columns_too_many,
                    {row_.row, {}, {}},
                    {{"fields", std::to_string(column_ + 1)},
                     {"bound", std::to_string(kColumnsMax)}}
                );
            }
            too_wide_ = true;
            return;
        }
        if (row_.cells.size() <= column_) row_.cells.resize(column_ + 1);
        row_.cells[column_] = std::move(cell);
        any_ = true;
    }

    RawCell decoded() const {
        RawCell cell;
        if (formula_) {
            cell.no_value = value_.empty() && type_ != "str";
            cell.other_file = formula_text_.find('[') != std::string::npos &&
                              formula_text_.find(']') != std::string::npos &&
                              formula_text_.find('!') != std::string::npos;
        }
        if (type_ == "s") return shared_text(std::move(cell));
        if (type_ == "e") return with(std::move(cell), CellType::error, value_);
        if (type_ == "b") {
            return value_.empty()
                       ? cell
                       : with(std::move(cell), CellType::text, value_ == "0" ? "FALSE" : "TRUE");
        }
        if (type_ == "str" || type_ == "inlineStr") {
            return with(std::move(cell), CellType::text, unescaped(value_));
        }
        if (type_ == "d") {
            return with(std::move(cell), CellType::date, value_.substr(0, value_.find('T')));
        }
        return number(std::move(cell));
    }

    static RawCell with(RawCell cell, CellType type, std::string text) {
        cell.type = text.empty() ? CellType::empty : type;
        cell.text = std::move(text);
        return cell;
    }

    RawCell shared_text(RawCell cell) const {
        std::size_t index = 0;
        const auto [at, error] =
            std::from_chars(value_.data(), value_.data() + value_.size(), index);
        if (error != std::errc() || index >= context_.texts.size()) return cell;
        return with(
            std::move(cell), CellType::text, std::string(context_.texts[index].substr(0, kTextKept))
        );
    }

    RawCell number(RawCell cell) const {
        if (value_.empty()) return cell;
        const bool date = style_ < context_.is_date.size() && context_.is_date[style_];
        if (date) {
            const auto day = day_of_serial(value_, context_.from_1904);
            return with(std::move(cell), CellType::date, day ? calendar::day_text(*day) : value_);
        }
        const auto shown = number_text(value_);
        if (!shown) return with(std::move(cell), CellType::text, value_);
        cell.digits_lost = shown->digits_lost;
        // Shown as Excel does, so that the fault names what the person sees.
        return with(std::move(cell), CellType::number, shown->digits_lost ? value_ : shown->text);
    }

    void end_row() {
        if (!any_ || done_) return;
        done_ = !sink_(row_);
    }

    void add_merged(std::string_view reference) {
        MergedCells cells{std::string(reference.substr(0, 40)), 0, 0};
        if (merged_.size() >= kMergedMax) return;
        if (!read_reference(reference.substr(0, reference.find(':')), cells.column, cells.row))
            return;
        merged_.push_back(std::move(cells));
    }

    const CellContext& context_;
    text_table::FaultList& faults_;
    const RowSink& sink_;
    std::vector<MergedCells>& merged_;
    RawRow row_;
    std::size_t next_column_ = 0;
    std::size_t column_ = 0;
    std::string type_;
    std::size_t style_ = 0;
    std::string value_;
    std::string formula_text_;
    std::string* taken_ = nullptr;
    int phonetic_ = 0;
    bool formula_ = false;
    bool in_cell_ = false;
    bool any_ = false;
    bool too_wide_ = false;
    bool done_ = false;
};

}  // namespace

bool read_reference(std::string_view text, std::size_t& column, std::uint64_t& row) {
    std::size_t at = 0;
    std::size_t found = 0;
    for (; at < text.size() && text[at] >= 'A' && text[at] <= 'Z'; ++at) {
        found = found * 26 + static_cast<std::size_t>(text[at] - 'A' + 1);
        if (found > kSheetColumnsMax) return false;
    }
    if (at == 0) return false;
    std::uint64_t number = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data() + at, end, number);
    if (error != std::errc() || stop != end || number == 0 || number > kSheetRowsMax) return false;
    column = found - 1;
    row = number;
    return true;
}

bool read_sheet_rows(
    ZipParts& parts,
    const std::string& part,
    const CellContext& context,
    text_table::FaultList& faults,
    const RowSink& sink,
    std::vector<MergedCells>& merged
) {
    RowReader reader(context, faults, sink, merged);
    return read_xml(parts, part, reader, faults);
}

}  // namespace jicai::catalogs::sheet
