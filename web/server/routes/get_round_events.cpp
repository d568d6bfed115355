#include <web/server/lists.h>
#include <web/server/people_rows.h>
#include <web/server/round_pages.h>
#include <web/server/round_work.h>
#include <web/server/schema.h>

#include <algorithm>

namespace jicai::web {
namespace {

using decision::Json;

Answer handle(const Request& request, Services& services) {
    return read_round(request, services, [&](auto& transaction, const auto& round) {
        const catalogs::Words words(services.words, request.language);
        std::vector<Json::Object> rows;
        const bool named = request.actor.user != 0;
        std::vector<std::pair<ports::Moment, Json::Object>> events;
        const auto add = [&](ports::Moment at,
                             const char* kind,
                             std::string text,
                             const std::string& name,
                             const std::string& reason) {
            events.push_back(
                {at,
                 {{"at", ports::beijing_text(at)},
                  {"kind", kind},
                  {"kind_text", words.word("event", kind)},
                  {"text", std::move(text)},
                  {"name", named ? name : ""},
                  {"reason", reason}}}
            );
        };
        auto& kept = transaction.procedure();
        for (const ports::RulebookPin& pin : kept.pins(round.id)) {
            add(pin.at, "pin", pin.rulebook + " " + pin.digest.substr(0, 12), pin.by.name, "");
        }
        for (const ports::StageChange& change : kept.stage_changes(round.id)) {
            const bool by_itself = change.by.user == 0;
            add(change.at,
                "stage",
                stage_text(words, change.from) + " → " + stage_text(words, change.to),
                change.by.name,
                by_itself ? words("round.passed_by_itself") : change.reason);
        }
        for (const ports::Signature& signature : kept.signatures(round.id)) {
            add(signature.at,
                "signature",
                words.word("signed", signature.what),
                signature.by.name,
                named ? signature.remark : "");
        }
        for (const ports::Correction& correction : kept.corrections(round.id)) {
            add(correction.at,
                "correction",
                std::to_string(correction.number),
                correction.by.name,
                correction.summary);
        }
        for (const ports::LotChange& change : kept.lot_changes(round.id)) {
            std::string text = change.lot + " " + words.word("lot_state", change.state);
            if (!change.into.empty()) text += " → " + change.into;
            add(change.at, "lot", std::move(text), change.by.name, change.reason);
        }
        std::stable_sort(events.begin(), events.end(), [](const auto& a, const auto& b) {
            return a.first > b.first;
        });
        for (auto& event : events) rows.push_back(std::move(event.second));
        const auto total = static_cast<std::int64_t>(rows.size());
        const List list = list_of(
            "round_events",
            {"at", "kind_text", "text", "name", "reason"},
            {},
            std::move(rows),
            total
        );
        return list_answer(request, services, page_of(request, list));
    });
}

}  // namespace

Route get_round_events() {
    std::vector<Parameter> parameters = list_parameters({});
    parameters.insert(parameters.begin(), round_parameter());
    return {
        .path = "/api/rounds/{round}/events",
        .name = "get_round_events",
        .summary =
            "What happened to a round: passages, signatures, corrections, lots that left; newest "
            "first",
        .action = access::Action::see_rounds,
        .parameters = std::move(parameters),
        .answer_schema = schema::list(
            {{"at", schema::text()},
             {"kind", schema::text()},
             {"kind_text", schema::text()},
             {"text", schema::text(2000)},
             {"name", schema::text(500)},
             {"reason", schema::text(100'000)}}
        ),
        .answer_types = list_types(),
        .failures = {404},
        .handle = handle,
    };
}

}  // namespace jicai::web
