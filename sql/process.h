#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace jicai::sql {

struct ChildOptions {
    std::string directory;  ///< where it starts
    std::string temporary;  ///< its TMPDIR
    std::string log;        ///< file its output is appended to
};

/// Starts `words[0]` (a path) as a child in a session of its own, with default signals, no other
/// open file, a bare environment, and SIGTERM as soon as the calling THREAD ends: call it from a
/// thread that lives as long as the child should. Throws std::system_error.
[[nodiscard]] pid_t spawn(const std::vector<std::string>& words, const ChildOptions& options);

/// Waits for the child's end; what waitpid says.
int wait_for(pid_t child);

/// "exit status 1", "signal 9".
[[nodiscard]] std::string describe_status(int status);

/// The last lines of a log, at most some two thousand bytes; empty where there is none.
[[nodiscard]] std::string log_excerpt(const std::string& path);

/// For threads of our own: signals are for the program's main thread.
void block_signals_here();

}  // namespace jicai::sql
