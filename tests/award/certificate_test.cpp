#include <catalogs/sha256/sha256.h>
#include <engine/decision/json.h>
#include <engine/usecases/certificate.h>

#include <gtest/gtest.h>

#include "random_round.h"
#include "rule_files.h"
#include <string>

namespace jicai::test {
namespace {

using decision::Json;

std::string sha256(std::string_view bytes) {
    return catalogs::sha256_hex(bytes);
}

Json certificate_of_seed(std::uint64_t seed) {
    const rules::Rulebook rulebook = rulebook_of("gy-yd2021-1");
    const round::Round round = random_round(seed, rulebook);
    const usecases::RuleSet rules{rulebook, ratio_rule()};
    const auto run = usecases::decide_round(round, rules);
    return usecases::make_certificate(round, rules, *run.decision, "00", &sha256);
}

TEST(CanonicalJson, SortsKeysAndEscapesAsRfc8785) {
    const Json json = Json::Object{
        {"b", Json::Array{Json(std::int64_t{1}), Json(true), Json()}},
        {"a", "\u20ac$\x0f\nA'B\"\\\"/"},
    };
    EXPECT_EQ(
        json.canonical(), "{\"a\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\"/\",\"b\":[1,true,null]}"
    );
}

TEST(CanonicalJson, RefusesWhatHasMoreThanOneSpelling) {
    EXPECT_NO_THROW((void)Json(std::int64_t{9007199254740991}).canonical());
    EXPECT_THROW((void)Json(std::int64_t{9007199254740992}).canonical(), BrokenInvariant);
    EXPECT_THROW((void)Json(Json::Object{{"批", 1 == 1}}).canonical(), BrokenInvariant);
}

TEST(JsonDifference, NamesTheFirstPlace) {
    const Json a = Json::Object{{"x", Json::Array{Json("1"), Json("2")}}, {"y", "3"}};
    Json b = a;
    EXPECT_TRUE(decision::first_difference(a, b).empty());
    b.object()["x"].array()[1] = Json("9");
    auto found = decision::first_difference(a, b);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].pointer, "/x/1");
    EXPECT_EQ(found[0].left, "\"2\"");
    EXPECT_EQ(found[0].right, "\"9\"");
    b.object()["x"].array().pop_back();
    found = decision::first_difference(a, b);
    EXPECT_EQ(found[0].pointer, "/x/1");
    EXPECT_EQ(found[0].right, "");
    b = a;
    b.object()["a"] = Json("new");
    found = decision::first_difference(a, b);
    EXPECT_EQ(found[0].pointer, "/a");
    EXPECT_EQ(found[0].left, "");
}

TEST(Certificate, CarriesItsOwnDigestAndIsTheSameEveryTime) {
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        const Json certificate = certificate_of_seed(seed);
        EXPECT_TRUE(usecases::digest_holds(certificate, &sha256));
        EXPECT_EQ(certificate.canonical(), certificate_of_seed(seed).canonical());
    }
}

TEST(Certificate, ATamperedMemberBreaksTheDigest) {
    Json certificate = certificate_of_seed(3);
    certificate.object()["lots"].array()[0].object()["winners"] = Json(std::int64_t{99});
    EXPECT_FALSE(usecases::digest_holds(certificate, &sha256));
    certificate.object().erase("digest");
    EXPECT_FALSE(usecases::digest_holds(certificate, &sha256));
    EXPECT_FALSE(usecases::digest_holds(Json("text"), &sha256));
}

}  // namespace
}  // namespace jicai::test
