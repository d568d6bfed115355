#pragma once

#include <engine/access/action.h>
#include <engine/decision/json.h>
#include <web/server/answer.h>
#include <web/server/request.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/// \file
/// What a route is. One route = one file in web/server/routes (its handler and its description) +
/// one line in route_table.cpp + one test in tests/web/routes. The API description and the check of
/// every request come from the same description, so that they cannot differ.

namespace jicai::web {

struct Services;

enum class Method { get, post, put, del };

/// Of a path or a query.
struct Parameter {
    enum class Place { path, query };
    enum class Kind { text, count, choice, day };  ///< count: 0 to 10^9; day: 2026-11-23
    std::string name;
    Place place = Place::query;
    Kind kind = Kind::text;
    bool required = false;
    std::vector<std::string> choices = {};
    std::string description = {};  ///< English
};

/// What is done around a handler.
enum class Kind {
    read,   ///< no effects
    write,  ///< in one transaction with idempotency key and audit; `handle_write`
    act,    ///< effects of its own making (log-in); the handler runs its transactions
};

struct Route {
    Method method = Method::get;
    std::string path;     ///< "/api/rounds/{round}/lots/{lot}"
    std::string name;     ///< operationId: "get_lot"
    std::string summary;  ///< English
    access::Action action = access::Action::see_service;
    /// What an API key needs in the place of `action`, which no key may have.
    std::optional<access::Action> key_scope = {};
    Kind kind = Kind::read;
    std::vector<Parameter> parameters = {};
    decision::Json body_schema = {};    ///< JSON Schema of the request's body; null: no body
    decision::Json answer_schema = {};  ///< of a 200 or 201 with JSON; null: other content
    std::vector<std::string> answer_types = {"application/json"};
    int success = 200;
    std::vector<int> failures = {};  ///< beside 400, 401, 403, 429, 500, 503, which every route has
    bool open_body = false;          ///< the body is not JSON: Request::upload_bytes
    std::int64_t upload_bytes_max = 64 << 20;  ///< of an open body; more is refused while reading
    /// The same, where it depends on what is asked for.
    std::int64_t (*upload_bytes_max_of)(const Request&) = nullptr;

    /// What a write reads and computes before its transaction, so that nobody waits for it there:
    /// Request::prepared. It saves nothing and refuses nothing the handler would not refuse; also
    /// of a request whose answer is only repeated.
    std::shared_ptr<const void> (*prepare)(const Request&, Services&) = nullptr;
    Answer (*handle)(const Request&, Services&) = nullptr;  ///< read and act
    Answer (*handle_write)(const Request&, Services&, ports::Transaction&) = nullptr;  ///< write
};

/// The table of routes: every route of the service, in the order of the API description.
[[nodiscard]] const std::vector<Route>& route_table();

}  // namespace jicai::web
