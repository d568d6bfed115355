#include <engine/ports/refused.h>
#include <engine/setup/documents.h>
#include <engine/setup/work.h>

#include <tests/sql/fixture.h>

#include <atomic>
#include <functional>
#include <thread>

namespace jicai::setup {
namespace {

using access::Role;
using access::Stage;
using ports::Moment;
using ports::Transaction;
using sql::testing::kNow;

const Moment kEnd{kNow.micros + 10 * ports::kSecond};
const Moment kJustBefore{kEnd.micros - 1};

class Setup : public sql::testing::DatabaseTest {
protected:
    static void add_round(const std::string& id, Stage stage) {
        store().write([&](Transaction& t) {
            ports::StoredRound round;
            round.id = id;
            round.title = id;
            round.kind = "drug";
            round.rulebook = "gy-yd2019-2";
            round.stage = stage;
            round.changed_at = kNow;
            t.rounds().add(round, {});
        });
    }
    static void set(const std::string& id, Stage stage, Moment at) {
        store().write([&](Transaction& t) {
            t.procedure().set(ports::StageDeadline{id, stage, at, "", 0});
        });
    }
    static Stage stage_at(const std::string& id, Moment now) {
        Stage stage = Stage::cancelled;
        store().read([&](Transaction& t) {
            stage = position_of(t, *t.rounds().round(id), now).stage;
        });
        return stage;
    }
    static std::vector<Due> pass(const std::string& id, Moment now) {
        std::vector<Due> passed;
        store().write([&](Transaction& t) { passed = pass_due(t, id, now); });
        return passed;
    }
    static std::string refusal(const std::string& id, procedure::Act act, Role role, Moment now) {
        std::string key;
        store().read([&](Transaction& t) {
            try {
                need_act(t, *t.rounds().round(id), act, {1, 2, "230000", {role}, 0, {}}, now);
            } catch (const ports::Refused& refused) {
                key = refused.why().key;
            }
        });
        return key;
    }
};

TEST_F(Setup, TheStageChangesAtTheVeryMomentForEveryReader) {
    add_round("A", Stage::volume_reporting);
    set("A", Stage::volume_reporting, kEnd);
    EXPECT_EQ(stage_at("A", kJustBefore), Stage::volume_reporting);
    EXPECT_EQ(stage_at("A", kEnd), Stage::volume_confirmation);
    const auto report = procedure::Act::report_volume;
    EXPECT_EQ(refusal("A", report, Role::hospital_reporter, kJustBefore), "");
    EXPECT_EQ(refusal("A", report, Role::hospital_reporter, kEnd), "procedure.not_at_this_stage");
    EXPECT_EQ(refusal("A", report, Role::supplier, kJustBefore), "procedure.not_yours");
}

TEST_F(Setup, ADuePassageIsStoredOnceAndDatedByItsDeadline) {
    add_round("B", Stage::bidding);
    set("B", Stage::bidding, kEnd);
    EXPECT_TRUE(pass("B", kJustBefore).empty());
    const Moment later{kEnd.micros + ports::kDay};
    ASSERT_EQ(pass("B", later).size(), 1U);
    EXPECT_TRUE(pass("B", later).empty());
    store().read([&](Transaction& t) {
        EXPECT_EQ(t.rounds().round("B")->stage, Stage::opening);
        const auto changes = t.procedure().stage_changes("B");
        ASSERT_EQ(changes.size(), 1U);
        EXPECT_EQ(changes[0].at, kEnd);
        EXPECT_EQ(changes[0].by.user, 0);
    });
}

TEST_F(Setup, WhoeverStoresAPassageTellsOfItOnce) {
    add_round("T", Stage::notice);
    set("T", Stage::notice, kEnd);
    set("T", Stage::volume_reporting, {kEnd.micros + ports::kSecond});
    const Moment later{kEnd.micros + ports::kDay};
    const auto settle = [&] {
        store().write([&](Transaction& t) {
            EXPECT_EQ(settled(t, "T", later).stage, Stage::volume_confirmation);
        });
    };
    settle();  // by somebody's write, before the ticker
    EXPECT_TRUE(pass("T", later).empty());
    settle();
    EXPECT_EQ(count("notices WHERE round = 'T' AND kind = 'stage' AND user = 0"), 2);
    // What a refused write would have stored is told by whoever stores it.
    add_round("U", Stage::bidding);
    set("U", Stage::bidding, kEnd);
    EXPECT_THROW(
        store().write([&](Transaction& t) {
            static_cast<void>(settled(t, "U", later));
            throw ports::Refused({"round.changed", {}});
        }),
        ports::Refused
    );
    EXPECT_EQ(count("notices WHERE round = 'U'"), 0);
    EXPECT_EQ(pass("U", later).size(), 1U);
    EXPECT_EQ(count("notices WHERE round = 'U'"), 1);
}

TEST_F(Setup, SeveralDeadlinesPassedWhileNobodyLooked) {
    add_round("C", Stage::notice);
    set("C", Stage::notice, kEnd);
    set("C", Stage::volume_reporting, {kEnd.micros + ports::kSecond});
    EXPECT_EQ(stage_at("C", kEnd), Stage::volume_reporting);
    const auto passed = pass("C", {kEnd.micros + ports::kDay});
    ASSERT_EQ(passed.size(), 2U);
    EXPECT_EQ(passed[1].to, Stage::volume_confirmation);
}

TEST_F(Setup, AnOpenQuestionHoldsTheNoticeUntilItIsAnswered) {
    add_round("D", Stage::notice);
    set("D", Stage::notice, kEnd);
    std::int64_t id = 0;
    store().write([&](Transaction& t) {
        ports::Inquiry asked;
        asked.round = "D";
        asked.kind = "question";
        asked.at = kNow;
        asked.text = "?";
        id = t.procedure().add(asked);
    });
    const Moment later{kEnd.micros + ports::kHour};
    EXPECT_EQ(stage_at("D", later), Stage::notice);
    // The deadline ends asking all the same.
    EXPECT_EQ(
        refusal("D", procedure::Act::ask_question, Role::supplier, kEnd), "procedure.too_late"
    );
    store().write([&](Transaction& t) {
        auto inquiry = *t.procedure().inquiry(id);
        inquiry.answer = "!";
        inquiry.answered_at = later;
        EXPECT_TRUE(t.procedure().save(inquiry));
    });
    EXPECT_EQ(stage_at("D", {later.micros - 1}), Stage::notice);
    EXPECT_EQ(stage_at("D", later), Stage::volume_reporting);
    // Hospitals would have no moment to report: the officer dates the reporting anew first.
    const Moment much_later{later.micros + ports::kDay};
    set("D", Stage::volume_reporting, {later.micros - 1});
    EXPECT_EQ(stage_at("D", much_later), Stage::notice);
    set("D", Stage::volume_reporting, later);
    EXPECT_EQ(stage_at("D", much_later), Stage::notice);
    set("D", Stage::volume_reporting, {later.micros + 1});
    EXPECT_EQ(stage_at("D", later), Stage::volume_reporting);
}

TEST_F(Setup, OfManyAtOnceOneStoresThePassage) {
    for (int i = 0; i < 5; ++i) {
        const std::string id = "M" + std::to_string(i);
        add_round(id, Stage::bidding);
        set(id, Stage::bidding, kEnd);
        std::atomic<int> stored{0};
        std::vector<std::thread> threads;
        for (int k = 0; k < 4; ++k) {
            threads.emplace_back([&] { stored += static_cast<int>(pass(id, kEnd).size()); });
        }
        for (std::thread& thread : threads) thread.join();
        EXPECT_EQ(stored, 1);
        EXPECT_EQ(count("notices WHERE round = '" + id + "'"), 1);
        EXPECT_EQ(count("stage_changes WHERE round = '" + id + "'"), 1);
        EXPECT_EQ(count("audit_entries WHERE object = 'round:" + id + "'"), 1);
    }
}

// An officer of organisation 0, which runs the rounds added above.
Doer officer() {
    return {{1, 0, "230000", {Role::procurement_officer}, 0, {}}, {1, 0, "u", "张三"}, kNow};
}

TEST_F(Setup, StagesEndOneAfterTheOther) {
    add_round("O", Stage::draft);
    const auto at = [](int hours) { return Moment{kNow.micros + hours * ports::kHour}; };
    set("O", Stage::notice, at(10));
    set("O", Stage::bidding, at(20));
    const auto refusal_of = [&](Stage stage, Moment when) {
        std::string key;
        store().write([&](Transaction& t) {
            try {
                set_deadline(t, officer(), *t.rounds().round("O"), {"O", stage, when, "", 0});
            } catch (const ports::Refused& refused) {
                key = refused.why().key;
            }
        });
        return key;
    };
    EXPECT_EQ(refusal_of(Stage::volume_reporting, at(10)), "round.deadline_before_earlier");
    EXPECT_EQ(refusal_of(Stage::volume_reporting, at(20)), "round.deadline_after_later");
    EXPECT_EQ(refusal_of(Stage::volume_reporting, {at(10).micros + 1}), "");
    EXPECT_EQ(refusal_of(Stage::draft, at(10)), "round.deadline_after_later");
    EXPECT_EQ(refusal_of(Stage::notice, at(11)), "round.deadline_after_later");
}

TEST_F(Setup, LotsAndSpecsAreSignedWithTheRulebook) {
    add_round("L", Stage::draft);
    const auto with = [](const std::function<void(Transaction&, const ports::StoredRound&)>& work) {
        store().write([&](Transaction& t) { work(t, *t.rounds().round("L")); });
    };
    const std::string pin(64, 'a');
    ports::Signature made{0, "L", "rulebook", "", {1, 2, "u", "张三"}, kNow, ""};
    with([&](Transaction& t, const ports::StoredRound& round) {
        EXPECT_EQ(digest_to_sign(t, round, "rulebook"), "");
        t.procedure().add(ports::RulebookPin{"L", 1, "x", pin, {1, 2, "u", "张三"}, kNow});
        t.rounds().save_file("L", "lots.csv", "lot\n1\n");
        made.digest = digest_to_sign(t, round, "rulebook");
        EXPECT_EQ(made.digest.size(), 64U);
        EXPECT_NE(made.digest, pin);
        EXPECT_EQ(lapse_of(t, round, made), Lapse::none);
        t.rounds().save_file("L", "demand.csv", "x");  // volumes are not what is signed
        EXPECT_EQ(lapse_of(t, round, made), Lapse::none);
        t.rounds().save_file("L", "specs.csv", "");
        EXPECT_EQ(lapse_of(t, round, made), Lapse::lots);
        t.rounds().remove_file("L", "specs.csv");
        EXPECT_EQ(lapse_of(t, round, made), Lapse::none);
        const Moment later{kNow.micros + ports::kHour};
        t.procedure().add(ports::RulebookPin{
            "L", 2, "x", std::string(64, 'b'), {1, 2, "u", "张三"}, later});
        EXPECT_EQ(lapse_of(t, round, made), Lapse::rulebook);
        t.rounds().save_file("L", "lots.csv", "lot\n2\n");
        EXPECT_EQ(lapse_of(t, round, made), Lapse::both);
    });
}

TEST_F(Setup, FilesAreComparedByNameAndBytes) {
    const FileChanges changes =
        changes_of({{"a", "1"}, {"b", "1"}, {"c", "1"}}, {{"a", "1"}, {"b", "2"}, {"d", ""}});
    EXPECT_EQ(changes.put, (std::map<std::string, std::string>{{"b", "2"}, {"d", ""}}));
    EXPECT_EQ(changes.removed, (std::vector<std::string>{"c"}));
    EXPECT_TRUE(is_bidding_file("bids.csv"));
    EXPECT_FALSE(is_bidding_file("lots.csv"));
    EXPECT_FALSE(is_bidding_file("demand.csv"));
}

// A hospital with the code H23010000101 and what its reporter attaches to a round.
class Papers : public Setup {
protected:
    static std::int64_t its_hospital() {
        static const std::int64_t id = [] {
            std::int64_t added = 0;
            store().write([&](Transaction& t) {
                added = t.people().add(organisation("H23010000101"));
            });
            return added;
        }();
        return id;
    }
    static std::string refusal_of(
        const std::string& round,
        std::int64_t hospital,
        const std::string& kind,
        const std::string& object = "",
        Role role = Role::hospital_reporter
    ) {
        std::string key;
        store().write([&](Transaction& t) {
            ports::Document paper;
            paper.kind = kind;
            paper.object = object;
            paper.name = "x.pdf";
            paper.type = "application/pdf";
            const Doer doer{
                {1, hospital, "230100", {role}, 0, {}}, {1, hospital, "u", "张三"}, kNow};
            try {
                attach(t, doer, *t.rounds().round(round), paper, "%PDF-1.4");
            } catch (const ports::Refused& refused) {
                key = refused.why().key;
            }
        });
        return key;
    }
};

TEST_F(Papers, AreTakenInTheStagesOfTheirKind) {
    const std::int64_t hospital = its_hospital();
    for (const Stage stage : access::all_stages()) {
        const std::string id = "K" + std::to_string(static_cast<int>(stage));
        add_round(id, stage);
        for (const DocumentRule& rule : document_rules()) {
            if (rule.office || rule.first == rule.last) continue;  // an office's, and reviews
            const bool open = stage >= rule.first && stage <= rule.last;
            EXPECT_EQ(refusal_of(id, hospital, rule.kind), open ? "" : "document.stage")
                << rule.kind << " " << access::name_of(stage);
        }
        EXPECT_EQ(refusal_of(id, hospital, "agreements"), "access.denied");
    }
}

TEST_F(Papers, OfOneKindAreBounded) {
    const std::int64_t hospital = its_hospital();
    add_round("N", Stage::volume_reporting);
    const std::string own = "report:H23010000101";
    for (std::int64_t i = 0; i < kDocumentsOfKindMax; ++i) {
        EXPECT_EQ(refusal_of("N", hospital, "stamped_report", own), "") << i;
    }
    EXPECT_EQ(refusal_of("N", hospital, "stamped_report", own), "document.too_many");
    EXPECT_EQ(refusal_of("N", hospital, "stamped_report"), "");      // of the round
    EXPECT_EQ(refusal_of("N", hospital, "other", own), "");          // of another kind
    EXPECT_EQ(refusal_of("N", hospital + 1, "stamped_report"), "");  // of another organisation
    add_round("N2", Stage::volume_reporting);
    EXPECT_EQ(refusal_of("N2", hospital, "stamped_report", own), "");
}

TEST_F(Papers, BelongToAReportTheirAuthorSees) {
    const std::int64_t hospital = its_hospital();
    add_round("O", Stage::volume_reporting);
    const std::string own = "report:H23010000101";
    EXPECT_EQ(refusal_of("O", hospital + 1, "stamped_report", own), "document.object");
    EXPECT_EQ(refusal_of("O", hospital + 1, "stamped_report", own, Role::bureau_city), "");
    for (const std::string& object :
         {std::string("report:"),
          std::string("report:H23010000102"),
          std::string("lot:1"),
          "report:" + std::string(300, '1')}) {
        EXPECT_EQ(refusal_of("O", hospital, "stamped_report", object), "document.object");
    }
}

TEST_F(Papers, OfAReportLeaveTheVersionOfTheRound) {
    const std::int64_t hospital = its_hospital();
    add_round("P", Stage::volume_reporting);
    const auto version_after = [&](const std::string& object) {
        EXPECT_EQ(refusal_of("P", hospital, "stamped_report", object), "");
        std::int64_t version = 0;
        store().read([&](Transaction& t) { version = t.rounds().round("P")->version; });
        return version;
    };
    EXPECT_EQ(version_after("report:H23010000101"), 1);
    EXPECT_EQ(version_after(""), 2);
    EXPECT_EQ(version_after("report:H23010000101"), 2);
}

TEST(MediaType, ByTheFirstBytes) {
    EXPECT_EQ(media_type("%PDF-1.4"), "application/pdf");
    EXPECT_EQ(media_type("PK\x03\x04zip of nothing"), "");
    EXPECT_EQ(media_type("MZ"), "");
    EXPECT_EQ(media_type(""), "");
    EXPECT_NE(media_type("PK\x03\x04 xl/workbook.xml"), "");
}

}  // namespace
}  // namespace jicai::setup
