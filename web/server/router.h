#pragma once

#include <web/server/route.h>

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace jicai::web {

/// Finds the route of a request. Literal segments win over {parameters}.
class Router {
public:
    /// Throws BrokenInvariant for a table with two routes of one method and path, with two names
    /// alike, or with a route whose handlers do not fit its kind.
    explicit Router(const std::vector<Route>& table);

    struct Match {
        const Route* route = nullptr;
        std::map<std::string, std::string> parameters;  ///< of the path
        std::string allowed;  ///< methods of the path, where only the method does not fit
    };
    /// HEAD finds the GET route.
    [[nodiscard]] Match find(std::string_view method, const std::vector<std::string>& segments)
        const;

private:
    struct Node {
        std::map<std::string, std::unique_ptr<Node>, std::less<>> literal;
        std::unique_ptr<Node> parameter;
        std::vector<const Route*> routes;
    };
    [[nodiscard]] static const Node* walk(
        const Node& node, const std::vector<std::string>& segments, std::size_t at
    );
    Node root_;
};

/// "GET"
[[nodiscard]] std::string_view word_of(Method method);

/// The segments of "/api/rounds/{round}".
[[nodiscard]] std::vector<std::string> segments_of(std::string_view path);

}  // namespace jicai::web
