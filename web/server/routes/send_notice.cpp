#include <web/server/answer.h>
#include <web/server/beijing_time.h>
#include <web/server/notice_rows.h>
#include <web/server/people_rows.h>
#include <web/server/route.h>
#include <web/server/schema.h>

namespace jicai::web {
namespace {

using decision::Json;

constexpr std::int64_t kOrganisationsMax = 5'000;
constexpr auto kTitleMax = static_cast<std::int64_t>(notices::kTitleCharactersMax);
constexpr auto kTextMax = static_cast<std::int64_t>(notices::kTextCharactersMax);

ports::Audience audience_of(const Json& given) {
    ports::Audience audience;
    if (!given.is_object()) return audience;
    const auto& members = given.object();
    if (const auto roles = members.find("roles"); roles != members.end()) {
        for (const Json& role : roles->second.array()) {
            audience.roles.push_back(*access::find_role(role.text()));
        }
    }
    if (const auto some = members.find("organisations"); some != members.end()) {
        for (const Json& id : some->second.array()) audience.organisations.push_back(id.number());
    }
    if (const auto within = members.find("within"); within != members.end()) {
        audience.within = within->second.text();
    }
    return audience;
}

void refuse(const char* field, const std::string& value, const char* key) {
    const decision::Message why{key, {{"value", value}}};
    throw ports::Refused(why, {{field, value, why}});
}

Answer handle(const Request& request, Services& services, ports::Transaction& transaction) {
    notices::Draft draft;
    draft.round = request.text("round");
    draft.title = request.text("title");
    draft.text = request.text("text");
    draft.audience = audience_of(request.member("audience"));
    draft.must_sign = request.flag("must_sign");
    const std::string& within = draft.audience.within;
    if (!within.empty() && within != "000000" && region_name(services, request, within) == within) {
        refuse("/audience/within", within, "notices.region");
    }
    if (const std::string& due = request.text("due"); !due.empty()) {
        draft.due = read_beijing_time(due);
        if (!draft.due) refuse("/due", due, "notices.due_form");
    }
    const std::int64_t id = notices::send(transaction, request.actor, draft, request.now);
    const auto read = notices::open(transaction, request.actor, id);
    Answer answer = json_answer(notice_page(services, request, transaction, read), 201);
    answer.audit = {audited(
        "notice.sent",
        "notice:" + std::to_string(id),
        {},
        Json::Object{{"title", draft.title}, {"round", draft.round}}
    )};
    return answer;
}

std::vector<std::string> roles() {
    std::vector<std::string> names;
    for (const access::Role role : access::all_roles()) {
        if (role != access::Role::anyone) names.emplace_back(access::name_of(role));
    }
    return names;
}

}  // namespace

Route send_notice() {
    return {
        .method = Method::post,
        .path = "/api/notices",
        .name = "send_notice",
        .summary =
            "Sends a notice: to roles, in organisations and in a region; without both to all "
            "one may send to",
        .action = access::Action::send_notices,
        .kind = Kind::write,
        .body_schema = schema::object(
            {{"title", schema::text(kTitleMax, 1)},
             {"text", schema::text(kTextMax)},
             {"audience",
              schema::object(
                  {{"roles", schema::array(schema::choice(roles()), access::kRoles)},
                   {"organisations", schema::array(schema::number(1), kOrganisationsMax)},
                   {"within", schema::text(6)}},
                  {"roles", "organisations", "within"}
              )},
             {"round", schema::text(64)},
             {"must_sign", schema::flag()},
             {"due", schema::text(30)}},
            {"round", "due"}
        ),
        .answer_schema = schema::object(notice_page_members()),
        .success = 201,
        .failures = {422},
        .handle_write = handle,
    };
}

}  // namespace jicai::web
