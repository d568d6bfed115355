#include <sql/connection.h>

#include <tests/sql/fixture.h>

#include <cstdlib>
#include <stdexcept>

namespace jicai::sql::testing {

TemporaryDirectory::TemporaryDirectory() {
    std::string pattern = (std::filesystem::temp_directory_path() / "jicai-sql-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("mkdtemp " + pattern);
    path_ = pattern;
}

TemporaryDirectory::~TemporaryDirectory() {
    std::error_code error;
    std::filesystem::remove_all(path_, error);
}

DatabaseOptions small_options() {
    return {.buffer_pool_megabytes = 32, .redo_log_megabytes = 16, .reserve_megabytes = 24};
}

std::unique_ptr<TemporaryDirectory> DatabaseTest::directory_;
std::unique_ptr<Database> DatabaseTest::database_;

void DatabaseTest::SetUpTestSuite() {
    directory_ = std::make_unique<TemporaryDirectory>();
    database_ = Database::open({.data_dir = directory_->path().string()}, small_options());
}

void DatabaseTest::TearDownTestSuite() {
    database_.reset();
    directory_.reset();
}

std::unique_ptr<Connection> DatabaseTest::connect() {
    return std::make_unique<Connection>(sql_store().pool().endpoint());
}

std::int64_t DatabaseTest::count(const std::string& from) {
    return connect()->query("SELECT COUNT(*) FROM " + from).at(0).number(0);
}

ports::Organisation DatabaseTest::organisation(const std::string& code) {
    ports::Organisation organisation;
    organisation.code = code;
    organisation.name = "哈尔滨市第一医院";
    organisation.kind = ports::OrganisationKind::hospital;
    organisation.region = "230100";
    return organisation;
}

ports::User DatabaseTest::user(const std::string& login, std::int64_t organisation) {
    ports::User user;
    user.login = login;
    user.name = "张三";
    user.organisation = organisation;
    user.roles = {access::Role::hospital_reporter, access::Role::hospital_buyer};
    user.password_hash = "$argon2id$v=19$m=65536,t=2,p=1$c2FsdA$aGFzaA";
    user.password_set_at = kNow;
    return user;
}

}  // namespace jicai::sql::testing
