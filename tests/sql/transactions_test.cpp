// What the store promises about transactions: retries, lost commits, idempotency keys.
#include <sql/connection.h>

#include <tests/sql/fixture.h>

#include <atomic>
#include <thread>
#include <vector>

namespace jicai::sql::testing {
namespace {

using ports::StoredAnswer;
using ports::Transaction;

class Transactions : public DatabaseTest {
protected:
    void TearDown() override { sql_store().before_commit = nullptr; }

    /// A write as the service makes it: claim, work, audit, answer.
    static std::string post(const std::string& key, std::atomic<int>& runs) {
        std::string body;
        store().write([&](Transaction& transaction) {
            if (const auto earlier = transaction.claim("user:1", key)) {
                body = earlier->body;
                return;
            }
            ++runs;
            const auto counted = transaction.settings().get("posts").value_or("");
            transaction.settings().set("posts", counted + "x");
            ports::AuditEntry entry;
            entry.at = kNow;
            entry.action = "test.posted";
            entry.object = "key:" + key;
            entry.result = "done";
            transaction.audit().append(entry);
            body = "answer " + std::to_string(runs.load());
            transaction.answer("user:1", key, {std::string(64, 'd'), 201, body}, kNow);
        });
        return body;
    }
    static std::size_t posts() {
        std::string counted;
        store().read([&](Transaction& transaction) {
            counted = transaction.settings().get("posts").value_or("");
        });
        return counted.size();
    }
    /// From a connection of its own, as an administrator would.
    static void kill(std::int64_t connection) {
        connect()->execute("KILL CONNECTION " + std::to_string(connection));
    }
};

TEST_F(Transactions, DeadlockRunsTheWorkAgain) {
    store().write([](Transaction& transaction) {
        transaction.settings().set("left", "0");
        transaction.settings().set("right", "0");
    });
    const std::int64_t retries = store().figures().at("retries_total");
    std::atomic<int> first_rounds{0};
    // Each takes one row, waits until the other has one too, then takes the other's.
    const auto take = [&](const std::string& mine, const std::string& other) {
        bool first = true;
        store().write([&](Transaction& transaction) {
            transaction.settings().set(mine, mine);
            if (first) {
                first = false;
                ++first_rounds;
                while (first_rounds < 2) std::this_thread::yield();
            }
            transaction.settings().set(other, mine);
        });
    };
    std::thread left([&] { take("left", "right"); });
    std::thread right([&] { take("right", "left"); });
    left.join();
    right.join();
    EXPECT_GT(store().figures().at("retries_total"), retries);
    store().read([](Transaction& transaction) {  // the later one wrote both
        EXPECT_EQ(transaction.settings().get("left"), transaction.settings().get("right"));
    });
}

TEST_F(Transactions, WhatWorkThrowsRollsBackAndRises) {
    const std::int64_t before = count("settings");
    EXPECT_THROW(
        store().write([](Transaction& transaction) {
            transaction.settings().set("thrown", "1");
            throw std::runtime_error("no");
        }),
        std::runtime_error
    );
    EXPECT_EQ(count("settings"), before);
}

TEST_F(Transactions, ConnectionLostInTheMiddleRunsTheWorkAgain) {
    int runs = 0;
    store().write([&](Transaction& transaction) {
        ++runs;
        transaction.settings().set("middle", "first half");
        if (runs == 1) {
            // The transaction's own connection is the only one with this uncommitted row.
            const auto rows = connect()->query(
                "SELECT trx_mysql_thread_id FROM information_schema.innodb_trx WHERE "
                "trx_rows_modified > 0"
            );
            ASSERT_EQ(rows.size(), 1U);
            kill(rows[0].number(0));
        }
        transaction.settings().set("middle", "both halves");
    });
    EXPECT_EQ(runs, 2);
    store().read([](Transaction& transaction) {
        EXPECT_EQ(transaction.settings().get("middle"), "both halves");
    });
}

TEST_F(Transactions, CommitThatNeverArrivedRunsOnceMoreAndIsAudited) {
    std::atomic<int> runs{0};
    std::atomic<int> commits{0};
    sql_store().before_commit = [&](Connection& connection) {
        if (++commits == 1) kill(connection.server_id());
    };
    const std::size_t before = posts();
    const std::int64_t audited = count("audit_entries WHERE action = 'database.commit_repeated'");
    EXPECT_EQ(post("lost-before", runs), "answer 2");
    EXPECT_EQ(posts(), before + 1);
    EXPECT_EQ(count("audit_entries WHERE action = 'database.commit_repeated'"), audited + 1);
    EXPECT_EQ(count("audit_entries WHERE object = 'key:lost-before'"), 1);
}

// The commit was done and only its answer was lost: nothing may run again.
TEST_F(Transactions, CommitWhoseAnswerWasLostIsFoundByItsAuditEntry) {
    std::atomic<int> runs{0};
    std::atomic<int> commits{0};
    sql_store().before_commit = [&](Connection& connection) {
        if (++commits != 1) return;
        const std::int64_t id = connection.server_id();
        connection.execute("COMMIT");  // the one whose answer gets lost
        kill(id);
    };
    const std::size_t before = posts();
    const std::int64_t lost = store().figures().at("lost_commits_total");
    EXPECT_EQ(post("lost-after", runs), "answer 1");
    EXPECT_EQ(runs, 1);
    EXPECT_EQ(store().figures().at("lost_commits_total"), lost + 1);
    EXPECT_EQ(posts(), before + 1);
    EXPECT_EQ(count("audit_entries WHERE object = 'key:lost-after'"), 1);
}

TEST_F(Transactions, SixteenRequestsWithOneKeyPostOnce) {
    std::atomic<int> runs{0};
    const std::size_t before = posts();
    std::vector<std::string> answers(16);
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < answers.size(); ++i) {
        threads.emplace_back([&, i] { answers[i] = post("sixteen", runs); });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(posts(), before + 1);
    for (const std::string& answer : answers) EXPECT_EQ(answer, answers[0]);
    EXPECT_EQ(count("audit_entries WHERE object = 'key:sixteen'"), 1);
    EXPECT_EQ(count("idempotency_keys WHERE idempotency_key = 'sixteen'"), 1);
}

// The first ones are refused and roll back; the key must stay free for the one that succeeds.
TEST_F(Transactions, RefusedRequestsLeaveTheirKeyFree) {
    std::atomic<int> refused{0};
    std::atomic<int> done{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 16; ++i) {
        threads.emplace_back([&, i] {
            try {
                store().write([&](Transaction& transaction) {
                    if (transaction.claim("user:2", "refused")) return;
                    if (i != 7) throw std::runtime_error("refused");
                    transaction.answer("user:2", "refused", {"", 200, "yes"}, kNow);
                    ++done;
                });
            } catch (const std::runtime_error&) {
                ++refused;
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(done, 1);
    EXPECT_LE(refused, 15);
    store().write([](Transaction& transaction) {
        EXPECT_EQ(transaction.claim("user:2", "refused")->body, "yes");
    });
}

// Another node: its claims do not meet ours in this process, only on the row.
TEST_F(Transactions, AnotherNodeWaitsOnTheRow) {
    SqlStore other(sql_store().pool().endpoint(), 4);
    std::atomic<bool> claimed{false};
    std::thread slow([&] {
        store().write([&](Transaction& transaction) {
            ASSERT_FALSE(transaction.claim("user:3", "nodes"));
            claimed = true;
            std::this_thread::sleep_for(std::chrono::milliseconds(200));
            transaction.answer("user:3", "nodes", {"digest", 200, "from the first"}, kNow);
        });
    });
    while (!claimed) std::this_thread::yield();
    std::optional<StoredAnswer> found;
    other.write([&](Transaction& transaction) { found = transaction.claim("user:3", "nodes"); });
    slow.join();
    ASSERT_TRUE(found);
    EXPECT_EQ(found->body, "from the first");
    EXPECT_EQ(found->request_digest, "digest");
    EXPECT_EQ(found->status, 200);
}

TEST_F(Transactions, OldAnswersGoInSmallPortions) {
    connect()->execute(
        "INSERT INTO idempotency_keys (actor, idempotency_key, request_digest, status, body, "
        "answered_at) SELECT 'old', seq, '', 200, '', UTC_TIMESTAMP(6) - INTERVAL 8 DAY FROM "
        "seq_1_to_25"
    );
    connect()->execute(
        "INSERT INTO idempotency_keys (actor, idempotency_key, request_digest, status, body, "
        "answered_at) VALUES ('old', 'six days', '', 200, '', UTC_TIMESTAMP(6) - INTERVAL 6 DAY)"
    );
    EXPECT_EQ(sql_store().purge_answers(20), 20);
    EXPECT_EQ(sql_store().purge_answers(20), 5);
    EXPECT_EQ(count("idempotency_keys WHERE actor = 'old'"), 1);
}

TEST_F(Transactions, PoolIsBoundedAndSaysSo) {
    SqlStore small(sql_store().pool().endpoint(), 1);
    small.read([&](Transaction&) {
        const auto begun = std::chrono::steady_clock::now();
        EXPECT_THROW(small.read([](Transaction&) {}), ports::StoreUnavailable);
        EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(6));
    });
    small.ping();
    small.read([](Transaction&) {});
    EXPECT_EQ(small.figures().at("connections_open"), 1);
    EXPECT_EQ(small.figures().at("connection_refusals_total"), 1);
}

TEST(Errors, EachCodeHasItsKind) {
    EXPECT_EQ(kind_of(1213, ""), ErrorKind::conflict);
    EXPECT_EQ(kind_of(1205, ""), ErrorKind::conflict);
    EXPECT_EQ(kind_of(1020, ""), ErrorKind::conflict);
    EXPECT_EQ(kind_of(1062, ""), ErrorKind::duplicate);
    EXPECT_EQ(kind_of(1114, ""), ErrorKind::full);
    EXPECT_EQ(kind_of(1021, ""), ErrorKind::full);
    EXPECT_EQ(
        kind_of(3, "Error writing file 'x' (Errcode: 28 \"No space left on device\")"),
        ErrorKind::full
    );
    EXPECT_EQ(
        kind_of(1030, "Got error 28 \"No space left on device\" from storage engine InnoDB"),
        ErrorKind::full
    );
    for (const int code : {1047, 1180, 1053, 1927, 2002, 2006, 2013}) {
        EXPECT_EQ(kind_of(code, ""), ErrorKind::unavailable) << code;
    }
    EXPECT_EQ(kind_of(1064, ""), ErrorKind::other);
    EXPECT_EQ(kind_of(3819, ""), ErrorKind::other);
    EXPECT_EQ(kind_of(0, ""), ErrorKind::other);
}

TEST(Url, IsReadExactly) {
    const Endpoint endpoint =
        read_url("mysql://ji%40cai:p%3A%2Fw@db1.example.cn:3307,db2/cai?tls-ca=%2Fetc%2Fca.pem");
    EXPECT_EQ(endpoint.user, "ji@cai");
    EXPECT_EQ(endpoint.password, "p:/w");
    ASSERT_EQ(endpoint.hosts.size(), 2U);
    EXPECT_EQ(endpoint.hosts[0].name, "db1.example.cn");
    EXPECT_EQ(endpoint.hosts[0].port, 3307);
    EXPECT_EQ(endpoint.hosts[1].port, 3306);
    EXPECT_EQ(endpoint.schema, "cai");
    EXPECT_EQ(endpoint.tls_ca, "/etc/ca.pem");
    EXPECT_EQ(read_url("mysql://u@localhost/s?socket=/run/s").socket, "/run/s");
    EXPECT_TRUE(read_url("mysql://u@localhost/s?socket=/run/s").hosts.empty());
    EXPECT_EQ(url_without_password("mysql://u:secret@h/s?tls-ca=x"), "mysql://u:***@h/s?tls-ca=x");
    for (const char* wrong :
         {"",
          "h/s",
          "mysql://",
          "mysql://h/s",
          "mysql://u@/s",
          "mysql://u@h",
          "mysql://u@h/",
          "mysql://u@h:0/s",
          "mysql://u@h:70000/s",
          "mysql://u@h/s?x=1",
          "mysql://u%4@h/s",
          "mysql://@h/s",
          "http://u@h/s",
          "mysql://u@h/a`b"}) {
        EXPECT_THROW((void)read_url(wrong), DatabaseFault) << wrong;
    }
}

}  // namespace
}  // namespace jicai::sql::testing
