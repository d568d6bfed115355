#include <engine/accounts/kinds.h>
#include <engine/ports/refused.h>
#include <web/server/answer.h>
#include <web/server/organisation_change.h>
#include <web/server/people_rows.h>
#include <web/server/route.h>
#include <web/server/schema.h>
#include <web/server/services.h>

namespace jicai::web {
namespace {

using decision::Json;

Answer handle(const Request& request, Services& services, ports::Transaction& transaction) {
    const std::int64_t id = request.count("id", 0);
    const auto before = transaction.people().organisation(id);
    if (!before) throw ports::Refused({"organisation.not_found", {{"id", std::to_string(id)}}});
    ports::Organisation organisation = *before;
    organisation.code = request.text("code");
    organisation.name = request.text("name");
    organisation.kind = *accounts::find_kind(request.text("kind"));
    organisation.region = request.text("region");
    organisation.parent = request.number("parent", before->parent);
    organisation.active = request.flag("active");
    organisation.version = request.number("version");
    const auto changed = accounts::change_organisation(transaction, request.actor, organisation);
    return organisation_answer(services, request, transaction, changed, 200);
}

Json body() {
    Json::Object members = organisation_body();
    members.emplace("active", schema::flag());
    members.emplace("version", schema::number(1));
    return schema::object(members, {"parent"});
}

}  // namespace

Route change_organisation() {
    return {
        .method = Method::put,
        .path = "/api/organisations/{id}",
        .name = "change_organisation",
        .summary = "Changes an organisation that was read at this version; disabling ends log-ins",
        .action = access::Action::manage_organisations,
        .kind = Kind::write,
        .parameters = {id_parameter()},
        .body_schema = body(),
        .answer_schema = organisation_answer_schema(),
        .failures = {404, 409, 422},
        .handle_write = handle,
    };
}

}  // namespace jicai::web
