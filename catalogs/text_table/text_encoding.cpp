#include <catalogs/text_table/text_encoding.h>

#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <optional>
#include <stdexcept>

namespace jicai::catalogs::text_table {

namespace {

constexpr std::string_view kBom = "\xEF\xBB\xBF";

bool starts_with(std::string_view bytes, std::string_view magic) {
    return bytes.substr(0, magic.size()) == magic;
}

std::uint64_t row_of(std::string_view bytes, std::size_t offset) {
    const std::string_view before = bytes.substr(0, offset);
    return 1 + static_cast<std::uint64_t>(std::count(before.begin(), before.end(), '\n'));
}

std::string_view line_at(std::string_view bytes, std::size_t offset) {
    const std::size_t before = bytes.substr(0, offset).rfind('\n');
    const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
    const std::size_t end = std::min(bytes.find('\n', offset), bytes.size());
    std::string_view line = bytes.substr(begin, end - begin);
    constexpr std::size_t kLineShownMax = 400;
    return line.substr(0, kLineShownMax);
}

class Gb18030Decoder {
public:
    Gb18030Decoder() : handle_(::iconv_open("UTF-8", "GB18030")) {
        if (handle_ == reinterpret_cast<iconv_t>(-1)) {
            throw std::runtime_error("iconv cannot convert GB18030 to UTF-8 on this system");
        }
    }
    ~Gb18030Decoder() { ::iconv_close(handle_); }
    Gb18030Decoder(const Gb18030Decoder&) = delete;
    Gb18030Decoder& operator=(const Gb18030Decoder&) = delete;

    /// Offset of the first byte that is not GB18030; bytes.size() when all is. Appends what was
    /// decoded to `text` when there is one.
    std::size_t decode(std::string_view bytes, std::string* text) {
        std::array<char, 64 * 1024> buffer{};
        // iconv's signature has no const; it never writes to its input.
        char* in = const_cast<char*>(bytes.data());
        std::size_t in_left = bytes.size();
        while (in_left > 0) {
            char* out = buffer.data();
            std::size_t out_left = buffer.size();
            const std::size_t answer = ::iconv(handle_, &in, &in_left, &out, &out_left);
            if (text != nullptr) text->append(buffer.data(), buffer.size() - out_left);
            if (answer == static_cast<std::size_t>(-1) && errno != E2BIG) break;
        }
        return bytes.size() - in_left;
    }

private:
    iconv_t handle_;
};

bool is_gb18030(std::string_view bytes) {
    return Gb18030Decoder().decode(bytes, nullptr) == bytes.size();
}

/// Lines by what their bytes are. A line counts as UTF-8 only with a character of three bytes or
/// more, as Chinese ones have: two bytes of GB18030 may pass for a two-byte character by chance.
struct LineKinds {
    bool any_utf8 = false;
    std::size_t first_invalid = std::string_view::npos;  ///< offset of the offending byte
};

LineKinds kinds_of_lines(std::string_view bytes) {
    LineKinds kinds;
    for (std::size_t begin = 0; begin < bytes.size();) {
        const std::size_t end = std::min(bytes.find('\n', begin), bytes.size());
        const std::string_view line = bytes.substr(begin, end - begin);
        const std::size_t valid = utf8_valid_up_to(line);
        if (valid < line.size()) {
            if (kinds.first_invalid == std::string_view::npos) kinds.first_invalid = begin + valid;
        } else if (!kinds.any_utf8) {
            kinds.any_utf8 = std::any_of(line.begin(), line.end(), [](char c) {
                return static_cast<unsigned char>(c) >= 0xE0;
            });
        }
        begin = end + 1;
    }
    return kinds;
}

void add_not_utf8(std::string_view bytes, FaultList& faults) {
    const LineKinds kinds = kinds_of_lines(bytes);
    const Place place{row_of(bytes, kinds.first_invalid), {}, line_at(bytes, kinds.first_invalid)};
    if (kinds.any_utf8) {
        faults.add(FaultKind::encoding_mixed, place);
    } else if (is_gb18030(bytes)) {
        std::string line;
        Gb18030Decoder().decode(place.value, &line);
        faults.add(FaultKind::encoding_looks_gb18030, {place.row, {}, line});
    } else {
        faults.add(FaultKind::encoding_invalid, place);
    }
}

bool refuse_by_magic(std::string_view bytes, FaultList& faults) {
    constexpr std::string_view kOle = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
    if (starts_with(bytes, "PK\x03\x04") || starts_with(bytes, kOle)) {
        faults.add(FaultKind::file_spreadsheet, {});
        return true;
    }
    if (starts_with(bytes, "\xFF\xFE") || starts_with(bytes, "\xFE\xFF")) {
        faults.add(FaultKind::file_utf16, {});
        return true;
    }
    return false;
}

bool refuse_nul(std::string_view bytes, FaultList& faults) {
    const std::size_t nul = bytes.find('\0');
    if (nul == std::string_view::npos) return false;
    faults.add(FaultKind::file_nul, {row_of(bytes, nul), {}, line_at(bytes, nul)});
    return true;
}

void decode_gb18030(std::string_view bytes, FaultList& faults, DecodedText& out) {
    out.converted.reserve(bytes.size() + bytes.size() / 2);
    const std::size_t valid = Gb18030Decoder().decode(bytes, &out.converted);
    if (valid < bytes.size()) {
        const FaultKind kind = utf8_valid_up_to(bytes) == bytes.size()
                                   ? FaultKind::encoding_is_utf8
                                   : FaultKind::encoding_not_gb18030;
        faults.add(kind, {row_of(bytes, valid), {}, line_at(bytes, valid)});
        return;
    }
    // GB18030 reaches every code point, the byte order mark and NUL among them.
    if (refuse_nul(out.converted, faults)) return;
    out.text = without_bom(out.converted);
    out.valid = true;
}

}  // namespace

std::size_t utf8_length(std::string_view bytes) {
    if (bytes.empty()) return 0;
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    const unsigned char lead = at(0);
    if (lead < 0x80) return 1;
    if (lead < 0xC2 || lead > 0xF4) return 0;
    const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (bytes.size() < length) return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if ((at(i) & 0xC0U) != 0x80U) return 0;
    }
    if (lead == 0xE0 && at(1) < 0xA0) return 0;  // overlong
    if (lead == 0xED && at(1) > 0x9F) return 0;  // surrogate
    if (lead == 0xF0 && at(1) < 0x90) return 0;  // overlong
    if (lead == 0xF4 && at(1) > 0x8F) return 0;  // above U+10FFFF
    return length;
}

