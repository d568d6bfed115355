#include <catalogs/round_folder/text_table.h>
#include <catalogs/round_folder/demand_scan.h>
#include <catalogs/round_folder/formats.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <vector>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace jicai::catalogs::round_folder {

namespace {

constexpr std::size_t kBlock = 64;
constexpr std::size_t kFieldsMax = 6;
constexpr std::size_t kSlack = kBlock + 16;  ///< bytes that may be read past a line

/// One bit per byte of a block.
struct BlockMasks {
    std::uint64_t comma = 0;
    std::uint64_t line_end = 0;
    std::uint64_t quote = 0;
};

#if defined(__SSE2__)

struct Sixteens {
    __m128i part[4];
};

std::uint64_t equal_mask(const Sixteens& bytes, char wanted) {
    const __m128i pattern = _mm_set1_epi8(wanted);
    std::uint64_t mask = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        const auto bits =
            static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes.part[i], pattern)));
        mask |= std::uint64_t{bits} << (16 * i);
    }
    return mask;
}

BlockMasks block_masks(const char* at) {
    Sixteens bytes;
    for (std::size_t i = 0; i < 4; ++i) {
        bytes.part[i] = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at + 16 * i));
    }
    return {equal_mask(bytes, ','), equal_mask(bytes, '\n'), equal_mask(bytes, '"')};
}

/// Bits of those of 16 bytes that are not plain: blanks, controls, bytes of longer characters, and
/// + and #, which spreadsheets leave in codes they have mangled.
std::uint32_t unplain_mask(const char* at) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    const __m128i plain = _mm_cmpgt_epi8(bytes, _mm_set1_epi8(' '));
    const __m128i marks = _mm_or_si128(
        _mm_cmpeq_epi8(bytes, _mm_set1_epi8('+')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('#'))
    );
    return static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_andnot_si128(marks, plain))) ^ 0xFFFFU;
}

#else

BlockMasks block_masks(const char* at) {
    BlockMasks masks;
    for (std::size_t i = 0; i < kBlock; ++i) {
        const std::uint64_t bit = std::uint64_t{1} << i;
        if (at[i] == ',') masks.comma |= bit;
        if (at[i] == '\n') masks.line_end |= bit;
        if (at[i] == '"') masks.quote |= bit;
    }
    return masks;
}

std::uint32_t unplain_mask(const char* at) {
    std::uint32_t mask = 0;
    for (std::size_t i = 0; i < 16; ++i) {
        const auto byte = static_cast<unsigned char>(at[i]);
        const bool plain = byte > ' ' && byte < 0x80 && byte != '+' && byte != '#';
        if (!plain) mask |= std::uint32_t{1} << i;
    }
    return mask;
}

#endif

std::uint64_t load(const char* at) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, sizeof word);
    return word;
}

std::uint64_t load_big_endian(const char* at) {
    const std::uint64_t word = load(at);
    if constexpr (std::endian::native == std::endian::little) return __builtin_bswap64(word);
    return word;
}

/// The first `length` (0 to 8) bytes at `at` as the high bytes of a number. Reads 8 bytes.
std::uint64_t head_of(const char* at, std::size_t length) {
    if (length == 0) return 0;
    return load_big_endian(at) & (~std::uint64_t{0} << (8 * (8 - length)));
}

/// A mix of all bytes; only speed depends on its quality. Reads up to 7 bytes past the end.
std::uint64_t hash_of(const char* at, std::size_t length) {
    constexpr std::uint64_t kMultiplier = 0x9E3779B97F4A7C15U;
    std::uint64_t hash = length * kMultiplier;
    std::size_t i = 0;
    for (; i + 8 <= length; i += 8) hash = (std::rotl(hash, 29) ^ load(at + i)) * kMultiplier;
    if (i < length) {
        const std::uint64_t rest = head_of(at + i, length - i);
        hash = (std::rotl(hash, 29) ^ rest) * kMultiplier;
    }
    return hash ^ (hash >> 32U);
}

constexpr std::size_t kNameBytes = 40;

