#include <catalogs/rulebook_file/rulebook_file.h>
#include <engine/money/check.h>
#include <engine/rules/given.h>

namespace jicai::catalogs {

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

std::vector<Fault> apply_given(
    rules::Rulebook& rulebook,
    const std::vector<round::GivenParameter>& given,
    const std::string& file_name
) {
    std::vector<rules::GivenValue> values;
    for (const round::GivenParameter& parameter : given)
        values.push_back({parameter.path, parameter.toml});
    std::vector<Fault> faults;
    for (const rules::GivenFault& refused : rules::apply_given(rulebook, values)) {
        Fault fault;
        fault.file = file_name;
        fault.column = refused.path;
        fault.value = refused.text;
        fault.message = message_of(refused);
        faults.push_back(std::move(fault));
    }
    return faults;
}

}  // namespace jicai::catalogs
