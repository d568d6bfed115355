#include <engine/listing/states.h>

#include <array>
#include <utility>

namespace jicai::listing {
namespace {

template <typename Type>
using Names = std::vector<std::pair<Type, std::string_view>>;

const Names<Act>& act_names() {
    static const Names<Act> names{
        {Act::review, "review"},
        {Act::publicise, "publicise"},
        {Act::list, "list"},
        {Act::reject, "reject"},
        {Act::suspend, "suspend"},
        {Act::resume, "resume"},
        {Act::delist, "delist"},
        {Act::relist, "relist"}};
    return names;
}

const Names<ListingState>& state_names() {
    static const Names<ListingState> names{
        {ListingState::declared, "declared"},
        {ListingState::reviewed, "reviewed"},
        {ListingState::publicised, "publicised"},
        {ListingState::listed, "listed"},
        {ListingState::suspended, "suspended"},
        {ListingState::delisted, "delisted"}};
    return names;
}

const Names<ListingKind>& kind_names() {
    static const Names<ListingKind> names{
        {ListingKind::won_with_volume, "won_with_volume"},
        {ListingKind::non_winning, "non_winning"},
        {ListingKind::negotiated, "negotiated"},
        {ListingKind::direct, "direct"},
        {ListingKind::shortage, "shortage"},
        {ListingKind::filed, "filed"},
        {ListingKind::emergency, "emergency"}};
    return names;
}

template <typename Type>
std::vector<Type> all_of(const Names<Type>& names) {
    std::vector<Type> all;
    for (const auto& [value, name] : names) all.push_back(value);
    return all;
}

template <typename Type>
std::string_view name_in(const Names<Type>& names, Type wanted) {
    for (const auto& [value, name] : names) {
        if (value == wanted) return name;
    }
    return "";
}

template <typename Type>
std::optional<Type> find_in(const Names<Type>& names, std::string_view wanted) {
    for (const auto& [value, name] : names) {
        if (name == wanted) return value;
    }
    return std::nullopt;
}

bool needs_publicity(ListingKind kind) {
    return kind == ListingKind::non_winning || kind == ListingKind::direct ||
           kind == ListingKind::filed;
}

}  // namespace

const std::vector<Act>& all_acts() {
    static const std::vector<Act> all = all_of(act_names());
    return all;
}

const std::vector<ListingState>& all_states() {
    static const std::vector<ListingState> all = all_of(state_names());
    return all;
}

const std::vector<ListingKind>& all_kinds() {
    static const std::vector<ListingKind> all = all_of(kind_names());
    return all;
}

std::string_view name_of(Act act) {
    return name_in(act_names(), act);
}

std::string_view name_of(ListingState state) {
    return name_in(state_names(), state);
}

std::string_view name_of(ListingKind kind) {
    return name_in(kind_names(), kind);
}

std::optional<Act> find_act(std::string_view name) {
    return find_in(act_names(), name);
}

std::optional<ListingState> find_state(std::string_view name) {
    return find_in(state_names(), name);
}

std::optional<ListingKind> find_listing_kind(std::string_view name) {
    return find_in(kind_names(), name);
}

std::optional<ListingState> after(Act act, ListingState state, ListingKind kind) {
    switch (act) {
        case Act::review:
            if (state == ListingState::declared) return ListingState::reviewed;
            break;
        case Act::publicise:
            if (state == ListingState::reviewed) return ListingState::publicised;
            break;
        case Act::list:
            if (state == ListingState::publicised) return ListingState::listed;
            if (state == ListingState::reviewed && !needs_publicity(kind)) {
                return ListingState::listed;
            }
            break;
        case Act::reject:
            if (state < ListingState::listed) return ListingState::delisted;
            break;
        case Act::suspend:
            if (state == ListingState::listed) return ListingState::suspended;
            break;
        case Act::resume:
            if (state == ListingState::suspended) return ListingState::listed;
            break;
        case Act::delist:
            if (state == ListingState::listed || state == ListingState::suspended) {
                return ListingState::delisted;
            }
            break;
        case Act::relist:
            if (state == ListingState::delisted) return ListingState::declared;
            break;
    }
    return std::nullopt;
}

std::vector<Act> possible(ListingState state, ListingKind kind) {
    std::vector<Act> acts;
    for (const Act act : all_acts()) {
        if (after(act, state, kind)) acts.push_back(act);
    }
    return acts;
}

bool needs_reason(Act act) {
    return act >= Act::reject;
}

const std::vector<access::Role>& roles_for(Act /*act*/) {
    static const std::vector<access::Role> officers{
        access::Role::procurement_officer, access::Role::bureau_province};
    return officers;
}

}  // namespace jicai::listing
