#include <engine/rules/contradiction.h>
#include <engine/rules/given_setter.h>
#include <engine/rules/parameter_visit.h>

namespace jicai::rules {

std::vector<GivenFault> apply_given(Rulebook& rulebook, const std::vector<GivenValue>& given) {
    Rulebook changed = rulebook;
    std::vector<GivenFault> faults = set_given(
        given,
        [&](GivenSetter& setter) { for_each_parameter(changed, setter); },
        [&] { return contradictions(changed); }
    );
    if (faults.empty()) rulebook = std::move(changed);
    return faults;
}

}  // namespace jicai::rules
