#include <web/server/target.h>

#include <algorithm>
#include <cstdint>

namespace jicai::web {
namespace {

int hex(char digit) {
    if (digit >= '0' && digit <= '9') return digit - '0';
    if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
    if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
    return -1;
}

/// Decodes %XX, and in queries + for a blank. Words for what is wrong.
const char* decode(std::string_view text, bool query, std::string& out) {
    out.clear();
    for (std::size_t i = 0; i < text.size(); ++i) {
        char byte = text[i];
        if (byte == '%') {
            const int high = i + 2 < text.size() ? hex(text[i + 1]) : -1;
            const int low = i + 2 < text.size() ? hex(text[i + 2]) : -1;
            if (high < 0 || low < 0) return "percent sign";
            byte = static_cast<char>(high * 16 + low);
            i += 2;
        } else if (byte == '+' && query) {
            byte = ' ';
        }
        const auto code = static_cast<unsigned char>(byte);
        if (code < 0x20 || code == 0x7F) return "control character";
        out += byte;
    }
    return is_utf8(out) ? nullptr : "not UTF-8";
}

const char* read_path(std::string_view path, Target& out) {
    path.remove_prefix(1);
    out.path = "/";
    while (!path.empty()) {
        const std::size_t slash = path.find('/');
        std::string segment;
        if (const char* fault = decode(path.substr(0, slash), false, segment)) return fault;
        if (segment.empty() || segment == "." || segment == "..") return "path";
        if (segment.find_first_of("/\\") != std::string::npos) return "path";
        if (out.path.size() > 1) out.path += '/';
        out.path += segment;
        out.segments.push_back(std::move(segment));
        if (slash == std::string_view::npos) return nullptr;
        path.remove_prefix(slash + 1);
        if (path.empty()) return "path";
    }
    return nullptr;
}

const char* read_query(std::string_view query, Target& out) {
    while (!query.empty()) {
        const std::size_t end = query.find('&');
        const std::string_view pair = query.substr(0, end);
        const std::size_t equals = pair.find('=');
        std::string name;
        std::string value;
        if (const char* fault = decode(pair.substr(0, equals), true, name)) return fault;
        if (equals != std::string_view::npos) {
            if (const char* fault = decode(pair.substr(equals + 1), true, value)) return fault;
        }
        if (name.empty()) return "query";
        out.query.emplace_back(std::move(name), std::move(value));
        query.remove_prefix(end == std::string_view::npos ? query.size() : end + 1);
    }
    return nullptr;
}

}  // namespace

bool is_utf8(std::string_view bytes) {
    std::size_t i = 0;
    while (i < bytes.size()) {
        const auto lead = static_cast<unsigned char>(bytes[i]);
        if (lead < 0x80) {
            ++i;
            continue;
        }
        const std::size_t more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
        if (lead < 0xC2 || lead > 0xF4 || i + more >= bytes.size()) return false;
        std::uint32_t code = lead & (0x3FU >> more);
        for (std::size_t k = 1; k <= more; ++k) {
            const auto next = static_cast<unsigned char>(bytes[i + k]);
            if ((next & 0xC0U) != 0x80) return false;
            code = code << 6U | (next & 0x3FU);
        }
        constexpr std::uint32_t kSmallest[] = {0, 0x80, 0x800, 0x10000};
        if (code < kSmallest[more] || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) {
            return false;
        }
        i += more + 1;
    }
    return true;
}

std::optional<std::string> read_target(std::string_view target, Target& out) {
    const std::size_t mark = target.find('?');
    if (const char* fault = read_path(target.substr(0, mark), out)) return fault;
    if (mark != std::string_view::npos) {
        if (const char* fault = read_query(target.substr(mark + 1), out)) return fault;
    }
    return std::nullopt;
}

}  // namespace jicai::web
