#include <reports/award_tables.h>
#include <reports/lot_page.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace jicai::reports {
namespace {

using decision::BidDecision;
using decision::Json;
using decision::LotDecision;
using decision::TraceStep;
using round::Round;

constexpr int kUnitDecimals = 4;

Json line_json(const ExplainedLine& line, const Say& say) {
    return Json::Object{
        {"text", say(line.message)},
        {"clause",
         line.clause.empty() ? "" : say({"text.clause_alone", {{"clause", line.clause}}})},
        {"evidence", line.evidence},
        {"evidence_text", line.evidence.empty() ? "" : say({"word.evidence." + line.evidence, {}})},
    };
}

Json lines_json(const std::vector<ExplainedLine>& lines, const Say& say) {
    Json::Array array;
    for (const ExplainedLine& line : lines) array.push_back(line_json(line, say));
    return array;
}

Json columns_json(const std::vector<Column>& columns, const Say& say) {
    Json::Array array;
    for (const Column& column : columns) {
        array.emplace_back(Json::Object{
            {"name", column.name},
            {"title", say({"column.bids." + column.name, {}})},
            {"kind", std::string(kind_text(column.kind))},
        });
    }
    return array;
}

std::string argument(const TraceStep& step, std::string_view wanted) {
    for (const auto& [name, value] : step.message.arguments) {
        if (name == wanted) return value;
    }
    return "";
}

/// A limit of the lot as a step names it.
struct Limit {
    std::string name;         ///< factor, anchor, price, cut, entry
    decision::Message words;  ///< chart.<name>
    std::string price;        ///< of the unit comparable price; empty: not stated
};

/// What a step says about a limit; nothing when it is about something else.
std::optional<Limit> limit_of(const TraceStep& step, bool reference) {
    const std::string& key = step.message.key;
    const auto begins = [&](std::string_view beginning) {
        return key.compare(0, beginning.size(), beginning) == 0;
    };
    if (begins("step.gate_factor_")) {
        return Limit{
            "factor",
            {"chart.factor", {{"factor", argument(step, "factor")}}},
            argument(step, "limit")};
    }
    if (begins("step.gate_anchor_")) {
        return Limit{
            "anchor",
            {"chart.anchor", {{"factor", argument(step, "factor")}}},
            argument(step, "limit")};
    }
    if (begins("step.gate_price_")) {
        return Limit{"price", {"chart.price", {}}, argument(step, "price")};
    }
    if (begins("step.gate_cut_")) {
        return Limit{
            "cut",
            {"chart.cut", {{"percent", argument(step, "percent")}}},
            reference ? argument(step, "unit_price_needed") : ""};
    }
    if (key == "step.not_entered") {
        return Limit{
            "entry",
            {"chart.entry", {{"entrants_max", argument(step, "entrants_max")}}},
            argument(step, "last_entrant_price")};
    }
    if (key == "step.rescued" || key == "step.rescue_open") {
        return Limit{"rescue", {"chart.rescue", {}}, argument(step, "limit")};
    }
    return std::nullopt;
}

Json gates_json(
    const Round& round, const LotDecision& lot, const std::string& reference, const Say& say
) {
    std::vector<Limit> limits;
    for (const BidDecision& bid : lot.bids) {
        const bool of_reference = round.specs[round.bids[bid.bid].spec].name == reference;
        for (const TraceStep& step : bid.trace) {
            std::optional<Limit> limit = limit_of(step, of_reference);
            if (!limit) continue;
            const auto same = std::find_if(limits.begin(), limits.end(), [&](const Limit& known) {
                return known.words == limit->words &&
                       (known.price == limit->price || known.price.empty() || limit->price.empty());
            });
            if (same == limits.end()) {
                limits.push_back(*std::move(limit));
            } else if (same->price.empty()) {
                same->price = limit->price;
            }
        }
    }
    Json::Array gates;
    for (const Limit& limit : limits) {
        gates.emplace_back(Json::Object{
            {"name", limit.name}, {"text", say(limit.words)}, {"price", limit.price}});
    }
    return gates;
}

Json empty_chart(const Say& say) {
    return Json::Object{
        {"unit", say({"text.yuan_per_unit", {}})},
        {"ceiling", ""},
        {"gates", Json::Array{}},
        {"bars", Json::Array{}},
    };
}

std::string total_volume(const LotDecision& lot) {
    if (lot.volumes.empty()) return "";
    money::Quantity sum(0);
    for (const decision::VolumeCell& cell : lot.volumes) sum = sum + cell.quantity;
    return std::to_string(sum.units());
}

/// The rows of the bid list as objects, with what the explanation says of each bid.
Json bids_json(
    const Round& round,
    const LotDecision& lot,
    const LotExplanation& explanation,
    const BidsShown& shown,
    const Say& say
) {
    List list = bid_list(round, lot, shown, say);
    Json rows = to_json(list.table);
    std::vector<const CompanyExplanation*> companies;
    for (const CompanyExplanation& company : explanation.companies) {
        const round::SupplierIndex supplier = round.bids[company.bid].supplier;
        if (!shown.only || shown.only->count(supplier) > 0) companies.push_back(&company);
    }
    for (std::size_t i = 0; i < rows.array().size(); ++i) {
        Json::Object& row = rows.array()[i].object();
        row.merge(list.beside[i]);
        // Both lists are in the order of the decision when results are shown.
        const CompanyExplanation* company = shown.results ? companies[i] : nullptr;
        row["text"] = company == nullptr ? "" : say(company->heading.message);
        row["steps"] = company == nullptr ? Json::Array{} : lines_json(company->steps, say);
        row["closing"] = company == nullptr ? Json::Array{} : lines_json(company->closing, say);
    }
    return rows;
}

}  // namespace

