#pragma once

#include <web/server/channels.h>
#include <web/server/services.h>

#include <functional>
#include <memory>
#include <string>

namespace jicai::web {

/// Gives reminders of deadlines and sends what waits to be sent, in threads of their own: a slow
/// server holds up no reminder, one of the letters under way, and that for kLetterSeconds at most.
/// Several processes on one database may do so at once; each reminder is given and each delivery
/// tried by one of them.
class NoticeSender {
public:
    /// `log`: takes a short word and a detail without secrets ("delivery_failed", "email: SMTP
    /// status 550"). `services` must outlive it.
    using Log = std::function<void(const std::string& event, const std::string& detail)>;
    NoticeSender(Services& services, const ChannelOptions& options, Log log);
    /// Stops; deliveries under way end first.
    ~NoticeSender();
    NoticeSender(const NoticeSender&) = delete;
    NoticeSender& operator=(const NoticeSender&) = delete;

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace jicai::web
