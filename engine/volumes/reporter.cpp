#include <engine/calendar/deadline.h>
#include <engine/ports/refused.h>
#include <engine/volumes/reporter.h>

#include <algorithm>

namespace jicai::volumes {
namespace {

using ports::Refused;

constexpr std::int64_t kPage = 100'000;

std::string word_of(ports::InstitutionKind kind) {
    switch (kind) {
        case ports::InstitutionKind::public_:
            return "public";
        case ports::InstitutionKind::military:
            return "military";
        case ports::InstitutionKind::private_designated:
            return "private_designated";
        case ports::InstitutionKind::pharmacy:
            return "pharmacy";
        case ports::InstitutionKind::clinic:
            return "clinic";
    }
    return "public";
}

Member member(const ports::Institution& institution) {
    return {institution.organisation, institution.code, institution.name, institution.region};
}

/// Who else reports for it: its group's lead, or where it buys through.
bool has_lead(const ports::Institution& institution) {
    return institution.lead != 0 && institution.lead != institution.organisation;
}

Reporter reporter(const ports::Institution& institution) {
    Reporter reporter;
    static_cast<Member&>(reporter) = member(institution);
    reporter.kind = word_of(institution.kind);
    reporter.must = institution.duty == ports::Duty::must;
    reporter.active = institution.active;
    reporter.expires = institution.expires;
    if (has_lead(institution)) {
        reporter.lead = Member{institution.lead, institution.lead_code, institution.lead_code, ""};
    } else if (!institution.buys_through.empty()) {
        reporter.lead = Member{0, institution.buys_through, institution.buys_through, ""};
        reporter.through = true;
    }
    return reporter;
}

/// Clinics that buy through it; they lie where it lies.
std::vector<ports::Institution> clinics_of(
    ports::Transaction& transaction, const ports::Institution& township
) {
    ports::InstitutionQuery query;
    query.kind = ports::InstitutionKind::clinic;
    query.within = township.region;
    query.active = true;
    query.page.size = kPage;
    auto clinics = transaction.catalogue().institutions(query).rows;
    std::erase_if(clinics, [&](const auto& clinic) {
        return clinic.buys_through != township.code || has_lead(clinic);
    });
    return clinics;
}

Reporter complete(ports::Transaction& transaction, const ports::Institution& institution) {
    Reporter whole = reporter(institution);
    if (whole.lead) {
        const auto lead = transaction.catalogue().institution_by_code(whole.lead->code);
        if (lead) whole.lead = member(*lead);
        return whole;
    }
    whole.members.push_back(member(institution));
    const auto add = [&](const ports::Institution& each) {
        if (each.organisation != institution.organisation && each.active) {
            whole.members.push_back(member(each));
        }
    };
    for (const auto& each : transaction.catalogue().members_of(institution.organisation)) add(each);
    for (const auto& each : clinics_of(transaction, institution)) add(each);
    if (whole.members.size() == 1) whole.members.clear();
    return whole;
}

bool has_expired(const Reporter& reporter, ports::Moment now) {
    return !reporter.expires.empty() &&
           reporter.expires < calendar::day_text(calendar::beijing_day(now));
}

}  // namespace

std::optional<Reporter> reporter_of(ports::Transaction& transaction, std::int64_t organisation) {
    const auto found = transaction.catalogue().institution(organisation);
    if (!found) return std::nullopt;
    return complete(transaction, *found);
}

std::optional<Reporter> reporter_of(ports::Transaction& transaction, const std::string& code) {
    const auto found = transaction.catalogue().institution_by_code(code);
    if (!found) return std::nullopt;
    return complete(transaction, *found);
}

std::vector<Reporter> reporters_within(ports::Transaction& transaction, const std::string& region) {
    ports::InstitutionQuery query;
    query.within = region;
    query.page.size = kPage;
    std::vector<Reporter> reporters;
    for (const auto& each : transaction.catalogue().institutions(query).rows) {
        reporters.push_back(reporter(each));
    }
    return reporters;
}

bool reports_itself(const Reporter& reporter, ports::Moment now) {
    return reporter.active && !reporter.lead && !has_expired(reporter, now);
}

void need_reporter(const Reporter& reporter, ports::Moment now) {
    const std::pair<std::string, std::string> who{"hospital", reporter.name};
    if (!reporter.active) throw Refused({"volumes.inactive", {who}});
    if (reporter.lead) {
        throw Refused(
            {reporter.through ? "volumes.buys_through" : "volumes.in_group",
             {who, {"lead", reporter.lead->name}, {"lead_code", reporter.lead->code}}}
        );
    }
    if (has_expired(reporter, now)) {
        throw Refused({"volumes.expired", {who, {"day", reporter.expires}}});
    }
}

}  // namespace jicai::volumes
