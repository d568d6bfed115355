#include <engine/access/access.h>
#include <engine/money/check.h>
#include <engine/reporting/confirmation.h>
#include <web/server/live_volumes.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <map>
#include <mutex>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace jicai::web {
namespace {

using reporting::Status;
using Steady = std::chrono::steady_clock;

constexpr std::int64_t kSumMax = 1'000'000'000'000'000'000;
/// A transaction that began to store a report may end so much later.
constexpr std::int64_t kOverlap = 10 * ports::kSecond;
constexpr auto kProvenFor = std::chrono::seconds(1);
constexpr std::int64_t kAlwaysProven = 2'000;  ///< reports
constexpr std::size_t kCounted = 3;
constexpr std::size_t kLevels = 4;

/// "230102" at a level, as a number: 230000.
std::int32_t at_level(std::int32_t region, std::size_t level) {
    constexpr std::array<std::int32_t, kLevels> kUnits{1'000'000, 10'000, 100, 1};
    return region / kUnits.at(level) * kUnits.at(level);
}

std::int32_t number_of(const std::string& region) {
    std::int32_t number = 0;
    for (const char c : region) {
        if (c < '0' || c > '9') return 0;
        number = number * 10 + (c - '0');
    }
    return number;
}

std::string region_text(std::int32_t number) {
    std::string digits = std::to_string(number);
    return std::string(6 - std::min<std::size_t>(6, digits.size()), '0') + digits;
}

bool is_counted(Counted counted, Status status) {
    if (counted == Counted::all) return true;
    if (counted == Counted::confirmed) return reporting::counts(status);
    return status != Status::draft && status != Status::returned;
}

using Item = std::tuple<std::string, std::string, std::string>;  // lot, spec, brand

struct Part {
    std::int64_t hospital = 0;
    std::int32_t region = 0;
    std::uint32_t item = 0;
    std::int64_t units = 0;
};

struct Key {
    std::int32_t region = 0;
    std::uint32_t item = 0;
    friend auto operator<=>(const Key&, const Key&) = default;
};
struct Cell {
    std::array<std::int64_t, kCounted> units{};
    std::array<std::int64_t, kCounted> hospitals{};
};

struct Kept {
    ports::VolumeReport report;
    std::vector<Part> parts;
};

}  // namespace

struct LiveVolumes::Round {
    std::mutex mutex;  ///< one asks the database at a time, the others wait for a later answer
    bool loaded = false;
    std::map<std::int64_t, Kept> reports;
    std::map<Item, std::uint32_t> items;
    std::vector<Item> names;
    std::array<std::map<Key, Cell>, kLevels> cells;
    ports::VersionSum versions;
    ports::Moment seen;  ///< by the database's clock
    Steady::time_point proven;
    VolumeFigures figures;
    std::atomic<std::int64_t> held = 0;  ///< reports; read without the mutex

    std::uint32_t item(const ports::VolumePart& part) {
        const auto [found, added] = items.emplace(
            Item{part.lot, part.spec, part.brand}, static_cast<std::uint32_t>(names.size())
        );
        if (added) names.push_back(found->first);
        return found->second;
    }

    void count(const Kept& kept, std::int64_t sign) {
        const auto status = static_cast<Status>(kept.report.status);
        for (const Part& part : kept.parts) {
            for (std::size_t level = 0; level < kLevels; ++level) {
                const Key key{at_level(part.region, level), part.item};
                Cell& cell = cells[level][key];
                for (std::size_t i = 0; i < kCounted; ++i) {
                    if (!is_counted(static_cast<Counted>(i), status)) continue;
                    JICAI_CHECK(
                        !__builtin_add_overflow(cell.units[i], sign * part.units, &cell.units[i])
                    );
                    JICAI_CHECK(cell.units[i] >= 0 && cell.units[i] <= kSumMax);
                    cell.hospitals[i] += sign;
                }
                if (cell.hospitals[0] == 0) cells[level].erase(key);
            }
        }
    }

