#pragma once

#include <engine/ports/audit_log.h>
#include <engine/ports/catalogue_store.h>
#include <engine/ports/document_store.h>
#include <engine/ports/import_store.h>
#include <engine/ports/notice_store.h>
#include <engine/ports/people_store.h>
#include <engine/ports/procedure_store.h>
#include <engine/ports/round_store.h>
#include <engine/ports/session_store.h>
#include <engine/ports/volume_store.h>

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>

namespace jicai::ports {

// Included by those who use them: a change of one does not build everything anew.
class PriceStore;     // price_store.h: observations, products as linkage sees them, purchases
class ListingStore;   // listing_store.h: the register of what may be sold where at which price
class CampaignStore;  // campaign_store.h: price-linkage campaigns

/// What a write answered, kept under its idempotency key.
struct StoredAnswer {
    std::string request_digest;  ///< of method, path and body
    std::int64_t status = 0;
    std::string body;
};

/// Small settings of the installation: the demo's clock, whether the demo data is in.
class SettingStore {
public:
    virtual ~SettingStore() = default;
    virtual std::optional<std::string> get(const std::string& name) = 0;
    virtual void set(const std::string& name, const std::string& value) = 0;
};

/// One transaction. Everything done through it is saved together or not at all.
class Transaction {
public:
    virtual ~Transaction() = default;
    virtual PeopleStore& people() = 0;
    virtual SessionStore& sessions() = 0;
    virtual AuditLog& audit() = 0;
    virtual RoundStore& rounds() = 0;
    virtual SettingStore& settings() = 0;
    virtual VolumeStore& volumes() = 0;
    // A transaction that keeps none of the following (a test's) throws BrokenInvariant.
    virtual ProcedureStore& procedure();
    virtual DocumentStore& documents();
    virtual CatalogueStore& catalogue();
    virtual ImportStore& imports();
    virtual NoticeStore& notices();
    virtual PriceStore& prices();
    virtual ListingStore& listings();
    virtual CampaignStore& campaigns();

    /// Takes `key` for `actor` ("user:17", "key:3", "address:1.2.3.4"); what an earlier transaction
    /// answered under it, or nothing. A second transaction with the same key waits for the first.
    virtual std::optional<StoredAnswer> claim(const std::string& actor, const std::string& key) = 0;
    /// Stores the answer under the claimed key. \pre claim returned nothing in this transaction.
    virtual void answer(
        const std::string& actor, const std::string& key, const StoredAnswer& answer, Moment now
    ) = 0;
};

/// The database, as transactions. Safe to use from many threads.
class Store {
public:
    virtual ~Store() = default;
    /// Runs `work` in one transaction and commits. On deadlock, lock wait, failed certification or
    /// a connection lost before the commit it runs `work` again from the beginning, a few times, so
    /// `work` must have no effects of its own. What `work` throws rolls back and rises.
    /// Errors: StoreUnavailable, StoreFull; Conflict from `work`.
    virtual void write(const std::function<void(Transaction&)>& work) = 0;
    /// The same without changes, in one consistent snapshot.
    virtual void read(const std::function<void(Transaction&)>& work) = 0;
    /// Asks the database a question of its own; StoreUnavailable when it does not answer in two
    /// seconds.
    virtual void ping() = 0;
    /// What metrics show: name ("connections_open") and value.
    virtual std::map<std::string, std::int64_t> figures() const = 0;
};

}  // namespace jicai::ports
