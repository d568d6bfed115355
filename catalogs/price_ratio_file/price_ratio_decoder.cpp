#include <catalogs/price_ratio_file/price_ratio_decoder.h>
#include <catalogs/price_ratio_file/value_reader.h>
#include <engine/money/price.h>

#include <array>
#include <limits>
#include <map>
#include <optional>
#include <utility>

namespace jicai::catalogs::price_ratio {

namespace {

using money::Price;
using money::Ratio;
using product::DosageForm;
using product::MaterialRule;
using product::PriceRatioRule;

class Decoder : private ValueReader {
public:
    Decoded decode(std::string_view text) {
        const toml::parse_result parsed = parse_toml(text);
        if (!parsed) {
            const toml::parse_error& error = parsed.error();
            fault(
                place_of(error.source().begin),
                "",
                "fault.price_ratio.toml_syntax",
                {{"detail", shortened(std::string(error.description()))}}
            );
            return finished();
        }
        const Owner root{&parsed.table(), "price_ratio file"};
        allow(
            root,
            {"price_ratio",
             "content",
             "fill",
             "pack",
             "injection",
             "computation",
             "retail_rounding",
             "material",
             "form"}
        );
        decode_identity(root);
        decode_values(root);
        decode_retail_rounding(root);
        for (const Owner& entry : entries(root, "material")) decode_material(entry);
        for (const Owner& entry : entries(root, "form")) decode_form(entry);
        return finished();
    }

private:
    Decoded finished() {
        out_.faults = take_faults();
        return std::move(out_);
    }

    // Writes the value to the rule's member and notes its source under the member's name.
    template <class T, class Member, class DecodeValue>
    void value(
        const Owner& owner,
        std::string_view key,
        std::string_view unit,
        Member& member,
        std::string_view field,
        const DecodeValue& decode_value,
        const Words& more_keys = {}
    ) {
        auto found = parameter<T>(owner, key, unit, decode_value, more_keys);
        if (!found) return;
        member = std::move(found->value);
        out_.rule.sources.push_back(
            {std::string(field), std::move(found->clause), std::move(found->evidence)}
        );
    }

    void decode_identity(const Owner& root) {
        const auto owner = section(root, "price_ratio", {"id", "title", "source"});
        if (!owner) return;
        out_.rule.id = text(*owner, "id").value_or("");
        out_.rule.source = text(*owner, "source").value_or("");
        const auto title = section(*owner, "title", {"zh", "en"});
        if (!title) return;
        out_.rule.title_zh = text(*title, "zh").value_or("");
        out_.rule.title_en = text(*title, "en").value_or("");
    }

    void decode_values(const Owner& root) {
        PriceRatioRule& rule = out_.rule;
        if (const auto o =
                section(root, "content", {"base", "separate_representative", "limit_by_ends"})) {
            value<Ratio>(*o, "base", "ratio", rule.content_base, "content_base", as_ratio());
            value<Ratio>(
                *o,
                "separate_representative",
                "ratio",
                rule.content_separate_representative,
                "content_separate_representative",
                as_ratio()
            );
            value<bool>(
                *o,
                "limit_by_ends",
                "flag",
                rule.content_limit_by_ends,
                "content_limit_by_ends",
                as_flag()
            );
        }
        if (const auto o = section(
                root,
                "fill",
                {"base", "step", "step_price", "whole_steps", "multi_dose_solid_linear"}
            )) {
            value<Ratio>(*o, "base", "ratio", rule.fill_base, "fill_base", as_ratio());
            value<std::int64_t>(
                *o, "step", "ml", rule.fill_step_nl, "fill_step_nl", as_nanolitres()
            );
            value<Price>(
                *o, "step_price", "yuan", rule.fill_step_price, "fill_step_price", as_price()
            );
            value<bool>(
                *o, "whole_steps", "flag", rule.fill_whole_steps, "fill_whole_steps", as_flag()
            );
            value<bool>(
                *o,
                "multi_dose_solid_linear",
                "flag",
                rule.multi_dose_solid_fill_linear,
                "multi_dose_solid_fill_linear",
                as_flag()
            );
        }
        decode_pack(root);
        if (const auto o =
                section(root, "injection", {"price_floor", "cap_last", "cap_across_forms"})) {
            value<Price>(
                *o,
                "price_floor",
                "yuan",
                rule.injection_price_floor,
                "injection_price_floor",
                as_price()
            );
            value<bool>(
                *o, "cap_last", "flag", rule.injection_cap_last, "injection_cap_last", as_flag()
            );
            value<bool>(
                *o,
                "cap_across_forms",
                "flag",
                rule.injection_cap_across_forms,
                "injection_cap_across_forms",
                as_flag()
            );
        }
        decode_computation(root);
    }

