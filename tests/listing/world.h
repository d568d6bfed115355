#pragma once

#include <engine/listing/enforce.h>
#include <engine/listing/order_check.h>
#include <engine/listing/papers.h>
#include <engine/ports/refused.h>

#include <gtest/gtest.h>
#include <tests/sql/fixture.h>

#include <string>
#include <vector>

/// \file
/// Use cases of the register over a real database: officers of Heilongjiang, products, days.

namespace jicai::listing {

inline constexpr std::int64_t kCent = 10'000;  ///< micro-yuan
inline const std::string kToday = "2026-11-23";
inline const std::string kTomorrow = "2026-11-24";

/// 2026-11-23, 09:30 in Beijing.
inline Doer officer(std::int64_t user = 7) {
    Doer doer;
    doer.actor = {user, 3, "230000", {access::Role::bureau_province}, 0, {}};
    doer.by = {user, 3, "officer", "陈明"};
    doer.now = sql::testing::kNow;
    return doer;
}

inline money::Price cents(std::int64_t count) {
    return money::Price(count * kCent);
}

class RegisterTest : public sql::testing::DatabaseTest {
protected:
    static void add_product(const std::string& code) {
        store().write([&](ports::Transaction& t) {
            ports::Product product;
            product.code = code;
            product.name = "阿托伐他汀钙片";
            product.spec = "10mg";
            product.form = "普通片";
            product.pack_units = 14;
            product.supplier = "甲厂";
            t.catalogue().add(std::vector<ports::Product>{product});
        });
    }
    /// Listed at so many fen since the beginning of the year.
    static std::int64_t opened(const std::string& code, std::int64_t fen) {
        add_product(code);
        std::int64_t id = 0;
        store().write([&](ports::Transaction& t) {
            NewEntry entry;
            entry.product = code;
            entry.region = "230000";
            entry.price = cents(fen);
            entry.effective = "2026-01-01";
            open_entries(t, officer(), {entry});
            id = t.listings().listing(code, "230000")->id;
        });
        return id;
    }
    static OrderOutcome order(const std::string& code, const std::string& day, std::int64_t fen) {
        OrderOutcome outcome = OrderOutcome::not_listed;
        store().read([&](ports::Transaction& t) {
            outcome = check_order(t, {code, "230102", day, cents(fen), 0, 1}).outcome;
        });
        return outcome;
    }
    /// The key `work` is refused with, all of it rolled back; empty: done.
    template <typename Work>
    static std::string refusal(const Work& work) {
        try {
            store().write(work);
        } catch (const ports::Refused& refused) {
            return refused.why().key;
        }
        return "";
    }
    static ports::Listing entry(const std::string& code) {
        ports::Listing found;
        store().read([&](ports::Transaction& t) { found = *t.listings().listing(code, "230000"); });
        return found;
    }
    /// Versions, events and compensations of an entry, counted.
    static std::vector<std::size_t> kept(const std::string& code) {
        std::vector<std::size_t> counts;
        store().read([&](ports::Transaction& t) {
            const auto id = t.listings().listing(code, "230000")->id;
            counts = {
                t.listings().versions(id).size(),
                t.listings().events(id).size(),
                t.listings().compensations_of(id).size()};
        });
        return counts;
    }
};

}  // namespace jicai::listing
