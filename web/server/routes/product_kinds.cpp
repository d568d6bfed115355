#include <catalogs/product_kinds/product_kinds.h>
#include <web/server/answer.h>
#include <web/server/people_rows.h>
#include <web/server/route.h>
#include <web/server/schema.h>

namespace jicai::web {
namespace {

using decision::Json;

Answer handle(const Request& request, Services& services) {
    const bool english = request.language == catalogs::Language::en;
    Json::Array kinds;
    for (const catalogs::KindOfProduct& kind : catalogs::product_kinds()) {
        Json::Array policies;
        for (const catalogs::KindPolicy& one : kind.policies) {
            const std::string evidence(rules::enum_word(one.evidence));
            policies.emplace_back(Json::Object{
                {"policy", one.policy},
                {"text", word(services, request, "policy", one.policy)},
                {"counts", one.counts},
                {"note", english ? one.note_en : one.note_zh},
                {"evidence", evidence},
                {"evidence_text", word(services, request, "evidence_grade", evidence)}});
        }
        kinds.emplace_back(Json::Object{
            {"kind", kind.name},
            {"text", word(services, request, "product_kind", kind.name)},
            {"policies", std::move(policies)}});
    }
    return json_answer(Json::Object{{"kinds", std::move(kinds)}});
}

}  // namespace

Route get_product_kinds() {
    const Json policy = schema::object(
        {{"policy", schema::text()},
         {"text", schema::text()},
         {"counts", schema::flag()},
         {"note", schema::text(500)},
         {"evidence", schema::text()},
         {"evidence_text", schema::text()}}
    );
    return {
        .path = "/api/product-kinds",
        .name = "get_product_kinds",
        .summary =
            "Kinds of products, and which of them counts for which policy, with the evidence",
        .action = access::Action::see_catalogues,
        .answer_schema = schema::object(
            {{"kinds",
              schema::array(schema::object(
                  {{"kind", schema::text()},
                   {"text", schema::text()},
                   {"policies", schema::array(policy)}}
              ))}}
        ),
        .handle = handle,
    };
}

}  // namespace jicai::web
