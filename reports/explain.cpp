#include <reports/award_tables.h>
#include <reports/explain.h>

#include <utility>

namespace jicai::reports {
namespace {

using decision::BidDecision;
using decision::Json;
using decision::LotDecision;
using decision::Outcome;

constexpr int kPackDecimals = 2;

bool may_object(Outcome outcome) {
    switch (outcome) {
        case Outcome::lost:
        case Outcome::invalid:
        case Outcome::set_aside:
            return true;
        case Outcome::won:
        case Outcome::absent:
        case Outcome::pending:
            return false;
    }
    return false;
}

std::vector<ExplainedLine> closing_of(
    const BidDecision& bid, const WinningPrices& winning_prices, const std::string& source
) {
    if (!may_object(bid.outcome)) return {};
    std::vector<ExplainedLine> lines;
    const auto winning = winning_prices.find(bid.bid);
    if (winning != winning_prices.end() && bid.price) {
        lines.push_back(
            {{"explain.winning_price",
              {{"price", price_text(*bid.price, kPackDecimals)},
               {"winning_price", price_text(winning->second, kPackDecimals)},
               {"difference",
                price_text(
                    money::Price(bid.price->micro_yuan() - winning->second.micro_yuan()),
                    kPackDecimals
                )}}},
             "",
             ""}
        );
    } else if (bid.price) {
        const bool taken_out = bid.outcome == Outcome::set_aside;
        lines.push_back(
            {{taken_out ? "explain.no_winning_price" : "explain.no_winning_price_found", {}},
             "",
             ""}
        );
    }
    lines.push_back({{"explain.objection", {{"source", source}}}, "", ""});
    return lines;
}

Json json_line(const ExplainedLine& line, const Say& say) {
    Json::Object arguments;
    for (const auto& [name, value] : line.message.arguments) arguments.emplace(name, value);
    Json::Object object{
        {"key", line.message.key},
        {"text", say(line.message)},
        {"arguments", std::move(arguments)}};
    if (!line.clause.empty()) object.emplace("clause", line.clause);
    if (!line.evidence.empty()) object.emplace("evidence", line.evidence);
    return object;
}

}  // namespace

std::vector<ExplainedLine> lines_of(const std::vector<decision::TraceStep>& trace) {
    std::vector<ExplainedLine> lines;
    for (const decision::TraceStep& step : trace) {
        lines.push_back({step.message, step.clause, step.evidence});
    }
    return lines;
}

std::string sentence(const ExplainedLine& line, const Say& say) {
    const std::string text = say(line.message);
    if (line.clause.empty()) return text;
    const std::string evidence =
        line.evidence.empty() ? "" : say({"word.evidence." + line.evidence, {}});
    return text + say({"explain.clause", {{"clause", line.clause}, {"evidence", evidence}}});
}

Json json_lines(const std::vector<ExplainedLine>& lines, const Say& say) {
    Json::Array array;
    for (const ExplainedLine& line : lines) array.push_back(json_line(line, say));
    return array;
}

LotExplanation explain(
    const round::Round& round,
    const LotDecision& lot,
    const WinningPrices& winning_prices,
    const std::string& source,
    std::optional<round::SupplierIndex> supplier
) {
    LotExplanation explanation{
        lot.lot,
        {{"explain.lot",
          {{"lot", round.lots[lot.lot].id},
           {"name", round.lots[lot.lot].name},
           {"status", std::string(text(lot.status))}}},
         "",
         ""},
        lines_of(lot.trace),
        {}};
    for (const decision::Message& wait : lot.waits_for) {
        explanation.steps.push_back({wait, "", ""});
    }
    for (const BidDecision& bid : lot.bids) {
        const round::Bid& made = round.bids[bid.bid];
        if (supplier && made.supplier != *supplier) continue;
        const round::Supplier& company = round.suppliers[made.supplier];
        explanation.companies.push_back(
            {bid.bid,
             bid.outcome,
             {{"explain.company",
               {{"supplier", company.name},
                {"spec", round.specs[made.spec].name},
                {"outcome", std::string(text(bid.outcome))}}},
              "",
              ""},
             lines_of(bid.trace),
             closing_of(bid, winning_prices, source)}
        );
    }
    return explanation;
}

std::string to_text(const LotExplanation& explanation, const Say& say) {
    std::string out = sentence(explanation.heading, say) + "\n";
    for (const ExplainedLine& line : explanation.steps) out += "  " + sentence(line, say) + "\n";
    for (const CompanyExplanation& company : explanation.companies) {
        out += "\n" + sentence(company.heading, say) + "\n";
        for (const ExplainedLine& line : company.steps) out += "  " + sentence(line, say) + "\n";
        for (const ExplainedLine& line : company.closing) out += "  " + sentence(line, say) + "\n";
    }
    return out;
}

Json to_json(const round::Round& round, const LotExplanation& explanation, const Say& say) {
    Json::Array companies;
    for (const CompanyExplanation& company : explanation.companies) {
        const round::Bid& made = round.bids[company.bid];
        companies.emplace_back(Json::Object{
            {"supplier", round.suppliers[made.supplier].id},
            {"supplier_name", round.suppliers[made.supplier].name},
            {"spec", round.specs[made.spec].name},
            {"outcome", std::string(text(company.outcome))},
            {"steps", json_lines(company.steps, say)},
            {"closing", json_lines(company.closing, say)},
        });
    }
    return Json::Object{
        {"lot", round.lots[explanation.lot].id},
        {"name", round.lots[explanation.lot].name},
        {"steps", json_lines(explanation.steps, say)},
        {"companies", std::move(companies)},
    };
}

}  // namespace jicai::reports
