#include <catalogs/builtin/builtin.h>
#include <catalogs/rule_set/rule_set.h>
#include <engine/money/check.h>
#include <engine/ports/refused.h>
#include <web/server/rulebooks.h>

#include <algorithm>
#include <utility>

namespace jicai::web {
namespace {

std::vector<KnownRulebook> read_all() {
    std::vector<KnownRulebook> all;
    for (const catalogs::BuiltinFile& file : catalogs::builtin_rulebooks()) {
        catalogs::FilesRead<catalogs::RuleFiles> rules =
            catalogs::read_rules(file.text, std::string(file.id) + ".toml");
        JICAI_CHECK(rules.value.has_value());
        all.push_back({std::move(rules.value->rulebook), file.text});
    }
    return all;
}

}  // namespace

const std::vector<KnownRulebook>& known_rulebooks() {
    static const std::vector<KnownRulebook> all = read_all();
    return all;
}

const KnownRulebook& rulebook_named(const std::string& id) {
    const std::vector<KnownRulebook>& all = known_rulebooks();
    const auto found = std::find_if(all.begin(), all.end(), [&](const KnownRulebook& known) {
        return known.rulebook.id == id;
    });
    if (found == all.end()) {
        throw ports::Refused(
            {"rulebook.not_found", {{"name", id}, {"known", catalogs::known_rulebooks()}}}
        );
    }
    return *found;
}

}  // namespace jicai::web
