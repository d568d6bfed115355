#pragma once

#include <web/server/pipeline.h>
#include <web/server/request.h>
#include <web/server/route.h>
#include <web/server/router.h>
#include <web/server/target.h>

#include <string>
#include <string_view>

/// \file
/// The checks of a single request that need no database. All throw ports::Refused.

namespace jicai::web {

inline constexpr std::int64_t kBodyBytesMax = std::int64_t{1} << 20U;
inline constexpr std::size_t kParameterBytesMax = 500;

/// The language of ?lang, else of the cookie jicai_lang, else of Accept-Language, else Chinese.
[[nodiscard]] catalogs::Language language_of(const Target& target, const HttpHead& head);

/// Value of a cookie; empty: there is none, or it stands twice.
[[nodiscard]] std::string_view cookie_of(const HttpHead& head, std::string_view name);

/// Parameters of path and query into `request.parameters`, checked against the route's.
/// Refused: request.invalid with a fault for each.
void take_parameters(
    const Route& route,
    std::map<std::string, std::string> of_path,
    const Target& target,
    Request& request
);

/// Reads the body into `request.body` or `request.upload`; returns its bytes, of an upload the
/// digest. Large uploads are kept in `upload_directory`.
/// Refused: request.body_unexpected, request.body_missing, request.content_type,
/// request.too_large, request.json, request.invalid.
std::string take_body(
    const Route& route,
    const HttpHead& head,
    BodySource& source,
    const std::string& upload_directory,
    Request& request
);

/// That a write comes from a page of this service. Refused: access.origin.
void check_origin(const HttpHead& head);

/// The header Idempotency-Key. Refused: request.key_missing.
[[nodiscard]] std::string idempotency_key(const HttpHead& head);

/// Whether If-None-Match names `etag`.
[[nodiscard]] bool is_known(std::string_view if_none_match, std::string_view etag);

}  // namespace jicai::web
