#pragma once

#include <engine/access/stage.h>
#include <engine/ports/clock.h>
#include <engine/ports/page.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace jicai::ports {

/// A round as it is kept: the files of its folder byte for byte, what was decided and its
/// certificate. Everything shown is computed from these.
struct StoredRound {
    std::string id;  ///< of round.toml: "GY-YD2019-2"
    std::string title;
    std::string kind;      ///< drug, consumable, reagent
    std::string rulebook;  ///< id of the rulebook that decides
    access::Stage stage = access::Stage::draft;
    std::string opening;             ///< "2020-01-17"; empty: not known
    std::int64_t owner = 0;          ///< organisation that runs it
    std::string region = "000000";   ///< where it holds
    std::string certificate_digest;  ///< SHA-256, hex; empty: not decided
    Moment changed_at;
    std::int64_t version = 1;  ///< counts changes of anything
};

/// Which organisation a supplier or hospital code of a round is.
struct Participant {
    std::string kind;  ///< "supplier" or "hospital"
    std::string code;  ///< as in the round's files
    std::int64_t organisation = 0;
};

class RoundStore {
public:
    virtual ~RoundStore() = default;
    /// Refused with Conflict where the id is taken.
    virtual void add(const StoredRound& round, const std::map<std::string, std::string>& files) = 0;
    virtual bool save(const StoredRound& round) = 0;
    virtual void save_certificate(const std::string& round, const std::string& canonical) = 0;
    virtual std::optional<StoredRound> round(const std::string& id) = 0;
    /// The newest version, which nobody else changes before this transaction ends.
    virtual std::optional<StoredRound> locked(const std::string& id) = 0;
    virtual std::vector<StoredRound> rounds() = 0;  ///< by id
    virtual std::map<std::string, std::string> files(const std::string& round) = 0;
    /// Puts one file in the place of the one of that name. Whoever does so saves the round too.
    virtual void save_file(
        const std::string& round, const std::string& path, const std::string& bytes
    ) = 0;
    virtual void remove_file(const std::string& round, const std::string& path) = 0;
    /// Hex SHA-256 over `before` and the named files as they are kept, each with its name and
    /// length; a file that is not there differs from an empty one.
    virtual std::string digest_of(
        const std::string& round, const std::string& before, const std::vector<std::string>& paths
    ) = 0;
    virtual std::string certificate(const std::string& round) = 0;  ///< empty: none
    virtual void add(const std::string& round, const Participant& participant) = 0;
    virtual std::vector<Participant> participants(const std::string& round) = 0;
};

}  // namespace jicai::ports
