#include <catalogs/rulebook_file/rulebook_decoder.h>
#include <catalogs/rulebook_file/rulebook_file.h>
#include <catalogs/sha256/sha256.h>
#include <engine/rules/contradiction.h>
#include <engine/rules/parameter_list.h>

#include <algorithm>

namespace jicai::catalogs {

namespace {

/// A stage whose kind could not be read may be the one another stage needs: then absence is not
/// reported.
void append_contradictions(detail::DecodedRulebook& decoded) {
    const bool all_kinds_known = std::none_of(
        decoded.findings.faults.begin(),
        decoded.findings.faults.end(),
        [](const auto& fault) { return fault.subject == "stage"; }
    );
    if (decoded.rulebook.stages.empty()) return;
    for (const rules::Contradiction& found : rules::contradictions(decoded.rulebook)) {
        const bool absence = found.key == "fault.rulebook.stage_missing" ||
                             found.key == "fault.rulebook.stage_needed";
        if (absence && !all_kinds_known) continue;
        decoded.findings.faults.push_back(
            {decoded.findings.place_of(found.path, found.item),
             found.path,
             found.item,
             {found.key, found.arguments}}
        );
    }
}

}  // namespace

LoadedRulebook load_rulebook(std::string_view toml, std::string file_name) {
    LoadedRulebook loaded;
    if (toml.size() > kRulebookBytesMax) {
        Fault fault;
        fault.file = std::move(file_name);
        fault.message = {
            "fault.rulebook.too_large",
            {{"bytes", std::to_string(toml.size())},
             {"bytes_max", std::to_string(kRulebookBytesMax)}}};
        loaded.faults.push_back(std::move(fault));
        return loaded;
    }
    detail::DecodedRulebook decoded = detail::decode_rulebook(toml);
    append_contradictions(decoded);
    loaded.faults = detail::faults_of(decoded.findings, toml, file_name);
    if (loaded.faults.empty()) {
        decoded.rulebook.digest = sha256_hex(rules::canonical_text(decoded.rulebook));
        loaded.rulebook = std::move(decoded.rulebook);
    }
    return loaded;
}

}  // namespace jicai::catalogs
