// Saving, steps, groups, late filings and demand.csv over a real database.
#include <engine/ports/refused.h>
#include <engine/volumes/demand.h>
#include <engine/volumes/steps.h>

#include <tests/sql/fixture.h>

#include <functional>

namespace jicai::volumes {
namespace {

using access::Role;
using access::Stage;
using ports::Transaction;
using ports::VolumeLine;
using reporting::Status;
using reporting::Step;
using sql::testing::kNow;

class Reports : public sql::testing::DatabaseTest {
protected:
    void SetUp() override {
        static int number = 0;
        const std::string id = std::to_string(++number);
        round_.id = "W" + id;
        round_.title = "报量";
        round_.kind = "drug";
        round_.rulebook = "gy-yd2019-2";
        round_.stage = Stage::volume_reporting;
        round_.changed_at = kNow;
        plan_.lots = {
            {"1", "阿莫西林胶囊", {{"250mg", 1}, {"500mg", 2}}}, {"2", "氨氯地平片", {{"5mg", 1}}}};
        plan_.regions = {"北京", "黑龙江", "新疆（含兵团）"};
        plan_.policy = rules::assumed_reporting();
        plan_.first_year = 2024;
        store().write([&](Transaction& transaction) {
            transaction.rounds().add(round_, {});
            for (const char* const region : {"230102", "230100", "230000", "650102"}) {
                auto hospital = organisation("W" + id + "-" + region);
                hospital.name = std::string("医院") + region;
                hospital.region = region;
                const std::int64_t added = transaction.people().add(hospital);
                hospitals_.push_back(*reporter_of(transaction, added));
            }
        });
    }

    static Doer doer(Role role, std::int64_t organisation, const std::string& region) {
        Doer doer;
        doer.actor.user = 7;
        doer.actor.organisation = organisation;
        doer.actor.region = region;
        doer.actor.roles = {role};
        doer.login = "zhang.san";
        doer.name = "张三";
        doer.now = kNow;
        return doer;
    }
    Doer of(const Reporter& hospital, Role role = Role::hospital_reporter) const {
        return doer(role, hospital.organisation, hospital.region);
    }
    static Doer bureau(Role role, const std::string& region) { return doer(role, 999, region); }

    OpenReport open(const Reporter& hospital) {
        OpenReport report;
        store().read([&](Transaction& transaction) {
            report = open_report(transaction, round_, hospital);
        });
        return report;
    }

    void save(const Reporter& hospital, const std::vector<VolumeLine>& lines) {
        store().write([&](Transaction& transaction) {
            const auto before = open_report(transaction, round_, hospital);
            save_lines(transaction, round_, plan_, before, of(hospital), lines, before.version());
        });
    }

    void step(
        const Reporter& hospital, Step step, const Doer& who, const std::string& remark = ""
    ) {
        store().write([&](Transaction& transaction) {
            const auto before = open_report(transaction, round_, hospital);
            take_step(transaction, round_, plan_, before, who, {step, remark, 0, before.version()});
        });
    }

    /// All the way to the province.
    void confirm(const Reporter& hospital) {
        step(hospital, Step::submit, of(hospital));
        step(hospital, Step::approve, of(hospital, Role::hospital_approver));
        if (hospital.region.substr(4) != "00") {
            step(hospital, Step::confirm, bureau(Role::bureau_county, hospital.region));
        }
        if (hospital.region.substr(2) != "0000") {
            step(
                hospital,
                Step::confirm,
                bureau(Role::bureau_city, hospital.region.substr(0, 4) + "00")
            );
        }
        step(
            hospital,
            Step::confirm,
            bureau(Role::bureau_province, hospital.region.substr(0, 2) + "0000")
        );
    }

    std::string demand() {
        std::string csv;
        store().read([&](Transaction& transaction) {
            csv = demand_csv(transaction, round_.id, plan_, [](const std::string& code) {
                if (code == "230000") return std::string("黑龙江省");
                return std::string(code == "650000" ? "新疆维吾尔自治区" : "台湾省");
            });
        });
        return csv;
    }

    static ports::Refused refused(const std::function<void()>& work) {
        try {
            work();
        } catch (const ports::Refused& refusal) {
            return refusal;
        }
        ADD_FAILURE() << "not refused";
        return ports::Refused({"", {}});
    }
    static std::string key(const std::function<void()>& work) { return refused(work).why().key; }

