#include <sql/filter.h>
#include <sql/stores.h>

#include <algorithm>

namespace jicai::sql {
namespace {

using ports::Organisation;
using ports::User;

constexpr std::string_view kOrganisation =
    "SELECT o.id, o.code, o.name, o.kind, o.region, o.parent, o.active, o.version "
    "FROM organisations o";
constexpr std::string_view kUser =
    "SELECT u.id, u.login, u.name, u.organisation, u.password_hash, u.old_password_hashes, "
    "u.password_set_at, u.must_change_password, u.second_factor_secret, "
    "u.second_factor_confirmed, u.second_factor_used_step, u.failures, u.locked_until, "
    "u.last_login_at, u.language, u.active, u.version, "
    "(SELECT GROUP_CONCAT(r.role ORDER BY r.role) FROM user_roles r WHERE r.user = u.id) "
    "FROM users u";

/// 0 stands for none, as in the ports.
Value reference(std::int64_t id) {
    if (id == 0) return std::nullopt;
    return id;
}

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += line + "\n";
    return text;
}

std::vector<std::string> split(const std::string& text, char mark) {
    std::vector<std::string> parts;
    std::size_t begin = 0;
    while (begin < text.size()) {
        const std::size_t end = std::min(text.find(mark, begin), text.size());
        parts.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return parts;
}

Organisation organisation_of(const Row& row) {
    Organisation organisation;
    organisation.id = row.number(0);
    organisation.code = row.text(1);
    organisation.name = row.text(2);
    organisation.kind = static_cast<ports::OrganisationKind>(row.number(3));
    organisation.region = row.text(4);
    organisation.parent = row.number(5);
    organisation.active = row.flag(6);
    organisation.version = row.number(7);
    return organisation;
}

std::vector<access::Role> roles_of(const std::string& numbers) {
    std::vector<access::Role> roles;
    for (const std::string& number : split(numbers, ',')) {
        roles.push_back(static_cast<access::Role>(Row({number}).number(0)));
    }
    return roles;
}

User user_of(const Row& row) {
    User user;
    user.id = row.number(0);
    user.login = row.text(1);
    user.name = row.text(2);
    user.organisation = row.number(3);
    user.password_hash = row.text(4);
    user.old_password_hashes = split(row.text(5), '\n');
    user.password_set_at = row.moment(6);
    user.must_change_password = row.flag(7);
    user.second_factor_secret = row.text(8);
    user.second_factor_confirmed = row.flag(9);
    user.second_factor_used_step = row.number(10);
    user.failures = row.number(11);
    user.locked_until = row.optional_moment(12);
    user.last_login_at = row.optional_moment(13);
    user.language = row.text(14);
    user.active = row.flag(15);
    user.version = row.number(16);
    user.roles = roles_of(row.text(17));
    return user;
}

}  // namespace

std::int64_t SqlPeopleStore::add(const Organisation& organisation) {
    insert(
        connection_,
        "INSERT INTO organisations (code, name, kind, region, parent, active, version) "
        "VALUES (?, ?, ?, ?, ?, ?, 1)",
        {organisation.code,
         organisation.name,
         static_cast<std::int64_t>(organisation.kind),
         organisation.region,
         reference(organisation.parent),
         organisation.active}
    );
    return connection_.last_id();
}

bool SqlPeopleStore::save(const Organisation& organisation) {
    try {
        return connection_.change(
                   "UPDATE organisations SET code = ?, name = ?, kind = ?, region = ?, parent = ?, "
                   "active = ?, version = version + 1 WHERE id = ? AND version = ?",
                   {organisation.code,
                    organisation.name,
                    static_cast<std::int64_t>(organisation.kind),
                    organisation.region,
                    reference(organisation.parent),
                    organisation.active,
                    organisation.id,
                    organisation.version}
               ) == 1;
    } catch (const DatabaseError& error) {
        if (error.kind() != ErrorKind::duplicate) throw;
        throw ports::Conflict(error.what());
    }
}

std::optional<Organisation> SqlPeopleStore::organisation(std::int64_t id) {
    return one<Organisation>(
        connection_.query(std::string(kOrganisation) + " WHERE o.id = ?", {id}), organisation_of
    );
}

std::optional<Organisation> SqlPeopleStore::organisation_by_code(const std::string& code) {
    return one<Organisation>(
        connection_.query(std::string(kOrganisation) + " WHERE o.code = ?", {code}), organisation_of
    );
}

ports::Found<Organisation> SqlPeopleStore::find(const ports::OrganisationQuery& query) {
    Filter filter;
    filter.add_text({"o.code", "o.name"}, query.text);
    if (query.kind) filter.add("o.kind = ?", {static_cast<std::int64_t>(*query.kind)});
    filter.add_region("o.region", query.within);
    if (query.only != 0) filter.add("o.id = ?", {query.only});
    return found<Organisation>(
        connection_, kOrganisation, "organisations o", "o.id", filter, query.page, organisation_of
    );
}

std::int64_t SqlPeopleStore::add(const User& user) {
    insert(
        connection_,
        "INSERT INTO users (login, name, organisation, password_hash, old_password_hashes, "
        "password_set_at, must_change_password, second_factor_secret, second_factor_confirmed, "
        "second_factor_used_step, failures, locked_until, last_login_at, language, active, "
        "version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
        {user.login,
         user.name,
         user.organisation,
         user.password_hash,
         joined(user.old_password_hashes),
         user.password_set_at,
         user.must_change_password,
         user.second_factor_secret,
         user.second_factor_confirmed,
         user.second_factor_used_step,
         user.failures,
         user.locked_until,
         user.last_login_at,
         user.language,
         user.active}
    );
    const std::int64_t id = connection_.last_id();
    write_roles(id, user.roles);
    return id;
}

bool SqlPeopleStore::save(const User& user) {
    std::int64_t changed = 0;
    try {
        changed = connection_.change(
            "UPDATE users SET login = ?, name = ?, organisation = ?, password_hash = ?, "
            "old_password_hashes = ?, password_set_at = ?, must_change_password = ?, "
            "second_factor_secret = ?, second_factor_confirmed = ?, second_factor_used_step = ?, "
            "failures = ?, locked_until = ?, last_login_at = ?, language = ?, active = ?, "
            "version = version + 1 WHERE id = ? AND version = ?",
            {user.login,
             user.name,
             user.organisation,
             user.password_hash,
             joined(user.old_password_hashes),
             user.password_set_at,
             user.must_change_password,
             user.second_factor_secret,
             user.second_factor_confirmed,
             user.second_factor_used_step,
             user.failures,
             user.locked_until,
             user.last_login_at,
             user.language,
             user.active,
             user.id,
             user.version}
        );
    } catch (const DatabaseError& error) {
        if (error.kind() != ErrorKind::duplicate) throw;
        throw ports::Conflict(error.what());
    }
    if (changed != 1) return false;
    std::vector<access::Role> wanted = user.roles;
    std::sort(wanted.begin(), wanted.end());
    std::vector<access::Role> stored;
    for (const Row& row :
         connection_.query("SELECT role FROM user_roles WHERE user = ? ORDER BY role", {user.id})) {
        stored.push_back(static_cast<access::Role>(row.number(0)));
    }
    if (stored != wanted) {
        connection_.change("DELETE FROM user_roles WHERE user = ?", {user.id});
        write_roles(user.id, wanted);
    }
    return true;
}

void SqlPeopleStore::write_roles(std::int64_t user, const std::vector<access::Role>& roles) {
    for (const access::Role role : roles) {
        connection_.change(
            "INSERT INTO user_roles (user, role) VALUES (?, ?)",
            {user, static_cast<std::int64_t>(role)}
        );
    }
}

std::optional<User> SqlPeopleStore::user(std::int64_t id) {
    return one<User>(connection_.query(std::string(kUser) + " WHERE u.id = ?", {id}), user_of);
}

std::optional<User> SqlPeopleStore::user_by_login(const std::string& login) {
    return one<User>(
        connection_.query(std::string(kUser) + " WHERE u.login = ?", {login}), user_of
    );
}

ports::Found<User> SqlPeopleStore::find(const ports::UserQuery& query) {
    Filter filter;
    filter.add_text({"u.login", "u.name"}, query.text);
    if (query.role) {
        filter.add(
            "EXISTS (SELECT 1 FROM user_roles r WHERE r.user = u.id AND r.role = ?)",
            {static_cast<std::int64_t>(*query.role)}
        );
    }
    if (query.organisation != 0) filter.add("u.organisation = ?", {query.organisation});
    if (!region_digits(query.within).empty()) {
        Filter inner;
        inner.add_region("o.region", query.within);
        filter.add(
            "EXISTS (SELECT 1 FROM organisations o" + inner.where + " AND o.id = u.organisation)",
            inner.values
        );
    }
    if (query.only != 0) filter.add("u.id = ?", {query.only});
    return found<User>(connection_, kUser, "users u", "u.id", filter, query.page, user_of);
}

}  // namespace jicai::sql
