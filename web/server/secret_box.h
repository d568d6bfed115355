#pragma once

#include <engine/ports/secrets.h>
#include <web/server/passwords.h>

#include <optional>
#include <string>

namespace jicai::web {

/// The service's key: 32 bytes in a file only its owner reads. Makes it where there is none, synced
/// to the disk before it is used. Everything sealed is lost with it, so a backup must hold it.
/// Refused with key_file.unreadable, key_file.size (other than 32 bytes), key_file.open_to_others
/// (permissions), key_file.unwritable; each with {path}.
[[nodiscard]] std::string load_or_create_key(const std::string& path);

/// `plain` encrypted and authenticated (XSalsa20-Poly1305 of libsodium) with a fresh nonce, base64.
/// \pre key has 32 bytes.
[[nodiscard]] std::string seal(const std::string& key, const std::string& plain);
/// What seal() was given; nothing where the text was altered or sealed with another key.
[[nodiscard]] std::optional<std::string> unseal(const std::string& key, const std::string& sealed);

/// The secrets of the running service: argon2id, randomness of the system, the service's key.
class ServiceSecrets final : public ports::Secrets {
public:
    /// \pre key has 32 bytes.
    ServiceSecrets(Passwords& passwords, std::string key);
    std::string hash_password(const std::string& password) override;
    bool verify_password(const std::string& hash, const std::string& password) override;
    std::string random_bytes(std::size_t count) override;
    std::string digest(const std::string& text) override;
    std::string code_at(const std::string& secret, std::int64_t step) override;
    std::string seal(const std::string& plain) override;
    std::optional<std::string> open(const std::string& sealed) override;

private:
    Passwords& passwords_;
    std::string key_;
};

}  // namespace jicai::web
