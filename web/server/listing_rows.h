#pragma once

#include <engine/decision/json.h>
#include <engine/listing/order_check.h>
#include <engine/listing/pack_price.h>
#include <engine/ports/listing_store.h>
#include <engine/ports/store.h>
#include <web/server/answer.h>
#include <web/server/request.h>
#include <web/server/services.h>

#include <optional>
#include <string>
#include <vector>

/// \file
/// Entries of the listing register and its papers as the API shows them, and the schemas.

namespace jicai::web {

/// Yuan as text in a body: above 0, at most 4 decimals. Refused with listing.price_form.
[[nodiscard]] money::Price yuan_member(const Request& request, const std::string& member);
/// The same of any text.
[[nodiscard]] money::Price yuan_of(const std::string& text, const std::string& field);

/// Rows of entries with the price of `day`: what is kept of them is read in few statements.
[[nodiscard]] std::vector<decision::Json::Object> listing_rows(
    const Services& services,
    const Request& request,
    ports::Transaction& transaction,
    const std::vector<ports::Listing>& listings,
    const std::string& day
);
[[nodiscard]] decision::Json::Object listing_members();

/// GET /api/listings/{id}, also the answer of every change: the row, prices, events, ceilings of
/// today, compensations, what the one who asks may do. Refused with listing.not_found.
[[nodiscard]] decision::Json::Object listing_detail(
    const Services& services,
    const Request& request,
    ports::Transaction& transaction,
    std::int64_t listing
);
[[nodiscard]] decision::Json::Object listing_detail_members();

/// The same as the answer of a write.
[[nodiscard]] Answer listing_answer(
    const Services& services,
    const Request& request,
    ports::Transaction& transaction,
    std::int64_t listing,
    ports::AuditEntry audit,
    int status = 200,
    const decision::Json& working = {}
);
/// What such an answer has: the detail and `working`, null where no price was computed.
[[nodiscard]] decision::Json listing_answer_schema();

/// The working of a price by the ratio rule, as people read it.
[[nodiscard]] decision::Json working_json(
    const listing::PackPrice& price, money::Price from, std::int64_t units, std::int64_t to_units
);
/// The price of `to_units` in a pack of an entry's product, by the rule the program carries.
[[nodiscard]] listing::PackPrice pack_price_of(
    ports::Transaction& transaction,
    const ports::Listing& entry,
    std::int64_t to_units,
    const std::string& day
);

[[nodiscard]] decision::Json ceilings_json(
    const Services& services, const Request& request, const std::vector<listing::Ceiling>& ceilings
);
[[nodiscard]] decision::Json ceilings_schema();

/// Names for choices of schemas.
[[nodiscard]] std::vector<std::string> listing_kind_names();
[[nodiscard]] std::vector<std::string> listing_state_names();
[[nodiscard]] std::vector<std::string> listing_act_names();
[[nodiscard]] std::vector<std::string> rise_cause_names();

}  // namespace jicai::web
