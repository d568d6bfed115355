#include <engine/prices/exclusions.h>
#include <web/server/answer.h>
#include <web/server/people_rows.h>
#include <web/server/price_rows.h>
#include <web/server/route.h>
#include <web/server/schema.h>

namespace jicai::web {
namespace {

constexpr std::int64_t kReasonMax = 500;

Answer handle(const Request& request, Services& services, ports::Transaction& transaction) {
    const std::int64_t id = need_observation(request, transaction).id;
    prices::exclude(transaction, id, request.text("reason"), doer_of_prices(request));
    Answer answer = json_answer(observation_page(services, request, transaction, id));
    answer.audit.push_back(audited(
        "observation.excluded",
        "observation:" + std::to_string(id),
        {},
        decision::Json::Object{{"reason", request.text("reason")}}
    ));
    return answer;
}

}  // namespace

Route exclude_observation() {
    return {
        .method = Method::post,
        .path = "/api/observations/{id}/exclusion",
        .name = "exclude_observation",
        .summary = "Excludes a wrong observation: it stays visible and counts no more",
        .action = access::Action::review_prices,
        .kind = Kind::write,
        .parameters = {id_parameter()},
        .body_schema = schema::object({{"reason", schema::text(kReasonMax)}}),
        .answer_schema = observation_page_schema(),
        .failures = {404, 409, 422},
        .handle_write = handle,
    };
}

}  // namespace jicai::web
