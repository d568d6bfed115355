#pragma once

#include <engine/decision/json.h>
#include <engine/ports/listing_store.h>
#include <web/server/request.h>
#include <web/server/services.h>

/// \file
/// Compensations, price rises and filed purchases as the API shows them: rows and their schemas.

namespace jicai::web {

/// What is due to those who paid more than was in force.
[[nodiscard]] decision::Json::Object compensation_row(
    const Services& services, const Request& request, const ports::Compensation& one
);
[[nodiscard]] decision::Json::Object compensation_members();
/// A price rise asked for.
[[nodiscard]] decision::Json::Object rise_row(
    const Services& services, const Request& request, const ports::PriceRise& one
);
[[nodiscard]] decision::Json::Object rise_members();
/// A filed purchase of a hospital.
[[nodiscard]] decision::Json::Object filing_row(
    const Services& services, const Request& request, const ports::FiledPurchase& one
);
[[nodiscard]] decision::Json::Object filing_members();

}  // namespace jicai::web
