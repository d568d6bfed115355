#pragma once

#include <engine/ports/store.h>
#include <engine/procedure/stages.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// Which conditions of a round's passages are met: from what is kept, and from what its files say.

namespace jicai::setup {

/// An assumed or open value of the rulebook, as rulebook pages flag it.
struct WeakValue {
    std::string path;
    std::string value;  ///< canonical text; empty: open
};

/// What the files of a round say, decoded by whoever asks. Nothing of it is needed for passages
/// that happen by themselves.
struct FileFacts {
    std::string rulebook_digest;  ///< of the rulebook with the given values, as RulebookPin
    std::vector<WeakValue> weak;  ///< of that rulebook
    bool lots_complete = false;   ///< there is a lot, and each has a spec
    bool ceilings_set = false;    ///< every spec has one, or the rulebook compares no bid with one
    bool has_bids = false;        ///< the whole folder can be decided
    bool decided = false;         ///< and no lot waits
    bool volumes_confirmed = false;  ///< every report that counts is confirmed
};

/// Conditions that follow from what is kept alone.
struct KeptFacts {
    procedure::Facts facts;
    ports::Moment questions_since;  ///< when the last question was answered or correction confirmed
    /// When the conditions of leaving `stage` came to be met; 1970 where it has none.
    [[nodiscard]] ports::Moment since(procedure::Stage stage) const {
        return stage == procedure::Stage::notice ? questions_since : ports::Moment{};
    }
};
[[nodiscard]] KeptFacts kept_facts(
    ports::Transaction& transaction, const ports::StoredRound& round
);

/// All conditions at `now`. `round.stage` is the stage that holds.
[[nodiscard]] procedure::Facts all_facts(
    ports::Transaction& transaction,
    const ports::StoredRound& round,
    const FileFacts& files,
    ports::Moment now
);

/// The rulebook's digest as pinned; empty: not pinned.
[[nodiscard]] std::string pinned_digest(
    ports::Transaction& transaction, const ports::StoredRound& round
);

/// What signing `what` signs now. "rulebook": a digest of the pin in force with the lots and specs
/// of the round, so that a change of either lets signatures lapse; "cancel": a text of round and
/// stage that changes with every passage. Empty: nothing to sign.
[[nodiscard]] std::string digest_to_sign(
    ports::Transaction& transaction, const ports::StoredRound& round, const std::string& what
);

/// Why a signature counts no longer.
enum class Lapse : std::uint8_t {
    none,      ///< it counts
    lots,      ///< lots or specs have changed since
    rulebook,  ///< rulebook or given values have
    both,
    stage,  ///< for cancelling: the round has passed on
};
/// "lots"; messages: word.lapse.<name>.
[[nodiscard]] std::string_view name_of(Lapse lapse);
[[nodiscard]] Lapse lapse_of(
    ports::Transaction& transaction,
    const ports::StoredRound& round,
    const ports::Signature& signature
);

/// Whether two different people have signed `what` as it is now.
[[nodiscard]] bool signed_by_two(
    ports::Transaction& transaction, const ports::StoredRound& round, const std::string& what
);

/// Of `weak`, those nobody has accepted with that value.
[[nodiscard]] std::vector<WeakValue> not_accepted(
    const std::vector<WeakValue>& weak, const std::vector<ports::AcceptedValue>& accepted
);

/// Companies that must confirm corrections: suppliers that take part, have asked or have promised.
[[nodiscard]] std::vector<std::int64_t> confirming_organisations(
    ports::Transaction& transaction, const std::string& round
);

}  // namespace jicai::setup
