#pragma once

#include <engine/ports/store.h>
#include <sql/campaign_store.h>
#include <sql/catalogue_store.h>
#include <sql/document_store.h>
#include <sql/import_store.h>
#include <sql/keyed_locks.h>
#include <sql/listing_store.h>
#include <sql/notice_store.h>
#include <sql/price_store.h>
#include <sql/procedure_store.h>
#include <sql/stores.h>
#include <sql/volume_store.h>

#include <memory>
#include <optional>
#include <string>

namespace jicai::sql {

/// ports::Transaction on one connection; begun and ended by SqlStore.
class SqlTransaction final : public ports::Transaction {
public:
    SqlTransaction(Connection& connection, KeyedLocks& claims)
        : connection_(connection),
          claims_(claims),
          people_(connection),
          sessions_(connection),
          audit_(connection),
          rounds_(connection),
          settings_(connection),
          volumes_(connection),
          procedure_(connection),
          documents_(connection),
          catalogue_(connection),
          imports_(connection),
          notices_(connection),
          listings_(connection),
          prices_(connection),
          campaigns_(connection) {}

    ports::PeopleStore& people() override { return people_; }
    ports::SessionStore& sessions() override { return sessions_; }
    ports::AuditLog& audit() override { return audit_; }
    ports::RoundStore& rounds() override { return rounds_; }
    ports::SettingStore& settings() override { return settings_; }
    ports::VolumeStore& volumes() override { return volumes_; }
    ports::ProcedureStore& procedure() override { return procedure_; }
    ports::DocumentStore& documents() override { return documents_; }
    ports::CatalogueStore& catalogue() override { return catalogue_; }
    ports::ImportStore& imports() override { return imports_; }
    ports::NoticeStore& notices() override { return notices_; }
    ports::ListingStore& listings() override { return listings_; }
    ports::PriceStore& prices() override { return prices_; }
    ports::CampaignStore& campaigns() override { return campaigns_; }

    std::optional<ports::StoredAnswer> claim(const std::string& actor, const std::string& key)
        override;
    void answer(
        const std::string& actor,
        const std::string& key,
        const ports::StoredAnswer& answer,
        ports::Moment now
    ) override;

    [[nodiscard]] const AppendedEntry& last_appended() const { return audit_.last_appended(); }

private:
    Connection& connection_;
    KeyedLocks& claims_;
    SqlPeopleStore people_;
    SqlSessionStore sessions_;
    SqlAuditLog audit_;
    SqlRoundStore rounds_;
    SqlSettingStore settings_;
    SqlVolumeStore volumes_;
    SqlProcedureStore procedure_;
    SqlDocumentStore documents_;
    SqlCatalogueStore catalogue_;
    SqlImportStore imports_;
    SqlNoticeStore notices_;
    SqlListingStore listings_;
    SqlPriceStore prices_;
    SqlCampaignStore campaigns_;
    std::optional<KeyedLocks::Hold> held_;
};

}  // namespace jicai::sql
