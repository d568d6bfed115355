#include <web/server/answer.h>
#include <web/server/route.h>
#include <web/server/table_imports.h>
#include <web/server/upload.h>

namespace jicai::web {
namespace {

using catalogs::table_form::TableForm;

Answer handle(const Request& request, Services& services) {
    const catalogue::TableTarget& target = need_target(request, request.parameter("table"));
    const auto context =
        context_of(request, request.parameter("round"), request.parameter("hospital"));
    const std::string& name = request.parameter("file_name");
    TableForm form;
    ReadOptions options;
    services.store.read([&](ports::Transaction& transaction) {
        target.admit(transaction, context);
        form = form_of(target, transaction, context);
        options.titles = titles_of(transaction, target.table(), request.parameter("source"));
    });
    PiecesRead pieces;
    if (form.is_large()) {
        services.store.read([&](ports::Transaction& transaction) {
            pieces = read_in_pieces(
                transaction, target, context, request.upload_bytes(), name, form, options, false
            );
        });
    } else {
        pieces.read = read_table(request.upload_bytes(), name, form, options);
    }
    const ReadTable& read = pieces.read;

    ports::TableImport import;
    services.store.write([&](ports::Transaction& transaction) {
        catalogue::Comparison comparison;
        std::vector<catalogs::Fault> faults = read.faults;
        std::vector<catalogs::Fault> warnings = read.warnings;
        if (form.is_large()) {
            comparison = pieces.comparison;
        } else if (faults.empty()) {
            target.admit(transaction, context);
            comparison = target.compare(transaction, context, read.rows);
            add_faults(comparison.faults, name, form, read.uploaded, faults);
            add_faults(comparison.warnings, name, form, read.uploaded, warnings);
        } else {
            const auto more = faults_of_sound_rows(target, transaction, context, read);
            add_faults(more, name, form, read.uploaded, faults);
        }
        import = {};
        import.table = target.table();
        import.round = context.round;
        import.hospital = context.hospital;
        import.file_name = name;
        import.bytes = request.upload->size();
        import.digest = request.upload->digest();
        import.state = faults.empty() ? ports::ImportState::ready : ports::ImportState::faulty;
        import.rows = read.row_count;
        import.faults = static_cast<std::int64_t>(faults.size());
        // The last may stand for many that were only counted.
        if (!faults.empty() && faults.back().message.key == "fault.more") {
            for (const auto& [argument, value] : faults.back().message.arguments) {
                if (argument == "count") import.faults += std::stoll(value) - 1;
            }
        }
        import.summary = summary_of(faults, warnings, comparison, options.titles);
        import.base = base_of(comparison);
        import.user = request.actor.user;
        import.login = request.login;
        import.organisation = request.actor.organisation;
        import.at = request.wall;
        // A file that cannot be read at all is not kept: there is nothing to mend in it.
        const bool mendable = faults.empty() || read.uploaded.header_row != 0;
        import.id = transaction.imports().add(
            import, mendable ? request.upload_bytes() : std::string_view()
        );
        ports::AuditEntry entry = audited(
            "import.checked",
            "import:" + std::to_string(import.id),
            {},
            decision::Json::Object{
                {"table", import.table},
                {"file", import.file_name},
                {"digest", import.digest},
                {"rows", import.rows},
                {"faults", import.faults}}
        );
        transaction.audit().append(filled_in(entry, request));
    });
    return json_answer(import_page(services, request, import), 201);
}

// Before anything else is known of the request but its address: a table nobody knows is refused
// later.
std::int64_t bytes_max(const Request& request) {
    const auto* const form = catalogs::table_form::find_form(request.parameter("table"));
    return static_cast<std::int64_t>(
        form == nullptr ? catalogs::table_form::kTableBytesMax : form->bytes_max
    );
}

}  // namespace

Route add_import() {
    return {
        .method = Method::post,
        .path = "/api/tables/{table}/imports",
        .name = "add_import",
        .summary =
            "Checks an uploaded table and keeps it for some days: every fault, or what accepting "
            "it "
            "would change. Nothing is taken over yet",
        .action = access::Action::upload_tables,
        .kind = Kind::act,
        .parameters =
            {{.name = "table", .place = Parameter::Place::path},
             {.name = "round"},
             {.name = "hospital", .description = "code"},
             {.name = "source", .description = "whose columns are remembered for this table"},
             {.name = "file_name", .required = true, .description = "as the person calls it"}},
        .answer_schema = import_schema(),
        .success = 201,
        .failures = {404, 422},
        .open_body = true,
        .upload_bytes_max_of = bytes_max,
        .handle = handle,
    };
}

}  // namespace jicai::web
