#pragma once

#include <engine/access/role.h>
#include <engine/ports/clock.h>
#include <engine/ports/page.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace jicai::ports {

/// The numbers are stored and stay.
enum class OrganisationKind : std::uint8_t {
    procurement_office = 1,
    bureau = 2,
    hospital = 3,
    supplier = 4,
    distributor = 5,
    pharmacy = 6,
    authority = 7,
    price_monitor = 8,
    operator_ = 9,  ///< who runs the service
};

struct Organisation {
    std::int64_t id = 0;
    std::string code;  ///< unified social credit code or medical institution code; unique
    std::string name;
    OrganisationKind kind = OrganisationKind::hospital;
    std::string region;       ///< GB/T 2260, six digits; "000000": national
    std::int64_t parent = 0;  ///< the organisation above it; 0: none
    bool active = true;
    std::int64_t version = 1;  ///< counts changes; a change names the one it read
};

struct OrganisationQuery {
    std::string text;  ///< part of code or name
    std::optional<OrganisationKind> kind;
    std::string within;     ///< a region and all below it; empty: all
    std::int64_t only = 0;  ///< this organisation alone; 0: all
    Page page;
};

/// A person's account. Hashes never leave usecases.
struct User {
    std::int64_t id = 0;
    std::string login;  ///< 3-32 of a-z 0-9 . _ -; unique
    std::string name;
    std::int64_t organisation = 0;
    std::vector<access::Role> roles;
    std::string password_hash;                     ///< argon2id, encoded
    std::vector<std::string> old_password_hashes;  ///< the last ones, newest first
    Moment password_set_at;
    bool must_change_password = false;
    std::string second_factor_secret;  ///< sealed by the service's key; empty: none enrolled
    bool second_factor_confirmed = false;
    std::int64_t second_factor_used_step = 0;  ///< last accepted time step: a code works once
    std::int64_t failures = 0;                 ///< failed log-ins in a row
    std::optional<Moment> locked_until;
    std::optional<Moment> last_login_at;
    std::string language = "zh";
    bool active = true;
    std::int64_t version = 1;
};

struct UserQuery {
    std::string text;  ///< part of login or name
    std::optional<access::Role> role;
    std::int64_t organisation = 0;  ///< 0: all
    std::string within;             ///< region of the organisation; empty: all
    std::int64_t only = 0;
    Page page;
};

class PeopleStore {
public:
    virtual ~PeopleStore() = default;
    /// Returns the new id. Refused with Conflict where the code is taken.
    virtual std::int64_t add(const Organisation& organisation) = 0;
    /// Saves all members of the organisation of that id if its stored version is still
    /// `organisation.version`, and counts the version up. False: somebody was faster.
    virtual bool save(const Organisation& organisation) = 0;
    virtual std::optional<Organisation> organisation(std::int64_t id) = 0;
    virtual std::optional<Organisation> organisation_by_code(const std::string& code) = 0;
    virtual Found<Organisation> find(const OrganisationQuery& query) = 0;

    virtual std::int64_t add(const User& user) = 0;
    virtual bool save(const User& user) = 0;
    virtual std::optional<User> user(std::int64_t id) = 0;
    virtual std::optional<User> user_by_login(const std::string& login) = 0;
    virtual Found<User> find(const UserQuery& query) = 0;
};

}  // namespace jicai::ports
