#include <catalogs/certificate_file/certificate_file.h>
#include <catalogs/sha256/sha256.h>
#include <cli/award_report.h>
#include <cli/failures.h>
#include <cli/link_run.h>
#include <cli/load.h>
#include <cli/output_folder.h>
#include <cli/progress.h>
#include <engine/calendar/day.h>
#include <engine/usecases/certificate.h>
#include <reports/certificate_difference.h>

namespace jicai::cli {
namespace {

constexpr int kSteps = 3;

std::string digest_text(const decision::Json& certificate) {
    const auto digest = certificate.object().find("digest");
    return digest != certificate.object().end() && digest->second.is_text() ? digest->second.text()
                                                                            : "—";
}

bool is_linkage(const decision::Json& certificate) {
    if (!certificate.is_object()) return false;
    const auto kind = certificate.object().find("kind");
    return kind != certificate.object().end() && kind->second.is_text() &&
           kind->second.text() == "linkage";
}

decision::Json recompute_award(const Session& session, Progress& progress) {
    const LoadedRound loaded =
        load_round(session, chosen_rulebook(session.arguments), [&](auto done, auto total) {
            progress.part(done, total);
        });
    progress.next("progress.deciding");
    const decision::RoundDecision decided = decide(loaded, /*trace=*/true);
    progress.next("progress.certificate");
    return usecases::make_certificate(
        loaded.round,
        rule_set(loaded.rules),
        decided,
        loaded.rules.ratio_rule_digest,
        catalogs::sha256_hex
    );
}

/// The last year of the carried calendar that the certificate was made with; 0 where it names none.
int last_calendar_year(const decision::Json& certificate) {
    int last = 0;
    const auto calendar = certificate.object().find("calendar");
    if (calendar == certificate.object().end() || !calendar->second.is_array()) return last;
    for (const decision::Json& entry : calendar->second.array()) {
        if (!entry.is_object()) continue;
        const auto year = entry.object().find("year");
        if (year == entry.object().end() || !year->second.is_number()) continue;
        const std::int64_t number = year->second.number();
        if (number > last && number <= calendar::kYearMax) last = static_cast<int>(number);
    }
    return last;
}

decision::Json recompute_linkage(
    const Session& session, Progress& progress, const decision::Json& claimed
) {
    const LoadedLinkage loaded = load_linkage(session, last_calendar_year(claimed));
    progress.next("progress.deciding");
    const campaign::CampaignDecision decided = decide(loaded);
    progress.next("progress.certificate");
    return certificate_of(loaded, decided);
}

}  // namespace

int run_verify(const Session& session) {
    const Arguments& arguments = session.arguments;
    const Words& words = session.words;
    decision::Json claimed;
    bool canonical = false;
    decision::Json recomputed;
    {
        Progress progress(session, kSteps);
        progress.next("progress.reading");
        const std::string bytes =
            read_whole_file(arguments.certificate, catalogs::kCertificateBytesMax);
        catalogs::CertificateRead read = catalogs::read_certificate(arguments.certificate, bytes);
        if (!read.document) throw BadInput(std::vector<catalogs::Fault>{*std::move(read.fault)});
        claimed = *std::move(read.document);
        canonical = bytes == claimed.canonical();
        recomputed = is_linkage(claimed) ? recompute_linkage(session, progress, claimed)
                                         : recompute_award(session, progress);
    }
    const bool digest_holds = usecases::digest_holds(claimed, catalogs::sha256_hex);
    const std::vector<decision::Message> difference =
        reports::describe_first_difference(claimed, recomputed);
    const bool verified = digest_holds && canonical && difference.empty();

    if (arguments.json) {
        decision::Json::Array sentences;
        for (const decision::Message& message : difference) {
            sentences.emplace_back(words.render(message));
        }
        print_json(decision::Json::Object{
            {"command", "verify"},
            {"verified", verified},
            {"digest_holds", digest_holds},
            {"canonical", canonical},
            {"digest", digest_text(claimed)},
            {"digest_recomputed", digest_text(recomputed)},
            {"first_difference", std::move(sentences)},
        });
        return verified ? kExitDone : kExitDiffers;
    }
    print_line(words(
        digest_holds ? "verify.digest_holds" : "verify.digest_broken",
        {{"file", arguments.certificate}, {"digest", digest_text(claimed)}}
    ));
    if (!canonical) print_line(words("verify.not_canonical", {{"file", arguments.certificate}}));
    for (const decision::Message& message : difference) print_line(words.render(message));
    print_line(words(
        verified ? "verify.verified" : "verify.not_verified",
        {{"folder", arguments.folder}, {"digest", digest_text(recomputed)}}
    ));
    return verified ? kExitDone : kExitDiffers;
}

}  // namespace jicai::cli
