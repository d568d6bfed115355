#pragma once

#include <engine/money/price.h>
#include <engine/money/ratio.h>
#include <engine/money/rounding.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// The price-ratio rule for drugs (药品差比价规则, in force since 2012-01-01): what one
/// presentation of a drug costs when another presentation of the same drug is priced. Every
/// coefficient is data (catalogs/price-ratio/); this library holds only the formulas and the order
/// of computation (Art. 9-16) and proves each rounded result.
///
/// Exactness: K = base^log2(X) is rational only when the curves of a chain cancel down to powers of
/// two; such a chain is computed as an exact fraction. Every other result is computed in
/// outward-rounded big-integer intervals, widened until both ends round alike. No binary floating
/// point.

namespace jicai::product {

using money::Price;
using money::Ratio;
using money::Rounding;

/// Which annex lists a form: chemical and biological drugs, or traditional (TCM) and natural drugs.
enum class Annex : std::uint8_t { chemical_biological = 1, traditional = 2 };

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
    Annex annex = Annex::chemical_biological;
    std::string family;  ///< forms are comparable inside one family; no ratio across families
    PackRule pack_rule = PackRule::linear;
    Ratio factor{1, 1};  ///< against the family's base form (1 for the base itself)
    Price adder{0};  ///< yuan per unit added after the factor (injections: 2.50, 4.50); 0 elsewhere
    /// Fill the annex computes the form at (10 ml, 50 ml); injections only.
    std::optional<std::int64_t> fill_base_nl;
    bool injection = false;
    bool oral_solid = false;        ///< material makes no difference (Art. 14(1))
    bool multi_dose_solid = false;  ///< granules and powders, which also come in multi-dose bottles
    /// The factor relates mean daily treatment costs (Annex 2), not units.
    bool daily_cost = false;
    /// Which material rules apply; empty: material makes no difference.
    std::string material_family;
    /// Art. 6: 1 is preferred as representative form, then 2.
    std::optional<int> representative_rank;
    std::string clause;    ///< "Annex 1 (5)"
    std::string evidence;  ///< official, assumed ... (the scale of the rulebooks)
};

/// The packaging material of an injection and what it adds (Art. 14).
struct MaterialRule {
    std::string name;  ///< 玻璃瓶, 塑料瓶, 软袋, 预灌封注射器
    std::vector<std::string> aliases;
    std::string family;  ///< large_volume, small_volume
    /// Holds for biological drugs only, or for the others only; absent: for both.
    std::optional<bool> biological;
    Price adder{0};        ///< yuan per smallest independent pack
    bool at_most = false;  ///< the article says "not more than"
    std::string clause;
    std::string evidence;
};

/// Where a value of the rule comes from.
struct ValueSource {
    std::string field;  ///< name of the member of PriceRatioRule
    std::string clause;
    std::string evidence;
};

/// The whole rule as data. The members marked "silent" settle points on which the text says
/// nothing.
struct PriceRatioRule {
    std::string id;
    std::string title_zh;
    std::string title_en;
    std::string source;
    Ratio content_base{1, 1};       ///< Art. 9: at most 1.7
    Ratio fill_base{1, 1};          ///< Art. 10: 1.9
    Ratio pack_base{1, 1};          ///< Art. 13: 1.95
    std::int64_t fill_step_nl = 1;  ///< Art. 10: 10 ml; up to the form's fill base no difference
    Price fill_step_price{0};       ///< 0.05
    bool fill_whole_steps = false;  ///< silent: only whole 10 ml steps count; false: proportional
    std::int64_t short_pack_days_max = 0;  ///< Art. 13: 3
    Ratio short_pack_factor{1, 1};         ///< 0.9
    /// Silent: a priced pack that is itself a short one is first taken back to the full price
    /// (divided by the factor).
    bool short_pack_undone_at_source = false;
    Price injection_price_floor{0};  ///< Art. 16(1): 0.20 per unit
    /// Silent: the cap of Art. 16(1) applies after the floor, and to it.
    bool injection_cap_last = false;
    /// Silent: the cap holds between injection forms with different adders too.
    bool injection_cap_across_forms = false;
    /// Art. 17: 8 (8-fold or more needs a representative of its own).
    Ratio content_separate_representative{1, 1};
    /// Silent: in a chain of strengths its ends are compared, not each step.
    bool content_limit_by_ends = false;
    /// Silent: bottles of granules or powder against each other by fill ratio, not curve.
    bool multi_dose_solid_fill_linear = false;
    /// Silent: each K is rounded so before use; absent: never.
    std::optional<Rounding> factor_rounding;
    /// Silent: "at most" values are charged in full; false: results are upper bounds.
    bool at_most_is_fixed = false;
    /// Silent: of an even number of pack counts the lower middle one is "the middle".
    bool representative_lower_middle = false;
    std::vector<DosageForm> forms;
    std::vector<MaterialRule> materials;
    /// Art. 19: a price below `below` is rounded to `decimals`; the last entry has no bound.
    struct RetailRounding {
        std::optional<Price> below;
        int decimals;
    };
    std::vector<RetailRounding> retail_rounding;
    std::vector<ValueSource> sources;  ///< one for each value above, by the name of its member

