#include <engine/access/access.h>
#include <engine/notices/reporting_calendar.h>
#include <engine/notices/todos.h>
#include <engine/setup/conditions.h>
#include <reports/award_tables.h>
#include <web/server/calendar_rows.h>
#include <web/server/round_pages.h>
#include <web/server/round_work.h>
#include <web/server/rulebooks.h>
#include <web/server/schema.h>

#include <algorithm>
#include <utility>

namespace jicai::web {
namespace {

using access::Action;
using decision::Json;

constexpr std::size_t kRoundsShown = 5;
constexpr std::int64_t kUsersLookedAt = 10'000;
constexpr std::int64_t kEntriesLookedAt = 100;
constexpr std::size_t kDeadlinesShown = 5;
constexpr std::int64_t kDaysAhead = 60;

/// What the store says to somebody's first page. Members the actor may not know stay empty.
struct Figures {
    bool must_change_password = false;
    std::int64_t users = 0;
    std::int64_t without_roles = 0;
    std::int64_t locked = 0;
    std::int64_t organisations = 0;
    std::int64_t entries_today = 0;
    std::int64_t unsealed = 0;
    std::int64_t keys = 0;
    std::vector<notices::Todo> todos;               ///< the soonest due first
    std::vector<notices::CalendarEntry> deadlines;  ///< the next ones
};

void count_users(ports::Transaction& transaction, const Request& request, Figures& figures) {
    ports::UserQuery query;
    query.page = {0, kUsersLookedAt};
    const auto found = transaction.people().find(query);
    figures.users = found.total;
    for (const ports::User& user : found.rows) {
        if (!user.active) continue;
        if (user.roles.empty()) ++figures.without_roles;
        if (user.locked_until && *user.locked_until > request.wall) ++figures.locked;
    }
}

void count_audit(ports::Transaction& transaction, const Request& request, Figures& figures) {
    ports::AuditQuery today;
    today.from = ports::read_beijing_day(ports::beijing_text(request.wall).substr(0, 10));
    today.page = {0, 1};
    figures.entries_today = transaction.audit().find(today).total;
    ports::AuditQuery newest;
    newest.page = {0, kEntriesLookedAt};
    const auto entries = transaction.audit().find(newest);
    figures.unsealed =
        std::count_if(entries.rows.begin(), entries.rows.end(), [&](const auto& entry) {
            // Younger ones are about to be sealed.
            return entry.seal == 0 && ports::after(entry.at, ports::kMinute) < request.wall;
        });
}

Figures figures_of(const Request& request, Services& services) {
    Figures figures;
    const auto may = [&](Action action) {
        return access::reach_of(request.actor, action) == access::Reach::all;
    };
    services.store.read([&](ports::Transaction& transaction) {
        figures = Figures{};
        if (const auto user = transaction.people().user(request.actor.user)) {
            figures.must_change_password = user->must_change_password;
        }
        if (!figures.must_change_password && request.actor.user != 0) {
            figures.todos = notices::todos(transaction, request.actor, request.now);
            figures.deadlines = notices::reporting_calendar(
                transaction,
                request.actor,
                request.now,
                ports::after(request.now, kDaysAhead * ports::kDay),
                request.now
            );
        }
        if (may(Action::see_users)) count_users(transaction, request, figures);
        if (may(Action::see_organisations)) {
            figures.organisations = transaction.people().find(ports::OrganisationQuery{}).total;
        }
        if (may(Action::see_audit)) count_audit(transaction, request, figures);
        if (may(Action::manage_keys)) figures.keys = transaction.sessions().keys(0, {0, 1}).total;
    });
    return figures;
}

/// Drafts of the actor's own office with assumed values nobody has accepted yet: none of them goes
/// on to its notice.
void look_at_values(const Request& request, Services& services, Figures& figures) {
    std::vector<notices::Todo> found;
    const auto list = services.rounds.list();
    for (const ports::StoredRound& stored : list->rounds) {
        if (stored.stage != access::Stage::draft || !runs(request, stored)) continue;
        const auto round = services.rounds.round(stored.id);
        if (!round->ruled) continue;
        const auto weak = values_to_accept(round->ruled->rules.rulebook);
        std::size_t open = 0;
        std::optional<ports::Moment> due;
        services.store.read([&](ports::Transaction& transaction) {
            const auto accepted = transaction.procedure().accepted_values(stored.id);
            open = setup::not_accepted(weak, accepted).size();
            due.reset();
            for (const auto& deadline : transaction.procedure().deadlines(stored.id)) {
                if (deadline.stage == access::Stage::draft) due = deadline.at;
            }
        });
        if (open == 0) continue;
        found.push_back(
            {{"todo.accept_values", {{"round", stored.id}, {"count", std::to_string(open)}}},
             "/rounds/" + stored.id + "/setup/rulebook",
             due}
        );
    }
    figures.todos.insert(figures.todos.begin(), found.begin(), found.end());
    notices::sort_by_due(figures.todos);
}

/// Cards, to-dos and rounds of one request.
class HomePage {
public:
    HomePage(const Request& request, Services& services)
        : request_(request), services_(services), words_(services.words, request.language) {}

