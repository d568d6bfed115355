#include <engine/decision/json.h>
#include <engine/ports/refused.h>
#include <web/server/channels.h>
#include <web/server/networks.h>
#include <web/server/time_limit.h>

#include <Poco/Net/Context.h>
#include <Poco/Net/DNS.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/HTTPSClientSession.h>
#include <Poco/Net/HostEntry.h>
#include <Poco/Net/IPAddress.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Timespan.h>
#include <Poco/Timestamp.h>
#include <Poco/URI.h>
#include <sodium.h>

#include <array>
#include <chrono>
#include <vector>

namespace jicai::web {
namespace {

using decision::Json;
using Poco::Net::Context;
using ports::SendOutcome;
using ports::SendResult;

constexpr long kConnectSeconds = 5;
constexpr long kAnswerSeconds = 10;
constexpr int kHeaderLinesMax = 100;

/// Everything that is not public (RFC 6890 and its registries).
const Networks& not_public() {
    static const Networks all(
        {"0.0.0.0/8",     "10.0.0.0/8",      "100.64.0.0/10",  "127.0.0.0/8",    "169.254.0.0/16",
         "172.16.0.0/12", "192.0.0.0/24",    "192.0.2.0/24",   "192.88.99.0/24", "192.168.0.0/16",
         "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4",    "240.0.0.0/4",
         "::1/96",        "64:ff9b::/96",    "64:ff9b:1::/48", "100::/64",       "2001::/23",
         "2001:db8::/32", "2002::/16",       "fc00::/7",       "fe80::/10",      "fec0::/10",
         "ff00::/8"}
    );
    return all;
}

/// A socket to an address that was looked at, and to no other: the name is asked once.
class Way {
public:
    Way(const Poco::URI& uri, const Networks* allowed, bool any)
        : host_(uri.getHost()), port_(uri.getPort()), secure_(uri.getScheme() == "https") {
        const auto addresses = Poco::Net::DNS::hostByName(host_).addresses();
        for (const auto& address : addresses) {
            const std::string text = address.toString();
            const bool named = allowed != nullptr && allowed->contains(text);
            if (!any && !named && (!secure_ || !is_public_address(text))) refused_ = true;
        }
        if (addresses.empty()) refused_ = true;
        if (!refused_) address_ = Poco::Net::SocketAddress(addresses.front(), port_);
    }
    [[nodiscard]] bool refused() const { return refused_; }

    [[nodiscard]] std::unique_ptr<Poco::Net::HTTPClientSession> open(TimeLimit& limit) const {
        Poco::Net::StreamSocket socket;
        socket.connect(address_, Poco::Timespan(kConnectSeconds, 0));
        limit.watch(socket.impl()->sockfd());
        socket.setReceiveTimeout(Poco::Timespan(kAnswerSeconds, 0));
        socket.setSendTimeout(Poco::Timespan(kAnswerSeconds, 0));
        std::unique_ptr<Poco::Net::HTTPClientSession> session;
        if (secure_) {
            Context::Ptr context = new Context(
                Context::TLS_CLIENT_USE, "", Context::VERIFY_RELAXED, 9, /*loadDefaultCAs=*/true
            );
            context->requireMinimumProtocol(Context::PROTO_TLSV1_2);
            context->enableExtendedCertificateVerification(true);
            session = std::make_unique<Poco::Net::HTTPSClientSession>(
                Poco::Net::SecureStreamSocket::attach(socket, host_, context)
            );
        } else {
            session = std::make_unique<Poco::Net::HTTPClientSession>(socket);
        }
        session->setTimeout(Poco::Timespan(kAnswerSeconds, 0));
        return session;
    }

private:
    std::string host_;
    Poco::UInt16 port_ = 0;
    bool secure_ = false;
    bool refused_ = false;
    Poco::Net::SocketAddress address_;
};

SendResult result_of(int status) {
    constexpr int kTimeout = 408;
    constexpr int kTooMany = 429;
    if (status >= 200 && status < 300) return {};
    const bool later = status == kTimeout || status == kTooMany || status >= 500;
    return {
        later ? SendOutcome::later : SendOutcome::never, "HTTP status " + std::to_string(status)};
}

SendResult post(
    const std::string& address,
    const Networks* allowed,
    bool any,
    const std::string& id,
    const std::string& secret,
    const std::string& body
) {
    TimeLimit limit{std::chrono::seconds(kLetterSeconds)};
    const auto failed = [&](const std::string& what) {
        return SendResult{SendOutcome::later, "HTTP: " + (limit.over() ? "took too long" : what)};
    };
    try {
        const Poco::URI uri(address);
        const Way way(uri, allowed, any);
        if (way.refused()) return {SendOutcome::never, "an address that is not allowed"};
        const auto session = way.open(limit);
        const std::string path = uri.getPathAndQuery().empty() ? "/" : uri.getPathAndQuery();
        Poco::Net::HTTPRequest request("POST", path, Poco::Net::HTTPRequest::HTTP_1_1);
        request.setHost(uri.getHost(), uri.getPort());
        request.setContentType("application/json; charset=utf-8");
        request.setContentLength64(static_cast<Poco::Int64>(body.size()));
        request.setKeepAlive(false);
        const std::string timestamp = std::to_string(Poco::Timestamp().epochTime());
        request.set("Idempotency-Key", id);
        request.set("X-Jicai-Timestamp", timestamp);
        if (!secret.empty()) {
            request.set("X-Jicai-Signature", signature_of(secret, timestamp, body));
        }
        session->sendRequest(request) << body << std::flush;
        Poco::Net::HTTPResponse response;
        response.setFieldLimit(kHeaderLinesMax);
        session->receiveResponse(response);
        // Cut off in the middle of an answer: what there is of it says nothing.
        if (limit.over()) return failed("");
        return result_of(static_cast<int>(response.getStatus()));
    } catch (const Poco::Exception& error) {
        return failed(error.name());
    } catch (const std::exception&) {
        return failed("connection failed");
    }
}

class SmsChannel final : public ports::MessageChannel {
public:
    explicit SmsChannel(const ChannelOptions& options)
        : gateway_(options.sms_gateway), secret_(options.sms_secret) {}

