#pragma once

#include <catalogs/messages/message_catalog.h>
#include <engine/access/access.h>
#include <engine/decision/json.h>
#include <engine/ports/store.h>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jicai::accounts {
struct Caller;
}  // namespace jicai::accounts

namespace jicai::web {

class Upload;

/// A request after the checks every route has: known route, parameters and body as described, who
/// asks, and that the action is allowed to them at all (`reach` is not none).
struct Request {
    std::string id;       ///< of this request, in logs, audit and error answers
    std::string address;  ///< the true one
    catalogs::Language language = catalogs::Language::zh;
    ports::Moment now;   ///< the clock's, read once
    ports::Moment wall;  ///< the wall's, read once
    access::Actor actor;
    std::string login;                          ///< empty: nobody logged in
    access::Reach reach = access::Reach::none;  ///< for the route's action, at any stage
    std::optional<ports::Session> session;      ///< of a logged-in person
    std::shared_ptr<const accounts::Caller>
        caller;  ///< what is known of who asks; null: nobody logged in
    std::map<std::string, std::string> parameters;  ///< of path and query, decoded and checked
    decision::Json body;                            ///< null: none
    std::shared_ptr<const Upload> upload;           ///< of routes with open_body
    std::string cookie;                    ///< value of the session's cookie; empty: none was sent
    bool secure = false;                   ///< came by TLS: cookies are Secure
    std::shared_ptr<const void> prepared;  ///< what Route::prepare made; null: nothing

    /// The body of a route with open_body; valid while the request is.
    [[nodiscard]] std::string_view upload_bytes() const;
    /// Empty where it was not given.
    [[nodiscard]] const std::string& parameter(const std::string& name) const;
    [[nodiscard]] std::int64_t count(const std::string& name, std::int64_t otherwise) const;

    /// Members of the body, which the pipeline has checked against the route's schema. What was not
    /// given is empty, `otherwise`, or null.
    [[nodiscard]] const std::string& text(const std::string& member) const;
    [[nodiscard]] std::int64_t number(const std::string& member, std::int64_t otherwise = 0) const;
    [[nodiscard]] bool flag(const std::string& member, bool otherwise = false) const;
    [[nodiscard]] std::vector<std::string> texts(const std::string& member) const;
    [[nodiscard]] const decision::Json& member(const std::string& name) const;
    [[nodiscard]] bool has(const std::string& member) const;
};

}  // namespace jicai::web
