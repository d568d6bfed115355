#include <engine/money/check.h>
#include <engine/ports/refused.h>
#include <engine/rules/parameter.h>
#include <web/server/answer.h>
#include <web/server/people_rows.h>
#include <web/server/price_rows.h>
#include <web/server/route.h>
#include <web/server/schema.h>

namespace jicai::web {
namespace {

using decision::Json;

campaign::Day day_of(const Request& request, const char* parameter) {
    const std::string& text = request.parameter(parameter);
    const auto day = campaign::Day::parse(text);
    if (!day) throw ports::Refused({"price.day_out_of_range", {{"value", text}}});
    return *day;
}

void set_state(const std::string& state, ports::ObservationQuery& query) {
    if (state == "counts") query.counts = true;
    if (state == "excluded") query.excluded = true;
    if (state == "pending" || state == "rejected") {
        query.excluded = false;
        query.review =
            state == "pending" ? ports::ReviewState::pending : ports::ReviewState::rejected;
    }
}

ports::ObservationQuery query_of(const Request& request) {
    ports::ObservationQuery query;
    query.text = request.parameter("text");
    query.within = request.parameter("region");
    query.import = request.count("import", 0);
    for (const auto& [value, name] : rules::EnumNames<campaign::SourceClass>::names) {
        if (request.parameter("source") == name) query.source = value;
    }
    if (!request.parameter("as_of").empty()) query.as_of = day_of(request, "as_of");
    if (!request.parameter("known_at").empty()) {
        const auto day = ports::read_beijing_day(request.parameter("known_at"));
        JICAI_CHECK(day.has_value());
        query.known_at = ports::after(*day, ports::kDay - 1);
    }
    set_state(request.parameter("state"), query);
    query.page = page_of(request);
    return query;
}

Answer list(const Request& request, Services& services) {
    ports::ObservationQuery query = query_of(request);
    std::vector<Json::Object> rows;
    std::int64_t total = 0;
    services.store.read([&](ports::Transaction& transaction) {
        rows.clear();
        total = 0;
        if (const std::string& code = request.parameter("product"); !code.empty()) {
            const auto product = transaction.catalogue().product(code);
            if (!product) return;
            query.product = product->id;
        }
        const auto found = transaction.prices().find(query);
        total = found.total;
        for (const auto& one : found.rows) rows.push_back(observation_row(services, request, one));
    });
    return list_answer(
        request,
        services,
        list_of(
            "observations",
            {"product",
             "name",
             "spec",
             "maker",
             "region_text",
             "source_text",
             "price",
             "pack_units",
             "unit_price",
             "effective_from",
             "effective_to",
             "document",
             "state_text"},
            {},
            std::move(rows),
            total
        )
    );
}

}  // namespace

Route get_observations() {
    return {
        .path = "/api/observations",
        .name = "get_observations",
        .summary = "Price observations, newest first; excluded ones stay among them",
        .action = access::Action::see_prices,
        .parameters = list_parameters(
            {{.name = "text",
              .description = "part of the product's code, name, initials or maker, or of the "
                             "document"},
             {.name = "product", .description = "code, exactly"},
             {.name = "region", .description = "this region and all below it"},
             {.name = "source", .kind = Parameter::Kind::choice, .choices = source_words()},
             {.name = "as_of",
              .kind = Parameter::Kind::day,
              .description = "in force where observed on this day"},
             {.name = "known_at",
              .kind = Parameter::Kind::day,
              .description = "recorded up to the end of this day"},
             {.name = "state", .kind = Parameter::Kind::choice, .choices = observation_states()},
             {.name = "import", .kind = Parameter::Kind::count, .description = "of this import"}}
        ),
        .answer_schema = schema::list(observation_members()),
        .answer_types = list_types(),
        .failures = {422},
        .handle = list,
    };
}

}  // namespace jicai::web
