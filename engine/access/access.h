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
/// every route of the service names its action and asks here. docs/access.md shows the table; a
/// test compares it, and another compares tests/access/matrix.csv for every combination.
///
/// What the table follows, and why:
/// - Before the opening nobody reads a bid but its own supplier, the procurement officer included.
///   Bid opener and notary learn that bids are there (count_bids), never what they say; the officer
///   does not even learn that, so that no deadline moves because few came. A cancelled round does
///   not tell whether it was opened, so its bids stay with their suppliers.
/// - From the opening to the publicity period bids and proposed award are with those who open,
///   decide and supervise. Suppliers see the award from region picking on: they pick in turn and
///   must see what is taken.
/// - From the publicity period on every logged-in participant sees all bids of the round with the
///   reasons: an objection must be made in that period, and who cannot compare cannot object.
/// - The public sees results: winners, supply, volumes by region, certificate, rulebooks, from the
///   publicity period on. The certificate names every bid's result, because nobody can recompute an
///   award without them; what the public does not get is the page of bids.
/// - Volumes of a single hospital are its own, of the bureaus above it and of the office that runs
///   the round; everybody else ever sees sums by region. Suppliers see these from the bidding on:
///   the tender document promises them.
/// - Bureaus, health and discipline authorities see what lies in their region; authorities change
///   nothing. The discipline authority supervises the opening on the spot and reads the audit log.
/// - The three administrators see of rounds what the public sees. The system administrator makes
///   accounts but grants nothing, the security administrator grants but makes none, the audit
///   administrator only reads.
/// - Whoever has logged in may do what the public may, and keep their own account, roles or not.

namespace jicai::access {

/// How far a role's permission for an action goes. Wider ones include narrower ones.
/// self: objects of the person. organisation: objects that belong to the person's organisation, and
/// rounds it runs with what lies in them. region: what lies in the organisation's region.
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
    std::int64_t organisation = 0;  ///< which organisation's it is: a bid's supplier, a hospital
    std::int64_t office = 0;        ///< which organisation runs the round it belongs to
    std::string region;             ///< where it lies
    std::optional<Stage> stage;     ///< of the round it belongs to
};

/// The widest reach of the actor's roles for `action` at `stage` (without one: at any stage).
/// Region means: the actor's region and what lies below it by the digits of its code.
/// An API key reaches what its roles and the public reach within its scopes, and see_service; never
/// a person's own account.
[[nodiscard]] Reach reach_of(
    const Actor& actor, Action action, std::optional<Stage> stage = std::nullopt
);

/// The table itself: what `role` alone reaches, the public's part included. `self` in the column of
/// the public means whoever has logged in.
[[nodiscard]] Reach table_reach(Role role, Action action, Stage stage);

/// Whether `actor` may do `action` to `object`.
[[nodiscard]] bool may(const Actor& actor, Action action, const Object& object);

/// Whether `region` is `within` or lies below it: "230100" is within "230000" and "000000".
/// Nothing is within, or has within it, what is not six digits.
[[nodiscard]] bool is_within(const std::string& region, const std::string& within);

}  // namespace jicai::access
