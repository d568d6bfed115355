#include <engine/ports/refused.h>
#include <engine/prices/exclusions.h>
#include <engine/prices/observation_bounds.h>

namespace jicai::prices {
namespace {

using ports::PriceEventKind;
using ports::PriceObservation;
using ports::Refused;

void check_reason(const std::string& reason) {
    if (reason.find_first_not_of(" \t\r\n") == std::string::npos) {
        throw Refused({"price.reason_missing", {}});
    }
    if (reason.size() > kReasonBytesMax) throw Refused({"price.reason_too_long", {}});
}

bool append(
    ports::Transaction& transaction,
    std::int64_t id,
    PriceEventKind kind,
    const std::string& reason,
    const Doer& by
) {
    ports::PriceEvent event;
    event.observation = id;
    event.kind = kind;
    event.user = by.user;
    event.at = by.now;
    event.reason = reason;
    return transaction.prices().append(event);
}

void mark(
    ports::Transaction& transaction,
    std::int64_t id,
    PriceEventKind kind,
    const std::string& reason,
    const Doer& by
) {
    if (!transaction.prices().observation(id)) {
        throw Refused({"price.observation_not_found", {{"id", std::to_string(id)}}});
    }
    check_reason(reason);
    if (append(transaction, id, kind, reason, by)) return;
    throw Refused(
        {kind == PriceEventKind::excluded ? "price.already_excluded" : "price.not_excluded",
         {{"id", std::to_string(id)}}}
    );
}

std::int64_t enter_corrected(
    ports::Transaction& transaction,
    const PriceObservation& wrong,
    const ReviewDecision& decision,
    const Doer& by
) {
    PriceObservation right = wrong;
    right.pack_price = decision.corrected_price.value_or(wrong.pack_price);
    right.pack_units = decision.corrected_units.value_or(wrong.pack_units);
    if (right.pack_price == wrong.pack_price && right.pack_units == wrong.pack_units) {
        throw Refused({"price.correction_same", {}});
    }
    if (right.pack_units < 1 || right.pack_units > campaign::kPackUnitsMax) {
        throw Refused(
            {"price.units_out_of_range",
             {{"value", std::to_string(right.pack_units)},
              {"bound", std::to_string(campaign::kPackUnitsMax)}}}
        );
    }
    if (!price_in_bounds(right.pack_price)) {
        throw Refused({"price.price_out_of_range", {{"value", right.pack_price.text()}}});
    }
    right.id = 0;
    right.import = 0;
    right.corrects = wrong.id;
    right.revision = wrong.revision + 1;
    right.entered_by = by.user;
    right.recorded_at = by.now;
    const std::int64_t stored = transaction.prices().stored({key_of(right)}).front();
    if (stored != 0) throw Refused({"price.entered_already", {{"id", std::to_string(stored)}}});
    return transaction.prices().add(right);
}

}  // namespace

void exclude(
    ports::Transaction& transaction, std::int64_t id, const std::string& reason, const Doer& by
) {
    mark(transaction, id, PriceEventKind::excluded, reason, by);
}

void restore(
    ports::Transaction& transaction, std::int64_t id, const std::string& reason, const Doer& by
) {
    mark(transaction, id, PriceEventKind::restored, reason, by);
}

std::int64_t decide_review(
    ports::Transaction& transaction, std::int64_t id, const ReviewDecision& decision, const Doer& by
) {
    const auto review = transaction.prices().review(id);
    if (!review || review->observation.review == ports::ReviewState::none) {
        throw Refused({"price.review_not_found", {{"id", std::to_string(id)}}});
    }
    check_reason(decision.reason);
    const PriceEventKind kind =
        decision.accept ? PriceEventKind::accepted : PriceEventKind::rejected;
    if (!append(transaction, id, kind, decision.reason, by)) {
        throw Refused({"price.review_decided", {{"id", std::to_string(id)}}});
    }
    if (!decision.corrected_price && !decision.corrected_units) return 0;
    if (decision.accept) throw Refused({"price.correction_of_accepted", {}});
    const std::int64_t corrected = enter_corrected(transaction, review->observation, decision, by);
    transaction.prices().set_corrected(id, corrected);
    return corrected;
}

}  // namespace jicai::prices