    ports::StoredRound round_;
    RoundPlan plan_;
    std::vector<Reporter> hospitals_;
};

TEST_F(Reports, SavedLinesComeBackAndEachSaveIsAVersion) {
    const std::vector<VolumeLine> lines{
        {"1", "250mg", "", 100, 0, ""}, {"2", "5mg", "齐鲁", 0, 9, "停用"}};
    save(hospitals_[0], lines);
    auto report = open(hospitals_[0]);
    EXPECT_EQ(report.version(), 1);
    EXPECT_EQ(report.report->line_count, 2);
    EXPECT_EQ(report.report->lot_count, 2);
    EXPECT_EQ(report.report->changed_name, "张三");
    EXPECT_EQ(report.lines[1].brand, "齐鲁");
    save(hospitals_[0], {});
    report = open(hospitals_[0]);
    EXPECT_EQ(report.version(), 2);
    EXPECT_TRUE(report.lines.empty());
}

TEST_F(Reports, TheSlowerOfTwoIsToldWhoWasFasterAndWhen) {
    const OpenReport early = open(hospitals_[0]);
    save(hospitals_[0], {{"1", "250mg", "", 100, 0, ""}});
    const auto refusal = refused([&] {
        store().write([&](Transaction& transaction) {
            save_lines(transaction, round_, plan_, early, of(hospitals_[0]), {}, 0);
        });
    });
    EXPECT_EQ(refusal.why().key, "volumes.changed");
    const std::map<std::string, std::string> arguments(
        refusal.why().arguments.begin(), refusal.why().arguments.end()
    );
    EXPECT_EQ(arguments.at("who"), "张三");
    EXPECT_EQ(arguments.at("at"), ports::beijing_text(kNow));
    EXPECT_EQ(open(hospitals_[0]).lines.size(), 1U);
}

TEST_F(Reports, EveryMalformedLineIsNamedAndNothingSaved) {
    const auto refusal = refused([&] {
        save(
            hospitals_[0],
            {{"9", "250mg", "", 1, 0, ""},
             {"1", "5mg", "", 1, 0, ""},
             {"1", "250mg", "", kUnitsMax + 1, 0, ""},
             {"1", "250mg", "", kUnitsMax, 0, ""},
             {"1", "250mg", "", -1, 0, ""}}
        );
    });
    EXPECT_EQ(refusal.why().key, "volumes.malformed");
    ASSERT_EQ(refusal.faults().size(), 4U);
    EXPECT_EQ(refusal.faults()[0].field, "/lines/0/lot");
    EXPECT_EQ(refusal.faults()[1].field, "/lines/1/spec");
    EXPECT_EQ(refusal.faults()[2].field, "/lines/2/units");
    EXPECT_EQ(refusal.faults()[3].field, "/lines/4/units");
    EXPECT_FALSE(open(hospitals_[0]).report);
}

TEST_F(Reports, BelowTheFloorNeedsACause) {
    const Reporter& hospital = hospitals_[0];
    store().write([&](Transaction& transaction) {
        transaction.volumes().set_past_use(
            round_.id,
            hospital.organisation,
            {{0, "1", "250mg", "", 2024, 1000}, {0, "1", "500mg", "", 2025, 500}}
        );
    });
    // 80 % of the mean of 1,000 and 2 x 500 is 800 of the smaller strength.
    save(hospital, {{"1", "250mg", "", 799, 0, ""}});
    const auto refusal = refused([&] { step(hospital, Step::submit, of(hospital)); });
    EXPECT_EQ(refusal.why().key, "volumes.held_back");
    ASSERT_EQ(refusal.faults().size(), 1U);
    EXPECT_EQ(refusal.faults()[0].message.key, "volumes.finding.below_floor_unsaid");
    const auto checks = check_lots(plan_, open(hospital).lines, open(hospital).past);
    ASSERT_EQ(checks.size(), 1U);
    EXPECT_EQ(checks[0].answer.comparison.floor, "800");
    EXPECT_EQ(checks[0].past_mean, "1000");
    EXPECT_EQ(checks[0].alarm, "2000");
    save(hospital, {{"1", "500mg", "", 400, 0, ""}});
    step(hospital, Step::submit, of(hospital));
    EXPECT_EQ(open(hospital).status(), Status::submitted);
    step(hospital, Step::take_back, of(hospital));
    save(hospital, {{"1", "250mg", "", 0, 2, ""}});
    step(hospital, Step::submit, of(hospital));
    EXPECT_EQ(open(hospital).steps.size(), 3U);
}

TEST_F(Reports, OnlyWhoseTurnItIsMovesAReport) {
    const Reporter& hospital = hospitals_[0];
    save(hospital, {{"1", "250mg", "", 100, 0, ""}});
    EXPECT_EQ(key([&] { step(hospital, Step::submit, of(hospitals_[1])); }), "access.not_yours");
    step(hospital, Step::submit, of(hospital));
    EXPECT_EQ(key([&] { save(hospital, {}); }), "volumes.on_its_way");
    step(hospital, Step::approve, of(hospital, Role::hospital_approver));
    EXPECT_EQ(
        key([&] { step(hospital, Step::confirm, bureau(Role::bureau_city, "230100")); }),
        "volumes.step_not_yours"
    );
    EXPECT_EQ(
        key([&] { step(hospital, Step::confirm, bureau(Role::bureau_county, "230103")); }),
        "access.not_yours"
    );
    step(hospital, Step::confirm, bureau(Role::bureau_county, "230102"));
    EXPECT_EQ(
        key([&] { step(hospital, Step::send_back, bureau(Role::bureau_city, "230100")); }),
        "volumes.remark_missing"
    );
    step(hospital, Step::send_back, bureau(Role::bureau_city, "230100"), "数量偏高");
    EXPECT_EQ(open(hospital).status(), Status::returned);
    EXPECT_EQ(open(hospital).steps.back().remark, "数量偏高");
    save(hospital, {{"1", "250mg", "", 90, 0, ""}});
    confirm(hospital);
    EXPECT_EQ(open(hospital).status(), Status::province_confirmed);
}

TEST_F(Reports, WhatIsPossibleIsWhatIsNotRefused) {
    const Reporter& hospital = hospitals_[0];
    const auto may = [&](const Doer& who) {
        std::string names;
        store().read([&](Transaction& transaction) {
            names.clear();
            const auto report = open_report(transaction, round_, hospital);
            for (const auto& name : possible(transaction, round_, report, who)) {
                names += name + " ";
            }
        });
        return names;
    };
    EXPECT_EQ(may(of(hospital)), "save ");
    save(hospital, {{"1", "250mg", "", 100, 0, ""}});
    EXPECT_EQ(may(of(hospital)), "save submit ");
    EXPECT_EQ(may(bureau(Role::bureau_county, "230102")), "");
    step(hospital, Step::submit, of(hospital));
    EXPECT_EQ(may(of(hospital)), "take_back ");
    EXPECT_EQ(may(of(hospital, Role::hospital_approver)), "approve send_back ");
    step(hospital, Step::approve, of(hospital, Role::hospital_approver));
    EXPECT_EQ(may(bureau(Role::bureau_county, "230102")), "confirm send_back ");
    EXPECT_EQ(may(bureau(Role::bureau_county, "310101")), "");
    EXPECT_EQ(may(bureau(Role::bureau_province, "230000")), "");
}

TEST_F(Reports, AfterTheReportingOnlyWithLeave) {
    const Reporter& hospital = hospitals_[0];
    round_.stage = Stage::volume_confirmation;
    EXPECT_EQ(key([&] { save(hospital, {}); }), "volumes.leave_needed");
    const auto let_in = [&](const Doer& who, const std::string& reason, ports::Moment until) {
        store().write([&](Transaction& transaction) {
            let_in_late(transaction, round_, hospital, who, reason, until);
        });
    };
    const ports::Moment tomorrow = ports::after(kNow, ports::kDay);
    const Doer province = bureau(Role::bureau_province, "230000");
    EXPECT_EQ(
        key([&] { let_in(bureau(Role::bureau_city, "230100"), "停电", tomorrow); }),
        "volumes.late_not_yours"
    );
    EXPECT_EQ(
        key([&] { let_in(bureau(Role::bureau_province, "310000"), "停电", tomorrow); }),
        "volumes.late_not_yours"
    );
    EXPECT_EQ(key([&] { let_in(province, "", tomorrow); }), "volumes.reason_missing");
    EXPECT_EQ(key([&] { let_in(province, "停电", kNow); }), "volumes.until_past");
    let_in(province, "停电", tomorrow);
    save(hospital, {{"1", "250mg", "", 100, 0, ""}});
    confirm(hospital);
    EXPECT_TRUE(open(hospital).report->late);
    Doer too_late = of(hospitals_[1]);
    too_late.now = tomorrow;
    EXPECT_EQ(
        key([&] {
            store().write([&](Transaction& transaction) {
                const auto report = open_report(transaction, round_, hospitals_[1]);
                save_lines(transaction, round_, plan_, report, too_late, {}, 0);
            });
        }),
        "volumes.leave_needed"
    );
}

TEST_F(Reports, WhatWasSentBackAfterTheReportingIsMended) {
    const Reporter& hospital = hospitals_[1];
    save(hospital, {{"1", "250mg", "", 100, 0, ""}});
    step(hospital, Step::submit, of(hospital));
    step(hospital, Step::approve, of(hospital, Role::hospital_approver));
    round_.stage = Stage::volume_confirmation;
    step(hospital, Step::send_back, bureau(Role::bureau_city, "230100"), "请核对");
    save(hospital, {{"1", "250mg", "", 80, 0, ""}});
    confirm(hospital);
    EXPECT_FALSE(open(hospital).report->late);
}

TEST_F(Reports, ALeadReportsForItsMembers) {
    Reporter lead = hospitals_[0];
    lead.members = {hospitals_[0], hospitals_[1], hospitals_[3]};
    store().write([&](Transaction& transaction) {
        const auto used = [&](std::size_t hospital, std::int64_t units) {
            transaction.volumes().set_past_use(
                round_.id, hospitals_[hospital].organisation, {{0, "1", "250mg", "", 2024, units}}
            );
        };
        used(0, 10);
        used(1, 20);
        used(3, 0);
    });
    save(lead, {{"1", "250mg", "", 101, 3, ""}, {"2", "5mg", "", 2, 0, ""}});
    const auto report = open(lead);
    EXPECT_TRUE(report.report->split);
    std::map<std::int64_t, std::int64_t> of_first;
    std::int64_t sum = 0;
    for (const auto& share : report.shares) {
        if (share.lot == "1") of_first[share.member] += share.units;
        sum += share.units;
    }
    EXPECT_EQ(of_first[hospitals_[0].organisation], 34);
    EXPECT_EQ(of_first[hospitals_[1].organisation], 67);
    EXPECT_EQ(of_first.count(hospitals_[3].organisation), 0U);
    EXPECT_EQ(sum, 103);
    Reporter member = hospitals_[1];
    member.lead = hospitals_[0];
    EXPECT_EQ(key([&] { save(member, {}); }), "volumes.in_group");
    const auto part = open(member);
    ASSERT_EQ(part.lines.size(), 2U);
    EXPECT_EQ(part.lines[0].units, 67);
    EXPECT_EQ(part.version(), 1);
    member.through = true;
    EXPECT_EQ(key([&] { need_reporter(member, kNow); }), "volumes.buys_through");
    confirm(lead);
    EXPECT_EQ(demand(), "lot,spec,region,quantity\n1,250mg,黑龙江,101\n2,5mg,黑龙江,2\n");
}

TEST_F(Reports, ATemporaryInstitutionReportsUntilItsLastDay) {
    Reporter temporary = hospitals_[0];
    temporary.expires = "2026-11-23";  // kNow is 09:30 of that day in Beijing
    save(temporary, {});
    temporary.expires = "2026-11-22";
    EXPECT_EQ(key([&] { save(temporary, {}); }), "volumes.expired");
    temporary.expires.clear();
    temporary.active = false;
    EXPECT_EQ(key([&] { save(temporary, {}); }), "volumes.inactive");
}

TEST_F(Reports, DemandIsTheConfirmedReportsAndNothingElse) {
    save(hospitals_[0], {{"1", "250mg", "齐鲁", 100, 0, ""}, {"1", "250mg", "", 11, 0, ""}});
    save(hospitals_[1], {{"1", "250mg", "", 1000, 0, ""}, {"2", "5mg", "", 0, 9, "停用"}});
    save(hospitals_[2], {{"2", "5mg", "", kUnitsMax, 0, ""}});
    save(hospitals_[3], {{"1", "500mg", "", 7, 0, ""}});
    EXPECT_EQ(demand(), "lot,spec,region,quantity\n");
    for (const std::size_t each : {0U, 2U, 3U}) confirm(hospitals_[each]);
    step(hospitals_[1], Step::submit, of(hospitals_[1]));
    EXPECT_EQ(
        demand(),
        "lot,spec,region,quantity\n1,250mg,黑龙江,111\n1,500mg,新疆（含兵团）,7\n"
        "2,5mg,黑龙江,1000000000000\n"
    );
    store().read([&](Transaction& transaction) {
        EXPECT_EQ(unconfirmed(transaction, round_.id), 1);
    });
    plan_.policy.brand_rule.value = reporting::BrandRule::brand;
    EXPECT_NE(demand().find("1,250mg,黑龙江,100,齐鲁\n"), std::string::npos);
    plan_.policy.brand_rule.value = reporting::BrandRule::mixed;
    plan_.lots.pop_back();
    EXPECT_EQ(key([&] { static_cast<void>(demand()); }), "volumes.lot_gone");
    plan_.regions = {"北京"};
    EXPECT_EQ(key([&] { static_cast<void>(demand()); }), "volumes.region_unnamed");
}

TEST_F(Reports, StagesOutsideOfReportingRefuse) {
    for (const Stage stage : access::all_stages()) {
        round_.stage = stage;
        if (stage == Stage::volume_reporting || stage == Stage::volume_confirmation) continue;
        EXPECT_EQ(key([&] { save(hospitals_[0], {}); }), "procedure.not_at_this_stage");
    }
}

}  // namespace
}  // namespace jicai::volumes
