#pragma once

#include <engine/ports/catalogue_store.h>

#include <cstdint>
#include <string>
#include <vector>

/// \file
/// The demo's institutions: 300 hospitals in Harbin, Qiqihar and Mudanjiang, with pharmacies and
/// clinics beside them. None of them exists; regions do. The same on every machine.

namespace jicai::web {

/// Numbers that look random and are always the same: splitmix64.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}
    /// 0 to `count` - 1. \pre count > 0
    [[nodiscard]] std::int64_t below(std::int64_t count);
    /// `low` to `high`, both included.
    [[nodiscard]] std::int64_t between(std::int64_t low, std::int64_t high);
    [[nodiscard]] bool percent(std::int64_t chance) { return below(100) < chance; }

private:
    std::uint64_t state_;
};

inline constexpr std::size_t kDemoHospitals = 300;

/// Hospitals of kind public, military and private; in every county outside of the cities a medical
/// group (lead and members); pharmacies; clinics that buy through a health centre; one temporary
/// hospital whose last day is `temporary_until` ("2027-03-31"). The first is the demo accounts' own
/// hospital, the last their pharmacy. A lead stands before its members.
[[nodiscard]] std::vector<ports::Institution> demo_institutions(const std::string& temporary_until);

}  // namespace jicai::web
