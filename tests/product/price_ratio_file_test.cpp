#include <catalogs/price_ratio_file/price_ratio_file.h>

#include <gtest/gtest.h>

#include "price_ratio_fixture.h"
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <string_view>

namespace jicai::catalogs {
namespace {

std::string read(const std::string& path) {
    std::ifstream file(std::string(JICAI_SOURCE_DIR) + "/" + path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

const std::string& shipped() {
    static const std::string text = read("catalogs/price-ratio/drug-2012.toml");
    return text;
}

// The shipped file with the first `from` replaced.
std::string edited(std::string_view from, std::string_view to) {
    std::string text = shipped();
    const std::size_t position = text.find(from);
    EXPECT_NE(position, std::string::npos) << from;
    return text.replace(position, from.size(), to);
}

Fault only_fault(const std::string& text) {
    const LoadedPriceRatioRule loaded = load_price_ratio_rule(text, "x.toml");
    EXPECT_FALSE(loaded.rule.has_value());
    EXPECT_EQ(loaded.faults.size(), 1U);
    return loaded.faults.empty() ? Fault{} : loaded.faults.front();
}

std::string argument(const Fault& fault, std::string_view name) {
    for (const auto& [key, value] : fault.message.arguments) {
        if (key == name) return value;
    }
    return "(none)";
}

TEST(PriceRatioFile, TheShippedFileLoads) {
    const LoadedPriceRatioRule loaded = load_price_ratio_rule(shipped(), "drug-2012.toml");
    ASSERT_TRUE(loaded.rule.has_value());
    EXPECT_TRUE(loaded.faults.empty());
    const product::PriceRatioRule& rule = *loaded.rule;
    EXPECT_EQ(rule.id, "drug-2012");
    EXPECT_EQ(rule.title_zh, "药品差比价规则");
    EXPECT_EQ(rule.content_base.text(), "1.7");
    EXPECT_EQ(rule.fill_base.text(), "1.9");
    EXPECT_EQ(rule.pack_base.text(), "1.95");
    EXPECT_EQ(rule.fill_step_nl, 10'000'000);
    EXPECT_EQ(rule.fill_step_price.text(), "0.05");
    EXPECT_EQ(rule.short_pack_days_max, 3);
    EXPECT_EQ(rule.short_pack_factor.text(), "0.9");
    EXPECT_EQ(rule.injection_price_floor.text(), "0.2");
    EXPECT_EQ(rule.content_separate_representative.text(), "8");
    EXPECT_FALSE(rule.factor_rounding.has_value());
    EXPECT_EQ(rule.retail_rounding.size(), 3U);
}

// Every value of the rule and every form says where it comes from; what the annexes do not list is
// marked assumed.
TEST(PriceRatioFile, EveryValueHasItsSource) {
    const product::PriceRatioRule& rule = product::drug_2012();
    for (const char* field :
         {"content_base",
          "fill_base",
          "pack_base",
          "fill_step_nl",
          "fill_step_price",
          "fill_whole_steps",
          "short_pack_days_max",
          "short_pack_factor",
          "short_pack_undone_at_source",
          "injection_price_floor",
          "injection_cap_last",
          "injection_cap_across_forms",
          "content_separate_representative",
          "content_limit_by_ends",
          "multi_dose_solid_fill_linear",
          "factor_rounding",
          "at_most_is_fixed",
          "representative_lower_middle",
          "retail_rounding.1",
          "retail_rounding.2",
          "retail_rounding.3"}) {
        const product::ValueSource* source = rule.source_of(field);
        ASSERT_NE(source, nullptr) << field;
        EXPECT_FALSE(source->clause.empty()) << field;
        EXPECT_FALSE(source->evidence.empty()) << field;
    }
    EXPECT_EQ(rule.source_of("no_such_field"), nullptr);
    int official = 0;
    for (const product::DosageForm& form : rule.forms) {
        const bool listed = form.clause.substr(0, 5) == "Annex";
        EXPECT_EQ(form.evidence, listed ? "official" : "assumed") << form.name;
        if (listed) ++official;
    }
    // Annex 1 has 21 numbers, (19) with two forms; Annex 2 has 17 numbers in the tablet group and 4
    // pills among them.
    EXPECT_EQ(official, 22 + 17);
}

// Only oral tablets and capsules follow the pack curve (Art. 13).
TEST(PriceRatioFile, PackRuleByForm) {
    const auto pack_rule = [](std::string_view name) { return product::form(name)->pack_rule; };
    for (const char* name :
         {"普通片",     "素片",         "糖衣片", "薄膜衣片", "咀嚼片",   "含片",
          "肠溶片",     "分散片",       "泡腾片", "硬胶囊",   "肠溶胶囊", "软胶囊",
          "胶丸",       "缓释片",       "控释片", "缓释胶囊", "口崩片",   "口腔崩解片",
          "肠溶缓释片", "口服常释剂型", "片剂",   "胶囊剂"}) {
        EXPECT_EQ(pack_rule(name), product::PackRule::curve) << name;
    }
    for (const char* name :
         {"颗粒剂", "散剂",         "口服溶液",   "口服溶液剂",   "口服混悬液", "干混悬剂",
          "糖浆",   "口服液体剂",   "软膏剂",     "霜剂",         "乳胶剂",     "注射剂",
          "注射液", "小容量注射液", "冻干粉针",   "大容量注射液", "滴眼剂",     "滴眼液",
          "眼膏",   "吸入用溶液",   "吸入气雾剂", "粉雾剂",       "喷雾剂",     "鼻喷雾剂",
          "鼻喷",   "栓剂",         "贴剂",       "阴道片"}) {
        EXPECT_EQ(pack_rule(name), product::PackRule::linear) << name;
    }
}

TEST(PriceRatioFile, FormsOfOneFamilyShareOneBase) {
    std::set<std::string> families;
    std::set<std::string> bases;
    for (const product::DosageForm& form : product::drug_2012().forms) {
        families.insert(form.family);
        if (form.factor == money::Ratio(1, 1) && form.adder == money::Price(0))
            bases.insert(form.family);
        EXPECT_GT(form.factor.numerator(), 0);
    }
    EXPECT_EQ(families, bases);
    EXPECT_NE(product::form("缓释片")->family, product::form("普通片")->family);
    EXPECT_EQ(product::form("口崩片")->family, product::form("普通片")->family);
}

TEST(PriceRatioFile, UnknownKeysAreRefusedAtTheirPlace) {
    const Fault fault =
        only_fault(edited("base = { value = \"1.7\"", "bass = 1\nbase = { value = \"1.7\""));
    EXPECT_EQ(fault.message.key, "fault.price_ratio.key_unknown");
    EXPECT_EQ(fault.file, "x.toml");
    EXPECT_EQ(fault.column_number, 1U);
    EXPECT_EQ(fault.source_line, "bass = 1");
    EXPECT_EQ(fault.value, "bass");
    const std::size_t before = shipped().find("base = { value");
    std::uint64_t line = 1;
    for (std::size_t i = 0; i < before; ++i) line += shipped()[i] == '\n' ? 1U : 0U;
    EXPECT_EQ(fault.row, line);
    EXPECT_EQ(
        only_fault(edited(
                       "unit = \"ratio\", clause = \"Art. 9",
                       "units = 1, unit = \"ratio\", clause = \"Art. 9"
                   ))
            .message.key,
        "fault.price_ratio.key_unknown"
    );
    EXPECT_EQ(only_fault(shipped() + "\n[extra]\n").message.key, "fault.price_ratio.key_unknown");
    EXPECT_EQ(
        only_fault(edited("pack = \"curve\"\n", "pack = \"curve\"\ncolour = \"white\"\n"))
            .message.key,
        "fault.price_ratio.key_unknown"
    );
}

struct EditCase {
    std::string_view from;
    std::string_view to;
    std::string_view key;
};

TEST(PriceRatioFile, EachFaultIsNamed) {
    const std::vector<EditCase> cases{
        {"[price_ratio]", "[price_ratio", "fault.price_ratio.toml_syntax"},
        {"id = \"drug-2012\"\n", "", "fault.price_ratio.key_missing"},
        {", unit = \"ratio\", clause = \"Art. 9 (at most)\"",
         ", clause = \"Art. 9 (at most)\"",
         "fault.price_ratio.key_missing"},
        {", evidence = \"official\" }", " }", "fault.price_ratio.key_missing"},
        {"value = \"1.7\", unit = \"ratio\"",
         "value = \"1.7\", unit = \"yuan\"",
         "fault.price_ratio.unit_wrong"},
        {"value = \"1.7\"", "value = 1.7", "fault.price_ratio.expected_ratio"},
        {"value = \"1.7\"", "value = \"0\"", "fault.price_ratio.expected_ratio"},
        {"value = \"1.7\"", "value = \"-1.7\"", "fault.price_ratio.expected_ratio"},
        {"value = \"1.7\"", "value = \"1,7\"", "fault.price_ratio.expected_ratio"},
        {"value = \"0.05\"", "value = \"¥0.05\"", "fault.price_ratio.expected_yuan"},
        {"value = \"0.05\"", "value = \"0.0500001\"", "fault.price_ratio.expected_yuan"},
        {"value = \"0.05\"", "value = \"1000000000.01\"", "fault.price_ratio.expected_yuan"},
        {"value = \"10\", unit = \"ml\"",
         "value = \"0\", unit = \"ml\"",
         "fault.price_ratio.expected_ml"},
        {"value = \"10\", unit = \"ml\"",
         "value = 10, unit = \"ml\"",
         "fault.price_ratio.expected_ml"},
        {"value = 3, unit = \"days\"",
         "value = -1, unit = \"days\"",
         "fault.price_ratio.expected_whole"},
        {"value = 3, unit = \"days\"",
         "value = 367, unit = \"days\"",
         "fault.price_ratio.expected_whole"},
        {"value = 3, unit = \"days\"",
         "value = \"3\", unit = \"days\"",
         "fault.price_ratio.expected_whole"},
        {"value = true, unit = \"flag\"",
         "value = \"true\", unit = \"flag\"",
         "fault.price_ratio.expected_flag"},
        {"value = \"none\", unit = \"rounding\"",
         "value = \"nearest\", unit = \"rounding\"",
         "fault.price_ratio.word_unknown"},
        {"value = \"none\", unit = \"rounding\"",
         "value = \"half_up\", unit = \"rounding\"",
         "fault.price_ratio.key_missing"},
        {"evidence = \"official\"", "evidence = \"certain\"", "fault.price_ratio.word_unknown"},
        {"id = \"drug-2012\"", "id = \"\"", "fault.price_ratio.expected_text"},
        {"id = \"drug-2012\"", "id = \"drug\\u0007\"", "fault.price_ratio.expected_text"},
        {"base = { value = \"1.7\", unit = \"ratio\", clause = \"Art. 9 (at most)\", evidence = "
         "\"official\" }",
         "base = \"1.7\"",
         "fault.price_ratio.expected_parameter"},
        {"title = { zh = \"药品差比价规则\", en = \"Price-ratio rule for drugs\" }",
         "title = \"rule\"",
         "fault.price_ratio.expected_table"},
        {"pack = \"curve\"", "pack = \"bent\"", "fault.price_ratio.word_unknown"},
        {"aliases = [\"素片\"", "aliases = [\"咀嚼片\"", "fault.price_ratio.name_twice"},
        {"aliases = [\"素片\", \"糖衣片\", \"薄膜衣片\", \"异形片\", \"划痕片\"]",
         "aliases = \"素片\"",
         "fault.price_ratio.expected_list"},
        {"name = \"咀嚼片\"\nannex = \"chemical_biological\"\nfamily = \"oral\"\npack = "
         "\"curve\"\nagainst = \"普通片\"",
         "name = \"咀嚼片\"\nannex = \"chemical_biological\"\nfamily = \"oral\"\npack = "
         "\"curve\"\nagainst = \"分散片\"",
         "fault.price_ratio.against_unknown"},
        {"name = \"咀嚼片\"\nannex = \"chemical_biological\"\nfamily = \"oral\"\npack = "
         "\"curve\"\nagainst = \"普通片\"",
         "name = \"咀嚼片\"\nannex = \"chemical_biological\"\nfamily = \"oral\"\npack = \"curve\"",
         "fault.price_ratio.family_base"},
        {"value = \"1.05\", unit = \"ratio\", clause = \"Annex 1 (2)/(1)\"",
         "value = \"9223372036854775807\", unit = \"ratio\", clause = \"x\"",
         ""},
        {"representative_rank = 1", "representative_rank = 0", "fault.price_ratio.expected_whole"},
        {"below = \"100\"", "below = \"1\"", "fault.price_ratio.retail_rounding_order"},
        {"below = \"1\"\n", "", "fault.price_ratio.retail_rounding_last"},
        {"decimals = 0\nunit",
         "below = \"1000\"\ndecimals = 0\nunit",
         "fault.price_ratio.retail_rounding_last"},
        {"decimals = 2\nunit", "decimals = 7\nunit", "fault.price_ratio.expected_whole"},
    };
    for (const EditCase& c : cases) {
        const LoadedPriceRatioRule loaded = load_price_ratio_rule(edited(c.from, c.to), "x.toml");
        if (c.key.empty()) {
            EXPECT_TRUE(loaded.rule.has_value()) << c.to;
            continue;
        }
        ASSERT_FALSE(loaded.faults.empty()) << c.to;
        EXPECT_EQ(loaded.faults.front().message.key, c.key) << c.to;
        EXPECT_FALSE(loaded.rule.has_value()) << c.to;
        EXPECT_GT(loaded.faults.front().row, 0U) << c.to;
        EXPECT_GT(loaded.faults.front().column_number, 0U) << c.to;
    }
}

TEST(PriceRatioFile, AChainOfHugeFactorsIsRefused) {
    const std::string text =
        edited(
            "factor = { value = \"1.1\", unit = \"ratio\", clause = \"Annex 1 (8)/(7)\"",
            "factor = { value = \"9223372036854775807\", unit = \"ratio\", clause = \"x\""
        ) +
        "\n[[form]]\nname = \"甲\"\nannex = \"chemical_biological\"\nfamily = \"oral\"\npack = "
        "\"curve\"\nagainst = \"肠溶胶囊\"\n"
        "factor = { value = \"3\", unit = \"ratio\", clause = \"x\", evidence = \"assumed\" }\n";
    const LoadedPriceRatioRule loaded = load_price_ratio_rule(text, "x.toml");
    ASSERT_FALSE(loaded.faults.empty());
    for (const Fault& fault : loaded.faults)
        EXPECT_EQ(fault.message.key, "fault.price_ratio.relation_out_of_range");
}

TEST(PriceRatioFile, AllFaultsOfAFileInOnePass) {
    std::string text = edited("value = \"1.7\"", "value = 1.7");
    text.replace(text.find("value = \"1.95\""), 14, "value = \"x\"");
    text += "\n[extra]\n";
    const LoadedPriceRatioRule loaded = load_price_ratio_rule(text, "x.toml");
    ASSERT_EQ(loaded.faults.size(), 3U);
    EXPECT_EQ(loaded.faults[0].column, "content.base");
    EXPECT_EQ(loaded.faults[1].column, "pack.base");
    EXPECT_EQ(loaded.faults[2].value, "extra");
    EXPECT_LT(loaded.faults[0].row, loaded.faults[1].row);
    EXPECT_LT(loaded.faults[1].row, loaded.faults[2].row);
}

TEST(PriceRatioFile, FaultsAreCountedPastTheShownOnes) {
    std::string text;
    for (int i = 0; i < 1500; ++i) text += "k" + std::to_string(i) + " = 1\n";
    const LoadedPriceRatioRule loaded = load_price_ratio_rule(text, "x.toml");
    ASSERT_EQ(loaded.faults.size(), kFaultsShownMax + 1);
    EXPECT_EQ(loaded.faults.back().message.key, "fault.price_ratio.more");
    // 1,500 unknown keys and 9 missing sections.
    EXPECT_EQ(argument(loaded.faults.back(), "count"), "509");
}

TEST(PriceRatioFile, SizeIsBounded) {
    const std::string at(kPriceRatioBytesMax, '#');
    EXPECT_NE(
        load_price_ratio_rule(at, "x.toml").faults.at(0).message.key, "fault.price_ratio.too_large"
    );
    EXPECT_EQ(
        load_price_ratio_rule(at + "#", "x.toml").faults.at(0).message.key,
        "fault.price_ratio.too_large"
    );
}

TEST(PriceRatioFile, GarbageIsRefusedQuietly) {
    EXPECT_FALSE(load_price_ratio_rule("", "x.toml").faults.empty());
    EXPECT_FALSE(load_price_ratio_rule("\xFF\xFE\x00", "x.toml").faults.empty());
    EXPECT_FALSE(load_price_ratio_rule(std::string(10'000, '['), "x.toml").faults.empty());
    EXPECT_FALSE(load_price_ratio_rule("form = 3\nmaterial = [1]\nretail_rounding = []\n", "x.toml")
                     .faults.empty());
}

// Layout does not matter to the canonical text, every value does.
TEST(PriceRatioFile, CanonicalText) {
    const auto canonical = [](const std::string& text) {
        const LoadedPriceRatioRule loaded = load_price_ratio_rule(text, "x.toml");
        EXPECT_TRUE(loaded.rule.has_value());
        return loaded.rule ? canonical_text(*loaded.rule) : std::string();
    };
    const std::string base = canonical(shipped());
    EXPECT_EQ(canonical("# a comment\n\n" + shipped()), base);
    EXPECT_EQ(
        canonical(
            edited("value = \"1.7\", unit = \"ratio\"", "unit   = \"ratio\", value = \"1.70\"")
        ),
        base
    );
    for (const auto& [from, to] : std::vector<std::pair<std::string_view, std::string_view>>{
             {"value = \"1.7\"", "value = \"1.71\""},
             {"Art. 9 (at most)", "Art. 9"},
             {"value = true, unit = \"flag\"", "value = false, unit = \"flag\""},
             {"value = \"none\", unit = \"rounding\"",
              "value = \"half_up\", decimals = 4, unit = \"rounding\""},
             {"[\"素片\", ", "["},
             {"representative_rank = 2", "representative_rank = 3"},
             {"injection = true\n", ""},
             {"below = \"100\"", "below = \"99\""},
             {"at_most = true\n", ""},
             {"multi_dose_solid = true\n", ""},
         }) {
        EXPECT_NE(canonical(edited(from, to)), base) << to;
    }
}

// Each key a decoder can return has its sentence in both languages, and no sentence is left over.
TEST(PriceRatioFile, EveryMessageHasItsSentence) {
    const std::string messages = read("catalogs/messages/price_ratio.toml");
    const std::string sources = read("catalogs/price_ratio_file/price_ratio_decoder.cpp") +
                                read("catalogs/price_ratio_file/price_ratio_file.cpp") +
                                read("catalogs/price_ratio_file/value_reader.cpp") +
                                read("catalogs/price_ratio_file/value_reader.h");
    const auto keys_of = [](const std::string& text, const std::string& before) {
        std::set<std::string> keys;
        for (std::size_t at = text.find(before); at != std::string::npos;
             at = text.find(before, at + 1)) {
            const std::size_t begin = at + 1;
            keys.insert(text.substr(begin, text.find_first_of("\"]", begin) - begin));
        }
        return keys;
    };
    const std::set<std::string> said = keys_of(messages, "[fault.price_ratio.");
    EXPECT_EQ(said, keys_of(sources, "\"fault.price_ratio."));
    EXPECT_GT(said.size(), 20U);
}

}  // namespace
}  // namespace jicai::catalogs
