#include <catalogs/sha256/sha256.h>
#include <cli/award_report.h>
#include <cli/failures.h>
#include <cli/load.h>
#include <cli/output_folder.h>
#include <cli/progress.h>
#include <engine/usecases/certificate.h>
#include <reports/award_tables.h>
#include <reports/rulebook_page.h>

#include <utility>

namespace jicai::cli {
namespace {

constexpr int kSteps = 4;

const std::vector<std::string>& own_names() {
    static const std::vector<std::string> names{
        "awards.csv",
        "lots_decided.csv",
        "region_counts.csv",
        "volumes.csv",
        "allocations.csv",
        "packs_priced.csv",
        "certificate.json"};
    return names;
}

std::vector<OutputFile> files_of(
    const LoadedRound& loaded,
    const decision::RoundDecision& decided,
    const decision::Json& certificate,
    bool byte_order_mark
) {
    const round::Round& round = loaded.round;
    std::vector<OutputFile> files;
    for (const reports::Table& table :
         {reports::awards(round, decided),
          reports::lots_decided(round, decided),
          reports::region_counts(round, decided),
          reports::volumes(round, decided),
          reports::allocations(round, decided),
          reports::packs_priced(round, decided)}) {
        files.push_back(csv_file(table, byte_order_mark));
    }
    files.push_back({"certificate.json", certificate.canonical()});
    return files;
}

decision::Json summary_json(
    const Session& session,
    const LoadedRound& loaded,
    const decision::RoundDecision& decided,
    const std::string& digest
) {
    const reports::LotCounts counts = reports::count_lots(decided);
    return decision::Json::Object{
        {"command", "award"},
        {"round", loaded.round.id},
        {"rulebook", loaded.rules.rulebook.id},
        {"out", session.arguments.out},
        {"digest", digest},
        {"lots_decided", counts.decided},
        {"lots_failed", counts.failed},
        {"lots_pending", counts.pending},
        {"lots_regions_open", counts.regions_open},
        {"bids", counts.bids},
        {"winners", counts.winners},
        {"lots", reports::to_json(reports::lots_decided(loaded.round, decided))},
        {"awards", reports::to_json(reports::awards(loaded.round, decided))},
        {"weak_values", reports::to_json(reports::weak_values(loaded.rules.rulebook))},
        {"waiting", waiting_json(session, loaded, decided)},
    };
}

void print_summary(
    const Session& session,
    const LoadedRound& loaded,
    const decision::RoundDecision& decided,
    const std::string& digest
) {
    const Words& words = session.words;
    const reports::LotCounts counts = reports::count_lots(decided);
    print_heading(session, loaded);
    print_table(session, reports::award_summary(loaded.round, decided, words.say()));
    print_line("");
    print_line(words(
        "award.counts",
        {{"lots", std::to_string(decided.lots.size())},
         {"decided", std::to_string(counts.decided)},
         {"failed", std::to_string(counts.failed)},
         {"pending", std::to_string(counts.pending)},
         {"bids", std::to_string(counts.bids)},
         {"winners", std::to_string(counts.winners)}}
    ));
    if (counts.cancelled > 0) {
        print_line(words("award.lots_cancelled", {{"count", std::to_string(counts.cancelled)}}));
    }
    if (counts.regions_open > 0) {
        print_line(words(
            "award.regions_open",
            {{"count", std::to_string(counts.regions_open)}, {"folder", session.arguments.folder}}
        ));
    }
    print_weak_values(session, loaded.rules.rulebook);
    print_waiting(session, loaded, decided);
    print_line(words(
        "award.written",
        {{"out", session.arguments.out},
         {"files", std::to_string(own_names().size())},
         {"digest", digest}}
    ));
}

}  // namespace

int run_award(const Session& session) {
    const Arguments& arguments = session.arguments;
    if (auto refusal = refuse_output_folder(arguments.out, own_names())) {
        throw BadInput(*std::move(refusal));
    }
    std::string digest;
    std::optional<LoadedRound> loaded;
    std::optional<decision::RoundDecision> decided;
    {
        Progress progress(session, kSteps);
        progress.next("progress.reading");
        loaded = load_round(session, chosen_rulebook(arguments), [&](auto done, auto total) {
            progress.part(done, total);
        });
        progress.next("progress.deciding");
        decided = decide(*loaded, /*trace=*/true);
        progress.next("progress.certificate");
        const decision::Json certificate = usecases::make_certificate(
            loaded->round,
            rule_set(loaded->rules),
            *decided,
            loaded->rules.ratio_rule_digest,
            catalogs::sha256_hex
        );
        digest = certificate.object().at("digest").text();
        progress.next("progress.writing");
        write_output_folder(
            arguments.out,
            files_of(*loaded, *decided, certificate, arguments.byte_order_mark),
            own_names()
        );
    }
    if (arguments.json) {
        print_json(summary_json(session, *loaded, *decided, digest));
    } else {
        print_summary(session, *loaded, *decided, digest);
    }
    return waits(*decided) ? kExitWaits : kExitDone;
}

}  // namespace jicai::cli
