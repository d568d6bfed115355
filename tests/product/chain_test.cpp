#include <engine/money/check.h>
#include <engine/product/price_ratio.h>

#include <gtest/gtest.h>

#include "price_ratio_fixture.h"
#include <limits>
#include <string>
#include <vector>

namespace jicai::product {
namespace {

using Kind = RatioStep::Kind;
using money::Rounding;
using money::RoundingMode;

constexpr std::int64_t kMl = kNanolitresPerMillilitre;
constexpr Rounding kFine{RoundingMode::half_up, 6};
constexpr Rounding kFen{RoundingMode::half_up, 2};
constexpr std::int64_t kInt64Max = std::numeric_limits<std::int64_t>::max();

class Chain : public testing::Test {
protected:
    std::vector<Kind> kinds(const Presentation& source, const Presentation& target) {
        const auto result = cache().between(source, target);
        std::vector<Kind> kinds;
        if (result.conversion == nullptr) return kinds;
        for (const RatioStep& step : result.conversion->steps()) kinds.push_back(step.kind);
        return kinds;
    }
    std::string price(
        const std::string& given, const Presentation& source, const Presentation& target
    ) {
        const auto result = cache().between(source, target);
        if (result.conversion == nullptr) return "no relation";
        const auto converted = result.conversion->convert(yuan(given), kFine);
        return converted ? converted->text() : "no price";
    }
    std::optional<RatioRefusal> refusal(const Presentation& source, const Presentation& target) {
        return cache().between(source, target).refusal;
    }
    std::optional<RatioRefusal> price_refusal(
        const std::string& given, const Presentation& source, const Presentation& target
    ) {
        RatioRefusal why{};
        const auto result = cache().between(source, target);
        if (result.conversion->convert(yuan(given), kFine, &why)) return {};
        return why;
    }
    ConversionCache& cache() {
        if (!cache_) cache_ = std::make_unique<ConversionCache>(rule, overrides);
        return *cache_;
    }

    PriceRatioRule rule = drug_2012();
    TenderOverrides overrides = no_overrides(rule);

