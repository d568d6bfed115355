#pragma once

#include <engine/ports/clock.h>
#include <engine/ports/store.h>

namespace jicai::web {

/// Puts the winners of the demo's two rounds and what lost against them into the catalogue and, for
/// Heilongjiang and Shandong, into the listing register: winners in their supply regions at the
/// published prices, the others as not chosen at the price they bid. Codes begin with YS (演示):
/// the rounds' tables name no national codes. Does nothing where they are there.
/// \pre the demo's people and rounds are in the store
void seed_demo_listings(ports::Store& store, ports::Moment now);

}  // namespace jicai::web
