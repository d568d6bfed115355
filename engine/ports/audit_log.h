#pragma once

#include <engine/decision/message.h>
#include <engine/ports/clock.h>
#include <engine/ports/page.h>

#include <cstdint>
#include <optional>
#include <string>

namespace jicai::ports {

/// One thing that somebody did or tried. Appended in the transaction of what it tells about, never
/// changed. Sealed into the hash chain shortly afterwards, in batches.
struct AuditEntry {
    std::int64_t id = 0;
    Moment at;
    std::int64_t user = 0;  ///< 0: nobody logged in
    std::string login;      ///< as it was then; for a failed log-in: what was typed
    std::int64_t organisation = 0;
    std::int64_t key = 0;  ///< API key, 0: none
    std::string address;   ///< the true one, behind trusted proxies too
    std::string request_id;
    std::string action;  ///< "user.created", "session.failed"; message audit.<action>
    std::string object;  ///< "user:17", "round:GY-YD2019-2"; empty: none
    std::string result;  ///< "done", or the key of the refusal
    std::string before;  ///< canonical JSON, empty: nothing; secrets never
    std::string after;
    std::int64_t seal = 0;  ///< number of the sealed batch, 0: not sealed yet
    std::string hash;       ///< hex, empty: not sealed yet
};

struct AuditQuery {
    std::optional<Moment> from;
    std::optional<Moment> until;  ///< exclusive
    std::string login;
    std::string action;  ///< first letters
    std::string object;
    std::int64_t organisation = 0;
    std::int64_t only = 0;  ///< the entry of this id alone; 0: all
    Page page;              ///< newest first
};

/// What a walk along the chain found.
struct AuditVerification {
    std::int64_t seals = 0;
    std::int64_t entries = 0;
    std::int64_t unsealed = 0;
    std::string head;  ///< hash of the last seal
    bool whole = true;
    std::string
        broken;  ///< the first broken link: "seal 12, entry 3456: text differs from its hash"
    std::int64_t broken_seal = 0;
    std::int64_t broken_entry = 0;
    decision::Message broken_why;  ///< the same for people (database.chain_*); no key: whole
};

class AuditLog {
public:
    virtual ~AuditLog() = default;
    virtual void append(const AuditEntry& entry) = 0;
    virtual Found<AuditEntry> find(const AuditQuery& query) = 0;
    virtual AuditVerification verify() = 0;
};

}  // namespace jicai::ports
