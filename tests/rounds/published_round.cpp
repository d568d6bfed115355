#include <engine/usecases/decide_round.h>

#include <tests/rounds/published_round.h>

#include <stdexcept>
#include <utility>

namespace jicai::test {

PublishedRound published_round(const std::string& id) {
    const catalogs::DirectorySource folder(
        std::string(JICAI_SOURCE_DIR) + "/tests/data/rounds/" + id
    );
    auto read = catalogs::read_ruled_round(folder, {});
    if (!read.value) throw std::runtime_error("the round cannot be read");
    auto run = usecases::decide_round(
        read.value->round, {read.value->rules.rulebook, read.value->rules.ratio_rule}
    );
    if (!run.decision) throw std::runtime_error("the round is refused");
    return {*std::move(read.value), *std::move(run.decision)};
}

catalogs::Words chinese() {
    return {catalogs::MessageCatalog::builtin(), catalogs::Language::zh};
}

}  // namespace jicai::test
