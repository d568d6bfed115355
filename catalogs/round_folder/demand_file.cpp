#include <catalogs/round_folder/demand_file.h>
#include <catalogs/round_folder/demand_scan.h>
#include <catalogs/round_folder/formats.h>

#include <algorithm>
#include <array>
#include <deque>
#include <future>

namespace jicai::catalogs::round_folder {

namespace {

/// Rows one by one, with every check and every fault.
class RowReader {
public:
    /// `text`: the whole text of the shard; rows are read from its part that starts at `begin`.
    RowReader(
        std::string_view text,
        std::size_t begin,
        References& known,
        const Header& header,
        DemandShard& shard,
        FaultList& faults
    )
        : known_(known),
          header_(header),
          shard_(shard),
          faults_(faults),
          text_(text),
          begin_(begin) {}

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
        const std::size_t offset = code.empty()
                                       ? begin_ + row.offset
                                       : static_cast<std::size_t>(code.data() - text_.data());
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
    std::size_t begin_;
    std::array<Cell, 6> cells_;
    std::string rest_;
};

/// The shards of a file that could be scanned; empty when it must be read row by row.
class ScannedFile {
public:
    ScannedFile(std::string_view bytes, const DemandOptions& options, References& known)
        : text_(without_bom(bytes)), options_(options), known_(known) {}

    bool scan() {
        if (!options_.scan || options_.encoding != Encoding::utf8) return false;
        // Rows that name what another file failed to list are left out without a word.
        if (!known_.lots_whole || !known_.specs_whole || !known_.suppliers_whole) return false;
        if (!read_first_line() || !is_scannable(header_)) return false;
        make_shards();
        DemandScanShared shared{known_};
        std::vector<std::future<std::optional<std::size_t>>> others;
        for (std::size_t i = 1; i < shards_.size(); ++i) {
            others.push_back(std::async(std::launch::async, [this, i, &shared] {
                return scan_part(i, shared, {});
            }));
        }
        const std::size_t parts = shards_.size();
        const auto progress = [this, parts](std::size_t bytes) {
            if (options_.progress) options_.progress(std::min(bytes * parts, text_.size()));
        };
        std::vector<std::optional<std::size_t>> stopped{scan_part(0, shared, progress)};
        for (auto& other : others) stopped.push_back(other.get());
        for (std::size_t i = 0; i < parts; ++i) {
            if (!stopped[i]) return false;
            if (i + 1 < parts && *stopped[i] != begins_[i + 1]) return false;
        }
        return read_rest(*stopped.back());
    }

    [[nodiscard]] const Header& header() const { return header_; }
    [[nodiscard]] std::vector<const DemandShard*> shards() const {
        std::vector<const DemandShard*> all;
        for (const DemandShard& shard : shards_) all.push_back(&shard);
        return all;
    }

private:
    static constexpr std::size_t kPartBytesMin = 1U << 16U;

    bool read_first_line() {
        rows_begin_ = std::min(text_.find('\n'), text_.size());
        if (rows_begin_ == text_.size()) return false;
        const std::string_view line = text_.substr(0, ++rows_begin_);
        const bool plain =
            line.find_first_of(std::string_view("\"\0", 2)) == std::string_view::npos;
        if (!plain || utf8_valid_up_to(line) != line.size()) return false;
        FaultList ignored{std::string(demand_format().file)};
        CsvRows rows(line, ignored);
        return read_header(rows, demand_format(), ignored, header_);
    }

    void make_shards() {
        const std::size_t bytes = text_.size() - rows_begin_;
        const std::size_t parts = std::clamp<std::size_t>(
            std::min<std::size_t>(options_.threads, bytes / kPartBytesMin), 1, kPartsMax
        );
        begins_.push_back(rows_begin_);
        for (std::size_t i = 1; i < parts; ++i) {
            const std::size_t line_end = text_.find('\n', rows_begin_ + bytes / parts * i);
            begins_.push_back(std::max(begins_.back(), std::min(line_end, text_.size() - 1) + 1));
        }
        begins_.push_back(text_.size());
        for (std::size_t i = 0; i < parts; ++i) shards_.emplace_back(text_);
    }

    std::optional<std::size_t> scan_part(
        std::size_t i, DemandScanShared& shared, const std::function<void(std::size_t)>& progress
    ) {
        return scan_demand(shards_[i], header_, begins_[i], begins_[i + 1], shared, progress);
    }

    // The last lines, too near the end of the text for the scanner.
    bool read_rest(std::size_t begin) {
        if (text_.find_first_of(std::string_view("\"\0", 2), begin) != std::string_view::npos) {
            return false;
        }
        FaultList faults{std::string(demand_format().file)};
        CsvRows rows(text_.substr(begin), faults);
        RowReader reader(text_, begin, known_, header_, shards_.back(), faults);
        if (utf8_valid_up_to(text_.substr(begin)) != text_.size() - begin) return false;
        CsvRow row;
        while (rows.next(row)) reader.read(row, rows);
        return faults.empty();
    }

    static constexpr std::size_t kPartsMax = 64;
    std::string_view text_;
    const DemandOptions& options_;
    References& known_;
    Header header_;
    std::size_t rows_begin_ = 0;
    std::vector<std::size_t> begins_;
    std::deque<DemandShard> shards_;
};

DemandResult digest(
    const std::vector<const DemandShard*>& shards,
    const Header& header,
    const References& known,
    const round::Round& round,
    unsigned threads,
    FaultList& faults
) {
    return digest_demand(
        shards,
        canonical_header(demand_format(), header.unknown_columns),
        known.regions(),
        round,
        threads,
        faults
    );
}

/// Nothing when the file has to be read row by row.
std::optional<DemandResult> read_scanned(
    std::string_view bytes,
    const DemandOptions& options,
    References& known,
    const round::Round& round,
    FaultList& faults
) {
    ScannedFile scanned(bytes, options, known);
    if (!scanned.scan()) return {};
    known.regions_whole = true;
    DemandResult result =
        digest(scanned.shards(), scanned.header(), known, round, options.threads, faults);
    if (result.rows == 0) faults.add(FaultKind::rows_missing, {});
    return result;
}

}  // namespace

DemandResult read_demand(
    std::string_view bytes,
    const DemandOptions& options,
    References& known,
    const round::Round& round,
    FaultList& faults
) {
    if (auto result = read_scanned(bytes, options, known, round, faults)) {
        return std::move(*result);
    }
    DecodedText decoded;
    decode_text(bytes, options.encoding, faults, decoded);
    if (!decoded.valid) return {};
    CsvRows rows(decoded.text, faults);
    Header header;
    if (!read_header(rows, demand_format(), faults, header)) return {};
    DemandShard shard(decoded.text);
    RowReader reader(decoded.text, 0, known, header, shard, faults);
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
    return digest({&shard}, header, known, round, options.threads, faults);
}

}  // namespace jicai::catalogs::round_folder
