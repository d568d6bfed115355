#include <engine/access/role.h>

namespace jicai::access {
namespace {

bool is_administrator(Role role) {
    return role == Role::system_administrator || role == Role::security_administrator ||
           role == Role::audit_administrator;
}

bool is_supervised(Role role) {
    return role == Role::procurement_officer || role == Role::bid_opener || role == Role::expert;
}

}  // namespace

bool needs_second_factor(Role role) {
    return is_administrator(role) || role == Role::procurement_officer || role == Role::bid_opener;
}

bool compatible(Role a, Role b) {
    if (a == b || a == Role::anyone || b == Role::anyone) return true;
    if (is_administrator(a) || is_administrator(b)) return false;
    return !(a == Role::notary_supervisor && is_supervised(b)) &&
           !(b == Role::notary_supervisor && is_supervised(a));
}

}  // namespace jicai::access
