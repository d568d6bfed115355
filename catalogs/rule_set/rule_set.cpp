#include <catalogs/builtin/builtin.h>
#include <catalogs/price_ratio_file/price_ratio_file.h>
#include <catalogs/round_folder/check_against_rulebook.h>
#include <catalogs/rule_set/rule_set.h>
#include <catalogs/rulebook_file/rulebook_file.h>
#include <catalogs/sha256/sha256.h>

#include <algorithm>
#include <utility>

namespace jicai::catalogs {
namespace {

using decision::Message;

template <class Value>
FilesRead<Value> refused(std::vector<Fault> faults) {
    return {std::nullopt, {std::move(faults), {}}};
}

template <class Value>
FilesRead<Value> refused(Message refusal) {
    return {std::nullopt, {{}, {std::move(refusal)}}};
}

std::vector<std::string> regions_of(const rules::Rulebook& rulebook) {
    const auto* stage = rulebook.find<rules::SupplyRegionsStage>();
    return stage != nullptr && stage->regions.value ? *stage->regions.value
                                                    : std::vector<std::string>{};
}

}  // namespace

std::string known_rulebooks() {
    std::string ids;
    for (const BuiltinFile& file : builtin_rulebooks()) {
        if (!ids.empty()) ids += ", ";
        ids += file.id;
    }
    return ids;
}

FilesRead<RuleFiles> read_rules(std::string_view toml, const std::string& file_name) {
    LoadedRulebook loaded = load_rulebook(toml, file_name);
    if (!loaded.rulebook) return refused<RuleFiles>(std::move(loaded.faults));
    const auto* stage = loaded.rulebook->find<rules::PriceRatioStage>();
    const std::string id = stage != nullptr && stage->rule.value ? *stage->rule.value : "";
    const auto text = find_price_ratio(id);
    if (!text) {
        return refused<RuleFiles>(Message{
            "usage.price_ratio_unknown", {{"rulebook", loaded.rulebook->id}, {"rule", id}}});
    }
    LoadedPriceRatioRule ratio = load_price_ratio_rule(*text, id + ".toml");
    if (!ratio.rule) return refused<RuleFiles>(std::move(ratio.faults));
    std::string digest = sha256_hex(canonical_text(*ratio.rule));
    return {RuleFiles{*std::move(loaded.rulebook), *std::move(ratio.rule), std::move(digest)}, {}};
}

FilesRead<RuleFiles> find_rules(const std::string& id) {
    const auto text = find_rulebook(id);
    if (!text) {
        return refused<RuleFiles>(Message{
            "usage.rulebook_unknown", {{"name", id}, {"known", known_rulebooks()}}});
    }
    return read_rules(*text, id + ".toml");
}

FilesRead<round::Round> read_round(
    const FolderSource& source,
    const std::vector<const rules::Rulebook*>& rulebooks,
    const LoadOptions& options
) {
    LoadOptions with_regions = options;
    for (const rules::Rulebook* rulebook : rulebooks) {
        for (std::string& region : regions_of(*rulebook)) {
            std::vector<std::string>& known = with_regions.regions;
            if (std::find(known.begin(), known.end(), region) == known.end()) {
                known.push_back(std::move(region));
            }
        }
    }
    LoadedRound loaded = load_round_folder(source, with_regions);
    if (!loaded.round) return refused<round::Round>(std::move(loaded.faults));
    std::vector<Fault> faults = check_against_rulebooks(*loaded.round, rulebooks);
    if (!faults.empty()) return refused<round::Round>(std::move(faults));
    return {*std::move(loaded.round), {}};
}

std::vector<Fault> apply_given(RuleFiles& rules, const round::Round& round) {
    return apply_given(rules.rulebook, round.given, "parameters.toml");
}

FilesRead<RuledRound> read_round_under(
    const FolderSource& source, RuleFiles rules, const LoadOptions& options
) {
    FilesRead<round::Round> round = read_round(source, {&rules.rulebook}, options);
    if (!round.value) return {std::nullopt, std::move(round.refused)};
    std::vector<Fault> faults = apply_given(rules, *round.value);
    if (!faults.empty()) return refused<RuledRound>(std::move(faults));
    return {RuledRound{*std::move(round.value), std::move(rules)}, {}};
}

FilesRead<RuledRound> read_ruled_round(const FolderSource& source, const LoadOptions& options) {
    LoadOptions quietly = options;
    quietly.progress = {};
    LoadedHeading heading = load_round_heading(source, quietly);
    if (!heading.heading) {
        LoadedRound all = load_round_folder(source, quietly);
        return refused<RuledRound>(std::move(all.faults.empty() ? heading.faults : all.faults));
    }
    const std::string& id = heading.heading->rulebook_id;
    if (!find_rulebook(id)) {
        return refused<RuledRound>(Message{
            "usage.round_rulebook_unknown",
            {{"folder", source.folder_name()}, {"name", id}, {"known", known_rulebooks()}}});
    }
    FilesRead<RuleFiles> rules = find_rules(id);
    if (!rules.value) return {std::nullopt, std::move(rules.refused)};
    return read_round_under(source, *std::move(rules.value), options);
}

}  // namespace jicai::catalogs
