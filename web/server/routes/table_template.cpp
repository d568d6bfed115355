#include <reports/table_files.h>
#include <reports/table_workbook.h>
#include <web/server/route.h>
#include <web/server/table_answer.h>
#include <web/server/table_imports.h>

namespace jicai::web {
namespace {

Answer handle(const Request& request, Services& services) {
    const catalogue::TableTarget& target = need_target(request, request.parameter("table"));
    const auto context =
        context_of(request, request.parameter("round"), request.parameter("hospital"));
    catalogs::table_form::TableForm form;
    std::vector<std::vector<std::string>> rows;
    services.store.read([&](ports::Transaction& transaction) {
        target.admit(transaction, context);
        form = form_of(target, transaction, context);
        rows.clear();
        if (!request.parameter("filled").empty()) rows = target.prefilled(transaction, context);
    });
    Answer answer;
    answer.type = content_type(FileFormat::xlsx);
    try {
        answer.body = std::make_shared<const std::string>(
            reports::to_template_workbook(form, request.language, rows)
        );
    } catch (const reports::NoSuchFile& failed) {
        throw ports::StoreFull(failed.what());
    }
    answer.headers["Content-Disposition"] = attachment(
        catalogs::table_form::table_title(form, request.language) + ".xlsx", form.name + ".xlsx"
    );
    return answer;
}

}  // namespace

Route get_table_template() {
    return {
        .path = "/api/tables/{table}/template",
        .name = "get_table_template",
        .summary =
            "The empty workbook of a table with pick lists, or with what is stored filled in",
        .action = access::Action::upload_tables,
        .parameters =
            {{.name = "table", .place = Parameter::Place::path},
             {.name = "round", .description = "whose lots and specs are picked from"},
             {.name = "hospital", .description = "code"},
             {.name = "filled",
              .kind = Parameter::Kind::choice,
              .choices = {"1"},
              .description = "with the rows that are stored"}},
        .answer_types = {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
        .failures = {404, 422},
        .handle = handle,
    };
}

}  // namespace jicai::web
