#include <catalogs/parameter_file/given_faults.h>
#include <catalogs/rulebook_file/rulebook_file.h>
#include <engine/rules/given.h>

namespace jicai::catalogs {

std::vector<Fault> apply_given(
    rules::Rulebook& rulebook,
    const std::vector<round::GivenParameter>& given,
    const std::string& file_name
) {
    return detail::given_faults(
        rules::apply_given(rulebook, detail::given_values(given)), file_name
    );
}

}  // namespace jicai::catalogs
