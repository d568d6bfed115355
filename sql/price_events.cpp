#include <engine/money/check.h>
#include <sql/filter.h>
#include <sql/price_store.h>

// What was done to observations, and what waits for review.

namespace jicai::sql {
namespace {

using ports::PriceEvent;
using ports::PriceEventKind;
using ports::PriceReview;
using ports::ReviewState;

PriceEvent event_of(const Row& row) {
    return {
        .id = row.number(0),
        .observation = row.number(1),
        .kind = static_cast<PriceEventKind>(row.number(2)),
        .user = row.number(3),
        .login = row.size() > 6 ? row.text(6) : std::string(),
        .at = row.moment(4),
        .reason = row.text(5)};
}

void insert_event(Connection& connection, const PriceEvent& event) {
    connection.change(
        "INSERT INTO price_events (observation, kind, user, at, reason) VALUES (?, ?, ?, ?, ?)",
        {event.observation,
         static_cast<std::int64_t>(event.kind),
         event.user,
         event.at,
         event.reason}
    );
}

// Whoever comes second waits here.
void lock_observation(Connection& connection, std::int64_t observation) {
    const auto rows = connection.query(
        "SELECT id FROM price_observations WHERE id = ? FOR UPDATE", {observation}
    );
    JICAI_CHECK(rows.size() == 1);
}

Value price_value(const std::optional<money::Price>& price) {
    return price ? Value(price->micro_yuan()) : Value(std::nullopt);
}

std::optional<money::Price> price_of(const Row& row, std::size_t column) {
    if (row.is_null(column)) return std::nullopt;
    return money::Price(row.number(column));
}

constexpr std::string_view kReview =
    "SELECT m.observation, m.hold_reason, m.slip, m.median_unit_micro_yuan, "
    "m.suggested_micro_yuan, m.suggested_units, m.corrected, h.at, d.at, COALESCE(d.reason, ''), "
    "COALESCE(u.login, '') FROM ";
// Of every held observation one event says so; of a decided one another says what was decided.
constexpr std::string_view kReviewFrom =
    "price_marks m JOIN price_events h ON h.observation = m.observation AND h.kind = 3 "
    "LEFT JOIN price_events d ON d.observation = m.observation AND d.kind IN (4, 5) "
    "LEFT JOIN users u ON u.id = d.user";
static_assert(static_cast<int>(PriceEventKind::held) == 3);
static_assert(static_cast<int>(PriceEventKind::accepted) == 4);
static_assert(static_cast<int>(PriceEventKind::rejected) == 5);

PriceReview review_of(const Row& row) {
    PriceReview review;
    review.observation.id = row.number(0);
    review.hold.reason = row.text(1);
    review.hold.slip = row.text(2);
    review.hold.median_unit = price_of(row, 3);
    review.hold.suggested_price = price_of(row, 4);
    if (!row.is_null(5)) review.hold.suggested_units = row.number(5);
    review.corrected = row.number(6);
    review.held_at = row.moment(7);
    review.decided_at = row.optional_moment(8);
    review.reason = row.text(9);
    review.decided_login = row.text(10);
    return review;
}

}  // namespace

bool SqlPriceStore::append(const PriceEvent& event) {
    lock_observation(connection_, event.observation);
    const auto rows = connection_.query(
        "SELECT excluded, review FROM price_marks WHERE observation = ? FOR UPDATE",
        {event.observation}
    );
    bool excluded = !rows.empty() && rows.front().flag(0);
    auto review =
        rows.empty() ? ReviewState::none : static_cast<ReviewState>(rows.front().number(1));
    switch (event.kind) {
        case PriceEventKind::excluded:
        case PriceEventKind::restored: {
            const bool wanted = event.kind == PriceEventKind::excluded;
            if (excluded == wanted) return false;
            excluded = wanted;
            break;
        }
        case PriceEventKind::accepted:
        case PriceEventKind::rejected:
            if (review != ReviewState::pending) return false;
            review = event.kind == PriceEventKind::accepted ? ReviewState::accepted
                                                            : ReviewState::rejected;
            break;
        case PriceEventKind::held:
            JICAI_CHECK(false);
    }
    insert_event(connection_, event);
    connection_.change(
        "INSERT INTO price_marks (observation, excluded, review, hold_reason, slip, corrected) "
        "VALUES (?, ?, ?, '', '', 0) ON DUPLICATE KEY UPDATE excluded = VALUES(excluded), "
        "review = VALUES(review)",
        {event.observation, excluded, static_cast<std::int64_t>(review)}
    );
    return true;
}

std::vector<PriceEvent> SqlPriceStore::events_of(std::int64_t observation) {
    std::vector<PriceEvent> all;
    for (const Row& row : connection_.query(
             "SELECT e.id, e.observation, e.kind, e.user, e.at, e.reason, COALESCE(u.login, '') "
             "FROM price_events e LEFT JOIN users u ON u.id = e.user WHERE e.observation = ? "
             "ORDER BY e.id",
             {observation}
         )) {
        all.push_back(event_of(row));
    }
    return all;
}

std::vector<PriceEvent> SqlPriceStore::events_of_product(std::int64_t product) {
    std::vector<PriceEvent> all;
    for (const Row& row : connection_.query(
             "SELECT e.id, e.observation, e.kind, e.user, e.at, e.reason FROM price_observations o "
             "JOIN price_events e ON e.observation = o.id WHERE o.product = ? ORDER BY e.id",
             {product}
         )) {
        all.push_back(event_of(row));
    }
    return all;
}

void SqlPriceStore::each_event(
    std::int64_t first, std::int64_t last, const std::function<void(const PriceEvent&)>& take
) {
    connection_.stream(
        "SELECT id, observation, kind, user, at, reason FROM price_events WHERE id BETWEEN " +
            std::to_string(first) + " AND " + std::to_string(last) + " ORDER BY id",
        [&](const Row& row) { take(event_of(row)); }
    );
}

std::int64_t SqlPriceStore::last_event() {
    return connection_.query("SELECT MAX(id) FROM price_events").at(0).number(0);
}

void SqlPriceStore::hold(std::int64_t observation, const ports::PriceHold& hold, ports::Moment at) {
    lock_observation(connection_, observation);
    PriceEvent event;
    event.observation = observation;
    event.kind = PriceEventKind::held;
    event.at = at;
    event.reason = hold.reason;
    insert_event(connection_, event);
    connection_.change(
        "INSERT INTO price_marks (observation, excluded, review, hold_reason, slip, "
        "median_unit_micro_yuan, suggested_micro_yuan, suggested_units, corrected) "
        "VALUES (?, 0, ?, ?, ?, ?, ?, ?, 0) ON DUPLICATE KEY UPDATE review = VALUES(review), "
        "hold_reason = VALUES(hold_reason), slip = VALUES(slip), "
        "median_unit_micro_yuan = VALUES(median_unit_micro_yuan), "
        "suggested_micro_yuan = VALUES(suggested_micro_yuan), "
        "suggested_units = VALUES(suggested_units)",
        {observation,
         static_cast<std::int64_t>(ReviewState::pending),
         hold.reason,
         hold.slip,
         price_value(hold.median_unit),
         price_value(hold.suggested_price),
         hold.suggested_units ? Value(*hold.suggested_units) : Value(std::nullopt)}
    );
}

std::optional<PriceReview> SqlPriceStore::review(std::int64_t id) {
    auto review = one<PriceReview>(
        connection_.query(
            std::string(kReview) + std::string(kReviewFrom) + " WHERE m.observation = ?", {id}
        ),
        review_of
    );
    if (review) review->observation = *observation(id);
    return review;
}

ports::Found<PriceReview> SqlPriceStore::reviews(const ports::ReviewQuery& query) {
    Filter filter;
    filter.add("m.review <> 0", {});
    filter.add_text(
        {"p.code", "p.name", "p.initials", "p.supplier", "COALESCE(f.maker, '')", "o.document"},
        query.text
    );
    if (query.state) filter.add("m.review = ?", {static_cast<std::int64_t>(*query.state)});
    const std::string from =
        std::string(kReviewFrom) +
        " JOIN price_observations o ON o.id = m.observation JOIN products p ON p.id = o.product "
        "LEFT JOIN price_products f ON f.product = o.product";
    auto result = found<PriceReview>(
        connection_,
        std::string(kReview) + from,
        from,
        "m.review <> 1, m.observation DESC",
        filter,
        query.page,
        review_of
    );
    for (PriceReview& review : result.rows) {
        review.observation = *observation(review.observation.id);
    }
    return result;
}

void SqlPriceStore::set_corrected(std::int64_t observation, std::int64_t by) {
    const std::int64_t changed = connection_.change(
        "UPDATE price_marks SET corrected = ? WHERE observation = ?", {by, observation}
    );
    JICAI_CHECK(changed == 1);
}

}  // namespace jicai::sql
