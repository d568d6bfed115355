#include <engine/accounts/organisations.h>
#include <engine/catalogue/institutions.h>
#include <web/server/answer.h>
#include <web/server/catalogue_rows.h>
#include <web/server/form_row.h>
#include <web/server/route.h>
#include <web/server/schema.h>
#include <web/server/table_imports.h>
#include <web/server/table_targets.h>

namespace jicai::web {
namespace {

using decision::Json;

Answer answer_of(
    const Services& services,
    const Request& request,
    ports::Transaction& transaction,
    std::vector<ports::AuditEntry> audit,
    int status
) {
    const auto saved = transaction.catalogue().institution_by_code(request.text("code"));
    Answer answer = json_answer(CatalogueRows(services, request, transaction).row(*saved), status);
    answer.audit = std::move(audit);
    if (answer.audit.empty()) {
        answer.audit.push_back(audited("institution.unchanged", "institution:" + saved->code));
    }
    return answer;
}

catalogue::TableContext context(const Request& request, bool adds) {
    auto made = context_of(request, "", "");
    made.form = catalogue::FormChange{.adds = adds, .version = request.number("version")};
    return made;
}

Answer add(const Request& request, Services& services, ports::Transaction& transaction) {
    const auto& members = hospital_members_of_columns();
    auto audit = take_over(
        transaction,
        *find_target("hospitals"),
        context(request, true),
        form_row(request, "hospitals", members),
        members
    );
    return answer_of(services, request, transaction, std::move(audit), 201);
}

Answer change(const Request& request, Services& services, ports::Transaction& transaction) {
    const auto& members = hospital_members_of_columns();
    const std::string& code = request.parameter("code");
    const auto before = transaction.catalogue().institution_by_code(code);
    if (!before) throw ports::Refused({"catalogue.hospital_not_found", {{"code", code}}});
    if (request.text("code") != code) {
        throw ports::Refused(
            {"catalogue.code_fixed", {{"value", request.text("code")}, {"code", code}}},
            {{"/code",
              request.text("code"),
              {"catalogue.code_fixed", {{"value", request.text("code")}, {"code", code}}}}}
        );
    }
    auto audit = take_over(
        transaction,
        *find_target("hospitals"),
        context(request, false),
        form_row(request, "hospitals", members),
        members
    );
    const bool active = request.flag("active", before->active);
    if (active != before->active) {
        auto organisation = *transaction.people().organisation(before->organisation);
        organisation.active = active;
        auto changed = accounts::change_organisation(transaction, request.actor, organisation);
        for (auto& entry : changed.audit) audit.push_back(std::move(entry));
    }
    return answer_of(services, request, transaction, std::move(audit), 200);
}

}  // namespace

Route add_hospital() {
    return {
        .method = Method::post,
        .path = "/api/hospitals",
        .name = "add_hospital",
        .summary = "Adds an institution; one with a last day is temporary and ends by itself",
        .action = access::Action::manage_catalogues,
        .kind = Kind::write,
        .body_schema = form_schema("hospitals", hospital_members_of_columns(), {}),
        .answer_schema = schema::object(hospital_members()),
        .success = 201,
        .failures = {409, 422},
        .handle_write = add,
    };
}

Route change_hospital() {
    return {
        .method = Method::put,
        .path = "/api/hospitals/{code}",
        .name = "change_hospital",
        .summary = "Changes an institution that was read at this version",
        .action = access::Action::manage_catalogues,
        .kind = Kind::write,
        .parameters = {{.name = "code", .place = Parameter::Place::path}},
        .body_schema = form_schema(
            "hospitals",
            hospital_members_of_columns(),
            {{"active", schema::flag()}, {"version", schema::number(1)}}
        ),
        .answer_schema = schema::object(hospital_members()),
        .failures = {404, 409, 422},
        .handle_write = change,
    };
}

}  // namespace jicai::web
