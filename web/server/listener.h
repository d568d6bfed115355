#pragma once

#include <cstdint>
#include <memory>
#include <string>

/// \file
/// Sockets to requests: accepts connections, plain or TLS, gives each a thread, reads heads
/// strictly and lets a Pipeline answer. Nobody can hold a thread: 5 seconds for a head, bodies and
/// answers at 10 kB/s at least, idle connections are closed when threads run short.

namespace jicai::web {

class Pipeline;

struct ListenerOptions {
    std::string host = "127.0.0.1";
    std::uint16_t port = 8080;         ///< 0: any free one
    std::string tls_certificate = {};  ///< PEM file with the whole chain; empty: no TLS
    std::string tls_key = {};          ///< PEM file
    int threads = 512;                 ///< connections served at the same time
};

class Listener {
public:
    /// Listens from here on. Throws std::runtime_error, in English, where it cannot.
    Listener(Pipeline& pipeline, const ListenerOptions& options);
    /// stop(), if nobody has.
    ~Listener();
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

    [[nodiscard]] std::uint16_t port() const;
    /// Open now and served; each has a thread.
    [[nodiscard]] std::int64_t connections() const;
    /// Accepts no more, lets requests that are being answered end (at most `seconds`), closes.
    void stop(int seconds = 10);

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace jicai::web
