#include <cli/exit_codes.h>
#include <cli/failures.h>
#include <cli/session.h>
#include <cli/version.h>
#include <engine/ports/page.h>
#include <engine/ports/refused.h>
#include <sql/database.h>
#include <sql/error.h>
#include <web/server/access_log.h>
#include <web/server/networks.h>
#include <web/server/service.h>

#include <signal.h>

#include <charconv>
#include <cstdint>
#include <fstream>
#include <iostream>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <vector>

namespace jicai::cli {
namespace {

using decision::Message;

constexpr std::int64_t kPortMax = 65535;
constexpr std::int64_t kConnectionsMin = 16;
constexpr std::int64_t kConnectionsMax = 8192;
constexpr std::int64_t kRateMax = 1'000'000'000;

std::optional<std::int64_t> read_number(std::string_view text) {
    std::int64_t number = 0;
    const char* const end = text.data() + text.size();
    const auto [at, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc() || at != end) return std::nullopt;
    return number;
}

/// The value of an option, or what is there without it.
std::int64_t number_of(
    const std::string& text,
    const char* option,
    std::int64_t low,
    std::int64_t high,
    std::int64_t otherwise
) {
    if (text.empty()) return otherwise;
    const auto number = read_number(text);
    if (number && *number >= low && *number <= high) return *number;
    throw BadInput(Message{
        "serve.number",
        {{"option", option},
         {"value", text},
         {"low", std::to_string(low)},
         {"high", std::to_string(high)}}});
}

void take_listen(const std::string& listen, web::ListenerOptions& options) {
    const std::size_t colon = listen.rfind(':');
    const auto port = colon == std::string::npos
                          ? std::nullopt
                          : read_number(std::string_view(listen).substr(colon + 1));
    std::string host = listen.substr(0, colon == std::string::npos ? 0 : colon);
    if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
        host = host.substr(1, host.size() - 2);
    }
    if (!port || *port < 0 || *port > kPortMax || host.empty()) {
        throw BadInput(Message{"serve.listen", {{"value", listen}}});
    }
    options.host = host;
    options.port = static_cast<std::uint16_t>(*port);
}

const std::vector<std::string>& networks_of(
    const std::vector<std::string>& cidrs, const char* option
) {
    for (const std::string& cidr : cidrs) {
        if (web::is_network(cidr)) continue;
        throw BadInput(Message{"serve.network", {{"option", option}, {"value", cidr}}});
    }
    return cidrs;
}

/// The first line of a file that holds a secret.
std::string secret_of(const std::string& path) {
    if (path.empty()) return {};
    std::ifstream file(path);
    std::string line;
    if (!std::getline(file, line) || line.empty()) {
        throw BadInput(Message{"serve.secret_file", {{"path", path}}});
    }
    if (line.back() == '\r') line.pop_back();
    return line;
}

web::ChannelOptions channels_of(const ServeArguments& given) {
    constexpr std::int64_t kRetrySecondsMax = 3600;
    web::ChannelOptions options;
    options.smtp = given.smtp;
    options.smtp_password = secret_of(given.smtp_password_file);
    options.mail_from = given.mail_from;
    options.sms_gateway = given.sms_gateway;
    options.sms_secret = secret_of(given.sms_secret_file);
    options.webhooks = given.webhooks;
    options.webhook_networks = networks_of(given.webhook_networks, "--webhook-network");
    options.public_address = given.public_address;
    while (!options.public_address.empty() && options.public_address.back() == '/') {
        options.public_address.pop_back();
    }
    options.retry_seconds = number_of(
        given.retry_seconds, "--retry-seconds", 1, kRetrySecondsMax, options.retry_seconds
    );
    return options;
}

web::ServiceOptions options_of(const ServeArguments& given) {
    web::ServiceOptions options;
    take_listen(given.listen, options.listener);
    if (given.tls_certificate.empty() != given.tls_key.empty()) {
        throw BadInput(Message{"serve.tls_pair", {}});
    }
    options.listener.tls_certificate = given.tls_certificate;
    options.listener.tls_key = given.tls_key;
    options.listener.threads = static_cast<int>(number_of(
        given.connections,
        "--connections",
        kConnectionsMin,
        kConnectionsMax,
        options.listener.threads
    ));
    options.pipeline.trusted_proxies = networks_of(given.trusted_proxies, "--trusted-proxy");
    options.pipeline.metrics_from = networks_of(given.metrics_from, "--metrics-from");
    options.pipeline.requests_per_minute = number_of(
        given.requests_per_minute,
        "--requests-per-minute",
        0,
        kRateMax,
        options.pipeline.requests_per_minute
    );
    options.pipeline.logins_per_minute = number_of(
        given.logins_per_minute,
        "--logins-per-minute",
        0,
        kRateMax,
        options.pipeline.logins_per_minute
    );
    options.channels = channels_of(given);
    options.version = kVersion;
    options.data_dir = given.data_dir;
    options.demo = given.demo;
    return options;
}

void warn(const Session& session, const web::ServiceOptions& options) {
    const std::string& host = options.listener.host;
    const bool near = host == "127.0.0.1" || host == "::1" || host == "localhost";
    if (near || !options.listener.tls_certificate.empty()) return;
    complain(session.words("serve.no_tls", {{"host", host}}));
}

void show(const Session& session, const web::Service& service) {
    print_line(service.address());
    if (!service.first_passwords().empty()) {
        print_line(session.words("serve.first_passwords", {{"path", service.first_passwords()}}));
    }
    reports::Table table{
        .name = "demo_accounts",
        .columns =
            {{"demo_login", reports::ColumnKind::text},
             {"demo_password", reports::ColumnKind::text},
             {"demo_code", reports::ColumnKind::text},
             {"demo_role", reports::ColumnKind::text}},
        .rows = {}};
    for (const web::DemoAccount& account : service.demo_accounts(session.words.language())) {
        table.rows.push_back({account.login, account.password, account.code, account.role});
    }
    if (!table.rows.empty()) {
        print_line(session.words("serve.demo_accounts"));
        print_table(session, table);
    }
    std::cout.flush();
}

/// Until the terminal, the machine's service manager or the parent says stop.
void wait_for_the_end(const sigset_t& signals) {
    int received = 0;
    while (::sigwait(&signals, &received) != 0) {
    }
}

}  // namespace

int run_serve(const Session& session) {
    const ServeArguments& given = session.arguments.serve;
    const web::ServiceOptions options = options_of(given);
    // Before any thread is made: all of them leave these signals to this one.
    sigset_t signals;
    ::sigemptyset(&signals);
    ::sigaddset(&signals, SIGINT);
    ::sigaddset(&signals, SIGTERM);
    ::sigprocmask(SIG_BLOCK, &signals, nullptr);
    ::signal(SIGPIPE, SIG_IGN);
    try {
        web::AccessLog log(given.log);
        const auto database =
            sql::Database::open({.data_dir = given.data_dir, .url = given.database});
        web::Service service(database->store(), log, options);
        warn(session, options);
        show(session, service);
        wait_for_the_end(signals);
        service.stop();
    } catch (const sql::DatabaseFault& fault) {
        throw WorldFault(fault.why());
    } catch (const ports::Refused& refused) {
        throw WorldFault(refused.why());
    } catch (const ports::StoreUnavailable& error) {
        throw WorldFault(Message{"serve.failed", {{"detail", error.what()}}});
    } catch (const std::runtime_error& error) {
        throw WorldFault(Message{"serve.failed", {{"detail", error.what()}}});
    }
    return kExitDone;
}

}  // namespace jicai::cli
