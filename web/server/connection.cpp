#include <engine/ports/refused.h>
#include <web/server/connection.h>
#include <web/server/http_status.h>
#include <web/server/upload.h>

#include <Poco/Exception.h>
#include <Poco/Net/StreamSocket.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace jicai::web {
namespace {

constexpr std::int64_t kIdleMillis = 15'000;
constexpr std::int64_t kHeadMillis = 5'000;
constexpr std::int64_t kTransferMillis = 10'000;  ///< and as long as the bytes may take
constexpr std::int64_t kBytesPerMilli = 10;
constexpr std::int64_t kHandlerMillis = 120'000;
constexpr std::size_t kReadAtOnce = std::size_t{64} * 1024;
constexpr std::size_t kJoinedMax = std::size_t{32} * 1024;  ///< head and body sent as one
constexpr std::size_t kPieceBytes = std::size_t{64} * 1024;
constexpr std::size_t kChunkLineMax = 64;
constexpr std::int64_t kLingerBytes = 256 * 1024;

[[noreturn]] void not_understood(const char* detail) {
    throw ports::Refused({"request.not_understood", {{"detail", detail}}});
}

[[noreturn]] void too_large(std::int64_t max) {
    throw ports::Refused({"request.too_large", {{"max", std::to_string(max)}}});
}

/// A body of a known length, or in chunks.
class SocketBody : public BodySource {
public:
    SocketBody(SocketReader& reader, Poco::Net::StreamSocket& socket, const HttpHead& head)
        : reader_(reader), socket_(socket), head_(head) {}

    std::string read(std::int64_t max) override {
        std::string body;
        each_piece(max, [&body](std::string_view piece) { body += piece; });
        return body;
    }

    void read_into(Upload& upload, std::int64_t max) override {
        each_piece(max, [&upload](std::string_view piece) { upload.append(piece); });
    }

    /// Nothing of it is left on the connection.
    [[nodiscard]] bool whole() const { return whole_ || !head_.has_body(); }

private:
    template <typename Sink>
    void each_piece(std::int64_t max, const Sink& sink) {
        if (head_.content_length > max) too_large(max);
        if (head_.expects_continue && reader_.buffer().empty()) {
            constexpr std::string_view kGoOn = "HTTP/1.1 100 Continue\r\n\r\n";
            socket_.sendBytes(kGoOn.data(), static_cast<int>(kGoOn.size()));
        }
        start_ = steady_millis();
        if (head_.chunked) {
            chunks(max, sink);
        } else {
            bytes(static_cast<std::size_t>(std::max<std::int64_t>(0, head_.content_length)), sink);
        }
        reader_.state().deadline = steady_millis() + kHandlerMillis;
        whole_ = true;
    }

    void more() {
        reader_.state().deadline = start_ + kTransferMillis + received_ / kBytesPerMilli;
        const std::size_t before = reader_.buffer().size();
        if (!reader_.fill()) not_understood("the body ends early");
        received_ += static_cast<std::int64_t>(reader_.buffer().size() - before);
    }

    std::string bytes(std::size_t count) {
        while (reader_.buffer().size() < count) more();
        return reader_.take(count);
    }

    template <typename Sink>
    void bytes(std::size_t count, const Sink& sink) {
        while (count > 0) {
            const std::size_t piece = std::min(count, kPieceBytes);
            sink(bytes(piece));
            count -= piece;
        }
    }

    std::string line() {
        for (;;) {
            const std::size_t end = reader_.buffer().find("\r\n");
            if (end != std::string::npos && end <= kChunkLineMax) {
                std::string text = reader_.take(end + 2);
                text.resize(end);
                return text;
            }
            if (reader_.buffer().size() > kChunkLineMax) not_understood("chunk");
            more();
        }
    }

    template <typename Sink>
    void chunks(std::int64_t max, const Sink& sink) {
        std::size_t left = static_cast<std::size_t>(max);
        for (;;) {
            const std::string size_text = line();
            std::size_t size = 0;
            const char* const end = size_text.data() + size_text.size();
            const auto [at, error] = std::from_chars(size_text.data(), end, size, 16);
            if (error != std::errc() || at != end || size_text.size() > 12) not_understood("chunk");
            if (size == 0) {
                if (!line().empty()) not_understood("trailer");
                return;
            }
            if (size > left) too_large(max);
            left -= size;
            bytes(size, sink);
            if (bytes(2) != "\r\n") not_understood("chunk");
        }
    }

    SocketReader& reader_;
    Poco::Net::StreamSocket& socket_;
    const HttpHead& head_;
    std::int64_t start_ = 0;
    std::int64_t received_ = 0;
    bool whole_ = false;
};

void append_number(std::string& out, std::int64_t number) {
    std::array<char, 24> digits{};
    const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), number);
    out.append(digits.data(), static_cast<std::size_t>(end - digits.data()));
}

void append_field(std::string& out, std::string_view name, std::string_view value) {
    out.append(name).append(": ");
    for (const char byte : value) {
        if (byte != '\r' && byte != '\n') out += byte;
    }
    out.append("\r\n");
}

}  // namespace

