// What is sent out, over a real database: a letter that fails holds up no other.
#include <engine/notices/notify.h>
#include <engine/notices/outbox.h>
#include <web/server/time_limit.h>

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <tests/sql/fixture.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <stdexcept>
#include <string>
#include <vector>

namespace jicai::notices {
namespace {

using ports::Moment;
using ports::Transaction;
using sql::testing::kNow;

/// Sends nothing: keeps what it was given; throws where it is told to.
class Kept final : public ports::MessageChannel {
public:
    ports::SendResult send(const ports::Letter& letter) override {
        if (letter.address == throws_at) throw std::runtime_error("a fault of the channel");
        sent.push_back(letter.address);
        return {};
    }
    std::string throws_at;
    std::vector<std::string> sent;
};

class Outbox : public sql::testing::DatabaseTest {
protected:
    void SetUp() override {
        DatabaseTest::SetUp();
        static int made = 0;
        const std::string number = std::to_string(++made);
        store().write([&](Transaction& t) {
            const std::int64_t hospital = t.people().add(organisation("H2301000010" + number));
            for (const char* const name : {"a", "b", "c"}) {
                ports::User someone = user(name + number, hospital);
                const std::int64_t id = t.people().add(someone);
                ports::ChannelSettings wanted;
                wanted.user = id;
                wanted.phone = std::string("1390000000") + name;
                ASSERT_TRUE(t.notices().save(wanted));
            }
            ports::NewNotice notice;
            notice.kind = "message";
            notice.title = "报量提醒";
            notice.at = kNow;
            notice.audience.organisations = {hospital};
            notice_ = notify(t, notice);
        });
        store().write([&](Transaction& t) {
            while (t.notices().spread(100, kNow) > 0) continue;
        });
    }
    std::int64_t deliver_at(Moment wall) {
        return deliver(
            store(),
            {{ports::Channel::sms, &channel_}},
            {.first_seconds = 60},
            [&](Transaction&, const ports::Delivery& delivery, const ports::Notice&) {
                if (delivery.address == unwritten_) throw std::logic_error("a word is missing");
                ports::Letter letter;
                letter.address = delivery.address;
                return letter;
            },
            [wall] { return wall; },
            10
        );
    }
    [[nodiscard]] std::int64_t in_state(ports::DeliveryState state) const {
        return count(
            "notice_deliveries WHERE notice = " + std::to_string(notice_) +
            " AND state = " + std::to_string(static_cast<int>(state))
        );
    }
    std::int64_t notice_ = 0;
    Kept channel_;
    std::string unwritten_;
};

TEST_F(Outbox, AThrowingLetterIsTriedLaterAndTheOthersGoOn) {
    unwritten_ = "1390000000a";
    channel_.throws_at = "1390000000b";
    EXPECT_EQ(deliver_at(kNow), 3);
    EXPECT_EQ(channel_.sent, std::vector<std::string>{"1390000000c"});
    EXPECT_EQ(in_state(ports::DeliveryState::waiting), 2);
    EXPECT_EQ(deliver_at(kNow), 0);  // not before its time
    const Moment later{kNow.micros + ports::kMinute};
    unwritten_.clear();
    EXPECT_EQ(deliver_at(later), 2);
    EXPECT_EQ(channel_.sent.back(), "1390000000a");
    channel_.throws_at.clear();
    EXPECT_EQ(deliver_at(later), 0);  // twice as long
    EXPECT_EQ(deliver_at({later.micros + 2 * ports::kMinute}), 1);
    EXPECT_EQ(in_state(ports::DeliveryState::sent), 3);
}

TEST_F(Outbox, AThrowingLetterIsGivenUpAtLast) {
    unwritten_ = "1390000000a";
    Moment wall = kNow;
    for (int i = 0; i < 12; ++i) {
        deliver_at(wall);
        wall = ports::after(wall, ports::kDay);
    }
    EXPECT_EQ(in_state(ports::DeliveryState::failed), 1);
    EXPECT_EQ(in_state(ports::DeliveryState::sent), 2);
    EXPECT_EQ(
        count("notice_deliveries WHERE failure = 'a fault of the service' AND tries = 12"), 1
    );
}

class Limit : public ::testing::Test {
protected:
    void SetUp() override { ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends_.data()), 0); }
    void TearDown() override {
        ::close(ends_[0]);
        ::close(ends_[1]);
    }
    std::array<int, 2> ends_{};
};

TEST_F(Limit, CutsOffAReadThatLasts) {
    web::TimeLimit limit(std::chrono::milliseconds(100));
    limit.watch(ends_[0]);
    EXPECT_FALSE(limit.over());
    char byte = 0;
    ASSERT_EQ(::write(ends_[1], "a", 1), 1);
    EXPECT_EQ(::read(ends_[0], &byte, 1), 1);  // in time
    EXPECT_EQ(::read(ends_[0], &byte, 1), 0);  // waits, and is cut off
    EXPECT_TRUE(limit.over());
    std::array<int, 2> late{};
    ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, late.data()), 0);
    limit.watch(late[0]);
    EXPECT_EQ(::read(late[0], &byte, 1), 0);
    ::close(late[0]);
    ::close(late[1]);
}

TEST_F(Limit, LeavesAnotherConnectionOfTheSameNumberAlone) {
    std::array<int, 2> first{};
    ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, first.data()), 0);
    web::TimeLimit limit(std::chrono::milliseconds(50));
    limit.watch(first[0]);
    ASSERT_EQ(::dup2(ends_[0], first[0]), first[0]);  // closed, and the number used again
    while (!limit.over()) ::usleep(1000);
    char byte = 0;
    ASSERT_EQ(::write(ends_[1], "a", 1), 1);
    EXPECT_EQ(::read(first[0], &byte, 1), 1);
    ::close(first[0]);
    ::close(first[1]);
}

}  // namespace
}  // namespace jicai::notices
