// The chain of seals: sealed while others write, and every way of tampering is named.
#include <sql/audit_chain.h>
#include <sql/connection.h>
#include <sql/migrator.h>

#include <tests/sql/fixture.h>

#include <atomic>
#include <thread>
#include <vector>

namespace jicai::sql::testing {
namespace {

using ports::AuditVerification;
using ports::Transaction;

/// One server; each test has a schema, a store and a chain of its own, sealed when the test says.
class Audit : public DatabaseTest {
protected:
    void SetUp() override {
        connect()->execute("CREATE SCHEMA chain");
        Endpoint endpoint = sql_store().pool().endpoint();
        endpoint.schema = "chain";
        connection_ = std::make_unique<Connection>(endpoint);
        migrate(*connection_, read_migrations(builtin_migrations()));
        own_ = std::make_unique<SqlStore>(endpoint, 8);
    }
    void TearDown() override {
        own_.reset();
        connection_->execute("DROP SCHEMA chain");
    }

    void append(int entries) {
        own_->write([&](Transaction& transaction) {
            for (int i = 0; i < entries; ++i) {
                ports::AuditEntry entry;
                entry.at = kNow;
                entry.login = "张三";
                entry.action = "test.appended";
                entry.after = R"({"n":)" + std::to_string(i) + "}";
                entry.result = "done";
                transaction.audit().append(entry);
            }
        });
    }
    /// Three seals of three entries each: 1 to 3, 4 to 6, 7 to 9.
    void three_seals() {
        for (int seal = 0; seal < 3; ++seal) {
            append(3);
            ASSERT_EQ(seal_pending(*connection_, 1000), 3);
        }
        ASSERT_TRUE(verify().whole);
    }
    AuditVerification verify() { return verify_chain(*connection_); }
    void tamper(const std::string& statement) { connection_->execute(statement); }
    void expect_broken(const std::string& key, std::int64_t seal, std::int64_t entry) {
        const AuditVerification found = verify();
        EXPECT_FALSE(found.whole);
        EXPECT_EQ(found.broken_why.key, key) << found.broken;
        EXPECT_EQ(found.broken_seal, seal) << found.broken;
        EXPECT_EQ(found.broken_entry, entry) << found.broken;
        EXPECT_FALSE(found.broken.empty());
    }
    /// Seal 2 written anew over its own words, as somebody would who knows how.
    void reseal_second() {
        Seal seal;
        seal.number = 2;
        seal.previous =
            connection_->query("SELECT hash FROM audit_seals WHERE number = 1").at(0).text(0);
        for (const Row& row : connection_->query(
                 "SELECT " + entry_columns() +
                 " FROM audit_entries e WHERE e.id BETWEEN 4 AND 6 ORDER BY e.id"
             )) {
            const ports::AuditEntry entry = entry_of(row);
            seal.entry_hashes.push_back(hash_of(entry));
            connection_->change(
                "UPDATE audit_sealed_entries SET hash = ? WHERE entry = ?",
                {seal.entry_hashes.back(), entry.id}
            );
        }
        seal.first_entry = 4;
        seal.last_entry = 6;
        connection_->change("UPDATE audit_seals SET hash = ? WHERE number = 2", {hash_of(seal)});
    }

