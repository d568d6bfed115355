#include <catalogs/builtin/builtin.h>
#include <catalogs/rulebook_file/rulebook_file.h>
#include <catalogs/sha256/sha256.h>
#include <engine/rules/contradiction.h>
#include <engine/rules/given.h>
#include <engine/rules/parameter_list.h>
#include <engine/rules/stage_difference.h>
#include <engine/rules/value_text.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <tests/rulebook/test_files.h>

#include <algorithm>
#include <set>

namespace jicai::rules {
namespace {

using catalogs::load_rulebook;
using catalogs::LoadedRulebook;
using testing::ElementsAre;
using testing::HasSubstr;

std::string shipped_text(std::string_view id) {
    return std::string(catalogs::find_rulebook(id).value());
}

Rulebook loaded(const std::string& text) {
    LoadedRulebook result = load_rulebook(text, "x.toml");
    for (const catalogs::Fault& fault : result.faults) {
        ADD_FAILURE() << fault.row << ':' << fault.column_number << ' ' << fault.message.key;
    }
    return std::move(result.rulebook).value();
}

Rulebook shipped(std::string_view id) {
    return loaded(shipped_text(id));
}

const ParameterRow& row_of(const std::vector<ParameterRow>& rows, std::string_view path) {
    const auto found =
        std::find_if(rows.begin(), rows.end(), [&](const auto& row) { return row.path == path; });
    if (found == rows.end()) throw std::logic_error("no row " + std::string(path));
    return *found;
}

// ---- flat list and canonical form

TEST(ParameterList, HoldsEveryPointWithItsText) {
    const std::vector<ParameterRow> rows = parameter_list(shipped("gy-yd2021-2"));
    EXPECT_EQ(
        row_of(rows, "entry.max_entrants").value,
        "1=1, 2=2, 3=2, 4=3, 5=4, 6=4, 7=5, 8=6, 9=7, 10=8, 11=9, 12=9, 13+=10"
    );
    EXPECT_EQ(row_of(rows, "agreed_volume.percent.reduced").value, "1=40, 2=50, 3=60, 4+=70");
    EXPECT_EQ(row_of(rows, "gate.cut_at_least.percent").value, "50.00");
    EXPECT_EQ(row_of(rows, "gate.comparable_price_at_most.price").value, "0.1");
    EXPECT_EQ(row_of(rows, "ceiling.rounding").value, "half_up 4");
    EXPECT_EQ(row_of(rows, "ceiling.compare").value, "<=");
    EXPECT_EQ(row_of(rows, "ranking.tie_keys.1").value, "credit_rated flag no");
    EXPECT_EQ(row_of(rows, "price_ratio.linear_content_lots").value, "27");
    EXPECT_EQ(row_of(rows, "price_ratio.linear_content_lots").evidence, Evidence::replay);
    EXPECT_EQ(row_of(rows, "substitution.in_publicity").value, "other_winners");
}

TEST(ParameterList, MarksOpenPointsAndLeavesOutWhatIsNotNamed) {
    const std::vector<ParameterRow> rows = parameter_list(shipped("gy-yd2019-2"));
    const ParameterRow& open = row_of(rows, "substitution.in_publicity");
    EXPECT_TRUE(open.open);
    EXPECT_TRUE(open.value.empty());
    EXPECT_EQ(open.clause, "14 (text silent)");
    EXPECT_THROW((void)row_of(rows, "ceiling.compare_own_lowest"), std::logic_error);
    EXPECT_THROW((void)row_of(rows, "price_ratio.linear_content_lots"), std::logic_error);
}

TEST(Canonical, LinesAreReadable) {
    const std::string text = canonical_text(shipped("gy-yd2019-2"));
    EXPECT_THAT(text, HasSubstr("rulebook.id = gy-yd2019-2\n"));
    EXPECT_THAT(text, HasSubstr("\nceiling.compare = <= | choice | 6.4 | official\n"));
    EXPECT_THAT(
        text, HasSubstr("\nsubstitution.in_publicity = ? | choice | 14 (text silent) | \n")
    );
    EXPECT_THAT(text, HasSubstr("\nsupply_regions.regions = 北京\\|天津\\|河北"));
}

TEST(Canonical, DigestIsTheDigestOfTheCanonicalText) {
    for (const catalogs::BuiltinFile& file : catalogs::builtin_rulebooks()) {
        const Rulebook rulebook = loaded(std::string(file.text));
        EXPECT_EQ(rulebook.digest, catalogs::sha256_hex(canonical_text(rulebook)));
        EXPECT_EQ(rulebook.digest.size(), 64U);
    }
}

TEST(Canonical, CommentsBlanksKeyOrderAndLineEndsDoNotMatter) {
    const std::string text = shipped_text("gy-yd2019-2");
    const std::string digest = loaded(text).digest;
    EXPECT_EQ(loaded("# a comment\n\n" + text).digest, digest);
    EXPECT_EQ(loaded("\xef\xbb\xbf" + text).digest, digest);
    std::string windows;
    for (const char c : text) windows += c == '\n' ? std::string("\r\n") : std::string(1, c);
    EXPECT_EQ(loaded(windows).digest, digest);
    EXPECT_EQ(
        loaded(test::replaced(
                   text,
                   "compare = { value = \"<=\", unit = \"choice\", clause = \"6.4\", evidence = "
                   "\"official\" }",
                   "compare={evidence='official',clause=\"6.4\",  value='<='}"
               ))
            .digest,
        digest
    );
    EXPECT_EQ(
        loaded(test::replaced(
                   text, "{ 1 = 1, 2 = 2, 3 = 2, 4 = 3,", "{ 4 = 3, 2 = 2, 3 = 2, \"1\" = 1,"
               ))
            .digest,
        digest
    );
    EXPECT_EQ(loaded(test::replaced(text, "\"1.8\"", "\"1.80\"")).digest, digest);
}

TEST(Canonical, EveryValueClauseAndEvidenceMatters) {
    const std::string text = shipped_text("gy-yd2019-2");
    const std::string digest = loaded(text).digest;
    EXPECT_NE(loaded(test::replaced(text, "\"1.8\"", "\"1.81\"")).digest, digest);
    EXPECT_NE(
        loaded(test::replaced(text, "clause = \"12.1\"", "clause = \"12.4\"")).digest, digest
    );
    EXPECT_NE(
        loaded(test::replaced(
                   text,
                   "clause = \"12.1\", evidence = \"official\"",
                   "clause = \"12.1\", evidence = \"secondary\""
               ))
            .digest,
        digest
    );
    EXPECT_NE(loaded(test::replaced(text, "2018年销量", "2018年度销量")).digest, digest);
    EXPECT_NE(loaded(test::replaced(text, "2019-12", "2019-11")).digest, digest);
}

// ---- value texts

TEST(ValueText, ParsesWhatItWrites) {
    for (const catalogs::BuiltinFile& file : catalogs::builtin_rulebooks()) {
        for (const ParameterRow& row : parameter_list(loaded(std::string(file.text)))) {
            if (row.open) continue;
            if (row.unit == "ratio") {
                EXPECT_EQ(value_text(parse_value<Ratio>(row.value, row.unit).value()), row.value);
            }
            if (row.name == "rounding") {
                EXPECT_EQ(
                    value_text(parse_value<Rounding>(row.value, row.unit).value()), row.value
                );
            }
            if (row.unit == "years" || row.unit == "bidders") {
                EXPECT_EQ(
                    value_text(parse_value<CountTable<Count>>(row.value, row.unit).value()),
                    row.value
                );
            }
        }
    }
}

TEST(ValueText, BoundsInTriplets) {
    EXPECT_TRUE(parse_value<Rounding>("half_up 6", "yuan").has_value());
    EXPECT_FALSE(parse_value<Rounding>("half_up 7", "yuan").has_value());
    EXPECT_TRUE(parse_value<PercentBound>("99.99", "percent").has_value());
    EXPECT_TRUE(parse_value<PercentBound>("100", "percent").has_value());
    EXPECT_FALSE(parse_value<PercentBound>("100.01", "percent").has_value());
    EXPECT_FALSE(parse_value<Ratio>("0", "ratio").has_value());
    EXPECT_TRUE(parse_value<Ratio>("0.001", "ratio").has_value());
    EXPECT_TRUE(parse_value<Ratio>("1000", "ratio").has_value());
    EXPECT_FALSE(parse_value<Ratio>("1000.1", "ratio").has_value());
    EXPECT_FALSE(parse_value<Count>("0", "winners").has_value());
    EXPECT_TRUE(parse_value<Count>("1", "winners").has_value());
    EXPECT_TRUE(parse_value<Count>("1000", "winners").has_value());
    EXPECT_FALSE(parse_value<Count>("1001", "winners").has_value());
}

TEST(ValueText, ReadsTomlFormsOfGivenValues) {
    EXPECT_EQ(
        value_text(parse_value<CountTable<Count>>("{ 1 = 50, \"2+\" = 60 }", "percent").value()),
        "1=50, 2+=60"
    );
    EXPECT_EQ(
        value_text(parse_value<CountTable<Count>>(
                       "{ \"11+\" = 8, 1 = 1, 10 = 7, 2 = 2, 3 = 2, 4 = 3, 5 = 4, 6 = 4, 7 = 5, 8 "
                       "= 6, 9 = 6 }",
                       "bidders"
        )
                       .value()),
        "1=1, 2=2, 3=2, 4=3, 5=4, 6=4, 7=5, 8=6, 9=6, 10=7, 11+=8"
    );
    EXPECT_FALSE(parse_value<CountTable<Count>>("1=1, 1=1, 2=2", "bidders").has_value());
    EXPECT_EQ(value_text(parse_value<TextList>("[\"A\", \"B\"]", "lots").value()), "A|B");
    EXPECT_EQ(value_text(parse_value<TextList>("A|B", "lots").value()), "A|B");
    EXPECT_EQ(parse_word<Comparison>("\"<=\""), Comparison::less_or_equal);
    EXPECT_EQ(parse_value<Flag>("true", "flag"), std::optional(true));
    EXPECT_FALSE(parse_value<CountTable<Count>>("1=1, 3=2", "bidders").has_value());
    EXPECT_FALSE(parse_value<CountTable<Count>>("1+=1, 2=2", "bidders").has_value());
    EXPECT_FALSE(parse_value<CountTable<Count>>("", "bidders").has_value());
    EXPECT_FALSE(parse_value<TextList>("A|A", "lots").has_value());
    EXPECT_FALSE(parse_value<Flag>("yes", "flag").has_value());
}

// ---- given values

TEST(Given, SetsOpenPointsWithEvidenceGiven) {
    Rulebook rulebook = shipped("gy-yd2019-2");
    const std::string digest = rulebook.digest;
    EXPECT_TRUE(apply_given(
                    rulebook,
                    {{"substitution.in_publicity", "other_winners"},
                     {"substitution.substitute_at_own_price", "true"}}
    ).empty());
    const SubstitutionStage& stage = *rulebook.find<SubstitutionStage>();
    EXPECT_EQ(stage.in_publicity.value, SubstituteFrom::other_winners);
    EXPECT_EQ(stage.in_publicity.evidence, Evidence::given);
    EXPECT_EQ(stage.in_publicity.clause, "14 (text silent)");
    EXPECT_EQ(stage.substitute_at_own_price.value, true);
    EXPECT_EQ(rulebook.digest, digest);
}

TEST(Given, RefusalsInOrderAndNothingChanged) {
    Rulebook rulebook = shipped("gy-yd2019-2");
    const std::string before = canonical_text(rulebook);
    const std::vector<GivenFault> faults = apply_given(
        rulebook,
        {{"substitution.in_publicity", "other_winners"},
         {"entry.maximum", "1=1"},
         {"substitution.in_publicity", "non_winners"},
         {"entry.max_entrants", "1+=1"},
         {"substitution.substitute_at_own_price", "perhaps"}}
    );
    ASSERT_EQ(faults.size(), 4U);
    EXPECT_EQ(faults[0].refusal, GivenRefusal::unknown_path);
    EXPECT_EQ(faults[1].refusal, GivenRefusal::repeated);
    EXPECT_EQ(faults[2].refusal, GivenRefusal::closed);
    EXPECT_EQ(faults[2].current, "1=1, 2=2, 3=2, 4=3, 5=4, 6=4, 7=5, 8=5, 9+=6");
    EXPECT_EQ(faults[2].clause, "11.1, table 2");
    EXPECT_EQ(faults[3].refusal, GivenRefusal::malformed);
    EXPECT_EQ(faults[3].current, "true, false");
    EXPECT_EQ(canonical_text(rulebook), before);
}

TEST(Given, ContradictionsAreRefused) {
    const std::string text = test::replaced(
        shipped_text("gy-yd2019-2"),
        "max_entrants = { value = { 1 = 1, 2 = 2, 3 = 2, 4 = 3, 5 = 4, 6 = 4, 7 = 5, 8 = 5, \"9+\" "
        "= 6 }, "
        "unit = \"bidders\", clause = \"11.1, table 2\", evidence = \"official\" }",
        "max_entrants = { unit = \"bidders\", clause = \"11.1, table 2\" }"
    );
    Rulebook rulebook = loaded(text);
    const auto faults = apply_given(rulebook, {{"entry.max_entrants", "1=1, 2+=3"}});
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_EQ(faults[0].refusal, GivenRefusal::contradictory);
    EXPECT_TRUE(apply_given(rulebook, {{"entry.max_entrants", "1=1, 2+=2"}}).empty());
    EXPECT_EQ(rulebook.find<EntryStage>()->max_entrants.value->rows, (std::vector<Count>{1, 2}));
}

TEST(Given, FaultsOfARoundNameTheParameter) {
    Rulebook rulebook = shipped("gy-yd2019-2");
    const auto faults = catalogs::apply_given(
        rulebook, {{"entry.max_entrants", "1+=1", "office", "why"}}, "parameters.toml"
    );
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_EQ(faults[0].file, "parameters.toml");
    EXPECT_EQ(faults[0].column, "entry.max_entrants");
    EXPECT_EQ(faults[0].message.key, "fault.rulebook.given_closed");
}

// ---- how volumes are reported

std::string with_reporting(const std::string& table) {
    return shipped_text("gy-yd2019-2") + "\n[reporting]\n" + table;
}

TEST(Reporting, WithoutATableValuesAreAssumedAndNoDigestCoversThem) {
    const Rulebook rulebook = shipped("gy-yd2019-2");
    EXPECT_FALSE(rulebook.reporting.has_value());
    EXPECT_TRUE(reporting_parameters(rulebook).empty());
    EXPECT_EQ(canonical_text(rulebook).find("reporting"), std::string::npos);
    const ReportingRule rule = reporting_in_force(rulebook);
    EXPECT_EQ(rule.floor_percent.value, 80);
    EXPECT_EQ(rule.alarm_percent.value, 200);
    EXPECT_EQ(rule.years.value, 2);
    EXPECT_EQ(rule.brand_rule.value, BrandRule::mixed);
    const std::vector<ParameterRow> shown = shown_parameters(rulebook);
    EXPECT_EQ(shown.size(), parameter_list(rulebook).size() + 4);
    EXPECT_EQ(row_of(shown, "reporting.floor_percent").evidence, Evidence::assumed);
    EXPECT_EQ(row_of(shown, "reporting.brand_rule").clause, "text silent");
}

TEST(Reporting, TheTableCountsAndOnlyTheRestIsAssumed) {
    const Rulebook rulebook = loaded(with_reporting(
        "floor_percent = { value = 90, unit = \"percent\", clause = \"3.1\", evidence = "
        "\"official\" }\n"
        "alarm_percent = { unit = \"percent_of_use\", clause = \"3.2\" }\n"
    ));
    const ReportingRule rule = reporting_in_force(rulebook);
    EXPECT_EQ(rule.floor_percent.value, 90);
    EXPECT_EQ(rule.floor_percent.evidence, Evidence::official);
    EXPECT_FALSE(rule.alarm_percent.value.has_value()) << "an open point stays open";
    EXPECT_EQ(rule.years.evidence, Evidence::assumed);
    EXPECT_NE(rulebook.digest, shipped("gy-yd2019-2").digest);
    EXPECT_TRUE(canonical_text(rulebook).ends_with(
        "table = reporting\n"
        "reporting.floor_percent = 90 | percent | 3.1 | official\n"
        "reporting.alarm_percent = ? | percent_of_use | 3.2 | \n"
    ));
}

TEST(Reporting, ValuesAreGivenForWhatTheRulebookDoesNotName) {
    Rulebook rulebook = shipped("gy-yd2019-2");
    const std::string digest = rulebook.digest;
    ASSERT_TRUE(apply_given(
                    rulebook, {{"reporting.floor_percent", "95"}, {"reporting.brand_rule", "brand"}}
    ).empty());
    const ReportingRule rule = reporting_in_force(rulebook);
    EXPECT_EQ(rule.floor_percent.value, 95);
    EXPECT_EQ(rule.floor_percent.evidence, Evidence::given);
    EXPECT_EQ(rule.brand_rule.value, BrandRule::brand);
    EXPECT_EQ(rule.years.evidence, Evidence::assumed);
    EXPECT_EQ(rulebook.digest, digest);
    const auto faults = apply_given(
        rulebook,
        {{"reporting.floor_percent", "90"},
         {"reporting.alarm_percent", "99"},
         {"reporting.floor", "90"}}
    );
    ASSERT_EQ(faults.size(), 3U);
    EXPECT_EQ(faults[0].refusal, GivenRefusal::closed);
    EXPECT_EQ(faults[1].refusal, GivenRefusal::malformed);
    EXPECT_EQ(faults[1].current, "100 ... 1000");
    EXPECT_EQ(faults[2].refusal, GivenRefusal::unknown_path);
}

TEST(Reporting, DiffersLikeAStageAndCanBePutIn) {
    const Rulebook without = shipped("gy-yd2019-2");
    const Rulebook with = loaded(with_reporting(
        "floor_percent = { value = 90, unit = \"percent\", clause = \"3.1\", evidence = "
        "\"official\" }\n"
    ));
    const auto found = differences(without, with);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].stage_key, "reporting");
    EXPECT_TRUE(found[0].value_differs);
    ASSERT_EQ(found[0].parameters.size(), 1U);
    EXPECT_EQ(found[0].parameters[0].base.at(0).value, "80");
    EXPECT_EQ(found[0].parameters[0].other.at(0).value, "90");
    EXPECT_TRUE(differences(with_stage_from(without, with, "reporting").value(), with).empty());
    EXPECT_TRUE(differences(with_stage_from(with, without, "reporting").value(), without).empty());
    EXPECT_FALSE(with_stage_from(without, without, "reporting").has_value());
}

