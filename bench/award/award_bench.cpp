// Awards per second of one lot of ten bids, without trace, conversions cached: what a simulation pays per draw of prices.
#include <catalogs/builtin/builtin.h>
#include <catalogs/price_ratio_file/price_ratio_file.h>
#include <catalogs/rulebook_file/rulebook_file.h>
#include <engine/award/award.h>
#include <engine/bidding/prepared_lot.h>

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>

namespace {

using namespace jicai;  // NOLINT(google-build-using-namespace)

constexpr int kBids = 10;

round::Round one_lot(const rules::Rulebook& rulebook) {
    round::Round round;
    round.kind = "drug";
    round.regions = *rulebook.find<rules::SupplyRegionsStage>()->regions.value;
    round.lots.push_back({"1", "lot", "general", "general", "普通片", 100, {}, {0, 1}});
    round.specs.push_back(
        {0, "5mg", money::Ratio(5, 1), "mg", std::nullopt, false, money::Price(1'000'000)}
    );
    round.specs.push_back(
        {0, "10mg", money::Ratio(10, 1), "mg", std::nullopt, false, money::Price(1'700'000)}
    );
    for (std::uint32_t i = 0; i < kBids; ++i) {
        const std::string name = "s" + std::to_string(i);
        round.suppliers.push_back({name, name, name, "", ""});
        round::Bid bid{
            .lot = 0,
            .supplier = i,
            .product = "",
            .spec = i % 2,
            .content = round.specs[i % 2].content,
            .form = i % 3 == 0 ? "分散片" : "普通片",
            .pack_units = 7 * (1 + i % 4),
            .pack_price = money::Price(5'000'000),
            .participation = round::Participation::bid,
            .evidence = "",
            .group = i == 8 || i == 9 ? "g" : "",
            .own_lowest_price = std::nullopt,
            .fill_nl = std::nullopt,
            .extra = {},
            .row = i + 2,
        };
        round.bids.push_back(bid);
    }
    return round;
}

}  // namespace

int main(int argc, char** argv) {
    const std::int64_t runs = argc > 1 ? std::strtoll(argv[1], nullptr, 10) : 1'000'000;
    auto rulebook =
        catalogs::load_rulebook(*catalogs::find_rulebook("gy-yd2021-1"), "gy-yd2021-1.toml");
    auto rule =
        catalogs::load_price_ratio_rule(*catalogs::find_price_ratio("drug-2012"), "drug-2012.toml");
    if (!rulebook.rulebook || !rule.rule) return 1;
    const round::Round round = one_lot(*rulebook.rulebook);
    bidding::Conversions conversions(
        *rule.rule, *rulebook.rulebook->find<rules::PriceRatioStage>()
    );
    bidding::PreparedLot lot =
        bidding::prepare_lot(round, 0, *rulebook.rulebook, conversions);
    award::LotState state;
    std::uint64_t dice = 88172645463325252ULL;
    std::int64_t winners = 0;
    std::int64_t waiting = 0;
    const auto start = std::chrono::steady_clock::now();
    for (std::int64_t run = 0; run < runs; ++run) {
        for (bidding::PreparedBid& bid : lot.bids) {
            dice ^= dice << 13U;
            dice ^= dice >> 7U;
            dice ^= dice << 17U;
            // 1.00 to 30.00 yuan a pack, in whole fen.
            bid.pack_price = money::Price(static_cast<std::int64_t>(100 + dice % 2901) * 10'000);
        }
        award::award_lot(round, lot, *rulebook.rulebook, state, nullptr);
        winners += static_cast<std::int64_t>(state.winners.size());
        waiting += state.waits_for.empty() ? 0 : 1;
    }
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    std::cout << "awards_per_second " << static_cast<double>(runs) / seconds.count() << " 1/s\n"
              << "result_winners " << winners << " count\n"
              << "result_waiting " << waiting << " count\n";
    return 0;
}
