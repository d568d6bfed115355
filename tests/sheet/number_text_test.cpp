#include <catalogs/sheet/code_forms.h>
#include <catalogs/sheet/number_text.h>
#include <catalogs/sheet/sheet_rows.h>

#include <gtest/gtest.h>

namespace jicai::catalogs::sheet {
namespace {

std::string shown(const char* stored) {
    const auto number = number_text(stored);
    return number ? number->text + (number->digits_lost ? " lost" : "") : "none";
}

TEST(NumberText, AsExcelShowsIt) {
    EXPECT_EQ(shown("0"), "0");
    EXPECT_EQ(shown("12"), "12");
    EXPECT_EQ(shown("-12.50"), "-12.5");
    EXPECT_EQ(shown("1.1000000000000001"), "1.1");
    EXPECT_EQ(shown("0.29999999999999999"), "0.3");
    EXPECT_EQ(shown("9.9999999999999996E-2"), "0.1");
    EXPECT_EQ(shown("99999999999999.96"), "100000000000000");
    EXPECT_EQ(shown("5.0000000000000003E-4"), "0.0005");
    EXPECT_EQ(shown("1.5E3"), "1500");
    EXPECT_EQ(shown("123456789012345"), "123456789012345");
    EXPECT_EQ(shown("1234567890123456"), "1234567890123460 lost");
    EXPECT_EQ(shown("1.2345678901234501E+19"), "12345678901234500000 lost");
    EXPECT_EQ(shown("007"), "7");
    for (const char* bad : {"", ".", "-", "1e", "1e2x", "x", "1,2", "1E999", "--1", "1..2"}) {
        EXPECT_EQ(shown(bad), "none") << bad;
    }
}

// Rounding at the fifteenth digit, just below, at and above the half.
TEST(NumberText, FifteenDigits) {
    EXPECT_EQ(shown("1.000000000000004999"), "1");
    EXPECT_EQ(shown("1.000000000000005"), "1.00000000000001");
    EXPECT_EQ(shown("1.0000000000000149"), "1.00000000000001");
}

TEST(NumberText, Days) {
    EXPECT_EQ(day_of_serial("45658", false), calendar::read_day("2025-01-01"));
    EXPECT_EQ(day_of_serial("44196", true), calendar::read_day("2025-01-01"));
    EXPECT_EQ(day_of_serial("25569", false), calendar::read_day("1970-01-01"));
    EXPECT_FALSE(day_of_serial("25568", false));
    EXPECT_FALSE(day_of_serial("45658.5", false));
    EXPECT_FALSE(day_of_serial("1E99", false));
}

TEST(NumberText, FormatsOfDates) {
    for (const char* date :
         {"yyyy/m/d", "m\"月\"d\"日\"", "[$-804]yyyy\"年\"", "h:mm", "yyyy\\-mm"}) {
        EXPECT_TRUE(is_date_format(date)) << date;
    }
    for (const char* other :
         {"General", "0.00", "[Red]0", "\"day\"0", "#,##0", "@", "0\\d", "0.00E+00"}) {
        EXPECT_FALSE(is_date_format(other)) << other;
    }
    EXPECT_TRUE(is_date_format_number(14));
    EXPECT_TRUE(is_date_format_number(57));
    EXPECT_FALSE(is_date_format_number(0));
    EXPECT_FALSE(is_date_format_number(49));
}

TEST(NumberText, References) {
    std::size_t column = 0;
    std::uint64_t row = 0;
    EXPECT_TRUE(read_reference("AA10", column, row));
    EXPECT_EQ(column, 26U);
    EXPECT_EQ(row, 10U);
    EXPECT_EQ(column_letters(26), "AA");
    EXPECT_EQ(column_letters(701), "ZZ");
    EXPECT_TRUE(read_reference("XFD1048576", column, row));
    for (const char* bad : {"", "A", "1", "A0", "XFE1", "A1048577", "a1", "A1B", "A-1"}) {
        EXPECT_FALSE(read_reference(bad, column, row)) << bad;
    }
}

TEST(CodeForms, CheckDigitsOfPublishedCodes) {
    EXPECT_EQ(national_code_digit("8690581600137"), '4');
    EXPECT_EQ(national_code_digit("8690247000140"), '5');
    EXPECT_EQ(national_code_digit("8690179800001"), '5');
    EXPECT_EQ(national_code_digit("8690244600012"), '8');
    EXPECT_EQ(firm_of_drug_code("XA06ADF336P001010105816"), "05816");
    EXPECT_EQ(firm_of_national_code("86905816001374"), "05816");
}

}  // namespace
}  // namespace jicai::catalogs::sheet