/// Whether the first `length` bytes (at most kNameBytes) are the same. Reads kNameBytes of both.
bool starts_alike(const char* left, const char* right, std::size_t length) {
    std::uint64_t difference = 0;
    for (std::size_t i = 0; i < length; i += 8) {
        std::uint64_t bits = load_big_endian(left + i) ^ load_big_endian(right + i);
        if (length - i < 8) bits >>= 8 * (8 - (length - i));
        difference |= bits;
    }
    return difference == 0;
}

/// Up to 8 digits, the last of them before `end`. Reads the 8 bytes before `end`.
std::optional<std::uint64_t> read_digits(const char* end, std::size_t length) {
    if constexpr (std::endian::native != std::endian::little) return {};
    constexpr std::uint64_t kZeros = 0x3030303030303030U;
    std::uint64_t word = load(end - 8);
    if (length < 8) {
        word = (word & (~std::uint64_t{0} << (8 * (8 - length)))) | (kZeros >> (8 * length));
    }
    constexpr std::uint64_t kHighHalves = 0xF0F0F0F0F0F0F0F0U;
    const std::uint64_t raised = word + 0x0606060606060606U;  // '9' stays below 0x40, ':' does not
    if ((word & kHighHalves) != kZeros || (raised & kHighHalves) != kZeros) return {};
    word -= kZeros;
    word = (word * 10) + (word >> 8U);
    constexpr std::uint64_t kMask = 0x000000FF000000FFU;
    constexpr std::uint64_t kHundreds = 0x000F424000000064U;
    constexpr std::uint64_t kOnes = 0x0000271000000001U;
    return (((word & kMask) * kHundreds) + (((word >> 16U) & kMask) * kOnes)) >> 32U;
}

/// Groups by the bytes that name them in the file. A short name stands in the table itself, so that
/// finding a group of a shuffled file touches two cache lines.
class GroupTable {
public:
    struct alignas(64) Entry {
        DemandGroup* group = nullptr;
        std::string_view name = {};
        std::array<char, kNameBytes> head = {};  ///< of the name, zero padded
    };

    GroupTable() : slots_(kSlotsFirst, kFree) {}

    /// The entry of `name`, or nothing. Reads up to kNameBytes past the end of the name.
    [[nodiscard]] const Entry* find(std::uint64_t hash, std::string_view name) const {
        const std::size_t mask = slots_.size() - 1;
        for (std::size_t i = static_cast<std::size_t>(hash) & mask;; i = (i + 1) & mask) {
            const std::uint64_t slot = slots_[i];
            if (slot == kFree) return nullptr;
            if ((slot ^ hash) >> 32U != 0) continue;
            const Entry& entry = entries_[static_cast<std::uint32_t>(slot) - 1];
            if (same(entry, name)) return &entry;
        }
    }

    const Entry& add(std::uint64_t hash, std::string_view name, DemandGroup& group) {
        if (2 * (entries_.size() + 1) > slots_.size()) double_slots();
        Entry& entry = entries_.emplace_back();
        entry.group = &group;
        entry.name = name;
        std::memcpy(entry.head.data(), name.data(), std::min(name.size(), kNameBytes));
        hashes_.push_back(hash);
        put(hash, entries_.size());
        return entry;
    }

private:
    static constexpr std::size_t kSlotsFirst = 16 * 1024;
    static constexpr std::uint64_t kFree = 0;

    static bool same(const Entry& entry, std::string_view name) {
        if (entry.name.size() != name.size()) return false;
        if (name.size() > kNameBytes) return entry.name == name;
        return starts_alike(entry.head.data(), name.data(), name.size());
    }

    // High half: of the hash. Low half: number of the entry, from 1.
    void put(std::uint64_t hash, std::size_t number) {
        const std::size_t mask = slots_.size() - 1;
        std::size_t i = static_cast<std::size_t>(hash) & mask;
        while (slots_[i] != kFree) i = (i + 1) & mask;
        slots_[i] = (hash >> 32U << 32U) | number;
    }

    void double_slots() {
        slots_.assign(2 * slots_.size(), kFree);
        for (std::size_t i = 0; i < hashes_.size(); ++i) put(hashes_[i], i + 1);
    }

