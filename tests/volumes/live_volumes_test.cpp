// Sums in memory after random histories, by this process and another one, against plain SQL over
// the same tables.
#include <engine/reporting/confirmation.h>
#include <web/server/live_volumes.h>

#include <tests/sql/fixture.h>

#include <algorithm>
#include <random>
#include <thread>

namespace jicai::web {
namespace {

using ports::Transaction;
using sql::testing::kNow;

class Live : public sql::testing::DatabaseTest {
protected:
    void SetUp() override {
        static int number = 0;
        round_ = "L" + std::to_string(++number);
        store().write([&](Transaction& transaction) {
            ports::StoredRound stored;
            stored.id = round_;
            stored.title = "报量";
            stored.kind = "drug";
            stored.rulebook = "gy-yd2019-2";
            stored.changed_at = kNow;
            transaction.rounds().add(stored, {});
            for (int i = 0; i < 30; ++i) {
                hospitals_.push_back(
                    transaction.people().add(organisation(round_ + "-" + std::to_string(i)))
                );
            }
        });
    }

    std::int64_t up_to(std::int64_t most) {
        return std::uniform_int_distribution<std::int64_t>(0, most)(random_);
    }
    std::string any_region() {
        static const std::vector<std::string> kRegions{
            "230102", "230103", "230201", "230100", "230000", "310101", "110105", "650100"};
        return kRegions[static_cast<std::size_t>(up_to(7))];
    }

    /// Somebody saves or moves a report; now and then a lead's, with shares.
    void change_one() {
        const std::int64_t hospital = hospitals_[static_cast<std::size_t>(up_to(29))];
        store().write([&](Transaction& transaction) {
            auto& volumes = transaction.volumes();
            auto report = volumes.report(round_, hospital);
            const bool is_new = !report;
            if (is_new) report.emplace();
            report->round = round_;
            report->hospital = hospital;
            report->status = static_cast<std::uint8_t>(up_to(6));
            report->changed_at = kNow;
            if (is_new || up_to(2) > 0) {
                report->region = any_region();
                report->split = up_to(3) == 0;
                is_new ? volumes.add(*report) : static_cast<void>(volumes.save(*report));
                std::vector<ports::VolumeLine> lines;
                std::vector<ports::MemberShare> shares;
                for (std::int64_t i = up_to(12); i > 0; --i) {
                    const std::string lot = std::to_string(up_to(4));
                    const std::string spec = up_to(1) == 0 ? "10mg" : "20mg";
                    const std::string brand = up_to(3) == 0 ? "齐鲁" : "";
                    const std::int64_t units = up_to(5) == 0 ? 0 : up_to(1'000'000'000'000);
                    lines.push_back({lot, spec, brand, units, 0, ""});
                    const std::int64_t own = units / 3;
                    shares.push_back({lot, spec, brand, hospital, report->region, own});
                    shares.push_back({lot, spec, brand, hospitals_[0], any_region(), units - own});
                }
                volumes.set_lines(round_, hospital, lines);
                volumes.set_shares(
                    round_, hospital, report->split ? shares : std::vector<ports::MemberShare>{}
                );
            } else {
                static_cast<void>(volumes.save(*report));
            }
        });
    }

    /// The same by SQL alone.
    std::vector<VolumeSum> by_sql(const VolumeSumsAsked& asked) {
        const std::string digits = std::to_string(2 * static_cast<int>(asked.level));
        const std::string statuses = asked.counted == Counted::all         ? "0,1,2,3,4,5,6"
                                     : asked.counted == Counted::submitted ? "1,2,3,4,5"
                                                                           : "5";
        const std::string of_round =
            "r.round = '" + round_ + "' AND r.status IN (" + statuses + ")";
        std::string statement =
            "SELECT RPAD(LEFT(region, " + digits +
            "), 6, '0') AS at_level, lot, spec, brand, "
            "CAST(SUM(units) AS SIGNED), COUNT(DISTINCT report, hospital, region) FROM ("
            "SELECT r.hospital AS report, r.hospital, r.region, l.lot, l.spec, l.brand, l.units "
            "FROM volume_reports r "
            "JOIN volume_lines l ON l.round = r.round AND l.hospital = r.hospital WHERE " +
            of_round +
            " AND r.split = 0 UNION ALL SELECT r.hospital, s.member, s.region, s.lot, s.spec, "
            "s.brand, s.units "
            "FROM volume_reports r JOIN volume_shares s ON s.round = r.round AND "
            "s.hospital = r.hospital WHERE " +
            of_round + " AND r.split = 1) parts WHERE units > 0";
        if (!asked.lot.empty()) statement += " AND lot = '" + asked.lot + "'";
        if (!asked.within.empty()) {
            std::string prefix = asked.within;
            while (prefix.size() > 2 && prefix.substr(prefix.size() - 2) == "00") {
                prefix.resize(prefix.size() - 2);
            }
            statement += " AND region LIKE '" + prefix + "%'";
        }
        statement += " GROUP BY at_level, lot, spec, brand ORDER BY at_level, lot, spec, brand";
        std::vector<VolumeSum> sums;
        for (const auto& row : connect()->query(statement)) {
            sums.push_back(
                {row.text(0), row.text(1), row.text(2), row.text(3), row.number(4), row.number(5)}
            );
        }
        return sums;
    }

