#include <engine/listing/states.h>

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>

namespace jicai::listing {
namespace {

using State = ListingState;

// Every act at every state of every kind: where it leads is written here a second time, as a table.
TEST(ListingStates, EveryActStateAndKind) {
    const std::map<std::pair<Act, State>, State> expected{
        {{Act::review, State::declared}, State::reviewed},
        {{Act::publicise, State::reviewed}, State::publicised},
        {{Act::list, State::publicised}, State::listed},
        {{Act::reject, State::declared}, State::delisted},
        {{Act::reject, State::reviewed}, State::delisted},
        {{Act::reject, State::publicised}, State::delisted},
        {{Act::suspend, State::listed}, State::suspended},
        {{Act::resume, State::suspended}, State::listed},
        {{Act::delist, State::listed}, State::delisted},
        {{Act::delist, State::suspended}, State::delisted},
        {{Act::relist, State::delisted}, State::declared}};
    int allowed = 0;
    for (const ListingKind kind : all_kinds()) {
        for (const State state : all_states()) {
            std::vector<Act> can;
            for (const Act act : all_acts()) {
                std::optional<State> wanted;
                const auto found = expected.find({act, state});
                if (found != expected.end()) wanted = found->second;
                const bool short_way =
                    kind == ListingKind::won_with_volume || kind == ListingKind::negotiated ||
                    kind == ListingKind::shortage || kind == ListingKind::emergency;
                if (act == Act::list && state == State::reviewed && short_way) {
                    wanted = State::listed;
                }
                EXPECT_EQ(after(act, state, kind), wanted)
                    << name_of(act) << " " << name_of(state) << " " << name_of(kind);
                if (wanted) {
                    can.push_back(act);
                    ++allowed;
                }
            }
            EXPECT_EQ(possible(state, kind), can);
        }
    }
    EXPECT_EQ(allowed, 7 * 11 + 4);
    EXPECT_EQ(all_kinds().size(), 7U);
    EXPECT_EQ(all_states().size(), 6U);
    EXPECT_EQ(all_acts().size(), 8U);
}

TEST(ListingStates, WhateverTakesOutOfTradeOrBackNeedsAReason) {
    for (const Act act : all_acts()) {
        const bool expected = act != Act::review && act != Act::publicise && act != Act::list;
        EXPECT_EQ(needs_reason(act), expected) << name_of(act);
        EXPECT_EQ(
            roles_for(act),
            (std::vector<access::Role>{
                access::Role::procurement_officer, access::Role::bureau_province})
        );
    }
}

TEST(ListingStates, WordsAreFoundAgain) {
    for (const Act act : all_acts()) EXPECT_EQ(find_act(name_of(act)), act);
    for (const State state : all_states()) EXPECT_EQ(find_state(name_of(state)), state);
    for (const ListingKind kind : all_kinds()) EXPECT_EQ(find_listing_kind(name_of(kind)), kind);
    EXPECT_FALSE(find_act("raise"));
    EXPECT_FALSE(find_state(""));
}

}  // namespace
}  // namespace jicai::listing
