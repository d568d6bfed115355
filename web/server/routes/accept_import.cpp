#include <web/server/answer.h>
#include <web/server/people_rows.h>
#include <web/server/route.h>
#include <web/server/table_imports.h>

namespace jicai::web {
namespace {

Answer handle(const Request& request, Services& services, ports::Transaction& transaction) {
    ports::TableImport import = need_import(request, transaction);
    const catalogue::TableTarget& target = need_target(request, import.table);
    const std::string name = import.file_name;
    if (import.state == ports::ImportState::faulty) {
        throw ports::Refused(
            {"import.faulty", {{"name", name}, {"count", std::to_string(import.faults)}}}
        );
    }
    // Whoever comes second waits here, and then finds it accepted.
    if (!transaction.imports().accept(import.id, request.wall)) {
        throw ports::Refused({"import.accepted", {{"name", name}}});
    }
    auto context = context_of(request, import.round, import.hospital);
    context.import = import.id;
    target.admit(transaction, context);
    const auto form = form_of(target, transaction, context);
    ReadOptions options;
    options.titles = titles_of(import);
    const std::string bytes = transaction.imports().bytes(import.id);
    const ports::Refused overtaken({"import.overtaken", {{"name", name}}});
    catalogue::Comparison comparison;
    std::vector<ports::AuditEntry> entries;
    if (form.is_large()) {
        PiecesRead pieces =
            read_in_pieces(transaction, target, context, bytes, name, form, options, true);
        if (!pieces.read.faults.empty()) throw overtaken;
        comparison = std::move(pieces.comparison);
        if (base_of(comparison) != import.base) throw overtaken;
    } else {
        const ReadTable read = read_table(bytes, name, form, options);
        if (!read.faults.empty()) throw overtaken;
        comparison = target.compare(transaction, context, read.rows);
        if (!comparison.faults.empty() || base_of(comparison) != import.base) throw overtaken;
        entries = target.apply(transaction, context, read.rows, comparison);
    }
    import.state = ports::ImportState::accepted;
    Answer answer = json_answer(import_page(services, request, import));
    answer.audit.push_back(audited(
        "import.accepted",
        "import:" + std::to_string(import.id),
        {},
        decision::Json::Object{
            {"table", import.table},
            {"file", name},
            {"digest", import.digest},
            {"added", comparison.added},
            {"changed", comparison.changed},
            {"removed", comparison.removed}}
    ));
    for (ports::AuditEntry& entry : entries) answer.audit.push_back(std::move(entry));
    return answer;
}

}  // namespace

Route accept_import() {
    return {
        .method = Method::post,
        .path = "/api/imports/{id}/acceptance",
        .name = "accept_import",
        .summary =
            "Takes an uploaded table over, all of it or nothing; refused when what it was compared "
            "with has changed since",
        .action = access::Action::upload_tables,
        .kind = Kind::write,
        .parameters = {id_parameter()},
        .answer_schema = import_schema(),
        .failures = {404, 409, 422},
        .handle_write = handle,
    };
}

}  // namespace jicai::web
