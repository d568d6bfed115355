#include <catalogs/messages/words.h>
#include <web/server/answer.h>
#include <web/server/people_rows.h>
#include <web/server/route.h>
#include <web/server/schema.h>
#include <web/server/table_imports.h>

namespace jicai::web {
namespace {

using decision::Json;

const char* word_of(ports::ImportState state) {
    if (state == ports::ImportState::ready) return "ready";
    return state == ports::ImportState::faulty ? "faulty" : "accepted";
}

Answer handle(const Request& request, Services& services) {
    ports::ImportQuery query;
    query.table = request.parameter("table");
    query.round = request.parameter("round");
    query.page = page_of(request);
    if (request.reach == access::Reach::all) {
        query.rounds_of = request.actor.organisation;
    } else {
        query.organisation = request.actor.organisation;
    }
    const std::string& state = request.parameter("state");
    for (const auto one :
         {ports::ImportState::ready, ports::ImportState::faulty, ports::ImportState::accepted}) {
        if (state == word_of(one)) query.state = one;
    }
    const catalogs::Words words(services.words, request.language);
    std::vector<Json::Object> rows;
    std::int64_t total = 0;
    services.store.read([&](ports::Transaction& transaction) {
        const auto found = transaction.imports().find(query);
        total = found.total;
        rows.clear();
        for (const ports::TableImport& import : found.rows) {
            const auto* const form = catalogs::table_form::find_form(import.table);
            rows.push_back(
                {{"id", import.id},
                 {"at", ports::beijing_text(import.at)},
                 {"table", import.table},
                 {"table_title",
                  form == nullptr ? import.table : table_title(*form, request.language)},
                 {"file_name", import.file_name},
                 {"login", import.login},
                 {"rows", import.rows},
                 {"fault_count", import.faults},
                 {"state", word_of(import.state)},
                 {"state_text", words.word("import_state", word_of(import.state))},
                 {"round", import.round},
                 {"hospital", import.hospital}}
            );
        }
    });
    return list_answer(
        request,
        services,
        list_of(
            "imports",
            {"at", "table_title", "file_name", "login", "rows", "fault_count", "state_text"},
            {"rows", "fault_count"},
            std::move(rows),
            total
        )
    );
}

}  // namespace

Route get_imports() {
    return {
        .path = "/api/imports",
        .name = "get_imports",
        .summary =
            "Uploaded tables of one's organisation and of catalogues one keeps, newest first",
        .action = access::Action::upload_tables,
        .parameters = list_parameters(
            {{.name = "table"},
             {.name = "round"},
             {.name = "state",
              .kind = Parameter::Kind::choice,
              .choices = {"ready", "faulty", "accepted"}}}
        ),
        .answer_schema = schema::list(
            {{"id", schema::number()},
             {"at", schema::text()},
             {"table", schema::text()},
             {"table_title", schema::text()},
             {"file_name", schema::text(300)},
             {"login", schema::text()},
             {"rows", schema::number()},
             {"fault_count", schema::number()},
             {"state", schema::text()},
             {"state_text", schema::text()},
             {"round", schema::text()},
             {"hospital", schema::text()}}
        ),
        .answer_types = list_types(),
        .failures = {422},
        .handle = handle,
    };
}

}  // namespace jicai::web
