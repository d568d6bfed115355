#include <gtest/gtest.h>
#include <tests/round_folder/describe.h>
#include <tests/round_folder/small_round.h>

#include <array>
#include <random>

// demand.csv is scanned by threads where it is plain and read row by row otherwise. A quoted header
// sends any file the second way, so each file here is loaded both ways and must say the same.

namespace jicai::test {
namespace {

struct Outcome {
    std::string faults;
    std::string round;
    friend bool operator==(const Outcome&, const Outcome&) = default;
};

std::ostream& operator<<(std::ostream& out, const Outcome& outcome) {
    return out << outcome.faults.substr(0, 2000) << outcome.round.substr(0, 200);
}

Outcome outcome_of(const std::string& demand, unsigned threads) {
    Files files = with_file("demand.csv", demand);
    catalogs::LoadOptions options;
    options.threads = threads;
    const catalogs::LoadedRound loaded = load(std::move(files), options);
    return {listed(loaded.faults), loaded.round ? describe(*loaded.round) : ""};
}

std::string row_by_row(const std::string& demand) {
    const std::size_t end = demand.find(',');
    return '"' + demand.substr(0, end) + '"' + demand.substr(end);
}

struct Spec {
    const char* lot;
    const char* name;
};
constexpr std::array<Spec, 5> kSpecs{
    {{"1", "50mg"}, {"1", "100mg"}, {"2", "0.2mg"}, {"2", "0.2mg大"}, {"10", "162.5mg"}}};
constexpr std::array<const char*, 3> kRegions{"北京", "上海", "新疆（含兵团）"};
constexpr std::array<const char*, 4> kSuppliers{"", "甲药业", "乙药业", "丙药业"};

std::string hospital(std::mt19937& random, std::size_t number) {
    const std::string digits = std::to_string(number);
    switch (random() % 5) {
        case 0:
            return "H" + digits;
        case 1:
            return "H110105000000" + digits;
        case 2:
            return "第" + digits + "人民医院";
        case 3:
            return "hospital-with-a-long-code-" + digits;
        default:
            return digits;
    }
}

std::string demand(std::mt19937& random, std::size_t rows, bool suppliers, const char* line_end) {
    std::string text = std::string("lot,spec,region,quantity,hospital") +
                       (suppliers ? ",supplier" : "") + line_end;
    for (std::size_t i = 0; i < rows; ++i) {
        const Spec& spec = kSpecs[random() % kSpecs.size()];
        text += std::string(spec.lot) + ',' + spec.name + ',' + kRegions[random() % 3] + ',' +
                std::to_string(random() % (random() % 2 == 0 ? 100 : 2'000'000'000)) + ',' +
                hospital(random, i);
        if (suppliers) text += std::string(",") + kSuppliers[random() % 4];
        text += line_end;
    }
    return text;
}

TEST(DemandScan, SaysTheSameAsReadingRowByRow) {
    std::mt19937 random(7);
    for (const bool suppliers : {false, true}) {
        for (const char* line_end : {"\n", "\r\n"}) {
            for (const std::size_t rows : {1U, 2U, 3U, 50U, 9000U}) {
                const std::string text = demand(random, rows, suppliers, line_end);
                const Outcome expected = outcome_of(row_by_row(text), 1);
                EXPECT_EQ(expected.faults, "");
                for (const unsigned threads : {1U, 2U, 4U}) {
                    EXPECT_EQ(outcome_of(text, threads), expected);
                }
                EXPECT_EQ(outcome_of("\xEF\xBB\xBF" + text, 2), expected);
                EXPECT_EQ(outcome_of(text.substr(0, text.size() - 1), 2), expected);
            }
        }
    }
}

// What may stand where a few bytes of a good file stood.
constexpr std::array<const char*, 22> kDamages{
    "",
    ",",
    "\n",
    "\r",
    "\"",
    " ",
    "0",
    "-",
    "+",
    "#",
    ".0",
    ".5",
    "1.2E+19",
    "\xFF",
    "\xC2\xA0",
    "　",
    ",,,,",
    "\n\n",
    "1000000000001",
    "9",
    "\n,,,,\n",
    "药"};

TEST(DemandScan, FindsTheSameFaults) {
    std::mt19937 random(11);
    const std::string good = demand(random, 4000, false, "\n");
    for (int run = 0; run < 60; ++run) {
        std::string text = good;
        const std::size_t damages = 1 + random() % 3;
        for (std::size_t i = 0; i < damages; ++i) {
            const std::size_t at = 40 + random() % (text.size() - 50);
            const std::size_t length = random() % 4;
            const char* const damage = kDamages[random() % kDamages.size()];
            text.replace(at, length, damage);
        }
        EXPECT_EQ(
            outcome_of(text, 1 + static_cast<unsigned>(run) % 3), outcome_of(row_by_row(text), 1)
        ) << run;
    }
}

TEST(DemandScan, AnyByteInAnyCellIsTakenOrRefusedAlike) {
    std::mt19937 random(12);
    const std::string good = demand(random, 20, true, "\n");
    const std::string line = "1,50mg,北京,12345,H01,甲药业\n";
    for (const std::size_t at : {0U, 2U, 9U, 14U, 16U, 18U, 20U, 21U, 22U, 24U, 33U}) {
        for (int byte = 0; byte < 256; ++byte) {
            std::string damaged = line;
            damaged[at] = static_cast<char>(byte);
            const std::size_t second = good.find('\n') + 1;
            const std::string text = good.substr(0, second) + damaged + good.substr(second);
            EXPECT_EQ(outcome_of(text, 1), outcome_of(row_by_row(text), 1)) << at << ' ' << byte;
        }
    }
}

TEST(DemandScan, DuplicatesFarApartNameBothRows) {
    std::mt19937 random(13);
    std::string text = demand(random, 9000, false, "\n");
    const std::size_t second = text.find('\n') + 1;
    const std::string line = text.substr(second, text.find('\n', second) + 1 - second);
    text += line;
    Files files = with_file("demand.csv", text);
    const catalogs::LoadedRound loaded = load(std::move(files));
    ASSERT_EQ(loaded.faults.size(), 1U) << listed(loaded.faults);
    EXPECT_EQ(loaded.faults[0].message.key, "fault.key_duplicated");
    EXPECT_EQ(loaded.faults[0].row, 9002U);
    EXPECT_EQ(loaded.faults[0].message.arguments.back().second, "2");
}

TEST(DemandScan, ManyDuplicatesAreCountedAndTheFirstAreTold) {
    std::string text = "lot,spec,region,quantity,hospital\n";
    for (int i = 0; i < 6000; ++i) text += "1,50mg,北京,5,H" + std::to_string(i % 500) + "\n";
    const Outcome scanned = outcome_of(text, 2);
    EXPECT_EQ(scanned, outcome_of(row_by_row(text), 1));
    Files files = with_file("demand.csv", text);
    const catalogs::LoadedRound loaded = load(std::move(files));
    ASSERT_EQ(loaded.faults.size(), catalogs::kFaultsShownMax + 1);
    EXPECT_EQ(loaded.faults.front().row, 502U);
    EXPECT_EQ(loaded.faults[999].row, 1501U);
    EXPECT_EQ(loaded.faults.back().message.key, "fault.more");
    EXPECT_EQ(loaded.faults.back().message.arguments.back().second, "4500");
}

TEST(DemandScan, SumsByGroupAndSupplier) {
    const Outcome plain = outcome_of(
        "lot,spec,region,quantity,hospital,supplier\n"
        "1,50mg,北京,5,H1,甲药业\n1,50mg,北京,6,H2,甲药业\n1,50mg,北京,7,H1,乙药业\n"
        "1,50mg,北京,8,H3,\n",
        2
    );
    EXPECT_EQ(plain.faults, "");
    const auto line = [](const char* supplier, int quantity) {
        return std::string("demand 0|0|1|") + supplier + "|" + std::to_string(quantity) + "\n";
    };
    // suppliers by id: 丙药业 0, 乙药业 1, 甲药业 2
    EXPECT_NE(plain.round.find(line("-", 8) + line("1", 7) + line("2", 11)), std::string::npos)
        << plain.round;
}

}  // namespace
}  // namespace jicai::test
