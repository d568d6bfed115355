#include <engine/access/access.h>

#include <tests/accounts/memory_store.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace jicai::accounts::test {
namespace {

template <typename Row>
std::optional<Row> find_in(const std::map<std::int64_t, Row>& rows, std::int64_t id) {
    const auto found = rows.find(id);
    if (found == rows.end()) return std::nullopt;
    return found->second;
}

template <typename Row>
std::int64_t add_to(std::map<std::int64_t, Row>& rows, Row row) {
    row.id = rows.empty() ? 1 : rows.rbegin()->first + 1;
    return rows.emplace(row.id, row).first->first;
}

template <typename Row>
bool save_in(std::map<std::int64_t, Row>& rows, Row row) {
    const auto found = rows.find(row.id);
    if (found == rows.end() || found->second.version != row.version) return false;
    ++row.version;
    found->second = row;
    return true;
}

class Stores final : public ports::Transaction,
                     public ports::PeopleStore,
                     public ports::SessionStore,
                     public ports::AuditLog,
                     public ports::SettingStore {
public:
    explicit Stores(Held& held) : held_(held) {}

    ports::PeopleStore& people() override { return *this; }
    ports::SessionStore& sessions() override { return *this; }
    ports::AuditLog& audit() override { return *this; }
    ports::RoundStore& rounds() override { throw std::logic_error("no rounds here"); }
    ports::SettingStore& settings() override { return *this; }
    ports::VolumeStore& volumes() override { throw std::logic_error("no volumes here"); }
    std::optional<ports::StoredAnswer> claim(const std::string&, const std::string&) override {
        throw std::logic_error("no claims here");
    }
    void answer(const std::string&, const std::string&, const ports::StoredAnswer&, ports::Moment)
        override {
        throw std::logic_error("no claims here");
    }

    std::int64_t add(const ports::Organisation& organisation) override {
        if (organisation_by_code(organisation.code)) throw ports::Conflict("code");
        return add_to(held_.organisations, organisation);
    }
    bool save(const ports::Organisation& organisation) override {
        return save_in(held_.organisations, organisation);
    }
    std::optional<ports::Organisation> organisation(std::int64_t id) override {
        return find_in(held_.organisations, id);
    }
    std::optional<ports::Organisation> organisation_by_code(const std::string& code) override {
        for (const auto& [id, organisation] : held_.organisations) {
            if (organisation.code == code) return organisation;
        }
        return std::nullopt;
    }
    ports::Found<ports::Organisation> find(const ports::OrganisationQuery&) override { return {}; }

    std::int64_t add(const ports::User& user) override {
        if (user_by_login(user.login)) throw ports::Conflict("login");
        return add_to(held_.users, user);
    }
    bool save(const ports::User& user) override { return save_in(held_.users, user); }
    std::optional<ports::User> user(std::int64_t id) override { return find_in(held_.users, id); }
    std::optional<ports::User> user_by_login(const std::string& login) override {
        for (const auto& [id, user] : held_.users) {
            if (user.login == login) return user;
        }
        return std::nullopt;
    }
    ports::Found<ports::User> find(const ports::UserQuery& query) override {
        ports::Found<ports::User> found;
        for (const auto& [id, user] : held_.users) {
            const bool has_role =
                !query.role ||
                std::find(user.roles.begin(), user.roles.end(), *query.role) != user.roles.end();
            if (has_role && (query.organisation == 0 || query.organisation == user.organisation)) {
                found.rows.push_back(user);
            }
        }
        found.total = static_cast<std::int64_t>(found.rows.size());
        return found;
    }

    void add(const ports::Session& session) override {
        if (!held_.sessions.emplace(session.id_digest, session).second) {
            throw ports::Conflict("session");
        }
    }
    std::optional<ports::Session> session(const std::string& id_digest) override {
        const auto found = held_.sessions.find(id_digest);
        if (found == held_.sessions.end()) return std::nullopt;
        return found->second;
    }
    void touch(const std::string& id_digest, ports::Moment seen_at) override {
        held_.sessions.at(id_digest).seen_at = seen_at;
    }
    void remove(const std::string& id_digest) override { held_.sessions.erase(id_digest); }
    std::int64_t remove_of(std::int64_t user) override {
        return static_cast<std::int64_t>(std::erase_if(held_.sessions, [&](const auto& each) {
            return each.second.user == user;
        }));
    }
    void replace_of(std::int64_t user) override {
        for (const auto& [digest, session] : held_.sessions) {
            if (session.user == user) held_.replaced.insert(digest);
        }
        remove_of(user);
    }
    bool was_replaced(const std::string& id_digest) override {
        return held_.replaced.contains(id_digest);
    }
    std::int64_t remove_expired(ports::Moment, ports::Moment) override { return 0; }
    ports::Found<ports::Session> live(ports::Page) override { return {}; }

    std::int64_t add(const ports::ApiKey& key) override { return add_to(held_.keys, key); }
    bool save(const ports::ApiKey& key) override { return save_in(held_.keys, key); }
    std::optional<ports::ApiKey> key(std::int64_t id) override { return find_in(held_.keys, id); }
    ports::Found<ports::ApiKey> keys(std::int64_t, ports::Page) override { return {}; }
    void touch_key(std::int64_t id, ports::Moment used_at) override {
        held_.keys.at(id).used_at = used_at;
    }

    void append(const ports::AuditEntry& entry) override { held_.audit.push_back(entry); }
    ports::Found<ports::AuditEntry> find(const ports::AuditQuery&) override { return {}; }
    ports::AuditVerification verify() override { return {}; }

    std::optional<std::string> get(const std::string& name) override {
        const auto found = held_.settings.find(name);
        if (found == held_.settings.end()) return std::nullopt;
        return found->second;
    }
    void set(const std::string& name, const std::string& value) override {
        held_.settings[name] = value;
    }

private:
    Held& held_;
};

struct Inside {
    explicit Inside(bool& flag) : flag_(flag) {
        if (flag_) throw std::logic_error("a transaction within a transaction");
        flag_ = true;
    }
    ~Inside() { flag_ = false; }
    Inside(const Inside&) = delete;
    Inside& operator=(const Inside&) = delete;

private:
    bool& flag_;
};

}  // namespace

void MemoryStore::write(const std::function<void(ports::Transaction&)>& work) {
    if (meanwhile) std::exchange(meanwhile, nullptr)(held);
    const Inside inside(in_transaction);
    Held copy = held;
    Stores stores(copy);
    work(stores);
    held = std::move(copy);
}

void MemoryStore::read(const std::function<void(ports::Transaction&)>& work) {
    const Inside inside(in_transaction);
    Held copy = held;
    Stores stores(copy);
    work(stores);
}

}  // namespace jicai::accounts::test
