#include <catalogs/messages/fault_text.h>

#include <algorithm>
#include <array>
#include <utility>

namespace jicai::catalogs {

namespace {

constexpr std::size_t kShownBeforeCaret = 60;
constexpr std::size_t kShownAfterCaret = 60;
constexpr std::string_view kIndent = "    ";
constexpr std::string_view kEllipsis = "…";
constexpr std::string_view kFullWidthSpace = "\u3000";
constexpr std::string_view kControlShown = "·";

struct Character {
    char32_t code;
    std::string_view bytes;
};

/// The characters of UTF-8 text; a byte that belongs to none stands for itself with code 0.
std::vector<Character> characters(std::string_view text) {
    std::vector<Character> result;
    std::size_t i = 0;
    while (i < text.size()) {
        const auto lead = static_cast<unsigned char>(text[i]);
        std::size_t length = 1;
        char32_t code = lead < 0x80U ? lead : 0U;
        if (lead >= 0xC2U && lead <= 0xDFU) length = 2;
        if (lead >= 0xE0U && lead <= 0xEFU) length = 3;
        if (lead >= 0xF0U && lead <= 0xF4U) length = 4;
        if (i + length > text.size()) length = 1;
        if (length > 1) code = lead & (0xFFU >> (length + 1));
        for (std::size_t k = 1; k < length; ++k) {
            const auto next = static_cast<unsigned char>(text[i + k]);
            if ((next & 0xC0U) != 0x80U) {
                length = 1;
                code = 0;
                break;
            }
            code = (code << 6U) | (next & 0x3FU);
        }
        result.push_back({code, text.substr(i, length)});
        i += length;
    }
    return result;
}

bool is_control(const Character& character) {
    return character.code < 0x20U || character.code == 0x7FU;
}

void append_caret_lines(std::string& text, const Fault& fault) {
    const std::vector<Character> line = characters(fault.source_line);
    const std::size_t caret = std::min(
        static_cast<std::size_t>(std::max<std::uint64_t>(fault.column_number, 1) - 1), line.size()
    );
    const std::size_t begin = caret > kShownBeforeCaret ? caret - kShownBeforeCaret : 0;
    const std::size_t end = std::min(line.size(), caret + kShownAfterCaret);
    std::string shown(kIndent);
    std::string under(kIndent);
    if (begin > 0) {
        shown += kEllipsis;
        under += ' ';
    }
    for (std::size_t i = begin; i < end; ++i) {
        const bool tab = line[i].code == U'\t';
        shown += is_control(line[i]) && !tab ? kControlShown : line[i].bytes;
        if (i >= caret) continue;
        if (tab) {
            under += '\t';
        } else if (is_wide(line[i].code)) {
            under += kFullWidthSpace;
        } else {
            under += ' ';
        }
    }
    if (end < line.size()) shown += kEllipsis;
    text += '\n' + shown + '\n' + under + '^';
}

}  // namespace

bool is_wide(char32_t character) {
    static constexpr std::array<std::pair<char32_t, char32_t>, 18> kWide{{
        {0x1100, 0x115F},
        {0x231A, 0x231B},
        {0x2329, 0x232A},
        {0x2E80, 0x303E},
        {0x3041, 0x33FF},
        {0x3400, 0x4DBF},
        {0x4E00, 0x9FFF},
        {0xA000, 0xA4CF},
        {0xA960, 0xA97F},
        {0xAC00, 0xD7A3},
        {0xF900, 0xFAFF},
        {0xFE10, 0xFE19},
        {0xFE30, 0xFE6F},
        {0xFF01, 0xFF60},
        {0xFFE0, 0xFFE6},
        {0x1F300, 0x1F64F},
        {0x1F900, 0x1F9FF},
        {0x20000, 0x3FFFD},
    }};
    return std::any_of(kWide.begin(), kWide.end(), [character](const auto& range) {
        return character >= range.first && character <= range.second;
    });
}

std::string fault_text(const MessageCatalog& catalog, Language language, const Fault& fault) {
    std::string text = fault.file;
    if (fault.row > 0) text += ':' + std::to_string(fault.row);
    if (fault.row > 0 && fault.column_number > 0) text += ':' + std::to_string(fault.column_number);
    if (!text.empty()) text += ": ";
    text += catalog.render(language, fault.message);
    if (!fault.source_line.empty()) append_caret_lines(text, fault);
    return text;
}

}  // namespace jicai::catalogs
