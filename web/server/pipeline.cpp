#include <catalogs/sha256/sha256.h>
#include <engine/money/check.h>
#include <web/server/access_log.h>
#include <web/server/callers.h>
#include <web/server/connections.h>
#include <web/server/demo_clock.h>
#include <web/server/metrics.h>
#include <web/server/networks.h>
#include <web/server/notice_parts.h>
#include <web/server/pages.h>
#include <web/server/pipeline.h>
#include <web/server/problem.h>
#include <web/server/rate_limit.h>
#include <web/server/request_checks.h>
#include <web/server/rounds.h>
#include <web/server/router.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <new>
#include <utility>

namespace jicai::web {

using decision::Message;
using ports::Refused;

namespace {

std::int64_t steady_micros() {
    return std::chrono::duration_cast<std::chrono::microseconds>(
               std::chrono::steady_clock::now().time_since_epoch()
    )
        .count();
}

/// What is known of a request so far, for its log line.
struct Course {
    const Route* route = nullptr;
    bool page = false;
    Request request;
    std::string object;
    std::string result = "done";
};

bool is_safe(const Route& route) {
    return route.method == Method::get;
}

bool is_login(const Route& route) {
    return route.action == access::Action::log_in && route.method == Method::post;
}

/// Actions of which every one may change who somebody is or what they may.
bool changes_people(access::Action action) {
    using access::Action;
    return action == Action::log_in || action == Action::manage_own_account ||
           action == Action::manage_organisations || action == Action::manage_users ||
           action == Action::grant_roles || action == Action::manage_keys ||
           action == Action::manage_catalogues;
}

/// Actions of which every one may change what the pages of a round show.
bool changes_rounds(access::Action action) {
    return action == access::Action::run_rounds || action == access::Action::take_part;
}

bool same_secret(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    unsigned different = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        different |= static_cast<unsigned>(static_cast<unsigned char>(a[i] ^ b[i]));
    }
    return different == 0;
}

}  // namespace

struct Pipeline::Parts {
    Services& services;
    Metrics& metrics;
    AccessLog& log;
    PipelineOptions options;
    Router router;
    Pages pages;
    Networks proxies;
    Networks metrics_from;
    Callers callers;
    TokenBuckets requests{100};
    TokenBuckets logins{10};
    std::string id_prefix;
    std::atomic<std::uint64_t> next_id{1};

    Parts(Services& s, Metrics& m, AccessLog& l, const PipelineOptions& o)
        : services(s),
          metrics(m),
          log(l),
          options(o),
          router(route_table()),
          proxies(o.trusted_proxies),
          metrics_from(o.metrics_from),
          callers(s.store, s.secrets) {
        id_prefix = services.secrets.digest(services.secrets.random_bytes(16)).substr(0, 10);
    }

    std::string new_id() {
        constexpr std::string_view kHex = "0123456789abcdef";
        std::string id = id_prefix;
        const std::uint64_t number = next_id.fetch_add(1, std::memory_order_relaxed);
        for (int shift = 28; shift >= 0; shift -= 4) id += kHex[(number >> shift) & 0xFU];
        return id;
    }

    Answer dispatch(const Incoming& incoming, Course& course);
    const Answer* page(const Incoming& incoming, const Target& target, Course& course);
    void identify(const Incoming& incoming, Request& request);
    void limit(const Route& route, const Request& request);
    void admit(const Route& route, const Incoming& incoming, Request& request);
    Answer run(
        const Route& route, const Incoming& incoming, const std::string& bytes, Course& course
    );
    Answer write(
        const Route& route,
        const Incoming& incoming,
        const std::string& bytes,
        const Request& request
    );
    void append(const std::vector<ports::AuditEntry>& entries, const Request& request);
    Answer refused(const Refused& refusal, Course& course);
    Answer say(
        const Course& course, const Message& why, const std::vector<ports::FieldFault>& faults = {}
    );
};

const Answer* Pipeline::Parts::page(
    const Incoming& incoming, const Target& target, Course& course
) {
    const bool get = incoming.head.method == "GET" || incoming.head.method == "HEAD";
    const bool api = !target.segments.empty() && target.segments.front() == "api";
    if (!get || api) return nullptr;
    const bool gzip = incoming.head.field("accept-encoding").find("gzip") != std::string_view::npos;
    const Answer* found = pages.find(target.path, gzip);
    course.page = found != nullptr;
    return found;
}

