#pragma once

#include <catalogs/fault.h>
#include <engine/decision/json.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// \file
/// The text of a certificate (docs/certificate.md), strictly decoded. What a certificate never
/// holds is refused: the same name twice in one object, a name that is not ASCII, a number that is
/// not whole or is above 2^53 - 1 in size, bytes that are not UTF-8, a byte order mark, a lone
/// surrogate, text after the end, more than 64 nested values, more than 1 GiB. The bytes need not
/// be canonical: blanks and the order of names do not matter.
///
///     const CertificateRead read = read_certificate("certificate.json", bytes);
///     if (read.fault) report(*read.fault); else verify(*read.document);

namespace jicai::catalogs {

inline constexpr std::uint64_t kCertificateBytesMax = std::uint64_t{1} << 30U;
inline constexpr std::size_t kCertificateDepthMax = 64;

/// Exactly one of the two is set.
struct CertificateRead {
    std::optional<decision::Json> document;
    /// Keys fault.certificate_*; argument `offset` is the byte (from 0) at which reading stopped.
    std::optional<Fault> fault;
};

/// Decodes `bytes`; `file` is the name used in the fault. Only the first fault is reported: nothing
/// after it can be read. Throws nothing but std::bad_alloc.
[[nodiscard]] CertificateRead read_certificate(const std::string& file, std::string_view bytes);

}  // namespace jicai::catalogs
