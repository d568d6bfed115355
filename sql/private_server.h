#pragma once

#include <sql/data_directory.h>
#include <sql/endpoint.h>

#include <sys/types.h>

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>

namespace jicai::sql {

struct ServerOptions {
    std::int64_t buffer_pool_megabytes = 256;
    std::int64_t redo_log_megabytes = 64;  ///< of a new database, and from the next start on
    std::chrono::seconds start_max{300};   ///< a recovery after a crash is part of a start
    std::chrono::seconds stop_max{60};     ///< then it is killed
};

/// A MariaDB server of our own on the files of a data directory: unix socket only, durable, no
/// configuration of the machine. It ends with this object, and with this process however that ends.
/// Where the server dies by itself it is started again, with growing pauses.
class PrivateServer {
public:
    /// Makes the database where there is none yet, ends a server that an earlier process left
    /// behind, starts and waits until the server answers. The directory's lock is held by us.
    /// Throws DatabaseFault database.server_missing (not installed), _init_failed, _start_failed,
    /// _left_behind.
    explicit PrivateServer(const DataDirectory& directory, ServerOptions options = {});
    ~PrivateServer();
    PrivateServer(const PrivateServer&) = delete;
    PrivateServer& operator=(const PrivateServer&) = delete;

    /// How to reach the schema of the product.
    [[nodiscard]] const Endpoint& endpoint() const { return endpoint_; }
    /// 0 while none runs.
    [[nodiscard]] pid_t process() const;
    /// How often it was started again.
    [[nodiscard]] std::int64_t restarts() const;

private:
    enum class State { starting, running, failed, ended };
    void keep();
    pid_t start();
    bool wait_until_it_answers(pid_t server);
    void initialise();
    void end_left_behind();
    void stop();

    const DataDirectory& directory_;
    const ServerOptions options_;
    int data_handle_ = -1;
    Endpoint endpoint_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    State state_ = State::starting;
    pid_t process_ = 0;
    bool answers_ = false;  ///< process_ has finished its start
    bool stopping_ = false;
    std::int64_t restarts_ = 0;
    std::thread keeper_;
};

/// Where the server of `data` listens, seen from this process; `data_handle` is an open O_PATH
/// handle of it, for paths that are longer than the address of a socket may be.
[[nodiscard]] Endpoint endpoint_of(const std::filesystem::path& data, int data_handle);
/// Such a handle, or -1.
[[nodiscard]] int open_handle(const std::filesystem::path& data);

inline constexpr const char* kSchema = "jicai";

}  // namespace jicai::sql
