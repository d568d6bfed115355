#include <engine/access/access.h>
#include <web/server/document_view.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace jicai::web {

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
    if (actor.organisation == document.by.organisation || actor.organisation == round.owner) {
        return true;
    }
    const auto author = transaction.people().organisation(document.by.organisation);
    return author && access::may(
                         actor,
                         access::Action::see_hospital_volumes,
                         {.organisation = author->id,
                          .office = round.owner,
                          .region = author->region,
                          .stage = round.stage}
                     );
}

}  // namespace jicai::web
