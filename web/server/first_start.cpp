#include <engine/accounts/password_rules.h>
#include <engine/ports/refused.h>
#include <web/server/first_start.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <stdexcept>
#include <system_error>
#include <vector>

namespace jicai::web {
namespace {

constexpr const char* kDemoSetting = "demo";
constexpr const char* kKeySetting = "key_mark";
constexpr const char* kKeyMark = "jicai";
/// Of a service whose operator has not entered its own unified social credit code yet.
constexpr const char* kOperatorCode = "91000000000000000X";

struct Administrator {
    const char* login;
    const char* name;
    access::Role role;
};
constexpr std::array<Administrator, 3> kAdministrators{{
    {"admin", "系统管理员", access::Role::system_administrator},
    {"security", "安全管理员", access::Role::security_administrator},
    {"audit", "审计管理员", access::Role::audit_administrator},
}};

[[noreturn]] void cannot_write(const std::string& file) {
    throw std::system_error(errno, std::generic_category(), file);
}

void write_secret_file(const std::string& file, const std::string& text) {
    const int handle =
        ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (handle < 0) cannot_write(file);
    const bool owned = ::fchmod(handle, S_IRUSR | S_IWUSR) == 0;
    const ssize_t written = ::write(handle, text.data(), text.size());
    const bool synced = ::fsync(handle) == 0;
    ::close(handle);
    if (!owned || !synced || written != static_cast<ssize_t>(text.size())) cannot_write(file);
}

bool has_people(ports::Transaction& transaction) {
    ports::UserQuery query;
    query.page.size = 1;
    return transaction.people().find(query).total > 0;
}

}  // namespace

bool make_administrators(
    ports::Store& store, ports::Secrets& secrets, const std::string& file, ports::Moment wall
) {
    bool there = false;
    store.read([&](ports::Transaction& transaction) { there = has_people(transaction); });
    if (there) return false;

    std::string text;
    std::vector<ports::User> users;
    for (const Administrator& administrator : kAdministrators) {
        const std::string password = accounts::one_time_password(secrets, administrator.login);
        text += std::string(administrator.login) + ' ' + password + '\n';
        ports::User user;
        user.login = administrator.login;
        user.name = administrator.name;
        user.roles = {administrator.role};
        user.password_hash = secrets.hash_password(password);
        user.password_set_at = wall;
        user.must_change_password = true;
        users.push_back(std::move(user));
    }
    write_secret_file(file, text);
    store.write([&](ports::Transaction& transaction) {
        there = has_people(transaction);
        if (there) return;
        ports::Organisation operating;
        operating.code = kOperatorCode;
        operating.name = "运行机构";
        operating.kind = ports::OrganisationKind::operator_;
        operating.region = "000000";
        const auto known = transaction.people().organisation_by_code(kOperatorCode);
        const std::int64_t organisation = known ? known->id : transaction.people().add(operating);
        for (ports::User user : users) {
            user.organisation = organisation;
            const std::int64_t id = transaction.people().add(user);
            ports::AuditEntry entry;
            entry.at = wall;
            entry.action = "user.created";
            entry.object = "user:" + std::to_string(id);
            entry.result = "done";
            entry.address = "first start";
            transaction.audit().append(entry);
        }
    });
    return !there;
}

void check_demo_mark(ports::Store& store, bool demo) {
    const char* refusal = nullptr;
    store.write([&](ports::Transaction& transaction) {
        refusal = nullptr;
        const bool marked = transaction.settings().get(kDemoSetting).value_or("") == "1";
        if (marked && !demo) refusal = "service.demo_data";
        if (!marked && demo) {
            if (has_people(transaction)) {
                refusal = "service.real_data";
            } else {
                transaction.settings().set(kDemoSetting, "1");
            }
        }
    });
    if (refusal != nullptr) throw ports::Refused({refusal, {}});
}

void check_key(ports::Store& store, ports::Secrets& secrets, const std::string& path) {
    bool holds = true;
    store.write([&](ports::Transaction& transaction) {
        const auto mark = transaction.settings().get(kKeySetting);
        holds = !mark || secrets.open(*mark) == kKeyMark;
        if (!mark) transaction.settings().set(kKeySetting, secrets.seal(kKeyMark));
    });
    if (!holds) throw ports::Refused({"service.other_key", {{"path", path}}});
}

}  // namespace jicai::web
