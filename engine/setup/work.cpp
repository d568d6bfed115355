#include <engine/money/check.h>
#include <engine/ports/refused.h>
#include <engine/setup/work.h>

#include <algorithm>
#include <array>

namespace jicai::setup {

using ports::Refused;
using procedure::Act;
using procedure::Condition;
using procedure::LotState;
using procedure::Stage;

namespace {

void save(ports::Transaction& transaction, const Doer& doer, ports::StoredRound round) {
    round.changed_at = doer.now;
    if (!transaction.rounds().save(round)) throw Refused({"round.changed", {{"round", round.id}}});
}

void pin(
    ports::Transaction& transaction,
    const Doer& doer,
    const ports::StoredRound& round,
    const std::string& digest
) {
    const auto pins = transaction.procedure().pins(round.id);
    if (!pins.empty() && pins.back().digest == digest && pins.back().rulebook == round.rulebook) {
        return;
    }
    const auto number = static_cast<std::int64_t>(pins.size()) + 1;
    transaction.procedure().add(ports::RulebookPin{
        round.id, number, round.rulebook, digest, doer.by, doer.now});
}

bool takes_bids(const ports::StoredRound& round) {
    return round.stage >= Stage::bidding && round.stage <= Stage::region_picking;
}

bool is_back(const ports::StoredRound& round, Stage to) {
    return to < round.stage || to == Stage::cancelled;
}

bool is_blank(const std::string& text) {
    return text.find_first_not_of(" \t\r\n") == std::string::npos;
}

void need_reason(const std::string& reason) {
    if (is_blank(reason)) throw Refused({"round.reason_needed", {}});
}

std::optional<ports::Moment> deadline_at(
    ports::Transaction& transaction, const std::string& round, Stage stage
) {
    for (const ports::StageDeadline& deadline : transaction.procedure().deadlines(round)) {
        if (deadline.stage == stage) return deadline.at;
    }
    return std::nullopt;
}

bool ends_by_itself(const ports::StoredRound& round, Stage stage) {
    const auto passages = procedure::passages_of(kind_of(round));
    return std::any_of(passages.begin(), passages.end(), [&](const procedure::Passage& passage) {
        return passage.from == stage && passage.at_deadline;
    });
}

}  // namespace

ports::StoredRound round_for(
    ports::Transaction& transaction, const std::string& id, const Doer& doer, access::Action action
) {
    ports::StoredRound round = settled(transaction, id, doer.now);
    const access::Object seen{.office = round.owner, .region = round.region, .stage = round.stage};
    // What somebody takes part in is their own organisation's; the round must be there for them.
    access::Object object = seen;
    if (action != access::Action::run_rounds) object.organisation = doer.actor.organisation;
    // A draft whose stage is dated is open for comments until then.
    const bool comments = action == access::Action::take_part && round.stage == Stage::draft &&
                          deadline_at(transaction, round.id, Stage::draft).has_value();
    if (!comments && !access::may(doer.actor, access::Action::see_rounds, seen)) {
        throw Refused({"round.not_found", {{"round", id}}});
    }
    if (!access::may(doer.actor, action, object)) {
        throw Refused({"access.denied", {{"action", std::string(name_of(action))}}});
    }
    return round;
}

void need_version(const ports::StoredRound& round, std::int64_t version) {
    if (version == 0 || version == round.version) return;
    throw Refused({"round.changed", {{"round", round.id}}});
}

FileChanges changes_of(
    const std::map<std::string, std::string>& from, const std::map<std::string, std::string>& to
) {
    FileChanges changes;
    for (const auto& [name, bytes] : to) {
        const auto before = from.find(name);
        if (before == from.end() || before->second != bytes) changes.put.emplace(name, bytes);
    }
    for (const auto& [name, bytes] : from) {
        if (!to.contains(name)) changes.removed.push_back(name);
    }
    return changes;
}

bool is_bidding_file(const std::string& name) {
    static constexpr std::array<std::string_view, 6> kNames{
        "bids.csv", "bidders.csv", "packs.csv", "events.csv", "preferences.csv", "parameters.toml"};
    return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

void add_round(
    ports::Transaction& transaction,
    const Doer& doer,
    ports::StoredRound round,
    const std::map<std::string, std::string>& files,
    const std::string& rulebook_digest
) {
    if (transaction.rounds().round(round.id)) {
        throw Refused({"round.id_taken", {{"round", round.id}}});
    }
    const auto office = transaction.people().organisation(doer.actor.organisation);
    JICAI_CHECK(office.has_value());
    round.stage = Stage::draft;
    round.owner = office->id;
    round.region = office->region;
    round.changed_at = doer.now;
    round.version = 1;
    try {
        transaction.rounds().add(round, files);
    } catch (const ports::Conflict&) {
        throw Refused({"round.id_taken", {{"round", round.id}}});
    }
    pin(transaction, doer, round, rulebook_digest);
}

void need_change(
    ports::Transaction& transaction,
    const Doer& doer,
    const ports::StoredRound& round,
    const FileChanges& changes
) {
    const bool bids = takes_bids(round);
    need_act(transaction, round, bids ? Act::enter_bids : Act::edit_round, doer.actor, doer.now);
    if (!bids) return;
    std::string fixed;
    const auto note = [&](const std::string& name) {
        if (!is_bidding_file(name)) fixed += (fixed.empty() ? "" : ", ") + name;
    };
    for (const auto& [name, bytes] : changes.put) note(name);
    for (const std::string& name : changes.removed) note(name);
    if (!fixed.empty()) {
        throw Refused({"round.files_fixed", {{"round", round.id}, {"files", fixed}}});
    }
}

void change_files(
    ports::Transaction& transaction,
    const Doer& doer,
    const ports::StoredRound& before,
    const FileChanges& changes,
    const Heading& heading
) {
    need_change(transaction, doer, before, changes);
    if (takes_bids(before)) {
        const auto pins = transaction.procedure().pins(before.id);
        if (!pins.empty() && pins.back().digest != heading.rulebook_digest) {
            throw Refused({"round.rulebook_fixed", {{"round", before.id}}});
        }
    }
    for (const std::string& name : changes.removed) {
        transaction.rounds().remove_file(before.id, name);
    }
    for (const auto& [name, bytes] : changes.put) {
        transaction.rounds().save_file(before.id, name, bytes);
    }
    ports::StoredRound round = before;
    round.title = heading.title;
    round.kind = heading.kind;
    round.rulebook = heading.rulebook;
    round.opening = heading.opening;
    round.certificate_digest = heading.certificate_digest;
    if (!heading.certificate.empty()) {
        transaction.rounds().save_certificate(round.id, heading.certificate);
    }
    pin(transaction, doer, round, heading.rulebook_digest);
    save(transaction, doer, round);
}

void sign(
    ports::Transaction& transaction,
    const Doer& doer,
    const ports::StoredRound& round,
    const std::string& what,
    const std::string& digest,
    const std::string& remark,
    const FileFacts& files
) {
    if (what == "rulebook") {
        need_act(transaction, round, Act::sign_rulebook, doer.actor, doer.now);
    }
    const std::string now = digest_to_sign(transaction, round, what);
    if (what == "rulebook" && pinned_digest(transaction, round) != files.rulebook_digest) {
        throw Refused({"round.rulebook_differs", {{"round", round.id}}});
    }
    if (now.empty() || now != digest) {
        throw Refused({"round.not_as_signed", {{"round", round.id}}});
    }
    for (const ports::Signature& earlier : transaction.procedure().signatures(round.id)) {
        if (earlier.what == what && earlier.digest == now && earlier.by.user == doer.by.user) {
            throw Refused({"round.signed_already", {{"name", doer.by.name}}});
        }
    }
    transaction.procedure().add(ports::Signature{0, round.id, what, now, doer.by, doer.now, remark}
    );
    save(transaction, doer, round);
}

void accept_values(
    ports::Transaction& transaction,
    const Doer& doer,
    const ports::StoredRound& round,
    const std::vector<std::string>& paths,
    const FileFacts& files
) {
    need_act(transaction, round, Act::sign_rulebook, doer.actor, doer.now);
    for (const std::string& path : paths) {
        const auto weak =
            std::find_if(files.weak.begin(), files.weak.end(), [&](const WeakValue& value) {
                return value.path == path;
            });
        if (weak == files.weak.end()) {
            throw Refused({"round.value_not_weak", {{"path", path}, {"round", round.id}}});
        }
        transaction.procedure().set(ports::AcceptedValue{
            round.id, path, weak->value, doer.by, doer.now});
    }
    save(transaction, doer, round);
}

ports::Moment deadline_of(
    const calendar::WorkingCalendar& calendar,
    calendar::Day from,
    std::int64_t working_days,
    std::int32_t second_of_day
) {
    const auto day = calendar.add_working_days(from, static_cast<int>(working_days));
    if (!day.value) {
        throw Refused({"round.year_unknown", {{"year", std::to_string(day.unknown_year)}}});
    }
    return calendar::deadline_at(*day.value, second_of_day).moment;
}

namespace {

/// Stages end one after the other. What is over does not matter any more, nor does the end of a
/// running stage that an officer ends by hand: it may be ended before.
void need_order(
    ports::Transaction& transaction,
    const ports::StoredRound& round,
    const ports::StageDeadline& deadline
) {
    for (const ports::StageDeadline& other : transaction.procedure().deadlines(round.id)) {
        if (other.stage == deadline.stage || other.stage < round.stage) continue;
        if (other.stage == round.stage && round.stage != Stage::draft &&
            !ends_by_itself(round, round.stage)) {
            continue;
        }
        const bool earlier = other.stage < deadline.stage;
        if (earlier ? other.at < deadline.at : other.at > deadline.at) continue;
        throw Refused(
            {earlier ? "round.deadline_before_earlier" : "round.deadline_after_later",
             {{"round_stage", std::string(name_of(deadline.stage))},
              {"at", ports::beijing_text(deadline.at)},
              {"round_stage_to", std::string(name_of(other.stage))},
              {"until", ports::beijing_text(other.at)}}}
        );
    }
}

}  // namespace

void set_deadline(
    ports::Transaction& transaction,
    const Doer& doer,
    const ports::StoredRound& round,
    const ports::StageDeadline& deadline
) {
    const bool draft = round.stage == Stage::draft;
    need_act(
        transaction, round, draft ? Act::edit_round : Act::extend_deadline, doer.actor, doer.now
    );
    const std::string stage(name_of(deadline.stage));
    if (deadline.stage >= Stage::closed) {
        throw Refused({"round.deadline_without_end", {{"round_stage", stage}}});
    }
    // A stage already left may be entered again from the one after it.
    const auto passages = procedure::passages_of(kind_of(round));
    const bool again = std::any_of(passages.begin(), passages.end(), [&](const auto& passage) {
        return passage.from == round.stage && passage.to == deadline.stage;
    });
    if (deadline.stage < round.stage && !again) {
        throw Refused({"round.stage_over", {{"round_stage", stage}, {"round", round.id}}});
    }
    if (deadline.at <= doer.now) {
        throw Refused({"round.deadline_past", {{"until", ports::beijing_text(deadline.at)}}});
    }
    const auto before = deadline_at(transaction, round.id, deadline.stage);
    if (!draft && deadline.stage == round.stage && before && deadline.at < *before) {
        throw Refused(
            {"round.deadline_earlier",
             {{"until", ports::beijing_text(*before)}, {"round_stage", stage}}}
        );
    }
    need_order(transaction, round, deadline);
    transaction.procedure().set(deadline);
    save(transaction, doer, round);
}

std::vector<PassageNow> passages_now(
    ports::Transaction& transaction,
    const ports::StoredRound& round,
    const FileFacts& files,
    ports::Moment now
) {
    std::vector<PassageNow> all;
    const procedure::Facts facts = all_facts(transaction, round, files, now);
    const bool cancel_signed = signed_by_two(transaction, round, "cancel");
    for (const procedure::Passage& passage : procedure::passages_of(kind_of(round))) {
        if (passage.from != round.stage) continue;
        PassageNow here{passage, {}};
        for (const Condition condition : passage.conditions) {
            const bool met = passage.to == Stage::cancelled && condition == Condition::signed_by_two
                                 ? cancel_signed
                                 : facts.has(condition);
            if (!met) here.unmet.push_back(condition);
        }
        all.push_back(std::move(here));
    }
    return all;
}

ports::StoredRound pass_on(
    ports::Transaction& transaction,
    const Doer& doer,
    ports::StoredRound round,
    Stage to,
    const std::string& reason,
    const FileFacts& files
) {
    procedure::Facts facts;
    for (const PassageNow& here : passages_now(transaction, round, files, doer.now)) {
        if (here.passage.to != to) continue;
        for (const Condition condition : here.passage.conditions) {
            if (std::find(here.unmet.begin(), here.unmet.end(), condition) == here.unmet.end()) {
                facts.add(condition);
            }
        }
    }
    const auto answer =
        procedure::ask_passage(kind_of(round), round.stage, to, doer.actor.roles, facts);
    const decision::Message about{
        "",
        {{"round", round.id},
         {"round_stage", std::string(name_of(round.stage))},
         {"round_stage_to", std::string(name_of(to))}}};
    const auto refuse = [&](const char* key, const char* name, std::string value) {
        decision::Message why = about;
        why.key = key;
        why.arguments.emplace_back(name, std::move(value));
        throw Refused(why);
    };
    switch (answer.why) {
        case procedure::PassageRefusal::none:
            break;
        case procedure::PassageRefusal::no_such_passage:
            refuse(
                "procedure.no_such_passage",
                "round_stages",
                answer.possible.empty() ? "nothing" : listed(answer.possible)
            );
            break;
        case procedure::PassageRefusal::not_yours:
            refuse(
                "procedure.passage_not_yours",
                "roles",
                answer.who.empty() ? "nobody" : listed(answer.who)
            );
            break;
        case procedure::PassageRefusal::conditions_unmet:
            refuse("procedure.conditions_unmet", "conditions", listed(answer.unmet));
            break;
    }
    if (is_back(round, to)) need_reason(reason);
    const auto ends = deadline_at(transaction, round.id, to);
    if (ends_by_itself(round, to) && (!ends || *ends <= doer.now)) {
        refuse("round.deadline_needed", "until", ends ? ports::beijing_text(*ends) : "");
    }
    transaction.procedure().add(ports::StageChange{
        0, round.id, round.stage, to, doer.now, doer.by, reason});
    round.stage = to;
    save(transaction, doer, round);
    ++round.version;
    return round;
}

std::map<std::string, LotState> lot_states(
    ports::Transaction& transaction, const std::string& round
) {
    std::map<std::string, LotState> states;
    for (const ports::LotChange& change : transaction.procedure().lot_changes(round)) {
        states[change.lot] = procedure::find_lot_state(change.state).value_or(LotState::open);
    }
    return states;
}

namespace {

/// A lot is put out again by the office that took it out. Of another office's draft nobody knows.
void need_own_round(
    ports::Transaction& transaction, const ports::StoredRound& round, const std::string& into
) {
    const auto other = transaction.rounds().round(into);
    if (into == round.id || !other) throw Refused({"round.not_found", {{"round", into}}});
    if (other->owner == round.owner) return;
    if (other->stage == Stage::draft) throw Refused({"round.not_found", {{"round", into}}});
    throw Refused({"round.into_other_office", {{"round", into}}});
}

}  // namespace

void change_lot(
    ports::Transaction& transaction,
    const Doer& doer,
    const ports::StoredRound& round,
    const std::string& lot,
    LotState to,
    const std::string& reason,
    const std::string& into
) {
    need_act(
        transaction,
        round,
        to == LotState::retendered ? Act::retender_lot : Act::cancel_lot,
        doer.actor,
        doer.now
    );
    const auto states = lot_states(transaction, round.id);
    const auto known = states.find(lot);
    const LotState from = known == states.end() ? LotState::open : known->second;
    if (!procedure::may_change(from, to, round.stage)) {
        throw Refused(
            {"procedure.lot_state",
             {{"lot", lot},
              {"lot_state", std::string(procedure::name_of(from))},
              {"lot_state_to", std::string(procedure::name_of(to))},
              {"round_stage", std::string(name_of(round.stage))}}}
        );
    }
    need_reason(reason);
    if (!into.empty()) need_own_round(transaction, round, into);
    transaction.procedure().add(ports::LotChange{
        0, round.id, lot, std::string(procedure::name_of(to)), reason, into, doer.by, doer.now});
    save(transaction, doer, round);
}

void keep_lot_events(
    ports::Transaction& transaction,
    const Doer& doer,
    const std::string& round,
    const std::string& events_csv,
    const Heading& heading
) {
    auto stored = transaction.rounds().round(round);
    JICAI_CHECK(stored.has_value());
    transaction.rounds().save_file(round, "events.csv", events_csv);
    if (!heading.certificate.empty()) {
        stored->certificate_digest = heading.certificate_digest;
        transaction.rounds().save_certificate(round, heading.certificate);
    }
    save(transaction, doer, *stored);
}

}  // namespace jicai::setup
