#include <cli/award_report.h>
#include <cli/failures.h>
#include <cli/load.h>
#include <cli/output_folder.h>
#include <cli/progress.h>
#include <reports/award_tables.h>

#include <algorithm>

namespace jicai::cli {
namespace {

constexpr int kSteps = 2;

const std::vector<std::string>& own_names() {
    static const std::vector<std::string> names{"region_picks.csv", "allocations.csv"};
    return names;
}

bool complete(const decision::RoundDecision& decided) {
    return !waits(decided) && reports::count_lots(decided).regions_open == 0;
}

void print_regions(
    const Session& session, const LoadedRound& loaded, const decision::RoundDecision& decided
) {
    print_heading(session, loaded);
    const reports::Table picks = reports::region_picks(loaded.round, decided);
    if (!picks.rows.empty()) {
        print_table(session, picks);
        print_line("");
    }
    print_table(session, reports::region_summary(loaded.round, decided));
    print_line("");
    const reports::LotCounts counts = reports::count_lots(decided);
    print_line(session.words(
        counts.regions_open == 0 ? "regions.complete" : "regions.open",
        {{"lots", std::to_string(counts.decided)}, {"open", std::to_string(counts.regions_open)}}
    ));
    print_waiting(session, loaded, decided);
    if (!session.arguments.out.empty()) {
        print_line(session.words(
            "regions.written",
            {{"out", session.arguments.out}, {"files", std::to_string(own_names().size())}}
        ));
    }
}

}  // namespace

int run_regions(const Session& session) {
    const Arguments& arguments = session.arguments;
    if (!arguments.out.empty()) {
        if (auto refusal = refuse_output_folder(arguments.out, own_names())) {
            throw BadInput(*std::move(refusal));
        }
    }
    std::optional<LoadedRound> loaded;
    std::optional<decision::RoundDecision> decided;
    {
        Progress progress(session, kSteps);
        progress.next("progress.reading");
        loaded = load_round(session, chosen_rulebook(arguments), [&](auto done, auto total) {
            progress.part(done, total);
        });
        progress.next("progress.deciding");
        decided = decide(*loaded, /*trace=*/false);
    }
    const reports::Table picks = reports::region_picks(loaded->round, *decided);
    if (!arguments.out.empty()) {
        write_output_folder(
            arguments.out,
            {csv_file(picks, arguments.byte_order_mark),
             csv_file(reports::allocations(loaded->round, *decided), arguments.byte_order_mark)},
            own_names()
        );
    }
    if (arguments.json) {
        print_json(decision::Json::Object{
            {"command", "regions"},
            {"round", loaded->round.id},
            {"rulebook", loaded->rules.rulebook.id},
            {"complete", complete(*decided)},
            {"turns", reports::to_json(picks)},
            {"lots", reports::to_json(reports::region_summary(loaded->round, *decided))},
            {"waiting", waiting_json(session, *loaded, *decided)},
        });
    } else {
        print_regions(session, *loaded, *decided);
    }
    return complete(*decided) ? kExitDone : kExitWaits;
}

}  // namespace jicai::cli
