#include <engine/money/price.h>

#include <gtest/gtest.h>

#include <cstdint>
#include <type_traits>
#include <utility>

namespace jicai::money {
namespace {

template <class Left, class Right>
concept Addable = requires(Left left, Right right) {
    left + right;
};
template <class Left, class Right>
concept Subtractable = requires(Left left, Right right) {
    left - right;
};
template <class Left, class Right>
concept Multipliable = requires(Left left, Right right) {
    left* right;
};
template <class Left, class Right>
concept Dividable = requires(Left left, Right right) {
    left / right;
};
template <class Left, class Right>
concept Comparable = requires(Left left, Right right) {
    left < right;
};
template <class Left, class Right>
concept Equatable = requires(Left left, Right right) {
    left == right;
};

using Whole = std::int64_t;

// What is meant to work: without these the list below could pass on types with no operators at all.
static_assert(Addable<Amount, Amount> && Subtractable<Amount, Amount>);
static_assert(Addable<Quantity, Quantity>);
static_assert(Multipliable<Price, Quantity>);
static_assert(Comparable<Price, Price> && Comparable<Amount, Amount> && Comparable<Ratio, Ratio>);
static_assert(std::is_constructible_v<Price, Whole> && std::is_constructible_v<Price, int>);
static_assert(std::is_same_v<decltype(std::declval<Price>() * std::declval<Quantity>()), Amount>);

// Kinds do not mix.
static_assert(!Addable<Price, Amount> && !Addable<Amount, Price>);
static_assert(!Addable<Price, Price>);
static_assert(!Addable<Price, Quantity> && !Addable<Amount, Quantity>);
static_assert(!Subtractable<Price, Price> && !Subtractable<Quantity, Quantity>);
static_assert(!Multipliable<Quantity, Quantity> && !Multipliable<Price, Price>);
static_assert(!Multipliable<Amount, Quantity> && !Multipliable<Amount, Amount>);
static_assert(!Multipliable<Price, Ratio> && !Multipliable<Quantity, Ratio>);
static_assert(!Dividable<Price, Price> && !Dividable<Amount, Quantity> && !Dividable<Price, Whole>);
static_assert(!Comparable<Price, Amount> && !Comparable<Amount, Quantity>);
static_assert(!Equatable<Price, Amount> && !Equatable<Price, Quantity>);

// Bare numbers do not mix in.
static_assert(!Addable<Price, int> && !Addable<Amount, int> && !Addable<Quantity, int>);
static_assert(!Multipliable<Price, int> && !Multipliable<Price, double> && !Multipliable<int, Price>);
static_assert(!Comparable<Price, int> && !Equatable<Price, Whole> && !Comparable<Ratio, double>);

// Nothing is made from a binary fraction, and nothing converts unasked.
static_assert(!std::is_constructible_v<Price, double> && !std::is_constructible_v<Price, float>);
static_assert(!std::is_constructible_v<Amount, double> && !std::is_constructible_v<Quantity, double>);
static_assert(!std::is_constructible_v<Ratio, double, int> && !std::is_constructible_v<Ratio, int, double>);
static_assert(!std::is_constructible_v<Price, Amount> && !std::is_constructible_v<Amount, Price>);
static_assert(!std::is_constructible_v<Quantity, Price> && !std::is_constructible_v<Price, Ratio>);
static_assert(!std::is_convertible_v<Whole, Price> && !std::is_convertible_v<Price, Whole>);
static_assert(!std::is_convertible_v<Whole, Amount> && !std::is_convertible_v<Amount, Whole>);
static_assert(!std::is_convertible_v<Whole, Quantity> && !std::is_convertible_v<Quantity, Whole>);
static_assert(!std::is_convertible_v<Whole, Ratio> && !std::is_convertible_v<Ratio, double>);
static_assert(!std::is_convertible_v<Price, Amount> && !std::is_convertible_v<Price, bool>);

// No value without a value.
static_assert(!std::is_default_constructible_v<Price> && !std::is_default_constructible_v<Amount>);
static_assert(!std::is_default_constructible_v<Quantity> && !std::is_default_constructible_v<Ratio>);

// The assertions above are the test: this file compiles only while they hold.
TEST(ForbiddenMixes, TheOnlyProductIsPriceByQuantity) {
    EXPECT_EQ((Price(3) * Quantity(4)).micro_yuan(), 12);
}

}  // namespace
}  // namespace jicai::money
