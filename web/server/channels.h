#pragma once

#include <engine/ports/channel.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

/// \file
/// E-mail by SMTP, SMS and webhooks by HTTPS POST.

namespace jicai::web {

/// What `jicai serve` was told of channels. Nothing of a channel: it is not offered.
struct ChannelOptions {
    /// "smtp://user@host:587" (STARTTLS, certificate checked), "smtps://user@host:465" (TLS from
    /// the beginning), "smtp+plain://host:25" (this machine only).
    std::string smtp;
    std::string smtp_password;  ///< of the user; empty: none
    std::string mail_from;      ///< "jicai@example.org"
    std::string sms_gateway;    ///< "https://…": what is posted holds the number and the text
    std::string sms_secret;     ///< signs it
    bool webhooks = false;      ///< people may enter addresses
    /// Networks that webhooks may reach although they are not public; also without TLS.
    std::vector<std::string> webhook_networks;
    std::string public_address;  ///< "https://jicai.example.org": before links; empty: none
    std::int64_t retry_seconds = 60;
};

/// One try of a letter, from the connection to the last answer; what takes longer is cut off and
/// tried again later.
inline constexpr std::int64_t kLetterSeconds = 20;

/// Refused with channels.smtp, channels.mail_from, channels.sms_gateway: forms that cannot be.
void check_channels(const ChannelOptions& options);

/// Null where the channel is not set up.
[[nodiscard]] std::unique_ptr<ports::MessageChannel> make_mail_channel(const ChannelOptions& options
);
[[nodiscard]] std::unique_ptr<ports::MessageChannel> make_sms_channel(const ChannelOptions& options
);
[[nodiscard]] std::unique_ptr<ports::MessageChannel> make_webhook_channel(
    const ChannelOptions& options
);

/// "sha256=<hex>": HMAC-SHA-256 (RFC 2104) of "<timestamp>.<body>". What receivers compare with
/// X-Jicai-Signature.
[[nodiscard]] std::string signature_of(
    const std::string& secret, const std::string& timestamp, const std::string& body
);

/// Whether an address of a network may be reached by anybody who enters it: not this machine, no
/// private, shared, link-local, multicast or reserved network (RFC 6890), none of these within IPv6
/// (mapped, NAT64, 6to4).
[[nodiscard]] bool is_public_address(const std::string& address);

}  // namespace jicai::web
