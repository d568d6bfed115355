#include <engine/access/access.h>
#include <web/server/document_view.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace jicai::web {
namespace {

constexpr std::string_view kReport = "report:";

bool sees_volumes(
    const access::Actor& actor,
    const ports::StoredRound& round,
    std::int64_t organisation,
    const std::string& region
) {
    return access::may(
        actor,
        access::Action::see_hospital_volumes,
        {.organisation = organisation,
         .office = round.owner,
         .region = region,
         .stage = round.stage}
    );
}

}  // namespace

bool sees_document(
    const Request& request,
    ports::Transaction& transaction,
    const ports::StoredRound& round,
    const ports::Document& document
) {
    static constexpr std::array<std::string_view, 4> kOpen{
        "tender_document", "correction", "fair_competition_review", "legal_review"};
    if (std::find(kOpen.begin(), kOpen.end(), document.kind) != kOpen.end()) return true;
    const access::Actor& actor = request.actor;
    if (actor.organisation == 0) return false;
    // Administrators of an office take no part in its rounds.
    const bool takes_part =
        access::reach_of(actor, access::Action::see_rounds, access::Stage::bidding) !=
        access::Reach::none;
    if (!takes_part) return false;
    if (actor.organisation == document.by.organisation || actor.organisation == round.owner) {
        return true;
    }
    // A paper on a report is for whoever sees the report, whoever attached it.
    if (document.object.compare(0, kReport.size(), kReport) == 0) {
        const auto hospital =
            transaction.catalogue().institution_by_code(document.object.substr(kReport.size()));
        return hospital && sees_volumes(actor, round, hospital->organisation, hospital->region);
    }
    // A company's papers are no volumes: they are not for the bureaus of its region.
    const auto author = transaction.people().organisation(document.by.organisation);
    return author && author->kind != ports::OrganisationKind::supplier &&
           author->kind != ports::OrganisationKind::distributor &&
           sees_volumes(actor, round, author->id, author->region);
}

}  // namespace jicai::web
