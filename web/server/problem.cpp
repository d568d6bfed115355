#include <catalogs/messages/words.h>
#include <web/server/problem.h>
#include <web/server/refusal_table.h>
#include <web/server/schema.h>

#include <utility>

namespace jicai::web {

using decision::Json;

Answer problem(
    const catalogs::MessageCatalog& catalog,
    catalogs::Language language,
    const std::string& request_id,
    const decision::Message& why,
    const std::vector<ports::FieldFault>& faults
) {
    const catalogs::Words words(catalog, language);
    const RefusalAnswer how = answer_of_refusal(why.key);
    std::string next = "next." + why.key;
    if (!catalog.contains(next)) next = "next." + std::to_string(how.status);
    Json::Array list;
    for (const ports::FieldFault& fault : faults) {
        list.emplace_back(Json::Object{
            {"field", fault.field},
            {"value", fault.value},
            {"key", fault.message.key},
            {"text", words.render(fault.message)}});
    }
    Json::Object body{
        {"key", why.key},
        {"text", words.render(why)},
        {"next", words.render({next, why.arguments})},
        {"faults", std::move(list)},
        {"request_id", request_id}};
    std::string retry;
    for (const auto& [name, value] : why.arguments) {
        if (name == "seconds") retry = value;
    }
    if (retry.empty() && how.retry_after_seconds > 0) {
        retry = std::to_string(how.retry_after_seconds);
    }
    const bool can_retry = how.retry_after_seconds > 0 && !retry.empty();
    if (can_retry) body.emplace("retry_after", static_cast<std::int64_t>(std::stoll(retry)));
    Answer answer = json_answer(body, how.status);
    answer.type = "application/problem+json";
    if (can_retry) answer.headers["Retry-After"] = retry;
    return answer;
}

Json problem_schema() {
    const Json fault = schema::object(
        {{"field", schema::text(1000)},
         {"value", schema::text(1000)},
         {"key", schema::text()},
         {"text", schema::text(4000)}}
    );
    return schema::object(
        {{"key", schema::text()},
         {"text", schema::text(4000)},
         {"next", schema::text(4000)},
         {"faults", schema::array(fault)},
         {"request_id", schema::text()},
         {"retry_after", schema::number()}},
        {"retry_after"}
    );
}

}  // namespace jicai::web
