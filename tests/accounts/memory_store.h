#pragma once

#include <engine/ports/store.h>

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace jicai::accounts::test {

/// Everything a store holds.
struct Held {
    std::map<std::int64_t, ports::Organisation> organisations;
    std::map<std::int64_t, ports::User> users;
    std::map<std::string, ports::Session> sessions;
    std::set<std::string> replaced;  ///< digests of log-ins that a newer one ended
    std::map<std::int64_t, ports::ApiKey> keys;
    std::vector<ports::AuditEntry> audit;
    std::map<std::string, std::string> settings;
};

/// A store in memory: a transaction works on a copy, which replaces the original when it commits.
class MemoryStore final : public ports::Store {
public:
    void write(const std::function<void(ports::Transaction&)>& work) override;
    void read(const std::function<void(ports::Transaction&)>& work) override;
    void ping() override {}
    std::map<std::string, std::int64_t> figures() const override { return {}; }

    Held held;
    bool in_transaction = false;
    /// Called once, before the next write's work: what somebody else does just then.
    std::function<void(Held&)> meanwhile;
};

}  // namespace jicai::accounts::test
