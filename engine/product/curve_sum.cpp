#include <engine/money/check.h>
#include <engine/product/curve_sum.h>

#include <algorithm>
#include <numeric>

namespace jicai::product {

namespace {

constexpr std::int64_t kTwo = 2;

// How often `factor` divides `number`; what is left is written back.
std::int64_t take_out(std::int64_t& number, std::int64_t factor) {
    std::int64_t exponent = 0;
    while (number % factor == 0) {
        number /= factor;
        ++exponent;
    }
    return exponent;
}

// Exponents of a fraction over 2 (index 0) and the numbers of the basis (index 1 and up).
std::vector<std::int64_t> exponents(const money::Ratio& ratio, const CoprimeBasis& basis) {
    std::int64_t numerator = ratio.numerator();
    std::int64_t denominator = ratio.denominator();
    std::vector<std::int64_t> result{take_out(numerator, kTwo) - take_out(denominator, kTwo)};
    for (const std::int64_t number : basis.numbers()) {
        result.push_back(take_out(numerator, number) - take_out(denominator, number));
    }
    JICAI_CHECK(numerator == 1 && denominator == 1);
    return result;
}

BigRational power(std::int64_t number, std::int64_t exponent) {
    const auto size = static_cast<unsigned>(exponent < 0 ? -exponent : exponent);
    const BigInt result = boost::multiprecision::pow(BigInt(number), size);
    return exponent < 0 ? BigRational(BigInt(1), result) : BigRational(result);
}

LogForm sum_of(const LogForm& left, const LogForm& right) {
    LogForm result = left;
    for (const auto& [pair, coefficient] : right) {
        const auto position = result.try_emplace(pair, 0).first;
        position->second += coefficient;
        if (position->second == 0) result.erase(position);
    }
    return result;
}

// coefficient x mantissa x 2^exponent, times 2^bits (the mantissa carries those already).
FixedInterval scaled(const BigRational& coefficient, const ScaledExp& exp) {
    BigInt above = numerator(coefficient);
    BigInt below = denominator(coefficient);
    const auto shift = static_cast<unsigned>(exp.exponent < 0 ? -exp.exponent : exp.exponent);
    if (exp.exponent < 0) {
        below <<= shift;
    } else {
        above <<= shift;
    }
    const bool negative = above < 0;
    return {
        floor_div(above * (negative ? exp.mantissa.upper : exp.mantissa.lower), below),
        ceil_div(above * (negative ? exp.mantissa.lower : exp.mantissa.upper), below)};
}

FixedInterval scaled(const BigRational& value, int bits) {
    const BigInt above = BigInt(numerator(value)) << bits;
    const BigInt below = denominator(value);
    return {floor_div(above, below), ceil_div(above, below)};
}

template <class ExpOf>
FixedInterval interval_of(const CurveValue& value, int bits, const ExpOf& exp_of) {
    FixedInterval total{0, 0};
    for (const auto& [form, coefficient] : value.terms()) {
        const FixedInterval term =
            form.empty() ? scaled(coefficient, bits) : scaled(coefficient, exp_of(form));
        total.lower += term.lower;
        total.upper += term.upper;
    }
    return total;
}

}  // namespace

void CoprimeBasis::add(const Curve& curve) {
    JICAI_CHECK(curve.x.numerator() > 0 && curve.base.numerator() > 0);
    add_number(curve.x.numerator());
    add_number(curve.x.denominator());
    add_number(curve.base.numerator());
    add_number(curve.base.denominator());
}

void CoprimeBasis::add_number(std::int64_t number) {
    take_out(number, kTwo);
    std::vector<std::int64_t> waiting{number};
    while (!waiting.empty()) {
        const std::int64_t next = waiting.back();
        waiting.pop_back();
        if (next == 1) continue;
        const auto shared =
            std::find_if(numbers_.begin(), numbers_.end(), [next](std::int64_t known) {
                return std::gcd(known, next) > 1;
            });
        if (shared == numbers_.end()) {
            numbers_.push_back(next);
            continue;
        }
        if (*shared == next) continue;
        const std::int64_t common = std::gcd(*shared, next);
        waiting.insert(waiting.end(), {common, *shared / common, next / common});
        numbers_.erase(shared);
    }
}

SplitCurve split(const Curve& curve, const CoprimeBasis& basis) {
    const std::vector<std::int64_t> e = exponents(curve.x, basis);
    const std::vector<std::int64_t> f = exponents(curve.base, basis);
    SplitCurve result{power(kTwo, e[0] * f[0]), {}};
    const auto count = static_cast<std::uint32_t>(basis.numbers().size());
    for (std::uint32_t k = 0; k < count; ++k) {
        const std::int64_t exponent = e[0] * f[k + 1] + e[k + 1] * f[0];
        if (exponent != 0) result.rational *= power(basis.numbers()[k], exponent);
    }
    for (std::uint32_t j = 0; j < count; ++j) {
        for (std::uint32_t k = j; k < count; ++k) {
            std::int64_t coefficient = e[j + 1] * f[k + 1];
            if (j != k) coefficient += e[k + 1] * f[j + 1];
            if (coefficient != 0) result.form.emplace(std::pair{j, k}, coefficient);
        }
    }
    return result;
}

CurveSum::CurveSum() : terms_{{{}, 1, 0}} {}

void CurveSum::scale(const BigRational& factor) {
    for (Term& term : terms_) {
        term.slope *= factor;
        term.constant *= factor;
    }
}

void CurveSum::scale(const SplitCurve& curve) {
    scale(curve.rational);
    if (curve.form.empty()) return;
    for (Term& term : terms_) term.form = sum_of(term.form, curve.form);
}

void CurveSum::add(const BigRational& constant) {
    const auto plain = std::find_if(terms_.begin(), terms_.end(), [](const Term& term) {
        return term.form.empty();
    });
    if (plain == terms_.end()) {
        terms_.push_back({{}, 0, constant});
    } else {
        plain->constant += constant;
    }
}

bool CurveSum::rational() const {
    return std::all_of(terms_.begin(), terms_.end(), [](const Term& term) {
        return term.form.empty() || (term.slope == 0 && term.constant == 0);
    });
}

CurveValue::CurveValue(const CurveSum& sum, const BigRational& price) {
    for (const CurveSum::Term& term : sum.terms())
        add(term.form, term.slope * price + term.constant);
}

bool CurveValue::rational() const {
    return terms_.empty() || (terms_.size() == 1 && terms_.begin()->first.empty());
}

BigRational CurveValue::as_rational() const {
    JICAI_CHECK(rational());
    return terms_.empty() ? BigRational(0) : terms_.begin()->second;
}

void CurveValue::add(const LogForm& form, const BigRational& coefficient) {
    if (coefficient == 0) return;
    const auto position = terms_.try_emplace(form, 0).first;
    position->second += coefficient;
    if (position->second == 0) terms_.erase(position);
}

CurveValue CurveValue::minus(const CurveValue& other) const {
    CurveValue result = *this;
    for (const auto& [form, coefficient] : other.terms_) result.add(form, -coefficient);
    return result;
}

ExpTable::ExpTable(std::vector<std::int64_t> basis, std::shared_ptr<LogTable> logs)
    : basis_(std::move(basis)), logs_(std::move(logs)) {}

const ScaledExp& ExpTable::exp(const LogForm& form) {
    const auto found = known_.find(form);
    if (found != known_.end()) return found->second;
    // Sum of coefficient x ln x ln, times 2^(2 bits); then over ln 2, which leaves 2^bits.
    FixedInterval total{0, 0};
    for (const auto& [pair, coefficient] : form) {
        const FixedInterval& first = logs_->ln(basis_[pair.first]);
        const FixedInterval& second = logs_->ln(basis_[pair.second]);
        const BigInt lower = first.lower * second.lower * coefficient;
        const BigInt upper = first.upper * second.upper * coefficient;
        total.lower += coefficient > 0 ? lower : upper;
        total.upper += coefficient > 0 ? upper : lower;
    }
    const FixedInterval& ln2 = logs_->ln2();
    const FixedInterval exponent{
        floor_div(total.lower, total.lower >= 0 ? ln2.upper : ln2.lower),
        ceil_div(total.upper, total.upper >= 0 ? ln2.lower : ln2.upper)};
    return known_.emplace(form, exp_interval(exponent, *logs_)).first->second;
}

FixedInterval ExpTable::interval(const CurveValue& value) {
    return interval_of(value, bits(), [this](const LogForm& form) -> const ScaledExp& {
        return exp(form);
    });
}

FixedInterval ExpTable::interval_known(const CurveValue& value) const {
    return interval_of(value, bits(), [this](const LogForm& form) -> const ScaledExp& {
        return known_.at(form);
    });
}

void widen_until(
    const CurveValue& value,
    const std::vector<std::int64_t>& basis,
    const ExpTable* first,
    int bits_first,
    const std::function<bool(const FixedInterval&, int bits)>& settled
) {
    JICAI_CHECK(!value.rational());
    int bits = bits_first;
    if (first != nullptr) {
        if (settled(first->interval_known(value), first->bits())) return;
        bits = first->bits() * 2;
    }
    for (; bits <= kBitsLast; bits *= 2) {
        ExpTable table(basis, std::make_shared<LogTable>(bits));
        if (settled(table.interval(value), bits)) return;
    }
    JICAI_CHECK(false);
}

int sign(const CurveValue& value, const std::vector<std::int64_t>& basis, const ExpTable* first) {
    if (value.rational()) return value.as_rational().sign();
    int result = 0;
    widen_until(value, basis, first, kBitsFirst, [&result](const FixedInterval& interval, int) {
        if (interval.lower > 0) result = 1;
        if (interval.upper < 0) result = -1;
        return result != 0;
    });
    return result;
}

}  // namespace jicai::product