    void replace(Kept kept) {
        const auto found = reports.find(kept.report.hospital);
        versions.versions += kept.report.version;
        if (found != reports.end()) {
            count(found->second, -1);
            versions.versions -= found->second.report.version;
            figures.parts -= static_cast<std::int64_t>(found->second.parts.size());
        } else {
            ++versions.reports;
        }
        count(kept, 1);
        figures.parts += static_cast<std::int64_t>(kept.parts.size());
        reports[kept.report.hospital] = std::move(kept);
    }

    /// Of the same hospital, region and item together: one hospital counts once, and not with 0.
    static void merge(std::vector<Part>& parts) {
        const auto key = [](const Part& part) {
            return std::tuple(part.hospital, part.region, part.item);
        };
        std::sort(parts.begin(), parts.end(), [&](const Part& a, const Part& b) {
            return key(a) < key(b);
        });
        std::size_t kept = 0;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            if (parts[i].units == 0) continue;
            if (kept > 0 && key(parts[kept - 1]) == key(parts[i])) {
                parts[kept - 1].units += parts[i].units;
            } else {
                parts[kept++] = parts[i];
            }
        }
        parts.resize(kept);
        parts.shrink_to_fit();
    }

    Part part_of(const ports::VolumePart& part) {
        JICAI_CHECK(part.units >= 0 && part.units <= kSumMax);
        return {part.hospital, number_of(part.region), item(part), part.units};
    }

    void load_all(ports::Transaction& transaction, const std::string& id) {
        ports::VolumeStore& volumes = transaction.volumes();
        seen = volumes.database_now();
        const auto all = volumes.reports(id);
        std::unordered_map<std::int64_t, std::vector<Part>> parts;
        parts.reserve(all.size());
        volumes.each_part(id, [&](const ports::VolumePart& part) {
            parts[part.report].push_back(part_of(part));
        });
        for (const auto& report : all) {
            Kept kept{report, std::move(parts[report.hospital])};
            merge(kept.parts);
            replace(std::move(kept));
        }
    }

    void take(
        ports::Transaction& transaction, const std::string& id, std::vector<std::int64_t> ids
    ) {
        if (ids.empty()) return;
        std::map<std::int64_t, Kept> changed;
        for (const auto& report : transaction.volumes().reports(id, ids)) {
            changed[report.hospital].report = report;
        }
        for (const auto& part : transaction.volumes().parts(id, ids)) {
            changed.at(part.report).parts.push_back(part_of(part));
        }
        for (auto& [hospital, kept] : changed) {
            merge(kept.parts);
            replace(std::move(kept));
            ++figures.changes;
        }
    }

    [[nodiscard]] std::vector<std::int64_t> newer(const std::vector<ports::ReportVersion>& stored
    ) const {
        std::vector<std::int64_t> ids;
        for (const auto& each : stored) {
            const auto found = reports.find(each.hospital);
            if (found == reports.end() || found->second.report.version != each.version) {
                ids.push_back(each.hospital);
            }
        }
        return ids;
    }

    void clear() {
        reports.clear();
        items.clear();
        names.clear();
        for (auto& level : cells) level.clear();
        versions = {};
        figures = {0, 0, figures.loads, figures.changes};
        loaded = false;
    }

