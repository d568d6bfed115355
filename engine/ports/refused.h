#pragma once

#include <engine/decision/message.h>
#include <engine/ports/audit_log.h>

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace jicai::ports {

/// One value of a request that is not acceptable.
struct FieldFault {
    std::string field;  ///< JSON pointer ("/name") or name of a parameter
    std::string value;  ///< as given; secrets never
    decision::Message message;
};

/// A refusal on its way out of a transaction, which rolls back. Use cases throw it; the edge
/// answers with the status its table gives this message.
class Refused : public std::runtime_error {
public:
    explicit Refused(decision::Message why, std::vector<FieldFault> faults = {})
        : std::runtime_error(why.key), why_(std::move(why)), faults_(std::move(faults)) {}
    /// What to say.
    [[nodiscard]] const decision::Message& why() const { return why_; }
    /// The single values, where they are known.
    [[nodiscard]] const std::vector<FieldFault>& faults() const { return faults_; }

    /// Saved in a transaction of its own although the request failed (a failed log-in).
    std::vector<AuditEntry> audit = {};

private:
    decision::Message why_;
    std::vector<FieldFault> faults_;
};

}  // namespace jicai::ports
