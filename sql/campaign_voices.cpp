#include <sql/author_columns.h>
#include <sql/campaign_store.h>
#include <sql/filter.h>
#include <sql/stores.h>

#include <utility>

namespace jicai::sql {
namespace {

using ports::CampaignAnswer;
using ports::CampaignObjection;
using ports::PriceTask;

const std::string kAnswer =
    "SELECT id, campaign, product, kind, price_micro_yuan, document, text, state, verification, "
    "at, verified_at, by_user, by_organisation, by_login, by_name, verified_by_user, "
    "verified_by_organisation, verified_by_login, verified_by_name FROM campaign_answers";

CampaignAnswer answer_of(const Row& row) {
    CampaignAnswer one;
    one.id = row.number(0);
    one.campaign = row.text(1);
    one.product = row.text(2);
    one.kind = static_cast<ports::CampaignAnswerKind>(row.number(3));
    if (!row.is_null(4)) one.price = money::Price(row.number(4));
    one.document = row.text(5);
    one.text = row.text(6);
    one.state = static_cast<ports::CampaignAnswerState>(row.number(7));
    one.verification = row.text(8);
    one.at = row.moment(9);
    one.verified_at = row.optional_moment(10);
    one.by = author_at(row, 11);
    one.verified_by = author_at(row, 15);
    return one;
}

const std::string kObjection =
    "SELECT id, campaign, product, observation, text, document, answer, upheld, at, answered_at, "
    "version, by_user, by_organisation, by_login, by_name, answered_by_user, "
    "answered_by_organisation, answered_by_login, answered_by_name FROM campaign_objections";

CampaignObjection objection_of(const Row& row) {
    CampaignObjection one;
    one.id = row.number(0);
    one.campaign = row.text(1);
    one.product = row.text(2);
    one.observation = row.text(3);
    one.text = row.text(4);
    one.document = row.text(5);
    one.answer = row.text(6);
    if (!row.is_null(7)) one.upheld = row.flag(7);
    one.at = row.moment(8);
    one.answered_at = row.optional_moment(9);
    one.version = row.number(10);
    one.by = author_at(row, 11);
    one.answered_by = author_at(row, 15);
    return one;
}

const std::string kTask =
    std::string(
        "SELECT id, product, name, maker, organisation, region, observation, observed_in, "
        "listed_micro_yuan, observed_micro_yuan, state, campaign, reason, opened_at, "
        "closed_at, "
    ) +
    kBy + " FROM price_tasks";

PriceTask task_of(const Row& row) {
    PriceTask one;
    one.id = row.number(0);
    one.product = row.text(1);
    one.name = row.text(2);
    one.maker = row.text(3);
    one.organisation = row.number(4);
    one.region = row.text(5);
    one.observation = row.number(6);
    one.observed_in = row.text(7);
    one.listed = money::Price(row.number(8));
    one.observed = money::Price(row.number(9));
    one.state = static_cast<ports::PriceTaskState>(row.number(10));
    one.campaign = row.text(11);
    one.reason = row.text(12);
    one.opened_at = row.moment(13);
    one.closed_at = row.optional_moment(14);
    one.closed_by = author_at(row, 15);
    return one;
}

}  // namespace

std::int64_t SqlCampaignStore::add(const CampaignAnswer& answer) {
    std::vector<Value> values = with_author(
        {answer.campaign,
         answer.product,
         static_cast<std::int64_t>(answer.kind),
         answer.price ? Value(answer.price->micro_yuan()) : Value(std::nullopt),
         answer.document,
         answer.text,
         static_cast<std::int64_t>(answer.state),
         answer.verification,
         answer.at,
         answer.verified_at},
        answer.by
    );
    values = with_author(std::move(values), answer.verified_by);
    insert(
        connection_,
        "INSERT INTO campaign_answers (campaign, product, kind, price_micro_yuan, document, text, "
        "state, verification, at, verified_at, by_user, by_organisation, by_login, by_name, "
        "verified_by_user, verified_by_organisation, verified_by_login, verified_by_name) VALUES " +
            marks(values.size()),
        values
    );
    return connection_.last_id();
}

void SqlCampaignStore::save(const CampaignAnswer& answer) {
    const ports::Author& by = answer.verified_by;
    connection_.change(
        "UPDATE campaign_answers SET state = ?, verification = ?, verified_at = ?, "
        "verified_by_user = ?, verified_by_organisation = ?, verified_by_login = ?, "
        "verified_by_name = ? WHERE id = ?",
        {static_cast<std::int64_t>(answer.state),
         answer.verification,
         answer.verified_at,
         by.user,
         by.organisation,
         by.login,
         by.name,
         answer.id}
    );
}

std::optional<CampaignAnswer> SqlCampaignStore::answer(std::int64_t id) {
    return one<CampaignAnswer>(connection_.query(kAnswer + " WHERE id = ?", {id}), answer_of);
}

std::vector<CampaignAnswer> SqlCampaignStore::answers(
    const std::string& campaign, const std::string& product
) {
    Filter filter;
    filter.add("campaign = ?", {campaign});
    if (!product.empty()) filter.add("product = ?", {product});
    std::vector<CampaignAnswer> all;
    for (const Row& row :
         connection_.query(kAnswer + filter.where + " ORDER BY id", filter.values)) {
        all.push_back(answer_of(row));
    }
    return all;
}

std::int64_t SqlCampaignStore::add(const CampaignObjection& objection) {
    std::vector<Value> values = with_author(
        {objection.campaign,
         objection.product,
         objection.observation,
         objection.text,
         objection.document,
         objection.answer,
         objection.upheld ? Value(*objection.upheld) : Value(std::nullopt),
         objection.at,
         objection.answered_at,
         objection.version},
        objection.by
    );
    values = with_author(std::move(values), objection.answered_by);
    insert(
        connection_,
        "INSERT INTO campaign_objections (campaign, product, observation, text, document, answer, "
        "upheld, at, answered_at, version, by_user, by_organisation, by_login, by_name, "
        "answered_by_user, answered_by_organisation, answered_by_login, answered_by_name) "
        "VALUES " +
            marks(values.size()),
        values
    );
    return connection_.last_id();
}

bool SqlCampaignStore::save(const CampaignObjection& objection) {
    const ports::Author& by = objection.answered_by;
    return connection_.change(
               "UPDATE campaign_objections SET answer = ?, upheld = ?, answered_at = ?, "
               "answered_by_user = ?, answered_by_organisation = ?, answered_by_login = ?, "
               "answered_by_name = ?, version = version + 1 WHERE id = ? AND version = ?",
               {objection.answer,
                objection.upheld ? Value(*objection.upheld) : Value(std::nullopt),
                objection.answered_at,
                by.user,
                by.organisation,
                by.login,
                by.name,
                objection.id,
                objection.version}
           ) == 1;
}

std::optional<CampaignObjection> SqlCampaignStore::objection(std::int64_t id) {
    return one<CampaignObjection>(
        connection_.query(kObjection + " WHERE id = ?", {id}), objection_of
    );
}

std::vector<CampaignObjection> SqlCampaignStore::objections(const std::string& campaign) {
    std::vector<CampaignObjection> all;
    for (const Row& row :
         connection_.query(kObjection + " WHERE campaign = ? ORDER BY id", {campaign})) {
        all.push_back(objection_of(row));
    }
    return all;
}

std::int64_t SqlCampaignStore::add(const PriceTask& task) {
    const std::vector<Value> values = with_author(
        {task.product,
         task.name,
         task.maker,
         task.organisation,
         task.region,
         task.observation,
         task.observed_in,
         task.listed.micro_yuan(),
         task.observed.micro_yuan(),
         static_cast<std::int64_t>(task.state),
         task.campaign,
         task.reason,
         task.opened_at,
         task.closed_at},
        task.closed_by
    );
    const std::int64_t added = connection_.change(
        std::string("INSERT IGNORE INTO price_tasks (product, name, maker, organisation, region, "
                    "observation, observed_in, listed_micro_yuan, observed_micro_yuan, state, "
                    "campaign, reason, opened_at, closed_at, ") +
            kBy + ") VALUES " + marks(values.size()),
        values
    );
    return added == 1 ? connection_.last_id() : 0;
}

void SqlCampaignStore::save(const PriceTask& task) {
    const ports::Author& by = task.closed_by;
    connection_.change(
        "UPDATE price_tasks SET state = ?, campaign = ?, reason = ?, closed_at = ?, by_user = ?, "
        "by_organisation = ?, by_login = ?, by_name = ? WHERE id = ?",
        {static_cast<std::int64_t>(task.state),
         task.campaign,
         task.reason,
         task.closed_at,
         by.user,
         by.organisation,
         by.login,
         by.name,
         task.id}
    );
}

std::optional<PriceTask> SqlCampaignStore::task(std::int64_t id) {
    return one<PriceTask>(connection_.query(kTask + " WHERE id = ?", {id}), task_of);
}

ports::Found<PriceTask> SqlCampaignStore::tasks(const ports::PriceTaskQuery& query) {
    Filter filter;
    filter.add_text({"product", "name", "maker"}, query.text);
    filter.add_region("region", query.within);
    if (query.state) filter.add("state = ?", {static_cast<std::int64_t>(*query.state)});
    if (query.organisation != 0) filter.add("organisation = ?", {query.organisation});
    return found<PriceTask>(
        connection_, kTask, "price_tasks", "id DESC", filter, query.page, task_of
    );
}

}  // namespace jicai::sql
