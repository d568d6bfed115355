#pragma once

#include <catalogs/round_folder/demand_rows.h>
#include <catalogs/round_folder/text_table.h>
#include <engine/round/round.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// One group of demand rows (lot, spec, region) from all shards: hospitals sorted, duplicates
/// found, rows written in canonical form, quantities summed.

namespace jicai::catalogs::round_folder {

/// A group of all shards, in canonical order.
struct WholeGroup {
    round::LotIndex lot;
    round::SpecIndex spec;
    round::RegionIndex region;
    std::string prefix;  ///< canonical "lot,spec,region,", then kPrefixPadding bytes
    std::size_t prefix_length = 0;
    std::vector<std::pair<const DemandShard*, const DemandGroup*>> parts;
    std::size_t rows = 0;
};
inline constexpr std::size_t kPrefixPadding = 16;

struct PlacedRow {
    HospitalRow row;
    const DemandShard* shard;
};

struct Duplicate {
    std::uint64_t row;
    std::uint64_t first_row;
    const WholeGroup* group;
    PlacedRow placed;
};

struct SumTooLarge {
    std::string lot;
    std::string spec;
    std::string region;
    std::uint32_t supplier;  ///< as HospitalRow::supplier_number
};

/// Lines by offset, counted once when first asked.
class LineNumbers {
public:
    explicit LineNumbers(std::string_view text) : text_(text) {}

    std::uint64_t at(std::size_t offset) {
        std::call_once(counted_, [this] { count(); });
        const std::size_t block = offset / kBlock;
        const std::string_view rest = text_.substr(block * kBlock, offset - block * kBlock);
        return 1 + before_[block] + newlines(rest);
    }

private:
    static constexpr std::size_t kBlock = 1024;

    static std::uint64_t newlines(std::string_view text) {
        return static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
    }

    void count() {
        std::uint64_t total = 0;
        for (std::size_t begin = 0; begin <= text_.size(); begin += kBlock) {
            before_.push_back(total);
            total += newlines(text_.substr(begin, kBlock));
        }
    }

    std::string_view text_;
    std::once_flag counted_;
    std::vector<std::uint64_t> before_;
};

/// The duplicates with the smallest rows, and how many there are in all.
class Duplicates {
public:
    void add(Duplicate duplicate) {
        ++count_;
        first_.push_back(std::move(duplicate));
        if (first_.size() >= 4 * kFaultsShownMax) keep_first();
    }
    void add_all(Duplicates& other) {
        for (Duplicate& duplicate : other.first_) first_.push_back(std::move(duplicate));
        count_ += other.count_;
    }
    void keep_first() {
        std::sort(first_.begin(), first_.end(), [](const Duplicate& a, const Duplicate& b) {
            return a.row < b.row;
        });
        if (first_.size() > kFaultsShownMax) first_.resize(kFaultsShownMax);
    }
    [[nodiscard]] const std::vector<Duplicate>& first() const { return first_; }
    [[nodiscard]] std::uint64_t count() const { return count_; }

private:
    std::vector<Duplicate> first_;
    std::uint64_t count_ = 0;
};

/// Bytes being written without checks: room is made beforehand for a whole group.
class ByteBuffer {
public:
    void make_room(std::size_t bytes) {
        if (capacity_ - size_ >= bytes) return;
        const std::size_t capacity = std::max(size_ + bytes, 2 * capacity_);
        std::unique_ptr<char[]> grown(new char[capacity]);
        if (size_ > 0) std::memcpy(grown.get(), bytes_.get(), size_);
        bytes_ = std::move(grown);
        capacity_ = capacity;
    }
    [[nodiscard]] char* end() { return bytes_.get() + size_; }
    void set_end(const char* end) { size_ = static_cast<std::size_t>(end - bytes_.get()); }
    void clear() { size_ = 0; }
    [[nodiscard]] std::string_view view() const { return {bytes_.get(), size_}; }

private:
    std::unique_ptr<char[]> bytes_;
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;
};

/// What one thread makes of groups: sorted rows in canonical form, demand cells, duplicates. Memory
/// is reused from group to group. What is passed to the constructor must outlive this.
class GroupWriter {
public:
    /// `supplier_fields`: the canonical field by HospitalRow::supplier_number.
    GroupWriter(
        const std::vector<std::string>& regions,
        const round::Round& round,
        LineNumbers& lines,
        const std::vector<std::string>& supplier_fields
    )
        : regions_(regions), round_(round), lines_(lines), supplier_fields_(supplier_fields) {}

    /// Appends the canonical rows of `group` to `out` and its cells, by supplier, to `cells`.
    /// \pre the group has rows
    void write(const WholeGroup& group, ByteBuffer& out, std::vector<round::DemandCell>& cells);

    Duplicates duplicates;
    std::vector<SumTooLarge> sums_too_large;

private:
    struct SortKey {
        std::uint64_t key;
        std::uint32_t index;
    };

    void gather(const WholeGroup& group);
    void sort();
    void make_keys();
    void find_duplicates(const WholeGroup& group);
    void add_duplicates(const WholeGroup& group, std::size_t begin, std::size_t end);
    void append_rows(const WholeGroup& group, ByteBuffer& out);
    [[nodiscard]] std::size_t length_max(const WholeGroup& group, const PlacedRow& placed) const;
    char* append_row(const WholeGroup& group, const PlacedRow& placed, char* out);
    void add_cells(const WholeGroup& group, std::vector<round::DemandCell>& cells);
    [[nodiscard]] std::uint64_t line_of(const PlacedRow& placed) const;
    std::vector<std::uint32_t>::iterator at(std::size_t i) {
        return order_.begin() + static_cast<std::ptrdiff_t>(i);
    }

    const std::vector<std::string>& regions_;
    const round::Round& round_;
    LineNumbers& lines_;
    const std::vector<std::string>& supplier_fields_;
    std::vector<PlacedRow> rows_;
    std::vector<SortKey> keys_;
    std::vector<std::uint32_t> order_;
    std::map<std::uint32_t, money::Int128> sums_;
    std::string field_;
};

}  // namespace jicai::catalogs::round_folder
