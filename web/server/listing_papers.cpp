#include <engine/money/decimal.h>
#include <web/server/listing_papers.h>
#include <web/server/people_rows.h>
#include <web/server/schema.h>

#include <optional>
#include <utility>

namespace jicai::web {

using decision::Json;

namespace {

constexpr std::int64_t kLongText = 2000;

std::string moment_text(const std::optional<ports::Moment>& moment) {
    return moment ? ports::beijing_text(*moment) : std::string();
}

}  // namespace

Json::Object compensation_row(
    const Services& services, const Request& request, const ports::Compensation& one
) {
    return {
        {"id", one.id},
        {"listing", one.listing},
        {"product", one.product},
        {"region", one.region},
        {"region_text", region_name(services, request, one.region)},
        {"from", one.from},
        {"to", one.to},
        {"old_price", one.old_price.text()},
        {"new_price", one.new_price.text()},
        {"difference", one.difference.text()},
        {"ground", one.ground},
        {"clause", one.clause},
        {"opened_at", ports::beijing_text(one.opened_at)}};
}

Json::Object compensation_members() {
    return {
        {"id", schema::number()},
        {"listing", schema::number()},
        {"product", schema::text()},
        {"region", schema::text()},
        {"region_text", schema::text()},
        {"from", schema::text()},
        {"to", schema::text()},
        {"old_price", schema::text()},
        {"new_price", schema::text()},
        {"difference", schema::text()},
        {"ground", schema::text()},
        {"clause", schema::text(500)},
        {"opened_at", schema::text()}};
}

Json::Object rise_row(
    const Services& services, const Request& request, const ports::PriceRise& one
) {
    const char* const state = one.state == ports::RiseState::proposed   ? "proposed"
                              : one.state == ports::RiseState::approved ? "approved"
                                                                        : "refused";
    return {
        {"id", one.id},
        {"listing", one.listing},
        {"product", one.product},
        {"region", one.region},
        {"region_text", region_name(services, request, one.region)},
        {"from_price", one.from_price.text()},
        {"to_price", one.to_price.text()},
        {"effective", one.effective},
        {"cause", one.cause},
        {"cause_text", word(services, request, "rise_cause", one.cause)},
        {"reason", one.reason},
        {"state", std::string(state)},
        {"state_text", word(services, request, "paper_state", state)},
        {"proposed_by", one.proposed_by.name},
        {"proposed_at", ports::beijing_text(one.proposed_at)},
        {"decided_by", one.decided_by.name},
        {"decided_at", moment_text(one.decided_at)},
        {"decision_reason", one.decision_reason},
        {"version", one.version}};
}

Json::Object rise_members() {
    return {
        {"id", schema::number()},
        {"listing", schema::number()},
        {"product", schema::text()},
        {"region", schema::text()},
        {"region_text", schema::text()},
        {"from_price", schema::text()},
        {"to_price", schema::text()},
        {"effective", schema::text()},
        {"cause", schema::text()},
        {"cause_text", schema::text()},
        {"reason", schema::text(kLongText)},
        {"state", schema::text()},
        {"state_text", schema::text()},
        {"proposed_by", schema::text(500)},
        {"proposed_at", schema::text()},
        {"decided_by", schema::text(500)},
        {"decided_at", schema::text()},
        {"decision_reason", schema::text(kLongText)},
        {"version", schema::number()}};
}

Json::Object filing_row(
    const Services& services, const Request& request, const ports::FiledPurchase& one
) {
    const char* const state = one.state == ports::FilingState::requested  ? "requested"
                              : one.state == ports::FilingState::approved ? "approved"
                              : one.state == ports::FilingState::refused  ? "refused"
                                                                          : "ended";
    return {
        {"id", one.id},
        {"product", one.product},
        {"region", one.region},
        {"region_text", region_name(services, request, one.region)},
        {"hospital", one.hospital},
        {"hospital_name", one.hospital_name},
        {"reason", one.reason},
        {"evidence_price", one.evidence_price.text()},
        {"evidence", one.evidence},
        {"packs", one.packs},
        {"packs_ordered", one.packs_ordered},
        {"from", one.from},
        {"to", one.to},
        {"share_cap", money::format_shortest(one.share_cap_hundredths, 2)},
        {"yearly_amount", one.yearly_amount.text()},
        {"state", std::string(state)},
        {"state_text", word(services, request, "paper_state", state)},
        {"requested_by", one.requested_by.name},
        {"requested_at", ports::beijing_text(one.requested_at)},
        {"decided_by", one.decided_by.name},
        {"decided_at", moment_text(one.decided_at)},
        {"decision_reason", one.decision_reason},
        {"clause", one.clause},
        {"version", one.version}};
}

Json::Object filing_members() {
    return {
        {"id", schema::number()},
        {"product", schema::text()},
        {"region", schema::text()},
        {"region_text", schema::text()},
        {"hospital", schema::number()},
        {"hospital_name", schema::text(500)},
        {"reason", schema::text(kLongText)},
        {"evidence_price", schema::text()},
        {"evidence", schema::text(kLongText)},
        {"packs", schema::number()},
        {"packs_ordered", schema::number()},
        {"from", schema::text()},
        {"to", schema::text()},
        {"share_cap", schema::text()},
        {"yearly_amount", schema::text()},
        {"state", schema::text()},
        {"state_text", schema::text()},
        {"requested_by", schema::text(500)},
        {"requested_at", schema::text()},
        {"decided_by", schema::text(500)},
        {"decided_at", schema::text()},
        {"decision_reason", schema::text(kLongText)},
        {"clause", schema::text(500)},
        {"version", schema::number()}};
}

}  // namespace jicai::web
