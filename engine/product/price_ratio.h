#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <engine/money/price.h>
#include <engine/money/ratio.h>
#include <engine/money/rounding.h>

/// \file
/// The price-ratio rule for drugs (药品差比价规则, in force since 2012-01-01): what one presentation of a drug costs when
/// another presentation of the same drug is priced. Every coefficient is data (catalogs/price-ratio/); this library
/// holds only the formulas and the order of computation (Art. 9-16) and proves each rounded result.
///
/// Exactness: K = base^log2(X) is a power of two times an irrational number unless X is a power of two. Results are
/// computed in outward-rounded big-integer intervals, widened until both ends round alike; a chain that holds only powers of two is
/// computed as an exact fraction. No binary floating point.

namespace jicai::product {

using money::Price;
using money::Ratio;
using money::Rounding;

/// How the number of smallest units in a pack enters the price (Art. 13).
enum class PackRule : std::uint8_t {
    curve,   ///< oral tablets and capsules: pack base ^ log2(X)
    linear,  ///< every other form: unit price x count
};

/// What the fill of the smallest independent pack (装量) does (Art. 10; tenders may override).
enum class FillRule : std::uint8_t {
    per_rule,  ///< Art. 10: 1.9 curve, or for chemical injections yuan per 10 ml above 10 ml
    ignored,   ///< tender: differences of fill are counted through the content (GY-YD2020-1 6.5)
};

/// One dosage form as the annexes list it.
struct DosageForm {
    std::string name;                  ///< the annex's word: 普通片
    std::vector<std::string> aliases;  ///< 素片, 糖衣片, 薄膜衣片 ...
    std::string family;                ///< forms are comparable inside one family; empty ratio across families
    PackRule pack_rule;
    Ratio factor;                      ///< against the family's base form (1 for the base itself)
    Price adder;                       ///< yuan per unit added after the factor (injections: 2.50, 4.50); 0 elsewhere
    std::optional<std::int64_t> fill_base_nl;  ///< fill the annex computes the form at (10 ml, 50 ml), in nanolitres; injections only
    bool injection;
    bool oral_solid;                   ///< material makes no difference (Art. 14(1))
    std::string clause;                ///< "Annex 1 (5)"
    std::string evidence;              ///< official, assumed ... (the scale of the rulebooks)
};

/// The packaging material of an injection and what it may add (Art. 14).
struct MaterialRule {
    std::string name;    ///< 玻璃瓶, 塑料瓶, 软袋, 预灌封注射器
    std::string family;  ///< large_volume, small_volume_biological ...
    Price adder;
    std::string clause;
};

/// The whole rule as data.
struct PriceRatioRule {
    std::string id;
    std::string title;
    std::string source;
    Ratio content_base;          ///< Art. 9: at most 1.7
    Ratio fill_base;             ///< Art. 10: 1.9
    Ratio pack_base;             ///< Art. 13: 1.95
    std::int64_t fill_free_nl;   ///< Art. 10: up to and including this fill no difference (10 ml)
    std::int64_t fill_step_nl;   ///< 10 ml
    Price fill_step_price;       ///< 0.05
    bool fill_whole_steps;       ///< silent in the text: whole 10 ml steps or proportional (default proportional)
    std::int64_t short_pack_days_max;  ///< Art. 13: 3
    Ratio short_pack_factor;           ///< 0.9
    Price injection_price_floor;       ///< Art. 16(1): 0.20
    Ratio content_separate_representative;  ///< Art. 17: 8 (>= 8 needs a representative of its own)
    std::vector<DosageForm> forms;
    std::vector<MaterialRule> materials;
    /// Art. 19: price below `below` is rounded to `decimals`; the last entry has no bound.
    struct RetailRounding {
        std::optional<Price> below;
        int decimals;
    };
    std::vector<RetailRounding> retail_rounding;

