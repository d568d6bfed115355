#include <catalogs/round_archive/lot_events.h>
#include <catalogs/sha256/sha256.h>
#include <engine/accounts/identity.h>
#include <engine/catalogue/holidays.h>
#include <engine/ports/refused.h>
#include <engine/reporting/confirmation.h>
#include <engine/rules/parameter_list.h>
#include <engine/volumes/demand.h>
#include <reports/award_tables.h>
#include <reports/rulebook_page.h>
#include <web/server/lists.h>
#include <web/server/round_pages.h>
#include <web/server/round_work.h>
#include <web/server/schema.h>

#include <algorithm>
#include <utility>

namespace jicai::web {

using decision::Json;
using ports::Refused;

setup::Doer setup_doer(const Request& request) {
    setup::Doer doer;
    doer.actor = request.actor;
    doer.by = {request.actor.user, request.actor.organisation, request.login, ""};
    if (request.caller) doer.by.name = request.caller->name;
    if (doer.by.name.empty()) doer.by.name = request.login;
    doer.now = request.now;
    return doer;
}

std::vector<setup::WeakValue> values_to_accept(const rules::Rulebook& rulebook) {
    std::vector<setup::WeakValue> weak;
    for (const auto& row : reports::values_to_accept(rulebook).rows) {
        weak.push_back({row[0], row[1]});  // path, value, ...
    }
    return weak;
}

FilesLook look_at(const std::map<std::string, std::string>& files, access::Stage stage) {
    FilesLook look;
    const bool draft = is_before_opening(stage);
    if (draft) {
        catalogs::LoadOptions options;
        options.threads = 1;
        options.draft = true;
        auto read = catalogs::read_ruled_round(catalogs::MemorySource(files), options);
        look.decided.ruled = std::move(read.value);
        look.decided.refused = std::move(read.refused);
    } else {
        look.decided = decide_files(files);
    }
    if (!look.decided.ruled) return look;
    const round::Round& round = look.decided.ruled->round;
    const rules::Rulebook& rulebook = look.decided.ruled->rules.rulebook;
    look.facts.weak = values_to_accept(rulebook);
    look.facts.rulebook_digest = catalogs::sha256_hex(rules::canonical_text(rulebook));
    std::vector<bool> has_spec(round.lots.size());
    bool ceilings = true;
    for (const round::Spec& spec : round.specs) {
        has_spec[spec.lot] = true;
        ceilings = ceilings && spec.ceiling.has_value();
    }
    look.facts.lots_complete =
        !has_spec.empty() &&
        std::all_of(has_spec.begin(), has_spec.end(), [](bool has) { return has; });
    look.facts.ceilings_set = ceilings || rulebook.find<rules::CeilingStage>() == nullptr;
    look.facts.has_bids = !round.bids.empty() && !round.demand.empty();
    if (!draft) {
        look.facts.decided = reports::count_lots(look.decided.decided).pending == 0;
        look.heading.certificate = look.decided.certificate;
        look.heading.certificate_digest = look.decided.digest;
    }
    look.facts.volumes_confirmed = !round.demand.empty();
    look.heading.title = round.title;
    look.heading.kind = round.kind;
    look.heading.rulebook = rulebook.id;
    look.heading.opening = round.opening;
    look.heading.rulebook_digest = look.facts.rulebook_digest;
    return look;
}

FilesLook look_at(ports::Transaction& transaction, const ports::StoredRound& round) {
    FilesLook look = look_at(transaction.rounds().files(round.id), round.stage);
    if (round.stage != access::Stage::volume_confirmation) return look;
    const auto reports = transaction.volumes().reports(round.id);
    if (reports.empty()) return look;  // volumes came with the folder
    const bool handed_in =
        std::any_of(reports.begin(), reports.end(), [](const ports::VolumeReport& report) {
            return static_cast<reporting::Status>(report.status) != reporting::Status::draft;
        });
    look.facts.volumes_confirmed = handed_in && volumes::unconfirmed(transaction, round.id) == 0;
    return look;
}

bool runs(const Request& request, const ports::StoredRound& round) {
    return access::may(
        request.actor,
        access::Action::run_rounds,
        {.office = round.owner, .region = round.region, .stage = round.stage}
    );
}

Answer read_round(
    const Request& request,
    Services& services,
    const std::function<Answer(ports::Transaction&, const ports::StoredRound&)>& make
) {
    Answer answer;
    services.store.read([&](ports::Transaction& transaction) {
        const std::string& id = request.parameter("round");
        auto round = transaction.rounds().round(id);
        if (!round) throw Refused({"round.not_found", {{"round", id}}});
        const auto position = setup::position_of(transaction, *round, request.now);
        round->stage = position.stage;
        const bool seen = access::may(
            request.actor,
            access::Action::see_rounds,
            {.office = round->owner, .region = round->region, .stage = round->stage}
        );
        const bool open_draft =
            round->stage == access::Stage::draft && position.deadline.has_value() &&
            access::reach_of(request.actor, access::Action::take_part) != access::Reach::none;
        if (!seen && !open_draft) throw Refused({"round.not_found", {{"round", id}}});
        answer = make(transaction, *round);
    });
    return answer;
}

Json faults_json(
    const Services& services, const Request& request, const catalogs::FilesRefused& refused
) {
    const catalogs::Words words(services.words, request.language);
    Json::Array faults;
    for (const catalogs::Fault& fault : refused.faults) {
        const std::int64_t row = static_cast<std::int64_t>(fault.row);
        faults.emplace_back(Json::Object{
            {"file", fault.file},
            {"row", row == 0 ? Json() : Json(row)},
            {"column", fault.column},
            {"value", fault.value},
            {"text", words.render(fault.message)}});
    }
    for (const decision::Message& message : refused.refusals) {
        faults.emplace_back(Json::Object{
            {"file", ""},
            {"row", Json()},
            {"column", ""},
            {"value", ""},
            {"text", words.render(message)}});
    }
    return faults;
}

Json faults_schema() {
    return schema::array(schema::object(
        {{"file", schema::text()},
         {"row", schema::nullable(schema::number())},
         {"column", schema::text(4000)},
         {"value", schema::text(4000)},
         {"text", schema::text(8000)}}
    ));
}

void refuse_faults(const catalogs::FilesRefused& refused) {
    constexpr std::size_t kShown = 200;
    std::vector<ports::FieldFault> faults;
    const std::size_t count = refused.faults.size() + refused.refusals.size();
    for (const catalogs::Fault& fault : refused.faults) {
        if (faults.size() == kShown) break;
        std::string place = fault.file;
        if (fault.row > 0) place += ":" + std::to_string(fault.row);
        if (!fault.column.empty()) place += ":" + fault.column;
        faults.push_back({std::move(place), fault.value, fault.message});
    }
    for (const decision::Message& message : refused.refusals) faults.push_back({"", "", message});
    throw Refused({"round_folder.faults", {{"count", std::to_string(count)}}}, std::move(faults));
}

namespace {

/// What a file of the folder is called where it is filled in by form.
std::string sheet_of(const catalogs::Words& words, const std::string& file) {
    return words.word("form_sheet", file);
}

std::string with(std::string text, const std::string& from, const std::string& to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at)) {
        text.replace(at, from.size(), to);
        at += to.size();
    }
    return text;
}