    SendResult send(const ports::Letter& letter) override {
        const Json body =
            Json::Object{{"id", letter.id}, {"phone", letter.address}, {"text", letter.title}};
        return post(gateway_, nullptr, /*any=*/true, letter.id, secret_, body.canonical());
    }

private:
    std::string gateway_;
    std::string secret_;
};

class WebhookChannel final : public ports::MessageChannel {
public:
    explicit WebhookChannel(const ChannelOptions& options) : allowed_(options.webhook_networks) {}

    SendResult send(const ports::Letter& letter) override {
        const Json body = Json::Object{
            {"id", letter.id},
            {"kind", letter.kind},
            {"round", letter.round},
            {"title", letter.title},
            {"text", letter.text},
            {"link", letter.link},
            {"at", letter.at}};
        return post(
            letter.address, &allowed_, /*any=*/false, letter.id, letter.secret, body.canonical()
        );
    }

private:
    Networks allowed_;
};

bool has_form(const std::string& text, std::initializer_list<const char*> schemes) {
    try {
        const Poco::URI uri(text);
        for (const char* scheme : schemes) {
            if (uri.getScheme() == scheme && !uri.getHost().empty()) return true;
        }
    } catch (const Poco::Exception&) {
    }
    return false;
}

bool is_here(const std::string& text) {
    const std::string host = Poco::URI(text).getHost();
    return host == "localhost" || is_loopback(host);
}

}  // namespace

bool is_public_address(const std::string& address) {
    Poco::Net::IPAddress parsed;
    return Poco::Net::IPAddress::tryParse(address, parsed) && !not_public().contains(address);
}

std::string signature_of(
    const std::string& secret, const std::string& timestamp, const std::string& body
) {
    const std::string text = timestamp + "." + body;
    const auto bytes = [](const std::string& of) {
        return reinterpret_cast<const unsigned char*>(of.data());
    };
    std::array<unsigned char, crypto_auth_hmacsha256_BYTES> code{};
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, bytes(secret), secret.size());
    crypto_auth_hmacsha256_update(&state, bytes(text), text.size());
    crypto_auth_hmacsha256_final(&state, code.data());
    std::array<char, 2 * crypto_auth_hmacsha256_BYTES + 1> hex{};
    sodium_bin2hex(hex.data(), hex.size(), code.data(), code.size());
    return std::string("sha256=") + hex.data();
}

void check_channels(const ChannelOptions& options) {
    const auto refuse = [](const char* key, const std::string& value) {
        throw ports::Refused({key, {{"value", value}}});
    };
    if (!options.smtp.empty()) {
        if (!has_form(options.smtp, {"smtp", "smtps", "smtp+plain"}) ||
            Poco::URI(options.smtp).getUserInfo().find(':') != std::string::npos) {
            refuse("channels.smtp", "smtp://user@host:587");
        }
        if (Poco::URI(options.smtp).getScheme() == "smtp+plain" && !is_here(options.smtp)) {
            refuse("channels.smtp_plain", Poco::URI(options.smtp).getHost());
        }
        const std::size_t at = options.mail_from.find('@');
        if (at == std::string::npos || at == 0 || at + 1 == options.mail_from.size()) {
            refuse("channels.mail_from", options.mail_from);
        }
    }
    if (!options.sms_gateway.empty()) {
        const bool fits = has_form(options.sms_gateway, {"https"}) ||
                          (has_form(options.sms_gateway, {"http"}) && is_here(options.sms_gateway));
        if (!fits) refuse("channels.sms_gateway", "https://…");
    }
}

std::unique_ptr<ports::MessageChannel> make_sms_channel(const ChannelOptions& options) {
    if (options.sms_gateway.empty()) return nullptr;
    return std::make_unique<SmsChannel>(options);
}

std::unique_ptr<ports::MessageChannel> make_webhook_channel(const ChannelOptions& options) {
    if (!options.webhooks) return nullptr;
    return std::make_unique<WebhookChannel>(options);
}

}  // namespace jicai::web
