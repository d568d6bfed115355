#include <catalogs/round_folder/text_table.h>
#include <catalogs/round_folder/demand_digest.h>
#include <catalogs/round_folder/group_writer.h>
#include <catalogs/round_folder/table.h>
#include <catalogs/sha256/sha256.h>

#include <algorithm>
#include <condition_variable>
#include <future>
#include <map>
#include <mutex>
#include <optional>
#include <tuple>

namespace jicai::catalogs::round_folder {

namespace {

constexpr std::size_t kBatchRows = 4096;

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
        group.prefix.append(kPrefixPadding, '\0');
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

std::string key_of(
    const Duplicate& duplicate, const std::vector<std::string>& regions, const round::Round& round
) {
    const WholeGroup& group = *duplicate.group;
    const PlacedRow& placed = duplicate.placed;
    std::string key = round.lots[group.lot].id + ", " + round.specs[group.spec].name + ", " +
                      regions[group.region] + ", " + std::string(placed.shard->code(placed.row)) +
                      ", ";
    if (const std::uint32_t number = placed.row.supplier_number()) {
        key += round.suppliers[number - 1].id;
    }
    return key;
}

void add_faults(
    std::vector<GroupWriter>& writers,
    const std::vector<std::string>& regions,
    const round::Round& round,
    FaultList& faults
) {
    Duplicates all;
    std::vector<SumTooLarge> sums;
    for (GroupWriter& writer : writers) {
        sums.insert(sums.end(), writer.sums_too_large.begin(), writer.sums_too_large.end());
        all.add_all(writer.duplicates);
    }
    std::sort(sums.begin(), sums.end(), [](const SumTooLarge& a, const SumTooLarge& b) {
        return std::tie(a.lot, a.spec, a.region, a.supplier) <
               std::tie(b.lot, b.spec, b.region, b.supplier);
    });
    for (const SumTooLarge& sum : sums) {
        faults.add(
            FaultKind::demand_sum_too_large,
            {0, "quantity", "> " + std::to_string(kQuantitySumMax)},
            {{"lot", sum.lot},
             {"spec", sum.spec},
             {"region", sum.region},
             {"bound", std::to_string(kQuantitySumMax)}}
        );
    }
    all.keep_first();
    std::uint64_t told = 0;
    for (const Duplicate& duplicate : all.first()) {
        ++told;
        faults.add(
            FaultKind::key_duplicated,
            {duplicate.row,
             "lot, spec, region, hospital, supplier",
             key_of(duplicate, regions, round)},
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
    add_faults(writers, regions, round, faults);
    result.digest = digest.hex();
    return result;
}

}  // namespace jicai::catalogs::round_folder
