#pragma once

#include <engine/rules/parameter_list.h>
#include <engine/rules/rulebook.h>

#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

/// \file
/// Walks the typed parameters of a rulebook with their paths.

namespace jicai::rules {

namespace detail {

template <class F>
struct ParameterWalk {
    std::string prefix;
    F& call;

    template <class P>
    void parameter(std::string_view name, std::string_view unit, Need, P& entry) {
        call(prefix + '.' + std::string(name), unit, entry);
    }
    template <class M>
    void keyed(std::string_view name, std::string_view unit, M& entries) {
        for (auto& [key, entry] : entries) {
            call(prefix + '.' + std::string(name) + '.' + key, unit, entry);
        }
    }
    template <class K>
    void tie_keys(std::string_view, K&) {}
    template <class G>
    void tests(std::string_view, G& tests) {
        const std::string outer = prefix;
        for (auto& test : tests) {
            std::visit(
                [&](auto& typed) {
                    using Test = std::remove_cvref_t<decltype(typed)>;
                    prefix = outer + '.' + std::string(Test::test);
                    Test::visit(typed, *this);
                },
                test
            );
        }
        prefix = outer;
    }
};

}  // namespace detail

/// Calls f(path, unit, parameter) for each Parameter<T> of `stage`, const or not as the stage is.
/// Tie keys are no parameters: they are skipped.
template <class S, class F>
void for_each_parameter_of_stage(S& stage, std::string_view stage_key, F& f) {
    detail::ParameterWalk<F> walk{std::string(stage_key), f};
    std::visit(
        [&walk](auto& typed) { std::remove_cvref_t<decltype(typed)>::visit(typed, walk); }, stage
    );
}

/// The same over all stages, in order, then the reporting where the rulebook has it.
template <class R, class F>
void for_each_parameter(R& rulebook, F& f) {
    const std::vector<std::string> keys = stage_keys(rulebook);
    for (std::size_t i = 0; i < rulebook.stages.size(); ++i) {
        for_each_parameter_of_stage(rulebook.stages[i], keys[i], f);
    }
    if (rulebook.reporting) {
        detail::ParameterWalk<F> walk{std::string(ReportingRule::kind), f};
        ReportingRule::visit(*rulebook.reporting, walk);
    }
}

}  // namespace jicai::rules
