#pragma once

#include <engine/ports/campaign_store.h>
#include <sql/connection.h>

namespace jicai::sql {

/// ports::CampaignStore on the connection of a transaction; errors as in stores.h.
class SqlCampaignStore final : public ports::CampaignStore {
public:
    explicit SqlCampaignStore(Connection& connection) : connection_(connection) {}
    void add(const ports::StoredCampaign& campaign) override;
    bool save(const ports::StoredCampaign& campaign) override;
    std::optional<ports::StoredCampaign> campaign(const std::string& id) override;
    std::optional<ports::StoredCampaign> locked(const std::string& id) override;
    ports::Found<ports::StoredCampaign> campaigns(const ports::CampaignQuery& query) override;
    std::vector<std::string> due(ports::Moment now) override;

    void add(const std::vector<ports::CampaignEvent>& events) override;
    std::vector<ports::CampaignEvent> events(const std::string& campaign) override;
    std::vector<ports::CampaignEvent> events(
        const std::string& campaign, const std::string& product
    ) override;

    void add(
        const ports::CampaignDecisionRecord& decision,
        const std::string& certificate,
        const std::map<std::string, std::string>& folder
    ) override;
    std::vector<ports::CampaignDecisionRecord> decisions(const std::string& campaign) override;
    std::string certificate(const std::string& campaign, std::int64_t number) override;
    std::map<std::string, std::string> folder(const std::string& campaign, std::int64_t number)
        override;

    void put(const std::vector<ports::CampaignSku>& skus) override;
    void keep_only(const std::string& campaign, const std::vector<std::string>& products) override;
    std::vector<ports::CampaignSku> skus(const std::string& campaign) override;
    std::optional<ports::CampaignSku> sku(const std::string& campaign, const std::string& product)
        override;
    ports::Found<ports::CampaignSku> skus(const ports::CampaignSkuQuery& query) override;
    std::map<ports::CampaignSkuState, std::int64_t> counts(
        const std::string& campaign, std::int64_t organisation
    ) override;
    std::vector<ports::CampaignSku> suspended() override;

    std::int64_t add(const ports::CampaignAnswer& answer) override;
    void save(const ports::CampaignAnswer& answer) override;
    std::optional<ports::CampaignAnswer> answer(std::int64_t id) override;
    std::vector<ports::CampaignAnswer> answers(
        const std::string& campaign, const std::string& product
    ) override;

    std::int64_t add(const ports::CampaignObjection& objection) override;
    bool save(const ports::CampaignObjection& objection) override;
    std::optional<ports::CampaignObjection> objection(std::int64_t id) override;
    std::vector<ports::CampaignObjection> objections(const std::string& campaign) override;

    std::int64_t add(const ports::PriceTask& task) override;
    void save(const ports::PriceTask& task) override;
    std::optional<ports::PriceTask> task(std::int64_t id) override;
    ports::Found<ports::PriceTask> tasks(const ports::PriceTaskQuery& query) override;

private:
    void write_values(const ports::StoredCampaign& campaign);
    void read_values(ports::StoredCampaign& campaign);
    std::optional<ports::StoredCampaign> one_campaign(const std::string& id, const char* rest);
    Connection& connection_;
};

}  // namespace jicai::sql
