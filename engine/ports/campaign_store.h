#pragma once

#include <engine/money/price.h>
#include <engine/ports/clock.h>
#include <engine/ports/page.h>
#include <engine/ports/procedure_store.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

/// \file
/// Price-linkage campaigns (价格联动) at work, as they are kept: campaigns with what was given for
/// them, their SKUs, decisions with certificate and folder, answers of firms, objections, events,
/// and the watch over new lower prices. Decisions and events are only ever added. Days are
/// "2026-03-01", Beijing. What may be done when: engine/campaigns.

namespace jicai::ports {

/// The numbers are stored and stay.
enum class CampaignStage : std::uint8_t {
    draft = 0,
    notice = 1,        ///< 通知
    declaration = 2,   ///< 企业申报、确认
    verification = 3,  ///< 核实
    publicity = 4,     ///< 公示
    objection = 5,     ///< 异议
    effective = 6,     ///< 执行
    cancelled = 7,
};

/// Where a SKU of a campaign stands. The numbers are stored and stay.
enum class CampaignSkuState : std::uint8_t {
    not_asked = 0,  ///< its price stays: nothing is asked of the firm
    open = 1,       ///< the firm has not answered yet
    confirmed = 2,  ///< the firm confirms the linked price
    declared = 3,   ///< the firm declares a lower price of its own
    refused = 4,
    silent = 5,     ///< no answer in time
    set_aside = 6,  ///< an objection was upheld: it leaves the campaign
    in_force = 7,   ///< its enforced price was published
    suspended = 8,
    delisted = 9,
};

/// A value a campaign gives for what its policy leaves open, or for how long a stage lasts.
struct CampaignValue {
    std::string path;   ///< "exclusions.regions", or "stage.publicity.working_days"
    std::string value;  ///< canonical text of TOML
    std::string who;
    std::string reason;
    friend bool operator==(const CampaignValue&, const CampaignValue&) = default;
};

struct StoredCampaign {
    std::string id;
    std::string title;
    std::string policy;         ///< id of a shipped policy
    std::string policy_digest;  ///< hex SHA-256, pinned when the campaign was opened
    std::string region;         ///< GB/T 2260 of the province whose prices are linked
    std::string region_name;    ///< as linkage folders name it
    std::string as_of;
    std::string known_at;              ///< empty: everything recorded counts
    std::string scope;                 ///< all_listed, category, round
    std::string scope_of;              ///< kind of products, id of the round; empty: all_listed
    std::vector<CampaignValue> given;  ///< by path
    CampaignStage stage = CampaignStage::draft;
    Moment entered;                  ///< the stage began
    std::optional<Moment> deadline;  ///< of the stage
    std::int64_t unknown_year = 0;   ///< no deadline: nobody told the working days of that year
    std::int64_t decision = 0;       ///< number of the last one; 0: none
    bool stale = false;              ///< something happened that must be decided anew
    std::string effective;           ///< the day its prices govern from; empty: not published
    Author by;                       ///< who opened it, for the organisation that runs it
    Moment opened_at;
    std::int64_t version = 1;
};

/// One thing that happened in a campaign.
struct CampaignEvent {
    std::int64_t id = 0;
    std::string campaign;
    std::string kind;     ///< opened, changed, passed, decided, answered, verified, objected, ...
    std::string product;  ///< empty: the campaign as a whole
    std::string from;     ///< name of stage or state before; empty: none
    std::string to;
    std::string reason;
    Author by;  ///< user 0: a deadline
    Moment at;  ///< from when on it holds
};

struct CampaignDecisionRecord {
    std::string campaign;
    std::int64_t number = 0;  ///< 1 is the first
    std::string reason;
    std::string certificate_digest;  ///< hex SHA-256 of the canonical certificate
    std::int64_t skus = 0;
    std::int64_t linked = 0;
    std::int64_t waiting = 0;
    std::string average_cut_simple;    ///< percent, two decimals; empty: nothing linked
    std::string average_cut_weighted;  ///< percent, by volume; empty: no volume
    Author by;
    Moment at;
};

/// A SKU as it was decided last, and how far its firm is with it.
struct CampaignSku {
    std::string campaign;
    std::string product;  ///< code of the catalogue
    std::string name;
    std::string spec;
    std::string maker;
    std::int64_t organisation = 0;  ///< the maker's account; 0: none is known
    CampaignSkuState state = CampaignSkuState::not_asked;
    std::string status;  ///< word of campaign::Status
    money::Price old_price{0};
    std::optional<money::Price> reference;
    std::optional<money::Price> decided;   ///< enforced price of the certificate
    std::optional<money::Price> declared;  ///< the firm's own lower price, pending or verified
    bool verified = false;                 ///< the declared price
    std::string cut;                       ///< percent of `decided`, two decimals; empty: none
    std::string label;                     ///< yellow, red_1 ...; empty: none
    std::string clause;                    ///< of the ceiling that governs
    std::int64_t packs = 0;                ///< a year; 0: not known
    std::string since;                     ///< suspended or delisted from this day on
    std::string barred_until;
    std::int64_t version = 1;
};

enum class CampaignAnswerKind : std::uint8_t { confirm = 1, refuse = 2, declare = 3 };
enum class CampaignAnswerState : std::uint8_t {
    given = 1,
    accepted = 2,  ///< its lower price was verified
    rejected = 3,
    replaced = 4,  ///< the firm answered again
};

/// What a firm answers for one of its SKUs.
struct CampaignAnswer {
    std::int64_t id = 0;
    std::string campaign;
    std::string product;
    CampaignAnswerKind kind = CampaignAnswerKind::confirm;
    std::optional<money::Price> price;  ///< per listed pack; of declare
    std::string document;               ///< number or name of the paper that proves it
    std::string text;
    CampaignAnswerState state = CampaignAnswerState::given;
    std::string verification;  ///< why accepted or rejected
    Author by;
    Moment at;
    Author verified_by;
    std::optional<Moment> verified_at;
};

struct CampaignObjection {
    std::int64_t id = 0;
    std::string campaign;
    std::string product;
    std::string observation;  ///< of the folder; empty: against the SKU itself
    std::string text;
    std::string document;
    std::string answer;
    std::optional<bool> upheld;  ///< nothing: not answered
    Author by;
    Moment at;
    Author answered_by;
    std::optional<Moment> answered_at;
    std::int64_t version = 1;
};

/// The numbers are stored and stay.
enum class PriceTaskState : std::uint8_t {
    open = 1,
    taken = 2,    ///< a campaign decides it
    dropped = 3,  ///< somebody says why nothing follows
};

/// A new lower price anywhere that a listed product should be linked to (价格监测任务).
struct PriceTask {
    std::int64_t id = 0;
    std::string product;
    std::string name;
    std::string maker;
    std::int64_t organisation = 0;  ///< the maker's account; 0: none is known
    std::string region;             ///< of the listing
    std::int64_t observation = 0;
    std::string observed_in;   ///< name of the region
    money::Price listed{0};    ///< price of the listed pack
    money::Price observed{0};  ///< brought to the listed pack
    PriceTaskState state = PriceTaskState::open;
    std::string campaign;  ///< that takes it; empty: none
    std::string reason;
    Author closed_by;
    Moment opened_at;
    std::optional<Moment> closed_at;
};

struct CampaignQuery {
    std::string text = {};    ///< part of id or title
    std::string within = {};  ///< a region and all below it; empty: all
    std::optional<CampaignStage> stage = {};
    bool drafts = true;  ///< beside the others
    Page page = {};      ///< newest first
};
struct CampaignSkuQuery {
    std::string campaign = {};
    std::string text = {};  ///< part of code, name or maker
    std::optional<CampaignSkuState> state = {};
    std::string status = {};
    std::string label = {};
    std::int64_t organisation = 0;  ///< 0: all
    Page page = {};                 ///< largest cut first, then by product
};
struct PriceTaskQuery {
    std::string text = {};
    std::string within = {};
    std::optional<PriceTaskState> state = {};
    std::int64_t organisation = 0;  ///< 0: all
    Page page = {};                 ///< newest first
};

class CampaignStore {
public:
    virtual ~CampaignStore() = default;

