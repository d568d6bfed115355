#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// The head of an HTTP/1.1 request, strictly read (RFC 9112). What two programs could read in two
/// ways is refused, so that nothing can be smuggled past a proxy: Transfer-Encoding beside
/// Content-Length, a Content-Length that stands twice or is not digits alone, folded lines, bare
/// line feeds, blanks before a colon, missing or repeated Host.

namespace jicai::web {

inline constexpr std::size_t kHeadBytesMax = std::size_t{32} * 1024;  ///< request line and headers
inline constexpr std::size_t kTargetBytesMax = 4096;
inline constexpr std::size_t kHeaderLinesMax = 100;

struct HeaderField {
    std::string_view name;   ///< lower case
    std::string_view value;  ///< without blanks around it
};

/// Views into the block it was read from.
struct HttpHead {
    std::string_view method;  ///< as sent: "GET"
    std::string_view target;  ///< as sent: "/api/rounds?page=2"
    bool http_1_0 = false;
    bool keep_alive = true;
    bool chunked = false;
    bool expects_continue = false;
    std::int64_t content_length = -1;  ///< -1: none given
    std::vector<HeaderField> fields;

    /// Of the first field of that lower-case name; empty: none.
    [[nodiscard]] std::string_view field(std::string_view name) const;
    [[nodiscard]] bool has_body() const { return chunked || content_length > 0; }
};

/// Why a head is refused.
struct HeadFault {
    const char* key =
        "";  ///< request.not_understood, request.uri_too_long, request.header_too_large
    const char* detail = "";  ///< English, for request.not_understood
};

/// Where the head ends in `bytes`: the offset behind its empty line; npos: not there yet.
[[nodiscard]] std::size_t end_of_head(std::string_view bytes, std::size_t searched);

/// Reads `block` (all of a head with its empty line). Field names are put into lower case in place.
[[nodiscard]] std::optional<HeadFault> read_head(std::string& block, HttpHead& head);

}  // namespace jicai::web
