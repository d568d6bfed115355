// Every way a migration can be refused, and that an interrupted one can be gone on with.
#include <catalogs/sha256/sha256.h>
#include <sql/connection.h>
#include <sql/migrator.h>

#include <tests/sql/fixture.h>

#include <fstream>
#include <sstream>
#include <thread>

namespace jicai::sql::testing {
namespace {

Migration migration(std::int64_t number, std::vector<std::string> statements) {
    Migration made;
    made.number = number;
    made.name = "m" + std::to_string(number);
    for (const std::string& statement : statements) made.checksum += statement;
    made.checksum = catalogs::sha256_hex(made.checksum);
    made.statements = std::move(statements);
    return made;
}

/// Each test has a schema of its own on the suite's server.
class Migrations : public DatabaseTest {
protected:
    void SetUp() override {
        connect()->execute("CREATE SCHEMA m");
        Endpoint endpoint = sql_store().pool().endpoint();
        endpoint.schema = "m";
        connection_ = std::make_unique<Connection>(endpoint);
    }
    void TearDown() override { connection_->execute("DROP SCHEMA m"); }

    void refused(
        const std::string& key,
        const std::vector<Migration>& migrations,
        const MigrationOptions& options = {}
    ) {
        try {
            migrate(*connection_, migrations, options);
            FAIL() << "not refused";
        } catch (const DatabaseFault& fault) {
            EXPECT_EQ(fault.why().key, key);
        }
    }
    [[nodiscard]] std::int64_t tables() const {
        return connection_
            ->query(
                "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = 'm' AND "
                "table_name <> 'migrations'"
            )
            .at(0)
            .number(0);
    }

