#include <engine/money/check.h>
#include <engine/product/chain.h>
#include <engine/product/exact_numbers.h>

#include <array>
#include <limits>
#include <utility>

namespace jicai::product {

namespace {

using money::Int128;
using Kind = RatioStep::Kind;

const Ratio kOne{1, 1};
constexpr std::int64_t kInt64Max = std::numeric_limits<std::int64_t>::max();

// From the best evidenced to the least; a word we do not know counts as the least.
std::size_t weakness(const std::string& evidence) {
    constexpr std::array<std::string_view, 6> kScale{
        "official", "replay", "secondary", "reported", "given", "assumed"};
    std::size_t i = 0;
    while (i < kScale.size() && kScale[i] != evidence) ++i;
    return i;
}

struct Source {
    std::string clause;
    std::string evidence;
};

Source of_field(const PriceRatioRule& rule, std::string_view field) {
    const ValueSource* source = rule.source_of(field);
    return source == nullptr ? Source{} : Source{source->clause, source->evidence};
}

Source of_forms(const DosageForm& source, const DosageForm& target) {
    const bool source_weaker = weakness(source.evidence) > weakness(target.evidence);
    return {
        source.clause == target.clause ? target.clause : source.clause + ", " + target.clause,
        source_weaker ? source.evidence : target.evidence};
}

std::optional<Ratio> fraction(const BigRational& value) {
    const BigInt above = numerator(value);
    const BigInt below = denominator(value);
    if (above > kInt64Max || below > kInt64Max) return {};
    return Ratio(static_cast<std::int64_t>(above), static_cast<std::int64_t>(below));
}

RatioStep factor(Kind kind, const Ratio& ratio, Source source) {
    return {kind, ratio, kOne, 0, 1, std::move(source.clause), std::move(source.evidence)};
}

RatioStep curve(Kind kind, const Ratio& x, const Ratio& base, Source source) {
    return {kind, x, base, 0, 1, std::move(source.clause), std::move(source.evidence)};
}

RatioStep adder(Kind kind, std::int64_t micro_yuan, std::int64_t denominator, Source source) {
    return {
        kind,
        kOne,
        kOne,
        micro_yuan,
        denominator,
        std::move(source.clause),
        std::move(source.evidence)};
}

const MaterialRule* find_material(
    const PriceRatioRule& rule, const Presentation& presentation, const std::string& family
) {
    for (const MaterialRule& material : rule.materials) {
        if (material.family != family) continue;
        if (material.biological && *material.biological != presentation.biological) continue;
        if (material.name == presentation.material) return &material;
        for (const std::string& alias : material.aliases) {
            if (alias == presentation.material) return &material;
        }
    }
    return nullptr;
}

class ChainBuilder {
public:
    ChainBuilder(
        const PriceRatioRule& rule,
        const TenderOverrides& overrides,
        const Presentation& source,
        const Presentation& target
    )
        : rule_(rule),
          overrides_(overrides),
          source_(source),
          target_(target),
          injections_(source.form->injection && target.form->injection) {}

    Chain build() {
        if (const auto refusal = check()) return refused(*refusal);
        plan_content();
        plan_fill();
        plan_material();
        if (refusal_) return refused(*refusal_);
        plan_pack();
        assemble();
        if (refusal_) return refused(*refusal_);
        return {std::move(steps_), upper_bound_, {}};
    }

private:
    static Chain refused(RatioRefusal refusal) { return {{}, false, refusal}; }

    // The steps of a presentation pair that are decided apart from their order.
    struct Plan {
        std::optional<RatioStep> content;
        std::optional<RatioStep> daily_cost;
        std::optional<RatioStep> fill;
        std::optional<RatioStep> material;
        std::optional<RatioStep> pack_down;  // to one unit, before everything else
        std::optional<RatioStep> pack;       // to the target's count
        std::optional<RatioStep> short_pack;
    };

