#include <cli/database_command.h>
#include <cli/exit_codes.h>
#include <sql/backup.h>

namespace jicai::cli {
namespace {

int restore(const Session& session) {
    const Stopwatch watch;
    const DatabaseArguments& given = session.arguments.database;
    const sql::RestoredBackup restored = sql::restore(given.in, given.data_dir);
    std::int64_t rows = 0;
    for (const sql::SavedTable& table : restored.manifest.tables) rows += table.rows;
    const ports::AuditVerification& audit = restored.audit;
    const std::string seconds = watch.seconds();
    if (session.arguments.json) {
        print_json(decision::Json::Object{
            {"audit_broken", audit.whole ? "" : session.words.render(audit.broken_why)},
            {"audit_head", audit.head},
            {"audit_whole", audit.whole},
            {"command", "restore"},
            {"data_dir", given.data_dir},
            {"rows", rows},
            {"saved_at", restored.manifest.saved_at},
            {"schema_version", restored.schema_version},
            {"seconds", seconds},
            {"tables", static_cast<std::int64_t>(restored.manifest.tables.size())}});
    } else {
        print_line(session.words(
            "restore.done",
            {{"directory", given.data_dir},
             {"saved_at", restored.manifest.saved_at},
             {"tables", std::to_string(restored.manifest.tables.size())},
             {"rows", std::to_string(rows)},
             {"seconds", seconds}}
        ));
        print_line(
            audit.whole ? session.words(
                              "audit_verify.whole",
                              {{"seals", std::to_string(audit.seals)},
                               {"entries", std::to_string(audit.entries)},
                               {"unsealed", std::to_string(audit.unsealed)},
                               {"head", audit.head}}
                          )
                        : session.words.render(audit.broken_why)
        );
    }
    return audit.whole ? kExitDone : kExitDiffers;
}

}  // namespace

int run_restore(const Session& session) {
    return with_database_faults([&] { return restore(session); });
}

}  // namespace jicai::cli
