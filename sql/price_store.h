#pragma once

#include <engine/ports/price_store.h>
#include <sql/connection.h>

#include <map>
#include <string>
#include <vector>

namespace jicai::sql {

/// ports::PriceStore of one transaction.
class SqlPriceStore final : public ports::PriceStore {
public:
    explicit SqlPriceStore(Connection& connection) : connection_(connection) {}

    std::optional<ports::LinkageProduct> product(const std::string& code) override;
    std::optional<ports::LinkageProduct> product_by_id(std::int64_t id) override;
    std::vector<ports::LinkageProduct> products_by_code(const std::vector<std::string>& codes
    ) override;
    std::map<std::int64_t, std::int64_t> pack_units(const std::vector<std::int64_t>& products
    ) override;
    void each_product(const std::function<void(const ports::LinkageProduct&)>& take) override;
    ports::Found<ports::LinkageProduct> products(const ports::ProductQuery& query) override;
    void put(const std::vector<ports::ProductFacts>& facts) override;

    std::int64_t add(const ports::PriceObservation& observation) override;
    void add(const std::vector<ports::PriceObservation>& observations) override;
    std::vector<std::int64_t> stored(const std::vector<ports::ObservationKey>& keys) override;
    std::optional<ports::PriceObservation> observation(std::int64_t id) override;
    ports::Found<ports::PriceObservation> find(const ports::ObservationQuery& query) override;
    std::vector<ports::PriceObservation> of_product(std::int64_t product) override;
    std::vector<ports::PriceObservation> of_products(const std::vector<std::int64_t>& products
    ) override;
    std::vector<ports::PriceObservation> plain_of_products(const std::vector<std::int64_t>& products
    ) override;
    void each_observation(
        std::int64_t first,
        std::int64_t last,
        const std::function<void(const ports::PriceObservation&)>& take
    ) override;
    std::int64_t last_observation() override;

    bool append(const ports::PriceEvent& event) override;
    std::vector<ports::PriceEvent> events_of(std::int64_t observation) override;
    std::vector<ports::PriceEvent> events_of_product(std::int64_t product) override;
    void each_event(
        std::int64_t first,
        std::int64_t last,
        const std::function<void(const ports::PriceEvent&)>& take
    ) override;
    std::int64_t last_event() override;

    void hold(std::int64_t observation, const ports::PriceHold& hold, ports::Moment at) override;
    std::optional<ports::PriceReview> review(std::int64_t observation) override;
    ports::Found<ports::PriceReview> reviews(const ports::ReviewQuery& query) override;
    void set_corrected(std::int64_t observation, std::int64_t by) override;

    void put(const std::vector<ports::StoredPurchase>& purchases) override;
    std::vector<ports::StoredPurchase> purchases(
        const std::vector<std::int64_t>& products, std::int32_t first_month, std::int32_t last_month
    ) override;
    std::vector<ports::PurchaseSum> purchase_sums(
        std::int32_t first_month, std::int32_t last_month, bool by_hospital
    ) override;

    std::optional<ports::ColumnMapping> mapping(const std::string& table, const std::string& source)
        override;
    std::vector<ports::ColumnMapping> mappings(const std::string& table) override;
    bool save(const ports::ColumnMapping& mapping, std::int64_t user) override;

private:
    Connection& connection_;
};

}  // namespace jicai::sql
