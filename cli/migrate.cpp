#include <cli/database_command.h>
#include <cli/exit_codes.h>
#include <sql/connection.h>
#include <sql/migrator.h>
#include <sql/store.h>

namespace jicai::cli {
namespace {

int migrate(const Session& session) {
    const Arguments& arguments = session.arguments;
    sql::DatabaseOptions options = tool_options();
    options.join_running = false;
    options.must_exist = arguments.database.dry_run;
    const auto database = sql::Database::open(source_of(session), options);
    sql::Connection connection(database->sql_store().pool().endpoint());
    const std::vector<sql::Migration> migrations = sql::read_migrations(sql::builtin_migrations());
    const std::vector<std::int64_t> numbers = sql::migrate(
        connection,
        migrations,
        {.dry_run = arguments.database.dry_run, .resume = arguments.database.resume}
    );
    const std::int64_t version = sql::schema_version(connection);
    if (arguments.json) {
        decision::Json::Array list;
        for (const std::int64_t number : numbers) {
            const auto& migration = migrations[static_cast<std::size_t>(number - 1)];
            list.emplace_back(decision::Json::Object{
                {"name", migration.name}, {"number", migration.number}});
        }
        print_json(decision::Json::Object{
            {"command", "migrate"},
            {"dry_run", arguments.database.dry_run},
            {"migrations", std::move(list)},
            {"schema_version", version}});
        return kExitDone;
    }
    for (const std::int64_t number : numbers) {
        const auto& migration = migrations[static_cast<std::size_t>(number - 1)];
        print_line(session.words(
            arguments.database.dry_run ? "migrate.due" : "migrate.applied",
            {{"number", std::to_string(number)}, {"name", migration.name}}
        ));
    }
    print_line(session.words("migrate.version", {{"number", std::to_string(version)}}));
    return kExitDone;
}

}  // namespace

int run_migrate(const Session& session) {
    return with_database_faults([&] { return migrate(session); });
}

}  // namespace jicai::cli
