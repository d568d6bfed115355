#pragma once

#include <catalogs/messages/message_catalog.h>
#include <engine/ports/clock.h>
#include <engine/ports/secrets.h>
#include <engine/ports/store.h>
#include <web/server/request.h>

#include <functional>
#include <string>

namespace jicai::web {

class Passwords;     // passwords.h: argon2id with capped concurrency
class Rounds;        // rounds.h: decided rounds in memory, pages of them
class LiveVolumes;   // live_volumes.h: sums of volume reports in memory
class DemoClock;     // demo_clock.h: the clock, and how fast it runs
struct NoticeParts;  // notice_parts.h: unread notices, channels offered

/// What handlers work with. Lives as long as the service.
struct Services {
    ports::Store& store;
    const ports::Clock& clock;
    const catalogs::MessageCatalog& words;
    Passwords& passwords;
    ports::Secrets& secrets;
    Rounds& rounds;
    DemoClock& demo_clock;
    LiveVolumes* live_volumes = nullptr;  ///< never null in the service
    NoticeParts& notice_parts;
    bool demo = false;          ///< demo data and accounts are offered
    bool tls = false;           ///< cookies are Secure, HSTS is sent
    std::string version;        ///< of the program
    std::string data_key = {};  ///< seals second-factor secrets at rest: 32 bytes
    ports::Moment started_at;   ///< of the wall
    std::function<std::string()> metrics_text = {};  ///< of GET /metrics
    /// The accounts a demo offers, as GET /api/service shows them; empty: none.
    std::function<decision::Json(const Request&)> demo_accounts = {};
};

}  // namespace jicai::web
