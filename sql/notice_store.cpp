#include <sql/notice_store.h>
#include <sql/notice_words.h>
#include <sql/stores.h>

#include <algorithm>

namespace jicai::sql {
namespace {

using ports::Notice;
using ports::NoticeState;
using ports::Reader;
using ports::ReadNotice;

constexpr const char* kCountedMax = "1000";
constexpr std::size_t kNoticeColumns = 13;
constexpr std::string_view kNoticeList =
    "n.id, n.round, n.kind, n.message_key, n.message_arguments, n.title, n.text, n.organisation, "
    "n.user, n.at, n.must_sign, n.due, n.link";

Notice notice_of(const Row& row) {
    Notice notice;
    notice.id = row.number(0);
    notice.round = row.text(1);
    notice.kind = row.text(2);
    notice.message = {row.text(3), read_arguments(row.text(4))};
    notice.title = row.text(5);
    notice.text = row.text(6);
    notice.organisation = row.number(7);
    notice.user = row.number(8);
    notice.at = row.moment(9);
    notice.must_sign = row.flag(10);
    notice.due = row.optional_moment(11);
    notice.link = row.text(12);
    return notice;
}

/// A WHERE that grows, with its values in order.
struct Condition {
    std::string text;
    std::vector<Value> values;

    void both(const std::string& part, const std::vector<Value>& more = {}) {
        text += (text.empty() ? "" : " AND ") + part;
        values.insert(values.end(), more.begin(), more.end());
    }
};

/// The targets that are the reader's: "t." the table. Ranges of its primary key.
Condition targets_of(const Reader& reader) {
    Condition condition;
    condition.text = "t.organisation IN (0, ?) AND t.region IN ('', '000000', ?, ?, ?)";
    std::string region = reader.region;
    region.resize(6, '0');
    condition.values = {
        reader.organisation, region.substr(0, 2) + "0000", region.substr(0, 4) + "00", region};
    condition.text += " AND t.role IN (0";
    for (const access::Role role : reader.roles) {
        condition.text += ", ?";
        condition.values.emplace_back(static_cast<std::int64_t>(role));
    }
    condition.text += ")";
    return condition;
}

std::vector<Value> joined(std::vector<Value> first, const std::vector<Value>& second) {
    first.insert(first.end(), second.begin(), second.end());
    return first;
}

}  // namespace

std::int64_t SqlNoticeStore::add(const ports::NewNotice& notice) {
    const Value once = notice.once.empty() ? Value(std::nullopt) : Value(notice.once);
    try {
        insert(
            connection_,
            "INSERT INTO notices (round, kind, message_key, message_arguments, title, text, "
            "organisation, user, at, must_sign, due, link, once) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            {notice.round,
             notice.kind,
             notice.message.key,
             written_arguments(notice.message.arguments),
             notice.title,
             notice.text,
             notice.organisation,
             notice.user,
             notice.at,
             notice.must_sign,
             notice.due,
             notice.link,
             once}
        );
    } catch (const ports::Conflict&) {
        return 0;
    }
    const std::int64_t id = connection_.last_id();
    const ports::Audience& audience = notice.audience;
    std::vector<std::pair<std::int64_t, std::string>> places;
    for (const std::int64_t organisation : audience.organisations) {
        places.emplace_back(organisation, "");
    }
    if (!audience.within.empty()) places.emplace_back(0, audience.within);
    if (places.empty()) places.emplace_back(0, "000000");
    std::vector<std::int64_t> roles;
    for (const access::Role role : audience.roles) roles.push_back(static_cast<std::int64_t>(role));
    if (roles.empty()) roles.push_back(0);
    for (const auto& [organisation, region] : places) {
        for (const std::int64_t role : roles) {
            connection_.change(
                "INSERT IGNORE INTO notice_targets (organisation, region, role, notice) "
                "VALUES (?, ?, ?, ?)",
                {organisation, region, role, id}
            );
        }
    }
    if (notice.user != 0) mark_read(id, notice.user, notice.at);
    connection_.change("INSERT INTO notice_unspread (notice) VALUES (?)", {id});
    return id;
}

std::optional<Notice> SqlNoticeStore::notice(std::int64_t id) {
    const auto rows = connection_.query(
        "SELECT " + std::string(kNoticeList) + " FROM notices n WHERE n.id = ?", {id}
    );
    if (rows.empty()) return std::nullopt;
    Notice notice = notice_of(rows.front());
    notice.audience = audience(id);
    return notice;
}