// Rows of files count from the line of titles, those of forms from the first line under it.
constexpr std::int64_t kTitleRows = 1;

std::string in_words_of_form(const catalogs::Words& words, const catalogs::Fault& fault) {
    decision::Message message = fault.message;
    const std::string own = "form_" + message.key;
    if (words.catalog().contains(own)) message.key = own;
    for (auto& [name, value] : message.arguments) {
        if (name == "column") value = words.word("form_field", value);
        if (name == "first_row" || name == "other_row") {
            value = std::to_string(std::stoll(value) - kTitleRows);
        }
    }
    std::string text = words.render(message);
    for (const char* file : {"lots.csv", "specs.csv", "round.toml", "parameters.toml"}) {
        text = with(std::move(text), file, sheet_of(words, file));
    }
    if (fault.row <= 1 || fault.file.find(".csv") == std::string::npos) return text;
    return words(
        "round_form.place",
        {{"sheet", sheet_of(words, fault.file)},
         {"row", std::to_string(static_cast<std::int64_t>(fault.row) - kTitleRows)},
         {"text", text}}
    );
}

}  // namespace

void refuse_form(
    const Services& services, const Request& request, const catalogs::FilesRefused& refused
) {
    const catalogs::Words words(services.words, request.language);
    std::vector<ports::FieldFault> faults;
    for (const catalogs::Fault& fault : refused.faults) {
        std::string place = fault.column;
        if (fault.row > 1 && fault.file.find(".csv") != std::string::npos) {
            place = fault.file + ":" + std::to_string(fault.row) + ":" + fault.column;
        }
        faults.push_back(
            {std::move(place),
             fault.value,
             {"round_form.fault", {{"text", in_words_of_form(words, fault)}}}}
        );
    }
    for (const decision::Message& message : refused.refusals) faults.push_back({"", "", message});
    throw Refused(
        {"round_form.faults", {{"count", std::to_string(faults.size())}}}, std::move(faults)
    );
}

