#include <web/server/http_head.h>
#include <web/server/networks.h>
#include <web/server/rate_limit.h>
#include <web/server/schema.h>
#include <web/server/target.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace jicai::web {
namespace {

using decision::Json;

std::string fault(std::string text) {
    HttpHead head;
    const auto found = read_head(text, head);
    return found ? std::string(found->key) + " " + found->detail : "";
}

std::string with(const std::string& lines) {
    return "GET /a HTTP/1.1\r\nHost: h\r\n" + lines + "\r\n";
}

TEST(HttpHead, PlainRequest) {
    std::string block =
        "POST /a?b=c HTTP/1.1\r\nHost: h:80\r\nContent-Length: 12\r\nX-Y:  z \r\n\r\n";
    HttpHead head;
    ASSERT_FALSE(read_head(block, head));
    EXPECT_EQ(head.method, "POST");
    EXPECT_EQ(head.target, "/a?b=c");
    EXPECT_EQ(head.content_length, 12);
    EXPECT_EQ(head.field("x-y"), "z");
    EXPECT_TRUE(head.keep_alive);
    EXPECT_TRUE(head.has_body());
}

TEST(HttpHead, RefusesWhatTwoProgramsCouldReadInTwoWays) {
    for (const char* lines : {
             "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n",
             "Transfer-Encoding: chunked\r\nContent-Length: 1\r\n",
             "Content-Length: 1\r\nContent-Length: 1\r\n",
             "Content-Length: 1, 1\r\n",
             "Content-Length: -1\r\n",
             "Content-Length: +1\r\n",
             "Content-Length: 0x1\r\n",
             "Content-Length: 1 1\r\n",
             "Content-Length:\r\n",
             "Content-Length: 9999999999999999\r\n",
             "Transfer-Encoding: gzip, chunked\r\n",
             "Transfer-Encoding: xchunked\r\n",
             "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
             "A: b\r\n c\r\n",
             "A : b\r\n",
             "A\r\n",
             ": b\r\n",
             "A: b\nC: d\r\n",
             "A: b\rC: d\r\n",
             "A: b\x01\r\n",
             "Host: i\r\n",
             "Expect: 200-maybe\r\n",
             "Upgrade: h2c\r\n",
         }) {
        EXPECT_NE(fault(with(lines)), "") << lines;
    }
    EXPECT_EQ(fault(with("Content-Length: 1\r\n")), "");
    EXPECT_EQ(fault(with("Transfer-Encoding: Chunked\r\n")), "");
    EXPECT_NE(fault("GET /a HTTP/1.1\r\n\r\n"), "") << "no Host";
    EXPECT_EQ(fault("GET /a HTTP/1.0\r\n\r\n"), "");
    EXPECT_NE(fault("POST /a HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"), "");
    for (const char* host : {"", "a b", "a/b", "a@b", "a?b"}) {
        EXPECT_NE(fault(std::string("GET /a HTTP/1.1\r\nHost: ") + host + "\r\n\r\n"), "") << host;
    }
}

TEST(HttpHead, RefusesRequestLines) {
    for (const char* line : {
             "GET /a",
             "GET  /a HTTP/1.1",
             "GET /a b HTTP/1.1",
             "GET /a HTTP/2.0",
             "GET /a HTTP/1.1 ",
             " GET /a HTTP/1.1",
             "G(T /a HTTP/1.1",
             "GET a HTTP/1.1",
             "GET http://h/a HTTP/1.1",
             "GET /a#b HTTP/1.1",
             "GET /\x80 HTTP/1.1",
             "OPTIONS * HTTP/1.1",
             "",
         }) {
        EXPECT_NE(fault(std::string(line) + "\r\nHost: h\r\n\r\n"), "") << line;
    }
    EXPECT_EQ(
        fault("GET /" + std::string(kTargetBytesMax, 'a') + " HTTP/1.1\r\nHost: h\r\n\r\n"),
        "request.uri_too_long "
    );
    std::string many;
    for (std::size_t i = 0; i <= kHeaderLinesMax; ++i) many += "A: b\r\n";
    EXPECT_EQ(fault(with(many)), "request.header_too_large ");
}

std::string path_of(std::string_view target) {
    Target read;
    const auto wrong = read_target(target, read);
    return wrong ? "refused: " + *wrong : read.path;
}

TEST(Target, DecodesOnceAndRefusesTricks) {
    EXPECT_EQ(path_of("/"), "/");
    EXPECT_EQ(path_of("/a%20b/%E5%85%89"), "/a b/光");
    for (const char* target : {
             "/..",    "/a/../b", "/%2e%2e/etc", "/a/%2E%2E",  "/a/./b",   "//a",   "/a//b", "/a/",
             "/a%2Fb", "/a%5Cb",  "/a\\b",       "/%00",       "/%0d%0a",  "/%7f",  "/%",    "/%4",
             "/%zz",   "/%c0%af", "/%ff",        "/%ed%a0%80", "/a?b=%0a", "/a?=b", "/a?%",
         }) {
        EXPECT_EQ(path_of(target).substr(0, 8), "refused:") << target;
    }
    Target read;
    ASSERT_FALSE(read_target("/a?x=1%2B1&y=a+b&z", read));
    EXPECT_THAT(
        read.query,
        testing::ElementsAre(
            std::pair<std::string, std::string>("x", "1+1"),
            std::pair<std::string, std::string>("y", "a b"),
            std::pair<std::string, std::string>("z", "")
        )
    );
}

TEST(Networks, TrueAddressIsTheLastOneNobodyCouldHaveWritten) {
    const Networks proxies({"10.0.0.0/8", "::1"});
    EXPECT_EQ(true_address("192.0.2.1", "6.6.6.6", proxies), "192.0.2.1");
    EXPECT_EQ(true_address("10.1.1.1", "6.6.6.6, 192.0.2.9", proxies), "192.0.2.9");
    EXPECT_EQ(true_address("10.1.1.1", "6.6.6.6, 192.0.2.9, 10.2.2.2", proxies), "192.0.2.9");
    EXPECT_EQ(true_address("10.1.1.1", "", proxies), "10.1.1.1");
    EXPECT_EQ(true_address("10.1.1.1", "junk", proxies), "10.1.1.1");
    EXPECT_EQ(true_address("10.1.1.1", "1.2.3.4, junk", proxies), "10.1.1.1");
    EXPECT_EQ(true_address("::1", "2001:db8::5", proxies), "2001:db8::5");
    EXPECT_EQ(true_address("::ffff:10.0.0.1", "192.0.2.3", proxies), "192.0.2.3");
    EXPECT_TRUE(is_loopback("127.0.0.5"));
    EXPECT_FALSE(is_loopback("128.0.0.1"));
    EXPECT_ANY_THROW(Networks({"10.0.0.0/33"}));
    EXPECT_ANY_THROW(Networks({"proxy"}));
}

TEST(TokenBuckets, FillsEvenlyAndTellsHowLongToWait) {
    TokenBuckets buckets(3);
    for (int i = 0; i < 3; ++i) EXPECT_EQ(buckets.take("a", 6, 1000), 0);
    EXPECT_EQ(buckets.take("a", 6, 1000), 10);
    EXPECT_EQ(buckets.take("b", 6, 1000), 0) << "buckets are apart";
    EXPECT_EQ(buckets.take("a", 6, 10'999), 1);
    EXPECT_EQ(buckets.take("a", 6, 11'000), 0);
    EXPECT_EQ(buckets.take("a", 6, 11'000), 10);
    for (int i = 0; i < 3; ++i) EXPECT_EQ(buckets.take("a", 6, 1'000'000), 0);
    EXPECT_NE(buckets.take("a", 6, 1'000'000), 0) << "a bucket holds no more than its size";
}

std::string first_fault(const Json& body) {
    const Json schema = schema::object(
        {{"name", schema::text(3, 1)},
         {"count", schema::number(1, 5)},
         {"roles", schema::array(schema::choice({"a", "b"}), 2)},
         {"secret", schema::secret(4)}},
        {"count", "roles", "secret"}
    );
    const auto faults = schema::faults_of(schema, body);
    return faults.empty() ? ""
                          : faults.front().field + " " + faults.front().message.key + " " +
                                faults.front().value;
}

TEST(Schema, NamesEveryFaultAtItsPlace) {
    EXPECT_EQ(first_fault(Json::Object{{"name", "光光光"}}), "");
    EXPECT_EQ(
        first_fault(Json::Object{{"name", "光光光光"}}), "/name request.text_length 光光光光"
    );
    EXPECT_EQ(first_fault(Json::Object{{"name", ""}}), "/name request.text_length ");
    EXPECT_EQ(first_fault(Json::Object{}), "/name request.member_missing ");
    EXPECT_EQ(first_fault(Json::Object{{"name", "a"}, {"x", 1L}}), "/x request.member_unknown ");
    EXPECT_EQ(first_fault(Json::Object{{"name", 1L}}), "/name request.value_type 1");
    EXPECT_EQ(first_fault(Json::Object{{"name", "a\x01"}}), "/name request.text_control ");
    EXPECT_EQ(
        first_fault(Json::Object{{"name", "a"}, {"count", 6L}}), "/count request.number_range 6"
    );
    EXPECT_EQ(
        first_fault(Json::Object{{"name", "a"}, {"roles", Json::Array{"a", "c"}}}),
        "/roles/1 request.value_choice c"
    );
    EXPECT_EQ(
        first_fault(Json::Object{{"name", "a"}, {"secret", "hunter2"}}),
        "/secret request.text_length "
    ) << "a secret is never repeated";
    EXPECT_ANY_THROW((void
    )schema::faults_of(Json::Object{{"type", "string"}, {"pattern", "."}}, "a"));
}

}  // namespace
}  // namespace jicai::web
