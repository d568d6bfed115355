#include <engine/catalogue/products.h>
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
    const auto saved = transaction.catalogue().product(request.text("code"));
    Answer answer = json_answer(CatalogueRows(services, request, transaction).row(*saved), status);
    answer.audit = std::move(audit);
    if (answer.audit.empty()) {
        answer.audit.push_back(audited("product.unchanged", "product:" + saved->code));
    }
    return answer;
}

catalogue::TableContext context(const Request& request, bool adds) {
    auto made = context_of(request, "", "");
    made.form = catalogue::FormChange{.adds = adds, .version = request.number("version")};
    return made;
}

Answer add(const Request& request, Services& services, ports::Transaction& transaction) {
    auto audit = take_over(
        transaction, *find_target("products"), context(request, true), form_row(request, "products")
    );
    return answer_of(services, request, transaction, std::move(audit), 201);
}

Answer change(const Request& request, Services& services, ports::Transaction& transaction) {
    const std::string& code = request.parameter("code");
    const auto before = transaction.catalogue().product(code);
    if (!before) throw ports::Refused({"catalogue.product_not_found", {{"code", code}}});
    if (request.text("code") != code) {
        const decision::Message why{
            "catalogue.code_fixed", {{"value", request.text("code")}, {"code", code}}};
        throw ports::Refused(why, {{"/code", request.text("code"), why}});
    }
    auto audit = take_over(
        transaction,
        *find_target("products"),
        context(request, false),
        form_row(request, "products")
    );
    const bool active = request.flag("active", before->active);
    if (active != before->active) {
        auto saved = *transaction.catalogue().product(code);
        saved.active = active;
        if (!transaction.catalogue().save(saved)) {
            throw ports::Refused({"people.changed", {{"name", saved.name}}});
        }
        audit.push_back(audited(active ? "product.enabled" : "product.disabled", "product:" + code)
        );
    }
    return answer_of(services, request, transaction, std::move(audit), 200);
}

}  // namespace

Route add_product() {
    return {
        .method = Method::post,
        .path = "/api/products",
        .name = "add_product",
        .summary = "Adds a product",
        .action = access::Action::manage_catalogues,
        .kind = Kind::write,
        .body_schema = form_schema("products", {}, {}),
        .answer_schema = schema::object(product_members()),
        .success = 201,
        .failures = {409, 422},
        .handle_write = add,
    };
}

Route change_product() {
    return {
        .method = Method::put,
        .path = "/api/products/{code}",
        .name = "change_product",
        .summary = "Changes a product that was read at this version",
        .action = access::Action::manage_catalogues,
        .kind = Kind::write,
        .parameters = {{.name = "code", .place = Parameter::Place::path}},
        .body_schema = form_schema(
            "products", {}, {{"active", schema::flag()}, {"version", schema::number(1)}}
        ),
        .answer_schema = schema::object(product_members()),
        .failures = {404, 409, 422},
        .handle_write = change,
    };
}

}  // namespace jicai::web
