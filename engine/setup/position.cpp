#include <engine/money/check.h>
#include <engine/ports/refused.h>
#include <engine/setup/conditions.h>
#include <engine/setup/position.h>
#include <engine/setup/round_notices.h>

#include <algorithm>

namespace jicai::setup {

using ports::Refused;
using procedure::Stage;

procedure::RoundKind kind_of(const ports::StoredRound& round) {
    const auto kind = procedure::find_kind(round.kind);
    JICAI_CHECK(kind.has_value());
    return *kind;
}

namespace {

const ports::StageDeadline* find(const std::vector<ports::StageDeadline>& deadlines, Stage stage) {
    const auto found = std::find_if(deadlines.begin(), deadlines.end(), [&](const auto& deadline) {
        return deadline.stage == stage;
    });
    return found == deadlines.end() ? nullptr : &*found;
}

std::vector<Due> course_under(
    ports::Transaction& transaction,
    const ports::StoredRound& round,
    const std::vector<ports::StageDeadline>& deadlines
) {
    std::vector<Due> course;
    if (find(deadlines, round.stage) == nullptr) return course;
    const KeptFacts kept = kept_facts(transaction, round);
    ports::Moment since = {};
    Stage stage = round.stage;
    while (const ports::StageDeadline* const deadline = find(deadlines, stage)) {
        const calendar::Deadline ends{deadline->at};
        const Stage to = procedure::stage_at(kind_of(round), stage, ends, ends.moment, kept.facts);
        if (to == stage) break;
        // A question answered after the deadline lets the round pass when it is answered.
        since = std::max({since, deadline->at, kept.since(stage)});
        // Nor does it enter a stage that would be over at once: nobody could do anything in it.
        const ports::StageDeadline* const next = find(deadlines, to);
        if (next != nullptr && next->at <= since) break;
        course.push_back({stage, to, since});
        stage = to;
    }
    return course;
}

}  // namespace

std::vector<Due> course_of(ports::Transaction& transaction, const ports::StoredRound& round) {
    return course_under(transaction, round, transaction.procedure().deadlines(round.id));
}

procedure::Position position_of(
    ports::Transaction& transaction, const ports::StoredRound& round, ports::Moment now
) {
    const auto deadlines = transaction.procedure().deadlines(round.id);
    procedure::Position position{round.stage, std::nullopt, now};
    for (const Due& due : course_under(transaction, round, deadlines)) {
        if (due.at <= now) position.stage = due.to;
    }
    if (const auto* const deadline = find(deadlines, position.stage)) {
        position.deadline = calendar::Deadline{deadline->at};
    }
    return position;
}

std::vector<Due> pass_due(
    ports::Transaction& transaction, const std::string& id, ports::Moment now
) {
    std::vector<Due> passed;
    auto round = transaction.rounds().locked(id);
    if (!round) return passed;
    for (const Due& due : course_of(transaction, *round)) {
        if (due.at > now) break;
        passed.push_back(due);
    }
    if (passed.empty()) return passed;
    round->stage = passed.back().to;
    round->changed_at = now;
    JICAI_CHECK(transaction.rounds().save(*round));
    for (const Due& due : passed) {
        transaction.procedure().add(ports::StageChange{
            0, id, due.from, due.to, due.at, ports::Author{}, ""});
        ports::AuditEntry entry;
        entry.at = now;
        entry.action = "round.passed";
        entry.object = "round:" + id;
        entry.result = "done";
        entry.before = "{\"stage\":\"" + std::string(name_of(due.from)) + "\"}";
        entry.after = "{\"stage\":\"" + std::string(name_of(due.to)) + "\"}";
        transaction.audit().append(entry);
        tell_stage(transaction, *round, due.to, due.at, {});
    }
    return passed;
}

ports::StoredRound settled(
    ports::Transaction& transaction, const std::string& id, ports::Moment now
) {
    pass_due(transaction, id, now);
    auto round = transaction.rounds().locked(id);
    if (!round) throw Refused({"round.not_found", {{"round", id}}});
    return *round;
}

void need_act(
    ports::Transaction& transaction,
    const ports::StoredRound& round,
    procedure::Act act,
    const access::Actor& actor,
    ports::Moment now
) {
    const procedure::Position position = position_of(transaction, round, now);
    const procedure::ActAnswer answer = procedure::ask_act(act, position, actor.roles);
    if (answer.why == procedure::ActRefusal::none) return;
    decision::Message why;
    why.arguments = {
        {"round", round.id},
        {"act", std::string(name_of(act))},
        {"round_stage", std::string(name_of(position.stage))},
        {"acts", answer.possible.empty() ? "nothing" : listed(answer.possible)}};
    switch (answer.why) {
        case procedure::ActRefusal::none:
            return;
        case procedure::ActRefusal::not_at_this_stage:
            why.key = "procedure.not_at_this_stage";
            why.arguments.emplace_back("round_stages", listed(answer.stages));
            break;
        case procedure::ActRefusal::not_yours:
            why.key = "procedure.not_yours";
            why.arguments.emplace_back("roles", listed(answer.roles));
            break;
        case procedure::ActRefusal::too_late:
            why.key = "procedure.too_late";
            why.arguments.emplace_back("until", ports::beijing_text(position.deadline->moment));
            break;
    }
    throw Refused(why);
}

}  // namespace jicai::setup
