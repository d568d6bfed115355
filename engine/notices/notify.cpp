#include <engine/money/check.h>
#include <engine/notices/notify.h>

namespace jicai::notices {

std::int64_t notify(ports::Transaction& transaction, const ports::NewNotice& notice) {
    constexpr std::size_t kBytesOfCharacterMax = 4;
    JICAI_CHECK(!notice.kind.empty());
    JICAI_CHECK(!notice.message.key.empty() || !notice.title.empty());
    JICAI_CHECK(notice.title.size() <= kTitleCharactersMax * kBytesOfCharacterMax);
    JICAI_CHECK(notice.text.size() <= kTextCharactersMax * kBytesOfCharacterMax);
    return transaction.notices().add(notice);
}

ports::Reader reader_of(const access::Actor& actor) {
    return {actor.user, actor.organisation, actor.region, actor.roles};
}

}  // namespace jicai::notices
