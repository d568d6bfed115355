#include <catalogs/certificate_file/certificate_file.h>

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace jicai::catalogs {
namespace {

std::string canonical(std::string_view bytes) {
    const CertificateRead read = read_certificate("c.json", bytes);
    EXPECT_FALSE(read.fault.has_value());
    return read.document ? read.document->canonical() : "";
}

struct Refusal {
    std::string key;
    std::string offset;
    std::string value;
    friend bool operator==(const Refusal&, const Refusal&) = default;
    friend void PrintTo(const Refusal& refusal, std::ostream* out) {
        *out << refusal.key << " at " << refusal.offset << ": " << refusal.value;
    }
};

Refusal refusal(std::string_view bytes) {
    const CertificateRead read = read_certificate("c.json", bytes);
    EXPECT_FALSE(read.document.has_value());
    if (!read.fault) return {};
    EXPECT_EQ(read.fault->file, "c.json");
    const auto& arguments = read.fault->message.arguments;
    return {read.fault->message.key, arguments.at(1).second, arguments.at(2).second};
}

std::string nested(std::size_t depth) {
    return "{\"a\":" + std::string(depth - 1, '[') + std::string(depth - 1, ']') + "}";
}

TEST(CertificateFile, ReadsEveryKindOfValue) {
    EXPECT_EQ(
        canonical(R"( { "b" : [1, -2, true, false, null, "文", {}] , "a" : "\u6587\n" } )"),
        R"({"a":"文\n","b":[1,-2,true,false,null,"文",{}]})"
    );
    EXPECT_EQ(canonical("{}"), "{}");
}

TEST(CertificateFile, WhatItReadIsWhatItWrites) {
    const std::string text = R"({"a":[{"x":"1.50"},[],"\"\\\t"],"b":{"c":9007199254740991}})";
    EXPECT_EQ(canonical(text), text);
}

TEST(CertificateFile, WholeNumbersUpToTwoToThe53) {
    EXPECT_EQ(canonical(R"({"a":9007199254740991})"), R"({"a":9007199254740991})");
    EXPECT_EQ(canonical(R"({"a":-9007199254740991})"), R"({"a":-9007199254740991})");
    EXPECT_EQ(refusal(R"({"a":9007199254740992})").key, "fault.certificate_number_too_large");
    EXPECT_EQ(refusal(R"({"a":-9007199254740992})").key, "fault.certificate_number_too_large");
    EXPECT_EQ(refusal(R"({"a":18446744073709551615})").key, "fault.certificate_number_too_large");
    EXPECT_EQ(refusal(R"({"a":18446744073709551616})").key, "fault.certificate_number_not_whole");
}

TEST(CertificateFile, NumbersThatAreNotWhole) {
    for (const char* text : {R"({"a":1.5})", R"({"a":1.0})", R"({"a":1e2})", R"({"a":1e999})"}) {
        EXPECT_EQ(refusal(text).key, "fault.certificate_number_not_whole") << text;
    }
    EXPECT_EQ(refusal(R"({"a":1.5})").value, "1.5");
}

TEST(CertificateFile, OneNameOnce) {
    EXPECT_EQ(refusal(R"({"a":1,"a":1})"), (Refusal{"fault.certificate_name_twice", "10", "a"}));
    EXPECT_EQ(refusal(R"({"a":1,"\u0061":1})").key, "fault.certificate_name_twice");
    EXPECT_EQ(canonical(R"({"a":{"a":1},"b":{"a":1}})"), R"({"a":{"a":1},"b":{"a":1}})");
}

TEST(CertificateFile, NamesAreAscii) {
    EXPECT_EQ(refusal(R"({"价":1})").key, "fault.certificate_name_not_ascii");
}

TEST(CertificateFile, BrokenText) {
    for (const std::string_view text :
         {std::string_view(""),
          std::string_view("{"),
          std::string_view("{} {}"),
          std::string_view("{,}"),
          std::string_view("{\"a\":01}"),
          std::string_view("{\"a\":\"\xFF\"}"),
          std::string_view("{\"a\":\"\xC0\x80\"}"),
          std::string_view("{\"a\":\"\xED\xA0\x80\"}"),
          std::string_view("{\"a\":\"\\ud800\"}"),
          std::string_view("{\"a\":\"\n\"}"),
          std::string_view("{\"a\":NaN}"),
          std::string_view("{'a':1}"),
          std::string_view("{\"a\":1}\0", 8)}) {
        EXPECT_EQ(refusal(text).key, "fault.certificate_not_json") << text;
    }
    EXPECT_EQ(refusal(std::string_view("{}\0{}", 5)).offset, "2");
    EXPECT_EQ(refusal("{\"a\":\"\xFF\"}").offset, "7");
    EXPECT_NE(refusal("{\"a\":\"\xFF\"}").value.find("\\xFF"), std::string::npos);
}

TEST(CertificateFile, OnlyAnObjectAndNoByteOrderMark) {
    EXPECT_EQ(refusal("[]").key, "fault.certificate_not_an_object");
    EXPECT_EQ(refusal("1").key, "fault.certificate_not_an_object");
    EXPECT_EQ(refusal("\xEF\xBB\xBF{}").key, "fault.certificate_byte_order_mark");
}

TEST(CertificateFile, Depth) {
    EXPECT_EQ(canonical(nested(kCertificateDepthMax - 1)), nested(kCertificateDepthMax - 1));
    EXPECT_EQ(canonical(nested(kCertificateDepthMax)), nested(kCertificateDepthMax));
    EXPECT_EQ(refusal(nested(kCertificateDepthMax + 1)).key, "fault.certificate_too_deep");
}

}  // namespace
}  // namespace jicai::catalogs
