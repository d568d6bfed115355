#include <engine/money/check.h>
#include <web/server/router.h>

#include <set>

namespace jicai::web {
namespace {

bool is_parameter(const std::string& segment) {
    return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

}  // namespace

std::string_view word_of(Method method) {
    switch (method) {
        case Method::get:
            return "GET";
        case Method::post:
            return "POST";
        case Method::put:
            return "PUT";
        case Method::del:
            return "DELETE";
    }
    return "";
}

std::vector<std::string> segments_of(std::string_view path) {
    std::vector<std::string> segments;
    while (!path.empty()) {
        path.remove_prefix(1);
        const std::size_t slash = path.find('/');
        segments.emplace_back(path.substr(0, slash));
        path.remove_prefix(slash == std::string_view::npos ? path.size() : slash);
    }
    return segments;
}

Router::Router(const std::vector<Route>& table) {
    std::set<std::string> names;
    for (const Route& route : table) {
        JICAI_CHECK(names.insert(route.name).second);
        JICAI_CHECK((route.kind == Kind::write) == (route.handle_write != nullptr));
        JICAI_CHECK((route.kind != Kind::write) == (route.handle != nullptr));
        JICAI_CHECK(route.kind != Kind::read || route.method == Method::get);
        Node* node = &root_;
        for (const std::string& segment : segments_of(route.path)) {
            std::unique_ptr<Node>& next =
                is_parameter(segment) ? node->parameter : node->literal[segment];
            if (!next) next = std::make_unique<Node>();
            node = next.get();
        }
        for (const Route* other : node->routes) JICAI_CHECK(other->method != route.method);
        node->routes.push_back(&route);
    }
}

const Router::Node* Router::walk(
    const Node& node, const std::vector<std::string>& segments, std::size_t at
) {
    if (at == segments.size()) return node.routes.empty() ? nullptr : &node;
    if (const auto literal = node.literal.find(segments[at]); literal != node.literal.end()) {
        if (const Node* found = walk(*literal->second, segments, at + 1)) return found;
    }
    return node.parameter ? walk(*node.parameter, segments, at + 1) : nullptr;
}

Router::Match Router::find(std::string_view method, const std::vector<std::string>& segments)
    const {
    Match match;
    const Node* node = walk(root_, segments, 0);
    if (node == nullptr) return match;
    for (const Route* route : node->routes) {
        const bool fits =
            word_of(route->method) == method || (method == "HEAD" && route->method == Method::get);
        if (fits) match.route = route;
        if (!match.allowed.empty()) match.allowed += ", ";
        match.allowed += word_of(route->method);
    }
    if (match.route == nullptr) return match;
    const std::vector<std::string> pattern = segments_of(match.route->path);
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (!is_parameter(pattern[i])) continue;
        match.parameters.emplace(pattern[i].substr(1, pattern[i].size() - 2), segments[i]);
    }
    return match;
}

}  // namespace jicai::web
