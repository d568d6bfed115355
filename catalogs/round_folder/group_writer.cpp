#include <catalogs/round_folder/text_table.h>
#include <catalogs/round_folder/group_writer.h>
#include <catalogs/round_folder/table.h>

#include <array>
#include <bit>
#include <optional>

namespace jicai::catalogs::round_folder {

namespace {

using money::Int128;

// <0, 0, >0 as the canonical order of hospital, then supplier.
int compare(const PlacedRow& a, const PlacedRow& b) {
    if (a.row.code_high != b.row.code_high) return a.row.code_high < b.row.code_high ? -1 : 1;
    if (a.row.code_low != b.row.code_low) return a.row.code_low < b.row.code_low ? -1 : 1;
    if ((a.row.code_low & 0xFFU) != 0) {
        const int rest = a.shard->code(a.row).compare(b.shard->code(b.row));
        if (rest != 0) return rest;
    }
    const std::uint32_t s = a.row.supplier_number();
    const std::uint32_t t = b.row.supplier_number();
    return s < t ? -1 : s > t ? 1 : 0;
}

constexpr std::size_t kCopyStep = kPrefixPadding;

// Copies in steps of 16 bytes: both sides must have that much room.
char* append_padded(char* out, const char* from, std::size_t length) {
    for (std::size_t i = 0; i < length; i += kCopyStep) std::memcpy(out + i, from + i, kCopyStep);
    return out + length;
}

char* append(char* out, std::string_view text) {
    if (!text.empty()) std::memcpy(out, text.data(), text.size());
    return out + text.size();
}

constexpr std::array<char, 200> kTwoDigits = [] {
    std::array<char, 200> digits{};
    for (std::size_t i = 0; i < 100; ++i) {
        digits[2 * i] = static_cast<char>('0' + i / 10);
        digits[2 * i + 1] = static_cast<char>('0' + i % 10);
    }
    return digits;
}();

constexpr std::size_t kUnitsLengthMax = 20;

char* append_units(char* out, std::int64_t units) {
    std::array<char, kUnitsLengthMax> digits;
    std::size_t at = digits.size();
    auto left = static_cast<std::uint64_t>(units);
    while (left >= 100) {
        at -= 2;
        std::memcpy(digits.data() + at, kTwoDigits.data() + 2 * (left % 100), 2);
        left /= 100;
    }
    if (left >= 10) {
        at -= 2;
        std::memcpy(digits.data() + at, kTwoDigits.data() + 2 * left, 2);
    } else {
        digits[--at] = static_cast<char>('0' + left);
    }
    return append(out, {digits.data() + at, digits.size() - at});
}

// The 16 bytes of the head of a code; what is after its end is NUL.
void put_head(char* out, const HospitalRow& row) {
    const auto put = [out](std::size_t at, std::uint64_t word) {
        if constexpr (std::endian::native == std::endian::little) word = __builtin_bswap64(word);
        std::memcpy(out + at, &word, sizeof word);
    };
    put(0, row.code_high);
    put(8, row.code_low);
}

std::uint64_t shifted(const HospitalRow& row, int bits) {
    if (bits >= 128) return 0;
    if (bits >= 64) return row.code_low << static_cast<unsigned>(bits - 64);
    if (bits == 0) return row.code_high;
    return (row.code_high << static_cast<unsigned>(bits)) |
           (row.code_low >> static_cast<unsigned>(64 - bits));
}

}  // namespace

void GroupWriter::write(
    const WholeGroup& group, ByteBuffer& out, std::vector<round::DemandCell>& cells
) {
    gather(group);
    sort();
    find_duplicates(group);
    append_rows(group, out);
    add_cells(group, cells);
}

void GroupWriter::gather(const WholeGroup& group) {
    rows_.clear();
    for (const auto& [shard, part] : group.parts) {
        for (const DemandGroup::Piece& piece : part->pieces) {
            const HospitalRow* const end = &piece == &part->pieces.back() ? part->next : piece.end;
            for (const HospitalRow* row = piece.begin; row != end; ++row) {
                rows_.push_back({*row, shard});
            }
        }
    }
}

void GroupWriter::sort() {
    const bool sorted =
        std::is_sorted(rows_.begin(), rows_.end(), [](const PlacedRow& a, const PlacedRow& b) {
            return compare(a, b) < 0;
        });
    order_.resize(rows_.size());
    for (std::uint32_t i = 0; i < order_.size(); ++i) order_[i] = i;
    if (sorted) return;
    make_keys();
    std::sort(keys_.begin(), keys_.end(), [](const SortKey& a, const SortKey& b) {
        return a.key < b.key;
    });
    for (std::size_t i = 0; i < keys_.size(); ++i) order_[i] = keys_[i].index;
    for (std::size_t begin = 0; begin < keys_.size();) {
        std::size_t end = begin + 1;
        while (end < keys_.size() && keys_[end].key == keys_[begin].key) ++end;
        if (end - begin > 1) {
            std::sort(at(begin), at(end), [this](std::uint32_t a, std::uint32_t b) {
                return compare(rows_[a], rows_[b]) < 0;
            });
        }
        begin = end;
    }
}

// The 64 bits after those that all codes of the group begin with.
void GroupWriter::make_keys() {
    std::uint64_t high = 0;
    std::uint64_t low = 0;
    for (const PlacedRow& placed : rows_) {
        high |= placed.row.code_high ^ rows_.front().row.code_high;
        low |= placed.row.code_low ^ rows_.front().row.code_low;
    }
    const int common = high != 0 ? std::countl_zero(high) : 64 + std::countl_zero(low);
    keys_.resize(rows_.size());
    for (std::uint32_t i = 0; i < rows_.size(); ++i) {
        keys_[i] = {shifted(rows_[i].row, common), i};
    }
}

std::uint64_t GroupWriter::line_of(const PlacedRow& placed) const {
    if (placed.shard->is_own(placed.row)) return placed.shard->own_line(placed.row);
    return lines_.at(DemandShard::file_offset(placed.row));
}

void GroupWriter::find_duplicates(const WholeGroup& group) {
    for (std::size_t begin = 0; begin < order_.size();) {
        std::size_t end = begin + 1;
        while (end < order_.size() && compare(rows_[order_[begin]], rows_[order_[end]]) == 0) {
            ++end;
        }
        if (end - begin > 1) add_duplicates(group, begin, end);
        begin = end;
    }
}

void GroupWriter::add_duplicates(const WholeGroup& group, std::size_t begin, std::size_t end) {
    std::vector<std::uint64_t> lines;
    for (std::size_t i = begin; i < end; ++i) lines.push_back(line_of(rows_[order_[i]]));
    std::sort(lines.begin(), lines.end());
    for (std::size_t i = 1; i < lines.size(); ++i) {
        duplicates.add({lines[i], lines.front(), &group, rows_[order_[begin]]});
    }
}

void GroupWriter::append_rows(const WholeGroup& group, ByteBuffer& out) {
    std::size_t bytes = 0;
    for (const PlacedRow& placed : rows_) bytes += length_max(group, placed);
    out.make_room(bytes + 2 * kCopyStep);
    char* end = out.end();
    for (const std::uint32_t i : order_) end = append_row(group, rows_[i], end);
    out.set_end(end);
}

std::size_t GroupWriter::length_max(const WholeGroup& group, const PlacedRow& placed) const {
    constexpr std::size_t kSeparators = 5;  // three commas, two quotes; LF stands for one more
    const std::size_t supplier = supplier_fields_[placed.row.supplier_number()].size();
    const std::size_t code = placed.shard->code_length(placed.row);
    std::size_t length = group.prefix_length + kUnitsLengthMax + code + supplier + kSeparators + 1;
    if (placed.shard->is_own(placed.row)) {
        length += code + placed.shard->canonical_rest(placed.row).size();
    }
    return length;
}

char* GroupWriter::append_row(const WholeGroup& group, const PlacedRow& placed, char* out) {
    const HospitalRow& row = placed.row;
    out = append_padded(out, group.prefix.data(), group.prefix_length);
    out = append_units(out, row.units());
    *out++ = ',';
    const bool own = placed.shard->is_own(row);
    const std::size_t code_length = placed.shard->code_length(row);
    if (own) {
        field_.clear();
        append_csv_field(field_, placed.shard->code(row));
        out = append(out, field_);
    } else if (code_length <= kCopyStep) {
        put_head(out, row);
        out += code_length;
    } else {
        out = append(out, placed.shard->code(row));
    }
    *out++ = ',';
    if (const std::uint32_t supplier = row.supplier_number()) {
        out = append(out, supplier_fields_[supplier]);
    }
    if (own) out = append(out, placed.shard->canonical_rest(row));
    *out++ = '\n';
    return out;
}

void GroupWriter::add_cells(const WholeGroup& group, std::vector<round::DemandCell>& cells) {
    sums_.clear();
    std::uint32_t last = rows_.front().row.supplier_number();
    Int128 sum = 0;
    for (const PlacedRow& placed : rows_) {
        const std::uint32_t supplier = placed.row.supplier_number();
        if (supplier != last) {
            sums_[last] += sum;
            sum = 0;
            last = supplier;
        }
        sum += placed.row.units();
    }
    sums_[last] += sum;
    for (const auto& [supplier, units] : sums_) {
        if (units > kQuantitySumMax) {
            sums_too_large.push_back(
                {round_.lots[group.lot].id,
                 round_.specs[group.spec].name,
                 regions_[group.region],
                 supplier}
            );
            continue;
        }
        cells.push_back(
            {group.lot,
             group.spec,
             group.region,
             supplier == 0 ? std::nullopt : std::optional<round::SupplierIndex>(supplier - 1),
             money::Quantity(static_cast<std::int64_t>(units))}
        );
    }
}

}  // namespace jicai::catalogs::round_folder