    /// The form of that name or alias in `annex`, or null. Names are compared byte by byte.
    [[nodiscard]] const DosageForm* find_form(
        std::string_view name, Annex annex = Annex::chemical_biological
    ) const;
    /// Clause and evidence of the member `field`, or null.
    [[nodiscard]] const ValueSource* source_of(std::string_view field) const;
};

/// Where a tender departs from the rule (rulebook stage `price_ratio`).
struct TenderOverrides {
    Ratio content_base;  ///< 2 makes contents relate linearly (2^log2(X) = X)
    Ratio pack_base;
    FillRule fill;
    bool material_counts;
    /// Art. 16(1), floor and cap: never seen in tender data, never excluded.
    bool injection_floor_applies;
    bool short_pack_applies;  ///< Art. 13
    /// Art. 17: refuse contents that differ 8-fold or more.
    bool separate_representative_enforced = false;
};

/// The rule itself, with nothing overridden.
[[nodiscard]] TenderOverrides no_overrides(const PriceRatioRule& rule);

/// One presentation of a drug. Content is the sum of the actives of one smallest unit (Art. 9 for
/// combinations).
struct Presentation {
    /// Never null when used; a form of the rule the cache was made with.
    const DosageForm* form = nullptr;
    /// In the lot's content unit; > 0. With `fill_curve`: of one dose, or per gram or ml.
    Ratio content{1, 1};
    std::int64_t pack_units = 1;  ///< smallest units in the pack; >= 1
    /// Nanolitres (or micrograms) in the smallest independent pack; absent: not stated.
    std::optional<std::int64_t> fill_nl = std::nullopt;
    std::string material;  ///< empty: the base material
    /// Electrolyte infusions, Art. 9 (counts when both sides say so).
    bool same_price_for_content = false;
    /// Multi-dose liquids and semi-solids: the 1.9 curve applies (Art. 10, 16(2)).
    bool fill_curve = false;
    /// Multi-dose packs: fill of one dose; the price of one dose is formed first (Art. 16(2)).
    std::optional<std::int64_t> dose_fill_nl = std::nullopt;
    bool biological = false;  ///< biological drug: prefilled syringes differ (Art. 14(2))
    /// For the 3-day rule (Art. 13): smallest units a day of a chronic-disease drug; absent: the
    /// rule does not apply.
    std::optional<Ratio> daily_units = std::nullopt;
    /// Smallest units of one mean day of treatment (Annex 2); needed between different forms of
    /// Annex 2.
    std::optional<Ratio> treatment_units = std::nullopt;

    friend bool operator==(const Presentation&, const Presentation&) = default;
};

/// Why two presentations have no price ratio. In order of precedence; the last two depend on the
/// price.
enum class RatioRefusal : std::uint8_t {
    different_families = 1,  ///< no annex relation between the forms
    content_not_positive = 2,
    /// Contents differ 8-fold or more and the caller asked to enforce Art. 17.
    separate_representative = 3,
    /// Annex 2 relates daily costs, and a side has no daily units (or 0).
    treatment_units_missing = 4,
    fill_not_stated = 5,   ///< the fill curve applies and a side has no fill (or 0)
    material_unknown = 6,  ///< material counts, and the rule has no such material for this form
    /// Contents, fills or daily units too far apart to be a 64-bit fraction.
    terms_out_of_range = 7,
    difference_exceeds_price = 8,  ///< an adder to take off is larger than the price
    result_out_of_range = 9,       ///< above Price::kMicroYuanMax
};

