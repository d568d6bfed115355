#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

/// \file
/// The log: JSON lines, one for each request and one for each event of the service. What a request
/// carried (bodies, cookies, keys, parameters) never stands in it; its address is the route's
/// pattern.

namespace jicai::web {

/// What a line says about a request.
struct LoggedRequest {
    std::string_view request_id;
    std::string_view login;  ///< empty: nobody logged in
    std::int64_t organisation = 0;
    std::string_view address;
    std::string_view method;
    std::string_view route;   ///< "/api/users/{id}"; of a page its name; "-": none fits
    std::string_view object;  ///< "user:17" of a write; empty: none
    std::string_view result;  ///< "done", or the key of the refusal
    int status = 0;
    std::int64_t micros = 0;
    std::int64_t bytes = 0;  ///< of the answer's body
};

/// Takes over what other libraries log by spdlog. Safe to use from many threads. Lines are written
/// within 200 ms.
class AccessLog {
public:
    /// To standard error, or to `file`, which is renamed at 100 MB and kept ten times.
    /// Throws std::runtime_error where the file cannot be written.
    explicit AccessLog(const std::string& file);
    ~AccessLog();
    AccessLog(const AccessLog&) = delete;
    AccessLog& operator=(const AccessLog&) = delete;

    void request(const LoggedRequest& line);
    /// An event of the service: "started", "stopped", "failed"; `detail` never holds what a request
    /// carried.
    void event(std::string_view name, std::string_view detail, std::string_view request_id = {});

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace jicai::web
