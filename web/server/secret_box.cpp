#include <catalogs/sha256/sha256.h>
#include <engine/money/check.h>
#include <engine/ports/refused.h>
#include <web/server/secret_box.h>
#include <web/server/totp.h>

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <utility>

namespace jicai::web {
namespace {

constexpr std::size_t kKeyBytes = crypto_secretbox_KEYBYTES;
constexpr mode_t kOwnerOnly = S_IRUSR | S_IWUSR;

[[noreturn]] void refuse(const char* key, const std::string& path) {
    throw ports::Refused({key, {{"path", path}}});
}

/// A file that is closed when it goes out of scope.
class File {
public:
    File(const std::string& path, int flags, mode_t mode = 0)
        : descriptor_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {}
    ~File() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    [[nodiscard]] bool is_open() const { return descriptor_ >= 0; }
    [[nodiscard]] int descriptor() const { return descriptor_; }

private:
    int descriptor_;
};

std::string read_key(const std::string& path) {
    const File file(path, O_RDONLY);
    struct stat status {};
    if (!file.is_open() || ::fstat(file.descriptor(), &status) != 0) {
        refuse("key_file.unreadable", path);
    }
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) refuse("key_file.open_to_others", path);
    std::array<char, kKeyBytes + 1> bytes{};
    const ssize_t count = ::read(file.descriptor(), bytes.data(), bytes.size());
    if (count < 0) refuse("key_file.unreadable", path);
    if (static_cast<std::size_t>(count) != kKeyBytes) refuse("key_file.size", path);
    return {bytes.data(), kKeyBytes};
}

// Written beside its place and linked in when whole: a crash leaves no half key.
void create_key(const std::string& path) {
    std::array<char, kKeyBytes> key{};
    randombytes_buf(key.data(), key.size());
    const std::string draft = path + ".new";
    ::unlink(draft.c_str());
    {
        const File file(draft, O_WRONLY | O_CREAT | O_EXCL, kOwnerOnly);
        if (!file.is_open() ||
            ::write(file.descriptor(), key.data(), key.size()) !=
                static_cast<ssize_t>(key.size()) ||
            ::fsync(file.descriptor()) != 0) {
            ::unlink(draft.c_str());
            refuse("key_file.unwritable", path);
        }
    }
    const bool linked = ::link(draft.c_str(), path.c_str()) == 0;
    const int why = errno;
    ::unlink(draft.c_str());
    if (!linked && why != EEXIST) refuse("key_file.unwritable", path);
    const std::string directory = std::filesystem::path(path).parent_path().string();
    const File parent(directory.empty() ? "." : directory, O_RDONLY | O_DIRECTORY);
    if (!parent.is_open() || ::fsync(parent.descriptor()) != 0) {
        refuse("key_file.unwritable", path);
    }
}

const unsigned char* bytes_of(const std::string& text) {
    return reinterpret_cast<const unsigned char*>(text.data());  // NOLINT: libsodium's type
}
unsigned char* bytes_of(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());  // NOLINT: libsodium's type
}

}  // namespace

std::string load_or_create_key(const std::string& path) {
    JICAI_CHECK(sodium_init() >= 0);
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) {
        if (errno != ENOENT) refuse("key_file.unreadable", path);
        create_key(path);
    }
    return read_key(path);
}

std::string seal(const std::string& key, const std::string& plain) {
    JICAI_CHECK(key.size() == kKeyBytes && sodium_init() >= 0);
    std::string sealed(
        crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + plain.size(), '\0'
    );
    randombytes_buf(sealed.data(), crypto_secretbox_NONCEBYTES);
    crypto_secretbox_easy(
        bytes_of(sealed) + crypto_secretbox_NONCEBYTES,
        bytes_of(plain),
        plain.size(),
        bytes_of(sealed),
        bytes_of(key)
    );
    std::string text(
        sodium_base64_encoded_len(sealed.size(), sodium_base64_VARIANT_ORIGINAL), '\0'
    );
    sodium_bin2base64(
        text.data(), text.size(), bytes_of(sealed), sealed.size(), sodium_base64_VARIANT_ORIGINAL
    );
    text.pop_back();  // the NUL that libsodium counts
    return text;
}

std::optional<std::string> unseal(const std::string& key, const std::string& text) {
    JICAI_CHECK(key.size() == kKeyBytes);
    std::string sealed(text.size() / 4 * 3 + 3, '\0');
    std::size_t size = 0;
    const char* end = nullptr;
    if (sodium_base642bin(
            bytes_of(sealed),
            sealed.size(),
            text.data(),
            text.size(),
            nullptr,
            &size,
            &end,
            sodium_base64_VARIANT_ORIGINAL
        ) != 0 ||
        end != text.data() + text.size() ||
        size < crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES) {
        return std::nullopt;
    }
    std::string plain(size - crypto_secretbox_NONCEBYTES - crypto_secretbox_MACBYTES, '\0');
    if (crypto_secretbox_open_easy(
            bytes_of(plain),
            bytes_of(sealed) + crypto_secretbox_NONCEBYTES,
            size - crypto_secretbox_NONCEBYTES,
            bytes_of(sealed),
            bytes_of(key)
        ) != 0) {
        return std::nullopt;
    }
    return plain;
}

ServiceSecrets::ServiceSecrets(Passwords& passwords, std::string key)
    : passwords_(passwords), key_(std::move(key)) {
    JICAI_CHECK(key_.size() == kKeyBytes && sodium_init() >= 0);
}

std::string ServiceSecrets::hash_password(const std::string& password) {
    return passwords_.hash(password);
}

bool ServiceSecrets::verify_password(const std::string& hash, const std::string& password) {
    return passwords_.verify(hash, password);
}

std::string ServiceSecrets::random_bytes(std::size_t count) {
    std::string bytes(count, '\0');
    randombytes_buf(bytes.data(), bytes.size());
    return bytes;
}

std::string ServiceSecrets::digest(const std::string& text) {
    return catalogs::sha256_hex(text);
}

std::string ServiceSecrets::code_at(const std::string& secret, std::int64_t step) {
    return totp_code(secret, step);
}

std::string ServiceSecrets::seal(const std::string& plain) {
    return web::seal(key_, plain);
}

std::optional<std::string> ServiceSecrets::open(const std::string& sealed) {
    return web::unseal(key_, sealed);
}

}  // namespace jicai::web
