#include <sql/endpoint.h>
#include <sql/error.h>

#include <charconv>
#include <optional>
#include <string_view>
#include <utility>

namespace jicai::sql {
namespace {

constexpr std::string_view kScheme = "mysql://";

std::optional<int> whole_number(std::string_view text, int base, int max) {
    int value = 0;
    const auto [at, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    if (error != std::errc() || at != text.data() + text.size() || text.empty()) return {};
    return value >= 0 && value <= max ? std::optional(value) : std::nullopt;
}

std::optional<std::string> unescaped(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            plain += text[i];
            continue;
        }
        const auto byte = whole_number(text.substr(i + 1, 2), 16, 255);
        if (!byte || i + 2 >= text.size()) return {};
        plain += static_cast<char>(*byte);
        i += 2;
    }
    return plain;
}

/// What stands before `mark`, which is taken off; nothing where there is no mark.
std::optional<std::string_view> take_until(std::string_view& text, std::string_view mark) {
    const std::size_t at = text.find(mark);
    if (at == std::string_view::npos) return {};
    const std::string_view before = text.substr(0, at);
    text.remove_prefix(at + mark.size());
    return before;
}

bool read_hosts(std::string_view text, Endpoint& endpoint) {
    while (!text.empty()) {
        std::string_view one = text;
        if (const auto first = take_until(text, ",")) {
            one = *first;
        } else {
            text = {};
        }
        Host host;
        std::string_view name = one;
        if (const auto before = take_until(one, ":")) {
            const auto port = whole_number(one, 10, 65535);
            if (!port || *port == 0) return false;
            host.port = *port;
            name = *before;
        }
        if (name.empty()) return false;
        host.name = name;
        endpoint.hosts.push_back(std::move(host));
    }
    return !endpoint.hosts.empty();
}

bool read_options(std::string_view text, Endpoint& endpoint) {
    while (!text.empty()) {
        std::string_view one = text;
        if (const auto first = take_until(text, "&")) {
            one = *first;
        } else {
            text = {};
        }
        const auto name = take_until(one, "=");
        const auto value = unescaped(one);
        if (!name || !value || value->empty()) return false;
        if (*name == "tls-ca") {
            endpoint.tls_ca = *value;
        } else if (*name == "socket") {
            endpoint.socket = *value;
            endpoint.hosts.clear();
        } else {
            return false;
        }
    }
    return true;
}

bool read(std::string_view text, Endpoint& endpoint) {
    if (text.substr(0, kScheme.size()) != kScheme) return false;
    text.remove_prefix(kScheme.size());
    const std::size_t at = text.rfind('@', text.find('/'));
    if (at == std::string_view::npos) return false;
    std::string_view login = text.substr(0, at);
    text.remove_prefix(at + 1);
    const auto name = take_until(login, ":");
    const auto user = unescaped(name.value_or(login));
    const auto password = unescaped(name ? login : std::string_view());
    const auto hosts = take_until(text, "/");
    if (!user || user->empty() || !password || !hosts || !read_hosts(*hosts, endpoint)) {
        return false;
    }
    endpoint.user = *user;
    endpoint.password = *password;
    std::string_view schema_text = text;
    const auto before = take_until(text, "?");
    if (before) schema_text = *before;
    const auto schema = unescaped(schema_text);
    if (!schema || schema->empty() || schema->find('`') != std::string::npos) return false;
    endpoint.schema = *schema;
    return !before || read_options(text, endpoint);
}

}  // namespace

Endpoint read_url(const std::string& url) {
    Endpoint endpoint;
    if (read(url, endpoint)) return endpoint;
    throw DatabaseFault({"database.url_wrong", {{"url", url_without_password(url)}}});
}

std::string url_without_password(const std::string& url) {
    const std::size_t scheme = url.find("://");
    const std::size_t begin = scheme == std::string::npos ? 0 : scheme + 3;
    const std::size_t at = url.rfind('@', url.find('/', begin));
    const std::size_t colon = url.find(':', begin);
    if (at == std::string::npos || colon == std::string::npos || colon > at) return url;
    return url.substr(0, colon) + ":***" + url.substr(at);
}

}  // namespace jicai::sql
