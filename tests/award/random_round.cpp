#include "random_round.h"

#include <algorithm>
#include <array>
#include <string>

namespace jicai::test {
namespace {

class Dice {
public:
    explicit Dice(std::uint64_t seed) : engine_(seed) {}
    /// 0 ... sides - 1. Not std::uniform_int_distribution: its results differ between libraries.
    std::int64_t roll(std::int64_t sides) {
        return static_cast<std::int64_t>(engine_() % static_cast<std::uint64_t>(sides));
    }

private:
    std::mt19937_64 engine_;
};

}  // namespace

round::Round random_round(std::uint64_t seed, const rules::Rulebook& rulebook) {
    Dice dice(seed);
    round::Round round;
    round.id = "random";
    round.kind = "drug";
    round.rulebook_id = rulebook.id;
    round.regions = *rulebook.find<rules::SupplyRegionsStage>()->regions.value;
    round.lots.push_back({"1", "lot", "general", "general", "普通片", 100, {}, {}});
    const std::int64_t specs = 1 + dice.roll(3);
    std::int64_t content = 5;
    std::int64_t ceiling_micro_yuan = 1'000'000;
    for (std::int64_t i = 0; i < specs; ++i) {
        round.lots[0].specs.push_back(static_cast<round::SpecIndex>(i));
        round.specs.push_back(
            {0,
             "s" + std::to_string(i),
             money::Ratio(content, 1),
             "mg",
             std::nullopt,
             true,
             money::Price(ceiling_micro_yuan)}
        );
        content *= 2;
        ceiling_micro_yuan = ceiling_micro_yuan * 17 / 10;
    }
    constexpr std::array<const char*, 3> kForms{"普通片", "分散片", "硬胶囊"};
    constexpr std::array<std::int64_t, 6> kPacks{1, 7, 10, 14, 30, 100};
    const std::int64_t bidders = 1 + dice.roll(12);
    for (std::int64_t i = 0; i < bidders; ++i) {
        std::string name = "supplier";
        name += static_cast<char>('a' + i);
        round.suppliers.push_back({name, name, name, "", ""});
        const auto spec = static_cast<round::SpecIndex>(dice.roll(specs));
        const std::int64_t pack = kPacks[static_cast<std::size_t>(dice.roll(6))];
        // 5 % to 110 % of the ceiling, in whole fen of the pack.
        const std::int64_t unit =
            round.specs[spec].ceiling->micro_yuan() / 100 * (5 + dice.roll(106));
        const std::int64_t fen = std::max<std::int64_t>(1, unit * pack / 10'000);
        round.bids.push_back(
            {.lot = 0,
             .supplier = static_cast<round::SupplierIndex>(i),
             .product = "",
             .spec = spec,
             .content = round.specs[spec].content,
             .form = kForms[static_cast<std::size_t>(dice.roll(3))],
             .pack_units = pack,
             .pack_price = money::Price(fen * 10'000),
             .participation =
                 dice.roll(12) == 0 ? round::Participation::absent : round::Participation::bid,
             .evidence = "",
             .group = dice.roll(4) == 0 ? "g" : "",
             .own_lowest_price = std::nullopt,
             .fill_nl = std::nullopt,
             .extra = {},
             .row = static_cast<std::uint32_t>(i + 2)}
        );
    }
    for (std::int64_t s = 0; s < specs; ++s) {
        for (std::size_t r = 0; r < round.regions.size(); ++r) {
            round.demand.push_back(
                {0,
                 static_cast<round::SpecIndex>(s),
                 static_cast<round::RegionIndex>(r),
                 std::nullopt,
                 money::Quantity(dice.roll(10'000'000))}
            );
        }
    }
    for (std::size_t i = 0; i < round.suppliers.size(); ++i) {
        // Everyone's list of wishes names every region, begun at another one.
        const std::size_t count = round.regions.size();
        const auto first = static_cast<std::size_t>(dice.roll(static_cast<std::int64_t>(count)));
        for (std::size_t r = 0; r < count; ++r) {
            round.preferences.push_back(
                {0,
                 static_cast<round::SupplierIndex>(i),
                 static_cast<std::int64_t>(r) + 1,
                 static_cast<round::RegionIndex>((first + r) % count)}
            );
        }
    }
    return round;
}

}  // namespace jicai::test