void Pipeline::Parts::identify(const Incoming& incoming, Request& request) {
    request.cookie = std::string(cookie_of(incoming.head, "jicai_session"));
    const std::string_view authorization = incoming.head.field("authorization");
    if (!authorization.empty()) {
        constexpr std::string_view kBearer = "Bearer ";
        const bool fits = authorization.substr(0, kBearer.size()) == kBearer;
        if (!fits || !request.cookie.empty()) throw Refused({"request.authorization", {}});
        request.caller =
            callers.of_key(std::string(authorization.substr(kBearer.size())), request.wall);
        if (request.caller == nullptr) throw Refused({"session.key_invalid", {}});
    } else if (!request.cookie.empty()) {
        request.caller = callers.of_cookie(request.cookie, request.wall);
    }
    const accounts::Caller* caller = request.caller.get();
    if (caller == nullptr) return;
    request.actor = caller->actor;
    request.login = caller->login;
    request.session = caller->session;
}

void Pipeline::Parts::limit(const Route& route, const Request& request) {
    const accounts::Caller* caller = request.caller.get();
    const std::int64_t now = steady_millis();
    std::int64_t wait = 0;
    if (is_login(route) && options.logins_per_minute > 0) {
        wait = logins.take(request.address, options.logins_per_minute, now);
    }
    std::int64_t per_minute = options.requests_per_minute;
    std::string name;
    if (caller != nullptr && caller->key) {
        per_minute = caller->key->requests_per_minute;
        name = "key:" + std::to_string(caller->key->id);
    } else if (caller != nullptr && caller->session) {
        name = caller->session->id_digest;
    } else {
        name = request.address;
    }
    if (wait == 0 && per_minute > 0) wait = requests.take(name, per_minute, now);
    if (wait > 0) throw Refused({"request.too_many", {{"seconds", std::to_string(wait)}}});
}

void Pipeline::Parts::admit(const Route& route, const Incoming& incoming, Request& request) {
    const accounts::Caller* caller = request.caller.get();
    using access::Action;
    const bool own = route.action == Action::see_service || route.action == Action::log_in ||
                     route.action == Action::manage_own_account;
    if (caller != nullptr && !own) {
        if (caller->must_change_password) throw Refused({"session.password_expired", {}});
        if (caller->second_factor_missing) throw Refused({"session.second_factor_missing", {}});
    }
    const bool by_key = request.actor.key != 0;
    const Action action = by_key ? route.key_scope.value_or(route.action) : route.action;
    request.reach = access::reach_of(request.actor, action);
    if (request.reach == access::Reach::none) {
        if (caller == nullptr) {
            throw Refused(
                {callers.was_replaced(request.cookie) ? "session.replaced" : "session.needed", {}}
            );
        }
        throw Refused({"access.denied", {{"action", std::string(access::name_of(action))}}});
    }
    if (is_safe(route)) return;
    check_origin(incoming.head);
    if (caller == nullptr || !caller->session || is_login(route)) return;
    if (!same_secret(incoming.head.field("x-csrf-token"), caller->session->csrf)) {
        throw Refused({"access.csrf", {}});
    }
}

void Pipeline::Parts::append(
    const std::vector<ports::AuditEntry>& entries, const Request& request
) {
    if (entries.empty()) return;
    services.store.write([&](ports::Transaction& transaction) {
        for (const ports::AuditEntry& entry : entries) {
            transaction.audit().append(filled_in(entry, request));
        }
    });
}

// The answer is kept sealed: it may hold a one-time password or the secret of a key.
Answer Pipeline::Parts::write(
    const Route& route, const Incoming& incoming, const std::string& bytes, const Request& request
) {
    const std::string key = idempotency_key(incoming.head);
    const std::string actor = request.actor.key != 0 ? "key:" + std::to_string(request.actor.key)
                              : request.actor.user != 0
                                  ? "user:" + std::to_string(request.actor.user)
                                  : "address:" + request.address;
    std::string described;
    described.append(incoming.head.method).append("\n").append(incoming.head.target);
    described.append("\n").append(bytes);
    const std::string digest = catalogs::sha256_hex(described);
    Answer answer;
    services.store.write([&](ports::Transaction& transaction) {
        if (const auto earlier = transaction.claim(actor, key)) {
            const auto body = earlier->request_digest == digest
                                  ? services.secrets.open(earlier->body)
                                  : std::nullopt;
            if (!body) throw Refused({"request.key_reused", {{"value", key}}});
            answer = Answer{.status = static_cast<int>(earlier->status)};
            answer.body = std::make_shared<const std::string>(*body);
            answer.headers["Idempotent-Replay"] = "true";
            return;
        }
        answer = route.handle_write(request, services, transaction);
        for (const ports::AuditEntry& entry : answer.audit) {
            transaction.audit().append(filled_in(entry, request));
        }
        transaction.answer(
            actor,
            key,
            {.request_digest = digest,
             .status = answer.status,
             .body = services.secrets.seal(*answer.body)},
            request.wall
        );
    });
    return answer;
}