    /// \pre the mutex is held
    void refresh(ports::Store& store, const std::string& id) {
        const Steady::time_point now = Steady::now();
        // Whatever ends half-way is thrown away and read anew.
        const bool was_loaded = std::exchange(loaded, false);
        if (!was_loaded) clear();
        bool proof = !was_loaded || now - proven >= kProvenFor || versions.reports < kAlwaysProven;
        store.read([&](ports::Transaction& transaction) {
            ports::VolumeStore& volumes = transaction.volumes();
            if (!was_loaded) {
                clear();
                load_all(transaction, id);
                return;
            }
            const ports::Moment moment = volumes.database_now();
            const ports::Moment since{seen.micros - kOverlap};
            take(transaction, id, newer(volumes.versions_since(id, since)));
            seen = moment;
            if (!proof || volumes.version_sum(id) == versions) return;
            take(transaction, id, newer(volumes.versions(id)));
            if (volumes.version_sum(id) == versions) return;
            // Reports went away: the database was restored below us.
            clear();
            load_all(transaction, id);
        });
        if (!was_loaded) ++figures.loads;
        if (proof) proven = now;
        figures.reports = versions.reports;
        held = versions.reports;
        loaded = true;
    }
};

struct LiveVolumes::State {
    explicit State(ports::Store& volume_store) : store(volume_store) {}
    ports::Store& store;
    std::mutex mutex;
    std::map<std::string, std::shared_ptr<Round>> rounds;
};

LiveVolumes::LiveVolumes(ports::Store& store) : state_(std::make_unique<State>(store)) {}
LiveVolumes::~LiveVolumes() = default;

void LiveVolumes::forget() {
    const std::lock_guard lock(state_->mutex);
    state_->rounds.clear();
}

std::int64_t LiveVolumes::held() const {
    const std::lock_guard lock(state_->mutex);
    std::int64_t reports = 0;
    for (const auto& [id, round] : state_->rounds) reports += round->held;
    return reports;
}

std::shared_ptr<LiveVolumes::Round> LiveVolumes::fresh(const std::string& id) {
    const std::lock_guard lock(state_->mutex);
    std::shared_ptr<Round>& round = state_->rounds[id];
    if (!round) round = std::make_shared<Round>();
    return round;
}

void LiveVolumes::load(const std::string& id) {
    const auto round = fresh(id);
    const std::lock_guard lock(round->mutex);
    round->refresh(state_->store, id);
}

std::vector<VolumeSum> LiveVolumes::sums(const std::string& id, const VolumeSumsAsked& asked) {
    const auto round = fresh(id);
    const std::lock_guard lock(round->mutex);
    round->refresh(state_->store, id);
    const auto counted = static_cast<std::size_t>(asked.counted);
    const bool everywhere = asked.within.empty() || asked.within == "000000";
    std::vector<VolumeSum> sums;
    std::vector<bool> wanted(round->names.size(), true);
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        wanted[i] = asked.lot.empty() || std::get<0>(round->names[i]) == asked.lot;
    }
    std::int32_t last = -1;
    bool inside = false;
    for (const auto& [key, cell] : round->cells.at(static_cast<std::size_t>(asked.level))) {
        if (!wanted[key.item] || cell.hospitals[counted] == 0) continue;
        if (key.region != last) {
            last = key.region;
            inside = everywhere || access::is_within(region_text(last), asked.within);
        }
        if (!inside) continue;
        const auto& [lot, spec, brand] = round->names[key.item];
        sums.push_back(
            {region_text(key.region),
             lot,
             spec,
             brand,
             cell.units[counted],
             cell.hospitals[counted]}
        );
    }
    std::sort(sums.begin(), sums.end(), [](const VolumeSum& a, const VolumeSum& b) {
        return std::tie(a.region, a.lot, a.spec, a.brand) <
               std::tie(b.region, b.lot, b.spec, b.brand);
    });
    return sums;
}

std::vector<ports::VolumeReport> LiveVolumes::reports(const std::string& id) {
    const auto round = fresh(id);
    const std::lock_guard lock(round->mutex);
    round->refresh(state_->store, id);
    std::vector<ports::VolumeReport> reports;
    reports.reserve(round->reports.size());
    for (const auto& [hospital, kept] : round->reports) reports.push_back(kept.report);
    return reports;
}

VolumeFigures LiveVolumes::figures(const std::string& id) {
    const auto round = fresh(id);
    const std::lock_guard lock(round->mutex);
    return round->figures;
}

}  // namespace jicai::web
