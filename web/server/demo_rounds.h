#pragma once

#include <engine/ports/clock.h>
#include <engine/ports/store.h>

#include <string>

namespace jicai::web {

/// Who runs the demo's rounds, and whose bids are the demo supplier's own: organisations by code.
/// Both must be in the store.
struct DemoParties {
    std::string procurement_office;
    std::string supplier;
};

/// Stores the published rounds the binary carries, decided and with their certificates:
/// GY-YD2019-1 as closed (its term ended in 2021), GY-YD2019-2 as in execution (its longest terms
/// ran three years and were carried on). Each in one transaction; a round that is there already is
/// left as it is. The bids of 齐鲁制药, in both spellings, belong to the supplier.
/// Errors: those of Store::write.
void seed_demo_rounds(ports::Store& store, const DemoParties& parties, ports::Moment now);

}  // namespace jicai::web
