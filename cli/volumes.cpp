#include <cli/award_report.h>
#include <cli/failures.h>
#include <cli/load.h>
#include <cli/progress.h>
#include <engine/allocation/volumes.h>
#include <engine/decision/trace.h>

namespace jicai::cli {
namespace {

constexpr int kSteps = 2;

reports::Table national_volumes(const round::Round& round, const rules::AgreedVolumeStage& stage) {
    using reports::ColumnKind;
    reports::Table table{
        "national_volumes",
        {{"lot"},
         {"name"},
         {"spec"},
         {"percent", ColumnKind::count},
         {"quantity", ColumnKind::exact}},
        {}};
    for (std::size_t i = 0; i < round.lots.size(); ++i) {
        const auto lot = static_cast<round::LotIndex>(i);
        for (const auto& volume : allocation::national_volumes(round, lot, stage)) {
            table.rows.push_back(
                {round.lots[i].id,
                 round.lots[i].name,
                 round.specs[volume.spec].name,
                 std::to_string(volume.percent),
                 std::to_string(volume.quantity.units())}
            );
        }
    }
    return table;
}

}  // namespace

int run_volumes(const Session& session) {
    std::optional<LoadedRound> loaded;
    reports::Table table;
    {
        Progress progress(session, kSteps);
        progress.next("progress.reading");
        loaded =
            load_round(session, chosen_rulebook(session.arguments), [&](auto done, auto total) {
                progress.part(done, total);
            });
        progress.next("progress.deciding");
        const auto* stage = loaded->rules.rulebook.find<rules::AgreedVolumeStage>();
        if (stage == nullptr) {
            throw BadInput(decision::Message{
                "usage.no_volume_stage", {{"rulebook", loaded->rules.rulebook.id}}});
        }
        try {
            table = national_volumes(loaded->round, *stage);
        } catch (const decision::RunStopped& stopped) {
            throw BadInput(stopped.why());
        }
    }
    if (session.arguments.json) {
        print_json(decision::Json::Object{
            {"command", "volumes"},
            {"round", loaded->round.id},
            {"rulebook", loaded->rules.rulebook.id},
            {"volumes", reports::to_json(table)},
        });
    } else {
        print_heading(session, *loaded);
        print_table(session, table);
        print_line("");
        print_line(session.words("volumes.note"));
    }
    return kExitDone;
}

}  // namespace jicai::cli
