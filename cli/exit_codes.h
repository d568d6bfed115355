#pragma once

/// \file
/// What the process says to its caller. Listed in every --help.

namespace jicai::cli {

inline constexpr int kExitDone = 0;      ///< decided, complete, verified, no fault
inline constexpr int kExitWorld = 1;     ///< disk full, cannot read or write
inline constexpr int kExitBadInput = 2;  ///< nothing written
inline constexpr int kExitWaits = 3;     ///< a lot waits for an event, or regions for their pickers
inline constexpr int kExitDiffers = 4;   ///< verify: the certificate is not what the inputs give
inline constexpr int kExitUsage = 64;    ///< wrong command line
inline constexpr int kExitBroken = 70;   ///< a fault of the program itself

}  // namespace jicai::cli
