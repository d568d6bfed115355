#include <catalogs/parameter_file/given_faults.h>
#include <engine/money/check.h>

#include <utility>

namespace jicai::catalogs::detail {

namespace {

decision::Message message_of(const rules::GivenFault& fault) {
    switch (fault.refusal) {
        case rules::GivenRefusal::unknown_path:
            return {"fault.rulebook.given_unknown", {{"parameter", fault.path}}};
        case rules::GivenRefusal::repeated:
            return {"fault.rulebook.given_repeated", {{"parameter", fault.path}}};
        case rules::GivenRefusal::closed:
            return {
                "fault.rulebook.given_closed",
                {{"parameter", fault.path},
                 {"value", fault.text},
                 {"current", fault.current},
                 {"clause", fault.clause}}};
        case rules::GivenRefusal::malformed:
            return {
                "fault.rulebook.given_malformed",
                {{"parameter", fault.path},
                 {"value", fault.text},
                 {"allowed", fault.current},
                 {"unit", fault.unit}}};
        case rules::GivenRefusal::contradictory:
            return {
                "fault.rulebook.given_contradictory",
                {{"parameter", fault.path}, {"value", fault.text}}};
    }
    JICAI_CHECK(false);
}

}  // namespace

std::vector<rules::GivenValue> given_values(const std::vector<round::GivenParameter>& given) {
    std::vector<rules::GivenValue> values;
    for (const round::GivenParameter& parameter : given) {
        values.push_back({parameter.path, parameter.toml});
    }
    return values;
}

std::vector<Fault> given_faults(
    const std::vector<rules::GivenFault>& refused, const std::string& file_name
) {
    std::vector<Fault> faults;
    for (const rules::GivenFault& one : refused) {
        Fault fault;
        fault.file = file_name;
        fault.column = one.path;
        fault.value = one.text;
        fault.message = message_of(one);
        faults.push_back(std::move(fault));
    }
    return faults;
}

}  // namespace jicai::catalogs::detail
