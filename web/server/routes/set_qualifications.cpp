#include <engine/ports/refused.h>
#include <web/server/round_pages.h>
#include <web/server/round_work.h>
#include <web/server/schema.h>

namespace jicai::web {
namespace {

using decision::Json;

Answer handle(const Request& request, Services& /*services*/, ports::Transaction& transaction) {
    const setup::Doer doer = setup_doer(request);
    const auto round =
        setup::round_for(transaction, request.parameter("round"), doer, access::Action::run_rounds);
    for (const Json& each : request.member("rows").array()) {
        const Json::Object& row = each.object();
        const std::string& code = row.at("organisation_code").text();
        const auto company = transaction.people().organisation_by_code(code);
        if (!company) throw ports::Refused({"organisation.code_unknown", {{"value", code}}});
        ports::Qualification qualification;
        qualification.organisation = company->id;
        qualification.lot = row.at("lot").text();
        qualification.state = row.at("state").text();
        qualification.reason = row.at("reason").text();
        setup::qualify(
            transaction,
            doer,
            setup::settled(transaction, round.id, doer.now),
            std::move(qualification)
        );
    }
    Answer answer = json_answer(Json::Object{{"done", true}});
    answer.audit = {audited("qualification.set", "round:" + round.id, {}, request.body)};
    return answer;
}

}  // namespace

Route set_qualifications() {
    return {
        .method = Method::put,
        .path = "/api/rounds/{round}/qualifications",
        .name = "set_qualifications",
        .summary =
            "Publicises which companies may bid: for a lot, or with an empty lot for the round",
        .action = access::Action::run_rounds,
        .kind = Kind::write,
        .parameters = {round_parameter()},
        .body_schema = schema::object(
            {{"rows",
              schema::array(
                  schema::object(
                      {{"organisation_code", schema::text(64, 1)},
                       {"lot", schema::text(200)},
                       {"state", schema::choice({"qualified", "not_qualified"})},
                       {"reason", schema::text(1000)}}
                  ),
                  2000
              )}}
        ),
        .answer_schema = schema::object({{"done", schema::flag()}}),
        .failures = {404, 409, 422},
        .handle_write = handle,
    };
}

}  // namespace jicai::web
