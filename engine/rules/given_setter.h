#pragma once

#include <engine/rules/given.h>
#include <engine/rules/value_text.h>

#include <set>
#include <string>
#include <type_traits>
#include <utility>

/// \file
/// Setting open parameters to given values, whatever they are parameters of.

namespace jicai::rules {

namespace detail {

/// The value of a canonical text, words included.
template <class T>
std::optional<T> parsed(std::string_view text, std::string_view unit) {
    if constexpr (std::is_enum_v<T>) {
        return parse_word<T>(text);
    } else {
        return parse_value<T>(text, unit);
    }
}

/// What a value of type T looks like, for messages; for a whole number its bounds.
template <class T>
std::string allowed_form([[maybe_unused]] std::string_view unit) {
    if constexpr (std::is_enum_v<T>) {
        std::string words;
        for (const auto& entry : EnumNames<T>::names) {
            if (!words.empty()) words += ", ";
            words += entry.second;
        }
        return words;
    } else if constexpr (std::is_same_v<T, Flag>) {
        return "true, false";
    } else if constexpr (std::is_same_v<T, Count>) {
        const CountBounds bounds = count_bounds(unit);
        return std::to_string(bounds.low) + " ... " + std::to_string(bounds.high);
    } else if constexpr (std::is_same_v<T, CountTable<Count>>) {
        return "1=1, 2=2, 3+=3";
    } else if constexpr (std::is_same_v<T, money::Rounding>) {
        return "half_up 4";
    } else if constexpr (std::is_same_v<T, TextList>) {
        return "A|B";
    } else {
        return "12.5";
    }
}

}  // namespace detail

/// Sets one open parameter, or says in `fault` why not. Called with each parameter of a document.
struct GivenSetter {
    const GivenValue& given;
    GivenFault& fault;
    bool found = false;
    bool set = false;

    template <class T>
    void operator()(const std::string& path, std::string_view unit, Parameter<T>& parameter) {
        if (path != given.path || !parameter.present || found) return;
        found = true;
        fault.clause = parameter.clause;
        fault.unit = unit;
        if (parameter.value) {
            fault.refusal = GivenRefusal::closed;
            fault.current = value_text(*parameter.value);
            return;
        }
        std::optional<T> value = detail::parsed<T>(given.text, unit);
        if (!value) {
            fault.refusal = GivenRefusal::malformed;
            fault.current = detail::allowed_form<T>(unit);
            return;
        }
        parameter.value = std::move(value);
        parameter.evidence = Evidence::given;
        set = true;
    }
};

/// Sets the given values, each with a GivenSetter that `walk` takes through all parameters, then
/// asks `contradictions()` for those of the changed document. Faults in the order of `given`.
template <class Walk, class Contradictions>
std::vector<GivenFault> set_given(
    const std::vector<GivenValue>& given, Walk&& walk, Contradictions&& contradictions
) {
    std::vector<GivenFault> faults;
    std::set<std::string> seen;
    for (std::size_t i = 0; i < given.size(); ++i) {
        GivenFault fault{i, GivenRefusal::unknown_path, given[i].path, given[i].text, {}, {}, {}};
        if (!seen.insert(given[i].path).second) {
            fault.refusal = GivenRefusal::repeated;
            faults.push_back(std::move(fault));
            continue;
        }
        GivenSetter setter{given[i], fault};
        walk(setter);
        if (!setter.set) faults.push_back(std::move(fault));
    }
    if (!faults.empty()) return faults;
    for (const auto& contradiction : contradictions()) {
        for (std::size_t i = 0; i < given.size(); ++i) {
            if (given[i].path != contradiction.path) continue;
            faults.push_back(
                {i,
                 GivenRefusal::contradictory,
                 given[i].path,
                 given[i].text,
                 contradiction.key,
                 {},
                 {}}
            );
        }
    }
    return faults;
}

}  // namespace jicai::rules
