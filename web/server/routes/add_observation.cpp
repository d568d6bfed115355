#include <engine/money/check.h>
#include <web/server/answer.h>
#include <web/server/form_row.h>
#include <web/server/price_rows.h>
#include <web/server/route.h>
#include <web/server/table_imports.h>
#include <web/server/table_targets.h>

namespace jicai::web {
namespace {

constexpr std::string_view kObject = "observation:";

Answer handle(const Request& request, Services& services, ports::Transaction& transaction) {
    auto context = context_of(request, "", "");
    context.form = catalogue::FormChange{.adds = true, .version = 0};
    auto audit = take_over(
        transaction, *find_target("observations"), context, form_row(request, "observations")
    );
    JICAI_CHECK(audit.size() == 1 && audit.front().object.starts_with(kObject));
    const std::int64_t id = std::stoll(audit.front().object.substr(kObject.size()));
    Answer answer = json_answer(observation_page(services, request, transaction, id), 201);
    answer.audit = std::move(audit);
    return answer;
}

}  // namespace

Route add_observation() {
    return {
        .method = Method::post,
        .path = "/api/observations",
        .name = "add_observation",
        .summary =
            "Enters one price observation; an implausible one is held for review and does "
            "not count until somebody accepts it",
        .action = access::Action::enter_prices,
        .kind = Kind::write,
        .body_schema = form_schema("observations", {}, {}),
        .answer_schema = observation_page_schema(),
        .success = 201,
        .failures = {409, 422},
        .handle_write = handle,
    };
}

}  // namespace jicai::web
