#include <catalogs/price_ratio_file/price_ratio_file.h>

#include <utility>

namespace jicai::catalogs {

namespace {

// Lines "key=value"; text is quoted with backslash and quote escaped, so that no value can imitate
// another line.
class Lines {
public:
    void text(const std::string& key, const std::string& value) { line(key, quoted(value)); }
    void plain(const std::string& key, const std::string& value) { line(key, value); }
    void flag(const std::string& key, bool value) { line(key, value ? "true" : "false"); }
    void whole(const std::string& key, std::int64_t value) { line(key, std::to_string(value)); }
    void texts(const std::string& key, const std::vector<std::string>& values) {
        std::string list = "[";
        for (const std::string& value : values) {
            if (list.size() > 1) list += ",";
            list += quoted(value);
        }
        line(key, list + "]");
    }
    [[nodiscard]] std::string take() { return std::move(out_); }

private:
    static std::string quoted(const std::string& value) {
        std::string result = "\"";
        for (const char c : value) {
            if (c == '"' || c == '\\') result += '\\';
            result += c;
        }
        return result + "\"";
    }
    void line(const std::string& key, const std::string& value) {
        out_ += key + "=" + value + "\n";
    }

    std::string out_;
};

std::string mode_text(money::RoundingMode mode) {
    switch (mode) {
        case money::RoundingMode::half_up:
            return "half_up";
        case money::RoundingMode::half_even:
            return "half_even";
        case money::RoundingMode::down:
            return "down";
        case money::RoundingMode::up:
            return "up";
    }
    return {};
}

void write_form(Lines& lines, const product::DosageForm& form) {
    const bool traditional = form.annex == product::Annex::traditional;
    lines.text("form.name", form.name);
    lines.texts("form.aliases", form.aliases);
    lines.plain("form.annex", traditional ? "traditional" : "chemical_biological");
    lines.text("form.family", form.family);
    lines.plain("form.pack", form.pack_rule == product::PackRule::curve ? "curve" : "linear");
    lines.plain("form.factor", form.factor.text());
    lines.plain("form.adder", form.adder.text());
    lines.plain(
        "form.fill_base_nl", form.fill_base_nl ? std::to_string(*form.fill_base_nl) : "none"
    );
    lines.flag("form.injection", form.injection);
    lines.flag("form.oral_solid", form.oral_solid);
    lines.flag("form.multi_dose_solid", form.multi_dose_solid);
    lines.flag("form.daily_cost", form.daily_cost);
    lines.text("form.material_family", form.material_family);
    lines.plain(
        "form.representative_rank",
        form.representative_rank ? std::to_string(*form.representative_rank) : "none"
    );
    lines.text("form.clause", form.clause);
    lines.text("form.evidence", form.evidence);
}

void write_material(Lines& lines, const product::MaterialRule& material) {
    const std::string biological =
        material.biological ? (*material.biological ? "true" : "false") : "any";
    lines.text("material.name", material.name);
    lines.texts("material.aliases", material.aliases);
    lines.text("material.family", material.family);
    lines.plain("material.biological", biological);
    lines.plain("material.adder", material.adder.text());
    lines.flag("material.at_most", material.at_most);
    lines.text("material.clause", material.clause);
    lines.text("material.evidence", material.evidence);
}

}  // namespace

std::string canonical_text(const product::PriceRatioRule& rule) {
    Lines lines;
    lines.text("id", rule.id);
    lines.text("title.zh", rule.title_zh);
    lines.text("title.en", rule.title_en);
    lines.text("source", rule.source);
    lines.plain("content_base", rule.content_base.text());
    lines.plain("content_separate_representative", rule.content_separate_representative.text());
    lines.flag("content_limit_by_ends", rule.content_limit_by_ends);
    lines.plain("fill_base", rule.fill_base.text());
    lines.whole("fill_step_nl", rule.fill_step_nl);
    lines.plain("fill_step_price", rule.fill_step_price.text());
    lines.flag("fill_whole_steps", rule.fill_whole_steps);
    lines.flag("multi_dose_solid_fill_linear", rule.multi_dose_solid_fill_linear);
    lines.plain("pack_base", rule.pack_base.text());
    lines.whole("short_pack_days_max", rule.short_pack_days_max);
    lines.plain("short_pack_factor", rule.short_pack_factor.text());
    lines.flag("short_pack_undone_at_source", rule.short_pack_undone_at_source);
    lines.plain("injection_price_floor", rule.injection_price_floor.text());
    lines.flag("injection_cap_last", rule.injection_cap_last);
    lines.flag("injection_cap_across_forms", rule.injection_cap_across_forms);
    lines.plain(
        "factor_rounding",
        rule.factor_rounding ? mode_text(rule.factor_rounding->mode) + " " +
                                   std::to_string(rule.factor_rounding->decimals)
                             : "none"
    );
    lines.flag("at_most_is_fixed", rule.at_most_is_fixed);
    lines.flag("representative_lower_middle", rule.representative_lower_middle);
    for (const auto& row : rule.retail_rounding) {
        lines.plain("retail_rounding.below", row.below ? row.below->text() : "none");
        lines.whole("retail_rounding.decimals", row.decimals);
    }
    for (const product::ValueSource& source : rule.sources) {
        lines.text("source." + source.field + ".clause", source.clause);
        lines.text("source." + source.field + ".evidence", source.evidence);
    }
    for (const product::MaterialRule& material : rule.materials) write_material(lines, material);
    for (const product::DosageForm& form : rule.forms) write_form(lines, form);
    return lines.take();
}

}  // namespace jicai::catalogs
