#pragma once

#include <engine/ports/store.h>
#include <web/server/access_log.h>
#include <web/server/channels.h>
#include <web/server/listener.h>
#include <web/server/pipeline.h>

#include <memory>
#include <string>
#include <vector>

namespace jicai::web {

struct ServiceOptions {
    ListenerOptions listener = {};
    PipelineOptions pipeline = {};
    ChannelOptions channels = {};
    std::string version = {};
    std::string data_dir = {};  ///< holds the service's key and the first passwords
    bool demo = false;
};

/// An account of the demo, for the person at the terminal.
struct DemoAccount {
    std::string login;
    std::string password;
    std::string role;  ///< in the language asked for
    std::string code;  ///< of the second factor, now; empty: none is needed
};

/// The running service over an open database: everything between sockets and stores.
class Service {
public:
    /// The log must outlive it. Loads or makes the service's key, prepares a new database
    /// (administrators, or the demo's data), listens. Throws ports::Refused (service.*,
    /// key_file.*), StoreUnavailable, std::runtime_error.
    Service(ports::Store& store, AccessLog& log, const ServiceOptions& options);
    ~Service();
    Service(const Service&) = delete;
    Service& operator=(const Service&) = delete;

    /// "http://127.0.0.1:8080/"
    [[nodiscard]] std::string address() const;
    /// The file with the first passwords, if this start wrote it.
    [[nodiscard]] const std::string& first_passwords() const;
    [[nodiscard]] std::vector<DemoAccount> demo_accounts(catalogs::Language language) const;
    /// Accepts no more, lets what runs end, closes.
    void stop();

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace jicai::web
