#include <catalogs/builtin/builtin.h>
#include <catalogs/round_folder/load_round_folder.h>
#include <catalogs/rulebook_file/rulebook_file.h>
#include <cli/failures.h>
#include <cli/load.h>
#include <cli/output_folder.h>

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

NamedText rulebook_text(const std::string& name) {
    if (cli::looks_like_path(name)) {
        return {name, read_whole_file(name, catalogs::kRulebookBytesMax)};
    }
    const auto text = catalogs::find_rulebook(name);
    if (!text) {
        throw BadInput(Message{
            "usage.rulebook_unknown", {{"name", name}, {"known", catalogs::known_rulebooks()}}});
    }
    return {name + ".toml", std::string(*text)};
}

catalogs::LoadOptions options_of(const Session& session) {
    catalogs::LoadOptions options;
    options.encoding =
        session.arguments.gb18030 ? catalogs::Encoding::gb18030 : catalogs::Encoding::utf8;
    options.threads = static_cast<unsigned>(session.arguments.threads);
    return options;
}

catalogs::LoadOptions options_of(const Session& session, const LoadProgress& progress) {
    catalogs::LoadOptions options = options_of(session);
    if (progress) {
        options.progress = [&progress](const catalogs::LoadProgress& state) {
            progress(state.bytes_done, state.bytes_total);
        };
    }
    return options;
}

template <class Value>
Value accepted(catalogs::FilesRead<Value> read) {
    if (read.value) return *std::move(read.value);
    if (!read.refused.faults.empty()) throw BadInput(std::move(read.refused.faults));
    throw BadInput(std::move(read.refused.refusals));
}

/// A folder of the other command is no round with a file missing.
void need_round_folder(const std::string& folder) {
    std::error_code ignored;
    const std::filesystem::path path(folder);
    if (std::filesystem::exists(path / "campaign.toml", ignored) &&
        !std::filesystem::exists(path / "round.toml", ignored)) {
        throw BadInput(Message{"usage.is_linkage_folder", {{"folder", folder}}});
    }
}

}  // namespace

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

rules::Rulebook load_rulebook_named(const std::string& name) {
    NamedText file = rulebook_text(name);
    catalogs::LoadedRulebook loaded = catalogs::load_rulebook(file.text, file.file_name);
    if (!loaded.rulebook) throw BadInput(std::move(loaded.faults));
    return *std::move(loaded.rulebook);
}

LoadedRules load_rules(const std::string& name) {
    const NamedText file = rulebook_text(name);
    return accepted(catalogs::read_rules(file.text, file.file_name));
}

std::string chosen_rulebook(const Arguments& arguments) {
    return arguments.rulebooks.empty() ? "" : arguments.rulebooks.front();
}

round::Round load_round_with(
    const Session& session,
    const std::vector<const rules::Rulebook*>& rulebooks,
    const LoadProgress& progress
) {
    need_round_folder(session.arguments.folder);
    const catalogs::DirectorySource folder(session.arguments.folder);
    return accepted(catalogs::read_round(folder, rulebooks, options_of(session, progress)));
}

LoadedRound load_round(
    const Session& session, const std::string& rulebook, const LoadProgress& progress
) {
    need_round_folder(session.arguments.folder);
    const catalogs::DirectorySource folder(session.arguments.folder);
    const catalogs::LoadOptions options = options_of(session, progress);
    if (rulebook.empty()) return accepted(catalogs::read_ruled_round(folder, options));
    return accepted(catalogs::read_round_under(folder, load_rules(rulebook), options));
}

decision::RoundDecision decide(const LoadedRound& loaded, bool trace) {
    usecases::RoundRun run = usecases::decide_round(
        loaded.round, rule_set(loaded.rules), {.trace = trace, .pick_regions = true}
    );
    if (!run.decision) throw BadInput(std::move(run.refusals));
    return *std::move(run.decision);
}

}  // namespace jicai::cli
