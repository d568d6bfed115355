#include <cli/database_command.h>
#include <cli/exit_codes.h>
#include <cli/version.h>
#include <sql/backup.h>

namespace jicai::cli {
namespace {

int backup(const Session& session) {
    const Stopwatch watch;
    const auto database = sql::Database::open(source_of(session), tool_options());
    const sql::SavedBackup saved = sql::back_up(*database, session.arguments.out, kVersion);
    std::int64_t rows = 0;
    for (const sql::SavedTable& table : saved.manifest.tables) rows += table.rows;
    const std::string seconds = watch.seconds();
    if (session.arguments.json) {
        decision::Json::Array tables;
        for (const sql::SavedTable& table : saved.manifest.tables) {
            tables.emplace_back(decision::Json::Object{
                {"digest", table.digest}, {"name", table.name}, {"rows", table.rows}});
        }
        print_json(decision::Json::Object{
            {"audit_head", saved.manifest.audit_head},
            {"bytes", saved.bytes},
            {"command", "backup"},
            {"file", session.arguments.out},
            {"rows", rows},
            {"saved_at", saved.manifest.saved_at},
            {"schema_version", saved.manifest.schema_version},
            {"seconds", seconds},
            {"tables", std::move(tables)}});
        return kExitDone;
    }
    print_line(session.words(
        "backup.done",
        {{"file", session.arguments.out},
         {"bytes", std::to_string(saved.bytes)},
         {"tables", std::to_string(saved.manifest.tables.size())},
         {"rows", std::to_string(rows)},
         {"saved_at", saved.manifest.saved_at},
         {"seconds", seconds}}
    ));
    print_line(session.words(
        "backup.head",
        {{"seals", std::to_string(saved.manifest.audit_seals)}, {"head", saved.manifest.audit_head}}
    ));
    return kExitDone;
}

}  // namespace

int run_backup(const Session& session) {
    return with_database_faults([&] { return backup(session); });
}

}  // namespace jicai::cli
