// Reports, lines, shares, steps, past use and late filings on a real database, with Chinese and the
// bounds of the columns.
#include <engine/ports/volume_store.h>

#include <tests/sql/fixture.h>

#include <map>
#include <thread>

namespace jicai::sql::testing {
namespace {

using ports::Transaction;
using ports::VolumeReport;

constexpr std::int64_t kUnitsMax = 1'000'000'000'000;
const std::string kRare = "𠮷野家😀阿莫西林\"'\\;--\n\t";

class Volumes : public DatabaseTest {
protected:
    /// A round of its own with `hospitals` institutions.
    void SetUp() override {
        static int number = 0;
        round_ = "R-'" + std::to_string(++number) + "阿";
        store().write([&](Transaction& transaction) {
            ports::StoredRound stored;
            stored.id = round_;
            stored.title = "报量测试";
            stored.kind = "drug";
            stored.rulebook = "gy-yd2019-2";
            stored.changed_at = kNow;
            transaction.rounds().add(stored, {});
            for (int i = 0; i < 4; ++i) {
                hospitals_.push_back(transaction.people().add(
                    organisation("V" + std::to_string(number) + "-" + std::to_string(i))
                ));
            }
        });
    }

    VolumeReport report(std::size_t hospital) const {
        VolumeReport report;
        report.round = round_;
        report.hospital = hospitals_.at(hospital);
        report.region = "230102";
        report.changed_at = kNow;
        report.changed_by = 7;
        report.changed_name = "张三";
        return report;
    }

    void add(std::size_t hospital, const std::vector<ports::VolumeLine>& lines = {}) {
        store().write([&](Transaction& transaction) {
            transaction.volumes().add(report(hospital));
            transaction.volumes().set_lines(round_, hospitals_.at(hospital), lines);
        });
    }

