#pragma once

#include <engine/ports/store.h>

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/// \file
/// Sums of what hospitals report, kept in memory and never older than the question: before every
/// answer what has changed in the database since is taken over, whichever process changed it.

namespace jicai::web {

enum class VolumeLevel : std::uint8_t { country, province, city, county };
/// all: drafts too; submitted: handed in and not sent back; confirmed: by the province.
enum class Counted : std::uint8_t { all, submitted, confirmed };

struct VolumeSum {
    std::string region;  ///< GB/T 2260, of the level
    std::string lot;
    std::string spec;
    std::string brand;       ///< empty: any
    std::int64_t units = 0;  ///< exact; at most 10^18
    std::int64_t hospitals =
        0;  ///< whose volume it is: in a group its members, each once in a report
    friend bool operator==(const VolumeSum&, const VolumeSum&) = default;
};

struct VolumeSumsAsked {
    VolumeLevel level = VolumeLevel::province;
    Counted counted = Counted::submitted;
    std::string within;  ///< a region and all below it; empty or "000000": all
    std::string lot;     ///< empty: all
};

/// What changed since the last question and what it cost, for figures.
struct VolumeFigures {
    std::int64_t reports = 0;
    std::int64_t parts = 0;
    std::int64_t loads = 0;    ///< from nothing
    std::int64_t changes = 0;  ///< reports taken over since
};

/// Safe to use from many threads. A change is found by the reports' versions: those stored in the
/// last seconds by the database's clock are looked at before every answer, and once a second (in
/// small rounds always) the sum of all versions proves that none was missed; versions only grow, so
/// equal sums mean equal reports. Errors: those of the store.
class LiveVolumes {
public:
    explicit LiveVolumes(ports::Store& store);
    ~LiveVolumes();
    LiveVolumes(const LiveVolumes&) = delete;
    LiveVolumes& operator=(const LiveVolumes&) = delete;

    /// By region, lot, spec, brand, bytewise.
    [[nodiscard]] std::vector<VolumeSum> sums(
        const std::string& round, const VolumeSumsAsked& asked
    );
    /// Every report of the round, by hospital, as of the same moment.
    [[nodiscard]] std::vector<ports::VolumeReport> reports(const std::string& round);
    [[nodiscard]] VolumeFigures figures(const std::string& round);
    /// Reads the round now, so that the first question need not wait.
    void load(const std::string& round);
    /// Forgets everything: as after a restart.
    void forget();
    /// How many reports of all rounds are in memory; waits for nothing.
    [[nodiscard]] std::int64_t held() const;

private:
    struct Round;
    struct State;
    std::shared_ptr<Round> fresh(const std::string& round);
    std::unique_ptr<State> state_;
};

}  // namespace jicai::web
