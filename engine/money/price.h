#pragma once

#include <compare>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>

#include <engine/money/ratio.h>
#include <engine/money/rounding.h>

/// \file
/// Prices, amounts and quantities: checked integers whose kind is in the type. A price is yuan per something, an
/// amount is yuan, a quantity is a count of smallest units (tablet, vial, set). Mixing them does not compile.

namespace jicai::money {

inline constexpr int kMicroYuanScale = 6;
inline constexpr std::int64_t kMicroYuanPerYuan = 1'000'000;

/// Yuan per pack or per smallest unit, in micro-yuan (six decimals, as the national stock interfaces carry).
/// Never negative; at most kPriceMax.
class Price {
public:
    static constexpr std::int64_t kMicroYuanMax = 1'000'000'000 * kMicroYuanPerYuan;  ///< 10^9 yuan

    /// \pre 0 <= micro_yuan <= kMicroYuanMax (CHECKed)
    explicit Price(std::int64_t micro_yuan);
    /// Only whole micro-yuan: anything but an integer does not compile.
    template <class T>
        requires(!std::integral<T>)
    explicit Price(T) = delete;

    [[nodiscard]] std::int64_t micro_yuan() const { return micro_yuan_; }
    /// "16.8" : shortest exact text in yuan.
    [[nodiscard]] std::string text() const;
    /// Text with exactly `decimals` decimals. \pre the price has no more than that.
    [[nodiscard]] std::string text_fixed(int decimals) const;

    friend auto operator<=>(const Price&, const Price&) = default;

private:
    std::int64_t micro_yuan_;
};

/// Yuan, in micro-yuan; may be negative (a correction). Sums are checked.
class Amount {
public:
    explicit Amount(std::int64_t micro_yuan) : micro_yuan_(micro_yuan) {}
    template <class T>
        requires(!std::integral<T>)
    explicit Amount(T) = delete;
    [[nodiscard]] std::int64_t micro_yuan() const { return micro_yuan_; }
    [[nodiscard]] std::string text() const;
    friend auto operator<=>(const Amount&, const Amount&) = default;
    /// Overflow is CHECKed.
    friend Amount operator+(Amount left, Amount right);
    friend Amount operator-(Amount left, Amount right);

private:
    std::int64_t micro_yuan_;
};

/// A count of smallest units. Never negative; sums are checked.
class Quantity {
public:
    explicit Quantity(std::int64_t units);  ///< \pre units >= 0 (CHECKed)
    template <class T>
        requires(!std::integral<T>)
    explicit Quantity(T) = delete;
    [[nodiscard]] std::int64_t units() const { return units_; }
    friend auto operator<=>(const Quantity&, const Quantity&) = default;
    friend Quantity operator+(Quantity left, Quantity right);  ///< overflow is CHECKed

private:
    std::int64_t units_;
};

/// numerator / denominator rounded to a whole number by `mode`. \pre denominator > 0; numerator >= 0.
[[nodiscard]] Int128 divide_rounded(Int128 numerator, Int128 denominator, RoundingMode mode);

/// `price` rounded to the decimals of `rounding`.
[[nodiscard]] Price round_price(Price price, const Rounding& rounding);

/// price x ratio, rounded once. Nothing when the result exceeds Price::kMicroYuanMax.
[[nodiscard]] std::optional<Price> multiply_rounded(Price price, const Ratio& ratio, const Rounding& rounding);

/// Whether price <= factor x reference holds (or < when not inclusive), exactly, without rounding the product.
[[nodiscard]] bool at_most(Price price, const Ratio& factor, Price reference, bool inclusive);

/// quantity x ratio, rounded to a multiple of `step` units by `mode`. \pre step >= 1.
[[nodiscard]] Quantity multiply_rounded(Quantity quantity, const Ratio& ratio, std::int64_t step, RoundingMode mode);

/// Percent cut of `price` from `reference`, (1 - price/reference) x 100, rounded to `rounding.decimals` decimals, in
/// units of 10^-decimals percent; negative when the price is above the reference (its size is rounded, so half up goes away from
/// zero). Never below -(2^63 - 1): a price that much above its reference is held there. \pre reference > 0
[[nodiscard]] std::int64_t cut_percent_scaled(Price price, Price reference, const Rounding& rounding);

/// unit price x quantity, exactly. CHECKs overflow.
[[nodiscard]] Amount operator*(Price unit_price, Quantity quantity);

}  // namespace jicai::money
