#include <engine/access/code_check.h>

#include <gtest/gtest.h>

namespace jicai::access {
namespace {

TEST(SocialCreditCode, WorkedExamples) {
    for (const char* code :
         {"91350100M000100Y43", "914403001922038216", "91440300708461136T", "91110000802100433B"}) {
        const CodeCheck check = check_code(code);
        EXPECT_EQ(check.form, CodeForm::social_credit) << code;
        EXPECT_FALSE(check.check_digit_differs) << code;
        EXPECT_EQ(check.expected, std::string(code).substr(17)) << code;
        EXPECT_EQ(check.region, std::string(code).substr(2, 6));
        EXPECT_TRUE(check.region_known) << code;
    }
}

TEST(SocialCreditCode, AFailingCheckDigitIsNoRefusal) {
    const CodeCheck pilot = check_code("91350100M0001TGQXM");  // valid in law, an early pilot
    EXPECT_EQ(pilot.form, CodeForm::social_credit);
    EXPECT_TRUE(pilot.check_digit_differs);
    EXPECT_EQ(pilot.expected, "1");
    // One digit of the organisation code inside altered, the outer digit made to fit again.
    const std::string inner = "9144030019220382" + std::string("2");
    const CodeCheck altered = check_code(inner + social_credit_digit(inner));
    EXPECT_TRUE(altered.check_digit_differs);
}

TEST(SocialCreditCode, EverySingleWrongCharacterIsNoticed) {
    const std::string alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    const std::string code = "91440300708461136T";
    for (std::size_t at = 0; at < code.size(); ++at) {
        for (const char c : alphabet) {
            if (c == code[at]) continue;
            std::string wrong = code;
            wrong[at] = c;
            const CodeCheck check = check_code(wrong);
            EXPECT_TRUE(check.form == CodeForm::none || check.check_digit_differs) << wrong;
        }
    }
}

TEST(SocialCreditCode, OtherForms) {
    for (const char* code :
         {"",
          "9144030070846113",
          "91440300708461136",
          "91440300708461136TT",
          "91440300708461136t",
          "9144030O708461136T",
          "91440300708461136I",
          "914403007084611 6T",
          "91440300708461136\xC3\x9F",
          "9.1440300708461E+16"}) {
        EXPECT_EQ(check_code(code).form, CodeForm::none) << code;
    }
    EXPECT_EQ(social_credit_digit("9144030070846113"), '\0');
    EXPECT_EQ(social_credit_digit("9144030070846113I"), '\0');
}

TEST(OrganisationCode, WorkedExamples) {
    EXPECT_EQ(organisation_code_digit("M000100Y"), '4');
    EXPECT_EQ(organisation_code_digit("19220382"), '1');
    EXPECT_EQ(organisation_code_digit("70846113"), '6');
    EXPECT_EQ(organisation_code_digit("80210043"), '3');
    EXPECT_EQ(organisation_code_digit("00000000"), '0');  // 11 is written 0
    EXPECT_EQ(organisation_code_digit("00000006"), 'X');  // sum 12: 10 is written X
    EXPECT_EQ(organisation_code_digit("7084611"), '\0');
    EXPECT_EQ(organisation_code_digit("7084611a"), '\0');
}

TEST(MedicalInstitutionCode, Form) {
    const CodeCheck hospital = check_code("H23010000001");
    EXPECT_EQ(hospital.form, CodeForm::medical_institution);
    EXPECT_EQ(hospital.region, "230100");
    EXPECT_TRUE(hospital.region_known);
    EXPECT_FALSE(hospital.check_digit_differs);
    EXPECT_EQ(hospital.expected, "");
    EXPECT_EQ(check_code("P31010100002").form, CodeForm::medical_institution);
    EXPECT_FALSE(check_code("H99010000001").region_known);
    for (const char* code :
         {"H2301000000", "H230100000012", "D23010000001", "h23010000001", "H2301000000A"}) {
        EXPECT_EQ(check_code(code).form, CodeForm::none) << code;
    }
}

TEST(RegionCode, Provinces) {
    EXPECT_TRUE(is_region_code("000000"));
    EXPECT_TRUE(is_region_code("230000"));
    EXPECT_TRUE(is_region_code("659001"));
    for (const char* code :
         {"", "23", "2300000", "660000", "710000", "810000", "000001", "2300o0"}) {
        EXPECT_FALSE(is_region_code(code)) << code;
    }
}

}  // namespace
}  // namespace jicai::access
