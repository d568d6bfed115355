#include <engine/money/check.h>
#include <sql/stores.h>

namespace jicai::sql {

std::string limit_of(const ports::Page& page) {
    constexpr std::int64_t kSizeMax = 100'000;
    JICAI_CHECK(page.offset >= 0 && page.size >= 0 && page.size <= kSizeMax);
    return " LIMIT " + std::to_string(page.size) + " OFFSET " + std::to_string(page.offset);
}

void insert(Connection& connection, std::string_view statement, const std::vector<Value>& values) {
    try {
        connection.change(statement, values);
    } catch (const DatabaseError& error) {
        if (error.kind() != ErrorKind::duplicate) throw;
        throw ports::Conflict(error.what());
    }
}

std::string cut(const std::string& text, std::size_t characters_max) {
    constexpr unsigned char kContinued = 0x80;
    constexpr unsigned char kContinuedMask = 0xC0;
    std::size_t characters = 0;
    std::size_t last_kept = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if ((static_cast<unsigned char>(text[i]) & kContinuedMask) == kContinued) continue;
        ++characters;
        if (characters == characters_max) last_kept = i;
        if (characters > characters_max) return text.substr(0, last_kept) + "…";
    }
    return text;
}

std::optional<std::string> SqlSettingStore::get(const std::string& name) {
    const auto rows = connection_.query("SELECT value FROM settings WHERE name = ?", {name});
    if (rows.empty()) return std::nullopt;
    return rows.front().text(0);
}

void SqlSettingStore::set(const std::string& name, const std::string& value) {
    connection_.change(
        "INSERT INTO settings (name, value) VALUES (?, ?) ON DUPLICATE KEY UPDATE value = ?",
        {name, value, value}
    );
}

}  // namespace jicai::sql
