#include <engine/money/check.h>
#include <sql/stores.h>

#include <algorithm>

namespace jicai::sql {
namespace {

using ports::ApiKey;
using ports::Session;

constexpr std::string_view kSession =
    "SELECT id_digest, csrf, user, second_factor, address, created_at, seen_at, expires_at "
    "FROM sessions";
constexpr std::string_view kKey =
    "SELECT id, organisation, name, secret_digest, old_secret_digest, old_expires_at, scopes, "
    "roles, requests_per_minute, created_at, expires_at, used_at, revoked, version FROM api_keys";

Session session_of(const Row& row) {
    Session session;
    session.id_digest = row.text(0);
    session.csrf = row.text(1);
    session.user = row.number(2);
    session.second_factor = row.flag(3);
    session.address = row.text(4);
    session.created_at = row.moment(5);
    session.seen_at = row.moment(6);
    session.expires_at = row.moment(7);
    return session;
}

template <typename Take>
void each_word(const std::string& words, const Take& take) {
    std::size_t begin = 0;
    while (begin < words.size()) {
        const std::size_t end = std::min(words.find(',', begin), words.size());
        take(words.substr(begin, end - begin));
        begin = end + 1;
    }
}

std::string words_of(const std::vector<access::Action>& scopes) {
    std::string words;
    for (const access::Action scope : scopes) {
        words += (words.empty() ? "" : ",") + std::string(access::name_of(scope));
    }
    return words;
}

std::string words_of(const std::vector<std::uint8_t>& roles) {
    std::string words;
    for (const std::uint8_t role : roles) {
        words += (words.empty() ? "" : ",") + std::to_string(role);
    }
    return words;
}

ApiKey key_of(const Row& row) {
    ApiKey key;
    key.id = row.number(0);
    key.organisation = row.number(1);
    key.name = row.text(2);
    key.secret_digest = row.text(3);
    key.old_secret_digest = row.text(4);
    key.old_expires_at = row.optional_moment(5);
    each_word(row.text(6), [&](const std::string& word) {
        const auto action = access::find_action(word);
        JICAI_CHECK(action.has_value());
        key.scopes.push_back(*action);
    });
    each_word(row.text(7), [&](const std::string& word) {
        key.roles.push_back(static_cast<std::uint8_t>(Row({word}).number(0)));
    });
    key.requests_per_minute = row.number(8);
    key.created_at = row.moment(9);
    key.expires_at = row.moment(10);
    key.used_at = row.optional_moment(11);
    key.revoked = row.flag(12);
    key.version = row.number(13);
    return key;
}

}  // namespace

void SqlSessionStore::add(const Session& session) {
    insert(
        connection_,
        "INSERT INTO sessions (id_digest, csrf, user, second_factor, address, created_at, "
        "seen_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        {session.id_digest,
         session.csrf,
         session.user,
         session.second_factor,
         session.address,
         session.created_at,
         session.seen_at,
         session.expires_at}
    );
}

std::optional<Session> SqlSessionStore::session(const std::string& id_digest) {
    const auto rows = connection_.query(
        std::string(kSession) + " WHERE id_digest = ? AND csrf <> ''", {id_digest}
    );
    if (rows.empty()) return std::nullopt;
    return session_of(rows.front());
}

void SqlSessionStore::touch(const std::string& id_digest, ports::Moment seen_at) {
    connection_.change(
        "UPDATE sessions SET seen_at = ? WHERE id_digest = ? AND seen_at < ?",
        {seen_at, id_digest, seen_at}
    );
}

void SqlSessionStore::remove(const std::string& id_digest) {
    connection_.change("DELETE FROM sessions WHERE id_digest = ?", {id_digest});
}

std::int64_t SqlSessionStore::remove_of(std::int64_t user) {
    connection_.change("DELETE FROM sessions WHERE user = ? AND csrf = ''", {user});
    return connection_.change("DELETE FROM sessions WHERE user = ?", {user});
}