/// One applied step, for the trace: which article, what X, what it did.
struct RatioStep {
    enum class Kind : std::uint8_t {
        form_factor = 1,  ///< x ratio
        form_adder = 2,   ///< + adder
        content = 3,      ///< x base^log2(ratio)
        fill_curve = 4,   ///< x base^log2(ratio)
        fill_linear = 5,  ///< x ratio
        fill_adder = 6,   ///< + adder
        pack_curve = 7,   ///< x base^log2(ratio)
        pack_linear = 8,  ///< x ratio
        short_pack = 9,   ///< x ratio
        daily_cost = 10,  ///< x ratio (units a day of the source over those of the target)
        material = 11,    ///< + adder
        floor = 12,       ///< not below adder (for the whole target pack)
        cap = 13,         ///< not above the price given x ratio
    };
    Kind kind;
    Ratio ratio;                     ///< factor, or X of a curve; 1 for adders
    Ratio base;                      ///< base of a curve; 1 elsewhere
    std::int64_t adder_micro_yuan;   ///< signed numerator; 0 for factors
    std::int64_t adder_denominator;  ///< >= 1; above 1 only for proportional fill differences
    std::string clause;              ///< "Art. 9", "Annex 1 (5)"
    std::string evidence;            ///< of the weakest value used

    friend bool operator==(const RatioStep&, const RatioStep&) = default;
};

/// A prepared conversion from one presentation to another: the chain of steps with its factor
/// resolved to a proven interval, so that converting a price costs one multiplication for each end.
/// Make once per pair of presentations, use for any number of prices. Immutable: may be read by
/// several threads.
class Conversion {
public:
    [[nodiscard]] const std::vector<RatioStep>& steps() const { return steps_; }

    /// The price of the target pack, rounded once at the end. Nothing when an adder to take off
    /// exceeds the price or the result is out of range (then `refusal` says which).
    [[nodiscard]] std::optional<Price> convert(
        Price price, const Rounding& rounding, RatioRefusal* refusal = nullptr
    ) const;

    /// The same answer by the wide path alone, the first interval having `first_bits` fraction bits
    /// (16 to 4096): what `convert` falls back to. For tests and benches.
    [[nodiscard]] std::optional<Price> convert_wide(
        Price price, const Rounding& rounding, int first_bits, RatioRefusal* refusal = nullptr
    ) const;

    /// Exact order (-1, 0, 1) of a's and b's results for two prices, before rounding. Only used to
    /// list bids that tie after rounding. \pre both convert.
    [[nodiscard]] static int compare_unrounded(
        const Conversion& a, Price p, const Conversion& b, Price q
    );

    /// The factor to 8 decimals, half up, for people ("0.05322013"). For chains with adders: the
    /// slope alone.
    [[nodiscard]] std::string factor_text() const;

    /// Whether the result is a rational number for every price (ties possible).
    [[nodiscard]] bool exact() const;

    /// Whether the result is a ceiling rather than a price: a step uses an "at most" value and the
    /// rule does not charge those in full.
    [[nodiscard]] bool upper_bound() const { return upper_bound_; }

private:
    friend class ConversionCache;
    Conversion() = default;
    std::vector<RatioStep> steps_;
    bool upper_bound_ = false;
    struct Resolved;
    std::shared_ptr<const Resolved> resolved_;
};

/// Makes conversions and remembers them, by the values of the two presentations. Not thread safe:
/// one per thread.
class ConversionCache {
public:
    /// `compact_bits` (8 to 62): bits of the interval kept for the quick path; tests lower it to
    /// force the wide path. \pre `rule` outlives the cache.
    ConversionCache(
        const PriceRatioRule& rule, const TenderOverrides& overrides, int compact_bits = 62
    );
    ~ConversionCache();
    ConversionCache(const ConversionCache&) = delete;
    ConversionCache& operator=(const ConversionCache&) = delete;

    struct Result {
        std::shared_ptr<const Conversion> conversion;  ///< null when refused
        std::optional<RatioRefusal> refusal;
    };

    /// From the priced presentation `source` to `target`. \pre both forms set, both packs >= 1 unit
    /// (CHECKed).
    ///
    /// Order (Art. 16): form, content, fill, pack count, material; between injections, to a form
    /// with a larger adder content comes before form. Linear packs: the price of one unit first,
    /// times the count last, so that every adder is per unit; a source of the pack curve is taken
    /// down to one unit first when the target's pack is linear. Between different forms of Annex 2
    /// the mean daily cost is related and content does not enter again. Steps that change nothing
    /// (X = 1, adder 0) are left out.
    [[nodiscard]] Result between(const Presentation& source, const Presentation& target);

    /// Pairs remembered so far.
    [[nodiscard]] std::size_t size() const;

private:
    struct Store;
    std::unique_ptr<Store> store_;
};

}  // namespace jicai::product
