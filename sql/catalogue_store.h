#pragma once

#include <engine/ports/catalogue_store.h>
#include <sql/connection.h>

#include <string>
#include <vector>

namespace jicai::sql {

/// ports::CatalogueStore of one transaction.
class SqlCatalogueStore final : public ports::CatalogueStore {
public:
    explicit SqlCatalogueStore(Connection& connection) : connection_(connection) {}

    ports::Found<ports::Institution> institutions(const ports::InstitutionQuery& query) override;
    std::optional<ports::Institution> institution(std::int64_t organisation) override;
    std::optional<ports::Institution> institution_by_code(const std::string& code) override;
    std::vector<ports::Institution> institutions_by_code(const std::vector<std::string>& codes
    ) override;
    std::vector<ports::Institution> members_of(std::int64_t lead) override;
    void add(const std::vector<ports::Institution>& institutions) override;
    bool save(const ports::Institution& institution) override;
    std::vector<ports::Institution> expired(const std::string& day) override;

    ports::Found<ports::Region> regions(const ports::RegionQuery& query) override;
    std::optional<ports::Region> region(const std::string& code) override;
    std::vector<ports::Region> all_regions() override;
    void put(const std::vector<ports::Region>& regions) override;

    ports::Found<ports::Product> products(const ports::ProductQuery& query) override;
    std::optional<ports::Product> product(const std::string& code) override;
    std::vector<ports::Product> products_by_code(const std::vector<std::string>& codes) override;
    void add(const std::vector<ports::Product>& products) override;
    bool save(const ports::Product& product) override;

    std::vector<ports::StoredYear> years() override;
    std::optional<ports::StoredYear> year(int year, bool own) override;
    void put(const ports::StoredYear& year) override;
    void remove_own_year(int year) override;

private:
    void describe(const std::vector<ports::Institution>& institutions);
    Connection& connection_;
};

}  // namespace jicai::sql