    bool by_daily_cost() const {
        return source_.form != target_.form && source_.form->daily_cost && target_.form->daily_cost;
    }

    std::optional<RatioRefusal> check() const {
        if (source_.form->family != target_.form->family) return RatioRefusal::different_families;
        if (source_.content.numerator() == 0 || target_.content.numerator() == 0) {
            return RatioRefusal::content_not_positive;
        }
        if (overrides_.separate_representative_enforced) {
            const bool smaller = target_.content < source_.content;
            const Ratio& low = smaller ? target_.content : source_.content;
            const Ratio& high = smaller ? source_.content : target_.content;
            if (exact(high) >= exact(low) * exact(rule_.content_separate_representative)) {
                return RatioRefusal::separate_representative;
            }
        }
        if (by_daily_cost()) {
            const auto missing = [](const std::optional<Ratio>& units) {
                return !units || units->numerator() == 0;
            };
            if (missing(source_.treatment_units) || missing(target_.treatment_units)) {
                return RatioRefusal::treatment_units_missing;
            }
        }
        return {};
    }

    // Keeps the first refusal in order of precedence.
    void refuse(RatioRefusal refusal) {
        if (!refusal_ || refusal < *refusal_) refusal_ = refusal;
    }

    std::optional<Ratio> quotient(const BigRational& above, const BigRational& below) {
        const auto result = fraction(above / below);
        if (!result) refuse(RatioRefusal::terms_out_of_range);
        return result;
    }

    void plan_content() {
        if (by_daily_cost()) {
            const auto ratio =
                quotient(exact(*source_.treatment_units), exact(*target_.treatment_units));
            if (ratio && *ratio != kOne) {
                plan_.daily_cost =
                    factor(Kind::daily_cost, *ratio, of_forms(*source_.form, *target_.form));
            }
            return;
        }
        if (source_.same_price_for_content && target_.same_price_for_content) return;
        if (source_.content == target_.content) return;
        if (const auto x = quotient(exact(target_.content), exact(source_.content))) {
            plan_.content =
                curve(Kind::content, *x, overrides_.content_base, of_field(rule_, "content_base"));
        }
    }

    void plan_fill() {
        if (overrides_.fill == FillRule::ignored) return;
        if (injections_) {
            plan_fill_adder();
        } else if (source_.fill_curve || target_.fill_curve) {
            plan_fill_curve();
        }
    }

    // Fill above what the form is computed at, in steps of the rule.
    BigRational fill_steps(const Presentation& presentation) const {
        if (!presentation.fill_nl || !presentation.form->fill_base_nl) return 0;
        const std::int64_t base = *presentation.form->fill_base_nl;
        if (*presentation.fill_nl <= base) return 0;
        const std::int64_t above = *presentation.fill_nl - base;
        if (rule_.fill_whole_steps) return above / rule_.fill_step_nl;
        return BigRational(BigInt(above), BigInt(rule_.fill_step_nl));
    }

    void plan_fill_adder() {
        const BigRational micro_yuan = (fill_steps(target_) - fill_steps(source_)) *
                                       BigRational(rule_.fill_step_price.micro_yuan());
        if (micro_yuan == 0) return;
        const auto size = fraction(micro_yuan < 0 ? BigRational(-micro_yuan) : micro_yuan);
        if (!size) return refuse(RatioRefusal::terms_out_of_range);
        plan_.fill = adder(
            Kind::fill_adder,
            micro_yuan < 0 ? -size->numerator() : size->numerator(),
            size->denominator(),
            of_field(rule_, "fill_step_price")
        );
    }

    // Fill of the pack counted in doses when either side names its dose, in volume otherwise.
    static std::optional<BigRational> fill_measure(
        const Presentation& presentation, bool in_doses
    ) {
        if (in_doses && !(presentation.fill_curve && presentation.dose_fill_nl))
            return BigRational(1);
        if (!presentation.fill_nl || *presentation.fill_nl <= 0) return {};
        if (!in_doses) return BigRational(BigInt(*presentation.fill_nl));
        if (*presentation.dose_fill_nl <= 0) return {};
        return BigRational(BigInt(*presentation.fill_nl), BigInt(*presentation.dose_fill_nl));
    }

