#include <engine/notices/notify.h>
#include <web/server/demo_notices.h>

#include <array>

namespace jicai::web {
namespace {

using access::Role;
using ports::Author;
using ports::Moment;

Author author(ports::Transaction& transaction, const char* login) {
    const auto user = transaction.people().user_by_login(login);
    if (!user) return {};
    return {user->id, user->organisation, user->login, user->name};
}

void notice(
    ports::Transaction& transaction,
    const char* sender,
    const char* title,
    const char* text,
    const ports::Audience& audience,
    ports::NewNotice more
) {
    if (sender != nullptr) {
        const Author by = author(transaction, sender);
        more.organisation = by.organisation;
        more.user = by.user;
    }
    more.kind = "message";
    more.title = title;
    more.text = text;
    if (!more.round.empty()) more.link = "/rounds/" + more.round;
    more.audience = audience;
    notices::notify(transaction, more);
}

void ask(
    ports::Transaction& transaction,
    const std::string& round,
    const char* login,
    Moment at,
    const char* text,
    const char* answer
) {
    ports::Inquiry inquiry;
    inquiry.round = round;
    inquiry.kind = "question";
    inquiry.by = author(transaction, login);
    inquiry.at = at;
    inquiry.text = text;
    const std::int64_t id = transaction.procedure().add(inquiry);
    if (answer == nullptr) return;
    auto stored = transaction.procedure().inquiry(id);
    stored->answer = answer;
    stored->answered_by = author(transaction, "officer");
    stored->answered_at = ports::after(at, 5 * ports::kHour);
    transaction.procedure().save(*stored);
}

}  // namespace

void seed_demo_notices(
    ports::Transaction& transaction, const std::string& round, Moment sign_until, Moment now
) {
    const auto hours_ago = [&](std::int64_t hours) {
        return ports::after(now, -hours * ports::kHour);
    };
    notice(
        transaction,
        nullptr,
        "演示数据说明",
        "本系统中的轮次 YS-2026-1、YS-2026-2 及其中的医疗机构、用量和报量均为虚构，仅供演示。",
        {},
        {.at = hours_ago(240)}
    );
    notice(
        transaction,
        "officer",
        "关于开展药品集中采购报量工作的通知（演示）",
        "各医疗机构：请按近两年实际用量如实填报约定采购量，低于两年均值 80% 的须说明原因。\n"
        "报量截止前由本单位审核后逐级确认。请收到后签收。",
        {.roles = {Role::hospital_reporter, Role::hospital_approver, Role::pharmacy},
         .within = "230000"},
        {.round = round, .at = hours_ago(150), .must_sign = true, .due = sign_until}
    );
    notice(
        transaction,
        "officer",
        "关于做好报量审核确认工作的通知（演示）",
        "各级医保部门：请及时审核所辖医疗机构的报量，对与历史用量差异较大的逐条核实。请收到后签收"
        "。",
        {.roles = {Role::bureau_county, Role::bureau_city, Role::bureau_province},
         .within = "230000"},
        {.round = round, .at = hours_ago(149), .must_sign = true, .due = sign_until}
    );
    notice(
        transaction,
        "officer",
        "采购文件已发布（演示）",
        "请申报企业阅读采购文件，如有疑问在规定时间内提出。",
        {.roles = {Role::supplier, Role::distributor}},
        {.round = "YS-2026-2", .at = hours_ago(90)}
    );
    notice(
        transaction,
        "province",
        "报量培训安排（演示）",
        "本周五上午九点线上培训，内容为报量填报、审核与退回处理。",
        {.roles =
             {Role::hospital_reporter,
              Role::hospital_approver,
              Role::hospital_buyer,
              Role::bureau_county,
              Role::bureau_city},
         .within = "230000"},
        {.round = round, .at = hours_ago(72)}
    );
    notice(
        transaction,
        "city",
        "请尚未提交的医疗机构抓紧填报（演示）",
        "截至今日仍有部分医疗机构未提交报量，请各区县医保局督促。",
        {.roles = {Role::hospital_reporter, Role::bureau_county}, .within = "230100"},
        {.round = round, .at = hours_ago(6)}
    );
}

void seed_demo_answered(ports::Transaction& transaction, const std::string& round, Moment now) {
    const auto days_ago = [&](std::int64_t days) { return ports::after(now, -days * ports::kDay); };
    ask(transaction,
        round,
        "reporter",
        days_ago(16),
        "2 号品种不同规格的报量是否可以合并填报？",
        "按规格分别填报，系统按含量折算后与近两年用量比较。");
    ask(transaction,
        round,
        "supplier",
        days_ago(15),
        "同一企业的关联企业能否同时申报同一品种？",
        "可以申报，按采购文件关于关联企业的规定处理。");
    ask(transaction,
        round,
        "county",
        days_ago(14),
        "医共体成员单位的报量由谁确认？",
        "由牵头单位统一填报，经所在县医保部门确认。");
}

void seed_demo_questions(ports::Transaction& transaction, const std::string& round, Moment now) {
    const auto hours_ago = [&](std::int64_t hours) {
        return ports::after(now, -hours * ports::kHour);
    };
    ask(transaction,
        round,
        "approver",
        hours_ago(60),
        "报量时未通过一致性评价的品种是否计入历史用量？",
        "计入。历史用量按通用名统计。");
    ask(transaction, round, "supplier", hours_ago(30), "5 号品种的最高有效申报价是否含税？", nullptr
    );
    ask(transaction,
        round,
        "city",
        hours_ago(12),
        "新成立的医疗机构没有历史用量，应如何报量？",
        nullptr);
}

std::string demo_pdf() {
    constexpr std::array<const char*, 3> kObjects{
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"};
    const auto offset_text = [](std::size_t offset) {
        const std::string digits = std::to_string(offset);
        return std::string(10 - digits.size(), '0') + digits;
    };
    std::string pdf = "%PDF-1.4\n";
    std::string table = "0000000000 65535 f \n";
    for (std::size_t i = 0; i < kObjects.size(); ++i) {
        table += offset_text(pdf.size()) + " 00000 n \n";
        pdf += std::to_string(i + 1) + " 0 obj" + kObjects.at(i) + "endobj\n";
    }
    const std::string start = std::to_string(pdf.size());
    pdf +=
        "xref\n0 4\n" + table + "trailer<</Size 4/Root 1 0 R>>\nstartxref\n" + start + "\n%%EOF\n";
    return pdf;
}

}  // namespace jicai::web