ports::Audience SqlNoticeStore::audience(std::int64_t notice) {
    ports::Audience audience;
    for (const Row& row : connection_.query(
             "SELECT organisation, region, role FROM notice_targets WHERE notice = ? "
             "ORDER BY organisation, region, role",
             {notice}
         )) {
        const std::int64_t organisation = row.number(0);
        auto& named = audience.organisations;
        if (organisation == 0) {
            audience.within = row.text(1);
        } else if (named.empty() || named.back() != organisation) {
            named.push_back(organisation);
        }
        const auto role = static_cast<access::Role>(row.number(2));
        auto& roles = audience.roles;
        if (row.number(2) != 0 && std::find(roles.begin(), roles.end(), role) == roles.end()) {
            roles.push_back(role);
        }
    }
    return audience;
}

ports::Found<ReadNotice> SqlNoticeStore::find(const ports::NoticeQuery& query) {
    const Reader& reader = query.reader;
    Condition where;
    if (query.state == NoticeState::sent) {
        where.both("n.organisation = ? AND n.organisation <> 0", {reader.organisation});
    } else {
        const Condition targets = targets_of(reader);
        where.both(
            "n.id IN (SELECT t.notice FROM notice_targets t WHERE " + targets.text + ")",
            targets.values
        );
    }
    if (query.state == NoticeState::unread) where.both("r.user IS NULL");
    if (query.state == NoticeState::to_sign) where.both("n.must_sign = 1 AND s.notice IS NULL");
    if (!query.round.empty()) where.both("n.round = ?", {query.round});
    if (!query.text.empty()) where.both("LOCATE(?, n.title) > 0", {query.text});
    if (query.only != 0) where.both("n.id = ?", {query.only});
    const std::string from =
        " FROM notices n LEFT JOIN notice_reads r ON r.user = ? AND r.notice = n.id "
        "LEFT JOIN notice_signatures s ON s.notice = n.id AND s.organisation = ? "
        "LEFT JOIN organisations o ON o.id = n.organisation WHERE " +
        where.text;
    const std::vector<Value> values = joined({reader.user, reader.organisation}, where.values);
    ports::Found<ReadNotice> found;
    found.total = connection_.query("SELECT COUNT(*)" + from, values).front().number(0);
    for (const Row& row : connection_.query(
             "SELECT " + std::string(kNoticeList) + ", o.name, r.read_at, s.signed_at, s.name" +
                 from + " ORDER BY n.id DESC" + limit_of(query.page),
             values
         )) {
        ReadNotice read;
        read.notice = notice_of(row);
        read.from_name = row.text(kNoticeColumns);
        read.read_at = row.optional_moment(kNoticeColumns + 1);
        read.signed_at = row.optional_moment(kNoticeColumns + 2);
        read.signed_by = row.text(kNoticeColumns + 3);
        found.rows.push_back(std::move(read));
    }
    return found;
}

ports::NoticeCounts SqlNoticeStore::counts(const Reader& reader) {
    const Condition targets = targets_of(reader);
    const auto counted = [&](const std::string& join, const std::string& where, Value first) {
        return connection_
            .query(
                "SELECT COUNT(*) FROM (SELECT DISTINCT t.notice FROM notice_targets t " + join +
                    " WHERE " + targets.text + where + " LIMIT " + kCountedMax + ") counted",
                joined({std::move(first)}, targets.values)
            )
            .front()
            .number(0);
    };
    ports::NoticeCounts counts;
    counts.unread = counted(
        "LEFT JOIN notice_reads r ON r.user = ? AND r.notice = t.notice",
        " AND r.user IS NULL",
        reader.user
    );
    counts.to_sign = counted(
        "JOIN notices n ON n.id = t.notice AND n.must_sign = 1 "
        "LEFT JOIN notice_signatures s ON s.notice = t.notice AND s.organisation = ?",
        " AND s.notice IS NULL",
        reader.organisation
    );
    return counts;
}

void SqlNoticeStore::mark_read(std::int64_t notice, std::int64_t user, ports::Moment at) {
    connection_.change(
        "INSERT IGNORE INTO notice_reads (user, notice, read_at) VALUES (?, ?, ?)",
        {user, notice, at}
    );
}

bool SqlNoticeStore::sign(
    std::int64_t notice, const Reader& reader, const std::string& name, ports::Moment at
) {
    return connection_.change(
               "INSERT IGNORE INTO notice_signatures (notice, organisation, user, name, signed_at) "
               "VALUES (?, ?, ?, ?, ?)",
               {notice, reader.organisation, reader.user, name, at}
           ) == 1;
}

}  // namespace jicai::sql
