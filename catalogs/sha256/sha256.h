#pragma once

#include <memory>
#include <string>
#include <string_view>

/// \file
/// SHA-256 (FIPS 180-4) of bytes, as lower-case hexadecimal text.

namespace jicai::catalogs {

/// A digest being computed over bytes that arrive in pieces.
///
///     Sha256 digest;
///     digest.update("a,b\n");
///     const std::string text = digest.hex();
///
/// Throws std::runtime_error when the cryptographic library refuses to work (out of memory, or a
/// provider without SHA-256).
class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(const Sha256&) = delete;
    Sha256& operator=(const Sha256&) = delete;

    void update(std::string_view bytes);
    /// 64 lower-case hexadecimal digits. Ends the computation. \pre called once (CHECKed)
    [[nodiscard]] std::string hex();

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// 64 lower-case hexadecimal digits: the digest of `bytes`. Fits decision::Sha256Hex.
[[nodiscard]] std::string sha256_hex(std::string_view bytes);

}  // namespace jicai::catalogs
