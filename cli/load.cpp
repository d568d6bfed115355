#include <catalogs/builtin/builtin.h>
#include <catalogs/price_ratio_file/price_ratio_file.h>
#include <catalogs/round_folder/check_against_rulebook.h>
#include <catalogs/round_folder/load_round_folder.h>
#include <catalogs/rulebook_file/rulebook_file.h>
#include <catalogs/sha256/sha256.h>
#include <cli/failures.h>
#include <cli/load.h>
#include <cli/output_folder.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string_view>
#include <utility>

namespace jicai::cli {
namespace {

using catalogs::Fault;
using decision::Message;

struct NamedText {
    std::string file_name;
    std::string text;
};

bool looks_like_path(const std::string& name) {
    constexpr std::string_view kExtension = ".toml";
    if (name.find('/') != std::string::npos) return true;
    if (name.size() > kExtension.size() &&
        name.compare(name.size() - kExtension.size(), kExtension.size(), kExtension) == 0) {
        return true;
    }
    std::error_code ignored;
    return std::filesystem::is_regular_file(name, ignored);
}

std::string known_rulebooks() {
    std::string ids;
    for (const catalogs::BuiltinFile& file : catalogs::builtin_rulebooks()) {
        if (!ids.empty()) ids += ", ";
        ids += file.id;
    }
    return ids;
}

NamedText rulebook_text(const std::string& name) {
    if (looks_like_path(name)) {
        return {name, read_whole_file(name, catalogs::kRulebookBytesMax)};
    }
    const auto text = catalogs::find_rulebook(name);
    if (!text) {
        throw BadInput(Message{
            "usage.rulebook_unknown", {{"name", name}, {"known", known_rulebooks()}}});
    }
    return {name + ".toml", std::string(*text)};
}

std::vector<std::string> regions_of(const rules::Rulebook& rulebook) {
    const auto* stage = rulebook.find<rules::SupplyRegionsStage>();
    return stage != nullptr && stage->regions.value ? *stage->regions.value
                                                    : std::vector<std::string>{};
}

catalogs::LoadOptions options_of(const Session& session) {
    catalogs::LoadOptions options;
    options.encoding =
        session.arguments.gb18030 ? catalogs::Encoding::gb18030 : catalogs::Encoding::utf8;
    options.threads = static_cast<unsigned>(session.arguments.threads);
    return options;
}

/// The faults of all files, where round.toml alone already has some.
[[noreturn]] void refuse_folder(
    const std::filesystem::path& folder,
    const catalogs::LoadOptions& options,
    std::vector<Fault> heading_faults
) {
    catalogs::LoadedRound all = catalogs::load_round_folder(folder, options);
    throw BadInput(all.faults.empty() ? std::move(heading_faults) : std::move(all.faults));
}

}  // namespace

rules::Rulebook load_rulebook_named(const std::string& name) {
    NamedText file = rulebook_text(name);
    catalogs::LoadedRulebook loaded = catalogs::load_rulebook(file.text, file.file_name);
    if (!loaded.rulebook) throw BadInput(std::move(loaded.faults));
    return *std::move(loaded.rulebook);
}

LoadedRules load_rules(const std::string& name) {
    rules::Rulebook rulebook = load_rulebook_named(name);
    const auto* stage = rulebook.find<rules::PriceRatioStage>();
    const std::string id = stage != nullptr && stage->rule.value ? *stage->rule.value : "";
    const auto text = catalogs::find_price_ratio(id);
    if (!text) {
        throw BadInput(Message{
            "usage.price_ratio_unknown", {{"rulebook", rulebook.id}, {"rule", id}}});
    }
    catalogs::LoadedPriceRatioRule ratio = catalogs::load_price_ratio_rule(*text, id + ".toml");
    if (!ratio.rule) throw BadInput(std::move(ratio.faults));
    std::string digest = catalogs::sha256_hex(catalogs::canonical_text(*ratio.rule));
    return {std::move(rulebook), *std::move(ratio.rule), std::move(digest)};
}

std::string chosen_rulebook(const Arguments& arguments) {
    return arguments.rulebooks.empty() ? "" : arguments.rulebooks.front();
}

void apply_given_values(LoadedRules& rules, const round::Round& round) {
    std::vector<Fault> faults =
        catalogs::apply_given(rules.rulebook, round.given, "parameters.toml");
    if (!faults.empty()) throw BadInput(std::move(faults));
}

round::Round load_round_with(
    const Session& session,
    const std::vector<const rules::Rulebook*>& rulebooks,
    const std::function<void(std::uint64_t, std::uint64_t)>& progress
) {
    catalogs::LoadOptions options = options_of(session);
    for (const rules::Rulebook* rulebook : rulebooks) {
        for (std::string& region : regions_of(*rulebook)) {
            if (std::find(options.regions.begin(), options.regions.end(), region) ==
                options.regions.end()) {
                options.regions.push_back(std::move(region));
            }
        }
    }
    if (progress) {
        options.progress = [&progress](const catalogs::LoadProgress& state) {
            progress(state.bytes_done, state.bytes_total);
        };
    }
    catalogs::LoadedRound loaded =
        catalogs::load_round_folder(std::filesystem::path(session.arguments.folder), options);
    if (!loaded.round) throw BadInput(std::move(loaded.faults));
    std::vector<Fault> faults = catalogs::check_against_rulebooks(*loaded.round, rulebooks);
    if (!faults.empty()) throw BadInput(std::move(faults));
    return *std::move(loaded.round);
}

LoadedRound load_round(
    const Session& session,
    const std::string& rulebook,
    const std::function<void(std::uint64_t, std::uint64_t)>& progress
) {
    std::string name = rulebook;
    if (name.empty()) {
        const std::filesystem::path folder(session.arguments.folder);
        const catalogs::LoadOptions options = options_of(session);
        catalogs::LoadedHeading heading = catalogs::load_round_heading(folder, options);
        if (!heading.heading) refuse_folder(folder, options, std::move(heading.faults));
        name = heading.heading->rulebook_id;
        if (!catalogs::find_rulebook(name)) {
            throw BadInput(Message{
                "usage.round_rulebook_unknown",
                {{"folder", session.arguments.folder},
                 {"name", name},
                 {"known", known_rulebooks()}}});
        }
    }
    LoadedRules rules = load_rules(name);
    round::Round round = load_round_with(session, {&rules.rulebook}, progress);
    apply_given_values(rules, round);
    return {std::move(round), std::move(rules)};
}

decision::RoundDecision decide(const LoadedRound& loaded, bool trace) {
    usecases::RoundRun run = usecases::decide_round(
        loaded.round, loaded.rules.set(), {.trace = trace, .pick_regions = true}
    );
    if (!run.decision) throw BadInput(std::move(run.refusals));
    return *std::move(run.decision);
}

}  // namespace jicai::cli
