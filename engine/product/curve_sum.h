#pragma once

#include <engine/money/price.h>
#include <engine/money/ratio.h>
#include <engine/product/exact_numbers.h>
#include <engine/product/fixed_interval.h>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <utility>
#include <vector>

/// \file
/// What a chain of factors, curves and adders makes of a price, kept exact: a sum of terms (slope x
/// price + constant) x K, each K a product of curves base^log2(X) in a canonical form.
///
/// The canonical form: all numbers in sight are split into 2 and pairwise coprime odd numbers n1,
/// n2 ... Then ln K = sum of e_j f_k ln(n_j) ln(n_k) / ln 2 over the curves. Products with ln 2 are
/// logarithms of rationals and leave the form; what is left, the coefficients of ln(n_j) ln(n_k) /
/// ln 2, is the form. Two K are in a rational ratio exactly when their forms are equal, because
/// logarithms of multiplicatively independent numbers are taken to be algebraically independent
/// (Schanuel's conjecture; were it false somewhere, the interval would fail to close and the
/// computation stop, never answer wrongly).

namespace jicai::product {

/// base^log2(x).
struct Curve {
    money::Ratio x;
    money::Ratio base;
};

/// Pairwise coprime odd numbers above 1, such that each number given is a product of them and of
/// twos.
class CoprimeBasis {
public:
    /// Splits numerator and denominator of x and base.
    void add(const Curve& curve);
    [[nodiscard]] const std::vector<std::int64_t>& numbers() const { return numbers_; }

private:
    void add_number(std::int64_t number);
    std::vector<std::int64_t> numbers_;
};

/// Coefficients of ln(n_j) ln(n_k) / ln 2, by (j, k) with j <= k; zeros left out. Empty: K is
/// rational.
using LogForm = std::map<std::pair<std::uint32_t, std::uint32_t>, std::int64_t>;

/// A curve taken apart: K = rational x exp(form).
struct SplitCurve {
    BigRational rational;
    LogForm form;
};
/// \pre basis was made with this curve among others
[[nodiscard]] SplitCurve split(const Curve& curve, const CoprimeBasis& basis);

/// A linear function of the price over several K with pairwise different forms.
class CurveSum {
public:
    struct Term {
        LogForm form;
        BigRational slope;
        BigRational constant;
    };

    /// The price itself.
    CurveSum();

    void scale(const BigRational& factor);
    void scale(const SplitCurve& curve);
    void add(const BigRational& constant);

    [[nodiscard]] const std::vector<Term>& terms() const { return terms_; }
    /// Whether only the rational form occurs.
    [[nodiscard]] bool rational() const;

private:
    std::vector<Term> terms_;
};

/// Sum of coefficient x exp(form), forms pairwise different, no coefficient zero: a CurveSum at a
/// price.
class CurveValue {
public:
    CurveValue() = default;
    CurveValue(const CurveSum& sum, const BigRational& price);

    [[nodiscard]] bool rational() const;
    /// \pre rational()
    [[nodiscard]] BigRational as_rational() const;

    void add(const LogForm& form, const BigRational& coefficient);
    /// this - other. \pre both over the same basis
    [[nodiscard]] CurveValue minus(const CurveValue& other) const;

    [[nodiscard]] const std::map<LogForm, BigRational>& terms() const { return terms_; }

private:
    std::map<LogForm, BigRational> terms_;
};

/// Intervals of exp(form) at one precision, remembered.
class ExpTable {
public:
    ExpTable(std::vector<std::int64_t> basis, std::shared_ptr<LogTable> logs);

    [[nodiscard]] int bits() const { return logs_->bits(); }
    [[nodiscard]] const ScaledExp& exp(const LogForm& form);
    /// The value times 2^bits.
    [[nodiscard]] FixedInterval interval(const CurveValue& value);
    /// Interval of what is known already. \pre exp was called for every form of `value`
    [[nodiscard]] FixedInterval interval_known(const CurveValue& value) const;

private:
    std::vector<std::int64_t> basis_;
    std::shared_ptr<LogTable> logs_;
    std::map<LogForm, ScaledExp> known_;
};

/// First precision of the wide path and the last one, after which a result that still does not
/// settle breaks an invariant.
inline constexpr int kBitsFirst = 128;
inline constexpr int kBitsLast = 8192;

/// Calls `settled` with intervals of `value` (times 2^bits), each about twice as precise as the one
/// before, until it returns true. `first` is used for the first try. CHECKs that 8192 bits settle
/// it. \pre !value.rational()
void widen_until(
    const CurveValue& value,
    const std::vector<std::int64_t>& basis,
    const ExpTable* first,
    int bits_first,
    const std::function<bool(const FixedInterval&, int bits)>& settled
);

/// -1, 0 or 1. `first` may be null.
[[nodiscard]] int sign(
    const CurveValue& value, const std::vector<std::int64_t>& basis, const ExpTable* first
);

}  // namespace jicai::product
