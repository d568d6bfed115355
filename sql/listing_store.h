#pragma once

#include <engine/ports/listing_store.h>
#include <sql/connection.h>

namespace jicai::sql {

/// ports::ListingStore on a transaction's connection.
class SqlListingStore final : public ports::ListingStore {
public:
    explicit SqlListingStore(Connection& connection) : connection_(connection) {}
    std::vector<std::int64_t> add(const std::vector<ports::Listing>& listings) override;
    bool save(const ports::Listing& listing) override;
    ports::Found<ports::Listing> listings(const ports::ListingQuery& query) override;
    std::optional<ports::Listing> listing(std::int64_t id) override;
    std::optional<ports::Listing> listing(const std::string& product, const std::string& region)
        override;
    std::optional<ports::Listing> locked(std::int64_t id) override;
    std::vector<ports::Listing> listings_of(
        const std::string& region, const std::vector<std::string>& products
    ) override;
    std::vector<ports::Listing> locked(
        const std::string& region, const std::vector<std::string>& products
    ) override;
    void add(const std::vector<ports::ListingEvent>& events) override;
    std::vector<ports::ListingEvent> events(std::int64_t listing) override;
    std::map<std::int64_t, std::vector<ports::ListingEvent>> events(
        const std::vector<std::int64_t>& listings
    ) override;
    void add(const std::vector<ports::PriceVersion>& versions) override;
    std::vector<ports::PriceVersion> versions(std::int64_t listing) override;
    std::map<std::int64_t, std::vector<ports::PriceVersion>> versions(
        const std::vector<std::int64_t>& listings
    ) override;
    void add(const std::vector<ports::Compensation>& compensations) override;
    ports::Found<ports::Compensation> compensations(const ports::ListingRecordQuery& query
    ) override;
    std::vector<ports::Compensation> compensations_of(std::int64_t listing) override;
    std::int64_t add(const ports::FiledPurchase& filing) override;
    bool save(const ports::FiledPurchase& filing) override;
    std::optional<ports::FiledPurchase> filing(std::int64_t id) override;
    ports::Found<ports::FiledPurchase> filings(const ports::FilingQuery& query) override;
    std::vector<ports::FiledPurchase> filings_of(const std::string& product, std::int64_t hospital)
        override;
    std::int64_t add(const ports::PriceRise& rise) override;
    bool save(const ports::PriceRise& rise) override;
    std::optional<ports::PriceRise> rise(std::int64_t id) override;
    ports::Found<ports::PriceRise> rises(const ports::ListingRecordQuery& query) override;

private:
    Connection& connection_;
};

}  // namespace jicai::sql
