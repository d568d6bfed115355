#include <engine/money/check.h>
#include <web/server/notice_parts.h>

#include <map>
#include <mutex>
#include <shared_mutex>

namespace jicai::web {
namespace {

std::shared_mutex& registry_mutex() {
    static std::shared_mutex mutex;
    return mutex;
}

std::map<const Services*, NoticeParts*>& registry() {
    static std::map<const Services*, NoticeParts*> all;
    return all;
}

}  // namespace

NoticeParts::NoticeParts(const Services& services, const notices::Offered& what)
    : unread(services.store), offered(what), services_(&services) {
    const std::lock_guard lock(registry_mutex());
    registry()[services_] = this;
}

NoticeParts::~NoticeParts() {
    const std::lock_guard lock(registry_mutex());
    registry().erase(services_);
}

NoticeParts& NoticeParts::of(const Services& services) {
    const std::shared_lock lock(registry_mutex());
    const auto found = registry().find(&services);
    JICAI_CHECK(found != registry().end());
    return *found->second;
}

}  // namespace jicai::web
