#include <engine/notices/message_centre.h>

namespace jicai::notices {
namespace {

using access::Action;
using access::Reach;
using decision::Message;
using ports::Refused;

[[noreturn]] void refuse(const char* field, const std::string& value, const Message& why) {
    throw Refused(why, {{field, value, why}});
}

void check_audience(
    ports::Transaction& transaction, const access::Actor& actor, const ports::Audience& audience
) {
    const bool anywhere = access::reach_of(actor, Action::send_notices) == Reach::all;
    if (!anywhere && !access::is_within(audience.within, actor.region) &&
        !audience.within.empty()) {
        refuse(
            "/audience/within",
            audience.within,
            {"notices.outside_region", {{"value", audience.within}, {"region", actor.region}}}
        );
    }
    for (std::size_t i = 0; i < audience.organisations.size(); ++i) {
        const std::string field = "/audience/organisations/" + std::to_string(i);
        const std::string value = std::to_string(audience.organisations[i]);
        const auto organisation = transaction.people().organisation(audience.organisations[i]);
        if (!organisation) {
            const Message why{"notices.organisation", {{"value", value}}};
            throw Refused(why, {{field, value, why}});
        }
        if (anywhere || access::is_within(organisation->region, actor.region)) continue;
        const Message why{
            "notices.outside_region", {{"value", organisation->name}, {"region", actor.region}}};
        throw Refused(why, {{field, value, why}});
    }
}

ports::ReadNotice find(
    ports::Transaction& transaction,
    const access::Actor& actor,
    std::int64_t id,
    ports::NoticeState state
) {
    const auto found =
        transaction.notices().find({.reader = reader_of(actor), .state = state, .only = id});
    if (!found.rows.empty()) return found.rows.front();
    throw Refused({"notices.not_found", {{"id", std::to_string(id)}}});
}

}  // namespace

std::int64_t send(
    ports::Transaction& transaction,
    const access::Actor& actor,
    const Draft& draft,
    ports::Moment now
) {
    if (draft.title.find_first_not_of(" \t\r\n") == std::string::npos) {
        refuse("/title", draft.title, {"notices.title_missing", {}});
    }
    check_audience(transaction, actor, draft.audience);
    if (!draft.round.empty()) {
        const auto round = transaction.rounds().round(draft.round);
        const bool seen = round && access::may(
                                       actor,
                                       Action::see_rounds,
                                       {.organisation = 0,
                                        .office = round->owner,
                                        .region = round->region,
                                        .stage = round->stage}
                                   );
        if (!seen) refuse("/round", draft.round, {"notices.round", {{"value", draft.round}}});
    }
    if (draft.due && *draft.due <= now) {
        const std::string due = ports::beijing_text(*draft.due);
        refuse(
            "/due", due, {"notices.due_past", {{"value", due}, {"now", ports::beijing_text(now)}}}
        );
    }
    ports::NewNotice notice;
    notice.round = draft.round;
    notice.kind = "message";
    notice.title = draft.title;
    notice.text = draft.text;
    notice.organisation = actor.organisation;
    notice.user = actor.user;
    notice.at = now;
    notice.must_sign = draft.must_sign;
    notice.due = draft.due;
    if (!draft.round.empty()) notice.link = "/rounds/" + draft.round;
    notice.audience = draft.audience;
    const bool to_region = notice.audience.organisations.empty() && notice.audience.within.empty();
    if (to_region && access::reach_of(actor, Action::send_notices) != Reach::all) {
        notice.audience.within = actor.region;
    }
    return notify(transaction, notice);
}

ports::ReadNotice open(
    ports::Transaction& transaction, const access::Actor& actor, std::int64_t id
) {
    const auto own = transaction.notices().find(
        {.reader = reader_of(actor), .state = ports::NoticeState::sent, .only = id}
    );
    if (!own.rows.empty()) return own.rows.front();
    return find(transaction, actor, id, ports::NoticeState::all);
}

ports::ReadNotice receive(
    ports::Transaction& transaction,
    const access::Actor& actor,
    const std::string& name,
    std::int64_t id,
    bool sign,
    ports::Moment now
) {
    const ports::ReadNotice before = find(transaction, actor, id, ports::NoticeState::all);
    if (sign && !before.notice.must_sign) {
        throw Refused({"notices.nothing_to_sign", {{"id", std::to_string(id)}}});
    }
    if (!before.read_at) transaction.notices().mark_read(id, actor.user, now);
    if (sign && !before.signed_at) {
        transaction.notices().sign(id, reader_of(actor), name, now);
    }
    return find(transaction, actor, id, ports::NoticeState::all);
}

std::optional<ReceiptsView> receipts_view(const access::Actor& actor) {
    switch (access::reach_of(actor, Action::send_notices)) {
        case Reach::all:
            return ReceiptsView{};
        case Reach::region:
            return ReceiptsView{actor.region};
        case Reach::organisation:
        case Reach::self:
        case Reach::none:
            return std::nullopt;
    }
    return std::nullopt;
}

}  // namespace jicai::notices
