#include <catalogs/rulebook_file/rulebook_decoder.h>
#include <catalogs/rulebook_file/rulebook_file.h>
#include <catalogs/sha256/sha256.h>
#include <engine/rules/contradiction.h>
#include <engine/rules/parameter_list.h>

#include <algorithm>

namespace jicai::catalogs {

namespace {

/// A contradiction is shown at the narrowest place that is known.
detail::Place place_of(
    const detail::DecodedRulebook& decoded, const rules::Contradiction& contradiction
) {
    for (const std::string& path :
         {contradiction.path + '#' + contradiction.item, contradiction.path}) {
        const auto found = decoded.places.find(path);
        if (found != decoded.places.end()) return found->second;
    }
    return {};
}

/// A stage whose kind could not be read may be the one another stage needs: then absence is not
/// reported.
void append_contradictions(detail::DecodedRulebook& decoded) {
    const bool all_kinds_known =
        std::none_of(decoded.faults.begin(), decoded.faults.end(), [](const auto& fault) {
            return fault.subject == "stage";
        });
    if (decoded.rulebook.stages.empty()) return;
    for (const rules::Contradiction& found : rules::contradictions(decoded.rulebook)) {
        const bool absence = found.key == "fault.rulebook.stage_missing" ||
                             found.key == "fault.rulebook.stage_needed";
        if (absence && !all_kinds_known) continue;
        decoded.faults.push_back(
            {place_of(decoded, found), found.path, found.item, {found.key, found.arguments}}
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
    std::stable_sort(
        decoded.faults.begin(),
        decoded.faults.end(),
        [](const auto& a, const auto& b) { return a.place < b.place; }
    );
    const std::vector<std::string_view> lines = detail::lines_of(toml);
    for (detail::PlacedFault& placed : decoded.faults) {
        if (loaded.faults.size() == kFaultsShownMax) {
            Fault more;
            more.file = file_name;
            more.message = {
                "fault.rulebook.more",
                {{"count", std::to_string(decoded.faults.size() - kFaultsShownMax)}}};
            loaded.faults.push_back(std::move(more));
            break;
        }
        Fault fault;
        fault.file = file_name;
        fault.row = placed.place.line;
        fault.column_number = placed.place.column;
        fault.column = std::move(placed.subject);
        fault.value = std::move(placed.value);
        if (placed.place.line <= lines.size()) {
            const std::string_view line = lines[placed.place.line - 1];
            if (line.size() <= detail::kSourceLineBytesMax) fault.source_line = line;
        }
        fault.message = std::move(placed.message);
        loaded.faults.push_back(std::move(fault));
    }
    if (loaded.faults.empty()) {
        decoded.rulebook.digest = sha256_hex(rules::canonical_text(decoded.rulebook));
        loaded.rulebook = std::move(decoded.rulebook);
    }
    return loaded;
}

}  // namespace jicai::catalogs