// ---- differences and substitution

TEST(Differences, NoneBetweenARulebookAndItself) {
    const Rulebook rulebook = shipped("gy-yd2021-1");
    EXPECT_TRUE(differences(rulebook, rulebook).empty());
}

TEST(Differences, ThirdAgainstFourthRound) {
    const std::vector<StageDifference> found =
        differences(shipped("gy-yd2020-1"), shipped("gy-yd2021-1"));
    std::vector<std::string> changed;
    for (const StageDifference& stage : found) {
        for (const ParameterDifference& parameter : stage.parameters) {
            if (parameter.value_differs) changed.push_back(parameter.path);
        }
    }
    EXPECT_THAT(changed, ElementsAre("ceiling.compare", "entry.max_entrants"));
}

TEST(Differences, StagesOfOneSideOnly) {
    const std::vector<StageDifference> found =
        differences(shipped("gy-yd2019-1"), shipped("gy-yd2020-1"));
    const auto stage = [&](std::string_view key) {
        return *std::find_if(found.begin(), found.end(), [&](const auto& difference) {
            return difference.stage_key == key;
        });
    };
    EXPECT_FALSE(stage("gate").index_base.has_value());
    EXPECT_EQ(stage("gate").index_other, std::optional<std::size_t>(9));
    EXPECT_FALSE(stage("affiliation").index_base.has_value());
    EXPECT_TRUE(stage("gate").value_differs);
    EXPECT_EQ(stage("gate").parameters.size(), 3U);
}

