#include <catalogs/round_archive/round_archive.h>
#include <engine/calendar/deadline.h>
#include <engine/ports/refused.h>
#include <web/server/round_pages.h>
#include <web/server/round_work.h>
#include <web/server/schema.h>

namespace jicai::web {
namespace {

using decision::Json;
using ports::Refused;
using Files = std::map<std::string, std::string>;

/// `sealed`: not even the size of what is there of bids.
Json changes_json(
    const catalogs::Words& words, const Files& before, const Files& after, bool sealed
) {
    Json::Array lines;
    const auto size = [](const Files& files, const std::string& name) {
        return std::to_string(files.at(name).size());
    };
    const setup::FileChanges changes = setup::changes_of(before, after);
    for (const auto& [name, bytes] : changes.put) {
        const bool is_new = !before.contains(name);
        std::string was = is_new ? "0" : size(before, name);
        if (!is_new && sealed && setup::is_bidding_file(name)) was = "?";
        lines.emplace_back(words(
            is_new ? "round.change_added" : "round.change_changed",
            {{"file", name}, {"before", std::move(was)}, {"bytes", size(after, name)}}
        ));
    }
    for (const std::string& name : changes.removed) {
        lines.emplace_back(words("round.change_removed", {{"file", name}}));
    }
    return lines;
}

Json counted(const FilesLook& look, std::size_t count) {
    return look.decided.ruled ? Json(static_cast<std::int64_t>(count)) : Json();
}

/// Of the round with that id, as the next import into it names it; null: there is none.
Json version_of(ports::Transaction& transaction, const std::string& id) {
    const auto round = transaction.rounds().round(id);
    return round ? Json(round->version) : Json();
}

/// Of the round as its files were looked at.
void need_version(const Request& request, const ports::StoredRound& round) {
    const std::int64_t version = request.count("version", 0);
    if (version == 0) throw Refused({"round_folder.version_missing", {{"round", round.id}}});
    setup::need_version(round, version);
}

/// From the bidding on only bids come in: what the archive leaves out of the rest stays as it is.
void keep_fixed_files(const ports::StoredRound& round, const Files& before, Files& files) {
    if (round.stage < access::Stage::bidding || round.stage > access::Stage::region_picking) return;
    for (const auto& [name, bytes] : before) {
        if (!setup::is_bidding_file(name)) files.emplace(name, bytes);
    }
}

/// What is no fault of the folder, but should be known before it is taken over.
std::vector<decision::Message> warnings_of(
    const FilesLook& look, access::Stage stage, ports::Moment now
) {
    std::vector<decision::Message> warnings;
    if (!look.decided.ruled || stage > access::Stage::notice) return warnings;
    const round::Round& round = look.decided.ruled->round;
    if (!round.bids.empty()) {
        warnings.push_back({"round_folder.has_bids", {{"count", std::to_string(round.bids.size())}}}
        );
    }
    const std::string today = calendar::day_text(calendar::beijing_day(now));
    if (round.opening.empty()) {
        warnings.push_back({"round_folder.no_opening", {}});
    } else if (round.opening < today) {
        warnings.push_back(
            {"round_folder.opening_past", {{"opening", round.opening}, {"today", today}}}
        );
    }
    return warnings;
}

Answer handle(const Request& request, Services& services, ports::Transaction& transaction) {
    const setup::Doer doer = setup_doer(request);
    const bool preview = request.parameter("preview") == "1";
    std::optional<ports::StoredRound> into;
    if (const std::string& id = request.parameter("round"); !id.empty()) {
        into = setup::round_for(transaction, id, doer, access::Action::run_rounds);
    }
    const access::Stage stage = into ? into->stage : access::Stage::draft;
    catalogs::RoundArchive archive = catalogs::read_round_archive(request.upload_bytes());
    const Files before = into ? transaction.rounds().files(into->id) : Files{};
    FilesLook look;
    if (into && archive.faults.empty()) keep_fixed_files(*into, before, archive.files);
    if (into && archive.faults.empty()) add_lot_events(transaction, *into, archive.files);
    if (archive.faults.empty()) {
        look = look_at(archive.files, stage);
    } else {
        look.decided.refused.faults = std::move(archive.faults);
    }
    const std::string id = look.decided.ruled ? look.decided.ruled->round.id : "";
    if (into && look.decided.ruled && id != into->id) {
        throw Refused({"round_folder.other_round", {{"value", id}, {"round", into->id}}});
    }
    if (preview && !into && !id.empty() && transaction.rounds().round(id)) {
        look.decided.refused.faults.push_back(
            {"round.toml", 0, 0, "id", id, "", {"round_folder.id_taken", {{"round", id}}}}
        );
    }
    if (!preview) {
        if (into && archive.faults.empty()) {
            const auto changes = setup::changes_of(before, archive.files);
            setup::need_change(transaction, doer, *into, changes);
        }
        if (into) need_version(request, *into);
        if (!look.decided.ruled) refuse_faults(look.decided.refused);
        if (into) {
            setup::change_files(
                transaction, doer, *into, setup::changes_of(before, archive.files), look.heading
            );
        } else {
            ports::StoredRound round;
            round.id = id;
            round.title = look.heading.title;
            round.kind = look.heading.kind;
            round.rulebook = look.heading.rulebook;
            round.opening = look.heading.opening;
            setup::add_round(transaction, doer, round, archive.files, look.facts.rulebook_digest);
        }
    }
    const catalogs::Words words(services.words, request.language);
    const auto* const ruled = look.decided.ruled ? &*look.decided.ruled : nullptr;
    Json::Array warnings;
    for (const decision::Message& each : warnings_of(look, stage, request.now)) {
        warnings.emplace_back(words.render(each));
    }
    Answer answer = json_answer(Json::Object{
        {"id", id},
        {"title", look.heading.title},
        {"kind", look.heading.kind},
        {"rulebook", look.heading.rulebook},
        {"lots", counted(look, ruled == nullptr ? 0 : ruled->round.lots.size())},
        {"specs", counted(look, ruled == nullptr ? 0 : ruled->round.specs.size())},
        {"bids", counted(look, ruled == nullptr ? 0 : ruled->round.bids.size())},
        {"faults", faults_json(services, request, look.decided.refused)},
        {"changes", changes_json(words, before, archive.files, stage == access::Stage::bidding)},
        {"warnings", std::move(warnings)},
        {"imported", !preview},
        {"version",
         version_of(
             transaction,
             into      ? into->id
             : preview ? ""
                       : id
         )}});
    answer.audit = {audited(
        "round.imported",
        "round:" + id,
        {},
        Json::Object{
            {"preview", preview},
            {"files", static_cast<std::int64_t>(archive.files.size())},
            {"bytes", static_cast<std::int64_t>(request.upload_bytes().size())}}
    )};
    return answer;
}

}  // namespace

Route import_round_folder() {
    const Json count = schema::nullable(schema::number());
    return {
        .method = Method::post,
        .path = "/api/round-folders",
        .name = "import_round_folder",
        .summary =
            "A round folder as a zip archive, as the command line reads it: preview=1 shows what "
            "it holds, every fault and what would change; else it makes a draft, or replaces the "
            "files of `round`",
        .action = access::Action::run_rounds,
        .kind = Kind::write,
        .parameters =
            {{.name = "round",
              .description = "the round whose files are replaced; none: a new one"},
             {.name = "version",
              .kind = Parameter::Kind::count,
              .description = "of `round` as the preview showed it; needed to replace its files"},
             {.name = "preview", .kind = Parameter::Kind::choice, .choices = {"0", "1"}}},
        .answer_schema = schema::object(
            {{"id", schema::text()},
             {"title", schema::text(500)},
             {"kind", schema::text()},
             {"rulebook", schema::text()},
             {"lots", count},
             {"specs", count},
             {"bids", count},
             {"faults", faults_schema()},
             {"changes", schema::array(schema::text(500))},
             {"warnings", schema::array(schema::text(500))},
             {"imported", schema::flag()},
             {"version", count}}
        ),
        .failures = {404, 409, 413, 422},
        .open_body = true,
        .upload_bytes_max = std::int64_t{64} << 20,
        .handle_write = handle,
    };
}

}  // namespace jicai::web
