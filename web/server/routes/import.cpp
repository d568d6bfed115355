#include <web/server/answer.h>
#include <web/server/people_rows.h>
#include <web/server/route.h>
#include <web/server/table_imports.h>

namespace jicai::web {
namespace {

Answer handle(const Request& request, Services& services) {
    ports::TableImport import;
    services.store.read([&](ports::Transaction& transaction) {
        import = need_import(request, transaction);
    });
    return json_answer(import_page(services, request, import));
}

}  // namespace

Route get_import() {
    return {
        .path = "/api/imports/{id}",
        .name = "get_import",
        .summary = "What was found in an uploaded table, and what accepting it would change",
        .action = access::Action::upload_tables,
        .parameters = {id_parameter()},
        .answer_schema = import_schema(),
        .failures = {404},
        .handle = handle,
    };
}

}  // namespace jicai::web
