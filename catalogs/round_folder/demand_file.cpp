#include <catalogs/round_folder/demand_file.h>
#include <catalogs/round_folder/formats.h>

#include <algorithm>

namespace jicai::catalogs::round_folder {

namespace {

/// Rows one by one, with every check and every fault.
class RowReader {
public:
    RowReader(
        std::string_view text,
        References& known,
        const Header& header,
        DemandShard& shard,
        FaultList& faults
    )
        : known_(known), header_(header), shard_(shard), faults_(faults), text_(text) {}

    void read(const CsvRow& row, const CsvRows& rows) {
        if (!has_all_fields(row, header_, faults_)) return;
        const TableFormat& format = demand_format();
        const std::uint64_t count_before = faults_.count();
        for (std::size_t i = 0; i < cells_.size(); ++i) {
            const std::size_t field = header_.field_of[i];
            cells_[i] = {};
            if (field == Header::kAbsent) continue;
            const Column& column = format.columns[i];
            cells_[i] = check_cell(row.fields[field], column.rule, row.row, column.name, faults_);
        }
        rest_.clear();
        for (std::size_t i = 0; i < header_.unknown_columns.size(); ++i) {
            const std::string_view text = row.fields[header_.field_of_unknown[i]];
            const Cell cell =
                check_cell(text, kFreeText, row.row, header_.unknown_columns[i], faults_);
            rest_.push_back(',');
            append_csv_field(rest_, cell.text);
        }
        const auto lot = known_.require_lot(place(row, kDemandLot), faults_);
        std::optional<round::SpecIndex> spec;
        if (lot) spec = known_.require_spec(*lot, place(row, kDemandSpec), faults_);
        std::optional<round::RegionIndex> region;
        if (!cells_[kDemandRegion].text.empty()) {
            region = known_.require_region(place(row, kDemandRegion), faults_, /*may_add=*/true);
        }
        const auto supplier = known_.require_supplier(place(row, kDemandSupplier), faults_);
        if (faults_.count() != count_before || !spec || !region) return;
        append(row, rows, shard_.group(*lot, *spec, *region), supplier);
    }

private:
    [[nodiscard]] Place place(const CsvRow& row, std::size_t column) const {
        return {row.row, demand_format().columns[column].name, cells_[column].text};
    }

    void append(
        const CsvRow& row,
        const CsvRows& rows,
        DemandGroup& group,
        const std::optional<round::SupplierIndex>& supplier
    ) {
        const std::string_view code = cells_[kDemandHospital].text;
        const CodeHead head = code_head(code);
        const bool plain = header_.unknown_columns.empty() &&
                           code.find_first_of(",\"\r\n") == std::string_view::npos &&
                           !rows.is_resolved(code);
        const std::size_t offset =
            code.empty() ? row.offset : static_cast<std::size_t>(code.data() - text_.data());
        const std::uint64_t where =
            plain ? RowText::in_file(offset, code.size()) : shard_.keep(row.row, code, rest_);
        const std::uint64_t supplier_number = supplier ? std::uint64_t{*supplier} + 1 : 0;
        const auto units = static_cast<std::uint64_t>(*cells_[kDemandQuantity].number);
        shard_.append(
            group,
            {head.high, head.low, where, (supplier_number << HospitalRow::kQuantityBits) | units}
        );
    }

    References& known_;
    const Header& header_;
    DemandShard& shard_;
    FaultList& faults_;
    std::string_view text_;
    std::array<Cell, 6> cells_;
    std::string rest_;
};

}  // namespace

DemandResult read_demand(
    std::string_view bytes,
    const DemandOptions& options,
    References& known,
    const round::Round& round,
    FaultList& faults
) {
    DecodedText decoded;
    decode_text(bytes, options.encoding, faults, decoded);
    if (!decoded.valid) return {};
    CsvRows rows(decoded.text, faults);
    Header header;
    if (!read_header(rows, demand_format(), faults, header)) return {};
    DemandShard shard(decoded.text);
    RowReader reader(decoded.text, known, header, shard, faults);
    CsvRow row;
    bool any_row = false;
    while (rows.next(row)) {
        any_row = true;
        reader.read(row, rows);
        rows.forget_resolved();
    }
    const std::uint64_t row_faults = faults.count();
    if (row_faults == 0 && !any_row) faults.add(FaultKind::rows_missing, {});
    known.regions_whole = row_faults == 0;
    return digest_demand(
        {&shard},
        canonical_header(demand_format(), header.unknown_columns),
        known.regions(),
        round,
        options.threads,
        faults
    );
}

}  // namespace jicai::catalogs::round_folder