    void plan_fill_curve() {
        const bool in_doses = (source_.fill_curve && source_.dose_fill_nl) ||
                              (target_.fill_curve && target_.dose_fill_nl);
        const auto source_measure = fill_measure(source_, in_doses);
        const auto target_measure = fill_measure(target_, in_doses);
        if (!source_measure || !target_measure) return refuse(RatioRefusal::fill_not_stated);
        const auto x = quotient(*target_measure, *source_measure);
        if (!x || *x == kOne) return;
        const bool both_multi_dose_solids = source_.form->multi_dose_solid &&
                                            target_.form->multi_dose_solid && source_.fill_curve &&
                                            target_.fill_curve;
        if (both_multi_dose_solids && rule_.multi_dose_solid_fill_linear) {
            plan_.fill =
                factor(Kind::fill_linear, *x, of_field(rule_, "multi_dose_solid_fill_linear"));
        } else {
            plan_.fill = curve(Kind::fill_curve, *x, rule_.fill_base, of_field(rule_, "fill_base"));
        }
    }

    const MaterialRule* material_of(const Presentation& presentation) {
        const std::string& family = presentation.form->material_family;
        if (family.empty() || presentation.material.empty()) return nullptr;
        const MaterialRule* material = find_material(rule_, presentation, family);
        if (material == nullptr) refuse(RatioRefusal::material_unknown);
        return material;
    }

    void plan_material() {
        if (!overrides_.material_counts) return;
        const MaterialRule* source = material_of(source_);
        const MaterialRule* target = material_of(target_);
        const std::int64_t difference = (target == nullptr ? 0 : target->adder.micro_yuan()) -
                                        (source == nullptr ? 0 : source->adder.micro_yuan());
        if (difference == 0) return;
        const bool at_most =
            (source != nullptr && source->at_most) || (target != nullptr && target->at_most);
        upper_bound_ = at_most && !rule_.at_most_is_fixed;
        const MaterialRule& named = target == nullptr ? *source : *target;
        plan_.material = adder(Kind::material, difference, 1, {named.clause, named.evidence});
    }

    bool has_adder() const {
        const bool form_adder = source_.form->adder != target_.form->adder;
        const bool fill_adder = plan_.fill && plan_.fill->kind == Kind::fill_adder;
        return form_adder || fill_adder || plan_.material.has_value();
    }

    bool is_short(const Presentation& presentation) const {
        if (!overrides_.short_pack_applies || !presentation.daily_units) return false;
        return BigRational(BigInt(presentation.pack_units)) <=
               exact(*presentation.daily_units) * BigRational(BigInt(rule_.short_pack_days_max));
    }

    void plan_pack() {
        const bool down_by_curve = source_.form->pack_rule == PackRule::curve;
        const bool up_by_curve = target_.form->pack_rule == PackRule::curve;
        const Ratio down{1, source_.pack_units};
        const Ratio up{target_.pack_units, 1};
        const Ratio across{target_.pack_units, source_.pack_units};
        const Source clause = of_field(rule_, "pack_base");
        const auto step = [&](bool by_curve, const Ratio& ratio) -> std::optional<RatioStep> {
            if (ratio == kOne) return {};
            return by_curve ? curve(Kind::pack_curve, ratio, overrides_.pack_base, clause)
                            : factor(Kind::pack_linear, ratio, clause);
        };
        if (down_by_curve == up_by_curve && (down_by_curve || !has_adder())) {
            plan_.pack = step(up_by_curve, across);
        } else {
            plan_.pack_down = step(down_by_curve, down);
            plan_.pack = step(up_by_curve, up);
        }
        plan_short_pack();
    }

