#pragma once

#include <engine/ports/import_store.h>
#include <sql/connection.h>

namespace jicai::sql {

/// ports::ImportStore of one transaction.
class SqlImportStore final : public ports::ImportStore {
public:
    explicit SqlImportStore(Connection& connection) : connection_(connection) {}

    std::int64_t add(const ports::TableImport& import, std::string_view bytes) override;
    std::optional<ports::TableImport> import(std::int64_t id) override;
    std::string bytes(std::int64_t id) override;
    ports::Found<ports::TableImport> find(const ports::ImportQuery& query) override;
    bool accept(std::int64_t id, ports::Moment at) override;
    std::int64_t purge(ports::Moment before, std::int64_t imports_max) override;

private:
    Connection& connection_;
};

}  // namespace jicai::sql
