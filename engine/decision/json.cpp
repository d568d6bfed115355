#include <engine/decision/json.h>
#include <engine/money/check.h>

#include <algorithm>

namespace jicai::decision {
namespace {

constexpr std::int64_t kWholeNumberMax = (std::int64_t{1} << 53) - 1;

void write_text(std::string& out, std::string_view text) {
    constexpr std::string_view kHex = "0123456789abcdef";
    out += '"';
    for (const char byte : text) {
        const auto code = static_cast<unsigned char>(byte);
        switch (byte) {
            case '"':
                out += "\\\"";
                break;
            case '\\':
                out += "\\\\";
                break;
            case '\b':
                out += "\\b";
                break;
            case '\f':
                out += "\\f";
                break;
            case '\n':
                out += "\\n";
                break;
            case '\r':
                out += "\\r";
                break;
            case '\t':
                out += "\\t";
                break;
            default:
                if (code < 0x20) {
                    out += "\\u00";
                    out += kHex[code >> 4U];
                    out += kHex[code & 0xFU];
                } else {
                    out += byte;
                }
        }
    }
    out += '"';
}

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char byte) {
        return static_cast<unsigned char>(byte) < 0x80;
    });
}

bool find_difference(
    const Json& left, const Json& right, const std::string& pointer, JsonDifference& difference
) {
    if (left == right) return false;
    if (left.is_object() && right.is_object()) {
        auto l = left.object().begin();
        auto r = right.object().begin();
        while (l != left.object().end() || r != right.object().end()) {
            const bool only_left =
                r == right.object().end() || (l != left.object().end() && l->first < r->first);
            const bool only_right = !only_left && (l == left.object().end() || r->first < l->first);
            if (only_left) {
                difference = {pointer + "/" + l->first, l->second.canonical(), ""};
                return true;
            }
            if (only_right) {
                difference = {pointer + "/" + r->first, "", r->second.canonical()};
                return true;
            }
            if (find_difference(l->second, r->second, pointer + "/" + l->first, difference)) {
                return true;
            }
            ++l;
            ++r;
        }
    }
    if (left.is_array() && right.is_array()) {
        const std::size_t shared = std::min(left.array().size(), right.array().size());
        for (std::size_t i = 0; i < shared; ++i) {
            if (find_difference(
                    left.array()[i], right.array()[i], pointer + "/" + std::to_string(i), difference
                )) {
                return true;
            }
        }
        const std::string at = pointer + "/" + std::to_string(shared);
        difference = left.array().size() > shared
                         ? JsonDifference{at, left.array()[shared].canonical(), ""}
                         : JsonDifference{at, "", right.array()[shared].canonical()};
        return true;
    }
    difference = {pointer, left.canonical(), right.canonical()};
    return true;
}

}  // namespace

void Json::write(std::string& out) const {
    if (std::holds_alternative<std::nullptr_t>(value_)) {
        out += "null";
    } else if (const bool* flag = std::get_if<bool>(&value_)) {
        out += *flag ? "true" : "false";
    } else if (const std::int64_t* number = std::get_if<std::int64_t>(&value_)) {
        JICAI_CHECK(*number >= -kWholeNumberMax && *number <= kWholeNumberMax);
        out += std::to_string(*number);
    } else if (const std::string* text = std::get_if<std::string>(&value_)) {
        write_text(out, *text);
    } else if (const Array* array = std::get_if<Array>(&value_)) {
        out += '[';
        for (std::size_t i = 0; i < array->size(); ++i) {
            if (i > 0) out += ',';
            (*array)[i].write(out);
        }
        out += ']';
    } else {
        // std::map sorts ASCII keys exactly as RFC 8785 does (by UTF-16 code unit).
        out += '{';
        bool first = true;
        for (const auto& [key, value] : std::get<Object>(value_)) {
            JICAI_CHECK(is_ascii(key));
            if (!first) out += ',';
            first = false;
            write_text(out, key);
            out += ':';
            value.write(out);
        }
        out += '}';
    }
}

std::string Json::canonical() const {
    std::string out;
    write(out);
    return out;
}

std::vector<JsonDifference> first_difference(const Json& left, const Json& right) {
    JsonDifference difference;
    if (!find_difference(left, right, "", difference)) return {};
    return {difference};
}

}  // namespace jicai::decision
