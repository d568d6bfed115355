#include <catalogs/calendar/calendar_file.h>
#include <catalogs/messages/fault_text.h>
#include <catalogs/messages/message_catalog.h>

#include <gtest/gtest.h>

namespace jicai::catalogs {
namespace {

const std::string kSound = R"(year = 2027

[[notice]]
number = "示例〔2026〕1号"
title = "关于2027年部分节假日安排的通知"
published = "2026-11-20"
evidence = "given"

[[holiday]]
name = { zh = "元旦", en = "New Year's Day" }
from = "2026-12-31"
to = "2027-01-03"
make_up = ["2027-01-09"]
notice = "示例〔2026〕1号"
)";

std::string replaced(const std::string& from, const std::string& to) {
    std::string text = kSound;
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
}

TEST(CalendarFile, ASoundFile) {
    const LoadedYear loaded = load_calendar_year(kSound, "2027.toml");
    ASSERT_TRUE(loaded.year) << loaded.faults.size();
    EXPECT_EQ(loaded.year->year, 2027);
    EXPECT_EQ(loaded.year->notices[0].evidence, rules::Evidence::given);
    const calendar::Holiday& holiday = loaded.year->holidays.at(0);
    EXPECT_EQ(calendar::day_text(holiday.first), "2026-12-31");
    EXPECT_EQ(holiday.make_up.size(), 1U);
}

TEST(CalendarFile, OwnYearsTakeThePlaceOfThoseCarried) {
    auto year = *load_calendar_year(replaced("year = 2027", "year = 2026"), "own.toml").year;
    const std::size_t carried = builtin_calendar_years().size();
    EXPECT_EQ(with_own_years(builtin_calendar_years(), {year}).size(), carried);
    year.year = 2027;
    EXPECT_EQ(with_own_years(builtin_calendar_years(), {year}).size(), carried + 1);
}

struct BadFile {
    const char* from;
    const char* to;
    const char* key;
    std::uint64_t row;
};

TEST(CalendarFile, EveryFaultAtItsPlaceInBothLanguages) {
    const std::vector<BadFile> bad{
        {"year = 2027", "year = 2027 2", "syntax", 1},
        {"year = 2027", "jahr = 2027", "key_unknown", 1},
        {"year = 2027\n", "", "key_missing", 1},
        {"year = 2027", "year = 1970", "expected_year", 1},
        {"year = 2027", "year = \"2027\"", "expected_year", 1},
        {"title = \"关于2027年部分节假日安排的通知\"", "title = \"\"", "expected_text", 5},
        {"\"2026-11-20\"", "\"2026-11-31\"", "expected_day", 6},
        {"\"2026-12-31\"", "\"2026-11-30\"", "day_far", 11},
        {"\"2027-01-03\"", "\"2026-12-30\"", "ends_before", 12},
        {"\"2027-01-09\"", "\"2027-01-08\"", "make_up_not_weekend", 13},
        {"[\"2027-01-09\"]", "[\"2027-01-03\"]", "day_twice", 13},
        {"[\"2027-01-09\"]", "\"2027-01-09\"", "expected_days", 13},
        {"evidence = \"given\"", "evidence = \"sure\"", "evidence_unknown", 7},
        {"notice = \"示例〔2026〕1号\"", "notice = \"另一份\"", "notice_unknown", 14},
        {"{ zh = \"元旦\", en = \"New Year's Day\" }", "\"元旦\"", "expected_names", 10},
        {"[[notice]]", "[notice]", "expected_tables", 3},
    };
    for (const BadFile& file : bad) {
        const LoadedYear loaded = load_calendar_year(replaced(file.from, file.to), "2027.toml");
        EXPECT_FALSE(loaded.year) << file.key;
        ASSERT_FALSE(loaded.faults.empty()) << file.key;
        bool found = false;
        for (const Fault& fault : loaded.faults) {
            if (fault.message.key != std::string("fault.calendar.") + file.key) continue;
            found = true;
            EXPECT_EQ(fault.row, file.row) << file.key;
            for (const Language language : {Language::zh, Language::en}) {
                EXPECT_FALSE(fault_text(MessageCatalog::builtin(), language, fault).empty());
            }
        }
        EXPECT_TRUE(found) << file.key << " but was " << loaded.faults.front().message.key;
    }
    EXPECT_EQ(
        load_calendar_year(std::string(kCalendarBytesMax + 1, '#'), "x").faults.at(0).message.key,
        "fault.calendar.too_large"
    );
}

TEST(CalendarFile, AllFaultsInOnePass) {
    std::string text = replaced("\"2026-12-31\"", "\"x\"");
    text.replace(text.find("evidence = \"given\""), 18, "evidence = \"sure!\"");
    text += "\n[[notice]]\nnumber = \"示例〔2026〕1号\"\n";
    const LoadedYear loaded = load_calendar_year(text, "2027.toml");
    std::vector<std::string> keys;
    for (const Fault& fault : loaded.faults) keys.push_back(fault.message.key);
    EXPECT_EQ(
        keys,
        (std::vector<std::string>{
            "fault.calendar.evidence_unknown",
            "fault.calendar.expected_day",
            "fault.calendar.key_missing",
            "fault.calendar.key_missing",
            "fault.calendar.key_missing",
            "fault.calendar.notice_twice"})
    );
}

}  // namespace
}  // namespace jicai::catalogs