    std::unique_ptr<Connection> connection_;
    std::unique_ptr<SqlStore> own_;
};

TEST_F(Audit, EmptyChainIsWhole) {
    const AuditVerification found = verify();
    EXPECT_TRUE(found.whole);
    EXPECT_EQ(found.seals, 0);
    EXPECT_EQ(found.head, kNoSeal);
}

TEST_F(Audit, CountsWhatIsSealedAndWhatIsNot) {
    three_seals();
    append(2);
    const AuditVerification found = verify();
    EXPECT_TRUE(found.whole);
    EXPECT_EQ(found.seals, 3);
    EXPECT_EQ(found.entries, 9);
    EXPECT_EQ(found.unsealed, 2);
    own_->read([&](Transaction& transaction) {
        const auto entries = transaction.audit().find({});
        EXPECT_EQ(entries.total, 11);
        EXPECT_EQ(entries.rows[0].seal, 0);
        EXPECT_EQ(entries.rows[0].hash, "");
        EXPECT_EQ(entries.rows[2].seal, 3);
        EXPECT_EQ(entries.rows[2].hash, hash_of(entries.rows[2]));
        EXPECT_EQ(transaction.audit().verify().head, found.head);
    });
    EXPECT_EQ(seal_with(*connection_, found.head), 3);
    EXPECT_EQ(seal_with(*connection_, std::string(64, '1')), 0);
}

TEST_F(Audit, LargeSealIsWalkedInPortions) {
    append(5000);
    EXPECT_EQ(seal_pending(*connection_, 100'000), 5000);
    EXPECT_EQ(seal_pending(*connection_, 100'000), 0);
    const AuditVerification found = verify();
    EXPECT_TRUE(found.whole) << found.broken;
    EXPECT_EQ(found.entries, 5000);
}

TEST_F(Audit, EntryChanged) {
    for (const char* column :
         {"login = 'x'",
          "at = at + INTERVAL 1 MICROSECOND",
          "user = 9",
          "after_json = '{}'",
          "result = ''",
          "address = '::1'"}) {
        SCOPED_TRACE(column);
        if (verify().seals == 0) three_seals();
        const std::string id = "WHERE id = 5";
        tamper("CREATE TABLE kept AS SELECT * FROM audit_entries " + id);
        tamper("UPDATE audit_entries SET " + std::string(column) + " " + id);
        expect_broken("database.chain_entry_changed", 2, 5);
        tamper("DELETE FROM audit_entries " + id);
        tamper("INSERT INTO audit_entries SELECT * FROM kept");
        tamper("DROP TABLE kept");
        ASSERT_TRUE(verify().whole);
    }
}

TEST_F(Audit, EntryMissing) {
    three_seals();
    tamper("DELETE FROM audit_entries WHERE id = 5");
    expect_broken("database.chain_entry_missing", 2, 5);
}

TEST_F(Audit, EntryAndItsPlaceMissing) {
    three_seals();
    tamper("DELETE FROM audit_entries WHERE id = 5");
    tamper("DELETE FROM audit_sealed_entries WHERE entry = 5");
    expect_broken("database.chain_place_missing", 2, 0);
}

TEST_F(Audit, LastEntryOfASealMissing) {
    three_seals();
    tamper("DELETE FROM audit_entries WHERE id = 6");
    tamper("DELETE FROM audit_sealed_entries WHERE entry = 6");
    expect_broken("database.chain_count", 2, 0);
}

TEST_F(Audit, EntryInserted) {
    three_seals();
    tamper(
        "INSERT INTO audit_entries (id, at, user, login, organisation, api_key, address, "
        "request_id, action, object, result, before_json, after_json) SELECT 20, at, user, login, "
        "organisation, api_key, address, request_id, action, object, result, before_json, "
        "after_json FROM audit_entries WHERE id = 5"
    );
    expect_broken("database.chain_entry_inserted", 0, 20);
    tamper(
        "INSERT INTO audit_sealed_entries (seal, position, entry, hash) SELECT 2, 4, 20, hash "
        "FROM audit_sealed_entries WHERE entry = 5"
    );
    expect_broken("database.chain_entry_changed", 2, 20);
}

TEST_F(Audit, EntryInsertedIntoASealWithAFittingHash) {
    three_seals();
    append(1);
    ports::AuditEntry last;
    own_->read([&](Transaction& t) { last = t.audit().find({}).rows.at(0); });
    tamper("DELETE FROM audit_pending");
    connection_->change(
        "INSERT INTO audit_sealed_entries (seal, position, entry, hash) VALUES (3, 4, ?, ?)",
        {last.id, hash_of(last)}
    );
    expect_broken("database.chain_count", 3, 0);
    tamper("UPDATE audit_seals SET entries = 4 WHERE number = 3");
    expect_broken("database.chain_seal_changed", 3, 0);
}

TEST_F(Audit, EntriesReordered) {
    three_seals();
    tamper("UPDATE audit_sealed_entries SET position = 9 WHERE entry = 4");
    tamper("UPDATE audit_sealed_entries SET position = 1 WHERE entry = 5");
    tamper("UPDATE audit_sealed_entries SET position = 2 WHERE entry = 4");
    expect_broken("database.chain_entry_reordered", 2, 4);
}

TEST_F(Audit, EntriesExchangedBetweenSeals) {
    three_seals();
    tamper("UPDATE audit_sealed_entries SET seal = 9 WHERE entry = 6");
    tamper("UPDATE audit_sealed_entries SET seal = 2, position = 3 WHERE entry = 9");
    tamper("UPDATE audit_sealed_entries SET seal = 3, position = 3 WHERE entry = 6");
    expect_broken("database.chain_seal_changed", 2, 0);
}

TEST_F(Audit, SealMissing) {
    three_seals();
    tamper("DELETE FROM audit_seals WHERE number = 2");
    expect_broken("database.chain_seal_missing", 2, 0);
}

TEST_F(Audit, SealChanged) {
    three_seals();
    tamper("UPDATE audit_seals SET first_entry = 3 WHERE number = 2");
    expect_broken("database.chain_seal_changed", 2, 0);
}

TEST_F(Audit, EntryAndItsSealWrittenAnew) {
    three_seals();
    tamper("UPDATE audit_entries SET result = 'refused' WHERE id = 5");
    reseal_second();
    expect_broken("database.chain_seal_previous", 3, 0);
}

TEST_F(Audit, TailCutOff) {
    three_seals();
    tamper("DELETE FROM audit_seals WHERE number = 3");
    tamper("DELETE FROM audit_sealed_entries WHERE seal = 3");
    tamper("DELETE FROM audit_entries WHERE id > 6");
    expect_broken("database.chain_tail_missing", 3, 0);
}

TEST_F(Audit, HeadTamperedWith) {
    three_seals();
    tamper("UPDATE audit_head SET number = 2");
    expect_broken("database.chain_tail_inserted", 3, 0);
    tamper("UPDATE audit_head SET number = 3, entries = 8");
    expect_broken("database.chain_head_differs", 3, 0);
    tamper("DELETE FROM audit_head");
    expect_broken("database.chain_head_missing", 3, 0);
}

TEST_F(Audit, StrayMappingAndLostPendingEntry) {
    three_seals();
    append(1);
    tamper("DELETE FROM audit_entries WHERE id = 10");
    expect_broken("database.chain_pending_missing", 0, 10);
    tamper("DELETE FROM audit_pending");
    tamper("INSERT INTO audit_sealed_entries VALUES (7, 1, 77, REPEAT('0', 64))");
    expect_broken("database.chain_seal_unknown", 7, 77);
}

// Who rewrites everything, the head too, is betrayed by a head that was noted before.
TEST_F(Audit, ChainWrittenAnewLosesTheNotedHead) {
    three_seals();
    const std::string noted = verify().head;
    tamper("UPDATE audit_entries SET result = 'refused' WHERE id = 5");
    tamper("DELETE FROM audit_seals");
    tamper("DELETE FROM audit_sealed_entries");
    tamper("INSERT INTO audit_pending SELECT id FROM audit_entries");
    tamper("UPDATE audit_head SET number = 0, entries = 0, hash = REPEAT('0', 64)");
    while (seal_pending(*connection_, 3) != 0) {
    }
    EXPECT_TRUE(verify().whole);
    EXPECT_EQ(seal_with(*connection_, noted), 0);
}

TEST_F(Audit, ManyWritersAndTwoSealersMakeOneChain) {
    std::vector<std::thread> threads;
    std::atomic<bool> writing{true};
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            for (int n = 0; n < 50; ++n) append(1);
        });
    }
    std::vector<std::thread> sealers;
    for (int i = 0; i < 2; ++i) {
        sealers.emplace_back([&] {
            Connection connection(own_->pool().endpoint());
            while (writing) {
                try {
                    seal_pending(connection, 7);
                } catch (const DatabaseError& error) {
                    ASSERT_EQ(error.kind(), ErrorKind::conflict) << error.what();
                }
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    writing = false;
    for (std::thread& thread : sealers) thread.join();
    while (seal_pending(*connection_, 1000) != 0) {
    }
    const AuditVerification found = verify();
    EXPECT_TRUE(found.whole) << found.broken;
    EXPECT_EQ(found.entries, 200);
    EXPECT_EQ(found.unsealed, 0);
    EXPECT_GT(found.seals, 1);
}

// The service's own thread does it within moments.
TEST_F(Audit, KeeperSealsByItself) {
    store().write([](Transaction& transaction) {
        ports::AuditEntry entry;
        entry.at = kNow;
        entry.action = "test.kept";
        transaction.audit().append(entry);
    });
    ports::AuditEntry found;
    for (int i = 0; i < 1000 && found.seal == 0; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
        store().read([&](Transaction& transaction) {
            found = transaction.audit().find({.action = "test.kept"}).rows.at(0);
        });
    }
    EXPECT_GT(found.seal, 0);
}

}  // namespace
}  // namespace jicai::sql::testing
