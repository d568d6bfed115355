#include <engine/calendar/deadline.h>
#include <engine/setup/conditions.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>

namespace jicai::setup {

using procedure::Condition;
using procedure::Stage;

namespace {

bool has_document(ports::Transaction& transaction, const std::string& round, const char* kind) {
    return !transaction.documents().find({round, kind, ""}).empty();
}

bool all_answered(const std::vector<ports::Inquiry>& inquiries, const std::string& kind) {
    return std::all_of(inquiries.begin(), inquiries.end(), [&](const ports::Inquiry& inquiry) {
        return inquiry.kind != kind || inquiry.answered_at.has_value();
    });
}

bool all_confirmed(
    const std::vector<std::int64_t>& confirming,
    const std::vector<ports::Correction>& corrections,
    const std::vector<ports::Confirmation>& confirmations
) {
    std::set<std::pair<std::int64_t, std::int64_t>> done;
    for (const ports::Confirmation& each : confirmations) {
        done.insert({each.correction, each.by.organisation});
    }
    return std::all_of(corrections.begin(), corrections.end(), [&](const auto& correction) {
        return std::all_of(confirming.begin(), confirming.end(), [&](std::int64_t organisation) {
            return done.contains({correction.number, organisation});
        });
    });
}

std::optional<ports::Moment> end_of(
    ports::Transaction& transaction, const std::string& round, Stage stage
) {
    for (const ports::StageDeadline& deadline : transaction.procedure().deadlines(round)) {
        if (deadline.stage == stage) return deadline.at;
    }
    return std::nullopt;
}

bool deadline_reached(
    ports::Transaction& transaction, const std::string& round, Stage stage, ports::Moment now
) {
    const auto end = end_of(transaction, round, stage);
    return end && *end <= now;
}

/// Days as text compare like days. A bidding until the end of the day ends on that day.
bool opening_set(
    ports::Transaction& transaction, const ports::StoredRound& round, ports::Moment now
) {
    if (round.opening.empty()) return false;
    if (round.opening < calendar::day_text(calendar::beijing_day(now))) return false;
    const auto bidding = end_of(transaction, round.id, Stage::bidding);
    if (!bidding) return true;
    return calendar::day_text(calendar::beijing_day({bidding->micros - 1})) <= round.opening;
}

std::string signed_digest(
    ports::Transaction& transaction, const std::string& round, const std::string& pin
) {
    return transaction.rounds().digest_of(round, pin, {"lots.csv", "specs.csv"});
}

}  // namespace

std::vector<std::int64_t> confirming_organisations(
    ports::Transaction& transaction, const std::string& round
) {
    std::set<std::int64_t> all;
    for (const ports::Participant& participant : transaction.rounds().participants(round)) {
        all.insert(participant.organisation);
    }
    for (const ports::Inquiry& inquiry : transaction.procedure().inquiries(round)) {
        all.insert(inquiry.by.organisation);
    }
    for (const ports::Promise& promise : transaction.procedure().promises(round)) {
        all.insert(promise.by.organisation);
    }
    std::vector<std::int64_t> suppliers;
    for (const std::int64_t id : all) {
        const auto organisation = transaction.people().organisation(id);
        if (organisation && organisation->active &&
            organisation->kind == ports::OrganisationKind::supplier) {
            suppliers.push_back(id);
        }
    }
    return suppliers;
}

KeptFacts kept_facts(ports::Transaction& transaction, const ports::StoredRound& round) {
    KeptFacts kept;
    const auto inquiries = transaction.procedure().inquiries(round.id);
    const auto corrections = transaction.procedure().corrections(round.id);
    const auto confirmations = transaction.procedure().confirmations(round.id);
    const bool confirmed =
        corrections.empty() ||
        all_confirmed(confirming_organisations(transaction, round.id), corrections, confirmations);
    if (confirmed && all_answered(inquiries, "question")) {
        kept.facts.add(Condition::questions_answered);
    }
    for (const ports::Inquiry& inquiry : inquiries) {
        if (inquiry.answered_at) {
            kept.questions_since = std::max(kept.questions_since, *inquiry.answered_at);
        }
    }
    for (const ports::Confirmation& confirmation : confirmations) {
        kept.questions_since = std::max(kept.questions_since, confirmation.at);
    }
    if (all_answered(inquiries, "objection")) kept.facts.add(Condition::objections_answered);
    if (has_document(transaction, round.id, "fair_competition_review") &&
        has_document(transaction, round.id, "legal_review")) {
        kept.facts.add(Condition::reviews_attached);
    }
    if (has_document(transaction, round.id, "tender_document")) {
        kept.facts.add(Condition::tender_document_attached);
    }
    if (has_document(transaction, round.id, "agreements")) {
        kept.facts.add(Condition::agreements_signed);
    }
    return kept;
}

procedure::Facts all_facts(
    ports::Transaction& transaction,
    const ports::StoredRound& round,
    const FileFacts& files,
    ports::Moment now
) {
    procedure::Facts facts = kept_facts(transaction, round).facts;
    const auto add = [&](Condition condition, bool met) {
        if (met) facts.add(condition);
    };
    const bool pinned = pinned_digest(transaction, round) == files.rulebook_digest &&
                        !files.rulebook_digest.empty();
    const auto notice_ends = end_of(transaction, round.id, Stage::notice);
    add(Condition::lots_complete, files.lots_complete);
    add(Condition::ceilings_set, files.lots_complete && files.ceilings_set);
    add(Condition::opening_set, opening_set(transaction, round, now));
    add(Condition::notice_dated, notice_ends && *notice_ends > now);
    // Leaving the draft takes the rulebook's signatures, cancelling those for cancelling.
    add(Condition::signed_by_two, pinned && signed_by_two(transaction, round, "rulebook"));
    add(Condition::weak_values_accepted,
        pinned &&
            not_accepted(files.weak, transaction.procedure().accepted_values(round.id)).empty());
    add(Condition::volumes_confirmed, files.volumes_confirmed);
    add(Condition::bids_opened, files.has_bids);
    add(Condition::award_proposed, files.decided);
    add(Condition::regions_picked, files.decided);
    add(Condition::publicity_over, deadline_reached(transaction, round.id, Stage::publicity, now));
    add(Condition::term_over, deadline_reached(transaction, round.id, Stage::execution, now));
    return facts;
}

std::string digest_to_sign(
    ports::Transaction& transaction, const ports::StoredRound& round, const std::string& what
) {
    if (what == "cancel") {
        const auto changes = transaction.procedure().stage_changes(round.id);
        return "cancel-" + std::string(name_of(round.stage)) + "-" + std::to_string(changes.size());
    }
    const std::string pin = pinned_digest(transaction, round);
    return pin.empty() ? "" : signed_digest(transaction, round.id, pin);
}

std::string pinned_digest(ports::Transaction& transaction, const ports::StoredRound& round) {
    const auto pins = transaction.procedure().pins(round.id);
    return pins.empty() ? "" : pins.back().digest;
}

std::string_view name_of(Lapse lapse) {
    static constexpr std::array<std::string_view, 5> kNames{
        "none", "lots", "rulebook", "both", "stage"};
    return kNames[static_cast<std::size_t>(lapse)];
}

Lapse lapse_of(
    ports::Transaction& transaction,
    const ports::StoredRound& round,
    const ports::Signature& signature
) {
    if (signature.digest == digest_to_sign(transaction, round, signature.what)) return Lapse::none;
    if (signature.what == "cancel") return Lapse::stage;
    // Lots and specs of then are gone; what was pinned then is not.
    const auto pins = transaction.procedure().pins(round.id);
    const auto signed_then = std::find_if(pins.rbegin(), pins.rend(), [&](const auto& pin) {
        return pin.at <= signature.at;
    });
    if (signed_then == pins.rend()) return Lapse::both;
    if (signed_digest(transaction, round.id, signed_then->digest) == signature.digest) {
        return Lapse::rulebook;
    }
    return signed_then->digest == pins.back().digest ? Lapse::lots : Lapse::both;
}

bool signed_by_two(
    ports::Transaction& transaction, const ports::StoredRound& round, const std::string& what
) {
    const std::string digest = digest_to_sign(transaction, round, what);
    std::set<std::int64_t> people;
    for (const ports::Signature& signature : transaction.procedure().signatures(round.id)) {
        if (signature.what == what && signature.digest == digest) people.insert(signature.by.user);
    }
    return !digest.empty() && people.size() >= 2;
}

std::vector<WeakValue> not_accepted(
    const std::vector<WeakValue>& weak, const std::vector<ports::AcceptedValue>& accepted
) {
    std::vector<WeakValue> missing;
    for (const WeakValue& value : weak) {
        const bool taken =
            std::any_of(accepted.begin(), accepted.end(), [&](const ports::AcceptedValue& each) {
                return each.path == value.path && each.value == value.value;
            });
        if (!taken) missing.push_back(value);
    }
    return missing;
}

}  // namespace jicai::setup
