#pragma once

#include <engine/access/role.h>
#include <engine/ports/people_store.h>

#include <optional>
#include <string_view>
#include <vector>

namespace jicai::accounts {

/// In the order of their numbers.
[[nodiscard]] const std::vector<ports::OrganisationKind>& all_kinds();
/// "procurement_office": the word in the API and in messages (kind.<name>).
[[nodiscard]] std::string_view name_of(ports::OrganisationKind kind);
[[nodiscard]] std::optional<ports::OrganisationKind> find_kind(std::string_view name);

/// The roles people of such an organisation may hold. A supplier's people never decide about bids,
/// a hospital's never administer the service.
[[nodiscard]] const std::vector<access::Role>& roles_of(ports::OrganisationKind kind);

}  // namespace jicai::accounts
