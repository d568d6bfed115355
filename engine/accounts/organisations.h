#pragma once

#include <engine/access/access.h>
#include <engine/decision/message.h>
#include <engine/ports/store.h>

#include <vector>

namespace jicai::accounts {

struct ChangedOrganisation {
    ports::Organisation organisation;
    std::vector<decision::Message> warnings;  ///< saved all the same
    std::vector<ports::AuditEntry> audit;
};

/// Adds an organisation. Refused: organisation.code_form (unified social credit code; hospitals and
/// pharmacies also their medical institution code), organisation.name_missing, organisation.region,
/// organisation.parent (unknown), organisation.code_taken. Warnings: organisation.check_digit,
/// organisation.code_region.
[[nodiscard]] ChangedOrganisation add_organisation(
    ports::Transaction& transaction, const ports::Organisation& organisation
);

/// Changes everything but the id; `version` is the one that was read. Disabling ends the log-ins of
/// its people. Refused as above, and: organisation.not_found, organisation.own (disabling one's
/// own), organisation.parent_below (a ring), organisation.kind_in_use (people hold roles that the
/// new kind has not), organisation.has_administrators (disabling it would leave none of a kind),
/// people.changed.
[[nodiscard]] ChangedOrganisation change_organisation(
    ports::Transaction& transaction,
    const access::Actor& actor,
    const ports::Organisation& organisation
);

}  // namespace jicai::accounts
