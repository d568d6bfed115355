#include <catalogs/price_ratio_file/price_ratio_decoder.h>
#include <catalogs/toml.h>
#include <engine/money/decimal.h>
#include <engine/money/price.h>

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace jicai::catalogs::price_ratio {

namespace {

using Arguments = std::vector<std::pair<std::string, std::string>>;
using Words = std::vector<std::string_view>;
using money::Price;
using money::Ratio;
using product::DosageForm;
using product::MaterialRule;
using product::PriceRatioRule;

constexpr std::size_t kValueBytesMax = 80;
constexpr int kNanolitresPerMillilitreScale = 6;

Place place_of(const toml::source_position& position) {
    return {std::max<std::uint64_t>(position.line, 1), std::max<std::uint64_t>(position.column, 1)};
}
Place place_of(const toml::node& node) {
    return place_of(node.source().begin);
}
Place place_of(const toml::key& key) {
    return place_of(key.source().begin);
}

std::string shortened(std::string text) {
    std::size_t end = std::min(text.size(), kValueBytesMax);
    const bool cut = end < text.size();
    while (cut && end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    text.resize(end);
    for (char& c : text) {
        if (static_cast<unsigned char>(c) < 0x20U || c == 0x7F) c = '?';
    }
    return cut ? text + "…" : text;
}

std::string node_text(const toml::node& node) {
    if (const auto* text = node.as_string()) return shortened(text->get());
    if (const auto* whole = node.as_integer()) return std::to_string(whole->get());
    if (const auto* flag = node.as_boolean()) return flag->get() ? "true" : "false";
    if (node.is_array()) return "[…]";
    if (node.is_table()) return "{…}";
    return node.is_floating_point() ? "1.0" : "…";
}

std::string joined(const Words& words) {
    std::string text;
    for (const std::string_view word : words) {
        if (!text.empty()) text += ", ";
        text += word;
    }
    return text;
}

const Words& evidence_words() {
    static const Words words{"official", "replay", "secondary", "reported", "assumed", "given"};
    return words;
}

// One table of the file, and what it is called in faults.
struct Owner {
    const toml::table* table;
    std::string name;
};

// A value with its clause and evidence.
template <class T>
struct Sourced {
    T value;
    std::string clause;
    std::string evidence;
};

class Decoder {
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
            return std::move(out_);
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
        return std::move(out_);
    }

private:
    void fault(
        Place place,
        std::string subject,
        std::string key,
        Arguments arguments,
        std::string value = {}
    ) {
        out_.faults.push_back(
            {place, std::move(subject), std::move(value), {std::move(key), std::move(arguments)}}
        );
    }

    void wrong(
        const toml::node& node, const std::string& subject, std::string key, Arguments more = {}
    ) {
        const std::string actual = node_text(node);
        Arguments arguments{{"parameter", subject}, {"value", actual}};
        arguments.insert(arguments.end(), more.begin(), more.end());
        fault(place_of(node), subject, std::move(key), std::move(arguments), actual);
    }

    void allow(const Owner& owner, const Words& allowed) {
        for (const auto& [key, node] : *owner.table) {
            if (std::find(allowed.begin(), allowed.end(), key.str()) != allowed.end()) continue;
            const std::string name = shortened(std::string(key.str()));
            fault(
                place_of(key),
                owner.name,
                "fault.price_ratio.key_unknown",
                {{"owner", owner.name}, {"key", name}, {"allowed", joined(allowed)}},
                name
            );
        }
    }

    const toml::node* required(const Owner& owner, std::string_view key) {
        const toml::node* node = owner.table->get(key);
        if (node == nullptr) {
            fault(
                place_of(*owner.table),
                owner.name,
                "fault.price_ratio.key_missing",
                {{"owner", owner.name}, {"key", std::string(key)}}
            );
        }
        return node;
    }

    std::optional<std::string> text_of(const toml::node& node, const std::string& subject) {
        const auto* text = node.as_string();
        if (text == nullptr || text->get().empty() ||
            std::any_of(text->get().begin(), text->get().end(), [](char c) {
                return static_cast<unsigned char>(c) < 0x20U || c == 0x7F;
            })) {
            wrong(node, subject, "fault.price_ratio.expected_text");
            return {};
        }
        return text->get();
    }

    std::optional<std::string> text(const Owner& owner, std::string_view key) {
        const toml::node* node = required(owner, key);
        if (node == nullptr) return {};
        return text_of(*node, owner.name + "." + std::string(key));
    }

    std::optional<std::string> word(
        const Owner& owner, std::string_view key, const Words& allowed
    ) {
        const toml::node* node = required(owner, key);
        if (node == nullptr) return {};
        const std::string subject = owner.name + "." + std::string(key);
        const auto* word = node->as_string();
        if (word == nullptr ||
            std::find(allowed.begin(), allowed.end(), word->get()) == allowed.end()) {
            wrong(*node, subject, "fault.price_ratio.word_unknown", {{"allowed", joined(allowed)}});
            return {};
        }
        return word->get();
    }

    std::optional<bool> flag_of(const toml::node& node, const std::string& subject) {
        const auto* flag = node.as_boolean();
        if (flag == nullptr) {
            wrong(node, subject, "fault.price_ratio.expected_flag");
            return {};
        }
        return flag->get();
    }

    std::optional<bool> optional_flag(const Owner& owner, std::string_view key) {
        const toml::node* node = owner.table->get(key);
        if (node == nullptr) return {};
        return flag_of(*node, owner.name + "." + std::string(key));
    }

    std::optional<std::int64_t> whole_of(
        const toml::node& node, const std::string& subject, std::int64_t least, std::int64_t most
    ) {
        const auto* whole = node.as_integer();
        if (whole == nullptr || whole->get() < least || whole->get() > most) {
            wrong(
                node,
                subject,
                "fault.price_ratio.expected_whole",
                {{"least", std::to_string(least)}, {"most", std::to_string(most)}}
            );
            return {};
        }
        return whole->get();
    }

    std::optional<Ratio> ratio_of(const toml::node& node, const std::string& subject) {
        const auto* text = node.as_string();
        const auto ratio = text == nullptr ? std::nullopt : Ratio::parse(text->get());
        if (!ratio || ratio->numerator() == 0) {
            wrong(node, subject, "fault.price_ratio.expected_ratio");
            return {};
        }
        return ratio;
    }

    std::optional<Price> price_of(const toml::node& node, const std::string& subject) {
        const auto* text = node.as_string();
        if (text != nullptr) {
            const money::ScaledDecimal parsed =
                money::parse_scaled(text->get(), money::kMicroYuanScale, money::kMicroYuanScale);
            if (!parsed.fault && parsed.scaled <= Price::kMicroYuanMax) return Price(parsed.scaled);
        }
        wrong(
            node,
            subject,
            "fault.price_ratio.expected_yuan",
            {{"most", Price(Price::kMicroYuanMax).text()}}
        );
        return {};
    }

    std::optional<std::int64_t> nanolitres_of(const toml::node& node, const std::string& subject) {
        const auto* text = node.as_string();
        if (text != nullptr) {
            const money::ScaledDecimal parsed = money::parse_scaled(
                text->get(), kNanolitresPerMillilitreScale, kNanolitresPerMillilitreScale
            );
            if (!parsed.fault && parsed.scaled > 0) return parsed.scaled;
        }
        wrong(node, subject, "fault.price_ratio.expected_ml");
        return {};
    }

    // { value, unit, clause, evidence }: `decode_value` makes the value from the table's "value".
    template <class T, class DecodeValue>
    std::optional<Sourced<T>> parameter(
        const Owner& owner,
        std::string_view key,
        std::string_view unit,
        const DecodeValue& decode_value,
        const Words& more_keys = {}
    ) {
        const toml::node* node = required(owner, key);
        if (node == nullptr) return {};
        const std::string subject = owner.name + "." + std::string(key);
        const toml::table* table = node->as_table();
        if (table == nullptr) {
            wrong(*node, subject, "fault.price_ratio.expected_parameter");
            return {};
        }
        const Owner inner{table, subject};
        Words allowed{"value", "unit", "clause", "evidence"};
        allowed.insert(allowed.end(), more_keys.begin(), more_keys.end());
        allow(inner, allowed);
        check_unit(inner, unit);
        auto clause = text(inner, "clause");
        auto evidence = word(inner, "evidence", evidence_words());
        const toml::node* value_node = required(inner, "value");
        if (value_node == nullptr) return {};
        std::optional<T> value = decode_value(inner, *value_node, subject);
        if (!value || !clause || !evidence) return {};
        return Sourced<T>{std::move(*value), std::move(*clause), std::move(*evidence)};
    }

    void check_unit(const Owner& owner, std::string_view expected) {
        const toml::node* node = required(owner, "unit");
        if (node == nullptr) return;
        const auto* unit = node->as_string();
        if (unit != nullptr && unit->get() == expected) return;
        wrong(
            *node, owner.name, "fault.price_ratio.unit_wrong", {{"expected", std::string(expected)}}
        );
    }

    auto as_ratio() {
        return [this](const Owner&, const toml::node& node, const std::string& subject) {
            return ratio_of(node, subject);
        };
    }
    auto as_price() {
        return [this](const Owner&, const toml::node& node, const std::string& subject) {
            return price_of(node, subject);
        };
    }
    auto as_nanolitres() {
        return [this](const Owner&, const toml::node& node, const std::string& subject) {
            return nanolitres_of(node, subject);
        };
    }
    auto as_flag() {
        return [this](const Owner&, const toml::node& node, const std::string& subject) {
            return flag_of(node, subject);
        };
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

    std::optional<Owner> section(const Owner& root, std::string_view key, const Words& allowed) {
        const toml::node* node = required(root, key);
        if (node == nullptr) return {};
        const toml::table* table = node->as_table();
        if (table == nullptr) {
            wrong(*node, std::string(key), "fault.price_ratio.expected_table");
            return {};
        }
        Owner owner{table, std::string(key)};
        allow(owner, allowed);
        return owner;
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

    // The tables of [[key]]; at least one.
    std::vector<Owner> entries(const Owner& root, std::string_view key) {
        const toml::node* node = required(root, key);
        if (node == nullptr) return {};
        const toml::array* array = node->as_array();
        if (array == nullptr || array->empty()) {
            wrong(*node, std::string(key), "fault.price_ratio.expected_entries");
            return {};
        }
        std::vector<Owner> owners;
        for (const toml::node& element : *array) {
            const toml::table* table = element.as_table();
            if (table == nullptr) {
                wrong(element, std::string(key), "fault.price_ratio.expected_entries");
                continue;
            }
            const auto* name = table->get_as<std::string>("name");
            owners.push_back(
                {table, std::string(key) + (name == nullptr ? "" : " " + shortened(name->get()))}
            );
        }
        return owners;
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

    std::vector<std::string> aliases(const Owner& owner) {
        const toml::node* node = owner.table->get("aliases");
        if (node == nullptr) return {};
        const std::string subject = owner.name + ".aliases";
        const toml::array* array = node->as_array();
        if (array == nullptr) {
            wrong(*node, subject, "fault.price_ratio.expected_list");
            return {};
        }
        std::vector<std::string> names;
        for (const toml::node& element : *array) {
            if (auto name = text_of(element, subject)) names.push_back(std::move(*name));
        }
        return names;
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
            const auto [position, fresh] = names_.try_emplace(scope + "/" + each, owner.name);
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
    std::map<std::string, std::string> names_;
    std::map<std::string, std::string> bases_;
};

}  // namespace

Decoded decode(std::string_view toml) {
    return Decoder().decode(toml);
}

}  // namespace jicai::catalogs::price_ratio
