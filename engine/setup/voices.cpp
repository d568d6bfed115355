#include <engine/ports/refused.h>
#include <engine/setup/voices.h>

#include <algorithm>

namespace jicai::setup {

using ports::Refused;
using procedure::Act;
using procedure::Stage;

namespace {

bool is_blank(const std::string& text) {
    return text.find_first_not_of(" \t\r\n") == std::string::npos;
}

void touch(ports::Transaction& transaction, const Doer& doer, ports::StoredRound round) {
    round.changed_at = doer.now;
    if (!transaction.rounds().save(round)) throw Refused({"round.changed", {{"round", round.id}}});
}

Act asking(const std::string& kind) {
    if (kind == "comment") return Act::comment_on_draft;
    return kind == "objection" ? Act::raise_objection : Act::ask_question;
}

void need_stage(const ports::StoredRound& round, Stage first, Stage last, const char* key) {
    if (round.stage >= first && round.stage <= last) return;
    throw Refused(
        {key,
         {{"round", round.id},
          {"round_stage", std::string(name_of(round.stage))},
          {"round_stages", std::string(name_of(first)) + "|" + std::string(name_of(last))}}}
    );
}

}  // namespace

std::int64_t ask(
    ports::Transaction& transaction,
    const Doer& doer,
    const ports::StoredRound& round,
    const std::string& kind,
    const std::string& text
) {
    need_act(transaction, round, asking(kind), doer.actor, doer.now);
    if (is_blank(text)) throw Refused({"inquiry.empty", {}});
    ports::Inquiry inquiry;
    inquiry.round = round.id;
    inquiry.kind = kind;
    inquiry.by = doer.by;
    inquiry.at = doer.now;
    inquiry.text = text;
    return transaction.procedure().add(inquiry);
}

void answer(
    ports::Transaction& transaction,
    const Doer& doer,
    const ports::StoredRound& round,
    std::int64_t id,
    const std::string& text,
    std::int64_t version
) {
    auto inquiry = transaction.procedure().inquiry(id);
    if (!inquiry || inquiry->round != round.id) {
        throw Refused({"inquiry.not_found", {{"id", std::to_string(id)}}});
    }
    // Comments on the draft may be answered while it is one.
    const Act act = inquiry->kind == "objection" ? Act::answer_objection
                    : inquiry->kind == "comment" && round.stage == Stage::draft
                        ? Act::edit_round
                        : Act::answer_question;
    need_act(transaction, round, act, doer.actor, doer.now);
    if (is_blank(text)) throw Refused({"inquiry.empty", {}});
    if (version != 0 && version != inquiry->version) throw Refused({"inquiry.changed", {}});
    inquiry->answer = text;
    inquiry->answered_by = doer.by;
    inquiry->answered_at = doer.now;
    if (!transaction.procedure().save(*inquiry)) throw Refused({"inquiry.changed", {}});
    touch(transaction, doer, round);
}

std::int64_t correct(
    ports::Transaction& transaction,
    const Doer& doer,
    const ports::StoredRound& before,
    const FileChanges& changes,
    const Heading& heading,
    const std::string& summary
) {
    need_act(transaction, before, Act::correct_rulebook, doer.actor, doer.now);
    if (is_blank(summary)) throw Refused({"correction.empty", {}});
    for (const auto& [name, bytes] : changes.put) {
        if (name != "round.toml" && name != "parameters.toml") {
            throw Refused({"correction.files", {{"file", name}}});
        }
    }
    const auto pins = transaction.procedure().pins(before.id);
    const std::string digest_before = pins.empty() ? "" : pins.back().digest;
    if (digest_before == heading.rulebook_digest) throw Refused({"correction.same", {}});
    const auto number =
        static_cast<std::int64_t>(transaction.procedure().corrections(before.id).size()) + 1;
    transaction.procedure().add(ports::Correction{
        before.id, number, digest_before, heading.rulebook_digest, summary, doer.by, doer.now});
    transaction.procedure().add(ports::RulebookPin{
        before.id,
        static_cast<std::int64_t>(pins.size()) + 1,
        heading.rulebook,
        heading.rulebook_digest,
        doer.by,
        doer.now});
    for (const std::string& name : changes.removed) {
        transaction.rounds().remove_file(before.id, name);
    }
    for (const auto& [name, bytes] : changes.put) {
        transaction.rounds().save_file(before.id, name, bytes);
    }
    ports::StoredRound round = before;
    round.rulebook = heading.rulebook;
    touch(transaction, doer, round);
    return number;
}

void confirm(
    ports::Transaction& transaction,
    const Doer& doer,
    const ports::StoredRound& round,
    std::int64_t number
) {
    need_act(transaction, round, Act::confirm_correction, doer.actor, doer.now);
    const auto corrections = transaction.procedure().corrections(round.id);
    if (number < 1 || number > static_cast<std::int64_t>(corrections.size())) {
        throw Refused({"correction.not_found", {{"number", std::to_string(number)}}});
    }
    for (const ports::Confirmation& earlier : transaction.procedure().confirmations(round.id)) {
        if (earlier.correction == number && earlier.by.organisation == doer.by.organisation) {
            throw Refused({"correction.confirmed_already", {{"name", earlier.by.name}}});
        }
    }
    transaction.procedure().add(ports::Confirmation{round.id, number, doer.by, doer.now});
    touch(transaction, doer, round);
}

void promise(
    ports::Transaction& transaction,
    const Doer& doer,
    const ports::StoredRound& round,
    const std::string& text
) {
    need_stage(round, Stage::notice, Stage::bidding, "promise.stage");
    const auto organisation = transaction.people().organisation(doer.by.organisation);
    if (!organisation || (organisation->kind != ports::OrganisationKind::supplier &&
                          organisation->kind != ports::OrganisationKind::distributor)) {
        throw Refused({"promise.not_company", {}});
    }
    for (const ports::Promise& earlier : transaction.procedure().promises(round.id)) {
        if (earlier.by.organisation == doer.by.organisation) {
            throw Refused({"promise.given_already", {{"name", earlier.by.name}}});
        }
    }
    transaction.procedure().add(ports::Promise{round.id, doer.by, doer.now, text});
    touch(transaction, doer, round);
}

void qualify(
    ports::Transaction& transaction,
    const Doer& doer,
    const ports::StoredRound& round,
    ports::Qualification qualification
) {
    need_stage(round, Stage::notice, Stage::opening, "qualification.stage");
    const auto company = transaction.people().organisation(qualification.organisation);
    if (!company || company->kind != ports::OrganisationKind::supplier) {
        throw Refused(
            {"qualification.company", {{"id", std::to_string(qualification.organisation)}}}
        );
    }
    if (qualification.state == "not_qualified" && is_blank(qualification.reason)) {
        throw Refused({"qualification.reason", {{"name", company->name}}});
    }
    qualification.round = round.id;
    qualification.publicised_at = doer.now;
    qualification.by = doer.by;
    qualification.at = doer.now;
    transaction.procedure().set(qualification);
    touch(transaction, doer, round);
}

}  // namespace jicai::setup
