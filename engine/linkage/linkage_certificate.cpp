#include <engine/decision/certificate_parts.h>
#include <engine/linkage/linkage_certificate.h>
#include <engine/linkage/policy_parameters.h>

#include <utility>

namespace jicai::linkage {

namespace {

using campaign::Campaign;
using campaign::SkuDecision;
using decision::Json;
using Object = Json::Object;
using Array = Json::Array;

Json price_text(const std::optional<money::Price>& price) {
    return price ? Json(price->text()) : Json();
}

Json day_text(const std::optional<Day>& day) {
    return day ? Json(day->text()) : Json();
}

Json used_json(const Campaign& campaign, const SkuDecision& sku) {
    Array array;
    for (const campaign::EvidencePrice& used : sku.used) {
        const campaign::Observation& observation = campaign.observations[used.observation];
        array.push_back(Object{
            {"observation", observation.id},
            {"region", campaign.regions[observation.region]},
            {"source", std::string(rules::enum_word(observation.source))},
            {"document", observation.document},
            {"effective_from", observation.from.text()},
            {"pack_price", observation.pack_price.text()},
            {"pack_units", observation.pack_units},
            {"unit_price", used.unit_price.text()},
        });
    }
    return array;
}

Json sku_json(const Campaign& campaign, const SkuDecision& sku) {
    const campaign::Product& product = campaign.products[sku.product];
    Array ceilings;
    for (const campaign::Ceiling& ceiling : sku.ceilings) {
        ceilings.push_back(Object{
            {"kind", std::string(text(ceiling.kind))},
            {"price", ceiling.price.text()},
            {"clause", ceiling.clause},
            {"evidence", ceiling.evidence},
        });
    }
    Array excluded;
    for (const campaign::ExcludedPrice& left_out : sku.excluded) {
        excluded.push_back(Object{
            {"observation", campaign.observations[left_out.observation].id},
            {"reason", std::string(text(left_out.reason))},
        });
    }
    Array waits;
    for (const decision::Message& message : sku.waits_for) {
        waits.push_back(decision::message_json(message));
    }
    return Object{
        {"product", product.id},
        {"status", std::string(text(sku.status))},
        {"old_price", sku.old_price.text()},
        {"reference_unit", price_text(sku.reference_unit)},
        {"reference", price_text(sku.reference)},
        {"enforced_price", price_text(sku.enforced)},
        {"provisional", sku.provisional},
        {"counted", std::int64_t{sku.counted}},
        {"used", used_json(campaign, sku)},
        {"excluded", std::move(excluded)},
        {"ceilings", std::move(ceilings)},
        {"label", sku.label},
        {"declare_by", day_text(sku.declare_by)},
        {"barred_until", day_text(sku.barred_until)},
        {"steps", decision::steps_json(sku.trace)},
        {"waits_for", std::move(waits)},
    };
}

Json not_official_json(const Policy& policy) {
    Array rows;
    for (const rules::ParameterRow& row : parameter_list(policy)) {
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
    const Campaign& campaign,
    const Policy& policy,
    const campaign::CampaignDecision& decided,
    const RatioRuleName& ratio_rule,
    decision::Sha256Hex sha256
) {
    Array inputs;
    for (const round::InputFile& file : campaign.inputs) {
        inputs.push_back(Object{
            {"file", file.name},
            {"rows", static_cast<std::int64_t>(file.rows)},
            {"digest", "sha256:" + file.digest},
        });
    }
    Array given;
    for (const round::GivenParameter& parameter : campaign.given) {
        given.push_back(Object{
            {"parameter", parameter.path},
            {"value", parameter.toml},
            {"who", parameter.who},
            {"reason", parameter.reason},
        });
    }
    Array calendar;
    if (policy.deadline && policy.deadline->working_days.present) {
        for (const campaign::CarriedYear& carried : campaign.carried_years) {
            calendar.push_back(Object{
                {"year", std::int64_t{carried.year}}, {"digest", "sha256:" + carried.digest}});
        }
    }
    Array skus;
    for (const SkuDecision& sku : decided.skus) skus.push_back(sku_json(campaign, sku));
    Object content{
        {"format", "jicai-certificate"},
        {"version", std::int64_t{1}},
        {"kind", "linkage"},
        {"campaign",
         Object{
             {"id", campaign.id},
             {"title", campaign.title},
             {"region", campaign.region},
             {"as_of", campaign.as_of.text()},
             {"known_at", day_text(campaign.known_at)},
             {"scope", std::string(rules::enum_word(campaign.scope))}}},
        {"policy",
         Object{
             {"id", policy.id}, {"source", policy.source}, {"digest", "sha256:" + policy.digest}}},
        {"price_ratio_rule",
         ratio_rule.id.empty()
             ? Json()
             : Json(Object{{"id", ratio_rule.id}, {"digest", "sha256:" + ratio_rule.digest}})},
        {"calendar", std::move(calendar)},
        {"inputs", std::move(inputs)},
        {"given", std::move(given)},
        {"not_official", not_official_json(policy)},
        {"skus", std::move(skus)},
    };
    content["digest"] = decision::certificate_digest(content, sha256);
    return content;
}

}  // namespace jicai::linkage
