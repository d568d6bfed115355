#include <catalogs/builtin/builtin.h>
#include <catalogs/calendar/calendar_file.h>
#include <catalogs/linkage_file/policy_file.h>
#include <catalogs/linkage_folder/carried_years.h>
#include <catalogs/linkage_folder/load_linkage_folder.h>
#include <catalogs/price_ratio_file/price_ratio_file.h>
#include <catalogs/round_folder/folder_source.h>
#include <catalogs/sha256/sha256.h>
#include <cli/failures.h>
#include <cli/link_run.h>
#include <cli/load.h>
#include <cli/output_folder.h>
#include <engine/linkage/decide_campaign.h>
#include <engine/price_watch/fairness.h>

#include <filesystem>
#include <utility>

namespace jicai::cli {
namespace {

using decision::Message;

linkage::Policy load_policy_named(const std::string& name) {
    std::string text;
    std::string file_name = name;
    if (looks_like_path(name)) {
        text = read_whole_file(name, catalogs::kPolicyBytesMax);
    } else if (const auto builtin = catalogs::find_linkage_policy(name)) {
        text = *builtin;
        file_name += ".toml";
    } else {
        std::string known;
        for (const catalogs::BuiltinFile& file : catalogs::builtin_linkage_policies()) {
            if (!known.empty()) known += ", ";
            known += file.id;
        }
        throw BadInput(Message{"usage.policy_unknown", {{"name", name}, {"known", known}}});
    }
    catalogs::LoadedPolicy loaded = catalogs::load_policy(text, file_name);
    if (!loaded.policy) throw BadInput(std::move(loaded.faults));
    return *std::move(loaded.policy);
}

void load_ratio_rule(LoadedLinkage& loaded) {
    const linkage::ConversionSection& section = loaded.policy.conversion;
    if (section.rule.value != linkage::ConversionRule::price_ratio) return;
    const std::string id = section.price_ratio_rule.value.value_or("");
    const auto text = catalogs::find_price_ratio(id);
    if (!text) {
        throw BadInput(Message{
            "usage.price_ratio_unknown", {{"rulebook", loaded.policy.id}, {"rule", id}}});
    }
    catalogs::LoadedPriceRatioRule rule = catalogs::load_price_ratio_rule(*text, id + ".toml");
    if (!rule.rule) throw BadInput(std::move(rule.faults));
    loaded.ratio_rule_name = {id, catalogs::sha256_hex(catalogs::canonical_text(*rule.rule))};
    loaded.ratio_rule = *std::move(rule.rule);
}

}  // namespace

LoadedLinkage load_linkage(const Session& session, std::optional<int> calendar_until) {
    const Arguments& arguments = session.arguments;
    std::error_code ignored;
    const std::filesystem::path path(arguments.folder);
    if (std::filesystem::exists(path / "round.toml", ignored) &&
        !std::filesystem::exists(path / "campaign.toml", ignored)) {
        throw BadInput(Message{"usage.is_round_folder", {{"folder", arguments.folder}}});
    }
    const auto encoding =
        arguments.gb18030 ? catalogs::Encoding::gb18030 : catalogs::Encoding::utf8;
    catalogs::LoadedCampaign read =
        catalogs::load_linkage_folder(catalogs::DirectorySource(arguments.folder), encoding);
    if (!read.campaign) throw BadInput(std::move(read.faults));
    LoadedLinkage loaded;
    loaded.campaign = *std::move(read.campaign);
    loaded.policy =
        load_policy_named(arguments.policy.empty() ? loaded.campaign.policy_id : arguments.policy);
    std::vector<catalogs::Fault> faults =
        catalogs::check_against_policy(loaded.campaign, loaded.policy);
    for (catalogs::Fault& fault :
         catalogs::apply_given(loaded.policy, loaded.campaign.given, "parameters.toml")) {
        faults.push_back(std::move(fault));
    }
    if (!faults.empty()) throw BadInput(std::move(faults));
    catalogs::add_carried_years(
        loaded.campaign, catalogs::builtin_calendar_years(), calendar_until
    );
    load_ratio_rule(loaded);
    return loaded;
}

campaign::CampaignDecision decide(const LoadedLinkage& loaded) {
    return linkage::decide_campaign(
        loaded.campaign, loaded.policy, loaded.ratio_rule ? &*loaded.ratio_rule : nullptr
    );
}

Watched watch(const LoadedLinkage& loaded) {
    const linkage::Policy& own = loaded.policy;
    const bool has_sections = own.fairness || own.substitution || own.plausibility;
    const linkage::Policy carried =
        has_sections ? linkage::Policy() : load_policy_named("price-watch");
    const linkage::Policy& policy = has_sections ? own : carried;
    Watched watched;
    watched.policy_id = policy.id;
    try {
        watched.findings = price_watch::watch_prices(
            loaded.campaign, policy, loaded.ratio_rule ? &*loaded.ratio_rule : nullptr
        );
    } catch (const decision::RunStopped& stopped) {
        watched.stopped = stopped.why();
    }
    return watched;
}

decision::Json certificate_of(
    const LoadedLinkage& loaded, const campaign::CampaignDecision& decided
) {
    return linkage::make_certificate(
        loaded.campaign, loaded.policy, decided, loaded.ratio_rule_name, catalogs::sha256_hex
    );
}

}  // namespace jicai::cli
