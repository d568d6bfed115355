#pragma once

#include <catalogs/sheet/xml_reader.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// What the sheets of a workbook refer to: texts and number formats.

namespace jicai::catalogs::sheet {

/// All shared texts together may have so many bytes and be so many.
inline constexpr std::size_t kSharedBytesMax = 64U << 20U;
inline constexpr std::size_t kSharedTextsMax = 4'000'000;

/// The shared texts, in one piece of memory.
class SharedTexts {
public:
    void add(std::string_view text);
    [[nodiscard]] std::size_t size() const { return ends_.size(); }
    [[nodiscard]] std::size_t bytes() const { return bytes_.size(); }
    /// \pre index < size()
    [[nodiscard]] std::string_view operator[](std::size_t index) const;

private:
    std::string bytes_;
    std::vector<std::size_t> ends_;
};

/// False after a fault: those of read_xml, workbook_bomb.
bool read_shared_texts(
    ZipParts& parts, const std::string& part, text_table::FaultList& faults, SharedTexts& texts
);

/// By number of a cell's style: whether it shows dates.
bool read_date_styles(
    ZipParts& parts,
    const std::string& part,
    text_table::FaultList& faults,
    std::vector<bool>& is_date
);

/// `text` with the escapes of OOXML (_x000D_) resolved.
[[nodiscard]] std::string unescaped(std::string_view text);

}  // namespace jicai::catalogs::sheet
