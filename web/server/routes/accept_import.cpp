#include <engine/ports/refused.h>
#include <web/server/answer.h>
#include <web/server/people_rows.h>
#include <web/server/route.h>
#include <web/server/table_imports.h>

#include <algorithm>
#include <memory>

namespace jicai::web {
namespace {

/// The file, read before the transaction that takes it over; that of a large table is read there,
/// piece by piece.
struct Prepared {
    catalogs::table_form::TableForm form;
    ReadTable read;
};

/// Nothing where the import is not there to be accepted: the handler says why.
std::shared_ptr<const void> prepare(const Request& request, Services& services) {
    auto prepared = std::make_shared<Prepared>();
    std::string bytes;
    std::string name;
    ReadOptions options;
    bool ready = false;
    try {
        services.store.read([&](ports::Transaction& transaction) {
            ready = false;
            const ports::TableImport import = need_import(request, transaction);
            if (import.state != ports::ImportState::ready) return;
            const catalogue::TableTarget& target = need_target(request, import.table);
            const auto context = context_of(request, import.round, import.hospital);
            target.admit(transaction, context);
            prepared->form = form_of(target, transaction, context);
            name = import.file_name;
            options.titles = titles_of(import);
            if (!prepared->form.is_large()) bytes = transaction.imports().bytes(import.id);
            ready = true;
        });
    } catch (const ports::Refused&) {
        return nullptr;
    }
    if (!ready) return nullptr;
    if (!prepared->form.is_large()) {
        prepared->read = read_table(bytes, name, prepared->form, options);
    }
    return prepared;
}

/// Whether both forms take the same words: lots and specs of a round may have changed.
bool allow_the_same(
    const catalogs::table_form::TableForm& a, const catalogs::table_form::TableForm& b
) {
    return std::equal(
        a.columns.begin(),
        a.columns.end(),
        b.columns.begin(),
        b.columns.end(),
        [](const auto& one, const auto& other) { return one.allowed == other.allowed; }
    );
}

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
    const ports::Refused overtaken({"import.overtaken", {{"name", name}}});
    // What was not there to be read before has come to be there since.
    const auto* const prepared = static_cast<const Prepared*>(request.prepared.get());
    if (prepared == nullptr) throw overtaken;
    const auto form = form_of(target, transaction, context);
    if (!allow_the_same(prepared->form, form)) throw overtaken;
    catalogue::Comparison comparison;
    std::vector<ports::AuditEntry> entries;
    if (form.is_large()) {
        ReadOptions options;
        options.titles = titles_of(import);
        const std::string bytes = transaction.imports().bytes(import.id);
        PiecesRead pieces =
            read_in_pieces(transaction, target, context, bytes, name, form, options, true);
        if (!pieces.read.faults.empty()) throw overtaken;
        comparison = std::move(pieces.comparison);
        if (base_of(comparison) != import.base) throw overtaken;
    } else {
        const ReadTable& read = prepared->read;
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
        .prepare = prepare,
        .handle_write = handle,
    };
}

}  // namespace jicai::web
