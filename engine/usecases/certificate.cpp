#include <engine/decision/certificate_parts.h>
#include <engine/rules/parameter_list.h>
#include <engine/usecases/certificate.h>

#include <utility>

namespace jicai::usecases {
namespace {

using decision::Json;
using decision::message_json;
using decision::steps_json;
using Object = Json::Object;
using Array = Json::Array;

Json number(std::int64_t value) {
    return Json(value);
}

Json price_text(const std::optional<money::Price>& price) {
    return price ? Json(price->text()) : Json();
}

Json count_or_null(const std::optional<std::int64_t>& count) {
    return count ? Json(*count) : Json();
}

class CertificateWriter {
public:
    explicit CertificateWriter(const round::Round& round) : round_(round) {}

    [[nodiscard]] Json lot(const decision::LotDecision& lot) const {
        const round::Lot& input = round_.lots[lot.lot];
        Array waits;
        for (const decision::Message& message : lot.waits_for)
            waits.push_back(message_json(message));
        Array bids;
        for (const decision::BidDecision& bid : lot.bids) bids.push_back(this->bid(bid));
        return Object{
            {"lot", input.id},
            {"name", input.name},
            {"status", std::string(decision::text(lot.status))},
            {"bidders", number(lot.bidders)},
            {"entrants_max", count_or_null(lot.entrants_max)},
            {"winners", number(lot.winners)},
            {"percent", count_or_null(lot.percent)},
            {"term_years", count_or_null(lot.term_years)},
            {"steps", steps_json(lot.trace)},
            {"waits_for", std::move(waits)},
            {"bids", std::move(bids)},
            {"volumes", volumes(lot)},
            {"turns", turns(lot)},
            {"regions_complete", lot.regions_complete},
            {"allocations", allocations(lot)},
            {"packs", packs(lot)},
        };
    }

private:
    [[nodiscard]] Json supplier(std::uint32_t index) const { return round_.suppliers[index].id; }

    [[nodiscard]] Json bid(const decision::BidDecision& bid) const {
        const round::Bid& input = round_.bids[bid.bid];
        return Object{
            {"supplier", supplier(input.supplier)},
            {"product", input.product},
            {"spec", round_.specs[input.spec].name},
            {"form", input.form},
            {"pack_units", number(input.pack_units)},
            {"outcome", std::string(decision::text(bid.outcome))},
            {"step", bid.step},
            {"rank", count_or_null(bid.rank)},
            {"tied", bid.tied},
            {"price", price_text(bid.price)},
            {"unit_price", price_text(bid.unit_price)},
            {"unit_comparable_price", price_text(bid.unit_comparable_price)},
            {"regions", number(bid.regions)},
            {"steps", steps_json(bid.trace)},
        };
    }

    [[nodiscard]] Json volumes(const decision::LotDecision& lot) const {
        Array array;
        for (const decision::VolumeCell& cell : lot.volumes) {
            array.push_back(Object{
                {"spec", round_.specs[cell.spec].name},
                {"region", round_.regions[cell.region]},
                {"quantity", std::to_string(cell.quantity.units())},
            });
        }
        return array;
    }

    [[nodiscard]] Json turns(const decision::LotDecision& lot) const {
        Array array;
        for (const decision::RegionTurn& turn : lot.turns) {
            array.push_back(Object{
                {"turn", number(turn.turn)},
                {"supplier", supplier(turn.supplier)},
                {"region", turn.region ? Json(round_.regions[*turn.region]) : Json()},
                {"source", turn.source},
            });
        }
        return array;
    }

    [[nodiscard]] Json allocations(const decision::LotDecision& lot) const {
        Array array;
        for (const decision::AllocationRow& row : lot.allocations) {
            if (!row.supplier) continue;  // pending volumes stand in `volumes`
            array.push_back(Object{
                {"spec", round_.specs[row.spec].name},
                {"region", round_.regions[row.region]},
                {"supplier", supplier(*row.supplier)},
                {"role", row.role},
                {"quantity", std::to_string(row.quantity.units())},
            });
        }
        return array;
    }

    [[nodiscard]] Json packs(const decision::LotDecision& lot) const {
        Array array;
        for (const decision::PricedPack& priced : lot.packs) {
            const round::Pack& pack = round_.packs[priced.pack];
            array.push_back(Object{
                {"supplier", supplier(pack.supplier)},
                {"product", pack.product},
                {"form", pack.form},
                {"spec", pack.spec},
                {"content", pack.content.text()},
                {"pack_units", number(pack.pack_units)},
                {"price", priced.price.text()},
            });
        }
        return array;
    }

    const round::Round& round_;
};

Json inputs_json(const round::Round& round) {
    Array inputs;
    for (const round::InputFile& file : round.inputs) {
        inputs.push_back(Object{
            {"file", file.name},
            {"rows", number(static_cast<std::int64_t>(file.rows))},
            {"digest", "sha256:" + file.digest},
        });
    }
    return inputs;
}

Json given_json(const round::Round& round) {
    Array given;
    for (const round::GivenParameter& parameter : round.given) {
        given.push_back(Object{
            {"parameter", parameter.path},
            {"value", parameter.toml},
            {"who", parameter.who},
            {"reason", parameter.reason},
        });
    }
    return given;
}

/// Every value of the rulebook that no official text backs, so that nobody has to look for them.
Json not_official_json(const rules::Rulebook& rulebook) {
    Array rows;
    for (const rules::ParameterRow& row : rules::parameter_list(rulebook)) {
        if (!row.open && row.evidence == rules::Evidence::official) continue;
        rows.push_back(Object{
            {"parameter", row.path},
            {"value", row.open ? Json() : Json(row.value)},
            {"clause", row.clause},
            {"evidence", row.open ? "open" : std::string(rules::enum_word(row.evidence))},
        });
    }
    return rows;
}

}  // namespace

Json make_certificate(
    const round::Round& round,
    const RuleSet& rules,
    const decision::RoundDecision& decided,
    const std::string& ratio_rule_digest,
    decision::Sha256Hex sha256
) {
    const CertificateWriter writer(round);
    Array lots;
    for (const decision::LotDecision& lot : decided.lots) lots.push_back(writer.lot(lot));
    Object content{
        {"format", "jicai-certificate"},
        {"version", number(1)},
        {"kind", "award"},
        {"round",
         Object{
             {"id", round.id},
             {"title", round.title},
             {"kind", round.kind},
             {"opening", round.opening}}},
        {"rulebook",
         Object{
             {"id", rules.rulebook.id},
             {"source", rules.rulebook.source},
             {"digest", "sha256:" + rules.rulebook.digest}}},
        {"price_ratio_rule",
         Object{{"id", rules.ratio_rule.id}, {"digest", "sha256:" + ratio_rule_digest}}},
        {"inputs", inputs_json(round)},
        {"given", given_json(round)},
        {"not_official", not_official_json(rules.rulebook)},
        {"lots", std::move(lots)},
    };
    content["digest"] = decision::certificate_digest(content, sha256);
    return content;
}

bool digest_holds(const Json& certificate, decision::Sha256Hex sha256) {
    return decision::certificate_digest_holds(certificate, sha256);
}

}  // namespace jicai::usecases