    [[nodiscard]] Json make() {
        Figures figures = figures_of(request_, services_);
        if (may(Action::run_rounds)) look_at_values(request_, services_, figures);
        const List rounds = rounds_list(request_, services_);
        card("rounds", std::to_string(rounds.total), "/rounds");
        look_at_rounds();
        cards_of(figures);
        todos_of(figures);
        card("rulebooks", std::to_string(known_rulebooks().size()), "/rulebooks");
        return Json::Object{
            {"cards", std::move(cards_)},
            {"todos", std::move(todos_)},
            {"deadlines", deadlines_of(figures)},
            {"rounds", first_rows(rounds)},
        };
    }

private:
    [[nodiscard]] bool may(Action action) const {
        return access::reach_of(request_.actor, action) != access::Reach::none;
    }

    void card(const std::string& name, const std::string& value, const std::string& link) {
        cards_.emplace_back(Json::Object{
            {"name", name},
            {"text", words_.render({"home." + name, {}})},
            {"value", value},
            {"link", link}});
    }

    void todo(decision::Message message, const std::string& link) {
        todos_.emplace_back(Json::Object{
            {"text", words_.render(message)}, {"link", link}, {"due", ""}});
    }

    static Json first_rows(const List& rounds) {
        const Json all = reports::to_json(rounds.table);
        Json::Array rows;
        for (std::size_t i = 0; i < all.array().size() && i < kRoundsShown; ++i) {
            Json::Object row = all.array()[i].object();
            for (const auto& [name, value] : rounds.more[i]) row.emplace(name, value);
            rows.emplace_back(std::move(row));
        }
        return rows;
    }

    /// What of the rounds concerns the actor: own bids, rounds their office runs.
    void look_at_rounds() {
        std::int64_t lots = 0;
        std::int64_t winners = 0;
        std::int64_t own_bids = 0;
        std::int64_t own_won = 0;
        bool is_supplier = false;
        const auto list = services_.rounds.list();
        for (const ports::StoredRound& stored : list->rounds) {
            if (!view_of(request_.actor, stored, {}).round) continue;
            const auto round = services_.rounds.round(stored.id);
            const RoundView view = view_of(request_.actor, round->stored, round->participants);
            if (!round->ruled) continue;
            if (view.results) {
                const reports::LotCounts counts = reports::count_lots(round->decided);
                lots += counts.decided;
                winners += counts.winners;
            }
            is_supplier = is_supplier || !view.own.empty();
            for (const decision::LotDecision& lot : round->decided.lots) {
                for (const decision::BidDecision& bid : lot.bids) {
                    const round::Round& made = round->ruled->round;
                    const std::string& code = made.suppliers[made.bids[bid.bid].supplier].id;
                    if (std::find(view.own.begin(), view.own.end(), code) == view.own.end()) {
                        continue;
                    }
                    ++own_bids;
                    if (view.results && bid.outcome == decision::Outcome::won) ++own_won;
                }
            }
            const bool runs = stored.owner != 0 && stored.owner == request_.actor.organisation;
            if (runs && view.results && !round->certificate_holds()) {
                todo(
                    {"home.todo_certificate", {{"round", stored.id}}},
                    "/rounds/" + stored.id + "/certificate"
                );
            }
        }
        if (is_supplier) {
            card("own_bids", std::to_string(own_bids), "/rounds");
            card("own_won", std::to_string(own_won), "/rounds");
        } else {
            card("lots_decided", std::to_string(lots), "/rounds");
            card("awards", std::to_string(winners), "/rounds");
        }
    }