    void decode_pack(const Owner& root) {
        constexpr std::int64_t kDaysMax = 366;
        PriceRatioRule& rule = out_.rule;
        const auto owner = section(
            root,
            "pack",
            {"base", "short_pack_days_max", "short_pack_factor", "short_pack_undone_at_source"}
        );
        if (!owner) return;
        value<Ratio>(*owner, "base", "ratio", rule.pack_base, "pack_base", as_ratio());
        value<std::int64_t>(
            *owner,
            "short_pack_days_max",
            "days",
            rule.short_pack_days_max,
            "short_pack_days_max",
            [this](const Owner&, const toml::node& node, const std::string& subject) {
                return whole_of(node, subject, 0, kDaysMax);
            }
        );
        value<Ratio>(
            *owner,
            "short_pack_factor",
            "ratio",
            rule.short_pack_factor,
            "short_pack_factor",
            as_ratio()
        );
        value<bool>(
            *owner,
            "short_pack_undone_at_source",
            "flag",
            rule.short_pack_undone_at_source,
            "short_pack_undone_at_source",
            as_flag()
        );
    }

    // "none", or a mode with decimals.
    std::optional<std::optional<money::Rounding>> rounding_of(
        const Owner& owner, const toml::node& node, const std::string& subject
    ) {
        using money::RoundingMode;
        constexpr std::array<std::pair<std::string_view, RoundingMode>, 4> kModes{
            {{"half_up", RoundingMode::half_up},
             {"half_even", RoundingMode::half_even},
             {"down", RoundingMode::down},
             {"up", RoundingMode::up}}};
        const auto* word = node.as_string();
        if (word != nullptr && word->get() == "none") return std::optional<money::Rounding>{};
        for (const auto& [name, mode] : kModes) {
            if (word == nullptr || word->get() != name) continue;
            const toml::node* decimals = required(owner, "decimals");
            if (decimals == nullptr) return {};
            const auto count =
                whole_of(*decimals, subject + ".decimals", 0, money::kMicroYuanScale);
            if (!count) return {};
            return std::optional<money::Rounding>{{mode, static_cast<int>(*count)}};
        }
        wrong(
            node,
            subject,
            "fault.price_ratio.word_unknown",
            {{"allowed", "none, half_up, half_even, down, up"}}
        );
        return {};
    }

    void decode_computation(const Owner& root) {
        PriceRatioRule& rule = out_.rule;
        const auto owner = section(
            root,
            "computation",
            {"factor_rounding", "at_most_is_fixed", "representative_lower_middle"}
        );
        if (!owner) return;
        value<std::optional<money::Rounding>>(
            *owner,
            "factor_rounding",
            "rounding",
            rule.factor_rounding,
            "factor_rounding",
            [this](const Owner& inner, const toml::node& node, const std::string& subject) {
                return rounding_of(inner, node, subject);
            },
            {"decimals"}
        );
        value<bool>(
            *owner, "at_most_is_fixed", "flag", rule.at_most_is_fixed, "at_most_is_fixed", as_flag()
        );
        value<bool>(
            *owner,
            "representative_lower_middle",
            "flag",
            rule.representative_lower_middle,
            "representative_lower_middle",
            as_flag()
        );
    }

