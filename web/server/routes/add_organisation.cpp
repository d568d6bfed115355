#include <engine/accounts/kinds.h>
#include <web/server/answer.h>
#include <web/server/organisation_change.h>
#include <web/server/route.h>
#include <web/server/schema.h>
#include <web/server/services.h>

namespace jicai::web {
namespace {

Answer handle(const Request& request, Services& services, ports::Transaction& transaction) {
    ports::Organisation organisation;
    organisation.code = request.text("code");
    organisation.name = request.text("name");
    organisation.kind = *accounts::find_kind(request.text("kind"));
    organisation.region = request.text("region");
    organisation.parent = request.number("parent");
    const auto changed = accounts::add_organisation(transaction, organisation);
    return organisation_answer(services, request, transaction, changed, 201);
}

}  // namespace

Route add_organisation() {
    return {
        .method = Method::post,
        .path = "/api/organisations",
        .name = "add_organisation",
        .summary = "Adds an organisation; a check digit that does not fit is a warning",
        .action = access::Action::manage_organisations,
        .kind = Kind::write,
        .body_schema = schema::object(organisation_body(), {"parent"}),
        .answer_schema = organisation_answer_schema(),
        .success = 201,
        .failures = {409, 422},
        .handle_write = handle,
    };
}

}  // namespace jicai::web
