#include <catalogs/round_archive/lot_events.h>

#include <gtest/gtest.h>

namespace jicai::catalogs {
namespace {

const LotEvent kCancelled{
    "3", "lot_cancelled", "", "临床需求变化, \"停用\"", "联采办", "2026-11-23T09:30:00+08:00"};
const LotEvent kAgain{
    "3", "lot_retendered", "GY-2", "另行采购", "联采办", "2026-11-24T09:30:00+08:00"};

TEST(LotEvents, MakeAFileWhereThereIsNone) {
    EXPECT_EQ(with_lot_events("", {}), "");
    EXPECT_EQ(
        with_lot_events("", {kCancelled, kAgain}),
        "seq,lot,event,supplier,value,reason,who,at\n"
        "1,3,lot_cancelled,,,\"临床需求变化, "
        "\"\"停用\"\"\",联采办,2026-11-23T09:30:00+08:00\n"
        "2,3,lot_retendered,,GY-2,另行采购,联采办,2026-11-24T09:30:00+08:00\n"
    );
}

// Columns in another order, one of the officer's own, a byte order mark, CRLF, no last line end.
TEST(LotEvents, KeepEveryByteThatStandsThere) {
    const std::string there =
        "\xEF\xBB\xBFlot,event,seq,note,supplier,value,reason,who,at\r\n"
        "31,set_aside,7,x,S,,r,w,2026-11-01";
    EXPECT_EQ(
        with_lot_events(there, {kAgain}),
        there + "\n3,lot_retendered,8,,,GY-2,另行采购,联采办,2026-11-24T09:30:00+08:00\n"
    );
}

TEST(LotEvents, AreNotWrittenTwice) {
    const std::string once = with_lot_events("", {kCancelled});
    EXPECT_EQ(with_lot_events(once, {kCancelled}), once);
    const std::string both = with_lot_events(once, {kCancelled, kAgain});
    EXPECT_NE(both, once);
    EXPECT_EQ(with_lot_events(both, {kCancelled, kAgain}), both);
}

TEST(LotEvents, AFaultyFileStaysAsItIs) {
    const std::string faulty = "seq,lot,event\n1,3,set_aside\n";
    EXPECT_EQ(with_lot_events(faulty, {kCancelled}), faulty);
}

}  // namespace
}  // namespace jicai::catalogs
