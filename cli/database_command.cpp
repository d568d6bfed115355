#include <cli/database_command.h>
#include <cli/failures.h>
#include <engine/ports/page.h>
#include <sql/error.h>

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <string_view>

namespace jicai::cli {
namespace {

constexpr std::array<std::string_view, 14> kMendable{
    "database.url_wrong",
    "database.directory_foreign",
    "database.directory_in_use",
    "database.directory_empty",
    "database.user_unknown",
    "database.migration_newer",
    "database.migration_gap",
    "database.migration_changed",
    "database.migration_unfinished",
    "database.backup_exists",
    "database.backup_unreadable",
    "database.backup_damaged",
    "database.backup_newer",
    "database.restore_not_empty"};

long long now_nanoseconds() {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(
               std::chrono::steady_clock::now().time_since_epoch()
    )
        .count();
}

}  // namespace

int with_database_faults(const std::function<int()>& work) {
    spdlog::drop("jicai");
    spdlog::set_default_logger(spdlog::stderr_logger_mt("jicai"));
    spdlog::set_level(spdlog::level::warn);
    try {
        return work();
    } catch (const sql::DatabaseFault& fault) {
        const bool mendable =
            std::find(kMendable.begin(), kMendable.end(), fault.why().key) != kMendable.end();
        if (mendable) throw BadInput(fault.why());
        throw WorldFault(fault.why());
    } catch (const sql::DatabaseError& error) {
        throw WorldFault({"database.failed", {{"why", error.what()}}});
    } catch (const ports::StoreUnavailable& error) {
        throw WorldFault({"database.failed", {{"why", error.what()}}});
    }
}

sql::Source source_of(const Session& session) {
    return {.data_dir = session.arguments.database.data_dir, .url = session.arguments.database.url};
}

sql::DatabaseOptions tool_options() {
    return {
        .connections_max = 4,
        .migrate = false,
        .keep = false,
        .join_running = true,
        .must_exist = true};
}

Stopwatch::Stopwatch() : begun_(now_nanoseconds()) {}

std::string Stopwatch::seconds() const {
    constexpr long long kTenth = 100'000'000;
    const long long tenths = (now_nanoseconds() - begun_ + kTenth - 1) / kTenth;
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

}  // namespace jicai::cli
