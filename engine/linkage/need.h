#pragma once

#include <engine/decision/trace.h>
#include <engine/rules/parameter.h>

#include <string>

/// \file
/// Asking a policy for values it may have left open.

namespace jicai::linkage {

/// The value, or decision::RunStopped (wait.open_parameter) when the policy leaves it open.
template <class T>
const T& need(const rules::Parameter<T>& parameter, const char* path) {
    if (parameter.value) return *parameter.value;
    throw decision::RunStopped(
        {"wait.open_parameter", {{"parameter", path}, {"clause", parameter.clause}}}
    );
}

/// Null where the policy does not name the parameter at all; otherwise as `need`.
template <class T>
const T* wanted(const rules::Parameter<T>& parameter, const char* path) {
    return parameter.present ? &need(parameter, path) : nullptr;
}

/// A step that stands on a parameter.
template <class T>
decision::TraceStep step_by(decision::Message message, const rules::Parameter<T>& parameter) {
    return {
        std::move(message), parameter.clause, std::string(rules::enum_word(parameter.evidence))};
}

}  // namespace jicai::linkage
