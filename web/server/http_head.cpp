#include <web/server/http_head.h>

#include <algorithm>

namespace jicai::web {
namespace {

constexpr std::size_t kLengthDigitsMax = 15;

bool is_token(char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') ||
           std::string_view("!#$%&'*+-.^_`|~").find(byte) != std::string_view::npos;
}

bool is_token(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char byte) { return is_token(byte); });
}

bool is_value_byte(char byte) {
    const auto code = static_cast<unsigned char>(byte);
    return byte == '\t' || (code >= 0x20 && code != 0x7F);
}

char lower(char byte) {
    return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : byte;
}

bool same_word(std::string_view text, std::string_view word) {
    return text.size() == word.size() &&
           std::equal(text.begin(), text.end(), word.begin(), [](char a, char b) {
               return lower(a) == b;
           });
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

HeadFault bad(const char* detail) {
    return {"request.not_understood", detail};
}

std::optional<HeadFault> read_request_line(std::string_view line, HttpHead& head) {
    const std::size_t first = line.find(' ');
    const std::size_t last = line.rfind(' ');
    if (first == std::string_view::npos || first == last) return bad("request line");
    head.method = line.substr(0, first);
    head.target = line.substr(first + 1, last - first - 1);
    const std::string_view version = line.substr(last + 1);
    if (!is_token(head.method) || head.method.size() > 16) return bad("method");
    if (version != "HTTP/1.1" && version != "HTTP/1.0") return bad("version");
    head.http_1_0 = version.back() == '0';
    if (head.target.size() > kTargetBytesMax) return HeadFault{"request.uri_too_long", ""};
    if (head.target.empty() || head.target.front() != '/') return bad("request target");
    const bool graphic = std::all_of(head.target.begin(), head.target.end(), [](char byte) {
        return byte > 0x20 && byte < 0x7F && byte != '#';
    });
    if (!graphic) return bad("request target");
    return std::nullopt;
}

std::optional<HeadFault> read_length(std::string_view value, HttpHead& head) {
    if (head.content_length >= 0) return bad("Content-Length stands twice");
    if (value.empty() || value.size() > kLengthDigitsMax) return bad("Content-Length");
    std::int64_t length = 0;
    for (const char digit : value) {
        if (digit < '0' || digit > '9') return bad("Content-Length");
        length = length * 10 + (digit - '0');
    }
    head.content_length = length;
    return std::nullopt;
}

/// What this field changes about the message itself.
std::optional<HeadFault> take(const HeaderField& field, HttpHead& head, int& hosts) {
    if (field.name == "host") {
        if (++hosts > 1) return bad("Host stands twice");
        const bool plain = std::all_of(field.value.begin(), field.value.end(), [](char byte) {
            return is_token(byte) || byte == ':' || byte == '[' || byte == ']';
        });
        if (field.value.empty() || field.value.size() > 255 || !plain) return bad("Host");
    } else if (field.name == "content-length") {
        return read_length(field.value, head);
    } else if (field.name == "transfer-encoding") {
        if (head.chunked || !same_word(field.value, "chunked")) return bad("Transfer-Encoding");
        head.chunked = true;
    } else if (field.name == "connection") {
        if (same_word(field.value, "close")) head.keep_alive = false;
    } else if (field.name == "expect") {
        if (!same_word(field.value, "100-continue")) return bad("Expect");
        head.expects_continue = true;
    } else if (field.name == "upgrade" || field.name == "trailer") {
        return bad("Upgrade and Trailer are not supported");
    }
    return std::nullopt;
}

}  // namespace

std::string_view HttpHead::field(std::string_view name) const {
    for (const HeaderField& field : fields) {
        if (field.name == name) return field.value;
    }
    return {};
}

std::size_t end_of_head(std::string_view bytes, std::size_t searched) {
    const std::size_t from = searched > 3 ? searched - 3 : 0;
    const std::size_t at = bytes.find("\r\n\r\n", from);
    return at == std::string_view::npos ? at : at + 4;
}

std::optional<HeadFault> read_head(std::string& block, HttpHead& head) {
    head = HttpHead{.method = {}, .target = {}, .fields = std::move(head.fields)};
    head.fields.clear();
    std::size_t at = block.find("\r\n");
    if (at == std::string::npos) return bad("request line");
    if (auto fault = read_request_line(std::string_view(block).substr(0, at), head)) return fault;
    int hosts = 0;
    at += 2;
    for (;;) {
        const std::size_t end = block.find("\r\n", at);
        if (end == std::string::npos) return bad("header line");
        if (end == at) break;
        if (head.fields.size() == kHeaderLinesMax) {
            return HeadFault{"request.header_too_large", ""};
        }
        if (block[at] == ' ' || block[at] == '\t') return bad("folded header line");
        const std::size_t colon = block.find(':', at);
        if (colon == std::string::npos || colon > end) return bad("header line");
        const std::string_view name = std::string_view(block).substr(at, colon - at);
        if (!is_token(name)) return bad("header name");
        for (std::size_t i = at; i < colon; ++i) block[i] = lower(block[i]);
        const std::string_view value =
            trimmed(std::string_view(block).substr(colon + 1, end - colon - 1));
        if (!std::all_of(value.begin(), value.end(), is_value_byte)) return bad("header value");
        head.fields.push_back({name, value});
        if (auto fault = take(head.fields.back(), head, hosts)) return fault;
        at = end + 2;
    }
    if (hosts == 0 && !head.http_1_0) return bad("Host is missing");
    if (head.chunked && head.content_length >= 0) {
        return bad("Content-Length beside Transfer-Encoding");
    }
    if (head.chunked && head.http_1_0) return bad("Transfer-Encoding in HTTP/1.0");
    if (head.http_1_0) head.keep_alive = false;
    return std::nullopt;
}

}  // namespace jicai::web
