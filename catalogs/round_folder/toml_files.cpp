#include <catalogs/round_folder/text_table.h>
#include <catalogs/round_folder/toml_file.h>
#include <catalogs/round_folder/toml_files.h>

#include <algorithm>
#include <array>
#include <map>
#include <sstream>

namespace jicai::catalogs::round_folder {

namespace {

constexpr std::array<std::string_view, 5> kHeadingKeys{
    "id", "title", "kind", "rulebook", "opening"};
constexpr std::string_view kHeadingKeysText = "id, title, kind, rulebook, opening";
constexpr std::string_view kGivenKeysText = "value, who, reason";
constexpr std::string_view kKindsText = "drug, consumable, reagent";

std::string opening_of(TomlFile& file, const toml::table& table) {
    const toml::node* node = table.get("opening");
    if (node != nullptr) {
        if (const auto* date = node->as_date()) return streamed(date->get());
    }
    std::string text = required_text(file, table, "opening", "opening");
    if (!text.empty() && !is_date(text)) {
        file.add(FaultKind::date_malformed, node->source(), "opening", text);
    }
    return text;
}

round::GivenParameter read_given(TomlFile& file, std::string_view path, const toml::table& entry) {
    const std::string prefix = "given." + key_text(path) + ".";
    for (auto&& [key, value] : entry) {
        if (key.str() == "value" || key.str() == "who" || key.str() == "reason") continue;
        file.unknown_key(key, prefix + key_text(key.str()), kGivenKeysText);
    }
    round::GivenParameter given;
    given.path = path;
    if (const toml::node* value = entry.get("value")) {
        given.toml = file.canonical(*value, prefix + "value");
    } else {
        missing_key(file, entry, prefix + "value");
    }
    given.who = required_text(file, entry, "who", prefix + "who");
    given.reason = required_text(file, entry, "reason", prefix + "reason");
    file.add_line(prefix + "value", given.toml);
    file.add_line(prefix + "who", basic_string_text(given.who));
    file.add_line(prefix + "reason", basic_string_text(given.reason));
    return given;
}

}  // namespace

std::optional<RoundHeading> read_round_toml(
    std::string_view text, bool draft, FaultList& faults, round::InputFile& input
) {
    TomlFile file(text, faults);
    const toml::table* table = file.table();
    if (table == nullptr) return {};
    for (auto&& [key, value] : *table) {
        const bool known =
            std::find(kHeadingKeys.begin(), kHeadingKeys.end(), key.str()) != kHeadingKeys.end();
        if (!known) file.unknown_key(key, key.str(), kHeadingKeysText);
    }
    RoundHeading heading;
    heading.id = required_text(file, *table, "id", "id");
    heading.title = required_text(file, *table, "title", "title");
    heading.kind = required_text(file, *table, "kind", "kind");
    heading.rulebook_id = required_text(file, *table, "rulebook", "rulebook");
    if (!draft || table->get("opening") != nullptr) heading.opening = opening_of(file, *table);
    const bool known_kind = heading.kind == "drug" || heading.kind == "consumable" ||
                            heading.kind == "reagent" || heading.kind.empty();
    if (!known_kind) {
        file.add(
            FaultKind::round_kind_unknown,
            table->get("kind")->source(),
            "kind",
            heading.kind,
            {{"allowed", std::string(kKindsText)}}
        );
    }
    if (!faults.empty()) return {};
    file.add_line("id", basic_string_text(heading.id));
    file.add_line("title", basic_string_text(heading.title));
    file.add_line("kind", basic_string_text(heading.kind));
    file.add_line("rulebook", basic_string_text(heading.rulebook_id));
    file.add_line("opening", basic_string_text(heading.opening));
    input = file.digest();
    return heading;
}

std::vector<round::GivenParameter> read_parameters_toml(
    std::string_view text, FaultList& faults, round::InputFile& input
) {
    std::vector<round::GivenParameter> all;
    TomlFile file(text, faults);
    const toml::table* table = file.table();
    if (table == nullptr) return all;
    for (auto&& [key, value] : *table) {
        const toml::table* given = value.as_table();
        if (key.str() != "given" || given == nullptr) {
            file.unknown_key(key, key.str(), "given");
            continue;
        }
        for (auto&& [path, node] : *given) {
            if (const toml::table* entry = node.as_table()) {
                all.push_back(read_given(file, path.str(), *entry));
            } else {
                file.unknown_key(path, "given." + key_text(path.str()), kGivenKeysText);
            }
        }
    }
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
    input = file.digest();
    return all;
}

}  // namespace jicai::catalogs::round_folder