bool SocketReader::fill() {
    const std::size_t before = buffer_.size();
    buffer_.resize(before + std::min(kReadAtOnce, std::max<std::size_t>(4096, before)));
    int count = 0;
    try {
        count = socket_.receiveBytes(
            buffer_.data() + before, static_cast<int>(buffer_.size() - before)
        );
    } catch (const Poco::Exception&) {
        count = 0;  // the connection is of no more use, whatever it was
    }
    buffer_.resize(before + static_cast<std::size_t>(std::max(0, count)));
    return count > 0;
}

std::string SocketReader::take(std::size_t count) {
    std::string first = buffer_.substr(0, count);
    buffer_.erase(0, count);
    return first;
}

void Connection::run() {
    try {
        Connections::Watched watched(all_, socket().impl()->sockfd());
        peer_ = socket().peerAddress().host().toString();
        socket().setNoDelay(true);
        SocketReader reader(socket(), watched.state());
        while (serve_one(reader)) {
        }
    } catch (const Poco::Exception&) {
        // The other side is gone: nobody is left to be told.
    }
}

bool Connection::serve_one(SocketReader& reader) {
    ConnectionState& state = reader.state();
    std::size_t end = std::string::npos;
    std::size_t searched = 0;
    bool begun = false;
    while ((end = end_of_head(reader.buffer(), searched)) == std::string::npos) {
        searched = reader.buffer().size();
        if (!begun && searched > 0) {
            begun = true;
            state.deadline = steady_millis() + kHeadMillis;
        }
        if (searched > kHeadBytesMax) {
            send(pipeline_.refuse({"request.header_too_large", ""}, peer_), false, true, state);
            linger(reader);
            return false;
        }
        if (all_.draining() || !reader.fill()) return false;
    }
    state.idle_since = 0;
    state.deadline = steady_millis() + kHandlerMillis;
    block_ = reader.take(end);
    const std::optional<HeadFault> fault = block_.size() > kHeadBytesMax
                                               ? HeadFault{"request.header_too_large", ""}
                                               : read_head(block_, head_);
    if (fault) {
        send(pipeline_.refuse(*fault, peer_), false, true, state);
        linger(reader);
        return false;
    }
    SocketBody body(reader, socket(), head_);
    const Outgoing outgoing =
        pipeline_.answer({.head = head_, .peer = peer_, .secure = secure_, .body = body});
    const bool keep = head_.keep_alive && body.whole() && !all_.crowded() && !all_.draining();
    if (!send(outgoing, keep, head_.method != "HEAD", state)) return false;
    if (!keep) {
        if (!body.whole()) linger(reader);
        return false;
    }
    const std::int64_t now = steady_millis();
    state.deadline = now + kIdleMillis;
    state.idle_since = now;
    return true;
}

bool Connection::send(
    const Outgoing& outgoing, bool keep_alive, bool with_body, ConnectionState& state
) {
    const Answer& answer = outgoing.answer;
    const bool bodiless = answer.status == 204 || answer.status == 304;
    out_.clear();
    out_.append(head_.http_1_0 ? "HTTP/1.0 " : "HTTP/1.1 ");
    out_.append(status_line(answer.status));
    if (!bodiless) {
        append_field(out_, "Content-Type", answer.type);
        out_.append("Content-Length: ");
        append_number(out_, static_cast<std::int64_t>(answer.body->size()));
        out_.append("\r\n");
    }
    for (const auto& [name, value] : answer.headers) append_field(out_, name, value);
    append_field(out_, "X-Request-Id", outgoing.request_id);
    out_.append(keep_alive ? "Connection: keep-alive\r\n" : "Connection: close\r\n");
    out_.append(secure_ ? kSecureHeaders : kCommonHeaders);
    const std::string_view body =
        with_body && !bodiless ? std::string_view(*answer.body) : std::string_view();
    state.deadline =
        steady_millis() + kTransferMillis + static_cast<std::int64_t>(body.size()) / kBytesPerMilli;
    const auto all = [this](std::string_view bytes) {
        while (!bytes.empty()) {
            const int sent = socket().sendBytes(
                bytes.data(), static_cast<int>(std::min<std::size_t>(bytes.size(), 1U << 20U))
            );
            if (sent <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    };
    if (out_.size() + body.size() <= kJoinedMax) {
        out_.append(body);
        return all(out_);
    }
    return all(out_) && all(body);
}

// Closing a socket with unread bytes resets the connection, and the answer may never be seen. So
// the rest is read and thrown away for a moment.
void Connection::linger(SocketReader& reader) {
    socket().shutdownSend();
    reader.state().deadline = steady_millis() + 1000;
    std::int64_t thrown_away = 0;
    reader.buffer().clear();
    while (thrown_away < kLingerBytes && reader.fill()) {
        thrown_away += static_cast<std::int64_t>(reader.buffer().size());
        reader.buffer().clear();
    }
}

}  // namespace jicai::web