// A log-in without a token is one that a newer has replaced.
void SqlSessionStore::replace_of(std::int64_t user) {
    connection_.change("UPDATE sessions SET csrf = '' WHERE user = ?", {user});
}

bool SqlSessionStore::was_replaced(const std::string& id_digest) {
    return !connection_
                .query("SELECT 1 FROM sessions WHERE id_digest = ? AND csrf = ''", {id_digest})
                .empty();
}

std::int64_t SqlSessionStore::remove_expired(ports::Moment now, ports::Moment idle_since) {
    return connection_.change("DELETE FROM sessions WHERE expires_at <= ?", {now}) +
           connection_.change("DELETE FROM sessions WHERE seen_at < ?", {idle_since});
}

ports::Found<Session> SqlSessionStore::live(ports::Page page) {
    ports::Found<Session> found;
    found.total =
        connection_.query("SELECT COUNT(*) FROM sessions WHERE csrf <> ''").at(0).number(0);
    for (const Row& row : connection_.query(
             std::string(kSession) + " WHERE csrf <> '' ORDER BY created_at DESC, id_digest" +
             limit_of(page)
         )) {
        found.rows.push_back(session_of(row));
    }
    return found;
}

std::int64_t SqlSessionStore::add(const ApiKey& key) {
    insert(
        connection_,
        "INSERT INTO api_keys (organisation, name, secret_digest, old_secret_digest, "
        "old_expires_at, scopes, roles, requests_per_minute, created_at, expires_at, used_at, "
        "revoked, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
        {key.organisation,
         key.name,
         key.secret_digest,
         key.old_secret_digest,
         key.old_expires_at,
         words_of(key.scopes),
         words_of(key.roles),
         key.requests_per_minute,
         key.created_at,
         key.expires_at,
         key.used_at,
         key.revoked}
    );
    return connection_.last_id();
}

bool SqlSessionStore::save(const ApiKey& key) {
    return connection_.change(
               "UPDATE api_keys SET organisation = ?, name = ?, secret_digest = ?, "
               "old_secret_digest = ?, old_expires_at = ?, scopes = ?, roles = ?, "
               "requests_per_minute = ?, created_at = ?, expires_at = ?, used_at = ?, revoked = ?, "
               "version = version + 1 WHERE id = ? AND version = ?",
               {key.organisation,
                key.name,
                key.secret_digest,
                key.old_secret_digest,
                key.old_expires_at,
                words_of(key.scopes),
                words_of(key.roles),
                key.requests_per_minute,
                key.created_at,
                key.expires_at,
                key.used_at,
                key.revoked,
                key.id,
                key.version}
           ) == 1;
}

std::optional<ApiKey> SqlSessionStore::key(std::int64_t id) {
    const auto rows = connection_.query(std::string(kKey) + " WHERE id = ?", {id});
    if (rows.empty()) return std::nullopt;
    return key_of(rows.front());
}

ports::Found<ApiKey> SqlSessionStore::keys(std::int64_t organisation, ports::Page page) {
    const std::string where = organisation == 0 ? "" : " WHERE organisation = ?";
    const std::vector<Value> values =
        organisation == 0 ? std::vector<Value>{} : std::vector<Value>{organisation};
    ports::Found<ApiKey> found;
    found.total =
        connection_.query("SELECT COUNT(*) FROM api_keys" + where, values).at(0).number(0);
    for (const Row& row :
         connection_.query(std::string(kKey) + where + " ORDER BY id" + limit_of(page), values)) {
        found.rows.push_back(key_of(row));
    }
    return found;
}

void SqlSessionStore::touch_key(std::int64_t id, ports::Moment used_at) {
    connection_.change(
        "UPDATE api_keys SET used_at = ? WHERE id = ? AND (used_at IS NULL OR used_at < ?)",
        {used_at, id, used_at}
    );
}

}  // namespace jicai::sql
