#include <catalogs/messages/fault_text.h>
#include <catalogs/price_ratio_file/price_ratio_file.h>
#include <engine/money/check.h>

#include <cstddef>
#include <cstdint>
#include <string>

/// Any bytes: either a price-ratio rule whose canonical text no comment changes, or faults that all
/// have a sentence in both languages.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace jicai;
    const std::string text(data, data + size);
    const catalogs::LoadedPriceRatioRule loaded =
        catalogs::load_price_ratio_rule(text, "fuzz.toml");
    JICAI_CHECK(loaded.rule.has_value() == loaded.faults.empty());
    for (const catalogs::Fault& fault : loaded.faults) {
        for (const auto language : {catalogs::Language::zh, catalogs::Language::en}) {
            JICAI_CHECK(
                !catalogs::fault_text(catalogs::MessageCatalog::builtin(), language, fault).empty()
            );
        }
    }
    if (loaded.rule) {
        const catalogs::LoadedPriceRatioRule again =
            catalogs::load_price_ratio_rule(text + "\n# end", "fuzz.toml");
        JICAI_CHECK(again.rule.has_value());
        JICAI_CHECK(catalogs::canonical_text(*again.rule) == catalogs::canonical_text(*loaded.rule));
    }
    return 0;
}
