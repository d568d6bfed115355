#include <engine/money/check.h>
#include <sql/author_columns.h>
#include <sql/campaign_store.h>
#include <sql/filter.h>
#include <sql/pieces.h>
#include <sql/stores.h>

#include <utility>

namespace jicai::sql {
namespace {

using ports::CampaignEvent;
using ports::CampaignSku;
using ports::CampaignSkuState;
using ports::CampaignStage;
using ports::StoredCampaign;

Value price_value(const std::optional<money::Price>& price) {
    if (!price) return std::nullopt;
    return price->micro_yuan();
}

std::optional<money::Price> price_at(const Row& row, std::size_t column) {
    if (row.is_null(column)) return std::nullopt;
    return money::Price(row.number(column));
}

const std::string kCampaign =
    std::string(
        "SELECT id, title, policy, policy_digest, region, region_name, as_of, known_at, "
        "scope, scope_of, stage, entered, deadline, unknown_year, decision, stale, "
        "effective, opened_at, version, "
    ) +
    kBy + " FROM campaigns";

StoredCampaign campaign_of(const Row& row) {
    StoredCampaign one;
    one.id = row.text(0);
    one.title = row.text(1);
    one.policy = row.text(2);
    one.policy_digest = row.text(3);
    one.region = row.text(4);
    one.region_name = row.text(5);
    one.as_of = row.text(6);
    one.known_at = row.text(7);
    one.scope = row.text(8);
    one.scope_of = row.text(9);
    one.stage = static_cast<CampaignStage>(row.number(10));
    one.entered = row.moment(11);
    one.deadline = row.optional_moment(12);
    one.unknown_year = row.number(13);
    one.decision = row.number(14);
    one.stale = row.flag(15);
    one.effective = row.text(16);
    one.opened_at = row.moment(17);
    one.version = row.number(18);
    one.by = author_at(row, 19);
    return one;
}

std::vector<Value> values_of(const StoredCampaign& one) {
    return {
        one.title,
        one.policy,
        one.policy_digest,
        one.region,
        one.region_name,
        one.as_of,
        one.known_at,
        one.scope,
        one.scope_of,
        static_cast<std::int64_t>(one.stage),
        one.entered,
        one.deadline,
        one.unknown_year,
        one.decision,
        one.stale,
        one.effective,
        one.opened_at};
}

const std::string kEvent =
    std::string("SELECT id, campaign, kind, product, state_from, state_to, reason, at, ") + kBy +
    " FROM campaign_events";

CampaignEvent event_of(const Row& row) {
    return {
        row.number(0),
        row.text(1),
        row.text(2),
        row.text(3),
        row.text(4),
        row.text(5),
        row.text(6),
        author_at(row, 8),
        row.moment(7)};
}

const std::string kDecision =
    std::string(
        "SELECT campaign, number, reason, certificate_digest, skus, linked, waiting, "
        "average_cut_simple, average_cut_weighted, at, "
    ) +
    kBy + " FROM campaign_decisions";

ports::CampaignDecisionRecord decision_of(const Row& row) {
    return {
        row.text(0),
        row.number(1),
        row.text(2),
        row.text(3),
        row.number(4),
        row.number(5),
        row.number(6),
        row.text(7),
        row.text(8),
        author_at(row, 10),
        row.moment(9)};
}

const std::string kSkuColumns =
    "campaign, product, name, spec, maker, organisation, state, status, old_price_micro_yuan, "
    "reference_micro_yuan, decided_micro_yuan, declared_micro_yuan, verified, cut_percent, label, "
    "clause, packs, since, barred_until, version";
const std::string kSku = "SELECT " + kSkuColumns + " FROM campaign_skus";

CampaignSku sku_of(const Row& row) {
    CampaignSku one;
    one.campaign = row.text(0);
    one.product = row.text(1);
    one.name = row.text(2);
    one.spec = row.text(3);
    one.maker = row.text(4);
    one.organisation = row.number(5);
    one.state = static_cast<CampaignSkuState>(row.number(6));
    one.status = row.text(7);
    one.old_price = money::Price(row.number(8));
    one.reference = price_at(row, 9);
    one.decided = price_at(row, 10);
    one.declared = price_at(row, 11);
    one.verified = row.flag(12);
    one.cut = row.text(13);
    one.label = row.text(14);
    one.clause = row.text(15);
    one.packs = row.number(16);
    one.since = row.text(17);
    one.barred_until = row.text(18);
    one.version = row.number(19);
    return one;
}

template <typename Make>
auto rows_of(
    Connection& connection,
    const std::string& statement,
    const std::vector<Value>& values,
    const Make& make
) {
    std::vector<decltype(make(std::declval<const Row&>()))> all;
    for (const Row& row : connection.query(statement, values)) all.push_back(make(row));
    return all;
}

}  // namespace

// --- campaigns

void SqlCampaignStore::write_values(const StoredCampaign& campaign) {
    connection_.change("DELETE FROM campaign_values WHERE campaign = ?", {campaign.id});
    std::vector<std::vector<Value>> rows;
    for (const ports::CampaignValue& each : campaign.given) {
        rows.push_back({campaign.id, each.path, each.value, each.who, each.reason});
    }
    insert_many(
        connection_,
        "INSERT INTO campaign_values (campaign, path, value, who, reason) VALUES ",
        rows
    );
}

void SqlCampaignStore::read_values(StoredCampaign& campaign) {
    campaign.given = rows_of(
        connection_,
        "SELECT path, value, who, reason FROM campaign_values WHERE campaign = ? ORDER BY path",
        {campaign.id},
        [](const Row& row) {
            return ports::CampaignValue{row.text(0), row.text(1), row.text(2), row.text(3)};
        }
    );
}

void SqlCampaignStore::add(const StoredCampaign& campaign) {
    std::vector<Value> values = values_of(campaign);
    values.insert(values.begin(), campaign.id);
    values.emplace_back(campaign.version);
    values = with_author(std::move(values), campaign.by);
    insert(
        connection_,
        std::string("INSERT INTO campaigns (id, title, policy, policy_digest, region, region_name, "
                    "as_of, known_at, scope, scope_of, stage, entered, deadline, unknown_year, "
                    "decision, stale, effective, opened_at, version, ") +
            kBy + ") VALUES " + marks(values.size()),
        values
    );
    write_values(campaign);
}

bool SqlCampaignStore::save(const StoredCampaign& campaign) {
    std::vector<Value> values = values_of(campaign);
    values.insert(values.end(), {campaign.id, campaign.version});
    const std::int64_t changed = connection_.change(
        "UPDATE campaigns SET title = ?, policy = ?, policy_digest = ?, region = ?, "
        "region_name = ?, as_of = ?, known_at = ?, scope = ?, scope_of = ?, stage = ?, "
        "entered = ?, deadline = ?, unknown_year = ?, decision = ?, stale = ?, effective = ?, "
        "opened_at = ?, version = version + 1 WHERE id = ? AND version = ?",
        values
    );
    if (changed == 1) write_values(campaign);
    return changed == 1;
}

std::optional<StoredCampaign> SqlCampaignStore::one_campaign(
    const std::string& id, const char* rest
) {
    auto found = one<StoredCampaign>(
        connection_.query(kCampaign + " WHERE id = ?" + rest, {id}), campaign_of
    );
    if (found) read_values(*found);
    return found;
}

std::optional<StoredCampaign> SqlCampaignStore::campaign(const std::string& id) {
    return one_campaign(id, "");
}

std::optional<StoredCampaign> SqlCampaignStore::locked(const std::string& id) {
    return one_campaign(id, " FOR UPDATE");
}

ports::Found<StoredCampaign> SqlCampaignStore::campaigns(const ports::CampaignQuery& query) {
    Filter filter;
    filter.add_text({"id", "title"}, query.text);
    filter.add_region("region", query.within);
    if (query.stage) filter.add("stage = ?", {static_cast<std::int64_t>(*query.stage)});
    if (!query.drafts) {
        filter.add("stage <> ?", {static_cast<std::int64_t>(CampaignStage::draft)});
    }
    auto result = found<StoredCampaign>(
        connection_, kCampaign, "campaigns", "opened_at DESC, id", filter, query.page, campaign_of
    );
    for (StoredCampaign& each : result.rows) read_values(each);
    return result;
}

std::vector<std::string> SqlCampaignStore::due(ports::Moment now) {
    return rows_of(
        connection_,
        "SELECT id FROM campaigns WHERE stage < ? AND deadline <= ? ORDER BY deadline, id",
        {static_cast<std::int64_t>(CampaignStage::effective), now},
        [](const Row& row) { return row.text(0); }
    );
}

void SqlCampaignStore::add(const std::vector<CampaignEvent>& events) {
    std::vector<std::vector<Value>> rows;
    for (const CampaignEvent& each : events) {
        rows.push_back(with_author(
            {each.campaign, each.kind, each.product, each.from, each.to, each.reason, each.at},
            each.by
        ));
    }
    insert_many(
        connection_,
        std::string("INSERT INTO campaign_events (campaign, kind, product, state_from, state_to, "
                    "reason, at, ") +
            kBy + ") VALUES ",
        rows
    );
}

std::vector<CampaignEvent> SqlCampaignStore::events(const std::string& campaign) {
    return rows_of(connection_, kEvent + " WHERE campaign = ? ORDER BY id", {campaign}, event_of);
}

std::vector<CampaignEvent> SqlCampaignStore::events(
    const std::string& campaign, const std::string& product
) {
    return rows_of(
        connection_,
        kEvent + " WHERE campaign = ? AND product = ? ORDER BY id",
        {campaign, product},
        event_of
    );
}

// --- decisions

void SqlCampaignStore::add(
    const ports::CampaignDecisionRecord& decision,
    const std::string& certificate,
    const std::map<std::string, std::string>& folder
) {
    const std::vector<Value> values = with_author(
        {decision.campaign,
         decision.number,
         decision.reason,
         decision.certificate_digest,
         decision.skus,
         decision.linked,
         decision.waiting,
         decision.average_cut_simple,
         decision.average_cut_weighted,
         decision.at},
        decision.by
    );
    insert(
        connection_,
        std::string("INSERT INTO campaign_decisions (campaign, number, reason, "
                    "certificate_digest, skus, linked, waiting, average_cut_simple, "
                    "average_cut_weighted, at, ") +
            kBy + ") VALUES " + marks(values.size()),
        values
    );
    const auto keep = [&](const std::string& name, const std::string& bytes) {
        each_piece(bytes, [&](std::int64_t piece, std::string part) {
            connection_.change(
                "INSERT INTO campaign_files (campaign, number, name, piece, bytes) "
                "VALUES (?, ?, ?, ?, ?)",
                {decision.campaign, decision.number, name, piece, std::move(part)}
            );
        });
    };
    keep("", certificate);
    for (const auto& [name, bytes] : folder) keep(name, bytes);
}

std::vector<ports::CampaignDecisionRecord> SqlCampaignStore::decisions(const std::string& campaign
) {
    return rows_of(
        connection_, kDecision + " WHERE campaign = ? ORDER BY number", {campaign}, decision_of
    );
}

std::string SqlCampaignStore::certificate(const std::string& campaign, std::int64_t number) {
    std::string bytes;
    for (const Row& row : connection_.query(
             "SELECT bytes FROM campaign_files WHERE campaign = ? AND number = ? AND name = '' "
             "ORDER BY piece",
             {campaign, number}
         )) {
        bytes += row.text(0);
    }
    return bytes;
}

std::map<std::string, std::string> SqlCampaignStore::folder(
    const std::string& campaign, std::int64_t number
) {
    std::map<std::string, std::string> files;
    for (const Row& row : connection_.query(
             "SELECT name, bytes FROM campaign_files WHERE campaign = ? AND number = ? "
             "AND name <> '' ORDER BY name, piece",
             {campaign, number}
         )) {
        files[row.text(0)] += row.text(1);
    }
    return files;
}

// --- SKUs

void SqlCampaignStore::put(const std::vector<CampaignSku>& skus) {
    std::vector<std::vector<Value>> rows;
    for (const CampaignSku& each : skus) {
        rows.push_back(
            {each.campaign,
             each.product,
             each.name,
             each.spec,
             each.maker,
             each.organisation,
             static_cast<std::int64_t>(each.state),
             each.status,
             each.old_price.micro_yuan(),
             price_value(each.reference),
             price_value(each.decided),
             price_value(each.declared),
             each.verified,
             each.cut.empty() ? Value(std::nullopt) : Value(each.cut),
             each.label,
             each.clause,
             each.packs,
             each.since,
             each.barred_until,
             each.version}
        );
    }
    insert_many(
        connection_,
        "INSERT INTO campaign_skus (" + kSkuColumns + ") VALUES ",
        rows,
        " ON DUPLICATE KEY UPDATE name = VALUES(name), spec = VALUES(spec), maker = VALUES(maker), "
        "organisation = VALUES(organisation), state = VALUES(state), status = VALUES(status), "
        "old_price_micro_yuan = VALUES(old_price_micro_yuan), "
        "reference_micro_yuan = VALUES(reference_micro_yuan), "
        "decided_micro_yuan = VALUES(decided_micro_yuan), "
        "declared_micro_yuan = VALUES(declared_micro_yuan), verified = VALUES(verified), "
        "cut_percent = VALUES(cut_percent), label = VALUES(label), clause = VALUES(clause), "
        "packs = VALUES(packs), since = VALUES(since), barred_until = VALUES(barred_until), "
        "version = version + 1"
    );
}

void SqlCampaignStore::keep_only(
    const std::string& campaign, const std::vector<std::string>& products
) {
    const std::vector<std::string> sorted = [&] {
        std::vector<std::string> all = products;
        std::sort(all.begin(), all.end());
        return all;
    }();
    for (const CampaignSku& each : skus(campaign)) {
        if (std::binary_search(sorted.begin(), sorted.end(), each.product)) continue;
        connection_.change(
            "DELETE FROM campaign_skus WHERE campaign = ? AND product = ?", {campaign, each.product}
        );
    }
}

std::vector<CampaignSku> SqlCampaignStore::skus(const std::string& campaign) {
    return rows_of(connection_, kSku + " WHERE campaign = ? ORDER BY product", {campaign}, sku_of);
}

std::optional<CampaignSku> SqlCampaignStore::sku(
    const std::string& campaign, const std::string& product
) {
    return one<CampaignSku>(
        connection_.query(kSku + " WHERE campaign = ? AND product = ?", {campaign, product}), sku_of
    );
}

ports::Found<CampaignSku> SqlCampaignStore::skus(const ports::CampaignSkuQuery& query) {
    Filter filter;
    filter.add("campaign = ?", {query.campaign});
    filter.add_text({"product", "name", "maker"}, query.text);
    if (query.state) filter.add("state = ?", {static_cast<std::int64_t>(*query.state)});
    if (!query.status.empty()) filter.add("status = ?", {query.status});
    if (!query.label.empty()) filter.add("label = ?", {query.label});
    if (query.organisation != 0) filter.add("organisation = ?", {query.organisation});
    return found<CampaignSku>(
        connection_, kSku, "campaign_skus", "cut_percent DESC, product", filter, query.page, sku_of
    );
}

std::map<CampaignSkuState, std::int64_t> SqlCampaignStore::counts(
    const std::string& campaign, std::int64_t organisation
) {
    Filter filter;
    filter.add("campaign = ?", {campaign});
    if (organisation != 0) filter.add("organisation = ?", {organisation});
    std::map<CampaignSkuState, std::int64_t> result;
    for (const Row& row : connection_.query(
             "SELECT state, COUNT(*) FROM campaign_skus" + filter.where + " GROUP BY state",
             filter.values
         )) {
        result[static_cast<CampaignSkuState>(row.number(0))] = row.number(1);
    }
    return result;
}

std::vector<CampaignSku> SqlCampaignStore::suspended() {
    return rows_of(
        connection_,
        kSku + " WHERE state = ? ORDER BY campaign, product",
        {static_cast<std::int64_t>(CampaignSkuState::suspended)},
        sku_of
    );
}

}  // namespace jicai::sql
