#include <engine/ports/refused.h>
#include <web/server/demo_rounds.h>
#include <web/server/page_cache.h>
#include <web/server/round_pages.h>
#include <web/server/rounds.h>

#include <gtest/gtest.h>
#include <tests/rounds/memory_store.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <fstream>
#include <iterator>
#include <thread>
#include <vector>

namespace jicai::web {
namespace {

constexpr auto kLongerThanAnswersLast = std::chrono::milliseconds(1050);

std::string file_text(const std::string& path) {
    std::ifstream in(std::string(JICAI_SOURCE_DIR) + "/" + path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

class SetClock : public ports::Clock {
public:
    [[nodiscard]] ports::Moment now() const override { return {micros}; }
    [[nodiscard]] ports::Moment wall() const override { return {micros}; }
    std::atomic<std::int64_t> micros{1'795'397'400'000'000};
};

class RoundsInMemory : public testing::Test {
protected:
    RoundsInMemory() {
        add_organisation(7, "OFFICE", "联合采购办公室");
        add_organisation(9, "QILU", "齐鲁制药有限公司");
        seed_demo_rounds(store, {"OFFICE", "QILU"}, {});
    }

    void add_organisation(std::int64_t number, const char* code, const char* name) {
        ports::Organisation& organisation = content.organisations[number];
        organisation.id = number;
        organisation.code = code;
        organisation.name = name;
    }

    test::StoreContent content;
    test::MemoryStore store{content};
    SetClock clock;
    const std::string id = "GY-YD2019-2";
};

TEST_F(RoundsInMemory, TheDemoIsThePublishedRoundsAndTheirGoldenCertificates) {
    ASSERT_EQ(content.rounds.size(), 2U);
    for (const ports::StoredRound& round : content.rounds) {
        EXPECT_EQ(
            content.certificates[round.id],
            file_text("tests/data/certificates/" + round.id + ".json")
        );
        EXPECT_EQ(round.owner, 7);
        for (const auto& [name, bytes] : content.files[round.id]) {
            EXPECT_EQ(bytes, file_text("tests/data/rounds/" + round.id + "/" + name)) << name;
        }
        EXPECT_FALSE(content.participants[round.id].empty());
    }
    EXPECT_EQ(content.files["GY-YD2019-1"].size(), 7U);
    EXPECT_EQ(content.files["GY-YD2019-2"].size(), 8U);
    EXPECT_EQ(content.rounds[0].stage, access::Stage::closed);
    EXPECT_EQ(content.rounds[1].stage, access::Stage::execution);
}

TEST_F(RoundsInMemory, SeedingAgainChangesNothing) {
    const int writes = content.writes;
    content.rounds[0].stage = access::Stage::publicity;
    seed_demo_rounds(store, {"OFFICE", "QILU"}, {});
    EXPECT_EQ(content.writes, writes);
    EXPECT_EQ(content.rounds.size(), 2U);
    EXPECT_EQ(content.rounds[0].stage, access::Stage::publicity);
}

TEST_F(RoundsInMemory, ARoundIsReadOnceAndIsTheSameObject) {
    Rounds rounds(store, clock);
    const auto first = rounds.round(id);
    EXPECT_TRUE(first->certificate_holds());
    EXPECT_EQ(first->decided.lots.size(), 32U);
    const int reads = content.files_read;
    for (int i = 0; i < 100; ++i) EXPECT_EQ(rounds.round(id), first);
    EXPECT_EQ(content.files_read, reads);
}

TEST_F(RoundsInMemory, ManyAtOnceDecideOnce) {
    Rounds rounds(store, clock);
    (void)rounds.list();
    const int reads = content.files_read;
    std::vector<std::shared_ptr<const DecidedRound>> seen(8);
    std::vector<std::thread> threads;
    for (auto& slot : seen) {
        threads.emplace_back([&] { slot = rounds.round(id); });
    }
    for (std::thread& thread : threads) thread.join();
    for (const auto& slot : seen) EXPECT_EQ(slot, seen.front());
    EXPECT_EQ(content.files_read, reads + 1);
}

TEST_F(RoundsInMemory, AStageEndsAtItsVeryMomentWithoutTheStore) {
    const ports::Moment end{clock.micros + 5 * ports::kSecond};
    content.rounds[1].stage = access::Stage::bidding;
    content.deadlines = {{id, access::Stage::bidding, end, "", 0}};
    Rounds rounds(store, clock);
    const auto before = rounds.round(id);
    EXPECT_EQ(before->stored.stage, access::Stage::bidding);
    const std::uint64_t serial = rounds.list()->serial;
    clock.micros = end.micros - 1;
    EXPECT_EQ(rounds.round(id), before);
    EXPECT_EQ(rounds.list()->serial, serial);
    clock.micros = end.micros;
    EXPECT_EQ(rounds.list()->find(id)->stage, access::Stage::opening);
    EXPECT_NE(rounds.list()->serial, serial);
    const auto after = rounds.round(id);
    EXPECT_EQ(after->stored.stage, access::Stage::opening);
    EXPECT_NE(after->serial, before->serial);
    // Stored meanwhile: the same stage, another version.
    content.rounds[1].stage = access::Stage::opening;
    content.rounds[1].version = 2;
    std::this_thread::sleep_for(kLongerThanAnswersLast);
    EXPECT_EQ(rounds.round(id)->stored.stage, access::Stage::opening);
}

TEST_F(RoundsInMemory, AChangedVersionIsReadAgain) {
    Rounds rounds(store, clock);
    const auto first = rounds.round(id);
    const std::uint64_t list_serial = rounds.list()->serial;
    content.rounds[1].stage = access::Stage::bidding;
    content.rounds[1].version = 2;
    std::this_thread::sleep_for(kLongerThanAnswersLast);
    const auto second = rounds.round(id);
    EXPECT_NE(second, first);
    EXPECT_NE(second->serial, first->serial);
    EXPECT_EQ(second->stored.stage, access::Stage::bidding);
    EXPECT_EQ(first->stored.stage, access::Stage::execution);
    EXPECT_NE(rounds.list()->serial, list_serial);
}

TEST_F(RoundsInMemory, OfManyAtOnceNobodySeesWhatWasOldWhenAskedFor) {
    Rounds rounds(store, clock);
    (void)rounds.list();
    content.rounds[1].stage = access::Stage::bidding;
    content.rounds[1].version = 2;
    content.answers_after = std::chrono::milliseconds(100);
    std::this_thread::sleep_for(kLongerThanAnswersLast);
    std::vector<std::thread> threads;
    std::atomic<int> informed = 0;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&] {
            if (rounds.list()->find(id)->stage == access::Stage::bidding) ++informed;
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(informed, 8);
}

TEST_F(RoundsInMemory, AShortAbsenceOfTheStoreIsNotNoticed) {
    Rounds rounds(store, clock);
    const auto first = rounds.round(id);
    content.away = true;
    std::this_thread::sleep_for(kLongerThanAnswersLast);
    EXPECT_EQ(rounds.round(id), first);
    EXPECT_THROW((void)rounds.round("GY-YD2019-1"), ports::StoreUnavailable);
    Rounds without(store, clock);
    EXPECT_THROW((void)without.list(), ports::StoreUnavailable);
    content.away = false;
    EXPECT_NO_THROW((void)rounds.round("GY-YD2019-1"));
    EXPECT_NO_THROW((void)without.list());
}

TEST_F(RoundsInMemory, UnknownRoundsLotsAndUndecidableFilesAreRefused) {
    Rounds rounds(store, clock);
    EXPECT_THROW((void)rounds.round("GY-YD2019-3"), ports::Refused);
    EXPECT_THROW((void)rounds.round(id)->lot("24"), ports::Refused);
    EXPECT_EQ(rounds.round(id)->lot("31").bids.size(), 8U);
    content.files["GY-YD2019-1"].erase("bids.csv");
    const auto damaged = rounds.round("GY-YD2019-1");
    EXPECT_FALSE(damaged->ruled.has_value());
    EXPECT_FALSE(damaged->refused.faults.empty());
    EXPECT_THROW((void)damaged->need(), ports::Refused);
}

TEST_F(RoundsInMemory, AChangedCertificateIsNoticed) {
    content.rounds[1].certificate_digest = std::string(64, '0');
    Rounds rounds(store, clock);
    EXPECT_FALSE(rounds.round(id)->certificate_holds());
}

TEST_F(RoundsInMemory, AtMostTwoRecomputeAtOnce) {
    Rounds rounds(store, clock);
    auto first = rounds.turn_to_recompute();
    const auto second = rounds.turn_to_recompute();
    EXPECT_THROW((void)rounds.turn_to_recompute(), ports::Refused);
    first.reset();
    EXPECT_NO_THROW((void)rounds.turn_to_recompute());
}

RoundView view(
    access::Role role,
    access::Stage stage,
    std::int64_t organisation = 0,
    const std::string& region = "230000"
) {
    access::Actor actor;
    if (role != access::Role::anyone) {
        actor.user = 1;
        actor.organisation = organisation;
        actor.region = region;
        actor.roles = {role};
    }
    ports::StoredRound round;
    round.id = "R";
    round.stage = stage;
    round.owner = 7;
    return view_of(
        actor, round, {{"supplier", "A", 9}, {"supplier", "B", 10}, {"hospital", "H", 9}}
    );
}

TEST(RoundView, ThePublicSeesResultsFromThePublicityOnAndNeverThePageOfBids) {
    using access::Role;
    using access::Stage;
    for (const Stage stage : {Stage::notice, Stage::bidding, Stage::opening, Stage::cancelled}) {
        EXPECT_FALSE(view(Role::anyone, stage).round);
        EXPECT_FALSE(view(Role::anyone, stage).results);
    }
    for (const Stage stage : {Stage::publicity, Stage::execution, Stage::closed}) {
        const RoundView seen = view(Role::anyone, stage);
        EXPECT_TRUE(seen.round && seen.results && seen.volumes && seen.verification);
        EXPECT_FALSE(seen.bids || seen.hospital_volumes);
        EXPECT_TRUE(seen.own.empty());
    }
}

TEST(RoundView, BeforeTheOpeningNobodySeesBidsButTheirSupplier) {
    for (const access::Role role : access::all_roles()) {
        for (const std::int64_t organisation : {0, 7, 9, 11}) {
            const RoundView seen = view(role, access::Stage::bidding, organisation);
            EXPECT_FALSE(seen.bids) << access::name_of(role);
            EXPECT_FALSE(seen.results) << access::name_of(role);
            const bool own = role == access::Role::supplier && organisation == 9;
            const std::vector<std::string> codes =
                own ? std::vector<std::string>{"A"} : std::vector<std::string>{};
            EXPECT_EQ(seen.own, codes) << access::name_of(role) << " " << organisation;
        }
    }
}

TEST(RoundView, ClassesDifferWhereViewsDo) {
    using access::Role;
    using access::Stage;
    EXPECT_NE(
        view(Role::supplier, Stage::execution, 9).class_key(),
        view(Role::supplier, Stage::execution, 10).class_key()
    );
    EXPECT_EQ(
        view(Role::expert, Stage::execution, 11).class_key(),
        view(Role::price_monitor, Stage::execution, 12).class_key()
    );
    EXPECT_NE(
        view(Role::anyone, Stage::execution).class_key(),
        view(Role::expert, Stage::execution, 11).class_key()
    );
}

std::shared_ptr<const Answer> answer(std::size_t bytes) {
    auto made = std::make_shared<Answer>();
    made->body = std::make_shared<const std::string>(bytes, 'x');
    return made;
}

TEST(PageCache, WhatWasAskedForLongestAgoLeavesFirst) {
    PageCache cache(40'000);
    for (const char* key : {"a", "b", "c", "d", "e", "f", "g", "h"}) cache.keep(key, answer(4000));
    EXPECT_NE(cache.find("a"), nullptr);
    for (const char* key : {"i", "j"}) cache.keep(key, answer(4000));
    EXPECT_NE(cache.find("a"), nullptr);
    EXPECT_EQ(cache.find("b"), nullptr);
    EXPECT_LE(cache.bytes(), 40'000U);
    EXPECT_EQ(cache.pages(), 9U);
}

TEST(PageCache, OneLargePageDoesNotEmptyIt) {
    PageCache cache(40'000);
    cache.keep("small", answer(100));
    cache.keep("large", answer(30'000));
    EXPECT_EQ(cache.find("large"), nullptr);
    EXPECT_NE(cache.find("small"), nullptr);
}

TEST(PageCache, AFoundPageIsTheKeptOne) {
    PageCache cache(40'000);
    const auto kept = answer(10);
    cache.keep("key", kept);
    cache.keep("key", answer(20));
    EXPECT_EQ(cache.find("key"), kept);
    EXPECT_EQ(cache.pages(), 1U);
}

}  // namespace
}  // namespace jicai::web
