#pragma once

#include <engine/ports/clock.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace jicai::ports {

/// Everything that needs randomness, slow hashing or the service's key. Safe to use from many
/// threads.
class Secrets {
public:
    virtual ~Secrets() = default;

    /// argon2id, encoded with its parameters. Slow on purpose (about 70 ms, 64 MiB).
    /// Refused with request.busy where too many wait; never call it within a transaction that many
    /// people need.
    virtual std::string hash_password(const std::string& password) = 0;
    /// Whether `password` has this hash. An empty hash costs the same time and is nobody's.
    virtual bool verify_password(const std::string& hash, const std::string& password) = 0;

    /// Unpredictable bytes.
    virtual std::string random_bytes(std::size_t count) = 0;
    /// SHA-256, hex: what is stored of a session's id or an API key.
    virtual std::string digest(const std::string& text) = 0;

    /// The code of RFC 6238 (SHA-1, 6 digits) of a base32 secret at a time step.
    virtual std::string code_at(const std::string& secret, std::int64_t step) = 0;
    /// Encrypted with the service's key, as printable text; each time another one.
    virtual std::string seal(const std::string& plain) = 0;
    /// What was sealed; nothing where it was altered or sealed with another key.
    virtual std::optional<std::string> open(const std::string& sealed) = 0;
};

/// Failed log-ins under names that nobody has, so that they lock like real ones.
class UnknownLogins {
public:
    virtual ~UnknownLogins() = default;
    /// Counts a failure; until when the name is locked now, nothing: it is not.
    virtual std::optional<Moment> fail(const std::string& login, Moment wall) = 0;
};

}  // namespace jicai::ports
