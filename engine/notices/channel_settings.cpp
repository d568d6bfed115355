#include <engine/notices/channel_settings.h>

#include <algorithm>
#include <string_view>

namespace jicai::notices {
namespace {

using decision::Message;
using ports::Refused;

constexpr std::size_t kEmailBytesMax = 254;
constexpr std::size_t kDigitsMin = 5;
constexpr std::size_t kDigitsMax = 20;

bool is_plain(unsigned char c) {
    return c > ' ' && c < 0x7F;
}

bool is_email(std::string_view text) {
    constexpr std::string_view kNever = "<>()[],;:\\\"";
    const std::size_t at = text.find('@');
    if (at == std::string_view::npos || at == 0 || text.find('@', at + 1) != text.npos) {
        return false;
    }
    const std::string_view domain = text.substr(at + 1);
    const bool has_dot = domain.find('.') != std::string_view::npos;
    return text.size() <= kEmailBytesMax && has_dot && domain.front() != '.' &&
           domain.back() != '.' && text.find_first_of(kNever) == std::string_view::npos &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return is_plain(static_cast<unsigned char>(c));
           });
}

bool is_phone(std::string_view text) {
    if (!text.empty() && text.front() == '+') text.remove_prefix(1);
    return text.size() >= kDigitsMin && text.size() <= kDigitsMax &&
           text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// "https://host…"; also "http://", which the channel lets through to networks named to it.
bool is_webhook(std::string_view text) {
    const std::size_t begin = text.substr(0, 8) == "https://"  ? 8
                              : text.substr(0, 7) == "http://" ? 7
                                                               : 0;
    if (begin == 0 || text.size() == begin || text.find('@') != std::string_view::npos)
        return false;
    if (text[begin] == '/' || text[begin] == ':') return false;
    return std::all_of(text.begin(), text.end(), [](char c) {
        return is_plain(static_cast<unsigned char>(c));
    });
}

[[noreturn]] void refuse(const char* key, const char* field, const std::string& value) {
    const Message why{key, {{"value", value}}};
    throw Refused(why, {{field, value, why}});
}

void check_offered(bool offered, const char* field, const std::string& value) {
    if (value.empty() || offered) return;
    refuse("channels.off", field, value);
}

}  // namespace

const std::vector<std::string>& notice_kinds() {
    static const std::vector<std::string> all{
        "message", "deadline", "stage", "report", "correction", "inquiry"};
    return all;
}

void save_channels(
    ports::Transaction& transaction, const ports::ChannelSettings& settings, const Offered& offered
) {
    if (!settings.email.empty() && !is_email(settings.email)) {
        refuse("channels.email", "/email", settings.email);
    }
    if (!settings.phone.empty() && !is_phone(settings.phone)) {
        refuse("channels.phone", "/phone", settings.phone);
    }
    if (!settings.webhook.empty() && !is_webhook(settings.webhook)) {
        refuse("channels.webhook", "/webhook", settings.webhook);
    }
    check_offered(offered.email, "/email", settings.email);
    check_offered(offered.sms, "/phone", settings.phone);
    check_offered(offered.webhook, "/webhook", settings.webhook);
    if (!transaction.notices().save(settings)) throw Refused({"channels.changed", {}});
}

}  // namespace jicai::notices
