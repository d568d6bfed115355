#pragma once

#include <engine/round/round.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

/// \file
/// The rows of demand.csv in memory: grouped by lot, spec and region while they are read, 32 bytes
/// each, the hospital's code ready for comparing. Two million rows take 64 MB.

namespace jicai::catalogs::round_folder {

/// One row of a group. The hospital's code is compared by its first 16 bytes as two big-endian
/// numbers (zero padded; a code holds no NUL), then by the rest of its text.
struct HospitalRow {
    std::uint64_t code_high;
    std::uint64_t code_low;
    std::uint64_t where;     ///< see RowText
    std::uint64_t quantity;  ///< units in the low 40 bits, supplier index + 1 (0: none) above

    static constexpr unsigned kQuantityBits = 40;
    [[nodiscard]] std::int64_t units() const {
        return static_cast<std::int64_t>(quantity & ((std::uint64_t{1} << kQuantityBits) - 1));
    }
    /// 0 when the row names no supplier. Suppliers are in the order of their ids; bidders.csv is
    /// too small to hold the 2^24 of them that would not fit.
    [[nodiscard]] std::uint32_t supplier_number() const {
        return static_cast<std::uint32_t>(quantity >> kQuantityBits);
    }
};

/// First 16 bytes of a code, as in HospitalRow.
struct CodeHead {
    std::uint64_t high;
    std::uint64_t low;
};
[[nodiscard]] CodeHead code_head(std::string_view code);

/// Where the text of a row is: length of the code (low 16 bits), offset (47 bits), and whether
/// the offset is into the file or into the shard's own memory.
struct RowText {
    static constexpr std::uint64_t kOwn = std::uint64_t{1} << 63U;
    static constexpr unsigned kLengthBits = 16;
    [[nodiscard]] static std::uint64_t in_file(std::size_t offset, std::size_t length) {
        return (std::uint64_t{offset} << kLengthBits) | length;
    }
};

/// A group being filled. Rows stand in pieces that grow from 4 to 64 rows.
struct DemandGroup {
    round::LotIndex lot;
    round::SpecIndex spec;
    round::RegionIndex region;
    HospitalRow* next = nullptr;
    HospitalRow* limit = nullptr;
    struct Piece {
        HospitalRow* begin;
        HospitalRow* end;  ///< of the last piece: `next`
    };
    std::vector<Piece> pieces = {};
    [[nodiscard]] std::size_t rows() const;
};

/// Memory for rows, in huge pages where the system has them: groups are filled in any order.
class RowBlock {
public:
    static constexpr std::size_t kBytes = std::size_t{1} << 21U;
    static constexpr std::size_t kRows = kBytes / sizeof(HospitalRow);
    RowBlock();
    [[nodiscard]] HospitalRow* rows() const { return rows_.get(); }

private:
    struct Free {
        void operator()(HospitalRow* rows) const;
    };
    std::unique_ptr<HospitalRow[], Free> rows_;
};

/// The rows one thread has read.
class DemandShard {
public:
    explicit DemandShard(std::string_view text) : text_(text) {}

    /// The group of a lot, spec and region; new when there is none. Stays valid.
    DemandGroup& group(round::LotIndex lot, round::SpecIndex spec, round::RegionIndex region);
    void append(DemandGroup& group, const HospitalRow& row) {
        if (group.next == group.limit) grow(group);
        *group.next++ = row;
    }
    /// Keeps the text of a row that is not as it stands in the file: a code out of resolved quotes
    /// or one that needs them, and the canonical fields of unknown columns. Returns `where`.
    [[nodiscard]] std::uint64_t keep(
        std::uint64_t line, std::string_view code, std::string_view canonical_rest
    );

    [[nodiscard]] const std::vector<std::unique_ptr<DemandGroup>>& groups() const {
        return groups_;
    }
    [[nodiscard]] std::string_view text() const { return text_; }
    [[nodiscard]] std::string_view code(const HospitalRow& row) const;
    [[nodiscard]] static std::size_t code_length(const HospitalRow& row) {
        return static_cast<std::size_t>(
            row.where & ((std::uint64_t{1} << RowText::kLengthBits) - 1)
        );
    }
    [[nodiscard]] bool is_own(const HospitalRow& row) const {
        return (row.where & RowText::kOwn) != 0;
    }
    /// Own rows: canonical fields after the supplier, with a comma before each.
    [[nodiscard]] std::string_view canonical_rest(const HospitalRow& row) const;
    /// Own rows: the line of the file.
    [[nodiscard]] std::uint64_t own_line(const HospitalRow& row) const;
    /// Other rows: an offset within the row.
    [[nodiscard]] static std::size_t file_offset(const HospitalRow& row) {
        return static_cast<std::size_t>(row.where >> RowText::kLengthBits);
    }

private:
    void grow(DemandGroup& group);

    struct OwnText {
        std::uint64_t line;
        std::uint64_t rest_length;
    };
    std::string_view text_;
    std::vector<std::unique_ptr<DemandGroup>> groups_;
    std::unordered_map<std::uint64_t, std::vector<DemandGroup*>> groups_by_spec_;
    std::vector<RowBlock> blocks_;
    HospitalRow* block_next_ = nullptr;
    HospitalRow* block_limit_ = nullptr;
    std::string own_;
};

}  // namespace jicai::catalogs::round_folder
