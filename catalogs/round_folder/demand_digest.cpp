#include <catalogs/round_folder/cells.h>
#include <catalogs/round_folder/demand_digest.h>
#include <catalogs/round_folder/table.h>
#include <catalogs/sha256/sha256.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <condition_variable>
#include <cstring>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <tuple>

namespace jicai::catalogs::round_folder {

namespace {

using money::Int128;

constexpr std::size_t kBatchRows = 4096;

/// A group of all shards, in canonical order.
struct WholeGroup {
    round::LotIndex lot;
    round::SpecIndex spec;
    round::RegionIndex region;
    std::string prefix;  ///< canonical "lot,spec,region,", then 16 bytes of nothing
    std::size_t prefix_length = 0;
    std::vector<std::pair<const DemandShard*, const DemandGroup*>> parts;
    std::size_t rows = 0;
};

struct Duplicate {
    std::uint64_t row;
    std::uint64_t first_row;
    std::string value;
};

struct SumTooLarge {
    std::string value;
    std::string lot;
    std::string spec;
    std::string region;
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
    static constexpr std::size_t kBlock = 64 * 1024;

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

struct PlacedRow {
    HospitalRow row;
    const DemandShard* shard;
};

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

constexpr std::size_t kCopyStep = 16;

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

/// What one thread makes of groups. Memory is reused from group to group.
class GroupWriter {
public:
    GroupWriter(
        const std::vector<std::string>& regions,
        const round::Round& round,
        LineNumbers& lines,
        const std::vector<std::string>& supplier_fields
    )
        : regions_(regions), round_(round), lines_(lines), supplier_fields_(supplier_fields) {}

    void write(const WholeGroup& group, ByteBuffer& out, std::vector<round::DemandCell>& cells) {
        gather(group);
        sort();
        find_duplicates(group);
        append_rows(group, out);
        add_cells(group, cells);
    }

    Duplicates duplicates;
    std::vector<SumTooLarge> sums_too_large;

private:
    void gather(const WholeGroup& group) {
        rows_.clear();
        for (const auto& [shard, part] : group.parts) {
            for (const DemandGroup::Piece& piece : part->pieces) {
                const HospitalRow* const end =
                    &piece == &part->pieces.back() ? part->next : piece.end;
                for (const HospitalRow* row = piece.begin; row != end; ++row) {
                    rows_.push_back({*row, shard});
                }
            }
        }
    }

    struct SortKey {
        std::uint64_t key;
        std::uint32_t index;
    };

