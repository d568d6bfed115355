#pragma once

#include <string>
#include <vector>

namespace jicai::sql {

struct Host {
    std::string name;
    int port = 3306;
};

/// Where a database is and how to log in.
struct Endpoint {
    std::vector<Host> hosts;  ///< tried in this order; none: the socket
    std::string socket;       ///< path of a unix socket
    std::string user;
    std::string password;
    std::string schema;  ///< empty: none is chosen
    std::string
        tls_ca;  ///< file; the connection is encrypted and the server's name checked with it
    int connect_seconds_max = 3;
    int answer_seconds_max = 30;
};

/// Reads "mysql://USER[:PASSWORD]@HOST[:PORT][,HOST[:PORT]…]/SCHEMA[?tls-ca=FILE]" or, for a
/// socket, "mysql://USER[:PASSWORD]@localhost/SCHEMA?socket=PATH". %XX stands for any byte.
/// Throws DatabaseFault database.url_wrong.
[[nodiscard]] Endpoint read_url(const std::string& url);

/// The URL without its password, for logs and messages.
[[nodiscard]] std::string url_without_password(const std::string& url);

}  // namespace jicai::sql