    /// The form of that name or alias, or null.
    [[nodiscard]] const DosageForm* find_form(std::string_view name) const;
};

/// Where a tender departs from the rule (rulebook stage `price_ratio`).
struct TenderOverrides {
    Ratio content_base;
    Ratio pack_base;
    FillRule fill;
    bool material_counts;
    bool injection_floor_applies;  ///< Art. 16(1): never seen in tender data, never excluded
    bool short_pack_applies;       ///< Art. 13
};

/// One presentation of a drug. Content is the sum of the actives of one smallest unit (Art. 9 for combinations).
struct Presentation {
    const DosageForm* form;       ///< never null
    Ratio content;                ///< in the lot's content unit; > 0
    std::int64_t pack_units;      ///< smallest units in the pack; >= 1
    std::optional<std::int64_t> fill_nl;  ///< nanolitres; absent: not stated
    std::string material;         ///< empty: the base material
    bool same_price_for_content = false;  ///< electrolyte infusions, Art. 9
    bool fill_curve = false;      ///< multi-dose liquids and semi-solids: the 1.9 curve applies (Art. 10, 16(2))
    /// For the 3-day rule: daily dose units of a chronic-disease drug; absent: rule does not apply.
    std::optional<Ratio> daily_units;
};

/// Why two presentations have no price ratio. In order of precedence.
enum class RatioRefusal : std::uint8_t {
    different_families = 1,   ///< no annex relation between the forms
    content_not_positive = 2,
    separate_representative = 3,  ///< contents differ 8-fold or more and the caller asked to enforce Art. 17
    difference_exceeds_price = 4, ///< an adder to take off is larger than the price
    result_out_of_range = 5,
};

/// One applied step, for the trace: which article, what X, what it did.
struct RatioStep {
    enum class Kind : std::uint8_t { form_factor, form_adder, content, fill_curve, fill_adder, pack_curve, pack_linear,
                                     short_pack, material, floor, cap };
    Kind kind;
    Ratio ratio;   ///< factor, or X of a curve; 1 for adders
    Ratio base;    ///< base of a curve; 1 elsewhere
    std::int64_t adder_micro_yuan;  ///< signed; 0 for factors
};

/// A prepared conversion from one presentation to another: the chain of steps with its factor resolved to a proven interval, so that
/// converting a price costs one multiplication. Make once per pair of presentations, use for any number of prices.
class Conversion {
public:
    [[nodiscard]] const std::vector<RatioStep>& steps() const { return steps_; }
    /// The price of the target pack, rounded once at the end. Nothing when an adder to take off exceeds the price or
    /// the result is out of range (then `refusal` says which).
    [[nodiscard]] std::optional<Price> convert(Price price, const Rounding& rounding, RatioRefusal* refusal = nullptr) const;
    /// Whether the unrounded results of two conversions of two prices differ, and how: exact order of a.convert(p) and b.convert(q) before
    /// rounding. Only used to list bids that tie after rounding.
    [[nodiscard]] static int compare_unrounded(const Conversion& a, Price p, const Conversion& b, Price q);
    /// The factor to 8 decimals, half up, for people ("0.05322013"); meaningful for chains without adders.
    [[nodiscard]] std::string factor_text() const;

private:
    friend class ConversionCache;
    std::vector<RatioStep> steps_;
    struct Resolved;
    std::shared_ptr<const Resolved> resolved_;
};

/// Makes conversions and remembers them. Not thread safe: one per thread.
class ConversionCache {
public:
    ConversionCache(const PriceRatioRule& rule, const TenderOverrides& overrides);
    ~ConversionCache();
    ConversionCache(const ConversionCache&) = delete;
    ConversionCache& operator=(const ConversionCache&) = delete;

    struct Result {
        std::shared_ptr<const Conversion> conversion;  ///< null when refused
        std::optional<RatioRefusal> refusal;
    };
    /// From the priced presentation `source` to `target`.
    /// Order (Art. 16): form, content, fill, pack count, material; for injections to a form with a larger adder content comes before form.
    [[nodiscard]] Result between(const Presentation& source, const Presentation& target);

private:
    struct Store;
    std::unique_ptr<Store> store_;
};

/// Art. 19 rounding of a retail price (not used by tenders).
[[nodiscard]] Price round_retail(Price price, const PriceRatioRule& rule);

}  // namespace jicai::product