    void cards_of(const Figures& figures) {
        if (access::reach_of(request_.actor, Action::see_organisations) == access::Reach::all) {
            card("organisations", std::to_string(figures.organisations), "/organisations");
        }
        if (may(Action::see_users)) card("users", std::to_string(figures.users), "/users");
        if (may(Action::see_audit)) {
            card("entries_today", std::to_string(figures.entries_today), "/audit");
        }
        if (access::reach_of(request_.actor, Action::manage_keys) == access::Reach::all) {
            card("keys", std::to_string(figures.keys), "/keys");
        }
    }

    void todos_of(const Figures& figures) {
        if (figures.must_change_password) todo({"home.todo_password", {}}, "/account");
        const bool needs_second_factor = std::any_of(
            request_.actor.roles.begin(), request_.actor.roles.end(), access::needs_second_factor
        );
        if (needs_second_factor && request_.session && !request_.session->second_factor) {
            todo({"home.todo_second_factor", {}}, "/account");
        }
        const auto counted = [&](const char* key, std::int64_t count, const char* link) {
            if (count > 0) todo({key, {{"count", std::to_string(count)}}}, link);
        };
        if (may(Action::grant_roles)) {
            counted("home.todo_without_roles", figures.without_roles, "/users");
            counted("home.todo_locked", figures.locked, "/users");
        }
        counted("home.todo_unsealed", figures.unsealed, "/audit");
        for (const notices::Todo& each : figures.todos) {
            todos_.emplace_back(Json::Object{
                {"text", words_.render(each.message)},
                {"link", each.link},
                {"due", each.due ? ports::beijing_text(*each.due) : ""}});
        }
    }

    [[nodiscard]] Json deadlines_of(const Figures& figures) const {
        Json::Array rows;
        for (const notices::CalendarEntry& entry : figures.deadlines) {
            if (rows.size() == kDeadlinesShown) break;
            rows.emplace_back(calendar_row(words_, entry));
        }
        return rows;
    }

    const Request& request_;
    Services& services_;
    catalogs::Words words_;
    Json::Array cards_;
    Json::Array todos_;
};

Answer handle(const Request& request, Services& services) {
    return json_answer(HomePage(request, services).make());
}

}  // namespace

Route get_home() {
    return {
        .path = "/api/home",
        .name = "get_home",
        .summary = "The first page of whoever has logged in: figures, what to do, recent rounds",
        .action = Action::manage_own_account,
        .answer_schema = schema::object(
            {{"cards",
              schema::array(schema::object(
                  {{"name", schema::text()},
                   {"text", schema::text()},
                   {"value", schema::text()},
                   {"link", schema::text()}}
              ))},
             {"todos",
              schema::array(schema::object(
                  {{"text", schema::text(500)}, {"link", schema::text()}, {"due", schema::text()}}
              ))},
             {"deadlines", schema::array(schema::object(calendar_members()))},
             {"rounds", schema::array(schema::object(rounds_row_members()))}}
        ),
        .handle = handle,
    };
}

}  // namespace jicai::web
