#pragma once

#include <engine/access/stage.h>
#include <engine/ports/clock.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// \file
/// What people do to a round at work, as it is kept: deadlines, signatures, questions, corrections,
/// promises, passages from stage to stage, lots that leave. What of it may be done when is asked of
/// engine/procedure; engine/setup does it. What is replaced stands in the audit log.

namespace jicai::ports {

/// Who did something, as they were called then.
struct Author {
    std::int64_t user = 0;
    std::int64_t organisation = 0;
    std::string login;
    std::string name;
    friend bool operator==(const Author&, const Author&) = default;
};

/// When a stage of a round ends. The last one set counts; it replaces the one before.
struct StageDeadline {
    std::string round;
    access::Stage stage = access::Stage::draft;
    Moment at;         ///< too late from this very moment on
    std::string from;  ///< "2026-11-23": working days were counted from; empty: named outright
    std::int64_t working_days = 0;
};

/// The rulebook that decides a round, pinned: one row for each version it had.
struct RulebookPin {
    std::string round;
    std::int64_t number = 0;  ///< 1 is the first
    std::string rulebook;     ///< its id
    std::string digest;  ///< hex SHA-256 of its canonical text with the values given for the round
    Author by;
    Moment at;
};

struct Signature {
    std::int64_t id = 0;
    std::string round;
    std::string what;    ///< "rulebook", "cancel"
    std::string digest;  ///< of what was signed; counts as long as that is in force
    Author by;
    Moment at;
    std::string remark;
};

/// A comment on the draft or a question on the notice, and its answer.
struct Inquiry {
    std::int64_t id = 0;
    std::string round;
    std::string kind;  ///< "comment", "question"
    Author by;
    Moment at;
    std::string text;
    std::string answer;  ///< empty: none yet
    Author answered_by;
    std::optional<Moment> answered_at;
    std::int64_t correction = 0;  ///< number of the correction it led to; 0: none
    std::int64_t version = 1;
};

/// A change of the rulebook after the notice: a new version that everyone confirms again.
struct Correction {
    std::string round;
    std::int64_t number = 0;  ///< 1 is the first
    std::string digest_before;
    std::string digest_after;  ///< of RulebookPin
    std::string summary;
    Author by;
    Moment at;
};
struct Confirmation {
    std::string round;
    std::int64_t correction = 0;
    Author by;  ///< for its organisation, once
    Moment at;
};

/// A company's promise of good faith (信用承诺); one of each organisation.
struct Promise {
    std::string round;
    Author by;
    Moment at;
    std::string text;
};

/// Whether a company may bid for a lot, as publicised. The last one set counts.
struct Qualification {
    std::string round;
    std::int64_t organisation = 0;
    std::string lot;    ///< empty: for the whole round
    std::string state;  ///< "qualified", "not_qualified"
    std::string reason;
    std::optional<Moment> publicised_at;
    Author by;
    Moment at;
};

struct StageChange {
    std::int64_t id = 0;
    std::string round;
    access::Stage from = access::Stage::draft;
    access::Stage to = access::Stage::draft;
    Moment at;  ///< from when on the round is in `to`: the deadline's, where it happened by itself
    Author by;  ///< user 0: the deadline
    std::string reason;
};

/// A lot left its round.
struct LotChange {
    std::int64_t id = 0;
    std::string round;
    std::string lot;
    std::string state;  ///< "cancelled", "failed", "retendered"
    std::string reason;
    std::string into;  ///< the round it is put out in again; empty: none
    Author by;
    Moment at;
};

/// A value of the rulebook that is assumed or open, taken as it is by an officer.
struct AcceptedValue {
    std::string round;
    std::string path;   ///< "entry.max_entrants"
    std::string value;  ///< as it was then: another value is accepted anew
    Author by;
    Moment at;
};

class ProcedureStore {
public:
    virtual ~ProcedureStore() = default;

    /// Replaces the deadline of that round and stage.
    virtual void set(const StageDeadline& deadline) = 0;
    virtual std::vector<StageDeadline> deadlines(const std::string& round) = 0;  ///< by stage
    /// Deadlines, reached at `now`, of the stage their round is stored in; by moment.
    virtual std::vector<StageDeadline> due(Moment now) = 0;

    /// Conflict: that number is there.
    virtual void add(const RulebookPin& pin) = 0;
    virtual std::vector<RulebookPin> pins(const std::string& round) = 0;  ///< by number

    virtual std::int64_t add(const Signature& signature) = 0;
    virtual std::vector<Signature> signatures(const std::string& round) = 0;  ///< oldest first

    virtual std::int64_t add(const Inquiry& inquiry) = 0;
    /// Saves answer and correction if its version is still the stored one, and counts it up.
    virtual bool save(const Inquiry& inquiry) = 0;
    virtual std::optional<Inquiry> inquiry(std::int64_t id) = 0;
    virtual std::vector<Inquiry> inquiries(const std::string& round) = 0;  ///< oldest first

    /// Conflict: that number is there.
    virtual void add(const Correction& correction) = 0;
    virtual std::vector<Correction> corrections(const std::string& round) = 0;  ///< by number
    /// Conflict: its organisation has confirmed that one.
    virtual void add(const Confirmation& confirmation) = 0;
    virtual std::vector<Confirmation> confirmations(const std::string& round) = 0;

    /// Conflict: its organisation has promised.
    virtual void add(const Promise& promise) = 0;
    virtual std::vector<Promise> promises(const std::string& round) = 0;

    /// Replaces the one of that organisation and lot.
    virtual void set(const Qualification& qualification) = 0;
    virtual std::vector<Qualification> qualifications(const std::string& round) = 0;

    virtual void add(const StageChange& change) = 0;
    virtual std::vector<StageChange> stage_changes(const std::string& round) = 0;  ///< oldest first
    virtual void add(const LotChange& change) = 0;
    virtual std::vector<LotChange> lot_changes(const std::string& round) = 0;  ///< oldest first

    /// Replaces the one of that path.
    virtual void set(const AcceptedValue& value) = 0;
    virtual std::vector<AcceptedValue> accepted_values(const std::string& round) = 0;  ///< by path
};

}  // namespace jicai::ports
