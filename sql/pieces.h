#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace jicai::sql {

/// Bytes of one row of a long file: below every server's limit of a packet.
inline constexpr std::size_t kPieceBytes = std::size_t{1} << 20U;

/// Calls take(number, bytes) for each piece in order; at least once, so that an empty file is a
/// file.
template <typename Take>
void each_piece(const std::string& bytes, const Take& take) {
    std::int64_t number = 0;
    std::size_t begin = 0;
    do {
        take(number++, bytes.substr(begin, kPieceBytes));
        begin += kPieceBytes;
    } while (begin < bytes.size());
}

}  // namespace jicai::sql
