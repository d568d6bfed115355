#pragma once

#include <string>
#include <vector>

namespace jicai::cli {

/// What `serve` was given, as typed. Empty: not given.
struct ServeArguments {
    std::string data_dir = "var";
    std::string database;  ///< mysql://…
    std::string listen = "127.0.0.1:8080";
    bool demo = false;
    std::string tls_certificate;
    std::string tls_key;
    std::vector<std::string> trusted_proxies;
    std::vector<std::string> metrics_from;
    std::string log;
    std::string connections;          ///< at the same time
    std::string requests_per_minute;  ///< of one log-in
    std::string logins_per_minute;    ///< of one address
    std::string smtp;                 ///< smtp://user@host:587
    std::string smtp_password_file;
    std::string mail_from;
    std::string sms_gateway;  ///< https://…
    std::string sms_secret_file;
    bool webhooks = false;
    std::vector<std::string> webhook_networks;
    std::string public_address;
    std::string retry_seconds;
};

}  // namespace jicai::cli
