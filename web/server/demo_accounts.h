#pragma once

#include <catalogs/messages/message_catalog.h>
#include <engine/decision/json.h>
#include <engine/ports/secrets.h>
#include <engine/ports/store.h>
#include <web/server/demo_rounds.h>

#include <string>
#include <vector>

namespace jicai::web {

/// Every account of a demo has this password.
inline constexpr const char* kDemoPassword = "Jicai#2026";

/// Makes one account per role, in invented organisations (codes with DEMA), and the real supplier
/// whose bids of the published rounds can be looked at. What is there already is left as it is, but
/// for passwords that would soon expire. Returns who runs the rounds.
DemoParties make_demo_accounts(ports::Store& store, ports::Secrets& secrets, ports::Moment wall);

/// What GET /api/service shows of them, by role; `code` is the second factor's at `wall`.
[[nodiscard]] decision::Json demo_accounts_json(
    ports::Store& store,
    ports::Secrets& secrets,
    const catalogs::MessageCatalog& words,
    catalogs::Language language,
    ports::Moment wall
);

}  // namespace jicai::web
