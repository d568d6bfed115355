#include <engine/accounts/password_rules.h>

#include <gtest/gtest.h>
#include <tests/accounts/world.h>

#include <set>

namespace jicai::accounts {
namespace {

std::string fault(const std::string& password, const std::string& login = "officer") {
    const auto message = fault_of_password(password, login);
    return message ? message->key : "";
}

TEST(PasswordRules, EightToTwentyCharacters) {
    EXPECT_EQ(fault("Abcde-7"), "password.length");
    EXPECT_EQ(fault("Abcdef-8"), "");
    EXPECT_EQ(fault("Abcdefghijklmnopq-20"), "");
    EXPECT_EQ(fault("Abcdefghijklmnopqr-21"), "password.length");
    EXPECT_EQ(fault(""), "password.length");
}

TEST(PasswordRules, ThreeOfFourKinds) {
    EXPECT_EQ(fault("abcdefgh"), "password.kinds");
    EXPECT_EQ(fault("abcdefg8"), "password.kinds");
    EXPECT_EQ(fault("ABCDEFG8"), "password.kinds");
    EXPECT_EQ(fault("Abcdefg8"), "");
    EXPECT_EQ(fault("abcdef-8"), "");
    EXPECT_EQ(fault("ABCDEF-8"), "");
    EXPECT_EQ(fault("Abcdefg-"), "");
    EXPECT_EQ(fault("Abcdef-8"), "");
    EXPECT_EQ(fault("1234567-"), "password.kinds");
}

TEST(PasswordRules, NotTheLogin) {
    EXPECT_EQ(fault("My-OFFICER-1"), "password.login");
    EXPECT_EQ(fault("My-office-r1"), "");
    EXPECT_EQ(fault("My-officer-1", ""), "");
}

TEST(PasswordRules, PrintableAsciiOnly) {
    EXPECT_EQ(fault("Abcdef 8"), "password.characters");
    EXPECT_EQ(fault("Abcdef-8\t"), "password.characters");
    EXPECT_EQ(fault("密码密码Abc-8"), "password.characters");
    EXPECT_EQ(fault(std::string("Abcdef-8\0", 9)), "password.characters");
}

TEST(PasswordRules, MustChangeAfter180Days) {
    ports::User user;
    user.password_set_at = {1'700'000'000'000'000};
    const ports::Moment due = ports::after(user.password_set_at, 180 * ports::kDay);
    EXPECT_FALSE(must_change_password(user, {due.micros - 1}));
    EXPECT_TRUE(must_change_password(user, due));
    user.must_change_password = true;
    EXPECT_TRUE(must_change_password(user, user.password_set_at));
}

TEST(OneTimePassword, KeepsTheRulesAndDiffers) {
    test::World world;
    std::set<std::string> seen;
    for (int i = 0; i < 200; ++i) {
        const std::string password = one_time_password(world.secrets, "officer");
        EXPECT_EQ(fault(password), "") << password;
        EXPECT_EQ(password.find_first_of("0O1lIo"), std::string::npos) << password;
        seen.insert(password);
    }
    EXPECT_EQ(seen.size(), 200U);
}

}  // namespace
}  // namespace jicai::accounts
