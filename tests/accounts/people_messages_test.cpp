#include <catalogs/messages/message_catalog.h>
#include <engine/access/access.h>
#include <engine/accounts/kinds.h>

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

namespace jicai::accounts {
namespace {

using catalogs::MessageCatalog;

std::set<std::string> keys_in(const std::vector<std::string>& places, const std::regex& literal) {
    std::set<std::string> keys;
    for (const std::string& place : places) {
        for (const auto& file :
             std::filesystem::recursive_directory_iterator(JICAI_SOURCE_DIR "/" + place)) {
            if (file.path().extension() != ".cpp") continue;
            std::stringstream text;
            text << std::ifstream(file.path()).rdbuf();
            const std::string content = text.str();
            for (std::sregex_iterator it(content.begin(), content.end(), literal), end; it != end;
                 ++it) {
                keys.insert((*it)[1]);
            }
        }
    }
    return keys;
}

TEST(PeopleMessages, EveryRefusalHasItsWords) {
    const auto keys = keys_in(
        {"engine/accounts", "web/server"},
        std::regex("\"((?:session|account|password|second_factor|people|user|organisation|key|"
                   "key_file|audit_entry)\\.[a-z_]+)\"")
    );
    EXPECT_GE(keys.size(), 50U);
    const auto& catalog = MessageCatalog::builtin();
    for (const std::string& key : keys) {
        EXPECT_TRUE(catalog.contains(key) || catalog.contains("audit." + key)) << key;
    }
}

TEST(PeopleMessages, EveryActOfTheAuditLogHasItsWords) {
    const auto keys = keys_in(
        {"engine/accounts", "web/server"},
        std::regex("(?:entry\\(|action = |changed\\(|audited\\()\\s*\"([a-z_]+\\.[a-z_]+)\"")
    );
    EXPECT_GE(keys.size(), 20U);
    for (const std::string& key : keys) {
        EXPECT_TRUE(MessageCatalog::builtin().contains("audit." + key)) << key;
    }
}

TEST(PeopleMessages, EveryRoleKindAndActionHasItsWord) {
    const auto expect = [](const std::string& key) {
        EXPECT_TRUE(MessageCatalog::builtin().contains(key)) << key;
    };
    for (const access::Role role : access::all_roles()) {
        expect("word.role." + std::string(access::name_of(role)));
    }
    for (const access::Action action : access::all_actions()) {
        expect("word.action." + std::string(access::name_of(action)));
    }
    for (const ports::OrganisationKind kind : all_kinds()) {
        expect("word.organisation_kind." + std::string(name_of(kind)));
    }
}

}  // namespace
}  // namespace jicai::accounts
