#include <reports/text_width.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace jicai::reports {
namespace {

struct CodeRange {
    std::uint32_t first;
    std::uint32_t last;
};

// Unicode 15 East Asian Width W and F, merged where the gaps hold nothing a report prints.
constexpr std::array<CodeRange, 14> kWide{{
    {0x1100, 0x115F},
    {0x2E80, 0x303E},
    {0x3041, 0x33FF},
    {0x3400, 0x4DBF},
    {0x4E00, 0x9FFF},
    {0xA000, 0xA4CF},
    {0xA960, 0xA97F},
    {0xAC00, 0xD7A3},
    {0xF900, 0xFAFF},
    {0xFE30, 0xFE6F},
    {0xFF00, 0xFF60},
    {0xFFE0, 0xFFE6},
    {0x1F300, 0x1F9FF},
    {0x20000, 0x3FFFD},
}};
constexpr std::array<CodeRange, 5> kZero{{
    {0x0300, 0x036F},
    {0x200B, 0x200F},
    {0x20D0, 0x20FF},
    {0xFE00, 0xFE0F},
    {0xFEFF, 0xFEFF},
}};

template <std::size_t N>
bool holds(const std::array<CodeRange, N>& ranges, std::uint32_t code) {
    return std::any_of(ranges.begin(), ranges.end(), [code](const CodeRange& range) {
        return range.first <= code && code <= range.last;
    });
}

/// Length of the sequence a lead byte announces; 1 for anything that is no lead byte.
std::size_t sequence_length(unsigned char lead) {
    if (lead >= 0xF0U && lead < 0xF8U) return 4;
    if (lead >= 0xE0U) return lead < 0xF0U ? 3 : 1;
    return lead >= 0xC0U ? 2 : 1;
}

}  // namespace

std::size_t display_width(std::string_view text) {
    std::size_t cells = 0;
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t length = std::min(sequence_length(lead), text.size() - i);
        std::uint32_t code = length == 1 ? lead : lead & (0x7FU >> length);
        for (std::size_t k = 1; k < length; ++k) {
            code = (code << 6U) | (static_cast<unsigned char>(text[i + k]) & 0x3FU);
        }
        i += length;
        if (!holds(kZero, code)) cells += holds(kWide, code) ? 2U : 1U;
    }
    return cells;
}

std::string padded(std::string_view text, std::size_t width, Align align) {
    const std::size_t cells = display_width(text);
    const std::string blanks(width > cells ? width - cells : 0, ' ');
    return align == Align::right ? blanks + std::string(text) : std::string(text) + blanks;
}

}  // namespace jicai::reports