    std::unique_ptr<Connection> connection_;
    const Migration first_ = migration(
        1,
        {"CREATE TABLE IF NOT EXISTS a (id BIGINT NOT NULL PRIMARY KEY)",
         "CREATE TABLE IF NOT EXISTS b (id BIGINT NOT NULL PRIMARY KEY)"}
    );
    const Migration second_ = migration(
        2,
        {"CREATE TABLE IF NOT EXISTS c (id BIGINT NOT NULL PRIMARY KEY)",
         "CREATE TABLE IF NOT EXISTS d (id BIGINT NOT NULL PRIMARY KEY)",
         "CREATE TABLE IF NOT EXISTS e (id BIGINT NOT NULL PRIMARY KEY)"}
    );
    const MigrationOptions interrupted_{
        .before_statement = [](const Migration& m, std::size_t statement) {
            if (m.number == 2 && statement == 2) throw std::runtime_error("interrupted");
        }};
};

TEST_F(Migrations, AreAppliedOnceInOrder) {
    EXPECT_EQ(schema_version(*connection_), 0);
    EXPECT_EQ(
        migrate(*connection_, {first_, second_}, {.dry_run = true}),
        (std::vector<std::int64_t>{1, 2})
    );
    EXPECT_EQ(tables(), 0);
    EXPECT_EQ(migrate(*connection_, {first_}), std::vector<std::int64_t>{1});
    EXPECT_EQ(tables(), 2);
    EXPECT_EQ(migrate(*connection_, {first_, second_}), std::vector<std::int64_t>{2});
    EXPECT_EQ(tables(), 5);
    EXPECT_TRUE(migrate(*connection_, {first_, second_}).empty());
    EXPECT_EQ(schema_version(*connection_), 2);
}

TEST_F(Migrations, NewerDatabaseIsRefused) {
    migrate(*connection_, {first_, second_});
    refused("database.migration_newer", {first_});
}

TEST_F(Migrations, GapIsRefused) {
    migrate(*connection_, {first_, second_});
    connection_->execute("DELETE FROM migrations WHERE number = 1");
    refused("database.migration_gap", {first_, second_});
}

TEST_F(Migrations, ChangedOneIsRefused) {
    migrate(*connection_, {first_, second_});
    Migration changed = first_;
    changed.checksum = std::string(64, '0');
    refused("database.migration_changed", {changed, second_});
}

TEST_F(Migrations, UnfinishedOneIsExplainedAndResumed) {
    migrate(*connection_, {first_});
    EXPECT_THROW(migrate(*connection_, {first_, second_}, interrupted_), std::runtime_error);
    EXPECT_EQ(tables(), 4);
    EXPECT_EQ(schema_version(*connection_), 1);
    try {
        migrate(*connection_, {first_, second_});
        FAIL() << "not refused";
    } catch (const DatabaseFault& fault) {
        EXPECT_EQ(fault.why().key, "database.migration_unfinished");
        const std::map<std::string, std::string> arguments(
            fault.why().arguments.begin(), fault.why().arguments.end()
        );
        EXPECT_EQ(arguments.at("done"), "2");
        EXPECT_EQ(arguments.at("statements"), "3");
        EXPECT_EQ(arguments.at("number"), "2");
    }
    EXPECT_EQ(
        migrate(*connection_, {first_, second_}, {.resume = true}), std::vector<std::int64_t>{2}
    );
    EXPECT_EQ(tables(), 5);
}

TEST_F(Migrations, StatementThatFailsLeavesItUnfinished) {
    const Migration wrong = migration(2, {"CREATE TABLE c (id BIGINT PRIMARY KEY)", "NONSENSE"});
    migrate(*connection_, {first_});
    EXPECT_THROW(migrate(*connection_, {first_, wrong}), DatabaseError);
    refused("database.migration_unfinished", {first_, wrong});
}

// Nothing can be in the database yet, so nobody has to be asked.
TEST_F(Migrations, InterruptedFirstOneGoesOnByItself) {
    const MigrationOptions stop{.before_statement = [](const Migration&, std::size_t statement) {
        if (statement == 1) throw std::runtime_error("interrupted");
    }};
    EXPECT_THROW(migrate(*connection_, {first_}, stop), std::runtime_error);
    EXPECT_EQ(tables(), 1);
    EXPECT_EQ(migrate(*connection_, {first_}), std::vector<std::int64_t>{1});
    EXPECT_EQ(tables(), 2);
}

TEST_F(Migrations, TwoNodesDoNotMigrateAtOnce) {
    const auto endpoint = [&] {
        Endpoint with = sql_store().pool().endpoint();
        with.schema = "m";
        return with;
    }();
    std::atomic<int> inside{0};
    std::atomic<bool> met{false};
    const MigrationOptions watch{.before_statement = [&](const Migration&, std::size_t) {
        if (++inside > 1) met = true;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        --inside;
    }};
    std::vector<std::thread> nodes;
    std::atomic<std::size_t> applied{0};
    for (int i = 0; i < 4; ++i) {
        nodes.emplace_back([&] {
            Connection connection(endpoint);
            applied += migrate(connection, {first_, second_}, watch).size();
        });
    }
    for (std::thread& node : nodes) node.join();
    EXPECT_FALSE(met);
    EXPECT_EQ(applied, 2U);
}

// Of every statement of the product: safe to run twice, and nothing a cluster or MySQL forbids.
TEST(BuiltinMigrations, CanRunTwiceAndAreMySqlCompatible) {
    const std::vector<Migration> migrations = read_migrations(builtin_migrations());
    ASSERT_FALSE(migrations.empty());
    for (const Migration& one : migrations) {
        for (const std::string& statement : one.statements) {
            if (statement.rfind("CREATE TABLE IF NOT EXISTS ", 0) == 0) {
                EXPECT_NE(statement.find("PRIMARY KEY"), std::string::npos) << statement;
                EXPECT_NE(statement.find("COLLATE utf8mb4_bin"), std::string::npos) << statement;
                EXPECT_NE(statement.find("ENGINE=InnoDB"), std::string::npos) << statement;
            } else {
                EXPECT_EQ(statement.rfind("INSERT IGNORE INTO ", 0), 0U) << statement;
            }
            for (const char* word : {"TRIGGER", "PROCEDURE", "DOUBLE", "FLOAT", "TIMESTAMP("}) {
                EXPECT_EQ(statement.find(word), std::string::npos) << statement;
            }
        }
    }
}

TEST(BuiltinMigrations, AreTheFilesOfTheTree) {
    for (const BuiltinMigration& one : builtin_migrations()) {
        const std::ifstream file(
            std::string(JICAI_SOURCE_DIR) + "/sql/migrations/" + std::string(one.folder) + "/up.sql"
        );
        std::stringstream text;
        text << file.rdbuf();
        EXPECT_EQ(text.str(), one.text);
    }
}

TEST_F(Migrations, BuiltinOnesRunTwice) {
    const std::vector<Migration> migrations = read_migrations(builtin_migrations());
    migrate(*connection_, migrations);
    for (const Migration& one : migrations) {
        for (const std::string& statement : one.statements) connection_->execute(statement);
    }
    EXPECT_EQ(connection_->query("SELECT COUNT(*) FROM audit_head").at(0).number(0), 1);
}

}  // namespace
}  // namespace jicai::sql::testing
