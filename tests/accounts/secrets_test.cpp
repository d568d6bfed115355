#include <engine/ports/refused.h>
#include <web/server/passwords.h>
#include <web/server/secret_box.h>
#include <web/server/totp.h>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <thread>
#include <vector>

namespace jicai::web {
namespace {

const std::string kRfcSecret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";  // "12345678901234567890"
const std::string kKey(32, 'k');

TEST(Totp, VectorsOfRfc6238) {
    EXPECT_EQ(totp_code(kRfcSecret, 59 / 30), "287082");
    EXPECT_EQ(totp_code(kRfcSecret, 1111111109 / 30), "081804");
    EXPECT_EQ(totp_code(kRfcSecret, 1111111111 / 30), "050471");
    EXPECT_EQ(totp_code(kRfcSecret, 1234567890 / 30), "005924");
    EXPECT_EQ(totp_code(kRfcSecret, 2000000000 / 30), "279037");
    EXPECT_EQ(totp_code(kRfcSecret, 20000000000 / 30), "353130");
}

TEST(Totp, NoCodeForNoSecret) {
    EXPECT_EQ(totp_code("", 1), "");
    EXPECT_EQ(totp_code("gezd", 1), "");
    EXPECT_EQ(totp_code("GEZ1", 1), "");
    EXPECT_EQ(totp_code(kRfcSecret, -1), "");
}

TEST(SecretBox, OpensWhatItSealed) {
    for (const std::string& plain :
         {std::string(), std::string("x"), std::string(5000, 'y'), std::string("\0\1\xFF", 3)}) {
        const std::string sealed = seal(kKey, plain);
        EXPECT_EQ(unseal(kKey, sealed), plain);
        EXPECT_EQ(sealed.find(plain.size() > 2 ? plain : "?"), std::string::npos);
    }
    EXPECT_NE(seal(kKey, "same"), seal(kKey, "same"));
}

TEST(SecretBox, NothingOfAnAlteredTextOrAnotherKey) {
    const std::string sealed = seal(kKey, "secret");
    EXPECT_FALSE(unseal(std::string(32, 'l'), sealed));
    for (std::size_t i = 0; i + 2 < sealed.size(); ++i) {  // the last ones hold padding bits
        std::string altered = sealed;
        altered[i] = altered[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(unseal(kKey, altered)) << i;
    }
    for (const char* text : {"", "?", "AAAA", "not base64 at all"}) {
        EXPECT_FALSE(unseal(kKey, text)) << text;
    }
    EXPECT_FALSE(unseal(kKey, sealed + "AAAA"));
}

struct KeyFile : ::testing::Test {
    KeyFile() {
        std::string name = (std::filesystem::temp_directory_path() / "jicai-key-XXXXXX").string();
        directory = ::mkdtemp(name.data());
        path = (directory / "secret.key").string();
    }
    ~KeyFile() override { std::filesystem::remove_all(directory); }
    std::string refusal() {
        try {
            static_cast<void>(load_or_create_key(path));
        } catch (const ports::Refused& refused) {
            return refused.why().key;
        }
        return "";
    }
    std::filesystem::path directory;
    std::string path;
};

TEST_F(KeyFile, IsMadeOnceForItsOwnerOnly) {
    const std::string key = load_or_create_key(path);
    EXPECT_EQ(key.size(), 32U);
    EXPECT_EQ(load_or_create_key(path), key);
    struct stat status {};
    ASSERT_EQ(::stat(path.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(directory), {}), 1);
}

TEST_F(KeyFile, Refusals) {
    std::ofstream(path) << "short";
    std::filesystem::permissions(path, std::filesystem::perms(0600));
    EXPECT_EQ(refusal(), "key_file.size");
    std::ofstream(path) << std::string(33, 'x');
    EXPECT_EQ(refusal(), "key_file.size");
    std::ofstream(path) << std::string(32, 'x');
    EXPECT_EQ(refusal(), "");
    std::filesystem::permissions(path, std::filesystem::perms(0640));
    EXPECT_EQ(refusal(), "key_file.open_to_others");
    path = (directory / "nowhere" / "secret.key").string();
    EXPECT_EQ(refusal(), "key_file.unwritable");
}

TEST_F(KeyFile, ADraftLeftByACrashIsNoKey) {
    std::ofstream(path + ".new") << "half";
    EXPECT_EQ(load_or_create_key(path).size(), 32U);
    EXPECT_FALSE(std::filesystem::exists(path + ".new"));
}

TEST(Passwords, KnowTheirOwn) {
    Passwords passwords;
    const std::string hash = passwords.hash("Spring-2026");
    EXPECT_EQ(hash.find("$argon2id$v=19$m=65536,"), 0U) << hash;
    EXPECT_NE(passwords.hash("Spring-2026"), hash);
    EXPECT_TRUE(passwords.verify(hash, "Spring-2026"));
    EXPECT_FALSE(passwords.verify(hash, "Spring-2027"));
    EXPECT_FALSE(passwords.verify("", ""));
    EXPECT_FALSE(passwords.verify("", "Spring-2026"));
    EXPECT_FALSE(passwords.verify("no hash", "Spring-2026"));
}

TEST(Passwords, NoMoreWaitThanMay) {
    Passwords passwords({.at_once = 1, .waiting = 2});
    const std::string hash = passwords.hash("Spring-2026");
    std::atomic<int> verified = 0;
    std::atomic<int> busy = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 12; ++i) {
        threads.emplace_back([&] {
            try {
                if (passwords.verify(hash, "Spring-2026")) ++verified;
            } catch (const ports::Refused& refused) {
                if (refused.why().key == "request.busy") ++busy;
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(verified + busy, 12);
    EXPECT_GE(verified, 3);
    EXPECT_GE(busy, 1);
    EXPECT_TRUE(passwords.verify(hash, "Spring-2026"));  // the places are free again
}

TEST(UnknownNames, LockLikeKnownOnes) {
    UnknownNames names;
    ports::Moment wall{1'800'000'000'000'000};
    for (int i = 1; i <= 4; ++i) EXPECT_FALSE(names.fail("nobody", wall)) << i;
    const ports::Moment until = ports::after(wall, 30 * ports::kMinute);
    EXPECT_EQ(names.fail("nobody", wall), until);
    EXPECT_FALSE(names.fail("another", wall));
    wall = ports::after(until, -ports::kSecond);
    EXPECT_EQ(names.fail("nobody", wall), until);
    wall = until;
    EXPECT_FALSE(names.fail("nobody", wall));
}

TEST(ServiceSecrets, PassesOn) {
    Passwords passwords;
    ServiceSecrets secrets(passwords, kKey);
    EXPECT_EQ(secrets.code_at(kRfcSecret, 1), "287082");
    EXPECT_EQ(
        secrets.digest("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
    EXPECT_EQ(secrets.open(secrets.seal("x")), "x");
    std::set<std::string> seen;
    for (int i = 0; i < 100; ++i) seen.insert(secrets.random_bytes(16));
    EXPECT_EQ(seen.size(), 100U);
    EXPECT_EQ(seen.begin()->size(), 16U);
}

}  // namespace
}  // namespace jicai::web
