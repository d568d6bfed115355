#include <catalogs/builtin/builtin.h>
#include <catalogs/linkage_file/policy_file.h>
#include <engine/money/check.h>
#include <engine/ports/refused.h>
#include <web/server/listing_terms.h>

namespace jicai::web {

listing::DelistTerms delist_terms(const std::string& policy) {
    const auto text = catalogs::find_linkage_policy(policy);
    if (!text) throw ports::Refused({"listing.policy_unknown", {{"value", policy}}});
    const auto loaded = catalogs::load_policy(*text, policy + ".toml");
    JICAI_CHECK(loaded.policy.has_value());
    listing::DelistTerms terms;
    if (!loaded.policy->consequences) return terms;
    const auto& consequences = *loaded.policy->consequences;
    if (consequences.bar_years.value) {
        terms.bar_years = *consequences.bar_years.value;
        terms.clause = consequences.bar_years.clause;
    }
    // A policy that bars and names no cap bars altogether.
    terms.capped = consequences.relist_cap.value.has_value();
    return terms;
}

}  // namespace jicai::web
