#pragma once

#include <engine/listing/price_line.h>

#include <cstdint>
#include <string>
#include <vector>

/// \file
/// Short ways to write the versions and events of one entry.

namespace jicai::listing {

inline constexpr std::int64_t kFen = 10'000;  ///< micro-yuan

inline PriceVersion version(
    std::int64_t fen, const std::string& stated, const std::string& ground = "c1"
) {
    PriceVersion one;
    one.price = money::Price(fen * kFen);
    one.stated = stated;
    one.effective = stated;
    one.ground_kind = "campaign";
    one.ground = ground;
    one.clause = "clause of " + ground;
    return one;
}

inline ListingEvent event(const std::string& act, ListingState to, const std::string& day) {
    ListingEvent one;
    one.act = act;
    one.to = to;
    one.effective = day;
    one.clause = "clause of " + act;
    return one;
}

/// Listed at `fen` from `day` on.
struct Entry {
    std::vector<PriceVersion> versions;
    std::vector<ListingEvent> events;

    Entry(std::int64_t fen, const std::string& day)
        : versions{version(fen, day, "opening")},
          events{
              event("declare", ListingState::declared, day),
              event("list", ListingState::listed, day)} {}

    /// Places a price as of `today` and keeps it; what it opened.
    Placement place(PriceVersion asked, const std::string& today) {
        Placement placed = place_price(versions, events, std::move(asked), today);
        if (!placed.refusal && !placed.there_already) versions.push_back(placed.version);
        return placed;
    }
    [[nodiscard]] std::int64_t fen_on(const std::string& day) const {
        const auto price = price_on(versions, day).price;
        return price ? price->micro_yuan() / kFen : -1;
    }
};

}  // namespace jicai::listing
