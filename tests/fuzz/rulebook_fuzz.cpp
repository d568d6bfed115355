#include <catalogs/messages/fault_text.h>
#include <catalogs/rulebook_file/rulebook_file.h>
#include <engine/money/check.h>
#include <engine/rules/contradiction.h>
#include <engine/rules/parameter_list.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

/// Any bytes: either a rulebook without contradictions whose digest no comment changes, or faults
/// that all have a place in the file and a sentence in both languages.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace jicai;
    const std::string text(data, data + size);
    const catalogs::LoadedRulebook loaded = catalogs::load_rulebook(text, "fuzz.toml");
    JICAI_CHECK(loaded.rulebook.has_value() == loaded.faults.empty());
    std::uint64_t row = 0;
    for (const catalogs::Fault& fault : loaded.faults) {
        JICAI_CHECK(fault.row >= row || fault.message.key == "fault.rulebook.more");
        row = fault.row;
        for (const auto language : {catalogs::Language::zh, catalogs::Language::en}) {
            JICAI_CHECK(
                !catalogs::fault_text(catalogs::MessageCatalog::builtin(), language, fault).empty()
            );
        }
    }
    if (loaded.rulebook) {
        JICAI_CHECK(rules::contradictions(*loaded.rulebook).empty());
        JICAI_CHECK(!rules::parameter_list(*loaded.rulebook).empty());
        const catalogs::LoadedRulebook again =
            catalogs::load_rulebook(text + "\n# end", "fuzz.toml");
        JICAI_CHECK(again.rulebook && again.rulebook->digest == loaded.rulebook->digest);
    }
    return 0;
}