    /// Conflict: the id is taken.
    virtual void add(const StoredCampaign& campaign) = 0;
    /// Saves all members by id where the version is still the same, and counts it up. False:
    /// somebody was faster.
    virtual bool save(const StoredCampaign& campaign) = 0;
    virtual std::optional<StoredCampaign> campaign(const std::string& id) = 0;
    /// The newest version, which nobody else changes before this transaction ends.
    virtual std::optional<StoredCampaign> locked(const std::string& id) = 0;
    virtual Found<StoredCampaign> campaigns(const CampaignQuery& query) = 0;
    /// Ids of campaigns whose stage's deadline is reached at `now`.
    virtual std::vector<std::string> due(Moment now) = 0;

    virtual void add(const std::vector<CampaignEvent>& events) = 0;
    virtual std::vector<CampaignEvent> events(const std::string& campaign) = 0;  ///< oldest first
    /// Of one SKU, oldest first.
    virtual std::vector<CampaignEvent> events(
        const std::string& campaign, const std::string& product
    ) = 0;

    /// With certificate and the files it was made from. Conflict: the number is there.
    virtual void add(
        const CampaignDecisionRecord& decision,
        const std::string& certificate,
        const std::map<std::string, std::string>& folder
    ) = 0;
    virtual std::vector<CampaignDecisionRecord> decisions(const std::string& campaign) = 0;
    /// Empty where there is none.
    virtual std::string certificate(const std::string& campaign, std::int64_t number) = 0;
    virtual std::map<std::string, std::string> folder(
        const std::string& campaign, std::int64_t number
    ) = 0;

