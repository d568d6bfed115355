#pragma once

#include <catalogs/fault.h>
#include <engine/decision/message.h>

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

/// \file
/// What ends a command early. Caught once, in main.

namespace jicai::cli {

/// The files given to us are at fault, or contradict the rulebook. Exit 2.
class BadInput : public std::runtime_error {
public:
    explicit BadInput(std::vector<catalogs::Fault> faults)
        : std::runtime_error("bad input"), faults_(std::move(faults)) {}
    explicit BadInput(std::vector<decision::Message> refusals)
        : std::runtime_error("bad input"), refusals_(std::move(refusals)) {}
    explicit BadInput(decision::Message refusal)
        : BadInput(std::vector<decision::Message>{std::move(refusal)}) {}

    [[nodiscard]] const std::vector<catalogs::Fault>& faults() const { return faults_; }
    [[nodiscard]] const std::vector<decision::Message>& refusals() const { return refusals_; }

private:
    std::vector<catalogs::Fault> faults_;
    std::vector<decision::Message> refusals_;
};

/// The world failed: a disk is full, a file cannot be read. Exit 1.
class WorldFault : public std::runtime_error {
public:
    explicit WorldFault(decision::Message why)
        : std::runtime_error(why.key), why_(std::move(why)) {}
    [[nodiscard]] const decision::Message& why() const { return why_; }

private:
    decision::Message why_;
};

}  // namespace jicai::cli
