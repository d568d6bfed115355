#include <engine/campaign/campaign_decision.h>

namespace jicai::campaign {

std::string_view text(Status status) {
    switch (status) {
        case Status::linked:
            return "linked";
        case Status::no_lower_price:
            return "no_lower_price";
        case Status::within_tolerance:
            return "within_tolerance";
        case Status::insufficient_observations:
            return "insufficient_observations";
        case Status::suspended:
            return "suspended";
        case Status::delisted:
            return "delisted";
        case Status::waiting:
            return "waiting";
    }
    return {};
}

std::string_view text(Exclusion reason) {
    switch (reason) {
        case Exclusion::excluded_by_event:
            return "excluded_by_event";
        case Exclusion::not_yet_recorded:
            return "not_yet_recorded";
        case Exclusion::not_yet_effective:
            return "not_yet_effective";
        case Exclusion::expired:
            return "expired";
        case Exclusion::withdrawn:
            return "withdrawn";
        case Exclusion::source_not_counted:
            return "source_not_counted";
        case Exclusion::award_of_other_region:
            return "award_of_other_region";
        case Exclusion::own_region:
            return "own_region";
        case Exclusion::region_not_counted:
            return "region_not_counted";
        case Exclusion::suspended:
            return "suspended";
        case Exclusion::under_objection:
            return "under_objection";
        case Exclusion::not_evaluated:
            return "not_evaluated";
        case Exclusion::other_strength:
            return "other_strength";
        case Exclusion::other_pack:
            return "other_pack";
        case Exclusion::no_price_ratio:
            return "no_price_ratio";
    }
    return {};
}

std::string_view text(CeilingKind kind) {
    switch (kind) {
        case CeilingKind::linkage_reference:
            return "linkage_reference";
        case CeilingKind::own_award:
            return "own_award";
        case CeilingKind::outside_supply:
            return "outside_supply";
        case CeilingKind::gradient_cut:
            return "gradient_cut";
        case CeilingKind::winning_price:
            return "winning_price";
    }
    return {};
}

}  // namespace jicai::campaign
