#pragma once

#include <engine/decision/json.h>
#include <engine/ports/price_store.h>
#include <engine/prices/exclusions.h>
#include <web/server/request.h>
#include <web/server/services.h>

#include <string>
#include <vector>

/// \file
/// Observations and reviews as the API shows them, and the schemas of these rows.

namespace jicai::web {

/// "counts", "excluded", "pending", "rejected".
[[nodiscard]] std::string state_of(const ports::PriceObservation& observation);
[[nodiscard]] std::vector<std::string> observation_states();
[[nodiscard]] std::vector<std::string> source_words();

[[nodiscard]] decision::Json::Object observation_row(
    const Services& services, const Request& request, const ports::PriceObservation& observation
);
[[nodiscard]] decision::Json::Object observation_members();
[[nodiscard]] decision::Json::Object review_row(
    const Services& services, const Request& request, const ports::PriceReview& review
);
[[nodiscard]] decision::Json::Object review_members();

/// Words of engine enums: the name of the value.
[[nodiscard]] std::string word_of(campaign::SourceClass source);
[[nodiscard]] std::string word_of(campaign::ObservationStatus status);
[[nodiscard]] std::string word_of(ports::PriceEventKind kind);

/// The observation of the path, if its region is within reach of whoever asks. Refused:
/// price.observation_not_found, price.region_not_yours.
[[nodiscard]] ports::PriceObservation need_observation(
    const Request& request, ports::Transaction& transaction
);
[[nodiscard]] prices::Doer doer_of_prices(const Request& request);

/// One observation with what was done to it.
[[nodiscard]] decision::Json observation_page(
    const Services& services,
    const Request& request,
    ports::Transaction& transaction,
    std::int64_t id
);
[[nodiscard]] decision::Json observation_page_schema();

}  // namespace jicai::web
