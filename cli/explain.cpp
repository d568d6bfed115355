#include <cli/award_report.h>
#include <cli/failures.h>
#include <cli/load.h>
#include <cli/progress.h>
#include <engine/usecases/winning_prices.h>
#include <reports/explain.h>

#include <algorithm>

namespace jicai::cli {
namespace {

using decision::Message;

constexpr int kSteps = 3;

std::string joined(const Words& words, const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) {
        if (!text.empty()) text += words("text.list_separator");
        text += name;
    }
    return text;
}

bool begins_with(const std::string& text, const std::string& beginning) {
    return text.compare(0, beginning.size(), beginning) == 0;
}

/// By id, else by name, else by the beginning of a name when only one lot has it.
round::LotIndex find_lot(const Session& session, const round::Round& round) {
    const std::string& wanted = session.arguments.lot;
    std::vector<std::string> ids;
    std::vector<round::LotIndex> named;
    std::vector<round::LotIndex> beginning;
    for (std::size_t i = 0; i < round.lots.size(); ++i) {
        const round::Lot& lot = round.lots[i];
        const auto index = static_cast<round::LotIndex>(i);
        if (lot.id == wanted) return index;
        if (lot.name == wanted) named.push_back(index);
        if (begins_with(lot.name, wanted)) beginning.push_back(index);
        ids.push_back(lot.id + " " + lot.name);
    }
    const std::vector<round::LotIndex>& matching = named.empty() ? beginning : named;
    if (matching.size() == 1) return matching.front();
    if (matching.size() > 1) {
        std::vector<std::string> names;
        for (const round::LotIndex index : matching) {
            names.push_back(round.lots[index].id + " " + round.lots[index].name);
        }
        throw BadInput(Message{
            "explain.lot_ambiguous", {{"lot", wanted}, {"known", joined(session.words, names)}}});
    }
    throw BadInput(Message{
        "explain.lot_unknown",
        {{"lot", session.arguments.lot}, {"known", joined(session.words, ids)}}});
}

/// By id or name, else by the beginning of either when only one supplier of the lot has it.
round::SupplierIndex find_supplier(
    const Session& session, const round::Round& round, round::LotIndex lot
) {
    const std::string& wanted = session.arguments.supplier;
    std::vector<round::SupplierIndex> bidding;
    for (const round::Bid& bid : round.bids) {
        if (bid.lot == lot &&
            std::find(bidding.begin(), bidding.end(), bid.supplier) == bidding.end()) {
            bidding.push_back(bid.supplier);
        }
    }
    std::vector<round::SupplierIndex> matching;
    for (const round::SupplierIndex index : bidding) {
        const round::Supplier& supplier = round.suppliers[index];
        if (supplier.id == wanted || supplier.name == wanted) return index;
        if (begins_with(supplier.id, wanted) || begins_with(supplier.name, wanted)) {
            matching.push_back(index);
        }
    }
    if (matching.size() == 1) return matching.front();
    std::vector<std::string> names;
    for (const round::SupplierIndex index : matching.empty() ? bidding : matching) {
        names.push_back(round.suppliers[index].name);
    }
    throw BadInput(Message{
        matching.empty() ? "explain.supplier_unknown" : "explain.supplier_ambiguous",
        {{"supplier", wanted},
         {"lot", round.lots[lot].id},
         {"candidates", joined(session.words, names)}}});
}

}  // namespace

int run_explain(const Session& session) {
    std::optional<LoadedRound> loaded;
    std::optional<reports::LotExplanation> explanation;
    bool pending = false;
    {
        Progress progress(session, kSteps);
        progress.next("progress.reading");
        loaded =
            load_round(session, chosen_rulebook(session.arguments), [&](auto done, auto total) {
                progress.part(done, total);
            });
        const round::LotIndex index = find_lot(session, loaded->round);
        std::optional<round::SupplierIndex> supplier;
        if (!session.arguments.supplier.empty()) {
            supplier = find_supplier(session, loaded->round, index);
        }
        progress.next("progress.deciding");
        const decision::RoundDecision decided = decide(*loaded, /*trace=*/true);
        const decision::LotDecision& lot = decided.lots[index];
        pending = lot.status == decision::LotStatus::pending;
        progress.next("progress.winning_prices");
        explanation = reports::explain(
            loaded->round,
            lot,
            usecases::winning_prices(loaded->round, rule_set(loaded->rules), lot, supplier),
            loaded->rules.rulebook.source,
            supplier
        );
    }
    if (session.arguments.json) {
        decision::Json document =
            reports::to_json(loaded->round, *explanation, say_by(session, loaded->rules.rulebook));
        document.object()["command"] = "explain";
        document.object()["round"] = loaded->round.id;
        document.object()["rulebook"] = loaded->rules.rulebook.id;
        print_json(document);
    } else {
        print_heading(session, *loaded);
        print(reports::to_text(*explanation, say_by(session, loaded->rules.rulebook)));
    }
    return pending ? kExitWaits : kExitDone;
}

}  // namespace jicai::cli
