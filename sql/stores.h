#pragma once

#include <engine/ports/store.h>
#include <sql/connection.h>

#include <string>

/// \file
/// The stores of one transaction. Each speaks through the transaction's connection; errors are
/// DatabaseError, a taken unique value is ports::Conflict.

namespace jicai::sql {

class SqlPeopleStore final : public ports::PeopleStore {
public:
    explicit SqlPeopleStore(Connection& connection) : connection_(connection) {}
    std::int64_t add(const ports::Organisation& organisation) override;
    bool save(const ports::Organisation& organisation) override;
    std::optional<ports::Organisation> organisation(std::int64_t id) override;
    std::optional<ports::Organisation> organisation_by_code(const std::string& code) override;
    ports::Found<ports::Organisation> find(const ports::OrganisationQuery& query) override;
    std::int64_t add(const ports::User& user) override;
    bool save(const ports::User& user) override;
    std::optional<ports::User> user(std::int64_t id) override;
    std::optional<ports::User> user_by_login(const std::string& login) override;
    ports::Found<ports::User> find(const ports::UserQuery& query) override;

private:
    void write_roles(std::int64_t user, const std::vector<access::Role>& roles);
    Connection& connection_;
};

class SqlSessionStore final : public ports::SessionStore {
public:
    explicit SqlSessionStore(Connection& connection) : connection_(connection) {}
    void add(const ports::Session& session) override;
    std::optional<ports::Session> session(const std::string& id_digest) override;
    void touch(const std::string& id_digest, ports::Moment seen_at) override;
    void remove(const std::string& id_digest) override;
    std::int64_t remove_of(std::int64_t user) override;
    void replace_of(std::int64_t user) override;
    bool was_replaced(const std::string& id_digest) override;
    std::int64_t remove_expired(ports::Moment now, ports::Moment idle_since) override;
    ports::Found<ports::Session> live(ports::Page page) override;
    std::int64_t add(const ports::ApiKey& key) override;
    bool save(const ports::ApiKey& key) override;
    std::optional<ports::ApiKey> key(std::int64_t id) override;
    ports::Found<ports::ApiKey> keys(std::int64_t organisation, ports::Page page) override;
    void touch_key(std::int64_t id, ports::Moment used_at) override;

private:
    Connection& connection_;
};

class SqlRoundStore final : public ports::RoundStore {
public:
    explicit SqlRoundStore(Connection& connection) : connection_(connection) {}
    void add(const ports::StoredRound& round, const std::map<std::string, std::string>& files)
        override;
    bool save(const ports::StoredRound& round) override;
    void save_certificate(const std::string& round, const std::string& canonical) override;
    std::optional<ports::StoredRound> round(const std::string& id) override;
    std::optional<ports::StoredRound> locked(const std::string& id) override;
    std::vector<ports::StoredRound> rounds() override;
    std::map<std::string, std::string> files(const std::string& round) override;
    void save_file(const std::string& round, const std::string& path, const std::string& bytes)
        override;
    void remove_file(const std::string& round, const std::string& path) override;
    std::string digest_of(
        const std::string& round, const std::string& before, const std::vector<std::string>& paths
    ) override;
    std::string certificate(const std::string& round) override;
    void add(const std::string& round, const ports::Participant& participant) override;
    std::vector<ports::Participant> participants(const std::string& round) override;

private:
    Connection& connection_;
};

class SqlSettingStore final : public ports::SettingStore {
public:
    explicit SqlSettingStore(Connection& connection) : connection_(connection) {}
    std::optional<std::string> get(const std::string& name) override;
    void set(const std::string& name, const std::string& value) override;

private:
    Connection& connection_;
};

/// What a lost COMMIT is looked for by: the last entry a transaction appended.
struct AppendedEntry {
    std::int64_t id = 0;  ///< 0: none
    std::string hash;     ///< of its canonical text
};

class SqlAuditLog final : public ports::AuditLog {
public:
    explicit SqlAuditLog(Connection& connection) : connection_(connection) {}
    void append(const ports::AuditEntry& entry) override;
    ports::Found<ports::AuditEntry> find(const ports::AuditQuery& query) override;
    ports::AuditVerification verify() override;
    [[nodiscard]] const AppendedEntry& last_appended() const { return last_appended_; }

private:
    Connection& connection_;
    AppendedEntry last_appended_;
};

/// "LIMIT size OFFSET offset" of a page; its bounds are CHECKed.
[[nodiscard]] std::string limit_of(const ports::Page& page);

/// Runs an INSERT; a taken unique value becomes ports::Conflict.
void insert(Connection& connection, std::string_view statement, const std::vector<Value>& values);

/// `text` cut to `characters_max` characters; where something was cut the last one is "…".
[[nodiscard]] std::string cut(const std::string& text, std::size_t characters_max);

}  // namespace jicai::sql
