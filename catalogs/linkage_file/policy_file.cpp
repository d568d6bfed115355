#include <catalogs/linkage_file/policy_file.h>
#include <catalogs/parameter_file/given_faults.h>
#include <catalogs/parameter_file/section_decoder.h>
#include <catalogs/sha256/sha256.h>
#include <engine/linkage/policy_parameters.h>

#include <algorithm>

namespace jicai::catalogs {

namespace {

using namespace detail;

class PolicyDecoder {
public:
    PolicyDecoder(Findings& findings, std::string_view source) : sheet_(findings, source) {}

    linkage::Policy decode(const toml::table& root) {
        known_ = {"policy"};
        identity(root);
        section(root, policy_.comparison);
        section(root, policy_.exclusions);
        section(root, policy_.conversion);
        optional_section(root, policy_.reference);
        optional_section(root, policy_.deadline);
        optional_section(root, policy_.consequences);
        optional_section(root, policy_.winner_rules);
        optional_section(root, policy_.labels);
        optional_section(root, policy_.fairness);
        optional_section(root, policy_.substitution);
        optional_section(root, policy_.plausibility);
        sheet_.unknown_keys(root, "policy", known_);
        return std::move(policy_);
    }

private:
    const toml::table* table_of(const toml::table& root, std::string_view name, bool required) {
        const toml::node* node = root.get(name);
        if (node == nullptr) {
            if (required) {
                sheet_.fault(
                    {},
                    std::string(name),
                    "fault.rulebook.key_missing",
                    {{"owner", "policy"}, {"key", "[" + std::string(name) + "]"}}
                );
            }
            return nullptr;
        }
        const auto* table = node->as_table();
        if (table == nullptr) {
            sheet_.wrong_kind(*node, std::string(name), "fault.rulebook.expected_table");
        }
        return table;
    }

    template <class S>
    void fill(const toml::table& table, S& typed) {
        SectionDecoder decoder(sheet_, table, std::string(S::kind));
        S::visit(typed, decoder);
        decoder.finish();
    }

    template <class S>
    void section(const toml::table& root, S& typed) {
        known_.push_back(S::kind);
        if (const toml::table* table = table_of(root, S::kind, /*required=*/true)) {
            fill(*table, typed);
        }
    }

    template <class S>
    void optional_section(const toml::table& root, std::optional<S>& typed) {
        known_.push_back(S::kind);
        if (const toml::table* table = table_of(root, S::kind, /*required=*/false)) {
            fill(*table, typed.emplace());
        }
    }

    std::string text(const toml::table& table, std::string_view name) {
        return sheet_.required_text(table, "policy", name).value_or(std::string());
    }

    void identity(const toml::table& root) {
        const toml::table* table = table_of(root, "policy", /*required=*/true);
        if (table == nullptr) return;
        sheet_.unknown_keys(
            *table,
            "policy",
            {"id", "title", "source", "kind", "region", "effective_from", "effective_to"}
        );
        policy_.id = text(*table, "id");
        const bool id_sound =
            policy_.id.size() <= 60 &&
            std::all_of(policy_.id.begin(), policy_.id.end(), [](char c) {
                return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
            });
        if (!id_sound) sheet_.wrong_kind(*table->get("id"), "policy.id", "fault.rulebook.id");
        policy_.source = text(*table, "source");
        policy_.region = text(*table, "region");
        policy_.kind = text(*table, "kind");
        if (!policy_.kind.empty() && policy_.kind != "drug" && policy_.kind != "consumable" &&
            policy_.kind != "reagent") {
            sheet_.fault(
                place_of(*table->get("kind")),
                "policy.kind",
                "fault.rulebook.word_unknown",
                {{"parameter", "policy.kind"},
                 {"value", shortened(policy_.kind)},
                 {"allowed", "drug, consumable, reagent"}},
                shortened(policy_.kind)
            );
        }
        if (const auto from = day(*table, "effective_from", /*required=*/true)) {
            policy_.effective_from = *from;
        }
        policy_.effective_to = day(*table, "effective_to", /*required=*/false);
        title(*table);
    }

    std::optional<linkage::Day> day(
        const toml::table& table, std::string_view name, bool required
    ) {
        const toml::node* node = table.get(name);
        if (node == nullptr && !required) return std::nullopt;
        const std::optional<std::string> written = sheet_.required_text(table, "policy", name);
        if (!written) return std::nullopt;
        const auto parsed = linkage::Day::parse(*written);
        if (!parsed) {
            const std::string subject = "policy." + std::string(name);
            sheet_.wrong_kind(*node, subject, "fault.linkage.policy_day");
        }
        return parsed;
    }

    void title(const toml::table& table) {
        const toml::node* node = table.get("title");
        if (node == nullptr) {
            sheet_.key_missing(table, "policy", "title");
            return;
        }
        const auto* titles = node->as_table();
        if (titles == nullptr) {
            sheet_.wrong_kind(*node, "policy.title", "fault.rulebook.expected_title");
            return;
        }
        sheet_.unknown_keys(*titles, "policy.title", {"zh", "en"});
        const auto of = [&](std::string_view name) {
            return sheet_.required_text(*titles, "policy.title", name).value_or(std::string());
        };
        policy_.title_zh = of("zh");
        policy_.title_en = of("en");
    }

    Sheet sheet_;
    linkage::Policy policy_;
    std::vector<std::string_view> known_;
};

}  // namespace

LoadedPolicy load_policy(std::string_view toml, const std::string& file_name) {
    LoadedPolicy loaded;
    if (toml.size() > kPolicyBytesMax) {
        Fault fault;
        fault.file = file_name;
        fault.message = {
            "fault.rulebook.too_large",
            {{"bytes", std::to_string(toml.size())},
             {"bytes_max", std::to_string(kPolicyBytesMax)}}};
        loaded.faults.push_back(std::move(fault));
        return loaded;
    }
    Findings findings;
    linkage::Policy policy;
    const toml::parse_result parsed = parse_toml(toml);
    if (parsed) {
        policy = PolicyDecoder(findings, toml).decode(parsed.table());
        for (const rules::Contradiction& found : linkage::contradictions(policy)) {
            findings.faults.push_back(
                {findings.place_of(found.path, found.item),
                 found.path,
                 found.item,
                 {found.key, found.arguments}}
            );
        }
    } else {
        const toml::parse_error& error = parsed.error();
        findings.faults.push_back(
            {place_of(error.source().begin),
             {},
             {},
             {"fault.rulebook.toml_syntax", {{"detail", std::string(error.description())}}}}
        );
    }
    loaded.faults = faults_of(findings, toml, file_name);
    if (loaded.faults.empty()) {
        policy.digest = sha256_hex(linkage::canonical_text(policy));
        loaded.policy = std::move(policy);
    }
    return loaded;
}

std::vector<Fault> apply_given(
    linkage::Policy& policy,
    const std::vector<round::GivenParameter>& given,
    const std::string& file_name
) {
    return given_faults(linkage::apply_given(policy, given_values(given)), file_name);
}

}  // namespace jicai::catalogs
