#include <catalogs/linkage_folder/campaign_toml.h>
#include <catalogs/round_folder/toml_file.h>

#include <array>

namespace jicai::catalogs::linkage_folder {

using namespace round_folder;

namespace {

constexpr std::array<std::string_view, 7> kKeys{
    "id", "title", "policy", "region", "as_of", "known_at", "scope"};
constexpr std::string_view kKeysText = "id, title, policy, region, as_of, known_at, scope";

std::optional<campaign::Day> day_of(
    TomlFile& file, const toml::table& table, std::string_view key, bool required
) {
    const toml::node* node = table.get(key);
    if (node == nullptr && !required) return std::nullopt;
    std::string text;
    if (node != nullptr && node->as_date() != nullptr) {
        text = streamed(node->as_date()->get());
    } else {
        text = required_text(file, table, key, key);
    }
    if (text.empty()) return std::nullopt;
    const auto day = campaign::Day::parse(text);
    if (!day) file.add(FaultKind::date_malformed, node->source(), key, text);
    if (day) file.add_line(std::string(key), basic_string_text(day->text()));
    return day;
}

}  // namespace

void read_campaign_toml(
    std::string_view text, FaultList& faults, campaign::Campaign& campaign, round::InputFile& input
) {
    TomlFile file(text, faults);
    const toml::table* table = file.table();
    if (table == nullptr) return;
    for (auto&& [key, value] : *table) {
        if (std::find(kKeys.begin(), kKeys.end(), key.str()) == kKeys.end()) {
            file.unknown_key(key, key.str(), kKeysText);
        }
    }
    const auto read = [&](std::string_view key) {
        std::string value = required_text(file, *table, key, key);
        file.add_line(std::string(key), basic_string_text(value));
        return value;
    };
    campaign.id = read("id");
    campaign.title = read("title");
    campaign.policy_id = read("policy");
    campaign.region = read("region");
    campaign.as_of = day_of(file, *table, "as_of", /*required=*/true).value_or(campaign::Day());
    campaign.known_at = day_of(file, *table, "known_at", /*required=*/false);
    if (table->contains("scope")) {
        const std::string scope = read("scope");
        const auto value = rules::enum_from_word<campaign::Scope>(scope);
        if (value) {
            campaign.scope = *value;
        } else if (!scope.empty()) {
            file.add_keyed(
                "fault.linkage.word",
                table->get("scope")->source(),
                "scope",
                scope,
                {{"allowed", "all_listed, non_winning"}}
            );
        }
    }
    input = file.digest();
}

}  // namespace jicai::catalogs::linkage_folder
