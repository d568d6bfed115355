// linkage_bench [OBSERVATIONS] [PRODUCTS] [RUNS] [CSV]
// A full linkage campaign from memory on two threads of ours: exclusions, smallest units,
// reference, decision of every product. With CSV also writes product,price of every observation,
// for a peer.
#include <catalogs/builtin/builtin.h>
#include <catalogs/linkage_file/policy_file.h>
#include <catalogs/price_ratio_file/price_ratio_file.h>
#include <engine/linkage/policy_parameters.h>
#include <engine/linkage/reference.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace {

using namespace jicai;
using namespace jicai::linkage;

constexpr unsigned kThreads = 2;
constexpr std::uint8_t kRegions = 31;

/// SplitMix64: the same numbers everywhere.
class Numbers {
public:
    explicit Numbers(std::uint64_t seed) : state_(seed) {}
    std::uint32_t below(std::uint32_t bound) {
        state_ += 0x9E3779B97F4A7C15U;
        std::uint64_t mixed = state_;
        mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
        mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
        return static_cast<std::uint32_t>(((mixed ^ (mixed >> 31U)) >> 32U) * bound >> 32U);
    }

private:
    std::uint64_t state_;
};

struct Market {
    std::vector<ListedPack> packs;
    std::vector<money::Price> current;
    std::vector<ObservationRow> rows;
};

ObservationRow observation(Numbers& numbers, const Market& market, std::uint32_t id) {
    static constexpr std::uint32_t kUnits[] = {1, 7, 10, 14, 20, 24, 28, 30};
    ObservationRow row;
    row.id = id;
    row.product = numbers.below(static_cast<std::uint32_t>(market.packs.size()));
    const std::uint32_t own = market.packs[row.product].units;
    row.pack_units = numbers.below(4) == 0 ? kUnits[numbers.below(8)] : own;
    const std::int64_t cents = market.current[row.product].micro_yuan() / 10'000;
    const std::int64_t of_pack = cents * row.pack_units / own;
    row.pack_price_micro_yuan =
        10'000 * std::max<std::int64_t>(1, of_pack * (60 + numbers.below(80)) / 100);
    row.region = static_cast<std::uint8_t>(numbers.below(kRegions));
    row.source = static_cast<campaign::SourceClass>(numbers.below(5) == 0 ? numbers.below(10) : 0);
    row.status =
        static_cast<campaign::ObservationStatus>(numbers.below(12) == 0 ? numbers.below(4) : 0);
    row.evaluated = numbers.below(8) != 0;
    row.from = Day(static_cast<std::uint16_t>(9000 + numbers.below(600)));
    if (numbers.below(6) == 0) row.to = Day(static_cast<std::uint16_t>(9400 + numbers.below(400)));
    return row;
}

