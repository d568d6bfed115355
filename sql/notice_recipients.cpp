#include <sql/notice_store.h>
#include <sql/notice_words.h>
#include <sql/stores.h>

#include <array>

namespace jicai::sql {
namespace {

using ports::Audience;
using ports::Channel;
using ports::Delivery;
using ports::DeliveryState;
using ports::RecipientState;

constexpr std::size_t kFailureCharacters = 500;

/// The first digits that all codes of a region share; "" for the country.
std::string digits_of(const std::string& region) {
    std::string digits = region;
    while (digits.size() >= 2 && digits.compare(digits.size() - 2, 2, "00") == 0) {
        digits.resize(digits.size() - 2);
    }
    return digits;
}

std::string marks(std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += i == 0 ? "?" : ", ?";
    return text;
}

void put_organisations(const Audience& audience, std::string& text, std::vector<Value>& values) {
    text += "(";
    if (!audience.within.empty()) {
        text += "o.region LIKE ?";
        values.emplace_back(digits_of(audience.within) + "%");
    }
    if (!audience.organisations.empty()) {
        text += (audience.within.empty() ? "" : " OR ") + std::string("o.id IN (") +
                marks(audience.organisations.size()) + ")";
        values.insert(values.end(), audience.organisations.begin(), audience.organisations.end());
    }
    text += ")";
}

void put_roles(const Audience& audience, std::string& text, std::vector<Value>& values) {
    if (audience.roles.empty()) return;
    text += " AND EXISTS (SELECT 1 FROM user_roles ur WHERE ur.user = u.id AND ur.role IN (" +
            marks(audience.roles.size()) + "))";
    for (const access::Role role : audience.roles) {
        values.emplace_back(static_cast<std::int64_t>(role));
    }
}

struct Statement {
    std::string text;
    std::vector<Value> values;
};

/// One row for each organisation of the audience.
Statement organisations_of(std::int64_t notice, const Audience& audience) {
    Statement statement;
    statement.text =
        "SELECT o.id, o.code, o.name, o.region, COUNT(u.id) AS people, COUNT(r.user) AS "
        "people_read, MIN(r.read_at) AS read_at, MIN(s.signed_at) AS signed_at, MIN(s.name) AS "
        "signed_by FROM organisations o LEFT JOIN users u ON u.organisation = o.id AND u.active = "
        "1";
    put_roles(audience, statement.text, statement.values);
    statement.text +=
        " LEFT JOIN notice_reads r ON r.user = u.id AND r.notice = ? LEFT JOIN notice_signatures s "
        "ON s.notice = ? AND s.organisation = o.id WHERE o.active = 1 AND ";
    statement.values.emplace_back(notice);
    statement.values.emplace_back(notice);
    put_organisations(audience, statement.text, statement.values);
    statement.text += " GROUP BY o.id, o.code, o.name, o.region HAVING (people > 0";
    if (!audience.organisations.empty()) {
        statement.text += " OR o.id IN (" + marks(audience.organisations.size()) + ")";
        statement.values.insert(
            statement.values.end(), audience.organisations.begin(), audience.organisations.end()
        );
    }
    statement.text += ")";
    return statement;
}

const char* state_condition(RecipientState state) {
    switch (state) {
        case RecipientState::all:
            return "1 = 1";
        case RecipientState::unread:
            return "c.people_read = 0";
        case RecipientState::read:
            return "c.people_read > 0";
        case RecipientState::unsigned_:
            return "c.signed_at IS NULL";
        case RecipientState::signed_:
            return "c.signed_at IS NOT NULL";
    }
    return "1 = 1";
}

Delivery delivery_of(const Row& row) {
    Delivery delivery;
    delivery.id = row.number(0);
    delivery.notice = row.number(1);
    delivery.user = row.number(2);
    delivery.channel = static_cast<Channel>(row.number(3));
    delivery.address = row.text(4);
    delivery.state = static_cast<DeliveryState>(row.number(5));
    delivery.tries = row.number(6);
    delivery.next_at = row.moment(7);
    delivery.failure = row.text(8);
    return delivery;
}

}  // namespace

ports::Found<ports::Recipient> SqlNoticeStore::recipients(const ports::RecipientQuery& query) {
    Statement inner = organisations_of(query.notice, audience(query.notice));
    std::string from = " FROM (" + inner.text + ") c WHERE " + state_condition(query.state);
    if (!query.text.empty()) {
        from += " AND (LOCATE(?, c.code) > 0 OR LOCATE(?, c.name) > 0)";
        inner.values.emplace_back(query.text);
        inner.values.emplace_back(query.text);
    }
    if (!query.within.empty()) {
        from += " AND c.region LIKE ?";
        inner.values.emplace_back(digits_of(query.within) + "%");
    }
    ports::Found<ports::Recipient> found;
    found.total = connection_.query("SELECT COUNT(*)" + from, inner.values).front().number(0);
    for (const Row& row : connection_.query(
             "SELECT c.id, c.code, c.name, c.region, c.people, c.people_read, c.read_at, "
             "c.signed_at, c.signed_by" +
                 from + " ORDER BY c.region, c.code" + limit_of(query.page),
             inner.values
         )) {
        ports::Recipient recipient;
        recipient.organisation = row.number(0);
        recipient.code = row.text(1);
        recipient.name = row.text(2);
        recipient.region = row.text(3);
        recipient.people = row.number(4);
        recipient.people_read = row.number(5);
        recipient.read_at = row.optional_moment(6);
        recipient.signed_at = row.optional_moment(7);
        recipient.signed_by = row.text(8);
        found.rows.push_back(std::move(recipient));
    }
    return found;
}

ports::ReceiptCounts SqlNoticeStore::receipts(std::int64_t notice) {
    const Statement inner = organisations_of(notice, audience(notice));
    const auto rows = connection_.query(
        "SELECT COUNT(*), COUNT(NULLIF(c.people_read, 0)), COUNT(c.signed_at) FROM (" + inner.text +
            ") c",
        inner.values
    );
    return {rows.front().number(0), rows.front().number(1), rows.front().number(2)};
}

std::optional<ports::ChannelSettings> SqlNoticeStore::channels(std::int64_t user) {
    const auto rows = connection_.query(
        "SELECT user, email, phone, webhook, webhook_secret, kinds, version FROM notice_channels "
        "WHERE user = ?",
        {user}
    );
    if (rows.empty()) return std::nullopt;
    const Row& row = rows.front();
    return ports::ChannelSettings{
        .user = row.number(0),
        .email = row.text(1),
        .phone = row.text(2),
        .webhook = row.text(3),
        .webhook_secret = row.text(4),
        .kinds = read_words(row.text(5)),
        .version = row.number(6)};
}

bool SqlNoticeStore::save(const ports::ChannelSettings& settings) {
    const std::vector<Value> given{
        settings.email,
        settings.phone,
        settings.webhook,
        settings.webhook_secret,
        written_words(settings.kinds),
        settings.user};
    if (settings.version == 0) {
        return connection_.change(
                   "INSERT IGNORE INTO notice_channels (email, phone, webhook, webhook_secret, "
                   "kinds, user, version) VALUES (?, ?, ?, ?, ?, ?, 1)",
                   given
               ) == 1;
    }
    std::vector<Value> values = given;
    values.emplace_back(settings.version);
    return connection_.change(
               "UPDATE notice_channels SET email = ?, phone = ?, webhook = ?, webhook_secret = ?, "
               "kinds = ?, version = version + 1 WHERE user = ? AND version = ?",
               values
           ) == 1;
}

std::int64_t SqlNoticeStore::spread(std::int64_t notices_max, ports::Moment wall) {
    std::int64_t taken = 0;
    for (const Row& row : connection_.query(
             "SELECT notice FROM notice_unspread ORDER BY notice LIMIT " +
             std::to_string(notices_max)
         )) {
        const std::int64_t id = row.number(0);
        // Whoever deletes the row makes the deliveries; another one waits here and finds nothing.
        if (connection_.change("DELETE FROM notice_unspread WHERE notice = ?", {id}) != 1) continue;
        if (const auto told = notice(id)) spread_one(*told, wall);
        ++taken;
    }
    return taken;
}

void SqlNoticeStore::spread_one(const ports::Notice& notice, ports::Moment wall) {
    constexpr std::array<std::pair<Channel, const char*>, 3> kChannels{
        {{Channel::email, "c.email"}, {Channel::sms, "c.phone"}, {Channel::webhook, "c.webhook"}}};
    for (const auto& [channel, column] : kChannels) {
        std::string text =
            "INSERT IGNORE INTO notice_deliveries (notice, user, channel, address, state, tries, "
            "next_at, failure) SELECT ?, u.id, ?, " +
            std::string(column) +
            ", 1, 0, ?, '' FROM notice_channels c JOIN users u ON u.id = c.user AND u.active = 1 "
            "JOIN organisations o ON o.id = u.organisation AND o.active = 1 WHERE " +
            column + " <> '' AND u.id <> ? AND (c.kinds = '' OR LOCATE(?, c.kinds) > 0)";
        std::vector<Value> values{
            notice.id,
            static_cast<std::int64_t>(channel),
            wall,
            notice.user,
            "," + notice.kind + ","};
        put_roles(notice.audience, text, values);
        text += " AND ";
        put_organisations(notice.audience, text, values);
        connection_.change(text, values);
    }
}

std::vector<Delivery> SqlNoticeStore::due(ports::Moment wall, std::int64_t deliveries_max) {
    std::vector<Delivery> all;
    for (const Row& row : connection_.query(
             "SELECT id, notice, user, channel, address, state, tries, next_at, failure FROM "
             "notice_deliveries WHERE state IN (1, 2) AND next_at <= ? ORDER BY next_at, id "
             "LIMIT " +
                 std::to_string(deliveries_max),
             {wall}
         )) {
        all.push_back(delivery_of(row));
    }
    return all;
}

bool SqlNoticeStore::hold(const Delivery& delivery, ports::Moment until) {
    return connection_.change(
               "UPDATE notice_deliveries SET state = 2, tries = tries + 1, next_at = ? WHERE id = "
               "? AND state = ? AND tries = ?",
               {until, delivery.id, static_cast<std::int64_t>(delivery.state), delivery.tries}
           ) == 1;
}

void SqlNoticeStore::finish(const Delivery& delivery) {
    connection_.change(
        "UPDATE notice_deliveries SET state = ?, next_at = ?, failure = ? WHERE id = ? AND state = "
        "2 AND tries = ?",
        {static_cast<std::int64_t>(delivery.state),
         delivery.next_at,
         cut(delivery.failure, kFailureCharacters),
         delivery.id,
         delivery.tries}
    );
}

ports::DeliveryCounts SqlNoticeStore::deliveries() {
    ports::DeliveryCounts counts;
    for (const Row& row : connection_.query(
             "SELECT state, COUNT(*) FROM notice_deliveries WHERE state IN (1, 2, 4) GROUP BY state"
         )) {
        const auto state = static_cast<DeliveryState>(row.number(0));
        (state == DeliveryState::failed ? counts.failed : counts.waiting) += row.number(1);
    }
    return counts;
}

}  // namespace jicai::sql
