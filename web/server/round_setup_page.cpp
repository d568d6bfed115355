#include <engine/rules/parameter_list.h>
#include <engine/rules/value_text.h>
#include <reports/rulebook_page.h>
#include <web/server/document_view.h>
#include <web/server/people_rows.h>
#include <web/server/round_pages.h>
#include <web/server/round_work.h>
#include <web/server/schema.h>

#include <algorithm>
#include <array>
#include <map>

// The page of a round's set-up: one JSON object of parts.

namespace jicai::web {
namespace {

using decision::Json;

struct Page {
    const Services& services;
    const Request& request;
    ports::Transaction& transaction;
    const ports::StoredRound& round;
    const FilesLook& look;
    catalogs::Words words;
    bool logged_in;  ///< people's names are not for the public

    [[nodiscard]] std::string stage(access::Stage at) const { return stage_text(words, at); }
};

std::string millilitres(std::int64_t nanolitres) {
    constexpr std::int64_t kScale = 1'000'000;
    std::string text = std::to_string(nanolitres / kScale);
    std::string rest = std::to_string(kScale + nanolitres % kScale).substr(1);
    rest.erase(rest.find_last_not_of('0') + 1);
    return rest.empty() ? text : text + "." + rest;
}

Json lots_of(const Page& page) {
    Json::Array lots;
    if (!page.look.decided.ruled) return lots;
    const round::Round& round = page.look.decided.ruled->round;
    std::map<std::string, ports::LotChange> left;  // the last change of each
    for (ports::LotChange& change : page.transaction.procedure().lot_changes(page.round.id)) {
        left.insert_or_assign(change.lot, std::move(change));
    }
    for (const round::Lot& lot : round.lots) {
        std::string regions;
        for (const round::RegionIndex region : lot.regions) {
            regions += (regions.empty() ? "" : "|") + round.regions[region];
        }
        const auto found = left.find(lot.id);
        const ports::LotChange change = found == left.end() ? ports::LotChange{} : found->second;
        const std::string word(procedure::name_of(
            procedure::find_lot_state(change.state).value_or(procedure::LotState::open)
        ));
        lots.emplace_back(Json::Object{
            {"lot", lot.id},
            {"name", lot.name},
            {"volume_class", lot.volume_class},
            {"base_form", lot.base_form},
            {"quantity_step", std::to_string(lot.quantity_step)},
            {"term_class", lot.term_class},
            {"regions", regions},
            {"state", word},
            {"state_text", page.words.word("lot_state", word)},
            {"state_reason", change.reason},
            {"state_into", change.into}});
    }
    return lots;
}

Json specs_of(const Page& page) {
    Json::Array specs;
    if (!page.look.decided.ruled) return specs;
    const round::Round& round = page.look.decided.ruled->round;
    for (const round::Spec& spec : round.specs) {
        specs.emplace_back(Json::Object{
            {"lot", round.lots[spec.lot].id},
            {"spec", spec.name},
            {"content_mg", rules::value_text(spec.content)},
            {"content_unit", spec.content_unit},
            {"main_spec", spec.main_spec},
            {"ceiling", spec.ceiling ? rules::value_text(*spec.ceiling) : ""},
            {"fill_ml", spec.fill_nl ? millilitres(*spec.fill_nl) : ""}});
    }
    return specs;
}

Json rulebook_of(const Page& page) {
    const auto pins = page.transaction.procedure().pins(page.round.id);
    Json::Object rulebook{
        {"id", page.round.rulebook},
        {"title", ""},
        {"digest", pins.empty() ? "" : pins.back().digest},
        {"version", static_cast<std::int64_t>(pins.size())},
        {"digest_now", page.look.facts.rulebook_digest},
        {"given", Json::Array{}},
        {"weak_values", Json::Array{}}};
    if (!page.look.decided.ruled) return rulebook;
    const auto& ruled = *page.look.decided.ruled;
    const rules::Rulebook& rules = ruled.rules.rulebook;
    rulebook["title"] = page.words.english() ? rules.title_en : rules.title_zh;
    Json::Array given;
    for (const round::GivenParameter& value : ruled.round.given) {
        given.emplace_back(Json::Object{
            {"path", value.path},
            {"title", page.words.parameter_title(value.path)},
            {"value", std::string(rules::without_quotes(value.toml))},
            {"reason", value.reason},
            {"who", page.logged_in ? value.who : ""}});
    }
    rulebook["given"] = std::move(given);
    const auto accepted = page.transaction.procedure().accepted_values(page.round.id);
    Json::Array weak;
    for (const auto& row : reports::values_to_accept(rules).rows) {
        const auto found = std::find_if(accepted.begin(), accepted.end(), [&](const auto& each) {
            return each.path == row[0] && each.value == row[1];
        });
        const bool taken = found != accepted.end();
        weak.emplace_back(Json::Object{
            {"path", row[0]},
            {"title", page.words.parameter_title(row[0])},
            {"value", page.words.parameter_value(row[0], row[1])},
            {"unit", page.words.word("unit", row[2])},
            {"clause", page.words.clause(row[3])},
            {"evidence", row[5]},
            {"evidence_text", page.words.word("evidence", row[5])},
            {"accepted_by", taken && page.logged_in ? found->by.name : ""},
            {"accepted_at", taken ? ports::beijing_text(found->at) : ""}});
    }
    rulebook["weak_values"] = std::move(weak);
    return rulebook;
}

Json signatures_of(const Page& page) {
    Json::Array all;
    if (!page.logged_in) return all;
    for (const auto& signature : page.transaction.procedure().signatures(page.round.id)) {
        const setup::Lapse lapse = setup::lapse_of(page.transaction, page.round, signature);
        all.emplace_back(Json::Object{
            {"what", signature.what},
            {"what_text", page.words.word("signed", signature.what)},
            {"name", signature.by.name},
            {"login", signature.by.login},
            {"organisation", organisation_name(page.transaction, signature.by.organisation)},
            {"at", ports::beijing_text(signature.at)},
            {"digest", signature.digest},
            {"remark", signature.remark},
            {"valid", lapse == setup::Lapse::none},
            {"lapsed_text",
             lapse == setup::Lapse::none ? ""
                                         : page.words.word("lapse", std::string(name_of(lapse)))}});
    }
    return all;
}

Json to_sign_of(const Page& page) {
    Json::Array all;
    for (const char* what : {"rulebook", "cancel"}) {
        all.emplace_back(Json::Object{
            {"what", what},
            {"what_text", page.words.word("signed", what)},
            {"digest", setup::digest_to_sign(page.transaction, page.round, what)}});
    }
    return all;
}

Json documents_of(const Page& page) {
    Json::Array all;
    if (!page.logged_in) return all;
    for (const auto& document : page.transaction.documents().find({page.round.id, "", ""})) {
        if (!document.object.empty()) continue;  // belongs to a report, shown there
        if (!sees_document(page.request, page.transaction, page.round, document)) continue;
        all.emplace_back(Json::Object{
            {"id", document.id},
            {"kind", document.kind},
            {"kind_text", page.words.word("document", document.kind)},
            {"name", document.name},
            {"type", document.type},
            {"bytes", document.bytes},
            {"by", document.by.name},
            {"at", ports::beijing_text(document.at)}});
    }
    return all;
}

Json deadlines_of(const Page& page) {
    Json::Array all;
    for (const auto& deadline : page.transaction.procedure().deadlines(page.round.id)) {
        const std::string basis =
            deadline.from.empty()
                ? page.words("round.basis_named")
                : page.words(
                      "round.basis_working_days",
                      {{"from", deadline.from}, {"count", std::to_string(deadline.working_days)}}
                  );
        all.emplace_back(Json::Object{
            {"stage", std::string(name_of(deadline.stage))},
            {"stage_text", page.stage(deadline.stage)},
            {"at", ports::beijing_text(deadline.at)},
            {"basis_text", basis}});
    }
    return all;
}

void add_passages(const Page& page, Json::Object& body) {
    const auto passages =
        setup::passages_now(page.transaction, page.round, page.look.facts, page.request.now);
    const bool office = runs(page.request, page.round);
    Json::Array all;
    std::vector<std::pair<std::string, bool>> met;  // in the order they are to be seen to
    for (const setup::PassageNow& here : passages) {
        Json::Array unmet;
        for (const procedure::Condition condition : here.unmet) {
            unmet.emplace_back(page.words.word("condition", std::string(name_of(condition))));
        }
        const bool forward = here.passage.to != access::Stage::cancelled;
        for (const procedure::Condition condition : here.passage.conditions) {
            if (!forward) continue;
            met.emplace_back(
                name_of(condition),
                std::find(here.unmet.begin(), here.unmet.end(), condition) == here.unmet.end()
            );
        }
        std::string who;
        for (const access::Role role : here.passage.who) {
            who += (who.empty() ? "" : page.words("text.list_separator")) +
                   page.words.word("role", std::string(name_of(role)));
        }
        all.emplace_back(Json::Object{
            {"to", std::string(name_of(here.passage.to))},
            {"to_text", page.stage(here.passage.to)},
            {"possible", office && here.unmet.empty() && !here.passage.who.empty()},
            {"unmet", std::move(unmet)},
            {"who_text", who.empty() ? page.words("word.nobody") : who},
            {"at_deadline", here.passage.at_deadline}});
    }
    Json::Array conditions;
    for (const auto& [name, is_met] : met) {
        conditions.emplace_back(Json::Object{
            {"condition", name},
            {"text", page.words.word("condition", name)},
            {"met", is_met},
            {"next", is_met ? "" : page.words.render({"next.condition." + name, {}})}});
    }
    body["conditions"] = std::move(conditions);
    body["passages"] = std::move(all);
}

}  // namespace

Json may_json(
    const Request& request, ports::Transaction& transaction, const ports::StoredRound& round
) {
    Json::Array may;
    const auto position = setup::position_of(transaction, round, request.now);
    std::vector<access::Role> roles = request.actor.roles;
    if (!runs(request, round)) std::erase(roles, access::Role::procurement_officer);
    for (const procedure::Act act : procedure::acts_of(position, roles)) {
        may.emplace_back(std::string(name_of(act)));
    }
    return may;
}

Json setup_json(
    const Services& services,
    const Request& request,
    ports::Transaction& transaction,
    ports::StoredRound round
) {
    const FilesLook look = look_at(transaction, round);
    const Page page{
        services,
        request,
        transaction,
        round,
        look,
        catalogs::Words(services.words, request.language),
        request.actor.user != 0 || request.actor.key != 0};
    Json::Object body;
    body["round"] = Json::Object{
        {"id", round.id},
        {"title", round.title},
        {"version", round.version},
        {"stage", std::string(name_of(round.stage))},
        {"stage_text", page.stage(round.stage)},
        {"kind", round.kind},
        {"kind_text", page.words.word("kind", round.kind)},
        {"rulebook", round.rulebook},
        {"opening", round.opening},
        {"owner", organisation_name(transaction, round.owner)}};
    body["lots"] = lots_of(page);
    body["specs"] = specs_of(page);
    body["rulebook"] = rulebook_of(page);
    body["signatures"] = signatures_of(page);
    body["to_sign"] = to_sign_of(page);
    body["documents"] = documents_of(page);
    body["deadlines"] = deadlines_of(page);
    // A fault names what a file says, bids too: that is for the office alone.
    body["faults"] = runs(request, round) ? faults_json(services, request, look.decided.refused)
                                          : Json(Json::Array{});
    body["may"] = may_json(request, transaction, round);
    add_passages(page, body);
    return body;
}

Json setup_schema() {
    using namespace schema;
    const auto long_text = text(8000);
    return object(
        {{"round",
          object(
              {{"id", text()},
               {"title", text(500)},
               {"version", number()},
               {"stage", text()},
               {"stage_text", text()},
               {"kind", text()},
               {"kind_text", text()},
               {"rulebook", text()},
               {"opening", text()},
               {"owner", text(500)}}
          )},
         {"lots",
          array(object(
              {{"lot", long_text},
               {"name", long_text},
               {"volume_class", long_text},
               {"base_form", long_text},
               {"quantity_step", text()},
               {"term_class", long_text},
               {"regions", long_text},
               {"state", text()},
               {"state_text", text()},
               {"state_reason", text(2000)},
               {"state_into", text()}}
          ))},
         {"specs",
          array(object(
              {{"lot", long_text},
               {"spec", long_text},
               {"content_mg", text()},
               {"content_unit", long_text},
               {"main_spec", flag()},
               {"ceiling", text()},
               {"fill_ml", text()}}
          ))},
         {"rulebook",
          object(
              {{"id", text()},
               {"title", text(500)},
               {"digest", text()},
               {"version", number()},
               {"digest_now", text()},
               {"given",
                array(object(
                    {{"path", text(500)},
                     {"title", text(500)},
                     {"value", long_text},
                     {"reason", long_text},
                     {"who", long_text}}
                ))},
               {"weak_values",
                array(object(
                    {{"path", text(500)},
                     {"title", text(500)},
                     {"value", long_text},
                     {"unit", text()},
                     {"clause", text(500)},
                     {"evidence", text()},
                     {"evidence_text", text()},
                     {"accepted_by", text(500)},
                     {"accepted_at", text()}}
                ))}}
          )},
         {"signatures",
          array(object(
              {{"what", text()},
               {"what_text", text()},
               {"name", text(500)},
               {"login", text()},
               {"organisation", text(500)},
               {"at", text()},
               {"digest", text()},
               {"remark", long_text},
               {"valid", flag()},
               {"lapsed_text", text(500)}}
          ))},
         {"to_sign", array(object({{"what", text()}, {"what_text", text()}, {"digest", text()}}))},
         {"documents",
          array(object(
              {{"id", number()},
               {"kind", text()},
               {"kind_text", text()},
               {"name", text(500)},
               {"type", text()},
               {"bytes", number()},
               {"by", text(500)},
               {"at", text()}}
          ))},
         {"deadlines",
          array(object(
              {{"stage", text()}, {"stage_text", text()}, {"at", text()}, {"basis_text", text()}}
          ))},
         {"conditions",
          array(object(
              {{"condition", text()}, {"text", text()}, {"met", flag()}, {"next", text(500)}}
          ))},
         {"passages",
          array(object(
              {{"to", text()},
               {"to_text", text()},
               {"possible", flag()},
               {"unmet", array(text())},
               {"who_text", text()},
               {"at_deadline", flag()}}
          ))},
         {"faults", faults_schema()},
         {"may", array(text())}}
    );
}

Answer setup_answer(
    const Services& services,
    const Request& request,
    ports::Transaction& transaction,
    const std::string& id,
    ports::AuditEntry audit,
    int status
) {
    Answer answer = json_answer(
        setup_json(services, request, transaction, setup::settled(transaction, id, request.now)),
        status
    );
    answer.audit = {std::move(audit)};
    return answer;
}

}  // namespace jicai::web
