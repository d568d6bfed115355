#pragma once

#include <engine/ports/procedure_store.h>
#include <sql/connection.h>

namespace jicai::sql {

/// ports::ProcedureStore on a transaction's connection.
class SqlProcedureStore final : public ports::ProcedureStore {
public:
    explicit SqlProcedureStore(Connection& connection) : connection_(connection) {}
    void set(const ports::StageDeadline& deadline) override;
    std::vector<ports::StageDeadline> deadlines(const std::string& round) override;
    std::vector<ports::StageDeadline> due(ports::Moment now) override;
    void add(const ports::RulebookPin& pin) override;
    std::vector<ports::RulebookPin> pins(const std::string& round) override;
    std::int64_t add(const ports::Signature& signature) override;
    std::vector<ports::Signature> signatures(const std::string& round) override;
    std::int64_t add(const ports::Inquiry& inquiry) override;
    bool save(const ports::Inquiry& inquiry) override;
    std::optional<ports::Inquiry> inquiry(std::int64_t id) override;
    std::vector<ports::Inquiry> inquiries(const std::string& round) override;
    void add(const ports::Correction& correction) override;
    std::vector<ports::Correction> corrections(const std::string& round) override;
    void add(const ports::Confirmation& confirmation) override;
    std::vector<ports::Confirmation> confirmations(const std::string& round) override;
    void add(const ports::Promise& promise) override;
    std::vector<ports::Promise> promises(const std::string& round) override;
    void set(const ports::Qualification& qualification) override;
    std::vector<ports::Qualification> qualifications(const std::string& round) override;
    void add(const ports::StageChange& change) override;
    std::vector<ports::StageChange> stage_changes(const std::string& round) override;
    void add(const ports::LotChange& change) override;
    std::vector<ports::LotChange> lot_changes(const std::string& round) override;
    void set(const ports::AcceptedValue& value) override;
    std::vector<ports::AcceptedValue> accepted_values(const std::string& round) override;

private:
    Connection& connection_;
};

}  // namespace jicai::sql
