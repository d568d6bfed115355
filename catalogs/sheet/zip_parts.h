#pragma once

#include <catalogs/text_table/fault_list.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// The parts of a zip archive somebody sent us, unpacked in pieces and in bounds: what its headers
/// say of sizes is not believed.

namespace jicai::catalogs::sheet {

/// Files larger than this are refused unread.
inline constexpr std::size_t kFileBytesMax = 64U << 20U;
/// All parts read together may unpack to so much.
inline constexpr std::uint64_t kUnpackedBytesMax = 256U << 20U;
/// A part that unpacks to more than kRatioFreeBytes may be at most so many times its packed size.
/// Workbooks of office programs stay below 100.
inline constexpr std::uint64_t kRatioMax = 200;
inline constexpr std::uint64_t kRatioFreeBytes = 16U << 20U;
inline constexpr std::size_t kPartsMax = 4'000;

/// What a function that takes pieces of a part answers.
enum class Take : std::uint8_t { more, stop };

class ZipParts {
public:
    /// `bytes` must outlive this. Faults: workbook_parts_too_many, workbook_damaged.
    ZipParts(std::string_view bytes, text_table::FaultList& faults);
    ~ZipParts();
    ZipParts(const ZipParts&) = delete;
    ZipParts& operator=(const ZipParts&) = delete;

    [[nodiscard]] bool is_open() const;
    /// Of all parts, in the archive's order; those of folders end with a slash.
    [[nodiscard]] std::vector<std::string> names() const;
    /// Names are compared without regard to case, as office programs do.
    [[nodiscard]] bool has(const std::string& name) const;
    /// Hands the part over in pieces, until `take` stops. False after a fault: part_missing,
    /// workbook_bomb, workbook_damaged.
    bool read(const std::string& name, const std::function<Take(std::string_view)>& take);

private:
    struct Archive;
    std::unique_ptr<Archive> archive_;
    text_table::FaultList& faults_;
    std::uint64_t unpacked_ = 0;
};

}  // namespace jicai::catalogs::sheet
