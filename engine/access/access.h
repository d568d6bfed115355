#pragma once

#include <engine/access/action.h>
#include <engine/access/role.h>
#include <engine/access/stage.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// \file
/// Who may do what, to whose objects, at which stage of a round. One table (access_table.cpp);
/// every route of the service names its action and asks here.

namespace jicai::access {

/// How far a role's permission for an action goes. Wider ones include narrower ones.
enum class Reach : std::uint8_t { none, self, organisation, region, all };

/// Who asks. Nobody logged in: no roles, organisation 0.
struct Actor {
    std::int64_t user = 0;
    std::int64_t organisation = 0;
    std::string region;              ///< GB/T 2260, six digits; "000000": the whole country
    std::vector<Role> roles;         ///< empty: the public
    std::int64_t key = 0;            ///< the API key that asks, 0: a person
    std::vector<Action> key_scopes;  ///< what that key may do at most
};

/// What is asked for. Only what is known of it.
struct Object {
    std::int64_t user = 0;          ///< whose it is
    std::int64_t organisation = 0;  ///< which organisation's it is
    std::string region;             ///< where it lies
    std::optional<Stage> stage;     ///< of the round it belongs to
};

/// The widest reach of the actor's roles for `action` at `stage` (without one: at any stage).
/// Region means: the actor's region and what lies below it by the digits of its code.
[[nodiscard]] Reach reach_of(
    const Actor& actor, Action action, std::optional<Stage> stage = std::nullopt
);

/// Whether `actor` may do `action` to `object`.
[[nodiscard]] bool may(const Actor& actor, Action action, const Object& object);

/// Whether `region` is `within` or lies below it: "230100" is within "230000" and "000000".
[[nodiscard]] bool is_within(const std::string& region, const std::string& within);

}  // namespace jicai::access
