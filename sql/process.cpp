#include <sql/process.h>

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <system_error>

namespace jicai::sql {
namespace {

// After fork only calls that a signal handler could make.
[[noreturn]] void become(
    char* const* words, char* const* environment, const char* directory, int log, pid_t parent
) {
    constexpr int kNotStarted = 127;
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (::getppid() != parent) ::_exit(kNotStarted);
    ::setsid();
    for (int number = 1; number < NSIG; ++number) ::signal(number, SIG_DFL);
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    const int nothing = ::open("/dev/null", O_RDONLY);
    if (nothing >= 0) ::dup2(nothing, STDIN_FILENO);
    ::dup2(log, STDOUT_FILENO);
    ::dup2(log, STDERR_FILENO);
    ::close_range(STDERR_FILENO + 1, ~0U, 0);
    if (::chdir(directory) == 0) ::execve(words[0], words, environment);
    ::_exit(kNotStarted);
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    for (std::string& text : texts) pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
}

}  // namespace

pid_t spawn(const std::vector<std::string>& words, const ChildOptions& options) {
    constexpr mode_t kOwnerOnly = 0600;
    std::vector<std::string> copies = words;
    std::vector<std::string> variables{
        "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C", "TMPDIR=" + options.temporary};
    std::vector<char*> pointers = pointers_to(copies);
    std::vector<char*> environment = pointers_to(variables);
    const int file =
        ::open(options.log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, kOwnerOnly);
    if (file < 0) throw std::system_error(errno, std::generic_category(), options.log);
    const pid_t parent = ::getpid();
    const pid_t child = ::fork();
    if (child == 0) {
        become(pointers.data(), environment.data(), options.directory.c_str(), file, parent);
    }
    const int error = errno;
    ::close(file);
    if (child < 0) throw std::system_error(error, std::generic_category(), "fork");
    return child;
}

int wait_for(pid_t child) {
    int status = 0;
    while (::waitpid(child, &status, 0) < 0) {
        if (errno != EINTR) throw std::system_error(errno, std::generic_category(), "waitpid");
    }
    return status;
}

std::string describe_status(int status) {
    return WIFSIGNALED(status) ? "signal " + std::to_string(WTERMSIG(status))
                               : "exit status " + std::to_string(WEXITSTATUS(status));
}

std::string log_excerpt(const std::string& path) {
    constexpr std::streamoff kBytes = 2000;
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    if (!file) return {};
    const std::streamoff size = file.tellg();
    file.seekg(size > kBytes ? size - kBytes : 0);
    std::string text{std::istreambuf_iterator<char>(file), {}};
    if (size > kBytes) text.erase(0, text.find('\n') + 1);
    while (!text.empty() && text.back() == '\n') text.pop_back();
    return text;
}

void block_signals_here() {
    sigset_t all;
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_BLOCK, &all, nullptr);
}

}  // namespace jicai::sql
