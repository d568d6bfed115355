#include <engine/access/action.h>
#include <engine/ports/refused.h>
#include <reports/award_tables.h>
#include <web/server/round_pages.h>
#include <web/server/schema.h>

#include <algorithm>
#include <utility>

namespace jicai::web {
namespace {

using access::Action;
using decision::Json;
using ports::Refused;

const std::vector<reports::Column>& rounds_columns() {
    using reports::ColumnKind;
    static const std::vector<reports::Column> columns{
        {"id"},
        {"title"},
        {"kind_text"},
        {"stage_text"},
        {"opening"},
        {"rulebook"},
        {"lots", ColumnKind::count},
        {"winners", ColumnKind::count}};
    return columns;
}

bool is_kept(const Request& request) {
    const std::string& format = request.parameter("format");
    return (format.empty() || format == "json") && request.parameter("text").empty();
}

const std::shared_ptr<const DecidedRound>& seen(
    const std::shared_ptr<const DecidedRound>& round, const RoundView& view
) {
    if (!view.round) throw Refused({"round.not_found", {{"round", round->stored.id}}});
    return round;
}

bool fits(const ports::StoredRound& round, const Request& request) {
    const std::string& text = request.parameter("text");
    const std::string& stage = request.parameter("stage");
    const std::string& kind = request.parameter("kind");
    return (text.empty() || round.id.find(text) != std::string::npos ||
            round.title.find(text) != std::string::npos) &&
           (stage.empty() || stage == access::name_of(round.stage)) &&
           (kind.empty() || kind == round.kind);
}

}  // namespace

std::string RoundView::class_key() const {
    std::string key;
    for (const bool may : {round, bids, results, volumes, counts, verification, hospital_volumes}) {
        key += may ? '1' : '0';
    }
    for (const std::string& code : own) key += '\n' + code;
    return key;
}

std::vector<std::string> RoundView::actions() const {
    std::vector<std::string> names;
    const auto add = [&](bool may, Action action) {
        if (may) names.emplace_back(access::name_of(action));
    };
    add(round, Action::see_rounds);
    add(bids || !own.empty(), Action::see_bids);
    add(counts, Action::count_bids);
    add(volumes, Action::see_volumes);
    add(hospital_volumes, Action::see_hospital_volumes);
    add(results, Action::see_award);
    add(verification, Action::verify_award);
    return names;
}

RoundView view_of(
    const access::Actor& actor,
    const ports::StoredRound& round,
    const std::vector<ports::Participant>& participants
) {
    const access::Object whole{.office = round.owner, .region = round.region, .stage = round.stage};
    const auto may = [&](Action action) { return access::may(actor, action, whole); };
    RoundView view;
    view.round = may(Action::see_rounds);
    // Whatever the table says: no roles and organisations combined may see others' bids earlier.
    const bool opened =
        round.stage >= access::Stage::opening && round.stage <= access::Stage::closed;
    view.bids = opened && may(Action::see_bids);
    view.results = may(Action::see_award);
    view.volumes = may(Action::see_volumes);
    view.counts = may(Action::count_bids);
    view.verification = may(Action::verify_award);
    view.hospital_volumes = may(Action::see_hospital_volumes);
    if (actor.organisation == 0) return view;
    for (const ports::Participant& participant : participants) {
        if (participant.kind != "supplier" || participant.organisation != actor.organisation) {
            continue;
        }
        access::Object own;
        own.organisation = participant.organisation;
        own.office = round.owner;
        own.stage = round.stage;
        if (access::may(actor, Action::see_bids, own)) view.own.push_back(participant.code);
    }
    return view;
}

RoundPage::RoundPage(const Request& request, Services& services)
    : request_(request),
      services_(services),
      round_(services.rounds.round(request.parameter("round"))),
      view_(view_of(request.actor, round_->stored, round_->participants)),
      words_(services.words, request.language) {
    seen(round_, view_);
}

reports::Say RoundPage::say() const {
    return round_->ruled ? reports::naming_tie_keys(
                               words_.say(), round_->ruled->rules.rulebook, words_.english()
                           )
                         : words_.say();
}

reports::RoundFilter RoundPage::filter() const {
    return {
        .text = request_.parameter("text"),
        .lot = request_.parameter("lot"),
        .region = request_.parameter("region"),
        .supplier = request_.parameter("supplier"),
        .status = request_.parameter("status")};
}

reports::BidsShown RoundPage::bids_shown() const {
    reports::BidsShown shown;
    shown.results = view_.results;
    const std::vector<round::Supplier>& suppliers = round_->need().round.suppliers;
    for (std::size_t i = 0; i < suppliers.size(); ++i) {
        if (std::find(view_.own.begin(), view_.own.end(), suppliers[i].id) != view_.own.end()) {
            shown.own.insert(static_cast<round::SupplierIndex>(i));
        }
    }
    if (!view_.bids) shown.only = shown.own;
    return shown;
}

void RoundPage::need(bool allowed, Action action) const {
    if (allowed) return;
    throw Refused(
        {"access.round_stage",
         {{"round", round_->stored.id},
          {"stage", stage_text(words_, round_->stored.stage)},
          {"action", std::string(access::name_of(action))}}}
    );
}

Answer RoundPage::kept(std::string_view route, const std::function<Answer()>& make) const {
    return web::kept(
        request_, services_, route, std::to_string(round_->serial) + '\n' + view_.class_key(), make
    );
}

Answer RoundPage::kept_list(std::string_view route, const std::function<reports::List()>& make)
    const {
    return kept(route, [&] {
        return list_answer(request_, services_, page_of(request_, web_list(make())));
    });
}

List web_list(reports::List list) {
    List shown;
    shown.table = std::move(list.table);
    shown.more = std::move(list.beside);
    shown.total = static_cast<std::int64_t>(shown.table.rows.size());
    return shown;
}

Answer kept(
    const Request& request,
    Services& services,
    std::string_view route,
    const std::string& key,
    const std::function<Answer()>& make
) {
    if (!is_kept(request)) return make();
    std::string whole(route);
    whole += request.language == catalogs::Language::zh ? "\nzh\n" : "\nen\n";
    whole += key;
    for (const auto& [name, value] : request.parameters) {
        // Lengths, so that no value can pass for another parameter.
        whole += '\n' + name + ' ' + std::to_string(value.size()) + ' ' + value;
    }
    PageCache& pages = services.rounds.pages();
    if (const auto page = pages.find(whole)) return *page;
    auto made = std::make_shared<const Answer>(make());
    pages.keep(std::move(whole), made);
    return *made;
}

Json::Object row_members(const std::vector<reports::Column>& columns) {
    Json::Object members;
    for (const reports::Column& column : columns) {
        members.emplace(
            column.name,
            column.kind == reports::ColumnKind::count ? schema::nullable(schema::number())
                                                      : schema::text(2000)
        );
    }
    return members;
}

Parameter round_parameter() {
    return {
        .name = "round",
        .place = Parameter::Place::path,
        .required = true,
        .description = "id of the round, such as GY-YD2019-2"};
}

Parameter lot_parameter() {
    return {
        .name = "lot",
        .place = Parameter::Place::path,
        .required = true,
        .description = "number of the lot, such as 8"};
}

std::string stage_text(const catalogs::Words& words, access::Stage stage) {
    return words.render({"round_stage." + std::string(access::name_of(stage)), {}});
}

List rounds_list(const Request& request, Services& services) {
    const catalogs::Words words(services.words, request.language);
    List list;
    list.table = {"rounds", rounds_columns(), {}};
    const auto all = services.rounds.list();
    for (const ports::StoredRound& stored : all->rounds) {
        const RoundView view = view_of(request.actor, stored, {});
        if (!view.round || !fits(stored, request)) continue;
        const auto round = services.rounds.round(stored.id);
        const bool ready = round->ruled.has_value();
        const bool results = ready && view.results;
        list.table.rows.push_back(
            {stored.id,
             stored.title,
             words.word("kind", stored.kind),
             stage_text(words, stored.stage),
             stored.opening,
             stored.rulebook,
             ready ? std::to_string(round->decided.lots.size()) : "",
             results ? std::to_string(reports::count_lots(round->decided).winners) : ""}
        );
        list.more.push_back(
            {{"kind", stored.kind}, {"stage", std::string(access::name_of(stored.stage))}}
        );
    }
    list.total = static_cast<std::int64_t>(list.table.rows.size());
    return list;
}

Json::Object rounds_row_members() {
    Json::Object members = row_members(rounds_columns());
    members.emplace("kind", schema::text());
    members.emplace("stage", schema::text());
    return members;
}

std::string rounds_key(const Request& request, Services& services) {
    const auto all = services.rounds.list();
    std::string key = std::to_string(all->serial);
    for (const ports::StoredRound& round : all->rounds) {
        const RoundView view = view_of(request.actor, round, {});
        key += '\n';
        key += view.round ? '1' : '0';
        key += view.results ? '1' : '0';
    }
    return key;
}

}  // namespace jicai::web