TEST(Differences, ClauseAloneIsNoValueDifference) {
    const std::string text = shipped_text("gy-yd2021-1");
    const Rulebook changed = loaded(test::replaced(text, "clause = \"12.1\"", "clause = \"12.9\""));
    const auto found = differences(loaded(text), changed);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_FALSE(found[0].value_differs);
    ASSERT_EQ(found[0].parameters.size(), 1U);
    EXPECT_EQ(found[0].parameters[0].path, "gate.comparable_price_at_most_factor_of_lowest.factor");
}

/// Putting every differing stage of B into A, one after another, makes A decide as B.
TEST(Substitution, AllStagesTogetherMakeTheOther) {
    const std::vector<std::string> ids{
        "gy-yd2019-1", "gy-yd2019-2", "gy-yd2020-1", "gy-yd2021-1", "gy-yd2021-2"};
    for (const std::string& id_a : ids) {
        for (const std::string& id_b : ids) {
            Rulebook a = shipped(id_a);
            const Rulebook b = shipped(id_b);
            for (const StageDifference& stage : differences(a, b)) {
                a = with_stage_from(a, b, stage.stage_key).value();
                EXPECT_TRUE(a.digest.empty());
            }
            EXPECT_TRUE(differences(a, b).empty()) << id_a << ' ' << id_b;
            EXPECT_EQ(parameter_list(a), parameter_list(b)) << id_a << ' ' << id_b;
            EXPECT_TRUE(contradictions(a).empty()) << id_a << ' ' << id_b;
        }
    }
}

