#pragma once

#include <engine/access/role.h>
#include <engine/ports/listing_store.h>

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

/// \file
/// The states of an entry of the register and the acts between them. Pure.

namespace jicai::listing {

using ports::ListingKind;
using ports::ListingState;

/// What is done to an entry.
enum class Act : std::uint8_t {
    review,     ///< 审核通过
    publicise,  ///< 公示
    list,       ///< 挂网
    reject,     ///< 不予挂网
    suspend,    ///< 暂停
    resume,     ///< 恢复
    delist,     ///< 撤网
    relist,     ///< 重新申报
};

/// In the order above.
[[nodiscard]] const std::vector<Act>& all_acts();
[[nodiscard]] const std::vector<ListingState>& all_states();
[[nodiscard]] const std::vector<ListingKind>& all_kinds();

/// "suspend"; messages: word.listing_act.<name>.
[[nodiscard]] std::string_view name_of(Act act);
/// "publicised"; messages: word.listing_state.<name>.
[[nodiscard]] std::string_view name_of(ListingState state);
/// "won_with_volume"; messages: word.listing_kind.<name>.
[[nodiscard]] std::string_view name_of(ListingKind kind);
[[nodiscard]] std::optional<Act> find_act(std::string_view name);
[[nodiscard]] std::optional<ListingState> find_state(std::string_view name);
[[nodiscard]] std::optional<ListingKind> find_listing_kind(std::string_view name);

/// Where `act` leads from `state`; nothing: it cannot be done there. What was publicised elsewhere
/// (winners, negotiated drugs) and what cannot wait (shortage, emergency) is listed once it is
/// reviewed; every other kind is publicised first.
[[nodiscard]] std::optional<ListingState> after(Act act, ListingState state, ListingKind kind);
/// What can be done from here, in the order of the acts.
[[nodiscard]] std::vector<Act> possible(ListingState state, ListingKind kind);
/// Whether somebody has to say why: whatever takes a product out of trade, or back into it.
[[nodiscard]] bool needs_reason(Act act);
/// Who may do it, in the region of the entry.
[[nodiscard]] const std::vector<access::Role>& roles_for(Act act);

}  // namespace jicai::listing
