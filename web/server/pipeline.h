#pragma once

#include <web/server/answer.h>
#include <web/server/http_head.h>
#include <web/server/services.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

/// \file
/// What happens to every request between its bytes and its handler, and to every answer on its way
/// back. In order: address behind trusted proxies, static pages, route, language, who asks, rate
/// limit, access, origin and CSRF token of writes, parameters, body, handler (writes in one
/// transaction with idempotency key and audit), refusals and faults as problem+json, headers.

namespace jicai::web {

class Metrics;
class Upload;
class AccessLog;

/// The body of a request, read only when somebody wants it.
class BodySource {
public:
    virtual ~BodySource() = default;
    /// All of it. Throws ports::Refused with request.too_large, request.not_understood.
    virtual std::string read(std::int64_t bytes_max) = 0;
    /// All of it into `upload`, a piece at a time. Throws as read, and as Upload::append.
    virtual void read_into(Upload& upload, std::int64_t bytes_max) = 0;
};

struct Incoming {
    const HttpHead& head;
    const std::string& peer;  ///< address of who holds the connection
    bool secure = false;      ///< TLS
    BodySource& body;
};

struct Outgoing {
    Answer answer;
    std::string request_id;
};

struct PipelineOptions {
    std::vector<std::string> trusted_proxies = {};  ///< CIDR; their X-Forwarded-For is believed
    std::vector<std::string> metrics_from = {};     ///< CIDR, beside this machine
    std::int64_t requests_per_minute = 3000;  ///< of one session, or of one address without; 0: any
    std::string upload_directory = "/tmp";    ///< where large uploads are kept while they are read
    std::int64_t logins_per_minute = 20;      ///< of one address
};

/// Safe to use from many threads.
class Pipeline {
public:
    Pipeline(Services& services, Metrics& metrics, AccessLog& log, const PipelineOptions& options);
    ~Pipeline();
    Pipeline(const Pipeline&) = delete;
    Pipeline& operator=(const Pipeline&) = delete;

    /// Never throws.
    [[nodiscard]] Outgoing answer(const Incoming& incoming);
    /// To a head that cannot be read.
    [[nodiscard]] Outgoing refuse(const HeadFault& fault, const std::string& peer);
    /// Log-ins this process has seen in the last minute.
    [[nodiscard]] std::int64_t lively_sessions() const;

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace jicai::web
