#include <catalogs/price_ratio_file/price_ratio_file.h>
#include <engine/product/price_ratio.h>

#include <boost/multiprecision/cpp_dec_float.hpp>

#include <cmath>
#include <cstdint>
#include <ctime>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// Price-ratio evaluations per second of processor time, one line "name value unit" each. An
/// evaluation takes a pack price to the price of another presentation, rounded to 4 decimals. The
/// peers compute the same numbers with long double pow() and cpp_dec_float_50: no proof, and on
/// exact ties sometimes the wrong price (the last lines count those). Argument: seconds per
/// measurement, 1 unless given.

namespace {

using jicai::money::Price;
using jicai::money::Ratio;
using jicai::money::Rounding;
using jicai::money::RoundingMode;
using jicai::product::Conversion;
using jicai::product::ConversionCache;
using jicai::product::Presentation;
using jicai::product::PriceRatioRule;
using DecFloat = boost::multiprecision::cpp_dec_float_50;

constexpr Rounding kRounding{RoundingMode::half_up, 4};

std::int64_t sink =
    0;  // what is measured is added here and printed, so that it cannot be optimised away

PriceRatioRule load_rule() {
    std::ifstream file(JICAI_SOURCE_DIR "/catalogs/price-ratio/drug-2012.toml", std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    auto loaded = jicai::catalogs::load_price_ratio_rule(text, "drug-2012.toml");
    if (!loaded.rule) throw std::runtime_error("drug-2012.toml has faults");
    return *std::move(loaded.rule);
}

void print(std::string_view name, long double value, std::string_view unit) {
    std::cout << name << ' ' << static_cast<std::int64_t>(value) << ' ' << unit << std::endl;
}

// Calls `work(i)`, which makes one evaluation, in blocks until `seconds` of processor time have
// passed.
template <class Work>
void measure(std::string_view name, long double seconds, std::int64_t block, const Work& work) {
    const std::clock_t begin = std::clock();
    std::int64_t done = 0;
    long double elapsed = 0;
    do {
        for (std::int64_t i = 0; i < block; ++i) work(done + i);
        done += block;
        elapsed = static_cast<long double>(std::clock() - begin) / CLOCKS_PER_SEC;
    } while (elapsed < seconds);
    print(name, static_cast<long double>(done) / elapsed, "evaluations/cpu_second");
}

Price price_at(std::int64_t i) {
    return Price((i * 7919 % 20'000 + 1) * 10'000);
}

struct Pair {
    Presentation source;
    Presentation target;
};

Presentation pack(
    const PriceRatioRule& rule, std::string_view form, std::int64_t content, std::int64_t units
) {
    Presentation presentation;
    presentation.form = rule.find_form(form);
    presentation.content = Ratio{content, 1};
    presentation.pack_units = units;
    return presentation;
}

// Pairs as a round has them: other pack counts and contents of one form, down to one unit.
std::vector<Pair> pairs_of_a_round(const PriceRatioRule& rule) {
    std::vector<Pair> pairs;
    for (const std::int64_t units : {7, 10, 12, 14, 20, 24, 28, 30, 60, 100}) {
        for (const std::int64_t content : {5, 10, 15, 20, 25, 40}) {
            pairs.push_back({pack(rule, "普通片", content, units), pack(rule, "普通片", 5, 1)});
        }
    }
    return pairs;
}

// No two of these ask for the same curve.
Pair fresh_pair(const PriceRatioRule& rule, std::int64_t i) {
    return {
        pack(rule, "普通片", i % 997 + 3, i % 101 + 2),
        pack(rule, "硬胶囊", i / 997 % 991 + 5, i % 89 + 1)};
}

long double exponent_of(const Pair& pair) {
    return std::log2(
        static_cast<long double>(pair.target.content.numerator()) /
        static_cast<long double>(pair.source.content.numerator())
    );
}

std::int64_t long_double_price(const Pair& pair, Price price, int decimals) {
    const long double content = std::pow(1.7L, exponent_of(pair));
    const long double count = std::pow(
        1.95L,
        std::log2(
            static_cast<long double>(pair.target.pack_units) /
            static_cast<long double>(pair.source.pack_units)
        )
    );
    const long double yuan = static_cast<long double>(price.micro_yuan()) / 1e6L;
    return static_cast<std::int64_t>(
        std::floor(yuan * content * count * std::pow(10.0L, decimals) + 0.5L)
    );
}

std::int64_t dec_float_price(const Pair& pair, Price price, int decimals) {
    using boost::multiprecision::exp;
    using boost::multiprecision::floor;
    using boost::multiprecision::log;
    static const DecFloat ln2 = log(DecFloat(2));
    static const DecFloat log2_of_1_7 = log(DecFloat("1.7")) / ln2;
    static const DecFloat log2_of_1_95 = log(DecFloat("1.95")) / ln2;
    const DecFloat content =
        DecFloat(pair.target.content.numerator()) / pair.source.content.numerator();
    const DecFloat count = DecFloat(pair.target.pack_units) / pair.source.pack_units;
    const DecFloat factor = exp(log(content) * log2_of_1_7 + log(count) * log2_of_1_95);
    const DecFloat yuan = DecFloat(price.micro_yuan()) / 1'000'000;
    const int units_per_yuan = decimals == 2 ? 100 : 10'000;
    return static_cast<std::int64_t>(floor(yuan * factor * units_per_yuan + DecFloat("0.5")));
}

// Wrong prices of both peers among contents x 2, 4, 8 and prices by the fen: the engine's answers
// here are exact fractions.
void count_wrong_ties(const PriceRatioRule& rule, ConversionCache& cache) {
    constexpr Rounding kFen{RoundingMode::half_up, 2};
    std::int64_t wrong_long_double = 0;
    std::int64_t wrong_dec_float = 0;
    for (const std::int64_t x : {2, 4, 8}) {
        const Pair pair{pack(rule, "普通片", 1, 1), pack(rule, "普通片", x, 1)};
        const auto conversion = cache.between(pair.source, pair.target).conversion;
        for (std::int64_t fen = 1; fen <= 20'000; ++fen) {
            const Price price(fen * 10'000);
            const std::int64_t right = conversion->convert(price, kFen)->micro_yuan() / 10'000;
            if (long_double_price(pair, price, 2) != right) ++wrong_long_double;
            if (dec_float_price(pair, price, 2) != right) ++wrong_dec_float;
        }
    }
    print(
        "price_ratio.wrong.long_double_pow",
        static_cast<long double>(wrong_long_double),
        "of_60000_prices"
    );
    print(
        "price_ratio.wrong.cpp_dec_float_50",
        static_cast<long double>(wrong_dec_float),
        "of_60000_prices"
    );
}

void run(long double seconds) {
    const PriceRatioRule rule = load_rule();
    const jicai::product::TenderOverrides overrides = no_overrides(rule);
    ConversionCache cache(rule, overrides);
    const std::vector<Pair> pairs = pairs_of_a_round(rule);
    std::vector<std::shared_ptr<const Conversion>> conversions;
    conversions.reserve(pairs.size());
    for (const Pair& pair : pairs)
        conversions.push_back(cache.between(pair.source, pair.target).conversion);
    const auto at = [](const auto& list, std::int64_t i) -> const auto& {
        return list[static_cast<std::size_t>(i) % list.size()];
    };

    measure("price_ratio.prepared", seconds, 10'000, [&](std::int64_t i) {
        sink += at(conversions, i)->convert(price_at(i), kRounding)->micro_yuan();
    });
    measure("price_ratio.cached", seconds, 10'000, [&](std::int64_t i) {
        const Pair& pair = at(pairs, i);
        sink += cache.between(pair.source, pair.target)
                    .conversion->convert(price_at(i), kRounding)
                    ->micro_yuan();
    });
    const auto with_adder =
        cache.between(pack(rule, "小容量注射液", 3, 5), pack(rule, "冻干粉针", 10, 2)).conversion;
    measure("price_ratio.prepared_with_adder_and_floor", seconds, 1'000, [&](std::int64_t i) {
        sink += with_adder->convert(price_at(i), kRounding)->micro_yuan();
    });
    auto fresh = std::make_unique<ConversionCache>(rule, overrides);
    measure("price_ratio.uncached_pair", seconds, 500, [&](std::int64_t i) {
        constexpr std::int64_t kPairsKept = 5'000;
        if (i % kPairsKept == 0) fresh = std::make_unique<ConversionCache>(rule, overrides);
        const Pair pair = fresh_pair(rule, i);
        sink += fresh->between(pair.source, pair.target)
                    .conversion->convert(price_at(i), kRounding)
                    ->micro_yuan();
    });
    constexpr int kFirstBits = 128;
    measure("price_ratio.wide_path", seconds, 100, [&](std::int64_t i) {
        sink += at(conversions, i)->convert_wide(price_at(i), kRounding, kFirstBits)->micro_yuan();
    });
    measure("price_ratio.peer.long_double_pow", seconds, 10'000, [&](std::int64_t i) {
        sink += long_double_price(at(pairs, i), price_at(i), 4);
    });
    measure("price_ratio.peer.cpp_dec_float_50", seconds, 100, [&](std::int64_t i) {
        sink += dec_float_price(at(pairs, i), price_at(i), 4);
    });
    count_wrong_ties(rule, cache);
    std::cerr << "checksum " << sink << '\n';
}

}  // namespace

int main(int count, char** arguments) {
    run(count > 1 ? std::stold(arguments[1]) : 1.0L);
    return 0;
}