std::size_t utf8_valid_up_to(std::string_view bytes) {
    constexpr std::uint64_t kHighBits = 0x8080808080808080U;
    std::size_t i = 0;
    while (i < bytes.size()) {
        if (i + 8 <= bytes.size()) {
            std::uint64_t word = 0;
            std::memcpy(&word, bytes.data() + i, 8);
            if ((word & kHighBits) == 0) {
                i += 8;
                continue;
            }
        }
        const std::size_t length = utf8_length(bytes.substr(i, 4));
        if (length == 0) return i;
        i += length;
    }
    return i;
}

std::string_view without_bom(std::string_view bytes) {
    return starts_with(bytes, kBom) ? bytes.substr(kBom.size()) : bytes;
}

void decode_text(std::string_view bytes, Encoding encoding, FaultList& faults, DecodedText& out) {
    if (refuse_by_magic(bytes, faults) || refuse_nul(bytes, faults)) return;
    if (encoding == Encoding::gb18030 && !starts_with(bytes, kBom)) {
        decode_gb18030(bytes, faults, out);
        return;
    }
    if (utf8_valid_up_to(bytes) < bytes.size()) {
        add_not_utf8(bytes, faults);
        return;
    }
    out.text = without_bom(bytes);
    out.valid = true;
}

void decode_toml_text(
    std::string_view bytes, Encoding encoding, FaultList& faults, DecodedText& out
) {
    const bool utf8 = utf8_valid_up_to(bytes) == bytes.size();
    decode_text(bytes, utf8 ? Encoding::utf8 : encoding, faults, out);
}

}  // namespace jicai::catalogs::text_table
