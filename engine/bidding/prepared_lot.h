#pragma once

#include <engine/decision/message.h>
#include <engine/product/price_ratio.h>
#include <engine/round/round.h>
#include <engine/rules/rulebook.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/// \file
/// A lot made ready for deciding: every name resolved, every event applied to its bid, every price
/// conversion proven and cached, so that deciding is integer arithmetic. Prepare once; decide as
/// often as prices change (simulation).

namespace jicai::bidding {

/// What is known of a bid before any price is looked at. Declared in order of precedence.
enum class Standing : std::uint8_t {
    absent = 1,             ///< listed, did not take part
    set_aside = 2,          ///< passed over by the office (event)
    withdrawn = 3,          ///< event
    disqualified = 4,       ///< event
    main_spec_missing = 5,  ///< the lot demands a main spec and the bid has another
    without_price = 6,      ///< took part without a usable price
    admitted = 7,
};

struct PreparedBid {
    round::BidIndex bid;
    round::SupplierIndex supplier;
    Standing standing = Standing::admitted;
    const round::Event* event = nullptr;  ///< of a set-aside, withdrawn or disqualified bid
    int group = -1;  ///< number of the affiliation group inside the lot; -1: none
    /// Index (in PreparedLot::bids) of the bid of the same supplier that stands for it; its own
    /// index usually.
    std::size_t representative = 0;
    std::optional<money::Price> pack_price;
    std::optional<money::Price> own_lowest_price;
    std::optional<money::Price> ceiling;
    std::shared_ptr<const product::Conversion> to_unit;  ///< one unit of its own spec, base form
    std::shared_ptr<const product::Conversion>
        to_comparable;  ///< one unit of the reference spec, base form
    std::shared_ptr<const product::Conversion>
        from_representative;  ///< several_fitting_ratio: what the representative's price implies
    /// By tie key of the rulebook; a smaller number goes first; empty: the value is not known.
    std::vector<std::optional<std::int64_t>> tie_values;
    bool gave_up_award = false;  ///< passed a turn of region picking
    const round::Event* gave_up_event = nullptr;
    const round::Event* requote = nullptr;  ///< accepted a rescue price
    std::optional<money::Price> requote_price;
};

struct PreparedLot {
    round::LotIndex lot;
    round::SpecIndex reference_spec;
    std::vector<PreparedBid> bids;  ///< in the order of Round::bids
    std::vector<std::string> group_names;
    /// Drawn orders: supplier indexes, first drawn first.
    std::vector<std::vector<round::SupplierIndex>> draws;
    std::int64_t regions = 0;                  ///< number of regions to be picked
    std::vector<decision::Message> waits_for;  ///< why the lot cannot be decided at all (wait.*)
};

/// The conversions of one rulebook. Lots whose contents relate linearly have a cache of their own.
class Conversions {
public:
    Conversions(const product::PriceRatioRule& rule, const rules::PriceRatioStage& stage);

    /// The cache that serves a lot.
    [[nodiscard]] product::ConversionCache& of_lot(const std::string& lot_id);
    [[nodiscard]] const product::PriceRatioRule& rule() const { return rule_; }

private:
    const product::PriceRatioRule& rule_;
    std::vector<std::string> linear_lots_;
    product::ConversionCache curve_;
    product::ConversionCache linear_;
};

/// The value of a parameter, or decision::RunStopped (wait.open_parameter) when the rulebook leaves
/// it open.
template <class T>
[[nodiscard]] const T& value_of(const rules::Parameter<T>& parameter, const char* path);
[[noreturn]] void stop_for_open_parameter(const std::string& path, const std::string& clause);

/// Never throws for what a person can mend: such a lot comes back with waits_for filled.
[[nodiscard]] PreparedLot prepare_lot(
    const round::Round& round,
    round::LotIndex lot,
    const rules::Rulebook& rulebook,
    Conversions& conversions
);

/// One smallest unit of `spec` in the lot's base form, as the target of a conversion. Null form
/// pointer when the base form is unknown.
[[nodiscard]] product::Presentation unit_of(
    const round::Lot& lot,
    const money::Ratio& content,
    std::optional<std::int64_t> fill_nl,
    const product::PriceRatioRule& rule
);

/// The presentation a bid prices.
[[nodiscard]] product::Presentation presentation_of(
    const round::Round& round, const round::Bid& bid, const product::PriceRatioRule& rule
);

// ---------------------------------------------------------------------------------------------------------------

template <class T>
const T& value_of(const rules::Parameter<T>& parameter, const char* path) {
    if (!parameter.value) stop_for_open_parameter(path, parameter.clause);
    return *parameter.value;
}

}  // namespace jicai::bidding