void add_lot_events(
    ports::Transaction& transaction,
    const ports::StoredRound& round,
    std::map<std::string, std::string>& files
) {
    std::vector<catalogs::LotEvent> events;
    const std::string office = organisation_name(transaction, round.owner);
    for (const ports::LotChange& change : transaction.procedure().lot_changes(round.id)) {
        events.push_back(
            {change.lot,
             "lot_" + change.state,
             change.into,
             change.reason,
             office.empty() ? round.id : office,
             ports::beijing_text(change.at)}
        );
    }
    if (events.empty()) return;
    const auto before = files.find("events.csv");
    files["events.csv"] =
        catalogs::with_lot_events(before == files.end() ? "" : before->second, events);
}

void change_by_form(
    const Services& services,
    const Request& request,
    ports::Transaction& transaction,
    const setup::Doer& doer,
    const ports::StoredRound& round,
    const std::map<std::string, std::string>& put,
    const std::vector<std::string>& removed
) {
    std::map<std::string, std::string> files = transaction.rounds().files(round.id);
    setup::FileChanges changes;
    for (const auto& [name, bytes] : put) {
        const auto before = files.find(name);
        if (before != files.end() && before->second == bytes) continue;
        changes.put.emplace(name, bytes);
        files[name] = bytes;
    }
    for (const std::string& name : removed) {
        if (files.erase(name) > 0) changes.removed.push_back(name);
    }
    setup::need_change(transaction, doer, round, changes);
    const FilesLook look = look_at(files, round.stage);
    if (!look.decided.ruled) refuse_form(services, request, look.decided.refused);
    setup::change_files(transaction, doer, round, changes, look.heading);
}

ports::Moment beijing_time(const std::string& written) {
    constexpr std::string_view kOffset = "+08:00";
    std::string text = written;
    if (text.size() > 10 && text[10] == 'T') text[10] = ' ';
    if (text.size() > kOffset.size() &&
        text.compare(text.size() - kOffset.size(), kOffset.size(), kOffset) == 0) {
        text.resize(text.size() - kOffset.size());
    }
    if (text.size() == 16) text += ":00";
    const auto moment = ports::read_database_text(text);
    if (!moment) {
        const decision::Message why{"round.deadline_form", {{"value", written}}};
        throw Refused(why, {{"at", written, why}});
    }
    return ports::after(*moment, -8 * ports::kHour);
}

namespace {

[[noreturn]] void refuse_value(const char* key, const char* field, const std::string& value) {
    const decision::Message why{key, {{"value", value}}};
    throw Refused(why, {{field, value, why}});
}

// Of "17:00" or "17:00:00".
std::int32_t second_of_day(const std::string& text) {
    if (text.empty() || text == "24:00" || text == "24:00:00") return calendar::kSecondsOfDay;
    const auto midnight = ports::read_database_text("2000-01-01 00:00:00");
    const auto then =
        ports::read_database_text("2000-01-01 " + text + (text.size() == 5 ? ":00" : ""));
    if (!then) refuse_value("round.time_form", "time", text);
    return static_cast<std::int32_t>((then->micros - midnight->micros) / ports::kSecond);
}

}  // namespace

ports::Moment counted_deadline(
    ports::Transaction& transaction,
    const std::string& from,
    std::int64_t working_days,
    const std::string& time
) {
    const auto day = calendar::read_day(from);
    if (!day) refuse_value("round.day_form", "from", from);
    const std::int32_t second = second_of_day(time);
    return setup::deadline_of(catalogue::calendar(transaction), *day, working_days, second);
}

std::string organisation_name(ports::Transaction& transaction, std::int64_t id) {
    const auto organisation = transaction.people().organisation(id);
    return organisation ? organisation->name : "";
}

}  // namespace jicai::web
