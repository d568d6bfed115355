#include <cli/award_report.h>
#include <cli/failures.h>
#include <cli/load.h>
#include <cli/output_folder.h>
#include <cli/progress.h>
#include <engine/money/check.h>
#include <reports/award_tables.h>

#include <algorithm>
#include <set>
#include <string_view>

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

std::size_t column_of(const reports::Table& table, std::string_view name) {
    const auto found =
        std::find_if(table.columns.begin(), table.columns.end(), [&](const auto& column) {
            return column.name == name;
        });
    JICAI_CHECK(found != table.columns.end());
    return static_cast<std::size_t>(found - table.columns.begin());
}

void keep_lot(reports::Table& table, const std::string& lot) {
    const std::size_t column = column_of(table, "lot");
    std::erase_if(table.rows, [&](const auto& row) { return row[column] != lot; });
}

/// The turns of a lot with one winner say nothing its line does not.
void drop_single_winners(reports::Table& picks, const reports::Table& summary) {
    const std::size_t lot = column_of(summary, "lot");
    const std::size_t winners = column_of(summary, "winners");
    const std::size_t turn_lot = column_of(picks, "lot");
    std::set<std::string> single;
    for (const auto& row : summary.rows) {
        if (row[winners] == "1") single.insert(row[lot]);
    }
    std::erase_if(picks.rows, [&](const auto& row) { return single.contains(row[turn_lot]); });
}

void open_lots_first(reports::Table& summary) {
    const std::size_t left = column_of(summary, "regions_left");
    std::stable_partition(summary.rows.begin(), summary.rows.end(), [&](const auto& row) {
        return row[left] != "0";
    });
}

/// Throws BadInput for a lot the round does not have.
void check_lot(const Session& session, const round::Round& round) {
    if (session.arguments.lot.empty()) return;
    std::string known;
    for (const round::Lot& lot : round.lots) {
        if (lot.id == session.arguments.lot) return;
        if (!known.empty()) known += session.words("text.list_separator");
        known += lot.id;
    }
    throw BadInput(decision::Message{
        "explain.lot_unknown", {{"lot", session.arguments.lot}, {"known", known}}});
}

void print_regions(
    const Session& session, const LoadedRound& loaded, const decision::RoundDecision& decided
) {
    print_heading(session, loaded);
    reports::Table picks = reports::region_picks(loaded.round, decided);
    reports::Table summary = reports::region_summary(loaded.round, decided);
    if (session.arguments.lot.empty()) {
        drop_single_winners(picks, summary);
        open_lots_first(summary);
    } else {
        keep_lot(picks, session.arguments.lot);
        keep_lot(summary, session.arguments.lot);
    }
    print_table(session, summary);
    print_line("");
    if (!picks.rows.empty()) {
        print_table(session, picks);
        print_line("");
    }
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
        check_lot(session, loaded->round);
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
