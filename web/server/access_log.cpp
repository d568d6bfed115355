#include <web/server/access_log.h>

#include <spdlog/sinks/base_sink.h>
#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <stdexcept>
#include <thread>

namespace jicai::web {
namespace {

constexpr std::size_t kFileBytesMax = std::size_t{100} * 1024 * 1024;
constexpr std::size_t kFilesKept = 10;
constexpr std::size_t kBuffer = std::size_t{64} * 1024;
constexpr std::chrono::milliseconds kFlushEvery{200};

/// Standard error with a buffer of its own: a line costs no system call.
class StandardError : public spdlog::sinks::base_sink<std::mutex> {
public:
    StandardError() : file_(::fdopen(::dup(STDERR_FILENO), "a")) {
        if (file_ == nullptr) throw std::runtime_error("standard error");
        std::setvbuf(file_, nullptr, _IOFBF, kBuffer);
    }
    ~StandardError() override { std::fclose(file_); }
    StandardError(const StandardError&) = delete;
    StandardError& operator=(const StandardError&) = delete;

protected:
    void sink_it_(const spdlog::details::log_msg& message) override {
        std::fwrite(message.payload.data(), 1, message.payload.size(), file_);
        std::fputc('\n', file_);
    }
    void flush_() override { std::fflush(file_); }

private:
    std::FILE* file_;
};

void quote(std::string& out, std::string_view text) {
    constexpr std::string_view kHex = "0123456789abcdef";
    out += '"';
    for (const char byte : text) {
        const auto code = static_cast<unsigned char>(byte);
        if (byte == '"' || byte == '\\') {
            out += '\\';
            out += byte;
        } else if (code < 0x20 || code == 0x7F) {
            out += "\\u00";
            out += kHex[code >> 4U];
            out += kHex[code & 0xFU];
        } else {
            out += byte;
        }
    }
    out += '"';
}

void member(std::string& out, std::string_view name, std::string_view value) {
    if (value.empty()) return;
    out.append(",\"").append(name).append("\":");
    quote(out, value);
}

void member(std::string& out, std::string_view name, std::int64_t value) {
    out.append(",\"").append(name).append("\":").append(std::to_string(value));
}

void begin(std::string& out) {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(now).count();
    const std::time_t seconds = micros / 1'000'000;
    std::tm parts{};
    ::gmtime_r(&seconds, &parts);
    char text[40];
    const std::size_t size = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts);
    out.append("{\"at\":\"").append(text, size);
    const int length =
        std::snprintf(text, sizeof text, ".%06dZ\"", static_cast<int>(micros % 1'000'000));
    out.append(text, static_cast<std::size_t>(length));
}

/// What the database's library says, as lines of this log.
class Forwarding : public spdlog::sinks::base_sink<std::mutex> {
public:
    explicit Forwarding(AccessLog& log) : log_(log) {}

protected:
    void sink_it_(const spdlog::details::log_msg& message) override {
        log_.event(
            message.level >= spdlog::level::warn ? "warning" : "note",
            std::string_view(message.payload.data(), message.payload.size())
        );
    }
    void flush_() override {}

private:
    AccessLog& log_;
};

std::string& scratch() {
    thread_local std::string line;
    line.clear();
    return line;
}

}  // namespace

struct AccessLog::Parts {
    std::unique_ptr<spdlog::logger> logger;
    std::mutex mutex;
    std::condition_variable wake;
    bool ended = false;
    std::thread flusher;
};

AccessLog::AccessLog(const std::string& file) : parts_(std::make_unique<Parts>()) {
    try {
        spdlog::sink_ptr sink;
        if (file.empty()) {
            sink = std::make_shared<StandardError>();
        } else {
            sink = std::make_shared<spdlog::sinks::rotating_file_sink_mt>(
                file, kFileBytesMax, kFilesKept
            );
        }
        parts_->logger = std::make_unique<spdlog::logger>("jicai", sink);
    } catch (const spdlog::spdlog_ex& error) {
        throw std::runtime_error(error.what());
    }
    parts_->logger->set_pattern("%v", spdlog::pattern_time_type::utc);
    spdlog::set_default_logger(
        std::make_shared<spdlog::logger>("", std::make_shared<Forwarding>(*this))
    );
    parts_->flusher = std::thread([parts = parts_.get()] {
        std::unique_lock<std::mutex> lock(parts->mutex);
        while (!parts->ended) {
            parts->wake.wait_for(lock, kFlushEvery);
            parts->logger->flush();
        }
    });
}

AccessLog::~AccessLog() {
    spdlog::set_default_logger(
        std::make_shared<spdlog::logger>("", std::make_shared<StandardError>())
    );
    {
        const std::lock_guard<std::mutex> lock(parts_->mutex);
        parts_->ended = true;
    }
    parts_->wake.notify_one();
    parts_->flusher.join();
    parts_->logger->flush();
}

void AccessLog::request(const LoggedRequest& request) {
    std::string& line = scratch();
    begin(line);
    member(line, "event", "request");
    member(line, "request_id", request.request_id);
    member(line, "user", request.login);
    if (request.organisation != 0) member(line, "organisation", request.organisation);
    member(line, "address", request.address);
    member(line, "method", request.method);
    member(line, "route", request.route);
    member(line, "object", request.object);
    member(line, "result", request.result);
    member(line, "status", request.status);
    member(line, "micros", request.micros);
    member(line, "bytes", request.bytes);
    line += '}';
    parts_->logger->info(spdlog::string_view_t(line.data(), line.size()));
}

void AccessLog::event(std::string_view name, std::string_view detail, std::string_view request_id) {
    std::string& line = scratch();
    begin(line);
    member(line, "event", name);
    member(line, "request_id", request_id);
    member(line, "detail", detail);
    line += '}';
    parts_->logger->info(spdlog::string_view_t(line.data(), line.size()));
    parts_->logger->flush();
}

}  // namespace jicai::web