TEST(Substitution, OneParameter) {
    const Rulebook a = shipped("gy-yd2020-1");
    const Rulebook b = shipped("gy-yd2021-1");
    const Rulebook mixed = with_parameter_from(a, b, "ceiling.compare").value();
    EXPECT_EQ(mixed.find<CeilingStage>()->compare.value, Comparison::less_or_equal);
    EXPECT_EQ(
        mixed.find<EntryStage>()->max_entrants.value, a.find<EntryStage>()->max_entrants.value
    );
    EXPECT_TRUE(mixed.digest.empty());
    EXPECT_FALSE(with_parameter_from(a, b, "ceiling.comparison").has_value());
    EXPECT_FALSE(with_parameter_from(a, b, "ceiling.compare_own_lowest").has_value());
    EXPECT_FALSE(with_stage_from(a, b, "outlier").has_value());
}

TEST(Substitution, TieKeysAsOneList) {
    const Rulebook a = shipped("gy-yd2019-2");
    const Rulebook b = shipped("gy-yd2021-2");
    const Rulebook mixed = with_parameter_from(a, b, "ranking.tie_keys").value();
    EXPECT_EQ(mixed.find<RankingStage>()->tie_keys, b.find<RankingStage>()->tie_keys);
}

TEST(Substitution, GateTestsByParameter) {
    const Rulebook a = shipped("gy-yd2019-2");
    const std::string changed = test::replaced(shipped_text("gy-yd2019-2"), "\"1.8\"", "\"1.5\"");
    const Rulebook mixed =
        with_parameter_from(
            a, loaded(changed), "gate.comparable_price_at_most_factor_of_lowest.factor"
        )
            .value();
    const auto& test = std::get<FactorOfLowestTest>(mixed.find<GateStage>()->any_of.at(0));
    EXPECT_EQ(test.factor.value, Ratio(3, 2));
}

// ---- the table of needs

TEST(StageNeeds, CoversEveryKindAndPointsBackwards) {
    const auto& table = stage_needs();
    EXPECT_EQ(table.size(), std::variant_size_v<Stage>);
    std::set<std::string_view> before;
    for (const StageNeeds& row : table) {
        for (const auto& list : {row.needs, row.after}) {
            for (const std::string_view kind : list) {
                EXPECT_TRUE(before.contains(kind)) << row.kind << ' ' << kind;
            }
        }
        EXPECT_TRUE(before.insert(row.kind).second) << row.kind;
    }
}

}  // namespace
}  // namespace jicai::rules
