#include <engine/money/check.h>
#include <engine/product/chain.h>
#include <engine/product/conversion_resolved.h>
#include <engine/product/price_ratio.h>

#include <functional>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace jicai::product {

namespace {

class Hash {
public:
    template <class T>
    Hash& add(const T& value) {
        const std::uint64_t next = std::hash<T>{}(value);
        state_ = (state_ ^ next) * 0x9E3779B97F4A7C15U;
        state_ ^= state_ >> 29U;
        return *this;
    }
    Hash& add(const Ratio& ratio) { return add(ratio.numerator()).add(ratio.denominator()); }
    Hash& add(const std::string& text) { return add(std::string_view(text)); }
    template <class T>
    Hash& add(const std::optional<T>& value) {
        return value ? add(true).add(*value) : add(false);
    }
    Hash& add(const Presentation& presentation) {
        add(presentation.form).add(presentation.content).add(presentation.pack_units);
        add(presentation.fill_nl)
            .add(presentation.material)
            .add(presentation.same_price_for_content);
        add(presentation.fill_curve).add(presentation.dose_fill_nl).add(presentation.biological);
        return add(presentation.daily_units).add(presentation.treatment_units);
    }
    [[nodiscard]] std::uint64_t value() const { return state_; }

private:
    std::uint64_t state_ = 0x243F6A8885A308D3U;
};

struct Entry {
    Presentation source;
    Presentation target;
    ConversionCache::Result result;
};

}  // namespace

struct ConversionCache::Store {
    const PriceRatioRule& rule;
    TenderOverrides overrides;
    int compact_bits;
    std::shared_ptr<LogTable> logs;
    // By hash of the pair; looking up copies no text.
    std::unordered_multimap<std::uint64_t, Entry> entries;
};

ConversionCache::ConversionCache(
    const PriceRatioRule& rule, const TenderOverrides& overrides, int compact_bits
)
    : store_(new Store{rule, overrides, compact_bits, std::make_shared<LogTable>(kBitsFirst), {}}) {
    JICAI_CHECK(compact_bits >= 8 && compact_bits <= 62);
}

ConversionCache::~ConversionCache() = default;

std::size_t ConversionCache::size() const {
    return store_->entries.size();
}

ConversionCache::Result ConversionCache::between(
    const Presentation& source, const Presentation& target
) {
    const std::uint64_t hash = Hash().add(source).add(target).value();
    const auto [first, last] = store_->entries.equal_range(hash);
    for (auto entry = first; entry != last; ++entry) {
        if (entry->second.source == source && entry->second.target == target) {
            return entry->second.result;
        }
    }
    Chain chain = chain_between(store_->rule, store_->overrides, source, target);
    Result result{nullptr, chain.refusal};
    if (!chain.refusal) {
        std::shared_ptr<Conversion> conversion(new Conversion);
        conversion->resolved_ = Conversion::Resolved::make(
            chain.steps, store_->rule.factor_rounding, store_->logs, store_->compact_bits
        );
        conversion->steps_ = std::move(chain.steps);
        conversion->upper_bound_ = chain.upper_bound;
        result.conversion = std::move(conversion);
    }
    store_->entries.emplace(hash, Entry{source, target, result});
    return result;
}

}  // namespace jicai::product