    std::vector<std::uint64_t> slots_;
    std::vector<Entry> entries_;
    std::vector<std::uint64_t> hashes_;
};

/// A line: where each field begins and ends.
struct Line {
    std::array<std::size_t, kFieldsMax + 1>
        begin;         ///< of field i; of the one past the last: end + 1
    std::size_t next;  ///< where the next line begins
    [[nodiscard]] std::size_t end(std::size_t field) const { return begin[field + 1] - 1; }
};

class Scanner {
public:
    Scanner(DemandShard& shard, const Header& header, DemandScanShared& shared)
        : shard_(shard),
          shared_(shared),
          text_(shard.text()),
          fields_(header.fields),
          field_of_(header.field_of) {
        const std::array<std::size_t, 3> name{
            field_of_[kDemandLot], field_of_[kDemandSpec], field_of_[kDemandRegion]};
        name_first_ = *std::min_element(name.begin(), name.end());
    }

    std::optional<std::size_t> scan(
        std::size_t begin, std::size_t end, const std::function<void(std::size_t)>& progress
    ) {
        std::size_t told = begin;
        std::size_t at = begin;
        Line line;
        while (at < end) {
            if (at - told >= kProgressBytes) {
                if (shared_.given_up.load(std::memory_order_relaxed)) return {};
                if (progress) progress(at - begin);
                told = at;
            }
            switch (find_line(at, line)) {
                case Found::line:
                    if (!take(at, line)) return give_up();
                    break;
                case Found::blank:
                    break;
                case Found::near_end:
                    return at;
                case Found::unplain:
                    return give_up();
            }
            at = line.next;
        }
        return at;
    }

private:
    static constexpr std::size_t kProgressBytes = 1U << 20U;
    enum class Found : std::uint8_t { line, blank, near_end, unplain };

    std::optional<std::size_t> give_up() {
        shared_.given_up.store(true, std::memory_order_relaxed);
        return {};
    }

    Found find_line(std::size_t at, Line& line) const {
        std::size_t field = 0;
        line.begin[0] = at;
        for (std::size_t block = at;; block += kBlock) {
            if (block + kBlock + kSlack > text_.size()) return Found::near_end;
            const BlockMasks masks = block_masks(text_.data() + block);
            if (masks.quote != 0) return Found::unplain;
            std::uint64_t commas = masks.comma;
            if (masks.line_end != 0) commas &= masks.line_end ^ (masks.line_end - 1);
            while (commas != 0) {
                if (++field == fields_) return Found::unplain;
                line.begin[field] = block + static_cast<std::size_t>(std::countr_zero(commas)) + 1;
                commas &= commas - 1;
            }
            if (masks.line_end == 0) continue;
            std::size_t end = block + static_cast<std::size_t>(std::countr_zero(masks.line_end));
            line.next = end + 1;
            if (end > at && text_[end - 1] == '\r') --end;
            if (end == at) return Found::blank;
            line.begin[fields_] = end + 1;
            return field + 1 == fields_ ? Found::line : Found::unplain;
        }
    }

    bool take(std::size_t at, const Line& line) {
        DemandGroup* const group = group_of(line);
        if (group == nullptr) return false;
        HospitalRow row{};
        if (!read_quantity(line, row) || !read_supplier(line, row)) return false;
        const std::size_t hospital = field_of_[kDemandHospital];
        if (hospital == Header::kAbsent) {
            row.where = RowText::in_file(at, 0);
        } else if (!read_code(line.begin[hospital], line.end(hospital), row)) {
            return false;
        }
        shard_.append(*group, row);
        return true;
    }

    DemandGroup* group_of(const Line& line) {
        const std::size_t begin = line.begin[name_first_];
        const std::string_view name(text_.data() + begin, line.end(name_first_ + 2) - begin);
        if (name.size() == last_name_.size() && name == last_name_) return last_group_;
        const std::uint64_t hash = hash_of(name.data(), name.size());
        const GroupTable::Entry* entry = table_.find(hash, name);
        if (entry == nullptr) {
            DemandGroup* const group = new_group(line);
            if (group == nullptr) return nullptr;
            entry = &table_.add(hash, name, *group);
        }
        last_name_ = name;
        last_group_ = entry->group;
        return last_group_;
    }

