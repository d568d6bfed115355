#include <engine/rules/contradiction.h>
#include <engine/rules/given_setter.h>
#include <engine/rules/parameter_visit.h>

namespace jicai::rules {
namespace {

/// A point of the reporting that the rulebook does not name is as open as one it leaves open.
struct ReportingOpener {
    std::string_view path;
    template <class T>
    void parameter(std::string_view name, std::string_view unit, Need, Parameter<T>& point) {
        if (point.present || path != std::string(ReportingRule::kind) + '.' + std::string(name)) {
            return;
        }
        point = {{}, std::string(unit), "text silent", Evidence::assumed, true};
    }
};

void open_reporting(Rulebook& rulebook, const std::vector<GivenValue>& given) {
    ReportingRule rule = rulebook.reporting.value_or(ReportingRule());
    bool any = false;
    for (const GivenValue& value : given) {
        if (!value.path.starts_with("reporting.")) continue;
        any = true;
        ReportingOpener opener{value.path};
        ReportingRule::visit(rule, opener);
    }
    if (any) rulebook.reporting = std::move(rule);
}

}  // namespace

std::vector<GivenFault> apply_given(Rulebook& rulebook, const std::vector<GivenValue>& given) {
    Rulebook changed = rulebook;
    open_reporting(changed, given);
    std::vector<GivenFault> faults = set_given(
        given,
        [&](GivenSetter& setter) { for_each_parameter(changed, setter); },
        [&] { return contradictions(changed); }
    );
    if (faults.empty()) rulebook = std::move(changed);
    return faults;
}

}  // namespace jicai::rules
