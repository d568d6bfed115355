#include <engine/access/code_check.h>
#include <engine/accounts/described.h>
#include <engine/accounts/kinds.h>
#include <engine/accounts/organisations.h>
#include <engine/ports/refused.h>

#include <algorithm>

namespace jicai::accounts {
namespace {

using decision::Message;
using ports::Organisation;
using ports::OrganisationKind;
using ports::Refused;

constexpr std::int64_t kPeopleMax = 100'000;
constexpr int kLevelsMax = 20;  // of organisations above one another

[[noreturn]] void refuse(const char* field, const std::string& value, const Message& why) {
    throw Refused(why, {{field, value, why}});
}

bool is_care(OrganisationKind kind) {
    return kind == OrganisationKind::hospital || kind == OrganisationKind::pharmacy;
}

bool fits(const access::CodeCheck& check, const Organisation& organisation) {
    switch (check.form) {
        case access::CodeForm::none:
            return false;
        case access::CodeForm::social_credit:
            return true;
        case access::CodeForm::medical_institution:
            return is_care(organisation.kind) &&
                   (organisation.code[0] == 'P') ==
                       (organisation.kind == OrganisationKind::pharmacy);
    }
    return false;
}

void check_values(const Organisation& organisation) {
    if (!fits(access::check_code(organisation.code), organisation)) {
        refuse(
            "/code",
            organisation.code,
            {is_care(organisation.kind) ? "organisation.code_form_care" : "organisation.code_form",
             {{"value", organisation.code}}}
        );
    }
    if (organisation.name.find_first_not_of(' ') == std::string::npos) {
        refuse("/name", organisation.name, {"organisation.name_missing", {}});
    }
    if (!access::is_region_code(organisation.region)) {
        refuse(
            "/region",
            organisation.region,
            {"organisation.region", {{"value", organisation.region}}}
        );
    }
}

std::vector<Message> warnings_of(const Organisation& organisation) {
    const access::CodeCheck check = access::check_code(organisation.code);
    std::vector<Message> warnings;
    if (check.check_digit_differs) {
        warnings.push_back(
            {"organisation.check_digit",
             {{"value", organisation.code}, {"expected", check.expected}}}
        );
    }
    if (!check.region_known) {
        warnings.push_back(
            {"organisation.code_region", {{"value", organisation.code}, {"region", check.region}}}
        );
    }
    return warnings;
}

// The organisations above: they exist, and the organisation itself is not among them.
void check_parents(ports::Transaction& transaction, const Organisation& organisation) {
    std::int64_t above = organisation.parent;
    for (int level = 0; above != 0; ++level) {
        const std::string value = std::to_string(organisation.parent);
        if ((organisation.id != 0 && above == organisation.id) || level == kLevelsMax) {
            refuse("/parent", value, {"organisation.parent_below", {{"name", organisation.name}}});
        }
        const auto parent = transaction.people().organisation(above);
        if (!parent) refuse("/parent", value, {"organisation.parent", {{"value", value}}});
        above = parent->parent;
    }
}

void check_code_free(ports::Transaction& transaction, const Organisation& organisation) {
    const auto other = transaction.people().organisation_by_code(organisation.code);
    if (!other || other->id == organisation.id) return;
    refuse(
        "/code",
        organisation.code,
        {"organisation.code_taken", {{"value", organisation.code}, {"name", other->name}}}
    );
}

std::vector<ports::User> people_of(ports::Transaction& transaction, std::int64_t organisation) {
    ports::UserQuery query;
    query.organisation = organisation;
    query.page.size = kPeopleMax;
    return transaction.people().find(query).rows;
}

void check_roles_fit(const std::vector<ports::User>& people, const Organisation& organisation) {
    const auto& allowed = roles_of(organisation.kind);
    for (const ports::User& user : people) {
        for (const access::Role role : user.roles) {
            if (std::find(allowed.begin(), allowed.end(), role) != allowed.end()) continue;
            refuse(
                "/kind",
                std::string(name_of(organisation.kind)),
                {"organisation.kind_in_use",
                 {{"login", user.login}, {"role", std::string(access::name_of(role))}}}
            );
        }
    }
}

// An organisation with administrators is not disabled: they would all be out at once.
void check_no_administrators(
    const std::vector<ports::User>& people, const Organisation& organisation
) {
    using access::Role;
    for (const ports::User& user : people) {
        for (const access::Role role : user.roles) {
            if (user.active &&
                (role == Role::system_administrator || role == Role::security_administrator ||
                 role == Role::audit_administrator)) {
                throw Refused(
                    {"organisation.has_administrators",
                     {{"name", organisation.name}, {"login", user.login}}}
                );
            }
        }
    }
}

}  // namespace

ChangedOrganisation add_organisation(ports::Transaction& transaction, const Organisation& wanted) {
    Organisation organisation = wanted;
    organisation.id = 0;
    organisation.active = true;
    organisation.version = 1;
    check_values(organisation);
    check_parents(transaction, organisation);
    check_code_free(transaction, organisation);
    organisation.id = transaction.people().add(organisation);
    return {
        organisation,
        warnings_of(organisation),
        {entry("organisation.created", object_of(organisation), {}, described(organisation))}};
}

ChangedOrganisation change_organisation(
    ports::Transaction& transaction, const access::Actor& actor, const Organisation& wanted
) {
    const auto before = transaction.people().organisation(wanted.id);
    if (!before) throw Refused({"organisation.not_found", {{"id", std::to_string(wanted.id)}}});
    check_values(wanted);
    check_parents(transaction, wanted);
    check_code_free(transaction, wanted);
    const Refused somebody_faster({"people.changed", {{"name", before->name}}});
    if (before->version != wanted.version) throw somebody_faster;
    const bool disables = before->active && !wanted.active;
    if (disables && wanted.id == actor.organisation) {
        throw Refused({"organisation.own", {{"name", wanted.name}}});
    }
    if (disables || before->kind != wanted.kind) {
        const auto people = people_of(transaction, wanted.id);
        if (before->kind != wanted.kind) check_roles_fit(people, wanted);
        if (disables) {
            check_no_administrators(people, wanted);
            for (const ports::User& user : people) transaction.sessions().remove_of(user.id);
        }
    }
    if (!transaction.people().save(wanted)) throw somebody_faster;
    Organisation after = wanted;
    ++after.version;
    return {
        after,
        warnings_of(after),
        {entry(
            disables ? "organisation.disabled" : "organisation.changed",
            object_of(after),
            described(*before),
            described(after)
        )}};
}

}  // namespace jicai::accounts
