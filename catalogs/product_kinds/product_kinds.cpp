#include <catalogs/product_kinds/product_kinds.h>
#include <catalogs/toml.h>
#include <engine/money/check.h>

namespace jicai::catalogs {
namespace {

std::string text(const toml::table& table, std::string_view key) {
    const auto value = table[key].value<std::string>();
    JICAI_CHECK(value.has_value() && !value->empty());
    return *value;
}

KindPolicy policy_of(const toml::table& table) {
    KindPolicy policy;
    policy.policy = text(table, "policy");
    const auto counts = table["counts"].value<bool>();
    const auto evidence = rules::enum_from_word<rules::Evidence>(text(table, "evidence"));
    const toml::table* const note = table["note"].as_table();
    JICAI_CHECK(counts.has_value() && evidence.has_value() && note != nullptr);
    policy.counts = *counts;
    policy.evidence = *evidence;
    policy.note_zh = text(*note, "zh");
    policy.note_en = text(*note, "en");
    return policy;
}

std::vector<KindOfProduct> read() {
    const toml::parse_result parsed = parse_toml(product_kinds_text());
    JICAI_CHECK(static_cast<bool>(parsed));
    const toml::array* const kinds = parsed.table()["kind"].as_array();
    JICAI_CHECK(kinds != nullptr);
    std::vector<KindOfProduct> all;
    for (const toml::node& node : *kinds) {
        const toml::table* const table = node.as_table();
        JICAI_CHECK(table != nullptr);
        KindOfProduct kind{text(*table, "name"), {}};
        const toml::array* const policies = (*table)["policies"].as_array();
        JICAI_CHECK(policies != nullptr);
        for (const toml::node& one : *policies) {
            JICAI_CHECK(one.is_table());
            kind.policies.push_back(policy_of(*one.as_table()));
        }
        all.push_back(std::move(kind));
    }
    return all;
}

}  // namespace

const std::vector<KindOfProduct>& product_kinds() {
    static const std::vector<KindOfProduct> all = read();
    return all;
}

}  // namespace jicai::catalogs