    // Presentations of this fixture's own copy of the rule.
    Presentation of(std::string_view name, std::string_view content, std::int64_t units) {
        Presentation presentation = pack(name, content, units);
        presentation.form = rule.find_form(name);
        return presentation;
    }
    Presentation filled(std::string_view name, std::string_view content, std::int64_t fill_ml) {
        Presentation presentation = of(name, content, 1);
        presentation.fill_nl = fill_ml * kMl;
        return presentation;
    }
    Presentation bottle(
        std::string_view name, std::int64_t fill_ml, std::optional<std::int64_t> dose_ml = {}
    ) {
        Presentation presentation = filled(name, "1", fill_ml);
        presentation.fill_curve = true;
        if (dose_ml) presentation.dose_fill_nl = *dose_ml * kMl;
        return presentation;
    }

private:
    std::unique_ptr<ConversionCache> cache_;
};

TEST_F(Chain, NothingChangesNothing) {
    const Presentation same = of("普通片", "10", 14);
    EXPECT_TRUE(kinds(same, same).empty());
    EXPECT_EQ(price("1.234567", same, same), "1.234567");
}

TEST_F(Chain, OrderOfArticle16) {
    const std::vector<Kind> expected{Kind::form_factor, Kind::content, Kind::pack_curve};
    EXPECT_EQ(kinds(of("分散片", "10", 14), of("普通片", "20", 7)), expected);
    Presentation source = bottle("口服溶液", 10);
    Presentation target = bottle("干混悬剂", 100);
    target.content = ratio("2");
    target.pack_units = 3;
    const std::vector<Kind> multi_dose{
        Kind::form_factor, Kind::content, Kind::fill_curve, Kind::pack_linear};
    EXPECT_EQ(kinds(source, target), multi_dose);
}

TEST_F(Chain, StepsCarryClauseAndEvidence) {
    const auto result = cache().between(of("分散片", "10", 14), of("普通片", "20", 14));
    const std::vector<RatioStep>& steps = result.conversion->steps();
    ASSERT_EQ(steps.size(), 2U);
    EXPECT_EQ(steps[0].ratio, ratio("5/6"));
    EXPECT_EQ(steps[0].clause, "Annex 1 (5)/(1), Annex 1 (1)");
    EXPECT_EQ(steps[0].evidence, "official");
    EXPECT_EQ(steps[1].ratio, ratio("2"));
    EXPECT_EQ(steps[1].base, ratio("1.7"));
    EXPECT_EQ(steps[1].clause, "Art. 9 (at most)");
    const auto assumed = cache().between(of("口崩片", "10", 14), of("分散片", "10", 14));
    EXPECT_EQ(assumed.conversion->steps().at(0).evidence, "assumed");
}

// Annex 1, every listed form against the plain tablet, the ointment and the small volume injection.
TEST_F(Chain, Annex1) {
    struct Case {
        std::string name;
        std::string factor;
    };
    for (const Case& c : std::vector<Case>{
             {"素片", "1"},
             {"糖衣片", "1"},
             {"薄膜衣片", "1"},
             {"咀嚼片", "1.05"},
             {"含片", "1.05"},
             {"肠溶片", "1.1"},
             {"分散片", "1.2"},
             {"泡腾片", "1.3"},
             {"硬胶囊", "1"},
             {"肠溶胶囊", "1.1"},
             {"胶丸", "1.2"},
             {"颗粒剂", "1.2"},
             {"散剂", "1.08"},
             {"口服溶液", "1.2"},
             {"滴剂", "1.2"},
             {"口服混悬液", "1.2"},
             {"干混悬剂", "1.32"},
             {"泡腾颗粒剂", "1.32"}}) {
        EXPECT_EQ(price("1", of("普通片", "1", 1), of(c.name, "1", 1)), c.factor) << c.name;
    }
    for (const Case& c : std::vector<Case>{
             {"糊剂", "1"},
             {"乳膏剂", "1.1"},
             {"霜剂", "1.1"},
             {"凝胶剂", "1.1"},
             {"乳胶剂", "1.1"}}) {
        EXPECT_EQ(price("1", of("软膏剂", "1", 1), of(c.name, "1", 1)), c.factor) << c.name;
    }
    for (const Case& c : std::vector<Case>{
             {"普通粉针", "1"},
             {"冻干粉针", "3.5"},
             {"溶媒结晶粉针", "3.5"},
             {"大容量注射液", "5.5"},
             {"注射剂", "1"}}) {
        EXPECT_EQ(price("1", of("小容量注射液", "1", 1), of(c.name, "1", 1)), c.factor) << c.name;
    }
}

TEST_F(Chain, Annex2RelatesDailyCosts) {
    const auto traditional = [&](std::string_view name, std::int64_t units, std::string_view daily
                             ) {
        Presentation presentation;
        presentation.form = rule.find_form(name, Annex::traditional);
        presentation.pack_units = units;
        presentation.treatment_units = ratio(daily);
        return presentation;
    };
    struct Case {
        std::string name;
        std::string cost;
    };
    for (const Case& c : std::vector<Case>{
             {"素片", "0.9"},
             {"薄膜衣片", "1.1"},
             {"肠溶片", "1.1"},
             {"分散片", "1.2"},
             {"泡腾片", "1.3"},
             {"硬胶囊", "1"},
             {"软胶囊", "1.4"},
             {"颗粒剂(有糖型)", "1.25"},
             {"干糖浆剂", "1.25"},
             {"颗粒剂(无糖型)", "1.375"},
             {"糖浆剂", "1.125"},
             {"口服液(有糖型)", "1.125"},
             {"口服液(无糖型)", "1.2375"},
             {"泡腾颗粒", "1.375"}}) {
        EXPECT_EQ(price("1", traditional("糖衣片", 1, "1"), traditional(c.name, 1, "1")), c.cost)
            << c.name;
    }
    EXPECT_EQ(price("1", traditional("蜜丸", 1, "1"), traditional("浓缩水丸", 1, "1")), "1.4");
    // 4 tablets a day against 2 vials: the vial costs twice the tablet, times the factor; content
    // does not enter.
    Presentation vial = traditional("口服液(无糖型)", 6, "2");
    vial.content = ratio("7");
    EXPECT_EQ(price("1", traditional("糖衣片", 1, "4"), vial), "14.85");
    const std::vector<Kind> expected{Kind::form_factor, Kind::daily_cost, Kind::pack_linear};
    EXPECT_EQ(kinds(traditional("糖衣片", 1, "4"), vial), expected);
    // Inside one form content and pack count as everywhere.
    Presentation larger = traditional("糖衣片", 2, "1");
    larger.content = ratio("2");
    EXPECT_EQ(price("1", traditional("糖衣片", 1, "1"), larger), "3.315");
    EXPECT_EQ(
        refusal(traditional("蜜丸", 1, "1"), traditional("糖衣片", 1, "1")),
        RatioRefusal::different_families
    );
    Presentation without = traditional("糖衣片", 1, "1");
    without.treatment_units.reset();
    EXPECT_EQ(refusal(without, vial), RatioRefusal::treatment_units_missing);
    without.treatment_units = ratio("0");
    EXPECT_EQ(refusal(without, vial), RatioRefusal::treatment_units_missing);
}

// One word, two annexes: 素片 is the plain tablet of Annex 1 and a form of its own in Annex 2.
TEST_F(Chain, NamesBelongToTheirAnnex) {
    EXPECT_EQ(rule.find_form("素片")->name, "普通片");
    EXPECT_EQ(rule.find_form("素片", Annex::traditional)->name, "素片");
    EXPECT_EQ(rule.find_form("普通片", Annex::traditional), nullptr);
    EXPECT_EQ(rule.find_form("不存在的剂型"), nullptr);
    EXPECT_EQ(rule.find_form(""), nullptr);
}

TEST_F(Chain, PackRulesMeetAtOneUnit) {
    // Tablets to sachets: 1.95 curve down to one tablet, form, then times 12.
    const std::vector<Kind> down{Kind::pack_curve, Kind::form_factor, Kind::pack_linear};
    EXPECT_EQ(kinds(of("普通片", "1", 4), of("颗粒剂", "1", 12)), down);
    EXPECT_EQ(price("3.8025", of("普通片", "1", 4), of("颗粒剂", "1", 12)), "14.4");
    EXPECT_EQ(price("14.4", of("颗粒剂", "1", 12), of("普通片", "1", 4)), "3.8025");
    // Linear packs without an adder keep their count in one step, with one they go through the
    // unit.
    const std::vector<Kind> one_step{Kind::pack_linear};
    EXPECT_EQ(kinds(of("散剂", "1", 15), of("散剂", "1", 20)), one_step);
    const std::vector<Kind> through_unit{Kind::pack_linear, Kind::form_adder, Kind::pack_linear};
    overrides.injection_floor_applies = false;
    ConversionCache tender(rule, overrides);
    const auto conversion =
        tender.between(of("小容量注射液", "1", 10), of("冻干粉针", "1", 5)).conversion;
    ASSERT_EQ(conversion->steps().size(), 3U);
    for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(conversion->steps()[i].kind, through_unit[i]);
    EXPECT_EQ(conversion->convert(yuan("30"), kFine), yuan("27.5"));
}

TEST_F(Chain, InjectionsTakeContentFirstTowardsTheLargerAdder) {
    overrides.injection_floor_applies = false;
    const std::vector<Kind> up{Kind::content, Kind::form_adder};
    const std::vector<Kind> down{Kind::form_adder, Kind::content};
    EXPECT_EQ(kinds(of("小容量注射液", "1", 1), of("冻干粉针", "2", 1)), up);
    EXPECT_EQ(kinds(of("冻干粉针", "1", 1), of("大容量注射液", "2", 1)), up);
    EXPECT_EQ(kinds(of("普通粉针", "1", 1), of("大容量注射液", "2", 1)), up);
    EXPECT_EQ(kinds(of("大容量注射液", "1", 1), of("冻干粉针", "2", 1)), down);
    EXPECT_EQ(kinds(of("冻干粉针", "1", 1), of("普通粉针", "2", 1)), down);
    EXPECT_EQ(price("3", of("小容量注射液", "1", 1), of("冻干粉针", "2", 1)), "7.6");
    EXPECT_EQ(price("7.6", of("冻干粉针", "2", 1), of("小容量注射液", "1", 1)), "3");
    EXPECT_EQ(price("7.6", of("冻干粉针", "1", 1), of("大容量注射液", "2", 1)), "14.92");
}

TEST_F(Chain, AnAdderLargerThanThePriceIsRefused) {
    overrides.injection_floor_applies = false;
    const Presentation lyophilised = of("冻干粉针", "1", 1);
    const Presentation small = of("小容量注射液", "1", 1);
    EXPECT_EQ(
        price_refusal("2.499999", lyophilised, small), RatioRefusal::difference_exceeds_price
    );
    EXPECT_EQ(price("2.5", lyophilised, small), "0");
    EXPECT_EQ(price("2.500001", lyophilised, small), "0.000001");
    // Per unit: ten of them need ten times as much.
    EXPECT_EQ(
        price_refusal("24.999999", of("冻干粉针", "1", 10), of("小容量注射液", "1", 1)),
        RatioRefusal::difference_exceeds_price
    );
    EXPECT_EQ(price("25", of("冻干粉针", "1", 10), of("小容量注射液", "1", 1)), "0");
    // After a curve step: content is multiplied first only upwards, so a fill difference comes
    // after it.
    const Presentation large = filled("大容量注射液", "3", 250);
    const Presentation smaller = filled("大容量注射液", "1", 50);
    EXPECT_EQ(price_refusal("2.318744", large, smaller), RatioRefusal::difference_exceeds_price);
    EXPECT_EQ(price("2.318745", large, smaller), "0");
}

TEST_F(Chain, FillOfInjections) {
    overrides.injection_floor_applies = false;
    const auto small = [&](std::int64_t ml) { return filled("小容量注射液", "1", ml); };
    const auto large = [&](std::int64_t ml) { return filled("大容量注射液", "1", ml); };
    // Up to and including 10 ml no difference, then 0.05 per 10 ml, in proportion.
    EXPECT_EQ(price("1", small(2), small(9)), "1");
    EXPECT_EQ(price("1", small(2), small(10)), "1");
    EXPECT_EQ(price("1", small(2), small(11)), "1.005");
    EXPECT_EQ(price("1", small(2), small(20)), "1.05");
    EXPECT_EQ(price("1", small(20), small(10)), "0.95");
    EXPECT_EQ(price("1", small(20), small(40)), "1.1");
    // Large volume is computed at 50 ml.
    EXPECT_EQ(price("1", small(10), large(50)), "5.5");
    EXPECT_EQ(price("1", small(10), large(100)), "5.75");
    EXPECT_EQ(price("5", large(100), large(250)), "5.75");
    EXPECT_EQ(price("5.75", large(250), large(100)), "5");
    // A fill that is not stated counts as the base.
    EXPECT_EQ(price("1", of("小容量注射液", "1", 1), small(20)), "1.05");
}

TEST_F(Chain, WholeStepsOfFillWhenTheRuleSaysSo) {
    overrides.injection_floor_applies = false;
    rule.fill_whole_steps = true;
    const auto small = [&](std::int64_t ml) { return filled("小容量注射液", "1", ml); };
    EXPECT_EQ(price("1", small(10), small(19)), "1");
    EXPECT_EQ(price("1", small(10), small(20)), "1.05");
    EXPECT_EQ(price("1", small(10), small(21)), "1.05");
}

TEST_F(Chain, FillIsIgnoredWhereTheTenderSaysSo) {
    overrides.fill = FillRule::ignored;
    EXPECT_EQ(price("5", filled("大容量注射液", "1", 100), filled("大容量注射液", "1", 250)), "5");
    EXPECT_EQ(price("2", bottle("口服溶液", 10), bottle("口服溶液", 100)), "2");
    // 玻璃酸钠 5 ml to 10 ml: content 5 to 10, so 1.7.
    EXPECT_EQ(price("23.48", filled("滴眼剂", "5", 5), filled("滴眼剂", "10", 10)), "39.916");
}

TEST_F(Chain, FillCurve) {
    EXPECT_EQ(price("2", bottle("口服溶液", 10), bottle("口服溶液", 100)), "16.866673");
    EXPECT_EQ(price("10", bottle("软膏剂", 10), bottle("乳膏剂", 20)), "20.9");
    // Multi-dose against a tablet: the single dose first (0.5 g each), then the curve over 10
    // doses.
    Presentation multi_dose = bottle("口服溶液", 100, 10);
    EXPECT_EQ(price("1", of("普通片", "1", 1), multi_dose), "10.120004");
    // Doses of different size: 60 ml of 5 ml doses hold as many doses as 120 ml of 10 ml doses.
    EXPECT_EQ(price("7", bottle("口服溶液", 60, 5), bottle("口服溶液", 120, 10)), "7");
    // A single-dose side counts as one dose.
    EXPECT_EQ(price("2", filled("口服溶液", "1", 10), multi_dose), "16.866673");
    Presentation unstated = bottle("口服溶液", 100);
    unstated.fill_nl.reset();
    EXPECT_EQ(refusal(bottle("口服溶液", 10), unstated), RatioRefusal::fill_not_stated);
    EXPECT_EQ(
        refusal(of("普通片", "1", 1), bottle("口服溶液", 100)), RatioRefusal::fill_not_stated
    );
    Presentation zero = bottle("口服溶液", 0);
    EXPECT_EQ(refusal(zero, bottle("口服溶液", 10)), RatioRefusal::fill_not_stated);
}

TEST_F(Chain, BottlesOfGranulesByFillRatioWhenTheRuleSaysSo) {
    EXPECT_EQ(price("1", bottle("颗粒剂", 10), bottle("颗粒剂", 20)), "1.9");
    PriceRatioRule linear = rule;
    linear.multi_dose_solid_fill_linear = true;
    ConversionCache other(linear, overrides);
    Presentation source = bottle("颗粒剂", 10);
    Presentation target = bottle("散剂", 20);
    source.form = linear.find_form("颗粒剂");
    target.form = linear.find_form("散剂");
    EXPECT_EQ(other.between(source, target).conversion->convert(yuan("1"), kFine), yuan("1.8"));
    source.form = target.form = linear.find_form("口服溶液");
    EXPECT_EQ(other.between(source, target).conversion->convert(yuan("1"), kFine), yuan("1.9"));
}

TEST_F(Chain, Materials) {
    overrides.injection_floor_applies = false;
    const auto of_material =
        [&](std::string_view name, std::string_view material, bool biological = false) {
            Presentation presentation = of(name, "1", 1);
            presentation.material = material;
            presentation.biological = biological;
            return presentation;
        };
    const auto large = [&](std::string_view material) {
        return of_material("大容量注射液", material);
    };
    EXPECT_EQ(price("5", large("玻璃瓶"), large("塑料瓶")), "6");
    EXPECT_EQ(price("5", large(""), large("软袋")), "9");
    EXPECT_EQ(price("9", large("软袋"), large("塑料瓶")), "6");
    EXPECT_EQ(price("9", large("软袋"), large("直立式软袋")), "9");
    const auto small = [&](std::string_view material, bool biological) {
        return of_material("小容量注射液", material, biological);
    };
    EXPECT_EQ(price("5", small("西林瓶", true), small("预灌封注射器", true)), "8");
    EXPECT_EQ(price("5", small("西林瓶", false), small("预灌封注射器", false)), "5");
    EXPECT_EQ(refusal(large("木桶"), large("软袋")), RatioRefusal::material_unknown);
    // Oral solids: no difference, whatever the container.
    EXPECT_EQ(price("5", of_material("普通片", "铝塑"), of_material("普通片", "瓶")), "5");
    // Per bottle: three soft bags cost three times the difference.
    Presentation three = large("软袋");
    three.pack_units = 3;
    EXPECT_EQ(price("5", large("玻璃瓶"), three), "27");
}

TEST_F(Chain, MaterialsAreIgnoredWhereTheTenderSaysSo) {
    overrides.material_counts = false;
    Presentation glass = of("大容量注射液", "1", 1);
    Presentation bag = glass;
    glass.material = "木桶";
    bag.material = "软袋";
    EXPECT_EQ(price("5", glass, bag), "5");
}

TEST_F(Chain, AtMostValuesAreCeilingsWhenNotFixed) {
    Presentation glass = of("大容量注射液", "1", 1);
    Presentation bag = glass;
    bag.material = "软袋";
    EXPECT_FALSE(cache().between(glass, bag).conversion->upper_bound());
    rule.at_most_is_fixed = false;
    ConversionCache other(rule, overrides);
    EXPECT_TRUE(other.between(glass, bag).conversion->upper_bound());
    EXPECT_FALSE(other.between(glass, glass).conversion->upper_bound());
}

TEST_F(Chain, ElectrolytesCostTheSameForAnyContent) {
    Presentation weak = filled("大容量注射液", "5", 250);
    Presentation strong = filled("大容量注射液", "10", 250);
    EXPECT_EQ(price("5", weak, strong), "8.5");
    weak.same_price_for_content = true;
    EXPECT_EQ(price("5", weak, strong), "8.5");
    strong.same_price_for_content = true;
    EXPECT_EQ(price("5", weak, strong), "5");
}

TEST_F(Chain, ShortPacks) {
    const auto chronic = [&](std::int64_t units, std::string_view daily) {
        Presentation presentation = of("普通片", "1", units);
        presentation.daily_units = ratio(daily);
        return presentation;
    };
    // Three days or less, three included; 2 tablets a day.
    EXPECT_EQ(price("8", chronic(8, "2"), chronic(4, "2")), "3.692308");
    EXPECT_EQ(kinds(chronic(8, "2"), chronic(7, "2")).size(), 1U);
    EXPECT_EQ(kinds(chronic(8, "2"), chronic(6, "2")).size(), 2U);
    EXPECT_EQ(kinds(chronic(8, "2"), chronic(5, "2")).size(), 2U);
    // Half tablets: 3 tablets of 1.5 a day last two days.
    EXPECT_EQ(kinds(chronic(8, "1.5"), chronic(4, "1.5")).back(), Kind::short_pack);
    EXPECT_EQ(kinds(chronic(8, "1.5"), chronic(5, "1.5")).back(), Kind::pack_curve);
    // From one short pack to another the factor cancels; back to a long one it is undone.
    EXPECT_EQ(price("1.8", chronic(2, "1"), chronic(2, "1")), "1.8");
    EXPECT_EQ(price("0.9", chronic(2, "1"), chronic(4, "1")), "1.95");
    rule.short_pack_undone_at_source = false;
    ConversionCache other(rule, overrides);
    EXPECT_EQ(
        other.between(chronic(2, "1"), chronic(2, "1")).conversion->convert(yuan("1.8"), kFine),
        yuan("1.62")
    );
    EXPECT_EQ(
        other.between(chronic(2, "1"), chronic(4, "1")).conversion->convert(yuan("1"), kFine),
        yuan("1.95")
    );
    overrides.short_pack_applies = false;
    ConversionCache tender(rule, overrides);
    EXPECT_EQ(tender.between(chronic(8, "2"), chronic(4, "2")).conversion->steps().size(), 1U);
}

TEST_F(Chain, InjectionFloorAndCap) {
    const auto unit = [&](std::string_view content, std::int64_t units) {
        return of("注射剂", content, units);
    };
    // Floor 0.20 a unit: 1.7 x 0.117647 is just below.
    EXPECT_EQ(price("0.117647", unit("1", 1), unit("2", 1)), "0.2");
    EXPECT_EQ(price("0.117648", unit("1", 1), unit("2", 1)), "0.200002");
    EXPECT_EQ(price("0.1", unit("1", 1), unit("1", 5)), "1");
    // Cap: a smaller strength is never above the representative's unit price.
    EXPECT_EQ(price("0.15", unit("2", 1), unit("1", 1)), "0.15");
    EXPECT_EQ(price("0.15", unit("2", 1), unit("1", 4)), "0.6");
    EXPECT_EQ(price("0.21", unit("2", 1), unit("1", 1)), "0.2");
    rule.injection_cap_last = false;
    ConversionCache floor_last(rule, overrides);
    EXPECT_EQ(
        floor_last.between(unit("2", 1), unit("1", 1)).conversion->convert(yuan("0.15"), kFine),
        yuan("0.2")
    );
    overrides.injection_floor_applies = false;
    ConversionCache tender(rule, overrides);
    EXPECT_EQ(
        tender.between(unit("1", 1), unit("1", 5)).conversion->convert(yuan("0.1"), kFine),
        yuan("0.5")
    );
}

TEST_F(Chain, TheCapHoldsBetweenFormsOnlyWhenTheRuleSaysSo) {
    const Presentation small = of("小容量注射液", "2", 1);
    const Presentation lyophilised = of("冻干粉针", "1", 1);
    EXPECT_EQ(price("3.4", small, lyophilised), "4.5");
    rule.injection_cap_across_forms = true;
    ConversionCache other(rule, overrides);
    EXPECT_EQ(
        other.between(small, lyophilised).conversion->convert(yuan("3.4"), kFine), yuan("3.4")
    );
}

TEST_F(Chain, EightFoldContentsAreRefusedWhenAsked) {
    EXPECT_EQ(refusal(of("普通片", "1", 1), of("普通片", "8", 1)), std::nullopt);
    overrides.separate_representative_enforced = true;
    ConversionCache enforced(rule, overrides);
    const auto why = [&](std::string_view a, std::string_view b) {
        return enforced.between(of("普通片", a, 1), of("普通片", b, 1)).refusal;
    };
    EXPECT_EQ(why("1", "7.999"), std::nullopt);
    EXPECT_EQ(why("1", "8"), RatioRefusal::separate_representative);
    EXPECT_EQ(why("8.001", "1"), RatioRefusal::separate_representative);
    EXPECT_EQ(why("8", "1"), RatioRefusal::separate_representative);
}

// Each refusal together with a later one: the earlier is named.
TEST_F(Chain, RefusalsInPrecedence) {
    overrides.separate_representative_enforced = true;
    Presentation tablet = of("普通片", "1", 1);
    Presentation nothing = of("普通片", "0", 1);
    EXPECT_EQ(refusal(nothing, of("软膏剂", "1", 1)), RatioRefusal::different_families);
    EXPECT_EQ(refusal(nothing, tablet), RatioRefusal::content_not_positive);
    EXPECT_EQ(refusal(tablet, nothing), RatioRefusal::content_not_positive);
    Presentation unstated = bottle("口服溶液", 100);
    unstated.fill_nl.reset();
    unstated.content = ratio("9");
    EXPECT_EQ(refusal(tablet, unstated), RatioRefusal::separate_representative);
    Presentation bag = of("大容量注射液", "1", 1);
    bag.material = "木桶";
    Presentation far = of("大容量注射液", "1", 1);
    far.content = Ratio{kInt64Max, 2};
    bag.content = Ratio{2, kInt64Max - 2};
    overrides.separate_representative_enforced = false;
    ConversionCache lenient(rule, overrides);
    EXPECT_EQ(lenient.between(bag, far).refusal, RatioRefusal::material_unknown);
    bag.material = "";
    EXPECT_EQ(lenient.between(bag, far).refusal, RatioRefusal::terms_out_of_range);
}

TEST_F(Chain, ResultsAboveTheLargestPriceAreRefused) {
    const Presentation one = of("普通片", "1", 1);
    const Presentation two = of("普通片", "2", 1);
    const Presentation three = of("普通片", "3", 1);
    EXPECT_EQ(price("588235294.117647", one, two), "1000000000");
    EXPECT_EQ(price_refusal("588235294.117648", one, two), RatioRefusal::result_out_of_range);
    EXPECT_EQ(price_refusal("1000000000", one, three), RatioRefusal::result_out_of_range);
    Presentation huge = one;
    huge.content = Ratio{kInt64Max, 1};
    EXPECT_EQ(price_refusal("1000000000", one, huge), RatioRefusal::result_out_of_range);
    EXPECT_EQ(price("1000000000", huge, one), price("1000000000", huge, one));
}

TEST_F(Chain, PreconditionsAreChecked) {
    Presentation no_form;
    EXPECT_THROW(
        static_cast<void>(cache().between(no_form, of("普通片", "1", 1))), BrokenInvariant
    );
    EXPECT_THROW(
        static_cast<void>(cache().between(of("普通片", "1", 0), of("普通片", "1", 1))),
        BrokenInvariant
    );
}

TEST_F(Chain, TheCacheKnowsEveryMember) {
    const Presentation base = of("大容量注射液", "1", 1);
    std::vector<Presentation> variants(10, base);
    variants[0].content = ratio("2");
    variants[1].pack_units = 2;
    variants[2].fill_nl = 100 * kMl;
    variants[3].material = "软袋";
    variants[4].same_price_for_content = true;
    variants[5].fill_curve = true;
    variants[6].dose_fill_nl = kMl;
    variants[7].biological = true;
    variants[8].daily_units = ratio("1");
    variants[9].treatment_units = ratio("1");
    static_cast<void>(cache().between(base, base));
    for (std::size_t i = 0; i < variants.size(); ++i) {
        static_cast<void>(cache().between(base, variants[i]));
        EXPECT_EQ(cache().size(), 2 * i + 2);
        static_cast<void>(cache().between(variants[i], base));
        EXPECT_EQ(cache().size(), 2 * i + 3);
        static_cast<void>(cache().between(base, variants[i]));
        EXPECT_EQ(cache().size(), 2 * i + 3);
    }
    EXPECT_EQ(cache().between(base, base).conversion, cache().between(base, base).conversion);
}

TEST_F(Chain, FactorsAreRoundedBeforeUseOnlyWhenTheRuleSaysSo) {
    const Presentation fourteen = of("普通片", "1", 14);
    const Presentation thirty = of("普通片", "1", 30);
    EXPECT_EQ(price("34.12", fourteen, thirty), "71.107011");
    rule.factor_rounding = Rounding{RoundingMode::half_up, 2};
    ConversionCache rounded(rule, overrides);
    const auto conversion = rounded.between(fourteen, thirty).conversion;
    EXPECT_EQ(conversion->factor_text(), "2.08000000");
    EXPECT_TRUE(conversion->exact());
    EXPECT_EQ(conversion->convert(yuan("34.12"), kFen), yuan("70.97"));
}

}  // namespace
}  // namespace jicai::product