    std::string round_;
    std::vector<std::int64_t> hospitals_;
};

TEST_F(Volumes, ReportComesBackWithEveryMember) {
    VolumeReport given = report(0);
    given.status = 5;
    given.late = true;
    given.split = true;
    given.line_count = 12;
    given.lot_count = 3;
    given.submitted_at = ports::after(kNow, 1);
    given.changed_name = kRare;
    store().write([&](Transaction& transaction) { transaction.volumes().add(given); });
    store().read([&](Transaction& transaction) {
        const auto back = transaction.volumes().report(round_, hospitals_[0]);
        ASSERT_TRUE(back);
        EXPECT_EQ(back->round, round_);
        EXPECT_EQ(back->hospital, hospitals_[0]);
        EXPECT_EQ(back->region, "230102");
        EXPECT_EQ(back->status, 5);
        EXPECT_TRUE(back->late);
        EXPECT_TRUE(back->split);
        EXPECT_EQ(back->line_count, 12);
        EXPECT_EQ(back->lot_count, 3);
        EXPECT_EQ(back->submitted_at, given.submitted_at);
        EXPECT_EQ(back->changed_at, kNow);
        EXPECT_EQ(back->changed_by, 7);
        EXPECT_EQ(back->changed_name, kRare);
        EXPECT_EQ(back->version, 1);
        EXPECT_FALSE(transaction.volumes().report(round_, hospitals_[1]));
        EXPECT_FALSE(transaction.volumes().report("another", hospitals_[0]));
    });
}

TEST_F(Volumes, SecondReportOfAnInstitutionIsAConflict) {
    add(0);
    EXPECT_THROW(add(0), ports::Conflict);
    store().read([&](Transaction& transaction) {
        EXPECT_EQ(transaction.volumes().reports(round_).size(), 1U);
    });
}

TEST_F(Volumes, SecondSaveOfOneVersionLoses) {
    add(0);
    store().write([&](Transaction& transaction) {
        VolumeReport first = report(0);
        first.status = 1;
        VolumeReport second = report(0);
        second.status = 6;
        EXPECT_TRUE(transaction.volumes().save(first));
        EXPECT_FALSE(transaction.volumes().save(second));
        EXPECT_EQ(transaction.volumes().report(round_, hospitals_[0])->status, 1);
        EXPECT_EQ(transaction.volumes().report(round_, hospitals_[0])->version, 2);
    });
}

TEST_F(Volumes, OfTwoAtOnceOneWins) {
    add(0);
    std::vector<int> won(2);
    std::vector<std::thread> people;
    for (std::size_t i = 0; i < 2; ++i) {
        people.emplace_back([&, i] {
            store().write([&](Transaction& transaction) {
                won[i] = transaction.volumes().save(report(0)) ? 1 : 0;
                const std::vector<ports::VolumeLine> lines(
                    300, {"1", std::to_string(i), "", static_cast<std::int64_t>(i), 0, ""}
                );
                if (won[i] == 1) transaction.volumes().set_lines(round_, hospitals_[0], lines);
            });
        });
    }
    for (std::thread& person : people) person.join();
    EXPECT_EQ(won[0] + won[1], 1);
    store().read([&](Transaction& transaction) {
        const auto lines = transaction.volumes().lines(round_, hospitals_[0]);
        ASSERT_EQ(lines.size(), 300U);
        for (const auto& line : lines) EXPECT_EQ(line.units, won[1]);
        EXPECT_EQ(transaction.volumes().report(round_, hospitals_[0])->version, 2);
    });
}

TEST_F(Volumes, LinesComeBackInOrderAndAreReplaced) {
    for (const std::size_t size : {0U, 1U, 3U, 4U, 63U, 64U, 257U, 1000U}) {
        std::vector<ports::VolumeLine> lines;
        for (std::size_t i = 0; i < size; ++i) {
            lines.push_back(
                {std::to_string(i % 60),
                 kRare,
                 i % 2 == 0 ? "" : "齐鲁制药有限公司",
                 kUnitsMax - static_cast<std::int64_t>(i),
                 static_cast<std::uint8_t>(i % 10),
                 kRare + std::to_string(i)}
            );
        }
        store().write([&](Transaction& transaction) {
            if (!transaction.volumes().report(round_, hospitals_[0])) {
                transaction.volumes().add(report(0));
            }
            transaction.volumes().set_lines(round_, hospitals_[0], lines);
        });
        store().read([&](Transaction& transaction) {
            const auto back = transaction.volumes().lines(round_, hospitals_[0]);
            ASSERT_EQ(back.size(), size);
            for (std::size_t i = 0; i < size; ++i) {
                EXPECT_EQ(back[i].lot, lines[i].lot);
                EXPECT_EQ(back[i].spec, lines[i].spec);
                EXPECT_EQ(back[i].brand, lines[i].brand);
                EXPECT_EQ(back[i].units, lines[i].units);
                EXPECT_EQ(back[i].cause, lines[i].cause);
                EXPECT_EQ(back[i].remark, lines[i].remark);
            }
        });
    }
}

TEST_F(Volumes, SharesStepsAndLateFilingsComeBack) {
    add(0);
    ports::ReportStep step{
        0, round_, hospitals_[0], 4, 1, 6, 17, hospitals_[1], "li.si", kRare, kNow, kRare, 99};
    ports::LateFiling filing{
        round_, hospitals_[0], ports::after(kNow, ports::kDay), kRare, 17, 3, "李四", kNow};
    store().write([&](Transaction& transaction) {
        auto& volumes = transaction.volumes();
        volumes.set_shares(
            round_,
            hospitals_[0],
            {{"1", "10mg", "", hospitals_[0], "230102", 5},
             {"1", "10mg", kRare, hospitals_[1], "230103", kUnitsMax}}
        );
        step.id = volumes.add(step);
        EXPECT_GT(volumes.add(step), step.id);
        volumes.set_late_filing(filing);
        filing.until = kNow;
        volumes.set_late_filing(filing);
    });
    store().read([&](Transaction& transaction) {
        auto& volumes = transaction.volumes();
        const auto shares = volumes.shares(round_, hospitals_[0]);
        ASSERT_EQ(shares.size(), 2U);
        EXPECT_EQ(shares[1].brand, kRare);
        EXPECT_EQ(shares[1].member, hospitals_[1]);
        EXPECT_EQ(shares[1].region, "230103");
        EXPECT_EQ(shares[1].units, kUnitsMax);
        const auto steps = volumes.steps(round_, hospitals_[0]);
        ASSERT_EQ(steps.size(), 2U);
        EXPECT_EQ(steps[0].id, step.id);
        EXPECT_EQ(steps[0].step, 4);
        EXPECT_EQ(steps[0].from, 1);
        EXPECT_EQ(steps[0].to, 6);
        EXPECT_EQ(steps[0].user, 17);
        EXPECT_EQ(steps[0].organisation, hospitals_[1]);
        EXPECT_EQ(steps[0].login, "li.si");
        EXPECT_EQ(steps[0].name, kRare);
        EXPECT_EQ(steps[0].at, kNow);
        EXPECT_EQ(steps[0].remark, kRare);
        EXPECT_EQ(steps[0].document, 99);
        EXPECT_EQ(volumes.late_filings(round_).size(), 1U);
        const auto back = volumes.late_filing(round_, hospitals_[0]);
        ASSERT_TRUE(back);
        EXPECT_EQ(back->until, kNow);
        EXPECT_EQ(back->reason, kRare);
        EXPECT_EQ(back->user, 17);
        EXPECT_EQ(back->organisation, 3);
        EXPECT_EQ(back->name, "李四");
        EXPECT_FALSE(volumes.late_filing(round_, hospitals_[1]));
    });
}

TEST_F(Volumes, PastUseIsThatOfTheInstitutionsAskedFor) {
    store().write([&](Transaction& transaction) {
        for (std::size_t i = 0; i < 3; ++i) {
            const auto units = static_cast<std::int64_t>(i) * 10;
            transaction.volumes().set_past_use(
                round_,
                hospitals_[i],
                {{0, "1", "10mg", "", 2023, units}, {0, "2", "片", kRare, 2024, kUnitsMax}}
            );
        }
    });
    store().read([&](Transaction& transaction) {
        const auto uses = transaction.volumes().past_use(round_, {hospitals_[2], hospitals_[0]});
        ASSERT_EQ(uses.size(), 4U);
        EXPECT_EQ(uses[0].hospital, hospitals_[0]);
        EXPECT_EQ(uses[1].units, kUnitsMax);
        EXPECT_EQ(uses[1].brand, kRare);
        EXPECT_EQ(uses[2].hospital, hospitals_[2]);
        EXPECT_EQ(uses[2].units, 20);
        EXPECT_EQ(uses[2].year, 2023);
        EXPECT_TRUE(transaction.volumes().past_use(round_, {}).empty());
        EXPECT_TRUE(transaction.volumes().past_use("another", hospitals_).empty());
    });
}

TEST_F(Volumes, PartsAreLinesOrSharesNeverBoth) {
    add(0, {{"1", "10mg", "", 5, 0, ""}, {"2", "片", "", 6, 0, ""}});
    store().write([&](Transaction& transaction) {
        VolumeReport lead = report(1);
        lead.split = true;
        transaction.volumes().add(lead);
        transaction.volumes().set_lines(round_, hospitals_[1], {{"1", "10mg", "", 9, 0, ""}});
        transaction.volumes().set_shares(
            round_,
            hospitals_[1],
            {{"1", "10mg", "", hospitals_[2], "230103", 4},
             {"1", "10mg", "", hospitals_[3], "230104", 5}}
        );
    });
    store().read([&](Transaction& transaction) {
        std::vector<ports::VolumePart> streamed;
        transaction.volumes().each_part(round_, [&](const ports::VolumePart& part) {
            streamed.push_back(part);
        });
        const auto asked = transaction.volumes().parts(round_, hospitals_);
        for (const auto& parts : {streamed, asked}) {
            std::map<std::string, std::int64_t> by_region;
            for (const auto& part : parts) by_region[part.region + part.lot] += part.units;
            const std::map<std::string, std::int64_t> expected{
                {"2301021", 5}, {"2301022", 6}, {"2301031", 4}, {"2301041", 5}};
            EXPECT_EQ(by_region, expected);
        }
        EXPECT_EQ(streamed.back().report, hospitals_[1]);
        EXPECT_EQ(streamed.back().hospital, hospitals_[3]);
        EXPECT_EQ(transaction.volumes().parts(round_, {hospitals_[0]}).size(), 2U);
        EXPECT_EQ(transaction.volumes().reports(round_, hospitals_).size(), 2U);
    });
}

TEST_F(Volumes, WhatChangedIsFound) {
    add(0);
    add(1);
    ports::VersionSum before;
    ports::Moment now;
    store().read([&](Transaction& transaction) {
        before = transaction.volumes().version_sum(round_);
        EXPECT_EQ(before, (ports::VersionSum{2, 2}));
        EXPECT_EQ(transaction.volumes().version_sum("another"), (ports::VersionSum{0, 0}));
        now = transaction.volumes().database_now();
        EXPECT_TRUE(transaction.volumes().versions_since(round_, ports::after(now, 1)).empty());
    });
    store().write([&](Transaction& transaction) {
        EXPECT_TRUE(transaction.volumes().save(report(1)));
    });
    store().read([&](Transaction& transaction) {
        EXPECT_EQ(transaction.volumes().version_sum(round_), (ports::VersionSum{2, 3}));
        const auto changed = transaction.volumes().versions_since(round_, now);
        ASSERT_EQ(changed.size(), 1U);
        EXPECT_EQ(changed[0].hospital, hospitals_[1]);
        EXPECT_EQ(changed[0].version, 2);
        const auto all = transaction.volumes().versions(round_);
        ASSERT_EQ(all.size(), 2U);
        EXPECT_EQ(all[0].version, 1);
    });
}

}  // namespace
}  // namespace jicai::sql::testing