    /// Adds or replaces by campaign and product; versions are counted up.
    virtual void put(const std::vector<CampaignSku>& skus) = 0;
    /// Takes those out that are not in `products`.
    virtual void keep_only(
        const std::string& campaign, const std::vector<std::string>& products
    ) = 0;
    virtual std::vector<CampaignSku> skus(const std::string& campaign) = 0;  ///< by product
    virtual std::optional<CampaignSku> sku(
        const std::string& campaign, const std::string& product
    ) = 0;
    virtual Found<CampaignSku> skus(const CampaignSkuQuery& query) = 0;
    /// How many SKUs are in each state.
    virtual std::map<CampaignSkuState, std::int64_t> counts(
        const std::string& campaign, std::int64_t organisation
    ) = 0;
    /// Suspended SKUs of effective campaigns, by campaign and product.
    virtual std::vector<CampaignSku> suspended() = 0;

    virtual std::int64_t add(const CampaignAnswer& answer) = 0;
    virtual void save(const CampaignAnswer& answer) = 0;
    virtual std::optional<CampaignAnswer> answer(std::int64_t id) = 0;
    /// Oldest first; empty product: all.
    virtual std::vector<CampaignAnswer> answers(
        const std::string& campaign, const std::string& product
    ) = 0;

    virtual std::int64_t add(const CampaignObjection& objection) = 0;
    /// False: somebody was faster.
    virtual bool save(const CampaignObjection& objection) = 0;
    virtual std::optional<CampaignObjection> objection(std::int64_t id) = 0;
    virtual std::vector<CampaignObjection> objections(const std::string& campaign) = 0;

    /// Returns the new id; 0: a task for that product, region and observation is there.
    virtual std::int64_t add(const PriceTask& task) = 0;
    /// Saves state, campaign, reason and who closed it.
    virtual void save(const PriceTask& task) = 0;
    virtual std::optional<PriceTask> task(std::int64_t id) = 0;
    virtual Found<PriceTask> tasks(const PriceTaskQuery& query) = 0;
};

}  // namespace jicai::ports
