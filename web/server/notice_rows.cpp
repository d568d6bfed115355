#include <catalogs/messages/words.h>
#include <web/server/notice_rows.h>
#include <web/server/people_rows.h>
#include <web/server/schema.h>

namespace jicai::web {

using decision::Json;

namespace {

std::string time_text(const std::optional<ports::Moment>& moment) {
    return moment ? ports::beijing_text(*moment) : "";
}

const char* state_of(const ports::ReadNotice& read) {
    if (read.notice.must_sign && !read.signed_at) return "to_sign";
    if (read.notice.must_sign) return "signed";
    return read.read_at ? "read" : "unread";
}

const char* state_of(const ports::Notice& notice, const ports::Recipient& recipient) {
    if (recipient.signed_at) return "signed";
    if (recipient.people == 0) return "nobody";
    if (recipient.people_read == 0) return "unread";
    return notice.must_sign ? "to_sign" : "read";
}

}  // namespace

NoticeWords words_of(const catalogs::Words& words, const ports::Notice& notice) {
    if (notice.message.key.empty()) return {notice.title, notice.text};
    return {
        words.render(notice.message),
        words.render({notice.message.key + "_text", notice.message.arguments})};
}

Json::Object notice_row(
    const Services& services, const Request& request, const ports::ReadNotice& read
) {
    const ports::Notice& notice = read.notice;
    const catalogs::Words words(services.words, request.language);
    return {
        {"id", notice.id},
        {"at", ports::beijing_text(notice.at)},
        {"from_name", read.from_name.empty() ? words("notices.from_service") : read.from_name},
        {"kind", notice.kind},
        {"kind_text", words.word("notice_kind", notice.kind)},
        {"title", words_of(words, notice).title},
        {"round", notice.round},
        {"must_sign", notice.must_sign},
        {"must_sign_text", words.word("flag", notice.must_sign ? "yes" : "no")},
        {"due", time_text(notice.due)},
        {"read", read.read_at.has_value()},
        {"signed", read.signed_at.has_value()},
        {"state", state_of(read)},
        {"state_text", words.word("notice_state", state_of(read))},
        {"link", notice.link}};
}

Json::Object notice_page(
    const Services& services,
    const Request& request,
    ports::Transaction& transaction,
    const ports::ReadNotice& read
) {
    Json::Object page = notice_row(services, request, read);
    const catalogs::Words words(services.words, request.language);
    page.emplace("text", words_of(words, read.notice).text);
    page.emplace("read_at", time_text(read.read_at));
    page.emplace("signed_at", time_text(read.signed_at));
    page.emplace("signed_by", read.signed_by);
    Json receipts;
    const auto view = notices::receipts_view(request.actor);
    if (view && view->within.empty()) {
        const auto counts = transaction.notices().receipts(read.notice.id);
        receipts = Json::Object{
            {"recipients", counts.recipients}, {"read", counts.read}, {"signed", counts.signed_}};
    } else if (view) {
        const auto count = [&](ports::RecipientState state) {
            return transaction.notices()
                .recipients(
                    {.notice = read.notice.id,
                     .state = state,
                     .within = view->within,
                     .page = {0, 1}}
                )
                .total;
        };
        receipts = Json::Object{
            {"recipients", count(ports::RecipientState::all)},
            {"read", count(ports::RecipientState::read)},
            {"signed", count(ports::RecipientState::signed_)}};
    }
    page.emplace("receipts", std::move(receipts));
    return page;
}

Json::Object recipient_row(
    const Services& services,
    const Request& request,
    const ports::Notice& notice,
    const ports::Recipient& recipient
) {
    const char* const state = state_of(notice, recipient);
    return {
        {"organisation", recipient.organisation},
        {"code", recipient.code},
        {"name", recipient.name},
        {"region", recipient.region},
        {"region_text", region_name(services, request, recipient.region)},
        {"people", recipient.people},
        {"people_read", recipient.people_read},
        {"read_at", time_text(recipient.read_at)},
        {"signed_at", time_text(recipient.signed_at)},
        {"signed_by", recipient.signed_by},
        {"state", state},
        {"state_text", word(services, request, "notice_state", state)}};
}

Json::Object notice_members() {
    return {
        {"id", schema::number()},
        {"at", schema::text()},
        {"from_name", schema::text(500)},
        {"kind", schema::text()},
        {"kind_text", schema::text()},
        {"title", schema::text(500)},
        {"round", schema::text()},
        {"must_sign", schema::flag()},
        {"must_sign_text", schema::text()},
        {"due", schema::text()},
        {"read", schema::flag()},
        {"signed", schema::flag()},
        {"state", schema::choice({"unread", "read", "to_sign", "signed"})},
        {"state_text", schema::text()},
        {"link", schema::text(500)}};
}

Json::Object notice_page_members() {
    Json::Object members = notice_members();
    members.emplace("text", schema::text(30'000));
    members.emplace("read_at", schema::text());
    members.emplace("signed_at", schema::text());
    members.emplace("signed_by", schema::text(500));
    members.emplace(
        "receipts",
        schema::nullable(schema::object(
            {{"recipients", schema::number()},
             {"read", schema::number()},
             {"signed", schema::number()}}
        ))
    );
    return members;
}

Json::Object recipient_members() {
    return {
        {"organisation", schema::number()},
        {"code", schema::text()},
        {"name", schema::text(500)},
        {"region", schema::text()},
        {"region_text", schema::text(500)},
        {"people", schema::number()},
        {"people_read", schema::number()},
        {"read_at", schema::text()},
        {"signed_at", schema::text()},
        {"signed_by", schema::text(500)},
        {"state", schema::choice({"nobody", "unread", "read", "to_sign", "signed"})},
        {"state_text", schema::text()}};
}

}  // namespace jicai::web
