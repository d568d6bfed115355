#include <catalogs/sha256/sha256.h>
#include <engine/money/check.h>

#include <openssl/evp.h>

#include <array>
#include <stdexcept>

namespace jicai::catalogs {

namespace {

void require(int answer) {
    if (answer != 1) throw std::runtime_error("SHA-256 is not available from the OpenSSL library");
}

}  // namespace

struct Sha256::State {
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    bool ended = false;
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
    require(state_->context != nullptr ? 1 : 0);
    require(EVP_DigestInit_ex(state_->context, EVP_sha256(), nullptr));
}

Sha256::~Sha256() {
    EVP_MD_CTX_free(state_->context);
}

void Sha256::update(std::string_view bytes) {
    JICAI_CHECK(!state_->ended);
    require(EVP_DigestUpdate(state_->context, bytes.data(), bytes.size()));
}

std::string Sha256::hex() {
    JICAI_CHECK(!state_->ended);
    state_->ended = true;
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::array<unsigned char, 32> digest{};
    unsigned int size = 0;
    require(EVP_DigestFinal_ex(state_->context, digest.data(), &size));
    JICAI_CHECK(size == digest.size());
    std::string text;
    text.reserve(2 * digest.size());
    for (const unsigned char byte : digest) {
        text.push_back(kDigits[byte >> 4U]);
        text.push_back(kDigits[byte & 15U]);
    }
    return text;
}

std::string sha256_hex(std::string_view bytes) {
    Sha256 digest;
    digest.update(bytes);
    return digest.hex();
}

}  // namespace jicai::catalogs