    [[nodiscard]] std::string_view field(const Line& line, std::size_t column) const {
        const std::size_t number = field_of_[column];
        if (number == Header::kAbsent) return {};
        return text_.substr(line.begin[number], line.end(number) - line.begin[number]);
    }

    DemandGroup* new_group(const Line& line) {
        const std::lock_guard lock(shared_.known_mutex);
        References& known = shared_.known;
        const auto lot = known.lot(field(line, kDemandLot));
        if (!lot) return nullptr;
        const auto spec = known.spec(*lot, field(line, kDemandSpec));
        if (!spec) return nullptr;
        const std::string_view name = field(line, kDemandRegion);
        auto region = known.region(name);
        if (!region && !known.regions_fixed() && is_sound_code(name) && !name.empty()) {
            region = known.add_region(name);
        }
        if (!region) return nullptr;
        return &shard_.group(*lot, *spec, *region);
    }

    static bool is_sound_code(std::string_view code) {
        return code.size() <= kCellBytesMax && utf8_valid_up_to(code) == code.size() &&
               code.find('\0') == std::string_view::npos &&
               code.find('\r') == std::string_view::npos && !fault_of_code(code);
    }

    bool read_quantity(const Line& line, HospitalRow& row) const {
        const std::size_t number = field_of_[kDemandQuantity];
        const std::size_t end = line.end(number);
        const std::size_t length = end - line.begin[number];
        if (length >= 1 && length <= 8 && end >= 8) {
            if (const auto units = read_digits(text_.data() + end, length)) {
                row.quantity = *units;
                return true;
            }
        }
        const auto units = number_of(field(line, kDemandQuantity), kQuantity);
        if (!units) return false;
        row.quantity = static_cast<std::uint64_t>(*units);
        return true;
    }

    bool read_supplier(const Line& line, HospitalRow& row) {
        const std::string_view id = field(line, kDemandSupplier);
        if (id.empty()) return true;
        if (id != last_supplier_) {
            const auto supplier = shared_.known.supplier(id);
            if (!supplier) return false;
            last_supplier_ = id;
            last_supplier_bits_ = (std::uint64_t{*supplier} + 1) << HospitalRow::kQuantityBits;
        }
        row.quantity |= last_supplier_bits_;
        return true;
    }

    bool read_code(std::size_t begin, std::size_t end, HospitalRow& row) const {
        const char* const code = text_.data() + begin;
        const std::size_t length = end - begin;
        row.where = RowText::in_file(begin, length);
        row.code_high = head_of(code, std::min<std::size_t>(length, 8));
        row.code_low = length > 8 ? head_of(code + 8, std::min<std::size_t>(length - 8, 8)) : 0;
        if (length <= 16) {
            const std::uint32_t inside = (std::uint32_t{1} << length) - 1;
            if ((unplain_mask(code) & inside) == 0) return true;
        }
        return is_sound_code({code, length});
    }

    DemandShard& shard_;
    DemandScanShared& shared_;
    std::string_view text_;
    std::size_t fields_;
    std::vector<std::size_t> field_of_;
    std::size_t name_first_ = 0;
    GroupTable table_;
    std::string_view last_name_ = {};
    DemandGroup* last_group_ = nullptr;
    std::string_view last_supplier_ = {};
    std::uint64_t last_supplier_bits_ = 0;
};

}  // namespace

bool is_scannable(const Header& header) {
    if (!header.unknown_columns.empty() || header.fields > kFieldsMax) return false;
    std::array<std::size_t, 3> name{
        header.field_of[kDemandLot], header.field_of[kDemandSpec], header.field_of[kDemandRegion]};
    std::sort(name.begin(), name.end());
    return name[2] == name[0] + 2;
}

std::optional<std::size_t> scan_demand(
    DemandShard& shard,
    const Header& header,
    std::size_t begin,
    std::size_t end,
    DemandScanShared& shared,
    const std::function<void(std::size_t bytes)>& progress
) {
    return Scanner(shard, header, shared).scan(begin, end, progress);
}

}  // namespace jicai::catalogs::round_folder
