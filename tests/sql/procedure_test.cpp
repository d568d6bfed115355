// What is kept of rounds at work, and documents, on a real database: every member comes back.
#include <sql/stores.h>

#include <tests/sql/fixture.h>

namespace jicai::sql::testing {
namespace {

using access::Stage;
using ports::Author;
using ports::Moment;
using ports::Transaction;

const std::string kRare = "𠮷野家😀报量\"'\\;--\n\t";
const Moment kLater{kNow.micros + 5 * ports::kSecond};

class Procedure : public DatabaseTest {
protected:
    static void add_round(const std::string& id, Stage stage = Stage::draft) {
        store().write([&](Transaction& t) {
            ports::StoredRound round;
            round.id = id;
            round.title = kRare;
            round.kind = "drug";
            round.rulebook = "gy-yd2019-2";
            round.stage = stage;
            round.changed_at = kNow;
            t.rounds().add(round, {{"lots.csv", "lot\n1\n"}});
        });
    }
    static Author author(std::int64_t organisation = 3) {
        return {7, organisation, "officer", "陈明𠮷"};
    }
    template <typename Work>
    static void read(const Work& work) {
        store().read([&](Transaction& t) { work(t.procedure()); });
    }
    template <typename Work>
    static void write(const Work& work) {
        store().write([&](Transaction& t) { work(t.procedure()); });
    }
};

TEST_F(Procedure, DeadlinesAreReplacedAndFoundWhenDue) {
    add_round("D1", Stage::notice);
    add_round("D2", Stage::bidding);
    write([](ports::ProcedureStore& kept) {
        kept.set(ports::StageDeadline{"D1", Stage::volume_reporting, kNow, "", 0});
        kept.set(ports::StageDeadline{"D1", Stage::notice, kNow, "", 0});
        kept.set(ports::StageDeadline{"D1", Stage::notice, kLater, "2026-11-20", 5});
        kept.set(ports::StageDeadline{"D2", Stage::bidding, kNow, "", 0});
    });
    read([](ports::ProcedureStore& kept) {
        const auto all = kept.deadlines("D1");
        ASSERT_EQ(all.size(), 2U);
        EXPECT_EQ(all[0].stage, Stage::notice);
        EXPECT_EQ(all[0].at, kLater);
        EXPECT_EQ(all[0].from, "2026-11-20");
        EXPECT_EQ(all[0].working_days, 5);
        EXPECT_EQ(all[1].stage, Stage::volume_reporting);
        // Due at the very moment, not a microsecond before; only of the stage the round is in.
        EXPECT_TRUE(kept.due({kNow.micros - 1}).empty());
        ASSERT_EQ(kept.due(kNow).size(), 1U);
        EXPECT_EQ(kept.due(kNow)[0].round, "D2");
        EXPECT_EQ(kept.due({kLater.micros - 1}).size(), 1U);
        ASSERT_EQ(kept.due(kLater).size(), 2U);
        EXPECT_EQ(kept.due(kLater)[1].round, "D1");
    });
}

TEST_F(Procedure, PinsAndSignaturesComeBack) {
    add_round("S1");
    const std::string digest(64, 'a');
    std::int64_t id = 0;
    write([&](ports::ProcedureStore& kept) {
        kept.add(ports::RulebookPin{"S1", 1, "gy-yd2019-1", digest, author(), kNow});
        kept.add(ports::RulebookPin{"S1", 2, "gy-yd2019-2", digest, author(), kLater});
        id = kept.add(ports::Signature{0, "S1", "rulebook", digest, author(), kNow, kRare});
        kept.add(ports::Signature{0, "S1", "cancel", "", author(), kLater, ""});
    });
    EXPECT_THROW(
        write([&](ports::ProcedureStore& kept) {
            kept.add(ports::RulebookPin{"S1", 2, "x", digest, author(), kNow});
        }),
        ports::Conflict
    );
    read([&](ports::ProcedureStore& kept) {
        const auto pins = kept.pins("S1");
        ASSERT_EQ(pins.size(), 2U);
        EXPECT_EQ(pins[1].number, 2);
        EXPECT_EQ(pins[1].rulebook, "gy-yd2019-2");
        EXPECT_EQ(pins[1].digest, digest);
        EXPECT_EQ(pins[1].by, author());
        EXPECT_EQ(pins[1].at, kLater);
        const auto signatures = kept.signatures("S1");
        ASSERT_EQ(signatures.size(), 2U);
        EXPECT_EQ(signatures[0].id, id);
        EXPECT_EQ(signatures[0].what, "rulebook");
        EXPECT_EQ(signatures[0].digest, digest);
        EXPECT_EQ(signatures[0].by, author());
        EXPECT_EQ(signatures[0].at, kNow);
        EXPECT_EQ(signatures[0].remark, kRare);
        EXPECT_TRUE(kept.signatures("S2").empty());
    });
}

TEST_F(Procedure, AnInquiryIsAnsweredByWhoReadItLast) {
    add_round("I1");
    std::int64_t id = 0;
    write([&](ports::ProcedureStore& kept) {
        ports::Inquiry asked;
        asked.round = "I1";
        asked.kind = "question";
        asked.by = author(9);
        asked.at = kNow;
        asked.text = kRare;
        id = kept.add(asked);
    });
    ports::Inquiry read_by_two;
    read([&](ports::ProcedureStore& kept) { read_by_two = *kept.inquiry(id); });
    EXPECT_EQ(read_by_two.text, kRare);
    EXPECT_EQ(read_by_two.by, author(9));
    EXPECT_FALSE(read_by_two.answered_at);
    EXPECT_EQ(read_by_two.version, 1);
    read_by_two.answer = "第二款有误";
    read_by_two.answered_by = author();
    read_by_two.answered_at = kLater;
    read_by_two.correction = 4;
    write([&](ports::ProcedureStore& kept) {
        EXPECT_TRUE(kept.save(read_by_two));
        EXPECT_FALSE(kept.save(read_by_two));
    });
    read([&](ports::ProcedureStore& kept) {
        const auto all = kept.inquiries("I1");
        ASSERT_EQ(all.size(), 1U);
        EXPECT_EQ(all[0].answer, "第二款有误");
        EXPECT_EQ(all[0].answered_by, author());
        EXPECT_EQ(all[0].answered_at, kLater);
        EXPECT_EQ(all[0].correction, 4);
        EXPECT_EQ(all[0].version, 2);
        EXPECT_FALSE(kept.inquiry(id + 1000));
    });
}

TEST_F(Procedure, CorrectionsAreConfirmedOnceByEachOrganisation) {
    add_round("C1");
    write([](ports::ProcedureStore& kept) {
        kept.add(ports::Correction{
            "C1", 1, std::string(64, 'b'), std::string(64, 'c'), kRare, author(), kNow});
        kept.add(ports::Confirmation{"C1", 1, author(8), kNow});
        kept.add(ports::Confirmation{"C1", 1, author(9), kLater});
    });
    const auto again = [](ports::ProcedureStore& kept) {
        kept.add(ports::Confirmation{"C1", 1, author(9), kLater});
    };
    EXPECT_THROW(write(again), ports::Conflict);
    read([](ports::ProcedureStore& kept) {
        const auto corrections = kept.corrections("C1");
        ASSERT_EQ(corrections.size(), 1U);
        EXPECT_EQ(corrections[0].digest_before, std::string(64, 'b'));
        EXPECT_EQ(corrections[0].digest_after, std::string(64, 'c'));
        EXPECT_EQ(corrections[0].summary, kRare);
        EXPECT_EQ(corrections[0].by, author());
        const auto confirmations = kept.confirmations("C1");
        ASSERT_EQ(confirmations.size(), 2U);
        EXPECT_EQ(confirmations[1].by, author(9));
        EXPECT_EQ(confirmations[1].at, kLater);
    });
}

TEST_F(Procedure, PromisesAndQualificationsComeBack) {
    add_round("P1");
    write([](ports::ProcedureStore& kept) {
        kept.add(ports::Promise{"P1", author(5), kNow, kRare});
        kept.set(ports::Qualification{"P1", 5, "1", "qualified", "", std::nullopt, author(), kNow});
        kept.set(ports::Qualification{
            "P1", 5, "1", "not_qualified", kRare, kLater, author(), kLater});
    });
    const auto again = [](ports::ProcedureStore& kept) {
        kept.add(ports::Promise{"P1", author(5), kNow, ""});
    };
    EXPECT_THROW(write(again), ports::Conflict);
    read([](ports::ProcedureStore& kept) {
        ASSERT_EQ(kept.promises("P1").size(), 1U);
        EXPECT_EQ(kept.promises("P1")[0].text, kRare);
        EXPECT_EQ(kept.promises("P1")[0].by, author(5));
        const auto all = kept.qualifications("P1");
        ASSERT_EQ(all.size(), 1U);
        EXPECT_EQ(all[0].organisation, 5);
        EXPECT_EQ(all[0].lot, "1");
        EXPECT_EQ(all[0].state, "not_qualified");
        EXPECT_EQ(all[0].reason, kRare);
        EXPECT_EQ(all[0].publicised_at, kLater);
        EXPECT_EQ(all[0].by, author());
    });
}

TEST_F(Procedure, ChangesAndAcceptedValuesComeBack) {
    add_round("E1");
    write([](ports::ProcedureStore& kept) {
        kept.add(ports::StageChange{
            0, "E1", Stage::notice, Stage::volume_reporting, kNow, Author{}, kRare});
        kept.add(ports::LotChange{0, "E1", "12", "retendered", kRare, "E2", author(), kLater});
        kept.set(ports::AcceptedValue{"E1", "entry.max_entrants", "4", author(), kNow});
        kept.set(ports::AcceptedValue{"E1", "entry.max_entrants", "5", author(9), kLater});
    });
    read([](ports::ProcedureStore& kept) {
        const auto stages = kept.stage_changes("E1");
        ASSERT_EQ(stages.size(), 1U);
        EXPECT_EQ(stages[0].from, Stage::notice);
        EXPECT_EQ(stages[0].to, Stage::volume_reporting);
        EXPECT_EQ(stages[0].at, kNow);
        EXPECT_EQ(stages[0].by, Author{});
        EXPECT_EQ(stages[0].reason, kRare);
        const auto lots = kept.lot_changes("E1");
        ASSERT_EQ(lots.size(), 1U);
        EXPECT_EQ(lots[0].lot, "12");
        EXPECT_EQ(lots[0].state, "retendered");
        EXPECT_EQ(lots[0].reason, kRare);
        EXPECT_EQ(lots[0].into, "E2");
        EXPECT_EQ(lots[0].by, author());
        const auto accepted = kept.accepted_values("E1");
        ASSERT_EQ(accepted.size(), 1U);
        EXPECT_EQ(accepted[0].value, "5");
        EXPECT_EQ(accepted[0].by, author(9));
    });
}

TEST_F(Procedure, DocumentsOfManyPiecesAndOfNoneComeBack) {
    add_round("F1");
    std::string content;
    for (int i = 0; i < (5 << 19); ++i) content += static_cast<char>(i * 7 % 256);
    ports::Document given{
        0, "F1", "legal_review", "report:H1", kRare, "application/pdf", 0, "", author(), kNow};
    given.bytes = static_cast<std::int64_t>(content.size());
    given.digest = std::string(64, 'd');
    std::int64_t id = 0;
    std::int64_t empty = 0;
    store().write([&](Transaction& t) {
        id = t.documents().add(given, content);
        empty =
            t.documents().add({0, "F1", "other", "", "", "image/png", 0, "", author(), kNow}, "");
    });
    EXPECT_EQ(count("document_pieces WHERE document = " + std::to_string(id)), 3);
    store().read([&](Transaction& t) {
        EXPECT_EQ(t.documents().content(id), content);
        EXPECT_EQ(t.documents().content(empty), "");
        const auto back = t.documents().document(id);
        ASSERT_TRUE(back);
        EXPECT_EQ(back->round, "F1");
        EXPECT_EQ(back->kind, "legal_review");
        EXPECT_EQ(back->object, "report:H1");
        EXPECT_EQ(back->name, kRare);
        EXPECT_EQ(back->type, "application/pdf");
        EXPECT_EQ(back->bytes, given.bytes);
        EXPECT_EQ(back->digest, given.digest);
        EXPECT_EQ(back->by, author());
        EXPECT_EQ(back->at, kNow);
        EXPECT_EQ(t.documents().find({"F1", "", ""}).size(), 2U);
        EXPECT_EQ(t.documents().find({"F1", "legal_review", ""}).size(), 1U);
        EXPECT_EQ(t.documents().find({"F1", "", "report:H1"}).size(), 1U);
        EXPECT_TRUE(t.documents().find({"F1", "legal_review", "report:H2"}).empty());
        EXPECT_FALSE(t.documents().document(empty + 1000));
    });
}

TEST_F(Procedure, OneFileOfARoundIsReplacedAlone) {
    add_round("R1");
    const std::string long_file(3 << 20, 'x');
    store().write([&](Transaction& t) {
        t.rounds().save_file("R1", "bids.csv", long_file);
        t.rounds().save_file("R1", "bids.csv", "short");
        t.rounds().save_file("R1", "packs.csv", "");
    });
    store().read([&](Transaction& t) {
        const auto files = t.rounds().files("R1");
        EXPECT_EQ(files.size(), 3U);
        EXPECT_EQ(files.at("bids.csv"), "short");
        EXPECT_EQ(files.at("packs.csv"), "");
        EXPECT_EQ(files.at("lots.csv"), "lot\n1\n");
    });
    store().write([&](Transaction& t) { t.rounds().remove_file("R1", "packs.csv"); });
    store().read([&](Transaction& t) { EXPECT_EQ(t.rounds().files("R1").size(), 2U); });
}

}  // namespace
}  // namespace jicai::sql::testing
