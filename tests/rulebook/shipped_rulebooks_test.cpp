#include <catalogs/builtin/builtin.h>
#include <catalogs/messages/fault_text.h>
#include <catalogs/rulebook_file/rulebook_file.h>

#include <gtest/gtest.h>

namespace jicai::catalogs {
namespace {

TEST(ShippedRulebooks, Load) {
    ASSERT_GE(builtin_rulebooks().size(), 1U);
    for (const BuiltinFile& file : builtin_rulebooks()) {
        const LoadedRulebook loaded = load_rulebook(file.text, std::string(file.id) + ".toml");
        for (const Fault& fault : loaded.faults) {
            ADD_FAILURE() << fault.file << ':' << fault.row << ':' << fault.column_number << ' '
                          << fault.message.key << ' ' << fault.column << ' ' << fault.value;
        }
        ASSERT_TRUE(loaded.rulebook.has_value());
        EXPECT_EQ(loaded.rulebook->id, file.id);
    }
}

}  // namespace
}  // namespace jicai::catalogs
