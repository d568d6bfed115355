#include <catalogs/messages/words.h>
#include <reports/table_files.h>
#include <reports/table_workbook.h>
#include <web/server/people_rows.h>
#include <web/server/route.h>
#include <web/server/table_answer.h>
#include <web/server/table_imports.h>
#include <web/server/table_targets.h>

namespace jicai::web {
namespace {

Answer handle(const Request& request, Services& services) {
    ports::TableImport import;
    catalogs::table_form::TableForm form;
    std::string bytes;
    catalogue::TableContext context;
    const catalogue::TableTarget* target = nullptr;
    services.store.read([&](ports::Transaction& transaction) {
        import = need_import(request, transaction);
        target = &need_target(request, import.table);
        context = context_of(request, import.round, import.hospital);
        form = form_of(*target, transaction, context);
        bytes = transaction.imports().bytes(import.id);
    });
    if (import.state != ports::ImportState::faulty) {
        throw ports::Refused({"import.no_faults", {{"name", import.file_name}}});
    }
    if (bytes.empty()) throw ports::Refused({"import.no_errors", {{"name", import.file_name}}});
    ReadTable read = read_table(bytes, import.file_name, form, true);
    services.store.read([&](ports::Transaction& transaction) {
        const auto faults = read.faults.empty()
                                ? target->compare(transaction, context, read.rows).faults
                                : faults_of_sound_rows(*target, transaction, context, read);
        add_faults(faults, import.file_name, form, read.uploaded, read.faults);
    });
    const catalogs::Words words(services.words, request.language);
    Answer answer;
    answer.type = content_type(FileFormat::xlsx);
    try {
        answer.body = std::make_shared<const std::string>(reports::to_error_workbook(
            form, read.uploaded, read.faults, words.say(), request.language
        ));
    } catch (const reports::NoSuchFile& failed) {
        throw ports::StoreFull(failed.what());
    }
    const std::string name =
        words("import.errors_name", {{"table", table_title(form, request.language)}});
    answer.headers["Content-Disposition"] = attachment(name + ".xlsx", form.name + "-errors.xlsx");
    return answer;
}

}  // namespace

Route get_import_errors() {
    return {
        .path = "/api/imports/{id}/errors",
        .name = "get_import_errors",
        .summary =
            "What was uploaded, in its order, with the faults marked and a column of reasons: to "
            "mend and send again",
        .action = access::Action::upload_tables,
        .parameters = {id_parameter()},
        .answer_types = {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
        .failures = {404, 422},
        .handle = handle,
    };
}

}  // namespace jicai::web