    void plan_short_pack() {
        const Source clause = of_field(rule_, "short_pack_factor");
        const bool target_short = is_short(target_);
        const bool source_short = is_short(source_) && rule_.short_pack_undone_at_source;
        if (target_short == source_short) return;
        if (target_short) {
            plan_.short_pack = factor(Kind::short_pack, rule_.short_pack_factor, clause);
        } else if (const auto ratio = quotient(1, exact(rule_.short_pack_factor))) {
            plan_.short_pack = factor(Kind::short_pack, *ratio, clause);
        }
    }

    void push(std::optional<RatioStep>& step) {
        if (step) steps_.push_back(std::move(*step));
    }

    void push_form() {
        const DosageForm& source = *source_.form;
        const DosageForm& target = *target_.form;
        if (&source == &target) return;
        const Source clause = of_forms(source, target);
        const std::int64_t source_adder = source.adder.micro_yuan();
        const std::int64_t target_adder = target.adder.micro_yuan();
        if (source.factor == target.factor) {
            if (source_adder != target_adder) {
                steps_.push_back(adder(Kind::form_adder, target_adder - source_adder, 1, clause));
            }
            return;
        }
        if (source_adder != 0) steps_.push_back(adder(Kind::form_adder, -source_adder, 1, clause));
        if (const auto ratio = quotient(exact(target.factor), exact(source.factor))) {
            steps_.push_back(factor(Kind::form_factor, *ratio, clause));
        }
        if (target_adder != 0) steps_.push_back(adder(Kind::form_adder, target_adder, 1, clause));
    }

    void assemble() {
        push(plan_.pack_down);
        const bool content_first = injections_ && target_.form->adder > source_.form->adder;
        if (content_first) push(plan_.content);
        push_form();
        if (!content_first) push(plan_.content);
        push(plan_.daily_cost);
        push(plan_.fill);
        // Materials of injections are charged per unit, so their linear count comes after them.
        push(plan_.material);
        push(plan_.pack);
        push(plan_.short_pack);
        if (target_.form->injection && overrides_.injection_floor_applies) push_bounds();
    }

    void push_bounds() {
        const Int128 floor = Int128{rule_.injection_price_floor.micro_yuan()} * target_.pack_units;
        if (floor > kInt64Max) return refuse(RatioRefusal::terms_out_of_range);
        RatioStep at_least = adder(
            Kind::floor,
            static_cast<std::int64_t>(floor),
            1,
            of_field(rule_, "injection_price_floor")
        );
        std::optional<RatioStep> at_most;
        const bool same_kind = source_.form->adder == target_.form->adder &&
                               source_.form->factor == target_.form->factor;
        if (target_.content < source_.content && (same_kind || rule_.injection_cap_across_forms)) {
            at_most = factor(
                Kind::cap,
                Ratio{target_.pack_units, source_.pack_units},
                of_field(rule_, "injection_cap_last")
            );
        }
        if (rule_.injection_cap_last) {
            steps_.push_back(std::move(at_least));
            push(at_most);
        } else {
            push(at_most);
            steps_.push_back(std::move(at_least));
        }
    }

    const PriceRatioRule& rule_;
    const TenderOverrides& overrides_;
    const Presentation& source_;
    const Presentation& target_;
    bool injections_;
    Plan plan_;
    std::vector<RatioStep> steps_;
    bool upper_bound_ = false;
    std::optional<RatioRefusal> refusal_;
};

}  // namespace

Chain chain_between(
    const PriceRatioRule& rule,
    const TenderOverrides& overrides,
    const Presentation& source,
    const Presentation& target
) {
    JICAI_CHECK(source.form != nullptr && target.form != nullptr);
    JICAI_CHECK(source.pack_units >= 1 && target.pack_units >= 1);
    return ChainBuilder(rule, overrides, source, target).build();
}

}  // namespace jicai::product
