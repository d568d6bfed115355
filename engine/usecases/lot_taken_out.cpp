#include <engine/usecases/lot_taken_out.h>

#include <string>

namespace jicai::usecases {

using decision::BidDecision;
using decision::LotDecision;
using decision::LotStatus;
using decision::Outcome;

namespace {

decision::Message message_of(const round::Event& event) {
    decision::Message message;
    message.arguments = {{"reason", event.reason}, {"who", event.who}, {"at", event.at}};
    if (event.kind == round::EventKind::lot_cancelled) {
        message.key = "step.lot_cancelled";
    } else if (event.kind == round::EventKind::lot_failed) {
        message.key = "step.lot_failed";
    } else if (event.value.empty()) {
        message.key = "step.lot_retendered_nowhere";
    } else {
        message.key = "step.lot_retendered";
        message.arguments.emplace_back("into", event.value);
    }
    return message;
}

}  // namespace

std::optional<LotDecision> lot_taken_out(
    const round::Round& round, round::LotIndex number, bool trace
) {
    LotDecision lot;
    lot.lot = number;
    std::string step;
    for (const round::Event& event : round.events) {
        if (event.lot != number || !round::takes_lot_out(event.kind)) continue;
        if (step.empty()) {
            step = round::text(event.kind);
            lot.status = event.kind == round::EventKind::lot_failed ? LotStatus::failed
                                                                    : LotStatus::cancelled;
        }
        if (!trace) continue;
        lot.trace.push_back({message_of(event), "", ""});
    }
    if (step.empty()) return {};
    for (std::size_t i = 0; i < round.bids.size(); ++i) {
        if (round.bids[i].lot != number) continue;
        BidDecision bid;
        bid.bid = static_cast<std::uint32_t>(i);
        const bool absent = round.bids[i].participation == round::Participation::absent;
        bid.outcome = absent ? Outcome::absent : Outcome::set_aside;
        bid.step = absent ? "absent" : step;
        bid.price = round.bids[i].pack_price;
        lot.bids.push_back(std::move(bid));
    }
    return lot;
}

}  // namespace jicai::usecases
