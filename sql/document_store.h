#pragma once

#include <engine/ports/document_store.h>
#include <sql/connection.h>

namespace jicai::sql {

/// ports::DocumentStore on a transaction's connection.
class SqlDocumentStore final : public ports::DocumentStore {
public:
    explicit SqlDocumentStore(Connection& connection) : connection_(connection) {}
    std::int64_t add(const ports::Document& document, const std::string& content) override;
    std::optional<ports::Document> document(std::int64_t id) override;
    std::vector<ports::Document> find(const ports::DocumentQuery& query) override;
    std::string content(std::int64_t id) override;
    void remove(std::int64_t id) override;
    std::int64_t alike(const ports::Document& document) override;

private:
    Connection& connection_;
};

}  // namespace jicai::sql
