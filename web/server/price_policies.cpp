#include <catalogs/builtin/builtin.h>
#include <catalogs/linkage_file/policy_file.h>
#include <catalogs/price_ratio_file/price_ratio_file.h>
#include <engine/money/check.h>
#include <web/server/price_policies.h>

#include <map>
#include <utility>

namespace jicai::web {
namespace {

constexpr const char* kDrugRule = "drug-2012";

std::optional<product::PriceRatioRule> ratio_rule(const linkage::Policy& policy) {
    if (policy.kind != "drug") return std::nullopt;
    const std::string id = policy.conversion.price_ratio_rule.value.value_or(kDrugRule);
    const auto text = catalogs::find_price_ratio(id);
    JICAI_CHECK(text.has_value());
    auto loaded = catalogs::load_price_ratio_rule(*text, id + ".toml");
    JICAI_CHECK(loaded.rule.has_value());
    return std::move(loaded.rule);
}

std::map<std::string, PricePolicy> load() {
    std::map<std::string, PricePolicy> all;
    for (const catalogs::BuiltinFile& file : catalogs::builtin_linkage_policies()) {
        const std::string id(file.id);
        auto loaded = catalogs::load_policy(*catalogs::find_linkage_policy(id), id + ".toml");
        JICAI_CHECK(loaded.policy.has_value());
        PricePolicy one{*std::move(loaded.policy), std::nullopt};
        one.ratio_rule = ratio_rule(one.policy);
        all.emplace(id, std::move(one));
    }
    return all;
}

const std::map<std::string, PricePolicy>& policies() {
    static const std::map<std::string, PricePolicy> all = load();
    return all;
}

}  // namespace

const PricePolicy* find_price_policy(const std::string& id) {
    const auto at = policies().find(id);
    return at == policies().end() ? nullptr : &at->second;
}

std::vector<std::string> price_policy_ids() {
    std::vector<std::string> ids;
    for (const auto& [id, policy] : policies()) ids.push_back(id);
    return ids;
}

}  // namespace jicai::web
