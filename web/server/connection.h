#pragma once

#include <web/server/connections.h>
#include <web/server/http_head.h>
#include <web/server/pipeline.h>

#include <Poco/Net/TCPServerConnection.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace jicai::web {

/// Bytes from a socket, those read too much kept for the next request.
class SocketReader {
public:
    SocketReader(Poco::Net::StreamSocket& socket, ConnectionState& state)
        : socket_(socket), state_(state) {}

    /// More bytes into the buffer; false: the other side has ended, or was shut down.
    bool fill();
    [[nodiscard]] std::string& buffer() { return buffer_; }
    /// Takes the first `count` bytes out of the buffer. \pre they are there
    std::string take(std::size_t count);
    ConnectionState& state() { return state_; }

private:
    Poco::Net::StreamSocket& socket_;
    ConnectionState& state_;
    std::string buffer_;
};

/// One connection: requests after requests, until one side has enough.
class Connection : public Poco::Net::TCPServerConnection {
public:
    Connection(
        const Poco::Net::StreamSocket& socket, Pipeline& pipeline, Connections& all, bool secure
    )
        : TCPServerConnection(socket), pipeline_(pipeline), all_(all), secure_(secure) {}
    void run() override;

private:
    bool serve_one(SocketReader& reader);
    bool send(const Outgoing& outgoing, bool keep_alive, bool with_body, ConnectionState& state);
    void linger(SocketReader& reader);

    Pipeline& pipeline_;
    Connections& all_;
    bool secure_;
    std::string peer_;
    std::string block_;
    std::string out_;
    HttpHead head_;
};

}  // namespace jicai::web
