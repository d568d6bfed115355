#include <web/server/calendar_rows.h>
#include <web/server/schema.h>

namespace jicai::web {

using decision::Json;

Json::Object calendar_row(const catalogs::Words& words, const notices::CalendarEntry& entry) {
    constexpr std::size_t kDayCharacters = 10;
    const std::string at = ports::beijing_text(entry.at);
    const std::string state(notices::name_of(entry.state));
    return {
        {"day", at.substr(0, kDayCharacters)},
        {"at", at},
        {"round", entry.round},
        {"title", entry.title},
        {"what", entry.what},
        {"what_text", words.word("calendar_what", entry.what)},
        {"state", state},
        {"state_text", words.word("calendar_state", state)},
        {"link", entry.link}};
}

Json::Object calendar_members() {
    return {
        {"day", schema::text(10)},
        {"at", schema::text()},
        {"round", schema::text()},
        {"title", schema::text(500)},
        {"what", schema::text()},
        {"what_text", schema::text()},
        {"state", schema::choice({"open", "done", "late", "locked"})},
        {"state_text", schema::text()},
        {"link", schema::text(500)}};
}

}  // namespace jicai::web
