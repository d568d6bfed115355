#include <engine/decision/round_decision.h>

namespace jicai::decision {

std::string_view text(Outcome outcome) {
    switch (outcome) {
        case Outcome::won:
            return "won";
        case Outcome::lost:
            return "lost";
        case Outcome::invalid:
            return "invalid";
        case Outcome::absent:
            return "absent";
        case Outcome::set_aside:
            return "set_aside";
        case Outcome::pending:
            return "pending";
    }
    return "";
}

std::string_view text(LotStatus status) {
    switch (status) {
        case LotStatus::decided:
            return "decided";
        case LotStatus::failed:
            return "failed";
        case LotStatus::pending:
            return "pending";
        case LotStatus::cancelled:
            return "cancelled";
    }
    return "";
}

}  // namespace jicai::decision
