#include <cli/award_report.h>
#include <cli/failures.h>
#include <cli/link_run.h>
#include <cli/output_folder.h>
#include <cli/progress.h>
#include <engine/linkage/policy_parameters.h>
#include <reports/linkage_tables.h>
#include <reports/watch_tables.h>

#include <algorithm>
#include <map>
#include <utility>

namespace jicai::cli {
namespace {

constexpr int kSteps = 5;
constexpr std::size_t kLargestShown = 10;

const std::vector<std::string>& own_names() {
    static const std::vector<std::string> names{
        "decisions.csv",
        "summary.csv",
        "certificate.json",
        "fairness_regions.csv",
        "fairness_makers.csv",
        "fairness_monitored.csv",
        "price_risks.csv",
        "substitution.csv",
        "review.csv"};
    return names;
}

bool waits(const campaign::CampaignDecision& decided) {
    return std::any_of(decided.skus.begin(), decided.skus.end(), [](const auto& sku) {
        return !sku.waits_for.empty();
    });
}

const campaign::SkuDecision& find_sku(
    const LoadedLinkage& loaded,
    const campaign::CampaignDecision& decided,
    const std::string& product
) {
    for (const campaign::SkuDecision& sku : decided.skus) {
        if (loaded.campaign.products[sku.product].id == product) return sku;
    }
    throw BadInput(decision::Message{"usage.product_not_decided", {{"product", product}}});
}

int explain(const Session& session) {
    const LoadedLinkage loaded = load_linkage(session);
    const campaign::CampaignDecision decided = decide(loaded);
    const campaign::SkuDecision& sku = find_sku(loaded, decided, session.arguments.product);
    const reports::SkuExplanation explanation = reports::explain_sku(loaded.campaign, sku);
    if (session.arguments.json) {
        print_json(reports::to_json(explanation, session.words.say()));
    } else {
        print(reports::to_text(explanation, session.words.say()));
    }
    return sku.waits_for.empty() ? kExitDone : kExitWaits;
}

/// What SKUs wait for, each reason once with how many wait for it.
void print_waiting(
    const Session& session, const LoadedLinkage& loaded, const campaign::CampaignDecision& decided
) {
    struct Waiting {
        std::size_t count = 0;
        std::string first;
    };
    std::map<std::string, Waiting> reasons;
    for (const campaign::SkuDecision& sku : decided.skus) {
        for (const decision::Message& wait : sku.waits_for) {
            Waiting& waiting = reasons[session.words.render(wait)];
            if (waiting.count++ == 0) waiting.first = loaded.campaign.products[sku.product].id;
        }
    }
    for (const auto& [why, waiting] : reasons) {
        print_line(session.words(
            "link.waits",
            {{"count", std::to_string(waiting.count)}, {"product", waiting.first}, {"why", why}}
        ));
    }
}

void print_watch(const Session& session, const Watched& watched) {
    if (watched.stopped) {
        print_line(
            session.words("link.watch_waits", {{"why", session.words.render(*watched.stopped)}})
        );
        return;
    }
    const reports::WatchCounts counts = reports::count_findings(watched.findings);
    print_line(session.words(
        "link.watch",
        {{"risks", std::to_string(counts.risks)},
         {"red", std::to_string(counts.red)},
         {"yellow", std::to_string(counts.yellow)},
         {"substitutions", std::to_string(counts.substitutions)},
         {"held", std::to_string(counts.held)},
         {"duplicates", std::to_string(counts.duplicates)},
         {"policy", watched.policy_id}}
    ));
}

void print_summary(
    const Session& session,
    const LoadedLinkage& loaded,
    const campaign::CampaignDecision& decided,
    const Watched& watched,
    const std::string& digest
) {
    const Words& words = session.words;
    const reports::CampaignCounts counts = reports::count_skus(decided);
    print_line(words(
        "link.heading",
        {{"title", loaded.campaign.title},
         {"id", loaded.campaign.id},
         {"region", loaded.campaign.region},
         {"as_of", loaded.campaign.as_of.text()},
         {"policy", words.english() ? loaded.policy.title_en : loaded.policy.title_zh}}
    ));
    print_table(session, reports::largest_cuts(loaded.campaign, decided, kLargestShown));
    print_line("");
    print_table(session, reports::campaign_summary(loaded.campaign, decided));
    print_line("");
    print_line(words(
        "link.counts",
        {{"skus", std::to_string(counts.skus)},
         {"linked", std::to_string(counts.linked)},
         {"average_cut", counts.average_cut},
         {"unchanged", std::to_string(counts.unchanged)},
         {"insufficient", std::to_string(counts.insufficient)},
         {"suspended", std::to_string(counts.suspended)},
         {"waiting", std::to_string(counts.waiting)}}
    ));
    std::size_t weak = 0;
    std::size_t assumed = 0;
    for (const rules::ParameterRow& row : linkage::parameter_list(loaded.policy)) {
        if (!row.open && row.evidence != rules::Evidence::official) ++weak;
        if (!row.open && row.evidence == rules::Evidence::assumed) ++assumed;
    }
    if (weak > 0) {
        print_line(words(
            "link.weak", {{"count", std::to_string(weak)}, {"assumed", std::to_string(assumed)}}
        ));
    }
    if (counts.waiting_for_more > 0) {
        print_line(
            words("link.waiting_for_more", {{"count", std::to_string(counts.waiting_for_more)}})
        );
    }
    print_waiting(session, loaded, decided);
    print_watch(session, watched);
    print_line(words(
        "link.written",
        {{"out", session.arguments.out},
         {"files", std::to_string(own_names().size())},
         {"digest", digest}}
    ));
}

decision::Json summary_json(
    const Session& session,
    const LoadedLinkage& loaded,
    const campaign::CampaignDecision& decided,
    const Watched& watched,
    const std::string& digest
) {
    return decision::Json::Object{
        {"command", "link"},
        {"campaign", loaded.campaign.id},
        {"policy", loaded.policy.id},
        {"out", session.arguments.out},
        {"digest", digest},
        {"summary", reports::to_json(reports::campaign_summary(loaded.campaign, decided))},
        {"decisions", reports::to_json(reports::decisions(loaded.campaign, decided))},
        {"price_risks", reports::to_json(reports::price_risks(loaded.campaign, watched.findings))},
        {"substitution",
         reports::to_json(reports::substitutions(loaded.campaign, watched.findings))},
        {"review", reports::to_json(reports::review(loaded.campaign, watched.findings))},
    };
}

}  // namespace

int run_link(const Session& session) {
    const Arguments& arguments = session.arguments;
    if (!arguments.product.empty()) return explain(session);
    if (auto refusal = refuse_output_folder(arguments.out, own_names())) {
        throw BadInput(*std::move(refusal));
    }
    std::string digest;
    std::optional<LoadedLinkage> loaded;
    std::optional<campaign::CampaignDecision> decided;
    Watched watched;
    {
        Progress progress(session, kSteps);
        progress.next("progress.reading");
        loaded = load_linkage(session);
        progress.next("progress.deciding");
        decided = decide(*loaded);
        progress.next("progress.watching");
        watched = watch(*loaded);
        progress.next("progress.certificate");
        const decision::Json certificate = certificate_of(*loaded, *decided);
        digest = certificate.object().at("digest").text();
        progress.next("progress.writing");
        std::vector<OutputFile> files;
        files.push_back(
            csv_file(reports::decisions(loaded->campaign, *decided), arguments.byte_order_mark)
        );
        files.push_back(csv_file(
            reports::campaign_summary(loaded->campaign, *decided), arguments.byte_order_mark
        ));
        for (const auto& table :
             {reports::fairness_regions,
              reports::fairness_makers,
              reports::fairness_monitored,
              reports::price_risks,
              reports::substitutions,
              reports::review}) {
            files.push_back(
                csv_file(table(loaded->campaign, watched.findings), arguments.byte_order_mark)
            );
        }
        files.push_back({"certificate.json", certificate.canonical()});
        write_output_folder(arguments.out, files, own_names());
    }
    if (arguments.json) {
        print_json(summary_json(session, *loaded, *decided, watched, digest));
    } else {
        print_summary(session, *loaded, *decided, watched, digest);
    }
    return waits(*decided) ? kExitWaits : kExitDone;
}

}  // namespace jicai::cli