    void sort() {
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

    std::vector<std::uint32_t>::iterator at(std::size_t i) {
        return order_.begin() + static_cast<std::ptrdiff_t>(i);
    }

    // The 64 bits after those that all codes of the group begin with.
    void make_keys() {
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

    static std::uint64_t shifted(const HospitalRow& row, int bits) {
        if (bits >= 128) return 0;
        if (bits >= 64) return row.code_low << static_cast<unsigned>(bits - 64);
        if (bits == 0) return row.code_high;
        return (row.code_high << static_cast<unsigned>(bits)) |
               (row.code_low >> static_cast<unsigned>(64 - bits));
    }

    std::uint64_t line_of(const PlacedRow& placed) {
        if (placed.shard->is_own(placed.row)) return placed.shard->own_line(placed.row);
        return lines_.at(DemandShard::file_offset(placed.row));
    }

    void find_duplicates(const WholeGroup& group) {
        for (std::size_t begin = 0; begin < order_.size();) {
            std::size_t end = begin + 1;
            while (end < order_.size() && compare(rows_[order_[begin]], rows_[order_[end]]) == 0) {
                ++end;
            }
            if (end - begin > 1) add_duplicates(group, begin, end);
            begin = end;
        }
    }

    void add_duplicates(const WholeGroup& group, std::size_t begin, std::size_t end) {
        std::vector<std::uint64_t> lines;
        for (std::size_t i = begin; i < end; ++i) lines.push_back(line_of(rows_[order_[i]]));
        std::sort(lines.begin(), lines.end());
        const PlacedRow& placed = rows_[order_[begin]];
        std::string value = round_.lots[group.lot].id + ", " + round_.specs[group.spec].name +
                            ", " + regions_[group.region] + ", " +
                            std::string(placed.shard->code(placed.row)) + ", ";
        if (const std::uint32_t number = placed.row.supplier_number()) {
            value += round_.suppliers[number - 1].id;
        }
        for (std::size_t i = 1; i < lines.size(); ++i) {
            duplicates.add({lines[i], lines.front(), value});
        }
    }

    void append_rows(const WholeGroup& group, ByteBuffer& out) {
        std::size_t bytes = 0;
        for (const PlacedRow& placed : rows_) bytes += length_max(group, placed);
        out.make_room(bytes + 2 * kCopyStep);
        char* end = out.end();
        for (const std::uint32_t i : order_) end = append_row(group, rows_[i], end);
        out.set_end(end);
    }

    std::size_t length_max(const WholeGroup& group, const PlacedRow& placed) const {
        constexpr std::size_t kSeparators = 5;  // three commas, two quotes; LF stands for one more
        const std::size_t supplier = supplier_fields_[placed.row.supplier_number()].size();
        const std::size_t code = placed.shard->code_length(placed.row);
        std::size_t length =
            group.prefix_length + kUnitsLengthMax + code + supplier + kSeparators + 1;
        if (placed.shard->is_own(placed.row)) {
            length += code + placed.shard->canonical_rest(placed.row).size();
        }
        return length;
    }

    char* append_row(const WholeGroup& group, const PlacedRow& placed, char* out) {
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

    void add_cells(const WholeGroup& group, std::vector<round::DemandCell>& cells) {
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
                    {"> " + std::to_string(kQuantitySumMax),
                     round_.lots[group.lot].id,
                     round_.specs[group.spec].name,
                     regions_[group.region]}
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

    const std::vector<std::string>& regions_;
    const round::Round& round_;
    LineNumbers& lines_;
    const std::vector<std::string>& supplier_fields_;
    std::vector<PlacedRow> rows_;
    std::vector<SortKey> keys_;
    std::vector<std::uint32_t> order_;
    std::map<std::uint32_t, Int128> sums_;
    std::string field_;
};

/// Some groups in a row, written by one thread, hashed by any.
struct Batch {
    std::size_t group_begin;
    std::size_t group_end;
    ByteBuffer bytes = {};
    std::vector<round::DemandCell> cells = {};
    bool written = false;
};

/// Hands out work: hashing what is next to be hashed comes first, then writing the next batch.
class Pipeline {
public:
    Pipeline(std::vector<Batch>& batches, std::size_t ahead_max)
        : batches_(batches), ahead_max_(ahead_max) {}

    enum class Task : std::uint8_t { hash, write, done };

    std::pair<Task, Batch*> next() {
        std::unique_lock lock(mutex_);
        while (true) {
            if (abandoned_ || hashed_ == batches_.size()) return {Task::done, nullptr};
            if (!hashing_ && batches_[hashed_].written) {
                hashing_ = true;
                return {Task::hash, &batches_[hashed_]};
            }
            if (begun_ < batches_.size() && begun_ - hashed_ < ahead_max_) {
                Batch& batch = batches_[begun_++];
                if (!spare_.empty()) {
                    batch.bytes = std::move(spare_.back());
                    spare_.pop_back();
                }
                return {Task::write, &batch};
            }
            changed_.wait(lock);
        }
    }

    void finished(Task task, Batch& batch) {
        const std::lock_guard lock(mutex_);
        if (task == Task::write) {
            batch.written = true;
        } else {
            ++hashed_;
            hashing_ = false;
            batch.bytes.clear();
            spare_.push_back(std::move(batch.bytes));
        }
        changed_.notify_all();
    }

    /// A thread left by an exception: the others must not wait for it.
    void abandon() {
        const std::lock_guard lock(mutex_);
        abandoned_ = true;
        changed_.notify_all();
    }

private:
    std::vector<Batch>& batches_;
    std::size_t ahead_max_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<ByteBuffer> spare_;
    std::size_t begun_ = 0;
    std::size_t hashed_ = 0;
    bool hashing_ = false;
    bool abandoned_ = false;
};

class AbandonOnUnwind {
public:
    explicit AbandonOnUnwind(Pipeline& pipeline) : pipeline_(&pipeline) {}
    ~AbandonOnUnwind() {
        if (pipeline_ != nullptr) pipeline_->abandon();
    }
    AbandonOnUnwind(const AbandonOnUnwind&) = delete;
    AbandonOnUnwind& operator=(const AbandonOnUnwind&) = delete;
    void dismiss() { pipeline_ = nullptr; }

private:
    Pipeline* pipeline_;
};

std::vector<WholeGroup> whole_groups(
    const std::vector<const DemandShard*>& shards,
    const std::vector<std::string>& regions,
    const round::Round& round
) {
    using Key = std::tuple<round::LotIndex, round::SpecIndex, round::RegionIndex>;
    std::map<Key, WholeGroup> by_index;
    for (const DemandShard* shard : shards) {
        for (const auto& part : shard->groups()) {
            const auto [lot, spec, region] = Key(part->lot, part->spec, part->region);
            WholeGroup& group = by_index[{lot, spec, region}];
            if (group.parts.empty()) {
                group.lot = lot;
                group.spec = spec;
                group.region = region;
                for (const std::string& name :
                     {round.lots[lot].id, round.specs[spec].name, regions[region]}) {
                    append_csv_field(group.prefix, name);
                    group.prefix.push_back(',');
                }
            }
            group.parts.emplace_back(shard, part.get());
            group.rows += part->rows();
        }
    }
    std::vector<WholeGroup> groups;
    for (auto& [key, group] : by_index) {
        group.prefix_length = group.prefix.size();
        group.prefix.append(kCopyStep, '\0');
        groups.push_back(std::move(group));
    }
    std::sort(groups.begin(), groups.end(), [&](const WholeGroup& a, const WholeGroup& b) {
        return std::tie(round.lots[a.lot].id, round.specs[a.spec].name, regions[a.region]) <
               std::tie(round.lots[b.lot].id, round.specs[b.spec].name, regions[b.region]);
    });
    return groups;
}

std::vector<Batch> batches_of(const std::vector<WholeGroup>& groups) {
    std::vector<Batch> batches;
    for (std::size_t begin = 0; begin < groups.size();) {
        std::size_t end = begin;
        std::size_t rows = 0;
        while (end < groups.size() && (end == begin || rows + groups[end].rows <= kBatchRows)) {
            rows += groups[end++].rows;
        }
        batches.push_back({begin, end});
        begin = end;
    }
    return batches;
}

/// The supplier's field by supplier number; empty for number 0.
std::vector<std::string> supplier_fields(const round::Round& round) {
    std::vector<std::string> fields(1);
    for (const round::Supplier& supplier : round.suppliers) {
        append_csv_field(fields.emplace_back(), supplier.id);
    }
    return fields;
}

void add_faults(std::vector<GroupWriter>& writers, FaultList& faults) {
    Duplicates all;
    for (GroupWriter& writer : writers) {
        for (const SumTooLarge& sum : writer.sums_too_large) {
            if (faults.counted_only()) continue;
            faults.add(
                FaultKind::demand_sum_too_large,
                {0, "quantity", sum.value},
                {{"lot", sum.lot},
                 {"spec", sum.spec},
                 {"region", sum.region},
                 {"bound", std::to_string(kQuantitySumMax)}}
            );
        }
        all.add_all(writer.duplicates);
    }
    all.keep_first();
    std::uint64_t told = 0;
    for (const Duplicate& duplicate : all.first()) {
        ++told;
        faults.add(
            FaultKind::key_duplicated,
            {duplicate.row, "lot, spec, region, hospital, supplier", duplicate.value},
            {{"first_row", std::to_string(duplicate.first_row)}}
        );
    }
    faults.add_count(all.count() - told);
}

}  // namespace

DemandResult digest_demand(
    const std::vector<const DemandShard*>& shards,
    const std::string& canonical_header,
    const std::vector<std::string>& regions,
    const round::Round& round,
    unsigned threads,
    FaultList& faults
) {
    DemandResult result;
    const std::vector<WholeGroup> groups = whole_groups(shards, regions, round);
    for (const WholeGroup& group : groups) result.rows += group.rows;
    std::vector<Batch> batches = batches_of(groups);
    const std::vector<std::string> fields = supplier_fields(round);
    LineNumbers lines(shards.empty() ? std::string_view{} : shards.front()->text());
    Sha256 digest;
    digest.update(canonical_header);

    const std::size_t workers =
        std::max<std::size_t>(1, std::min<std::size_t>(threads, batches.size()));
    std::vector<GroupWriter> writers;
    for (std::size_t i = 0; i < workers; ++i) writers.emplace_back(regions, round, lines, fields);
    Pipeline pipeline(batches, 2 * workers + 2);
    const auto work = [&](GroupWriter& writer) {
        AbandonOnUnwind guard(pipeline);
        while (true) {
            const auto [task, batch] = pipeline.next();
            if (task == Pipeline::Task::done) break;
            if (task == Pipeline::Task::hash) {
                digest.update(batch->bytes.view());
            } else {
                for (std::size_t i = batch->group_begin; i < batch->group_end; ++i) {
                    writer.write(groups[i], batch->bytes, batch->cells);
                }
            }
            pipeline.finished(task, *batch);
        }
        guard.dismiss();
    };
    std::vector<std::future<void>> others;
    for (std::size_t i = 1; i < workers; ++i) {
        others.push_back(std::async(std::launch::async, [&, i] { work(writers[i]); }));
    }
    work(writers[0]);
    for (std::future<void>& other : others) other.get();

    for (Batch& batch : batches) {
        result.cells.insert(result.cells.end(), batch.cells.begin(), batch.cells.end());
    }
    std::sort(
        result.cells.begin(),
        result.cells.end(),
        [](const round::DemandCell& a, const round::DemandCell& b) {
            return std::tie(a.lot, a.spec, a.region, a.supplier) <
                   std::tie(b.lot, b.spec, b.region, b.supplier);
        }
    );
    add_faults(writers, faults);
    result.digest = digest.hex();
    return result;
}

}  // namespace jicai::catalogs::round_folder
