#pragma once

#include <engine/ports/notice_store.h>

#include <string>

namespace jicai::ports {

/// What goes out by a channel.
struct Letter {
    /// Names the delivery for ever, so that a repetition after a crash is told by the other side:
    /// the Message-ID of an e-mail, the header Idempotency-Key of what is posted.
    std::string id;
    std::string address;
    std::string title;
    std::string text;
    std::string link;    ///< whole address of the page; empty: none
    std::string kind;    ///< of the notice
    std::string round;   ///< empty: none
    std::string at;      ///< "2026-11-23T09:30:00+08:00"
    std::string secret;  ///< of a webhook: signs what is posted; never logged
};

enum class SendOutcome : std::uint8_t {
    sent,
    later,  ///< may work another time
    never,  ///< refused for good: an address that is none, a network that is not allowed
};
struct SendResult {
    SendOutcome outcome = SendOutcome::sent;
    std::string failure;  ///< for administrators, without secrets and without what was sent
};

/// A way out: e-mail, SMS, webhook. Safe to use from many threads.
class MessageChannel {
public:
    virtual ~MessageChannel() = default;
    /// Never throws; takes at most half a minute.
    virtual SendResult send(const Letter& letter) = 0;
};

}  // namespace jicai::ports