    void decode_retail_rounding(const Owner& root) {
        const std::vector<Owner> rows = entries(root, "retail_rounding");
        std::optional<Price> previous;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const Owner& row = rows[i];
            allow(row, {"below", "decimals", "unit", "clause", "evidence"});
            check_unit(row, "yuan");
            auto clause = text(row, "clause");
            auto evidence = word(row, "evidence", evidence_words());
            PriceRatioRule::RetailRounding rounding{{}, 0};
            if (const toml::node* node = required(row, "decimals")) {
                const auto decimals =
                    whole_of(*node, row.name + ".decimals", 0, money::kMicroYuanScale);
                rounding.decimals = static_cast<int>(decimals.value_or(0));
            }
            const bool last = i + 1 == rows.size();
            const toml::node* below = row.table->get("below");
            if (last != (below == nullptr)) {
                fault(
                    place_of(*row.table),
                    row.name,
                    "fault.price_ratio.retail_rounding_last",
                    {{"parameter", row.name}, {"row", std::to_string(i + 1)}}
                );
            }
            if (below != nullptr) {
                rounding.below = price_of(*below, row.name + ".below");
                if (rounding.below && previous && *rounding.below <= *previous) {
                    wrong(
                        *below,
                        row.name + ".below",
                        "fault.price_ratio.retail_rounding_order",
                        {{"previous", previous->text()}}
                    );
                }
                if (rounding.below) previous = rounding.below;
            }
            out_.rule.retail_rounding.push_back(rounding);
            if (clause && evidence) {
                out_.rule.sources.push_back(
                    {"retail_rounding." + std::to_string(i + 1),
                     std::move(*clause),
                     std::move(*evidence)}
                );
            }
        }
    }

    // A name may stand once in its scope (annex; material family and kind of drug), as name or
    // alias.
    void take_names(
        const Owner& owner,
        const std::string& scope,
        const std::string& name,
        const std::vector<std::string>& aliases
    ) {
        std::vector<std::string> names{name};
        names.insert(names.end(), aliases.begin(), aliases.end());
        for (const std::string& each : names) {
            const auto [position, fresh] = names_.try_emplace({scope, each}, owner.name);
            if (fresh) continue;
            fault(
                place_of(*owner.table),
                owner.name,
                "fault.price_ratio.name_twice",
                {{"owner", owner.name},
                 {"name", each},
                 {"other", position->second},
                 {"scope", scope}},
                each
            );
        }
    }

    void decode_material(const Owner& owner) {
        allow(owner, {"name", "aliases", "family", "biological", "adder", "at_most"});
        MaterialRule material;
        const auto name = text(owner, "name");
        const auto family = text(owner, "family");
        material.aliases = aliases(owner);
        material.biological = optional_flag(owner, "biological");
        material.at_most = optional_flag(owner, "at_most").value_or(false);
        const auto adder = parameter<Price>(owner, "adder", "yuan", as_price());
        if (!name || !family || !adder) return;
        material.name = *name;
        material.family = *family;
        material.adder = adder->value;
        material.clause = adder->clause;
        material.evidence = adder->evidence;
        for (const bool biological : {false, true}) {
            if (material.biological && *material.biological != biological) continue;
            const std::string scope = material.family + (biological ? "/biological" : "/other");
            take_names(owner, scope, material.name, material.aliases);
        }
        out_.rule.materials.push_back(std::move(material));
    }

