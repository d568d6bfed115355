#include <cli/database_command.h>
#include <cli/exit_codes.h>
#include <sql/audit_chain.h>
#include <sql/store.h>
#include <sql/transaction_guard.h>

namespace jicai::cli {
namespace {

int verify(const Session& session) {
    const std::string& noted = session.arguments.database.head;
    const auto database = sql::Database::open(source_of(session), tool_options());
    sql::Connection connection(database->sql_store().pool().endpoint());
    connection.set_isolation(sql::Isolation::repeatable_read);
    sql::TransactionGuard snapshot(connection, sql::kBeginSnapshot);
    const ports::AuditVerification found = sql::verify_chain(connection);
    const std::int64_t seal_noted =
        found.whole && !noted.empty() ? sql::seal_with(connection, noted) : 0;
    snapshot.commit();

    const bool head_missing = found.whole && !noted.empty() && seal_noted == 0;
    const bool whole = found.whole && !head_missing;
    decision::Message why = found.broken_why;
    if (head_missing) why = {"audit_verify.head_missing", {{"head", noted}}};
    if (session.arguments.json) {
        print_json(decision::Json::Object{
            {"broken", whole ? "" : session.words.render(why)},
            {"broken_entry", found.broken_entry},
            {"broken_key", why.key},
            {"broken_seal", found.broken_seal},
            {"command", "audit verify"},
            {"entries", found.entries},
            {"head", found.head},
            {"seals", found.seals},
            {"unsealed", found.unsealed},
            {"whole", whole}});
        return whole ? kExitDone : kExitDiffers;
    }
    if (!whole) {
        print_line(session.words.render(why));
        print_line(session.words(
            "audit_verify.until",
            {{"seals", std::to_string(found.seals)}, {"entries", std::to_string(found.entries)}}
        ));
        return kExitDiffers;
    }
    print_line(session.words(
        "audit_verify.whole",
        {{"seals", std::to_string(found.seals)},
         {"entries", std::to_string(found.entries)},
         {"unsealed", std::to_string(found.unsealed)},
         {"head", found.head}}
    ));
    if (!noted.empty()) {
        print_line(session.words(
            "audit_verify.head_found", {{"head", noted}, {"seal", std::to_string(seal_noted)}}
        ));
    }
    return kExitDone;
}

}  // namespace

int run_audit(const Session& session) {
    return with_database_faults([&] { return verify(session); });
}

}  // namespace jicai::cli
