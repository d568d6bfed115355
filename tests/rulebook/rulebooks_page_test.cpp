#include <engine/rules/contradiction.h>
#include <engine/rules/rulebook.h>

#include <gtest/gtest.h>
#include <tests/rulebook/test_files.h>

#include <set>

namespace jicai::rules {
namespace {

/// Everything the loader can meet, from the types alone: kinds, tests, parameters, units and words.
struct Vocabulary {
    std::set<std::string> words;

    template <class T>
    void parameter(std::string_view name, std::string_view unit, Need, Parameter<T>&) {
        words.emplace(name);
        words.emplace(unit);
        if constexpr (std::is_enum_v<T>) {
            for (const auto& entry : EnumNames<T>::names) words.emplace(entry.second);
        }
    }
    template <class M>
    void keyed(std::string_view name, std::string_view unit, M&) {
        words.emplace(name);
        words.emplace(unit);
    }
    void tie_keys(std::string_view name, std::vector<TieKey>&) { words.emplace(name); }
    void tests(std::string_view name, std::vector<GateTest>&) {
        words.emplace(name);
        add_tests(std::make_index_sequence<std::variant_size_v<GateTest>>());
    }
    template <std::size_t... I>
    void add_tests(std::index_sequence<I...>) {
        (add_test<std::variant_alternative_t<I, GateTest>>(), ...);
    }
    template <class Test>
    void add_test() {
        words.emplace(Test::test);
        Test test;
        Test::visit(test, *this);
    }
    template <class S>
    void add_stage() {
        words.emplace(S::kind);
        S stage;
        S::visit(stage, *this);
    }
    template <std::size_t... I>
    void add_stages(std::index_sequence<I...>) {
        (add_stage<std::variant_alternative_t<I, Stage>>(), ...);
    }
};

TEST(RulebooksPage, NamesEveryStageParameterUnitAndWord) {
    Vocabulary vocabulary;
    vocabulary.add_stages(std::make_index_sequence<std::variant_size_v<Stage>>());
    for (const auto& entry : EnumNames<Evidence>::names) vocabulary.words.emplace(entry.second);
    for (const auto& entry : EnumNames<money::RoundingMode>::names)
        vocabulary.words.emplace(entry.second);
    for (const auto& entry : EnumNames<TieKeyType>::names) vocabulary.words.emplace(entry.second);
    for (const auto& entry : EnumNames<TieKeyFirst>::names) vocabulary.words.emplace(entry.second);
    EXPECT_GE(vocabulary.words.size(), 100U);
    const std::string page = test::read_file(test::source_path("docs/rulebooks.md"));
    for (const std::string& word : vocabulary.words) {
        EXPECT_NE(page.find('`' + word + '`'), std::string::npos) << word << " is not on the page";
    }
}

/// The table of needs on the page is the one the loader checks.
TEST(RulebooksPage, PrintsTheTableOfNeeds) {
    const std::string page = test::read_file(test::source_path("docs/rulebooks.md"));
    const auto joined = [](const std::vector<std::string_view>& kinds) {
        std::string text;
        for (const std::string_view kind : kinds) {
            if (!text.empty()) text += ", ";
            text += '`' + std::string(kind) + '`';
        }
        return text.empty() ? std::string("-") : text;
    };
    for (const StageNeeds& row : stage_needs()) {
        const std::string line = "| `" + std::string(row.kind) + "` | " + joined(row.needs) +
                                 " | " + joined(row.after) + " | " + (row.required ? "yes" : "no") +
                                 " | " + (row.repeats ? "yes" : "no") + " |\n";
        EXPECT_NE(page.find(line), std::string::npos) << line;
    }
}

}  // namespace
}  // namespace jicai::rules