Market make_market(std::uint32_t products, std::uint32_t observations) {
    static constexpr std::uint32_t kUnits[] = {1, 7, 10, 14, 20, 24, 28, 30};
    Numbers numbers(20'260'301);
    Market market;
    for (std::uint32_t product = 0; product < products; ++product) {
        const std::uint32_t units = kUnits[numbers.below(8)];
        market.packs.push_back({product, units, 1});
        market.current.emplace_back(std::int64_t{10'000} * (100 + numbers.below(2000) * units));
    }
    market.rows.reserve(observations);
    for (std::uint32_t id = 0; id < observations; ++id) {
        market.rows.push_back(observation(numbers, market, id));
    }
    return market;
}

double seconds_since(std::chrono::steady_clock::time_point begin) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

struct Timed {
    double median;
    double best;
    std::size_t linked;
};

Timed run_campaign(
    const ObservationColumns& columns,
    const ReferenceRule& rule,
    const PackConversions& conversions,
    const Market& market,
    int runs
) {
    std::vector<LinkedPrice> decided(market.packs.size());
    std::vector<double> seconds;
    for (int run = 0; run < runs; ++run) {
        const auto begin = std::chrono::steady_clock::now();
        std::vector<std::thread> threads;
        for (unsigned part = 0; part < kThreads; ++part) {
            threads.emplace_back([&, part] {
                ReferenceScratch scratch;
                const std::size_t from = market.packs.size() * part / kThreads;
                const std::size_t to = market.packs.size() * (part + 1) / kThreads;
                for (std::size_t product = from; product < to; ++product) {
                    const ListedPack& pack = market.packs[product];
                    const Reference reference =
                        find_reference(columns, rule, conversions, pack, scratch);
                    decided[product] =
                        link_price(reference, rule, conversions, pack, market.current[product]);
                }
            });
        }
        for (std::thread& thread : threads) thread.join();
        seconds.push_back(seconds_since(begin));
    }
    std::sort(seconds.begin(), seconds.end());
    const auto linked = std::count_if(decided.begin(), decided.end(), [](const LinkedPrice& one) {
        return one.status == campaign::Status::linked;
    });
    return {seconds[seconds.size() / 2], seconds.front(), static_cast<std::size_t>(linked)};
}

Policy policy_named(const char* id) {
    return *catalogs::load_policy(*catalogs::find_linkage_policy(id), id).policy;
}

ReferenceRule rule_of(const Policy& policy) {
    std::vector<std::string> regions;
    for (int i = 0; i < kRegions; ++i) regions.push_back(std::to_string(i));
    return make_reference_rule(policy, regions, 30, Day(9560), std::nullopt);
}

Policy hunan() {
    Policy policy = policy_named("hunan-2018-drug");
    if (!apply_given(policy, {{"exclusions.regions", "[\"none\"]"}}).empty()) std::abort();
    return policy;
}

void report(const char* name, const Timed& timed, std::size_t products) {
    std::printf(
        "linkage.%s %.1f ms (min %.1f), %zu of %zu products linked\n",
        name,
        timed.median * 1000,
        timed.best * 1000,
        timed.linked,
        products
    );
}

/// Microseconds from a new observation to the decision it changes.
void one_by_one(ObservationColumns& columns, const ReferenceRule& rule, const Market& market) {
    constexpr std::uint32_t kAdded = 100'000;
    Numbers numbers(7);
    ReferenceScratch scratch;
    const PackConversions none;
    std::vector<double> microseconds;
    std::int64_t sum = 0;
    for (std::uint32_t i = 0; i < kAdded; ++i) {
        const ObservationRow row =
            observation(numbers, market, static_cast<std::uint32_t>(market.rows.size()) + i);
        const auto begin = std::chrono::steady_clock::now();
        columns.add(row);
        const ListedPack& pack = market.packs[row.product];
        const Reference reference = find_reference(columns, rule, none, pack, scratch);
        sum += link_price(reference, rule, none, pack, market.current[row.product])
                   .enforced_micro_yuan;
        microseconds.push_back(1e6 * seconds_since(begin));
    }
    std::sort(microseconds.begin(), microseconds.end());
    std::printf(
        "linkage.one_observation p50 %.2f us, p99 %.2f us, max %.0f us (sum %lld)\n",
        microseconds[kAdded / 2],
        microseconds[kAdded * 99 / 100],
        microseconds.back(),
        static_cast<long long>(sum)
    );
}

void write_csv(const char* path, const Market& market) {
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path, "wb"), std::fclose);
    if (!file) std::abort();
    std::fputs("product,price\n", file.get());
    for (const ObservationRow& row : market.rows) {
        std::fprintf(
            file.get(), "%u,%lld\n", row.product, static_cast<long long>(row.pack_price_micro_yuan)
        );
    }
}

std::uint32_t argument(int count, char** arguments, int index, std::uint32_t otherwise) {
    if (index >= count) return otherwise;
    std::uint32_t value = 0;
    const char* end = arguments[index] + std::strlen(arguments[index]);
    if (std::from_chars(arguments[index], end, value).ptr != end) std::abort();
    return value;
}

}  // namespace

int main(int count, char** arguments) {
    const std::uint32_t observations = argument(count, arguments, 1, 10'000'000);
    const std::uint32_t products = argument(count, arguments, 2, 1'000'000);
    const int runs = static_cast<int>(argument(count, arguments, 3, 9));
    const Market market = make_market(products, observations);
    if (count > 4) write_csv(arguments[4], market);

    const auto begin = std::chrono::steady_clock::now();
    ObservationColumns columns(products, market.rows);
    std::printf("linkage.load %.3f s for %u observations\n", seconds_since(begin), observations);
    std::printf(
        "linkage.memory %.2f bytes an observation\n",
        static_cast<double>(columns.bytes()) / observations
    );

    const PackConversions none;
    Policy plain = policy_named("shaanxi-drug");
    const ReferenceRule minimum = rule_of(plain);
    report("minimum", run_campaign(columns, minimum, none, market, runs), products);
    const ReferenceRule mean = rule_of(hunan());
    report("mean_of_three_lowest", run_campaign(columns, mean, none, market, runs), products);

    Policy by_ratio = hunan();
    by_ratio.conversion.rule.value = ConversionRule::price_ratio;
    const auto ratio_rule =
        catalogs::load_price_ratio_rule(*catalogs::find_price_ratio("drug-2012"), "drug-2012.toml");
    PackConversions conversions(*ratio_rule.rule, {"普通片"}, {});
    for (std::uint32_t product = 0; product < products; ++product) {
        conversions.prepare(1, market.packs[product].units);
    }
    for (Row row = 0; row < columns.size(); ++row) conversions.prepare(1, columns.pack(row));
    const ReferenceRule ratio = rule_of(by_ratio);
    report(
        "mean_of_three_by_price_ratio",
        run_campaign(columns, ratio, conversions, market, runs),
        products
    );
    one_by_one(columns, mean, market);
    return 0;
}
