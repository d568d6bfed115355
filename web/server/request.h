#pragma once

#include <catalogs/messages/message_catalog.h>
#include <engine/access/access.h>
#include <engine/decision/json.h>
#include <engine/ports/store.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace jicai::web {

/// A request after the checks every route has: known route, parameters and body as described, who
/// asks, and that the action is allowed to them at all (`reach` is not none).
struct Request {
    std::string id;       ///< of this request, in logs, audit and error answers
    std::string address;  ///< the true one
    catalogs::Language language = catalogs::Language::zh;
    ports::Moment now;   ///< the clock's, read once
    ports::Moment wall;  ///< the wall's, read once
    access::Actor actor;
    std::string login;                              ///< empty: nobody logged in
    access::Reach reach = access::Reach::none;      ///< for the route's action, at any stage
    std::optional<ports::Session> session;          ///< of a logged-in person
    std::map<std::string, std::string> parameters;  ///< of path and query, decoded and checked
    decision::Json body;                            ///< null: none
    std::string raw_body;                           ///< of routes with open_body

    /// Empty where it was not given.
    [[nodiscard]] const std::string& parameter(const std::string& name) const;
    [[nodiscard]] std::int64_t count(const std::string& name, std::int64_t otherwise) const;
};

}  // namespace jicai::web
