#include <catalogs/messages/words.h>
#include <reports/table_files.h>
#include <reports/table_workbook.h>
#include <web/server/people_rows.h>
#include <web/server/route.h>
#include <web/server/table_answer.h>
#include <web/server/table_imports.h>
#include <web/server/table_targets.h>

#include <set>

namespace jicai::web {
namespace {

// Of a large table the rows with faults alone: once over the file to find them, once to keep them.
ReadTable read_faulty_rows(
    Services& services,
    const catalogue::TableTarget& target,
    const catalogue::TableContext& context,
    std::string_view bytes,
    const ports::TableImport& import,
    const catalogs::table_form::TableForm& form
) {
    ReadOptions options;
    options.titles = titles_of(import);
    PiecesRead found;
    services.store.read([&](ports::Transaction& transaction) {
        found = read_in_pieces(
            transaction, target, context, bytes, import.file_name, form, options, false
        );
    });
    std::set<std::uint64_t> rows;
    for (const catalogs::Fault& fault : found.read.faults) rows.insert(fault.row);
    options.keep_uploaded = true;
    options.keep_row = [&](std::uint64_t row) { return rows.contains(row); };
    options.take = [](const std::vector<catalogue::TableRow>&) {};
    ReadTable read = read_table(bytes, import.file_name, form, options);
    read.faults = std::move(found.read.faults);
    return read;
}

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
    ReadOptions options;
    options.keep_uploaded = true;
    options.titles = titles_of(import);
    ReadTable read;
    if (form.is_large()) read = read_faulty_rows(services, *target, context, bytes, import, form);
    if (!form.is_large()) read = read_table(bytes, import.file_name, form, options);
    services.store.read([&](ports::Transaction& transaction) {
        if (form.is_large()) return;
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