Json lot_chart(const Round& round, const LotDecision& lot, const Say& say) {
    const std::string reference = reference_spec(round, lot);
    const auto ceiling = ceiling_of(round, lot.lot, reference);
    Json::Array bars;
    for (const BidDecision& bid : lot.bids) {
        const round::Bid& made = round.bids[bid.bid];
        const round::Spec& spec = round.specs[made.spec];
        std::optional<money::Price> price = bid.unit_comparable_price;
        if (!price && spec.name == reference) price = bid.unit_price;
        const std::string outcome(text(bid.outcome));
        bars.emplace_back(Json::Object{
            {"supplier", round.suppliers[made.supplier].id},
            {"name", round.suppliers[made.supplier].name},
            {"spec", spec.name},
            {"price", price ? price_text(*price, kUnitDecimals) : ""},
            {"ceiling", spec.ceiling ? price_text(*spec.ceiling, kUnitDecimals) : ""},
            {"outcome", outcome},
            {"outcome_text", say({"word.outcome." + outcome, {}})},
        });
    }
    return Json::Object{
        {"unit",
         reference.empty() ? say({"text.yuan_per_unit", {}})
                           : say({"text.yuan_per_unit_of", {{"spec", reference}}})},
        {"ceiling", ceiling ? price_text(*ceiling, kUnitDecimals) : ""},
        {"gates", gates_json(round, lot, reference, say)},
        {"bars", std::move(bars)},
    };
}

Json lot_page(
    const Round& round,
    const LotDecision& lot,
    const WinningPrices& winning_prices,
    const std::string& source,
    const BidsShown& shown,
    const Say& say
) {
    const LotExplanation explanation = explain(round, lot, winning_prices, source, std::nullopt);
    const round::Lot& about = round.lots[lot.lot];
    const std::string status = shown.results ? std::string(text(lot.status)) : "";
    const bool everything = shown.results && !shown.only;
    return Json::Object{
        {"lot", about.id},
        {"name", about.name},
        {"status", status},
        {"status_text", status.empty() ? "" : say({"word.status." + status, {}})},
        {"text", shown.results ? say(explanation.heading.message) : ""},
        {"steps", everything ? lines_json(explanation.steps, say) : Json::Array{}},
        {"volumes",
         Json::Object{
             {"total", shown.results ? total_volume(lot) : ""},
             {"unit", say({"text.smallest_unit", {}})}}},
        {"columns", columns_json(bid_columns(), say)},
        {"bids", bids_json(round, lot, explanation, shown, say)},
        {"chart", everything ? lot_chart(round, lot, say) : empty_chart(say)},
        {"previous", lot.lot == 0 ? "" : round.lots[lot.lot - 1].id},
        {"next", lot.lot + 1 < round.lots.size() ? round.lots[lot.lot + 1].id : ""},
    };
}

}  // namespace jicai::reports
