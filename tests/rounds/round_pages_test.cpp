#include <engine/usecases/winning_prices.h>
#include <reports/award_tables.h>
#include <reports/lot_page.h>
#include <reports/round_tables.h>

#include <gtest/gtest.h>
#include <tests/rounds/published_round.h>

#include <algorithm>
#include <map>

namespace jicai::reports {
namespace {

using decision::Json;

class Published : public testing::TestWithParam<const char*> {
protected:
    test::PublishedRound published = test::published_round(GetParam());
    catalogs::Words words = test::chinese();
    const round::Round& round = published.ruled.round;
    const RoundDecision& decided = published.decided;

    [[nodiscard]] std::size_t lot_named(const std::string& id) const {
        const auto found = std::find_if(round.lots.begin(), round.lots.end(), [&](const auto& lot) {
            return lot.id == id;
        });
        return static_cast<std::size_t>(found - round.lots.begin());
    }
    [[nodiscard]] Json page(std::size_t lot, const BidsShown& shown) const {
        return lot_page(round, decided.lots[lot], {}, "source", shown, words.say());
    }
};
INSTANTIATE_TEST_SUITE_P(Rounds, Published, testing::Values("GY-YD2019-1", "GY-YD2019-2"));

/// Cells of one column.
std::vector<std::string> column(const Table& table, const std::string& name) {
    const auto found =
        std::find_if(table.columns.begin(), table.columns.end(), [&](const Column& column) {
            return column.name == name;
        });
    EXPECT_NE(found, table.columns.end()) << name;
    const auto index = static_cast<std::size_t>(found - table.columns.begin());
    std::vector<std::string> cells;
    for (const auto& row : table.rows) cells.push_back(row[index]);
    return cells;
}

std::vector<std::string> beside(const List& list, const std::string& name) {
    std::vector<std::string> cells;
    for (const auto& row : list.beside) cells.push_back(row.at(name).text());
    return cells;
}

TEST_P(Published, ListsAreTheTablesOfTheAward) {
    const List lots = lot_list(round, decided, {}, true, words.say());
    const Table lots_file = lots_decided(round, decided);
    for (const char* name : {"lot", "name", "bidders", "entrants_max", "winners", "percent"}) {
        EXPECT_EQ(column(lots.table, name), column(lots_file, name)) << name;
    }
    EXPECT_EQ(beside(lots, "status"), column(lots_file, "status"));

    const List volumes_list = volume_list(round, decided, {});
    const Table volumes_file = volumes(round, decided);
    for (const char* name : {"lot", "spec", "region", "percent", "quantity"}) {
        EXPECT_EQ(column(volumes_list.table, name), column(volumes_file, name)) << name;
    }

    const List supply = supply_list(round, decided, {});
    const Table packs_file = packs_priced(round, decided);
    for (const char* name : {"lot", "form", "spec", "pack_units", "pack_price"}) {
        EXPECT_EQ(column(supply.table, name), column(packs_file, name)) << name;
    }
    EXPECT_EQ(beside(supply, "supplier"), column(packs_file, "supplier"));
    EXPECT_EQ(beside(supply, "product"), column(packs_file, "product"));

    const List shares = allocation_list(round, decided, {}, words.say());
    const Table shares_file = allocations(round, decided);
    for (const char* name : {"lot", "spec", "region", "quantity"}) {
        EXPECT_EQ(column(shares.table, name), column(shares_file, name)) << name;
    }
    EXPECT_EQ(beside(shares, "supplier"), column(shares_file, "supplier"));
    EXPECT_EQ(beside(shares, "role"), column(shares_file, "role"));
}

TEST_P(Published, BidsOfAllLotsAreTheAwards) {
    std::map<std::string, std::vector<std::string>> shown;
    for (const auto& lot : decided.lots) {
        const List bids = bid_list(round, lot, {}, words.say());
        for (const char* name :
             {"rank", "spec", "price", "unit_price", "unit_comparable_price", "regions"}) {
            const auto cells = column(bids.table, name);
            shown[name].insert(shown[name].end(), cells.begin(), cells.end());
        }
        for (const char* name : {"supplier", "product", "outcome"}) {
            const auto cells = beside(bids, name);
            shown[name].insert(shown[name].end(), cells.begin(), cells.end());
        }
    }
    const Table file = awards(round, decided);
    for (const auto& [name, cells] : shown) EXPECT_EQ(cells, column(file, name)) << name;
}

TEST_P(Published, CutsAreThoseOfTheTrace) {
    int compared = 0;
    for (const auto& lot : decided.lots) {
        for (const auto& bid : lot.bids) {
            for (const auto& step : bid.trace) {
                for (const auto& [name, value] : step.message.arguments) {
                    if (name != "cut") continue;
                    EXPECT_EQ(cut_text(round, bid), value);
                    ++compared;
                }
            }
        }
    }
    EXPECT_EQ(compared > 0, round.id == "GY-YD2019-2");
}

TEST_P(Published, LimitsOfAChartAreThoseItsStepsName) {
    int gates = 0;
    for (const auto& lot : decided.lots) {
        std::multiset<std::string> named;
        for (const auto& bid : lot.bids) {
            for (const auto& step : bid.trace) {
                for (const auto& [name, value] : step.message.arguments) {
                    if (name == "limit" || name == "price" || name == "unit_price_needed" ||
                        name == "last_entrant_price") {
                        named.insert(value);
                    }
                }
            }
        }
        const Json chart = lot_chart(round, lot, words.say());
        const Json::Array& limits = chart.object().at("gates").array();
        std::set<std::string> said;
        for (const Json& gate : limits) {
            const std::string& price = gate.object().at("price").text();
            EXPECT_TRUE(price.empty() || named.count(price) > 0) << price;
            EXPECT_TRUE(said.insert(gate.object().at("text").text() + price).second);
            ++gates;
        }
        EXPECT_EQ(chart.object().at("bars").array().size(), lot.bids.size());
    }
    EXPECT_GE(gates, 10);
}

TEST_P(Published, EveryBidOfAPageHasItsReasons) {
    for (std::size_t i = 0; i < decided.lots.size(); ++i) {
        const Json document = page(i, {});
        const Json::Array& bids = document.object().at("bids").array();
        ASSERT_EQ(bids.size(), decided.lots[i].bids.size());
        for (std::size_t b = 0; b < bids.size(); ++b) {
            const Json::Array& steps = bids[b].object().at("steps").array();
            ASSERT_EQ(steps.size(), decided.lots[i].bids[b].trace.size());
            EXPECT_FALSE(bids[b].object().at("text").text().empty());
        }
    }
    EXPECT_EQ(page(0, {}).object().at("previous").text(), "");
    EXPECT_EQ(page(0, {}).object().at("next").text(), round.lots[1].id);
    EXPECT_EQ(page(decided.lots.size() - 1, {}).object().at("next").text(), "");
}

TEST_P(Published, BeforeTheOpeningOnlyOwnBidsAndNoResult) {
    const round::SupplierIndex own = round.bids.front().supplier;
    BidsShown shown;
    shown.results = false;
    shown.only = std::set<round::SupplierIndex>{own};
    shown.own = *shown.only;
    const auto lot = static_cast<std::size_t>(round.bids.front().lot);
    const Json document = page(lot, shown);
    const Json::Array& bids = document.object().at("bids").array();
    ASSERT_EQ(bids.size(), 1U);
    EXPECT_EQ(bids[0].object().at("supplier").text(), round.suppliers[own].id);
    EXPECT_EQ(bids[0].object().at("own"), Json(true));
    EXPECT_EQ(bids[0].object().at("rank"), Json());
    for (const char* member :
         {"outcome",
          "outcome_text",
          "unit_price",
          "unit_comparable_price",
          "cut",
          "clause",
          "text"}) {
        EXPECT_EQ(bids[0].object().at(member).text(), "") << member;
    }
    EXPECT_TRUE(document.object().at("steps").array().empty());
    const std::string text = document.canonical();
    for (const auto& bid : decided.lots[lot].bids) {
        const round::Supplier& supplier = round.suppliers[round.bids[bid.bid].supplier];
        if (supplier.id == round.suppliers[own].id) continue;
        EXPECT_EQ(text.find(supplier.name), std::string::npos) << supplier.name;
    }

    const List lots = lot_list(round, decided, {}, false, words.say());
    for (const char* name : {"status_text", "bidders", "winners", "lowest_price", "first_winner"}) {
        for (const std::string& cell : column(lots.table, name)) EXPECT_EQ(cell, "") << name;
    }
}

TEST_P(Published, FiltersLeaveExactlyTheRowsAskedFor) {
    const std::string lot = round.lots[2].id;
    const List one = volume_list(round, decided, {.lot = lot, .region = round.regions[0]});
    ASSERT_FALSE(one.table.rows.empty());
    for (const auto& row : one.table.rows) {
        EXPECT_EQ(row[0], lot);
        EXPECT_EQ(row[3], round.regions[0]);
    }
    const List all = volume_list(round, decided, {});
    const auto wanted = std::count_if(all.table.rows.begin(), all.table.rows.end(), [&](auto& row) {
        return row[0] == lot && row[3] == round.regions[0];
    });
    EXPECT_EQ(static_cast<std::size_t>(wanted), one.table.rows.size());
    EXPECT_TRUE(lot_list(round, decided, {.status = "failed"}, true, words.say()).table.rows.empty()
    );
    EXPECT_EQ(
        lot_list(round, decided, {.text = round.lots[1].name}, true, words.say()).table.rows.size(),
        1U
    );
}

TEST_P(Published, VolumesByRegionAddUp) {
    for (const auto& lot : decided.lots) {
        const Json sums = volumes_by_region(round, lot, true, words.say());
        std::int64_t reported = 0;
        std::int64_t agreed = 0;
        for (const auto& cell : round.demand) {
            if (cell.lot == lot.lot) reported += cell.quantity.units();
        }
        for (const auto& cell : lot.volumes) agreed += cell.quantity.units();
        EXPECT_EQ(sums.object().at("total_reported").text(), std::to_string(reported));
        EXPECT_EQ(sums.object().at("total_agreed").text(), std::to_string(agreed));
        std::int64_t sum = 0;
        for (const Json& region : sums.object().at("regions").array()) {
            sum += std::stoll(region.object().at("agreed").text());
        }
        EXPECT_EQ(sum, agreed);
    }
}

/// The loser whose page the office's own example would be: the third lot of the second round.
TEST(LotPage, ALoserReadsTheNumbersOfItsGate) {
    const test::PublishedRound published = test::published_round("GY-YD2019-2");
    const catalogs::Words words = test::chinese();
    const round::Round& round = published.ruled.round;
    const decision::LotDecision& lot = published.decided.lots[2];
    const Json document = lot_page(
        round,
        lot,
        usecases::winning_prices(
            round,
            {published.ruled.rules.rulebook, published.ruled.rules.ratio_rule},
            lot,
            std::nullopt
        ),
        published.ruled.rules.rulebook.source,
        {},
        words.say()
    );
    const std::string text = document.canonical();
    EXPECT_NE(
        text.find("单位可比价 0.4869 元 > 最低单位可比价 0.2046 元的 1.8 倍"), std::string::npos
    );
    EXPECT_NE(text.find("元即可中选"), std::string::npos);
    const Json::Array& gates = document.object().at("chart").object().at("gates").array();
    std::map<std::string, std::string> prices;
    for (const Json& gate : gates) {
        prices[gate.object().at("name").text()] = gate.object().at("price").text();
    }
    EXPECT_EQ(prices["factor"], "0.36828");
    EXPECT_EQ(prices["cut"], "0.4176");
    EXPECT_EQ(prices["price"], "0.1");
    EXPECT_EQ(document.object().at("chart").object().at("ceiling").text(), "0.8353");
}

}  // namespace
}  // namespace jicai::reports