    void decode_form(const Owner& owner) {
        allow(
            owner,
            {"name",
             "aliases",
             "annex",
             "family",
             "pack",
             "against",
             "factor",
             "adder",
             "fill_base",
             "injection",
             "oral_solid",
             "multi_dose_solid",
             "daily_cost",
             "material_family",
             "representative_rank"}
        );
        DosageForm form;
        const auto name = text(owner, "name");
        const auto annex = word(owner, "annex", {"chemical_biological", "traditional"});
        const auto family = text(owner, "family");
        const auto pack = word(owner, "pack", {"curve", "linear"});
        form.aliases = aliases(owner);
        form.injection = optional_flag(owner, "injection").value_or(false);
        form.oral_solid = optional_flag(owner, "oral_solid").value_or(false);
        form.multi_dose_solid = optional_flag(owner, "multi_dose_solid").value_or(false);
        form.daily_cost = optional_flag(owner, "daily_cost").value_or(false);
        if (owner.table->contains("material_family")) {
            form.material_family = text(owner, "material_family").value_or("");
        }
        if (const toml::node* rank = owner.table->get("representative_rank")) {
            constexpr std::int64_t kRankMax = 100;
            if (const auto whole =
                    whole_of(*rank, owner.name + ".representative_rank", 1, kRankMax)) {
                form.representative_rank = static_cast<int>(*whole);
            }
        }
        if (owner.table->contains("fill_base")) {
            const auto fill = parameter<std::int64_t>(owner, "fill_base", "ml", as_nanolitres());
            if (fill) form.fill_base_nl = fill->value;
        }
        const auto factor = parameter<Ratio>(owner, "factor", "ratio", as_ratio());
        std::optional<Sourced<Price>> adder;
        if (owner.table->contains("adder"))
            adder = parameter<Price>(owner, "adder", "yuan", as_price());
        if (!name || !annex || !family || !pack || !factor) return;
        form.name = *name;
        form.annex = *annex == "traditional" ? product::Annex::traditional
                                             : product::Annex::chemical_biological;
        form.family = *family;
        form.pack_rule = *pack == "curve" ? product::PackRule::curve : product::PackRule::linear;
        form.factor = factor->value;
        form.adder = adder ? adder->value : Price(0);
        form.clause = adder ? adder->clause : factor->clause;
        form.evidence = adder ? adder->evidence : factor->evidence;
        relate(owner, form);
        take_names(owner, *annex, form.name, form.aliases);
        out_.rule.forms.push_back(std::move(form));
    }

    // Turns the relation to another form into one to the base of the family.
    void relate(const Owner& owner, DosageForm& form) {
        const toml::node* node = owner.table->get("against");
        if (node == nullptr) {
            const bool base = form.factor == Ratio{1, 1} && form.adder == Price(0);
            const auto [position, first] = bases_.try_emplace(form.family, form.name);
            if (!base || !first) {
                fault(
                    place_of(*owner.table),
                    owner.name,
                    "fault.price_ratio.family_base",
                    {{"owner", owner.name}, {"family", form.family}, {"base", position->second}}
                );
            }
            return;
        }
        const auto against = text_of(*node, owner.name + ".against");
        if (!against) return;
        const DosageForm* other = out_.rule.find_form(*against, form.annex);
        if (other == nullptr || other->family != form.family) {
            wrong(
                *node,
                owner.name + ".against",
                "fault.price_ratio.against_unknown",
                {{"family", form.family}}
            );
            return;
        }
        const auto factor = product_of(other->factor, form.factor);
        const std::int64_t adder = other->adder.micro_yuan() + form.adder.micro_yuan();
        if (!factor || adder > Price::kMicroYuanMax) {
            wrong(*node, owner.name + ".against", "fault.price_ratio.relation_out_of_range");
            return;
        }
        form.factor = *factor;
        form.adder = Price(adder);
    }

    static std::optional<Ratio> product_of(const Ratio& left, const Ratio& right) {
        constexpr money::Int128 kMax = std::numeric_limits<std::int64_t>::max();
        // Crosswise reduced first, so that the product is in lowest terms.
        const Ratio a{left.numerator(), right.denominator()};
        const Ratio b{right.numerator(), left.denominator()};
        const money::Int128 above = money::Int128{a.numerator()} * b.numerator();
        const money::Int128 below = money::Int128{a.denominator()} * b.denominator();
        if (above > kMax || below > kMax) return {};
        return Ratio{static_cast<std::int64_t>(above), static_cast<std::int64_t>(below)};
    }

    Decoded out_;
    std::map<std::pair<std::string, std::string>, std::string> names_;  // by scope and name
    std::map<std::string, std::string> bases_;
};

}  // namespace

Decoded decode(std::string_view toml) {
    return Decoder().decode(toml);
}

}  // namespace jicai::catalogs::price_ratio
