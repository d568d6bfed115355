#pragma once

#include <engine/decision/message.h>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <utility>

namespace jicai::sql {

/// What can be done about an error of the database.
enum class ErrorKind : std::uint8_t {
    conflict,     ///< deadlock, lock wait, failed certification: run the transaction again
    unavailable,  ///< the connection or the server is gone: another connection
    full,         ///< no space left below the database
    duplicate,    ///< a unique value is taken
    other,        ///< ours: a wrong statement, a value out of bounds
};

/// Which kind an error of that code is. Codes are the server's (1213) or the client's (from 2000);
/// `text` tells a full disk where the code does not.
[[nodiscard]] ErrorKind kind_of(int code, const std::string& text);

/// The one exception of a statement or a connection.
class DatabaseError : public std::runtime_error {
public:
    DatabaseError(int code, std::string state, const std::string& text)
        : std::runtime_error(text),
          code_(code),
          state_(std::move(state)),
          kind_(kind_of(code, text)) {}
    [[nodiscard]] int code() const { return code_; }
    [[nodiscard]] const std::string& state() const { return state_; }
    [[nodiscard]] ErrorKind kind() const { return kind_; }

private:
    int code_;
    std::string state_;
    ErrorKind kind_;
};

/// The database cannot be opened, migrated, saved or restored, and a person has to do something.
/// What, says the message (database.*).
class DatabaseFault : public std::runtime_error {
public:
    explicit DatabaseFault(decision::Message why, std::string detail = {})
        : std::runtime_error(why.key + (detail.empty() ? "" : ": " + detail)),
          why_(std::move(why)) {}
    [[nodiscard]] const decision::Message& why() const { return why_; }

private:
    decision::Message why_;
};

}  // namespace jicai::sql
