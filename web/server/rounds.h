#pragma once

#include <catalogs/fault.h>
#include <catalogs/rule_set/rule_set.h>
#include <engine/decision/round_decision.h>
#include <engine/ports/round_store.h>
#include <engine/ports/store.h>
#include <engine/setup/position.h>
#include <web/server/page_cache.h>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/// \file
/// Rounds in memory: read from the store, decided, and the pages made of them.

namespace jicai::web {

/// A round as the store had it at one version, decided. Never changes.
struct DecidedRound {
    ports::StoredRound stored;
    std::map<std::string, std::string> files;  ///< of the folder, byte for byte
    std::vector<ports::Participant> participants;
    std::string certificate;   ///< as stored; empty: none
    std::uint64_t serial = 0;  ///< another for every object of this process

    /// Not set: the files cannot be decided (yet); why stands in `refused`.
    std::optional<catalogs::RuledRound> ruled;
    decision::RoundDecision decided;
    std::string digest;  ///< hex, of the certificate as computed here
    catalogs::FilesRefused refused;

    /// \pre ruled. Refused with round.not_ready otherwise.
    [[nodiscard]] const catalogs::RuledRound& need() const;
    /// The lot of that number. Refused with round.lot_not_found.
    [[nodiscard]] const decision::LotDecision& lot(const std::string& id) const;
    /// Whether the stored certificate is the one computed here.
    [[nodiscard]] bool certificate_holds() const { return stored.certificate_digest == digest; }
};

/// What was decided about the files of a round, for rounds that are being stored or checked.
struct FilesDecided {
    std::optional<catalogs::RuledRound> ruled;
    decision::RoundDecision decided;
    std::string certificate;  ///< canonical bytes
    std::string digest;       ///< hex, as StoredRound keeps it
    catalogs::FilesRefused refused;
};
/// As certificates write it: "sha256:" + digest; empty for none.
[[nodiscard]] std::string digest_text(const std::string& digest);

/// Pure: the same files give the same result. `draft`: of a round whose bids are not in yet
/// (catalogs::LoadOptions::draft).
[[nodiscard]] FilesDecided decide_files(
    const std::map<std::string, std::string>& files, bool draft = false
);
/// Whether the bids of a round may still be missing at `stage`.
[[nodiscard]] bool is_before_opening(access::Stage stage);

/// The list of all rounds, as the store had it at one moment.
struct RoundList {
    std::vector<ports::StoredRound> rounds;
    std::map<std::int64_t, std::string> owners;  ///< names of the organisations that run them
    std::map<std::string, std::vector<setup::Due>> courses;  ///< what will happen by itself
    std::uint64_t serial = 0;  ///< another for every list that differs
    [[nodiscard]] const ports::StoredRound* find(const std::string& id) const;
};

/// Decided rounds by id and version, and rendered pages. The store is asked at most once a second
/// whether anything changed; a round is read and decided again when its version has. Deciding
/// happens once per version, outside of locks and transactions. Whoever changes what a round shows
/// (its participants, its certificate) saves the round too, so that its version counts up.
/// Safe to use from many threads.
class Rounds {
public:
    /// The stage of a round is the one that holds at `clock`'s now(), also before it is stored.
    Rounds(ports::Store& store, const ports::Clock& clock);
    ~Rounds();
    Rounds(const Rounds&) = delete;
    Rounds& operator=(const Rounds&) = delete;

    /// The list, at most a second old and never from before changed(), each round at the stage that
    /// holds now; up to half a minute old while the store does not answer, then StoreUnavailable.
    [[nodiscard]] std::shared_ptr<const RoundList> list();
    /// The round in the version the list names. Refused with round.not_found.
    [[nodiscard]] std::shared_ptr<const DecidedRound> round(const std::string& id);
    /// After a change was stored: who asks from now on is shown it, not a list from before.
    void changed();

    /// Leave to recompute a certificate: at most two at a time, the others are refused
    /// with request.busy.
    class Turn;
    [[nodiscard]] std::unique_ptr<Turn> turn_to_recompute();

    [[nodiscard]] PageCache& pages();

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// Ends with the object.
class Rounds::Turn {
public:
    explicit Turn(std::function<void()> end) : end_(std::move(end)) {}
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    ~Turn() { end_(); }

private:
    std::function<void()> end_;
};

}  // namespace jicai::web