Answer Pipeline::Parts::run(
    const Route& route, const Incoming& incoming, const std::string& bytes, Course& course
) {
    if (route.prepare != nullptr) {
        course.request.prepared = route.prepare(course.request, services);
    }
    const Request& request = course.request;
    Answer answer;
    if (route.kind == Kind::write) {
        answer = write(route, incoming, bytes, request);
        if (!answer.audit.empty()) course.object = answer.audit.front().object;
    } else {
        answer = route.handle(request, services);
        if (!answer.audit.empty()) course.object = answer.audit.front().object;
        append(answer.audit, request);
    }
    if (is_safe(route)) return answer;
    if (changes_people(route.action)) callers.forget();
    if (changes_rounds(route.action)) services.rounds.changed();
    if (route.action == access::Action::read_notices ||
        route.action == access::Action::send_notices) {
        services.notice_parts.unread.forget();
    }
    if (route.action == access::Action::run_clock) {
        services.store.read([&](ports::Transaction& transaction) {
            services.demo_clock.load(transaction.settings());
        });
    }
    return answer;
}

Answer Pipeline::Parts::dispatch(const Incoming& incoming, Course& course) {
    Request& request = course.request;
    const HttpHead& head = incoming.head;
    request.address = true_address(incoming.peer, head.field("x-forwarded-for"), proxies);
    request.secure = incoming.secure;
    Target target;
    if (auto fault = read_target(head.target, target)) {
        throw Refused({"request.path", {{"detail", *fault}}});
    }
    request.language = language_of(target, head);
    Router::Match match = router.find(head.method, target.segments);
    if (match.route == nullptr && match.allowed.empty()) {
        if (const Answer* found = page(incoming, target, course)) {
            if (head.has_body()) throw Refused({"request.body_unexpected", {}});
            if (!is_known(head.field("if-none-match"), found->headers.at("ETag"))) return *found;
            Answer unchanged{.status = 304, .headers = found->headers};
            unchanged.headers.erase("Content-Encoding");
            return unchanged;
        }
        throw Refused({"request.not_found", {{"path", target.path}}});
    }
    if (match.route == nullptr) {
        throw Refused(
            {"request.method",
             {{"path", target.path},
              {"method", std::string(head.method)},
              {"allowed", match.allowed}}}
        );
    }
    const Route& route = *match.route;
    course.route = &route;
    request.now = services.clock.now();
    request.wall = services.clock.wall();
    const bool from_here = is_loopback(request.address) || metrics_from.contains(request.address);
    if (route.path == "/metrics" && !from_here) throw Refused({"access.metrics", {}});

    // Health is asked for by machines, and must not depend on what they send along.
    if (route.path.compare(0, 5, "/api/") == 0) identify(incoming, request);
    limit(route, request);
    admit(route, incoming, request);
    take_parameters(route, std::move(match.parameters), target, request);
    const std::string bytes =
        take_body(route, head, incoming.body, options.upload_directory, request);
    Answer answer = run(route, incoming, bytes, course);
    if (const auto etag = answer.headers.find("ETag");
        etag != answer.headers.end() && answer.status == 200 && is_safe(route) &&
        is_known(head.field("if-none-match"), etag->second)) {
        answer.status = 304;
    }
    if (!answer.headers.contains("Cache-Control")) answer.headers["Cache-Control"] = "no-store";
    return answer;
}

Answer Pipeline::Parts::say(
    const Course& course, const Message& why, const std::vector<ports::FieldFault>& faults
) {
    Answer answer =
        problem(services.words, course.request.language, course.request.id, why, faults);
    answer.headers["Cache-Control"] = "no-store";
    if (answer.status == 401) answer.headers["WWW-Authenticate"] = "Bearer";
    if (why.key == "request.method") {
        for (const auto& [name, value] : why.arguments) {
            if (name == "allowed") answer.headers["Allow"] = value;
        }
    }
    return answer;
}

