#include <catalogs/sha256/sha256.h>
#include <engine/money/check.h>
#include <sql/migrations.h>

#include <algorithm>
#include <charconv>

namespace jicai::sql {
namespace {

std::vector<std::string> statements_of(std::string_view text) {
    std::vector<std::string> statements;
    std::string statement;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.empty() || line.substr(0, 2) == "--") continue;
        if (line.back() != ';') {
            statement += std::string(line) + "\n";
            continue;
        }
        statement += line.substr(0, line.size() - 1);
        statements.push_back(std::move(statement));
        statement.clear();
    }
    JICAI_CHECK(statement.empty());
    return statements;
}

}  // namespace

std::vector<Migration> read_migrations(const std::vector<BuiltinMigration>& folders) {
    constexpr std::size_t kDigits = 4;
    std::vector<Migration> migrations;
    for (const BuiltinMigration& folder : folders) {
        Migration migration;
        const char* const begin = folder.folder.data();
        JICAI_CHECK(folder.folder.size() > kDigits + 1 && folder.folder[kDigits] == '_');
        const auto read = std::from_chars(begin, begin + kDigits, migration.number);
        JICAI_CHECK(read.ptr == begin + kDigits);
        JICAI_CHECK(migration.number == static_cast<std::int64_t>(migrations.size()) + 1);
        migration.name = folder.folder.substr(kDigits + 1);
        migration.checksum = catalogs::sha256_hex(folder.text);
        migration.statements = statements_of(folder.text);
        migrations.push_back(std::move(migration));
    }
    return migrations;
}

}  // namespace jicai::sql
