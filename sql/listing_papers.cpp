// Filed purchases and price rises: what is asked for by one and decided by another.
#include <sql/author_columns.h>
#include <sql/filter.h>
#include <sql/listing_store.h>

#include <string>

namespace jicai::sql {
namespace {

using ports::FiledPurchase;
using ports::PriceRise;

constexpr const char* kDecidedBy =
    "decided_user, decided_organisation, decided_login, decided_name";

const std::string kFiling =
    std::string(
        "SELECT id, product, region, hospital, hospital_name, reason, evidence_micro_yuan, "
        "evidence, packs, packs_ordered, from_day, to_day, share_cap_hundredths, "
        "yearly_micro_yuan, state, requested_at, decided_at, decision_reason, clause, version, "
    ) +
    kBy + ", " + kDecidedBy + " FROM filed_purchases";

FiledPurchase filing_of(const Row& row) {
    FiledPurchase one;
    one.id = row.number(0);
    one.product = row.text(1);
    one.region = row.text(2);
    one.hospital = row.number(3);
    one.hospital_name = row.text(4);
    one.reason = row.text(5);
    one.evidence_price = money::Price(row.number(6));
    one.evidence = row.text(7);
    one.packs = row.number(8);
    one.packs_ordered = row.number(9);
    one.from = row.text(10);
    one.to = row.text(11);
    one.share_cap_hundredths = row.number(12);
    one.yearly_amount = money::Amount(row.number(13));
    one.state = static_cast<ports::FilingState>(row.number(14));
    one.requested_at = row.moment(15);
    one.decided_at = row.optional_moment(16);
    one.decision_reason = row.text(17);
    one.clause = row.text(18);
    one.version = row.number(19);
    one.requested_by = author_at(row, 20);
    one.decided_by = author_at(row, 24);
    return one;
}

const std::string kRise =
    std::string(
        "SELECT id, listing, product, region, from_micro_yuan, to_micro_yuan, effective, cause, "
        "reason, state, proposed_at, decided_at, decision_reason, version, "
    ) +
    kBy + ", " + kDecidedBy + " FROM price_rises";

PriceRise rise_of(const Row& row) {
    PriceRise one;
    one.id = row.number(0);
    one.listing = row.number(1);
    one.product = row.text(2);
    one.region = row.text(3);
    one.from_price = money::Price(row.number(4));
    one.to_price = money::Price(row.number(5));
    one.effective = row.text(6);
    one.cause = row.text(7);
    one.reason = row.text(8);
    one.state = static_cast<ports::RiseState>(row.number(9));
    one.proposed_at = row.moment(10);
    one.decided_at = row.optional_moment(11);
    one.decision_reason = row.text(12);
    one.version = row.number(13);
    one.proposed_by = author_at(row, 14);
    one.decided_by = author_at(row, 18);
    return one;
}

}  // namespace

std::int64_t SqlListingStore::add(const FiledPurchase& filing) {
    std::vector<Value> values{
        filing.product,
        filing.region,
        filing.hospital,
        filing.hospital_name,
        filing.reason,
        filing.evidence_price.micro_yuan(),
        filing.evidence,
        filing.packs,
        filing.packs_ordered,
        filing.from,
        filing.to,
        filing.share_cap_hundredths,
        filing.yearly_amount.micro_yuan(),
        static_cast<std::int64_t>(filing.state),
        filing.requested_at,
        filing.decided_at,
        filing.decision_reason,
        filing.clause};
    values = with_author(std::move(values), filing.requested_by);
    values = with_author(std::move(values), filing.decided_by);
    insert(
        connection_,
        std::string(
            "INSERT INTO filed_purchases (product, region, hospital, hospital_name, reason, "
            "evidence_micro_yuan, evidence, packs, packs_ordered, from_day, to_day, "
            "share_cap_hundredths, yearly_micro_yuan, state, requested_at, decided_at, "
            "decision_reason, clause, "
        ) + kBy +
            ", " + kDecidedBy + ", version) VALUES " +
            "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
        values
    );
    return connection_.last_id();
}

bool SqlListingStore::save(const FiledPurchase& filing) {
    return connection_.change(
               "UPDATE filed_purchases SET packs = ?, packs_ordered = ?, from_day = ?, to_day = "
               "?, share_cap_hundredths = ?, yearly_micro_yuan = ?, state = ?, decided_at = ?, "
               "decision_reason = ?, clause = ?, decided_user = ?, decided_organisation = ?, "
               "decided_login = ?, decided_name = ?, version = version + 1 "
               "WHERE id = ? AND version = ?",
               {filing.packs,
                filing.packs_ordered,
                filing.from,
                filing.to,
                filing.share_cap_hundredths,
                filing.yearly_amount.micro_yuan(),
                static_cast<std::int64_t>(filing.state),
                filing.decided_at,
                filing.decision_reason,
                filing.clause,
                filing.decided_by.user,
                filing.decided_by.organisation,
                filing.decided_by.login,
                filing.decided_by.name,
                filing.id,
                filing.version}
           ) == 1;
}

std::optional<FiledPurchase> SqlListingStore::filing(std::int64_t id) {
    return one<FiledPurchase>(connection_.query(kFiling + " WHERE id = ?", {id}), filing_of);
}

ports::Found<FiledPurchase> SqlListingStore::filings(const ports::FilingQuery& query) {
    Filter filter;
    filter.add_text({"product", "hospital_name"}, query.text);
    if (query.hospital != 0) filter.add("hospital = ?", {query.hospital});
    filter.add_region("region", query.within);
    if (query.state) filter.add("state = ?", {static_cast<std::int64_t>(*query.state)});
    return found<FiledPurchase>(
        connection_, kFiling, "filed_purchases", "id DESC", filter, query.page, filing_of
    );
}

std::vector<FiledPurchase> SqlListingStore::filings_of(
    const std::string& product, std::int64_t hospital
) {
    std::vector<FiledPurchase> all;
    const auto rows = connection_.query(
        kFiling + " WHERE product = ? AND hospital = ? AND state = ? ORDER BY id",
        {product, hospital, static_cast<std::int64_t>(ports::FilingState::approved)}
    );
    for (const Row& row : rows) all.push_back(filing_of(row));
    return all;
}

std::int64_t SqlListingStore::add(const PriceRise& rise) {
    std::vector<Value> values{
        rise.listing,
        rise.product,
        rise.region,
        rise.from_price.micro_yuan(),
        rise.to_price.micro_yuan(),
        rise.effective,
        rise.cause,
        rise.reason,
        static_cast<std::int64_t>(rise.state),
        rise.proposed_at,
        rise.decided_at,
        rise.decision_reason};
    values = with_author(std::move(values), rise.proposed_by);
    values = with_author(std::move(values), rise.decided_by);
    insert(
        connection_,
        std::string(
            "INSERT INTO price_rises (listing, product, region, from_micro_yuan, to_micro_yuan, "
            "effective, cause, reason, state, proposed_at, decided_at, decision_reason, "
        ) + kBy +
            ", " + kDecidedBy + ", version) VALUES " +
            "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
        values
    );
    return connection_.last_id();
}

bool SqlListingStore::save(const PriceRise& rise) {
    return connection_.change(
               "UPDATE price_rises SET effective = ?, state = ?, decided_at = ?, decision_reason "
               "= ?, decided_user = ?, decided_organisation = ?, decided_login = ?, decided_name "
               "= ?, version = version + 1 WHERE id = ? AND version = ?",
               {rise.effective,
                static_cast<std::int64_t>(rise.state),
                rise.decided_at,
                rise.decision_reason,
                rise.decided_by.user,
                rise.decided_by.organisation,
                rise.decided_by.login,
                rise.decided_by.name,
                rise.id,
                rise.version}
           ) == 1;
}

std::optional<PriceRise> SqlListingStore::rise(std::int64_t id) {
    return one<PriceRise>(connection_.query(kRise + " WHERE id = ?", {id}), rise_of);
}

ports::Found<PriceRise> SqlListingStore::rises(const ports::ListingRecordQuery& query) {
    Filter filter;
    if (!query.product.empty()) filter.add("product = ?", {query.product});
    filter.add_region("region", query.within);
    return found<PriceRise>(
        connection_, kRise, "price_rises", "id DESC", filter, query.page, rise_of
    );
}

}  // namespace jicai::sql