Answer Pipeline::Parts::refused(const Refused& refusal, Course& course) {
    course.result = refusal.why().key;
    std::vector<ports::AuditEntry> entries = refusal.audit;
    const bool denied = refusal.why().key.compare(0, 7, "access.") == 0;
    if (denied && course.route != nullptr && !course.request.login.empty()) {
        ports::AuditEntry entry = audited("access.denied", "route:" + course.route->name);
        entry.result = refusal.why().key;
        entries.push_back(std::move(entry));
    }
    try {
        append(entries, course.request);
        if (!entries.empty() && course.route != nullptr && changes_people(course.route->action)) {
            callers.forget();
        }
    } catch (const ports::StoreUnavailable&) {
        // A refusal that must be recorded and cannot be is not given: the caller repeats it.
        if (!refusal.audit.empty()) throw;
    }
    return say(course, refusal.why(), refusal.faults());
}

Pipeline::Pipeline(
    Services& services, Metrics& metrics, AccessLog& log, const PipelineOptions& options
)
    : parts_(std::make_unique<Parts>(services, metrics, log, options)) {}

Pipeline::~Pipeline() = default;

std::int64_t Pipeline::lively_sessions() const {
    return parts_->callers.lively();
}

Outgoing Pipeline::answer(const Incoming& incoming) {
    const std::int64_t start = steady_micros();
    Parts& parts = *parts_;
    Course course;
    course.request.id = parts.new_id();
    course.request.address = incoming.peer;
    Outgoing outgoing;
    const auto fail = [&](const char* key, const char* what) {
        course.result = key;
        if (std::string_view(key) == "service.broken") {
            parts.log.event("failed", what, course.request.id);
        }
        outgoing.answer = parts.say(course, {key, {{"request", course.request.id}}});
    };
    try {
        try {
            outgoing.answer = parts.dispatch(incoming, course);
        } catch (const Refused& refusal) {
            outgoing.answer = parts.refused(refusal, course);
        }
    } catch (const ports::StoreFull& error) {
        parts.log.event("store_full", error.what(), course.request.id);
        fail("store.full", error.what());
    } catch (const ports::StoreUnavailable& error) {
        parts.log.event("store_unavailable", error.what(), course.request.id);
        fail("store.unavailable", error.what());
    } catch (const ports::Conflict& error) {
        fail("request.conflict", error.what());
    } catch (const std::bad_alloc& error) {
        fail("request.busy", error.what());
    } catch (const std::exception& error) {
        fail("service.broken", error.what());
    }
    const std::int64_t micros = steady_micros() - start;
    const Answer& answer = outgoing.answer;
    parts.metrics.count(course.route, answer.status, micros);
    parts.log.request(
        {.request_id = course.request.id,
         .login = course.request.login,
         .organisation = course.request.actor.organisation,
         .address = course.request.address,
         .method = incoming.head.method,
         .route = course.route != nullptr ? std::string_view(course.route->path)
                  : course.page           ? std::string_view("page")
                                          : std::string_view("-"),
         .object = course.object,
         .result = course.result,
         .status = answer.status,
         .micros = micros,
         .bytes = static_cast<std::int64_t>(answer.body->size())}
    );
    outgoing.request_id = std::move(course.request.id);
    return outgoing;
}

Outgoing Pipeline::refuse(const HeadFault& fault, const std::string& peer) {
    Parts& parts = *parts_;
    Course course;
    course.request.id = parts.new_id();
    course.result = fault.key;
    Outgoing outgoing;
    outgoing.answer = parts.say(
        course,
        {fault.key,
         {{"detail", fault.detail},
          {"max",
           std::to_string(
               std::string_view(fault.key) == "request.uri_too_long" ? kTargetBytesMax
                                                                     : kHeadBytesMax
           )},
          {"count", std::to_string(kHeaderLinesMax)}}}
    );
    parts.metrics.count(nullptr, outgoing.answer.status, 0);
    parts.log.request(
        {.request_id = course.request.id,
         .login = {},
         .address = peer,
         .method = {},
         .route = "-",
         .object = {},
         .result = fault.key,
         .status = outgoing.answer.status,
         .bytes = static_cast<std::int64_t>(outgoing.answer.body->size())}
    );
    outgoing.request_id = std::move(course.request.id);
    return outgoing;
}

}  // namespace jicai::web
