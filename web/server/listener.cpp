#include <web/server/connection.h>
#include <web/server/connections.h>
#include <web/server/listener.h>

#include <Poco/Exception.h>
#include <Poco/Net/Context.h>
#include <Poco/Net/SecureServerSocket.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/TCPServer.h>
#include <Poco/Net/TCPServerConnectionFactory.h>
#include <Poco/ThreadPool.h>

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>

namespace jicai::web {
namespace {

constexpr int kBacklog = 1024;
constexpr int kQueuedMax = 2048;
constexpr int kThreadsKept = 16;

class Factory : public Poco::Net::TCPServerConnectionFactory {
public:
    Factory(Pipeline& pipeline, Connections& all, bool secure)
        : pipeline_(pipeline), all_(all), secure_(secure) {}
    Poco::Net::TCPServerConnection* createConnection(const Poco::Net::StreamSocket& socket
    ) override {
        return new Connection(socket, pipeline_, all_, secure_);
    }

private:
    Pipeline& pipeline_;
    Connections& all_;
    bool secure_;
};

Poco::Net::ServerSocket open_socket(const ListenerOptions& options) {
    const Poco::Net::SocketAddress address(options.host, options.port);
    if (options.tls_certificate.empty()) return Poco::Net::ServerSocket(address, kBacklog);
    Poco::Net::Context::Ptr context = new Poco::Net::Context(
        Poco::Net::Context::TLS_SERVER_USE,
        options.tls_key,
        options.tls_certificate,
        "",
        Poco::Net::Context::VERIFY_NONE,
        9,
        false,
        "HIGH:!aNULL:!eNULL:!kRSA:!SHA1:!PSK:!SRP"
    );
    context->requireMinimumProtocol(Poco::Net::Context::PROTO_TLSV1_2);
    context->disableStatelessSessionResumption();
    return Poco::Net::SecureServerSocket(address, kBacklog, context);
}

}  // namespace

struct Listener::Parts {
    int threads_max;
    std::atomic<bool> ready{false};
    bool stopped = false;
    Poco::ThreadPool threads;
    Connections connections;
    Poco::Net::TCPServer server;

    Parts(Pipeline& pipeline, const ListenerOptions& options)
        : threads_max(options.threads),
          threads(kThreadsKept, options.threads, 60),
          connections([this] { return load(); }),
          server(
              new Factory(pipeline, connections, !options.tls_certificate.empty()),
              threads,
              open_socket(options),
              parameters(options)
          ) {
        server.start();
        ready = true;
    }

    Connections::Load load() {
        if (!ready) return {};
        return {
            .threads_max = threads_max,
            .queued = server.queuedConnections()};
    }

    static Poco::Net::TCPServerParams::Ptr parameters(const ListenerOptions& options) {
        Poco::Net::TCPServerParams::Ptr params = new Poco::Net::TCPServerParams;
        params->setMaxThreads(options.threads);
        params->setMaxQueued(kQueuedMax);
        return params;
    }
};

Listener::Listener(Pipeline& pipeline, const ListenerOptions& options) {
    try {
        parts_ = std::make_unique<Parts>(pipeline, options);
    } catch (const Poco::Exception& error) {
        throw std::runtime_error(error.displayText());
    }
}

Listener::~Listener() {
    stop();
}

std::uint16_t Listener::port() const {
    return parts_->server.port();
}

std::int64_t Listener::connections() const {
    return parts_->connections.live();
}

void Listener::stop(int seconds) {
    if (parts_->stopped) return;
    parts_->stopped = true;
    parts_->server.stop();
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
    do {
        parts_->connections.drain();
        if (parts_->connections.live() == 0) break;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    } while (std::chrono::steady_clock::now() < end);
    parts_->connections.shut_all();
    parts_->ready = false;
    parts_->threads.joinAll();
}

}  // namespace jicai::web
