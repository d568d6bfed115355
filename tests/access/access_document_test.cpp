#include <engine/access/access.h>

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

// docs/access.md shows the table of engine/access; its generated part is compared here.
// JICAI_UPDATE=1 writes it instead.

namespace jicai::access {
namespace {

const std::string kBegin = "<!-- generated: begin -->\n";
const std::string kEnd = "<!-- generated: end -->\n";

std::string word(Reach reach) {
    switch (reach) {
        case Reach::none:
            return "";
        case Reach::self:
            return "self";
        case Reach::organisation:
            return "organisation";
        case Reach::region:
            return "region";
        case Reach::all:
            return "all";
    }
    return "";
}

bool same_at_every_stage(Role role, Action action) {
    for (const Stage stage : all_stages()) {
        if (table_reach(role, action, stage) != table_reach(role, action, Stage::draft))
            return false;
    }
    return true;
}

// "notice to bidding: organisation; opening to closed: all"
std::string cell(Role role, Action action) {
    if (same_at_every_stage(role, action)) return word(table_reach(role, action, Stage::draft));
    std::string text;
    const auto& stages = all_stages();
    for (std::size_t first = 0; first < stages.size();) {
        const Reach reach = table_reach(role, action, stages[first]);
        std::size_t last = first;
        while (last + 1 < stages.size() && table_reach(role, action, stages[last + 1]) == reach) {
            ++last;
        }
        if (reach != Reach::none) {
            text += text.empty() ? "" : "; ";
            text += std::string(name_of(stages[first]));
            if (last > first) text += " to " + std::string(name_of(stages[last]));
            text += ": " + word(reach);
        }
        first = last + 1;
    }
    return text;
}

std::string table(const std::vector<Action>& actions) {
    std::string text = "| role |";
    std::string rule = "| --- |";
    for (const Action action : actions) {
        text += " " + std::string(name_of(action)) + " |";
        rule += " --- |";
    }
    text += "\n" + rule + "\n";
    for (const Role role : all_roles()) {
        text += "| `" + std::string(name_of(role)) + "` |";
        for (const Action action : actions) {
            const std::string content = cell(role, action);
            text += content.empty() ? " |" : " " + content + " |";
        }
        text += "\n";
    }
    return text;
}

std::string generated() {
    std::vector<Action> of_rounds;
    std::vector<Action> prices;  // from see_listings on
    std::vector<Action> others;
    for (const Action action : all_actions()) {
        bool by_stage = false;
        for (const Role role : all_roles()) by_stage |= !same_at_every_stage(role, action);
        auto& rest = action >= Action::see_listings ? prices : others;
        (by_stage ? of_rounds : rest).push_back(action);
    }
    return "\n### Rounds, by stage\n\n" + table(of_rounds) + "\n### The rest, at any stage\n\n" +
           table(others) + "\n### Prices and listings, at any stage\n\n" + table(prices) + "\n";
}

TEST(AccessDocument, ShowsTheTable) {
    const std::string path = std::string(JICAI_SOURCE_DIR) + "/docs/access.md";
    std::stringstream content;
    content << std::ifstream(path).rdbuf();
    std::string text = content.str();
    const std::size_t begin = text.find(kBegin);
    const std::size_t end = text.find(kEnd);
    ASSERT_NE(begin, std::string::npos);
    ASSERT_NE(end, std::string::npos);
    const std::size_t from = begin + kBegin.size();
    if (std::getenv("JICAI_UPDATE") != nullptr) {
        text.replace(from, end - from, generated());
        std::ofstream(path) << text;
        return;
    }
    EXPECT_EQ(text.substr(from, end - from), generated())
        << "run access_test with JICAI_UPDATE=1 and read the difference";
}

}  // namespace
}  // namespace jicai::access
