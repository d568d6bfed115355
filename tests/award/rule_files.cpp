#include "rule_files.h"

#include <catalogs/builtin/builtin.h>
#include <catalogs/price_ratio_file/price_ratio_file.h>
#include <catalogs/rulebook_file/rulebook_file.h>

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace jicai::test {
namespace {

[[noreturn]] void fail(const catalogs::Fault& fault) {
    throw std::runtime_error(
        fault.file + ":" + std::to_string(fault.row) + ": " + fault.message.key + " " + fault.value
    );
}

}  // namespace

rules::Rulebook rulebook_of(const std::string& id) {
    std::string text;
    if (const auto builtin = catalogs::find_rulebook(id)) {
        text = *builtin;
    } else {
        std::ifstream file(JICAI_SOURCE_DIR "/tests/award/rulebooks/" + id + ".toml");
        if (!file) throw std::runtime_error("no rulebook " + id);
        text.assign(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }
    catalogs::LoadedRulebook loaded = catalogs::load_rulebook(text, id + ".toml");
    if (!loaded.rulebook) fail(loaded.faults.front());
    return std::move(*loaded.rulebook);
}

const product::PriceRatioRule& ratio_rule() {
    static const product::PriceRatioRule rule = [] {
        auto loaded = catalogs::load_price_ratio_rule(
            *catalogs::find_price_ratio("drug-2012"), "drug-2012.toml"
        );
        if (!loaded.rule) fail(loaded.faults.front());
        return std::move(*loaded.rule);
    }();
    return rule;
}

}  // namespace jicai::test
