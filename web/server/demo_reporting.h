#pragma once

#include <engine/ports/store.h>

/// \file
/// The demo's rounds at work: one in volume reporting with 300 hospitals in every state of their
/// reports, one in its notice with open questions. Both are invented and say so (演示); lots and
/// specs are those of the second national round.

namespace jicai::web {

inline constexpr const char* kDemoReportingRound = "YS-2026-1";
inline constexpr const char* kDemoNoticeRound = "YS-2026-2";

/// Puts the institutions and both rounds in, in one transaction; what is there already stays as it
/// is. Deadlines lie some working days after `now`. \pre the demo's people are in. Errors: those of
/// Store::write.
void seed_demo_reporting(ports::Store& store, ports::Moment now);

}  // namespace jicai::web