    void compare(LiveVolumes& live, const VolumeSumsAsked& asked) {
        const auto expected = by_sql(asked);
        const auto shown = live.sums(round_, asked);
        ASSERT_EQ(shown.size(), expected.size());
        for (std::size_t i = 0; i < shown.size(); ++i) {
            EXPECT_EQ(shown[i].region, expected[i].region);
            EXPECT_EQ(shown[i].lot, expected[i].lot);
            EXPECT_EQ(shown[i].spec, expected[i].spec);
            EXPECT_EQ(shown[i].brand, expected[i].brand);
            EXPECT_EQ(shown[i].units, expected[i].units);
            EXPECT_EQ(shown[i].hospitals, expected[i].hospitals);
        }
    }

    void compare_all(LiveVolumes& live) {
        for (const auto level :
             {VolumeLevel::country,
              VolumeLevel::province,
              VolumeLevel::city,
              VolumeLevel::county}) {
            for (const auto counted : {Counted::all, Counted::submitted, Counted::confirmed}) {
                for (const char* const within : {"", "230000", "230100"}) {
                    if (level == VolumeLevel::country && *within != '\0') continue;
                    // Institutions of a province or city itself lie at its own code.
                    if (level == VolumeLevel::province && std::string(within) == "230100") continue;
                    compare(live, {level, counted, within, ""});
                    compare(live, {level, counted, within, "2"});
                }
            }
        }
    }

    std::string round_;
    std::vector<std::int64_t> hospitals_;
    std::mt19937_64 random_{20261124};
};

TEST_F(Live, AgreesWithTheDatabaseAfterRandomHistories) {
    LiveVolumes early(store());
    compare_all(early);
    for (int step = 0; step < 120; ++step) {
        change_one();
        const VolumeSumsAsked asked{
            static_cast<VolumeLevel>(1 + up_to(2)), static_cast<Counted>(up_to(2)), "", ""};
        compare(early, asked);
    }
    compare_all(early);
    EXPECT_EQ(early.figures(round_).loads, 1);
    EXPECT_GT(early.figures(round_).changes, 100);
    LiveVolumes late(store());
    compare_all(late);
    EXPECT_EQ(late.figures(round_).changes, 0);
}

TEST_F(Live, AChangeStoredLongAgoByTheClockIsFound) {
    for (int i = 0; i < 20; ++i) change_one();
    LiveVolumes live(store());
    compare_all(live);
    change_one();
    // As a transaction that took a minute to end.
    connect()->execute("UPDATE volume_reports SET stored_at = stored_at - INTERVAL 60 SECOND");
    compare_all(live);
}

TEST_F(Live, ReportsThatWentAwayBelowUsAreForgotten) {
    for (int i = 0; i < 20; ++i) change_one();
    LiveVolumes live(store());
    compare_all(live);
    const auto connection = connect();
    for (const char* const table : {"volume_lines", "volume_shares", "volume_reports"}) {
        connection->execute(
            "DELETE FROM " + std::string(table) + " WHERE round = '" + round_ +
            "' AND hospital < " + std::to_string(hospitals_[15])
        );
    }
    compare_all(live);
}

TEST_F(Live, ManyAskAndChangeAtOnce) {
    LiveVolumes live(store());
    std::vector<std::thread> people;
    for (int i = 0; i < 3; ++i) {
        people.emplace_back([&] {
            for (int j = 0; j < 30; ++j) {
                static_cast<void>(live.sums(round_, {VolumeLevel::city, Counted::all, "", ""}));
            }
        });
    }
    for (int i = 0; i < 40; ++i) change_one();
    for (auto& person : people) person.join();
    compare_all(live);
}

TEST_F(Live, ASumBeyondItsBoundIsABrokenInvariantNotAWrongSum) {
    store().write([&](Transaction& transaction) {
        ports::VolumeReport report;
        report.round = round_;
        report.hospital = hospitals_[0];
        report.region = "230102";
        report.changed_at = kNow;
        transaction.volumes().add(report);
        const ports::VolumeLine most{"1", "10mg", "", 1'000'000'000'000'000'000, 0, ""};
        transaction.volumes().set_lines(round_, hospitals_[0], {most});
    });
    LiveVolumes live(store());
    EXPECT_EQ(live.sums(round_, {VolumeLevel::country, Counted::all, "", ""}).size(), 1U);
    store().write([&](Transaction& transaction) {
        ports::VolumeReport report;
        report.round = round_;
        report.hospital = hospitals_[1];
        report.region = "230102";
        report.changed_at = kNow;
        transaction.volumes().add(report);
        transaction.volumes().set_lines(round_, hospitals_[1], {{"1", "10mg", "", 1, 0, ""}});
    });
    EXPECT_ANY_THROW(
        static_cast<void>(live.sums(round_, {VolumeLevel::country, Counted::all, "", ""}))
    );
}

}  // namespace
}  // namespace jicai::web
