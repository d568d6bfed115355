#include <cli/failures.h>
#include <cli/output_folder.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>

namespace jicai::cli {
namespace {

namespace fs = std::filesystem;
using decision::Message;

constexpr mode_t kFolderMode = 0777;  // the umask takes off what the user does not grant
constexpr mode_t kFileMode = 0666;
constexpr int kTemporaryNamesMax = 1000;

[[noreturn]] void fail(const char* key, const fs::path& path, int error) {
    throw WorldFault(
        {key, {{"path", path.string()}, {"reason", std::generic_category().message(error)}}}
    );
}

fs::path wanted_folder(const std::string& path) {
    std::error_code error;
    fs::path absolute = fs::absolute(path, error);
    if (error) fail("world.write_failed", path, error.value());
    absolute = absolute.lexically_normal();
    return absolute.has_filename() ? absolute : absolute.parent_path();
}

void sync_folder(const fs::path& folder) {
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) fail("world.write_failed", folder, errno);
    const bool synced = ::fsync(descriptor) == 0;
    const int error = errno;
    ::close(descriptor);
    // Some network file systems cannot sync a folder; the files in it are synced anyhow.
    if (!synced && error != EINVAL && error != ENOTSUP) fail("world.write_failed", folder, error);
}

void write_file(const fs::path& path, std::string_view bytes) {
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kFileMode);
    if (descriptor < 0) fail("world.write_failed", path, errno);
    int error = 0;
    while (!bytes.empty() && error == 0) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written >= 0) {
            bytes.remove_prefix(static_cast<std::size_t>(written));
        } else if (errno != EINTR) {
            error = errno;
        }
    }
    if (error == 0 && ::fsync(descriptor) != 0) error = errno;
    if (::close(descriptor) != 0 && error == 0) error = errno;
    if (error != 0) fail("world.write_failed", path, error);
}

/// A folder beside the wanted one, removed with what it holds unless it was put in place.
class TemporaryFolder {
public:
    explicit TemporaryFolder(const fs::path& beside) {
        for (int i = 0; i < kTemporaryNamesMax; ++i) {
            path_ = beside.parent_path() / ("." + beside.filename().string() + ".jicai-" +
                                            std::to_string(::getpid()) + "-" + std::to_string(i));
            if (::mkdir(path_.c_str(), kFolderMode) == 0) return;
            if (errno != EEXIST) break;
        }
        const int error = errno;
        const fs::path failed = path_;
        path_.clear();
        fail("world.write_failed", failed, error);
    }
    ~TemporaryFolder() {
        std::error_code ignored;
        if (!path_.empty()) fs::remove_all(path_, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    [[nodiscard]] const fs::path& path() const { return path_; }

private:
    fs::path path_;
};

/// Puts `made` in the place of `wanted`; what stood there is afterwards at `made`.
void exchange(const fs::path& made, const fs::path& wanted) {
    if (::rename(made.c_str(), wanted.c_str()) == 0) return;
    if (errno != ENOTEMPTY && errno != EEXIST) fail("world.write_failed", wanted, errno);
    if (::renameat2(AT_FDCWD, made.c_str(), AT_FDCWD, wanted.c_str(), RENAME_EXCHANGE) == 0) return;
    if (errno != EINVAL && errno != ENOSYS && errno != ENOTSUP) {
        fail("world.write_failed", wanted, errno);
    }
    // A file system that cannot exchange two names: two renames, the first undone if the second
    // fails.
    const fs::path aside = made.string() + ".old";
    if (::rename(wanted.c_str(), aside.c_str()) != 0) fail("world.write_failed", wanted, errno);
    if (::rename(made.c_str(), wanted.c_str()) != 0) {
        const int error = errno;
        std::error_code ignored;
        fs::rename(aside, wanted, ignored);
        fail("world.write_failed", wanted, error);
    }
    std::error_code ignored;
    fs::rename(aside, made, ignored);
}

}  // namespace

std::optional<Message> refuse_output_folder(
    const std::string& path, const std::vector<std::string>& own_names
) {
    const fs::path folder = wanted_folder(path);
    std::error_code error;
    const fs::file_status status = fs::symlink_status(folder, error);
    if (status.type() == fs::file_type::not_found) return std::nullopt;
    if (error) fail("world.read_failed", folder, error.value());
    if (status.type() != fs::file_type::directory) {
        return Message{"output.not_a_folder", {{"path", path}}};
    }
    fs::directory_iterator entry(folder, error);
    for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
        const std::string name = entry->path().filename().string();
        const bool own = std::find(own_names.begin(), own_names.end(), name) != own_names.end() &&
                         entry->symlink_status(error).type() == fs::file_type::regular;
        if (!own) return Message{"output.holds_other_files", {{"path", path}, {"name", name}}};
    }
    if (error) fail("world.read_failed", folder, error.value());
    return std::nullopt;
}

void write_output_folder(
    const std::string& path,
    const std::vector<OutputFile>& files,
    const std::vector<std::string>& own_names
) {
    if (auto refusal = refuse_output_folder(path, own_names)) throw BadInput(*std::move(refusal));
    const fs::path folder = wanted_folder(path);
    std::error_code error;
    fs::create_directories(folder.parent_path(), error);
    if (error) fail("world.write_failed", folder.parent_path(), error.value());
    const TemporaryFolder made(folder);
    for (const OutputFile& file : files) write_file(made.path() / file.name, file.bytes);
    sync_folder(made.path());
    exchange(made.path(), folder);
    sync_folder(folder.parent_path());
}

void write_single_file(
    const std::string& path, std::string_view bytes, const std::string& not_over
) {
    std::error_code ignored;
    if (fs::is_directory(path, ignored)) {
        throw BadInput(Message{"output.is_folder", {{"path", path}}});
    }
    if (!not_over.empty() && fs::equivalent(path, not_over, ignored)) {
        throw BadInput(Message{"output.is_input", {{"path", path}}});
    }
    const fs::path wanted = wanted_folder(path);
    const TemporaryFolder made(wanted);
    write_file(made.path() / wanted.filename(), bytes);
    if (::rename((made.path() / wanted.filename()).c_str(), wanted.c_str()) != 0) {
        fail("world.write_failed", wanted, errno);
    }
    sync_folder(wanted.parent_path());
}

std::string read_whole_file(const std::string& path, std::uint64_t bytes_max) {
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (status.type() == fs::file_type::not_found) {
        throw BadInput(Message{"usage.file_missing", {{"path", path}}});
    }
    if (status.type() == fs::file_type::directory) {
        throw BadInput(Message{"usage.file_is_folder", {{"path", path}}});
    }
    std::FILE* const file = std::fopen(path.c_str(), "rb");
    if (file == nullptr) fail("world.read_failed", path, errno);
    std::string bytes;
    std::string piece(std::size_t{1} << 16U, '\0');
    std::size_t count = 0;
    while ((count = std::fread(piece.data(), 1, piece.size(), file)) > 0 &&
           bytes.size() <= bytes_max) {
        bytes.append(piece, 0, count);
    }
    const int failed = std::ferror(file) != 0 ? errno : 0;
    std::fclose(file);
    if (failed != 0) fail("world.read_failed", path, failed);
    if (bytes.size() > bytes_max) {
        throw BadInput(Message{
            "usage.file_too_large", {{"path", path}, {"max", std::to_string(bytes_max)}}});
    }
    return bytes;
}

}  // namespace jicai::cli
