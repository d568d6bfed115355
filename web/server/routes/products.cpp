#include <engine/catalogue/kinds.h>
#include <web/server/answer.h>
#include <web/server/catalogue_rows.h>
#include <web/server/people_rows.h>
#include <web/server/route.h>
#include <web/server/schema.h>

namespace jicai::web {
namespace {

using decision::Json;

Answer list(const Request& request, Services& services) {
    ports::ProductQuery query;
    query.text = request.parameter("text");
    query.kind = catalogue::find_product_kind(request.parameter("kind"));
    if (!request.parameter("active").empty()) query.active = request.parameter("active") == "yes";
    query.page = page_of(request);
    std::vector<Json::Object> rows;
    std::int64_t total = 0;
    services.store.read([&](ports::Transaction& transaction) {
        rows.clear();
        const auto found = transaction.catalogue().products(query);
        total = found.total;
        const CatalogueRows all(services, request, transaction);
        for (const auto& one : found.rows) rows.push_back(all.row(one));
    });
    return list_answer(
        request,
        services,
        list_of(
            "products",
            {"code",
             "name",
             "spec",
             "form",
             "pack_units",
             "supplier",
             "price",
             "kind_text",
             "active_text"},
            {},
            std::move(rows),
            total
        )
    );
}

Answer one(const Request& request, Services& services) {
    const std::string& code = request.parameter("code");
    Json::Object row;
    services.store.read([&](ports::Transaction& transaction) {
        const auto found = transaction.catalogue().product(code);
        if (!found) throw ports::Refused({"catalogue.product_not_found", {{"code", code}}});
        row = CatalogueRows(services, request, transaction).row(*found);
    });
    return json_answer(std::move(row));
}

std::vector<std::string> kinds() {
    std::vector<std::string> names;
    for (const auto kind : catalogue::all_product_kinds()) {
        names.emplace_back(catalogue::name_of(kind));
    }
    return names;
}

}  // namespace

Route get_products() {
    return {
        .path = "/api/products",
        .name = "get_products",
        .summary = "Products with their national codes",
        .action = access::Action::see_catalogues,
        .parameters = list_parameters(
            {{.name = "text",
              .description = "part of the name, of its initials, of a code or of the supplier"},
             {.name = "kind", .kind = Parameter::Kind::choice, .choices = kinds()},
             {.name = "active", .kind = Parameter::Kind::choice, .choices = {"yes", "no"}}}
        ),
        .answer_schema = schema::list(product_members()),
        .answer_types = list_types(),
        .failures = {422},
        .handle = list,
    };
}

Route get_product() {
    return {
        .path = "/api/products/{code}",
        .name = "get_product",
        .summary = "A product",
        .action = access::Action::see_catalogues,
        .parameters = {{.name = "code", .place = Parameter::Place::path}},
        .answer_schema = schema::object(product_members()),
        .failures = {404},
        .handle = one,
    };
}

}  // namespace jicai::web
