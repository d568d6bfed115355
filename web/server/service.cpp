#include <web/server/access_log.h>
#include <web/server/demo_clock.h>
#include <web/server/demo_listings.h>
#include <web/server/demo_people.h>
#include <web/server/demo_reporting.h>
#include <web/server/demo_rounds.h>
#include <web/server/first_start.h>
#include <web/server/live_volumes.h>
#include <web/server/metrics.h>
#include <web/server/networks.h>
#include <web/server/notice_parts.h>
#include <web/server/notice_sender.h>
#include <web/server/passwords.h>
#include <web/server/rounds.h>
#include <web/server/secret_box.h>
#include <web/server/service.h>
#include <web/server/services.h>
#include <web/server/shipped_catalogues.h>
#include <web/server/ticker.h>
#include <web/server/volume_loading.h>

#include <map>
#include <optional>
#include <utility>

namespace jicai::web {

namespace {

constexpr std::int64_t kUnsealedMax = 500;

std::string key_file(const ServiceOptions& options) {
    return options.data_dir + "/service.key";
}

}  // namespace

struct Service::Parts {
    ports::Store& store;
    ServiceOptions options;
    AccessLog& log;
    Metrics metrics;
    DemoClock clock;
    Passwords passwords;
    ServiceSecrets secrets;
    Rounds rounds;
    LiveVolumes live_volumes;
    NoticeParts notice_parts;
    Services services;
    std::string first_passwords;
    std::unique_ptr<Pipeline> pipeline;
    std::unique_ptr<Listener> listener;
    std::unique_ptr<Housekeeping> housekeeping;
    std::unique_ptr<NoticeSender> sender;
    std::unique_ptr<Ticker> ticker;
    std::unique_ptr<VolumeLoading> volume_loading;

    Parts(ports::Store& s, AccessLog& l, const ServiceOptions& o)
        : store(s),
          options(o),
          log(l),
          metrics(route_table()),
          secrets(passwords, load_or_create_key(key_file(o))),
          rounds(s, clock),
          live_volumes(s),
          notice_parts{
              .unread = UnreadCounts(s),
              .offered =
                  {.email = !o.channels.smtp.empty(),
                   .sms = !o.channels.sms_gateway.empty(),
                   .webhook = o.channels.webhooks}},
          services{
              .store = s,
              .clock = clock,
              .words = catalogs::MessageCatalog::builtin(),
              .passwords = passwords,
              .secrets = secrets,
              .rounds = rounds,
              .demo_clock = clock,
              .live_volumes = &live_volumes,
              .notice_parts = notice_parts,
              .demo = o.demo,
              .tls = !o.listener.tls_certificate.empty(),
              .version = o.version,
              .started_at = clock.wall(),
              .metrics_text = [this] { return metrics.text(gauges()); }} {}

    std::map<std::string, std::int64_t> gauges() const {
        std::map<std::string, std::int64_t> all;
        for (const auto& [name, value] : store.figures()) all["database_" + name] = value;
        if (const auto unsealed = unsealed_entries()) all["audit_unsealed"] = *unsealed;
        all["connections_max"] = options.listener.threads;
        all["connections_open"] = listener->connections();
        all["sessions_lively"] = pipeline->lively_sessions();
        all["volume_reports_in_memory"] = live_volumes.held();
        all["uptime_seconds"] = (clock.wall().micros - services.started_at.micros) / ports::kSecond;
        return all;
    }

    /// Of the newest kUnsealedMax entries: more than a few mean that sealing does not keep up.
    std::optional<std::int64_t> unsealed_entries() const {
        std::int64_t count = 0;
        try {
            store.read([&](ports::Transaction& transaction) {
                ports::AuditQuery query;
                query.page.size = kUnsealedMax;
                count = 0;
                for (const auto& entry : transaction.audit().find(query).rows) {
                    if (entry.seal == 0) ++count;
                }
            });
        } catch (const ports::StoreUnavailable&) {
            return std::nullopt;
        }
        return count;
    }

    void prepare() {
        check_key(store, secrets, key_file(options));
        check_demo_mark(store, options.demo);
        store.read([&](ports::Transaction& transaction) { clock.load(transaction.settings()); });
        put_shipped_catalogues(store, clock.wall());
        if (options.demo) {
            seed_demo_people(store, secrets, clock.wall());
            seed_demo_rounds(
                store,
                {.procurement_office = kDemoOfficeCode, .supplier = kDemoSupplierCode},
                clock.now()
            );
            seed_demo_reporting(store, clock.now());
            seed_demo_listings(store, clock.now());
            services.demo_accounts = [this](const Request& request) {
                return web::demo_accounts(services, request);
            };
            return;
        }
        const std::string file = options.data_dir + "/first-passwords.txt";
        if (make_administrators(store, secrets, file, clock.wall())) first_passwords = file;
    }
};

Service::Service(ports::Store& store, AccessLog& log, const ServiceOptions& options)
    : parts_(std::make_unique<Parts>(store, log, options)) {
    Parts& parts = *parts_;
    check_channels(options.channels);
    parts.prepare();
    PipelineOptions pipeline = options.pipeline;
    pipeline.upload_directory = options.data_dir;
    parts.pipeline = std::make_unique<Pipeline>(parts.services, parts.metrics, parts.log, pipeline);
    parts.listener = std::make_unique<Listener>(*parts.pipeline, options.listener);
    parts.housekeeping = std::make_unique<Housekeeping>(store, parts.clock, parts.log);
    parts.ticker = std::make_unique<Ticker>(store, parts.clock, [&parts](const std::string& what) {
        parts.log.event("failed", what);
    });
    parts.volume_loading = std::make_unique<VolumeLoading>(
        store,
        parts.clock,
        parts.live_volumes,
        [&parts](const std::string& what) { parts.log.event("failed", what); }
    );
    parts.log.event("started", address());
    parts.sender = std::make_unique<NoticeSender>(
        parts.services,
        options.channels,
        [&log = parts.log](const std::string& event, const std::string& detail) {
            log.event(event, detail);
        }
    );
}

Service::~Service() {
    stop();
}

std::string Service::address() const {
    const ListenerOptions& listener = parts_->options.listener;
    const bool v6 = listener.host.find(':') != std::string::npos;
    return (parts_->services.tls ? "https://" : "http://") +
           (v6 ? "[" + listener.host + "]" : listener.host) + ":" +
           std::to_string(parts_->listener->port()) + "/";
}

const std::string& Service::first_passwords() const {
    return parts_->first_passwords;
}

std::vector<DemoAccount> Service::demo_accounts(catalogs::Language language) const {
    std::vector<DemoAccount> all;
    if (!parts_->services.demo_accounts) return all;
    Request request;
    request.language = language;
    request.wall = parts_->clock.wall();
    request.now = parts_->clock.now();
    const decision::Json accounts = parts_->services.demo_accounts(request);
    for (const decision::Json& account : accounts.array()) {
        const auto& object = account.object();
        all.push_back(
            {object.at("login").text(),
             object.at("password").text(),
             object.at("role_text").text(),
             object.at("code").text()}
        );
    }
    return all;
}

void Service::stop() {
    if (parts_->listener == nullptr) return;
    parts_->sender.reset();
    parts_->volume_loading.reset();
    parts_->ticker.reset();
    parts_->listener->stop();
    parts_->housekeeping.reset();
    parts_->listener.reset();
    parts_->log.event("stopped", "");
}

}  // namespace jicai::web
