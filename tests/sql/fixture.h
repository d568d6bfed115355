#pragma once

#include <sql/database.h>
#include <sql/store.h>

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>

namespace jicai::sql::testing {

/// A directory that is gone at the end.
class TemporaryDirectory {
public:
    TemporaryDirectory();
    ~TemporaryDirectory();
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

/// Small, so that a test starts quickly.
[[nodiscard]] DatabaseOptions small_options();

/// A database of its own for each test suite: made once, kept over its tests.
class DatabaseTest : public ::testing::Test {
protected:
    static void SetUpTestSuite();
    static void TearDownTestSuite();

    static ports::Store& store() { return database_->store(); }
    static SqlStore& sql_store() { return database_->sql_store(); }
    static Database& database() { return *database_; }
    /// A connection of the test's own.
    static std::unique_ptr<Connection> connect();
    static std::int64_t count(const std::string& from);

    static ports::Organisation organisation(const std::string& code);
    static ports::User user(const std::string& login, std::int64_t organisation);

private:
    static std::unique_ptr<TemporaryDirectory> directory_;
    static std::unique_ptr<Database> database_;
};

/// 2026-11-23 01:30:00.123456 UTC.
inline constexpr ports::Moment kNow{1795397400123456};

}  // namespace jicai::sql::testing
