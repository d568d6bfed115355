#include <engine/ports/refused.h>
#include <web/server/lists.h>
#include <web/server/round_pages.h>
#include <web/server/schema.h>
#include <web/server/table_answer.h>

namespace jicai::web {
namespace {

Answer handle(const Request& request, Services& services) {
    const RoundPage page(request, services);
    page.need(page.view().results, access::Action::see_award);
    return page.kept("certificate", [&] {
        const DecidedRound& round = page.round();
        if (round.certificate.empty()) {
            throw ports::Refused({"round.no_certificate", {{"round", round.stored.id}}});
        }
        Answer answer;
        answer.body = std::make_shared<const std::string>(round.certificate);
        answer.headers["Content-Disposition"] =
            attachment(round.stored.id + "-certificate.json", "certificate.json");
        return answer;
    });
}

}  // namespace

Route get_certificate() {
    return {
        .path = "/api/rounds/{round}/certificate",
        .name = "get_certificate",
        .summary = "The certificate of the award, for `jicai verify`",
        .action = access::Action::see_award,
        .parameters = {round_parameter()},
        .answer_schema = schema::any_object(),
        .failures = {404, 422},
        .handle = handle,
    };
}

}  // namespace jicai::web
