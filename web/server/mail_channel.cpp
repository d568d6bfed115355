#include <engine/ports/refused.h>
#include <web/server/channels.h>
#include <web/server/networks.h>
#include <web/server/time_limit.h>

#include <Poco/Net/Context.h>
#include <Poco/Net/DNS.h>
#include <Poco/Net/MailMessage.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SSLException.h>
#include <Poco/Net/SecureSMTPClientSession.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/StringPartSource.h>
#include <Poco/Timespan.h>
#include <Poco/URI.h>
#include <sodium.h>

#include <chrono>
#include <vector>

namespace jicai::web {
namespace {

using Poco::Net::Context;
using Poco::Net::SMTPClientSession;
using ports::SendOutcome;
using ports::SendResult;

constexpr long kConnectSeconds = 5;
constexpr long kAnswerSeconds = 10;

/// Opens its own connection, which can be watched all the same.
class StartTlsSession final : public Poco::Net::SecureSMTPClientSession {
public:
    StartTlsSession(const std::string& host, Poco::UInt16 port, TimeLimit& limit)
        : SecureSMTPClientSession(host, port) {
        limit.watch(socket().impl()->sockfd());
    }
};

/// Within a header, in words of 45 bytes that do not cut a character (RFC 2047).
std::string encoded_words(const std::string& text) {
    constexpr std::size_t kWordBytes = 45;
    std::string encoded;
    std::size_t begin = 0;
    while (begin < text.size()) {
        std::size_t end = std::min(begin + kWordBytes, text.size());
        while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
        std::vector<char> word(
            sodium_base64_encoded_len(end - begin, sodium_base64_VARIANT_ORIGINAL)
        );
        sodium_bin2base64(
            word.data(),
            word.size(),
            reinterpret_cast<const unsigned char*>(text.data()) + begin,
            end - begin,
            sodium_base64_VARIANT_ORIGINAL
        );
        if (begin > 0) encoded += "\r\n ";
        encoded += "=?UTF-8?B?" + std::string(word.data()) + "?=";
        begin = end;
    }
    return encoded;
}

std::string one_line(std::string text) {
    for (char& c : text) {
        if (c == '\r' || c == '\n') c = ' ';
    }
    return text;
}

class MailChannel final : public ports::MessageChannel {
public:
    explicit MailChannel(const ChannelOptions& options)
        : from_(options.mail_from), password_(options.smtp_password) {
        const Poco::URI uri(options.smtp);
        scheme_ = uri.getScheme();
        host_ = uri.getHost();
        user_ = uri.getUserInfo();
        const bool at_once = scheme_ == "smtps";
        port_ = uri.getPort() != 0 ? uri.getPort()
                : at_once          ? Poco::UInt16{465}
                                   : Poco::UInt16{587};
        if (scheme_ == "smtp+plain") return;
        context_ = new Context(
            Context::TLS_CLIENT_USE, "", Context::VERIFY_RELAXED, 9, /*loadDefaultCAs=*/true
        );
        context_->requireMinimumProtocol(Context::PROTO_TLSV1_2);
        context_->enableExtendedCertificateVerification(true);
    }

    SendResult send(const ports::Letter& letter) override {
        bool logged_in = false;
        TimeLimit limit{std::chrono::seconds(kLetterSeconds)};
        const auto failed = [&](const std::string& what) {
            return SendResult{
                SendOutcome::later, "SMTP: " + (limit.over() ? "took too long" : what)};
        };
        try {
            deliver(letter, limit, logged_in);
            return {};
        } catch (const Poco::Net::SMTPException& error) {
            if (limit.over()) return failed("");
            // 5xx to the letter: the server does not want it, now or later. To the login: nobody's
            // letter is at fault, and it goes when the password is put right.
            const bool for_good = logged_in && error.code() >= 500 && error.code() < 600;
            return {
                for_good ? SendOutcome::never : SendOutcome::later,
                "SMTP status " + std::to_string(error.code())};
        } catch (const Poco::Exception& error) {
            return failed(error.name());
        } catch (const std::exception&) {
            return failed("connection failed");
        }
    }

private:
    [[nodiscard]] std::unique_ptr<SMTPClientSession> connect(TimeLimit& limit) const {
        const Poco::Net::SocketAddress address(host_, port_);
        Poco::Net::StreamSocket socket;
        socket.connect(address, Poco::Timespan(kConnectSeconds, 0));
        limit.watch(socket.impl()->sockfd());
        // Also for the handshake of TLS, which comes before the session.
        socket.setReceiveTimeout(Poco::Timespan(kAnswerSeconds, 0));
        socket.setSendTimeout(Poco::Timespan(kAnswerSeconds, 0));
        if (scheme_ == "smtp") {
            socket.close();  // it answers; the session checks certificates by the host it is given
            auto session = std::make_unique<StartTlsSession>(host_, port_, limit);
            session->setTimeout(Poco::Timespan(kAnswerSeconds, 0));
            session->login();
            if (!session->startTLS(context_)) {
                throw Poco::Net::SSLException("the server offers no STARTTLS");
            }
            return session;
        }
        if (scheme_ == "smtps") {
            socket = Poco::Net::SecureStreamSocket::attach(socket, host_, context_);
        }
        auto session = std::make_unique<SMTPClientSession>(socket);
        session->setTimeout(Poco::Timespan(kAnswerSeconds, 0));
        return session;
    }

    void deliver(const ports::Letter& letter, TimeLimit& limit, bool& logged_in) const {
        const auto session = connect(limit);
        const std::string own = from_.substr(from_.find('@') + 1);
        if (user_.empty()) {
            session->login(own);
        } else {
            session->login(own, SMTPClientSession::AUTH_LOGIN, user_, password_);
        }
        logged_in = true;
        Poco::Net::MailMessage message;
        message.setSender(from_);
        message.addRecipient(
            Poco::Net::MailRecipient(Poco::Net::MailRecipient::PRIMARY_RECIPIENT, letter.address)
        );
        message.set("Subject", encoded_words(one_line(letter.title)));
        message.set("Message-ID", "<" + letter.id + "@" + own + ">");
        message.set("Auto-Submitted", "auto-generated");
        message.setContentType("text/plain; charset=UTF-8");
        std::string text = letter.text;
        if (!letter.link.empty()) text += "\n\n" + letter.link;
        message.setContent(text + "\n", Poco::Net::MailMessage::ENCODING_BASE64);
        session->sendMessage(message);
        try {
            session->close();
        } catch (const Poco::Exception&) {
            // The letter was taken; a server that hangs up instead of saying good-bye is no reason
            // to send it again.
        }
    }

    std::string from_;
    std::string password_;
    std::string scheme_;
    std::string host_;
    std::string user_;
    Poco::UInt16 port_ = 0;
    Context::Ptr context_;
};

}  // namespace

std::unique_ptr<ports::MessageChannel> make_mail_channel(const ChannelOptions& options) {
    if (options.smtp.empty()) return nullptr;
    return std::make_unique<MailChannel>(options);
}

}  // namespace jicai::web
