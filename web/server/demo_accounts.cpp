#include <engine/accounts/second_factor.h>
#include <web/server/demo_accounts.h>

#include <array>
#include <map>
#include <optional>
#include <utility>

namespace jicai::web {
namespace {

using access::Role;
using decision::Json;
using ports::OrganisationKind;

constexpr std::int64_t kRefreshDays = 90;

struct DemoOrganisation {
    const char* code;
    const char* name;
    OrganisationKind kind;
    const char* region;
};

constexpr DemoOrganisation kOffice{
    "12100000DEMA000136",
    "药品集中采购联合办公室（演示）",
    OrganisationKind::procurement_office,
    "000000"};
constexpr DemoOrganisation kOperator{
    "91310115MA1K3D017Y", "平台运行单位（演示）", OrganisationKind::operator_, "310000"};
constexpr DemoOrganisation kHospital{
    "12230102DEMA000216", "道里区人民医院（演示）", OrganisationKind::hospital, "230102"};
constexpr DemoOrganisation kSupplier{
    "91370100MA3D000390", "齐鲁制药有限公司", OrganisationKind::supplier, "370000"};
constexpr DemoOrganisation kDistributor{
    "91230109MA1B00041H", "龙江医药配送有限公司（演示）", OrganisationKind::distributor, "230000"};
constexpr DemoOrganisation kPharmacy{
    "91230103MA1B0005XJ", "南岗惠民药店（演示）", OrganisationKind::pharmacy, "230103"};
constexpr DemoOrganisation kProvince{
    "11230000DEMA00064L", "省医疗保障局（演示）", OrganisationKind::bureau, "230000"};
constexpr DemoOrganisation kCity{
    "11230100DEMA00072L", "市医疗保障局（演示）", OrganisationKind::bureau, "230100"};
constexpr DemoOrganisation kCounty{
    "11230102DEMA00080C", "区医疗保障局（演示）", OrganisationKind::bureau, "230102"};
constexpr DemoOrganisation kHealth{
    "11230000DEMA000997", "省卫生健康委员会（演示）", OrganisationKind::authority, "230000"};
constexpr DemoOrganisation kDrug{
    "11230000DEMA00101T", "省药品监督管理局（演示）", OrganisationKind::authority, "230000"};
constexpr DemoOrganisation kDiscipline{
    "11230000DEMA0011XJ", "省纪检监察机关（演示）", OrganisationKind::authority, "230000"};
constexpr DemoOrganisation kMonitor{
    "12100000DEMA00128C", "药品价格监测中心（演示）", OrganisationKind::price_monitor, "000000"};

struct DemoUser {
    const char* login;
    const char* name;
    Role role;
    const DemoOrganisation& organisation;
};

const std::array<DemoUser, 22> kUsers{{
    {"system", "孙系统", Role::system_administrator, kOperator},
    {"security", "钱安全", Role::security_administrator, kOperator},
    {"audit", "李审计", Role::audit_administrator, kOperator},
    {"officer", "赵采购", Role::procurement_officer, kOffice},
    {"opener", "周开标", Role::bid_opener, kOffice},
    {"notary", "吴公证", Role::notary_supervisor, kOffice},
    {"expert", "郑专家", Role::expert, kOffice},
    {"reporter", "王报量", Role::hospital_reporter, kHospital},
    {"approver", "冯审核", Role::hospital_approver, kHospital},
    {"buyer", "陈采购", Role::hospital_buyer, kHospital},
    {"store", "褚库管", Role::hospital_store, kHospital},
    {"finance", "卫财务", Role::hospital_finance, kHospital},
    {"supplier", "蒋企业", Role::supplier, kSupplier},
    {"distributor", "沈配送", Role::distributor, kDistributor},
    {"county", "韩区县", Role::bureau_county, kCounty},
    {"city", "杨市级", Role::bureau_city, kCity},
    {"province", "朱省级", Role::bureau_province, kProvince},
    {"health", "秦卫健", Role::authority_health, kHealth},
    {"drug", "尤药监", Role::authority_drug, kDrug},
    {"discipline", "许纪检", Role::authority_discipline, kDiscipline},
    {"monitor", "何监测", Role::price_monitor, kMonitor},
    {"pharmacy", "吕药店", Role::pharmacy, kPharmacy},
}};

std::int64_t organisation_of(ports::PeopleStore& people, const DemoOrganisation& wanted) {
    if (const auto known = people.organisation_by_code(wanted.code)) return known->id;
    ports::Organisation organisation;
    organisation.code = wanted.code;
    organisation.name = wanted.name;
    organisation.kind = wanted.kind;
    organisation.region = wanted.region;
    return people.add(organisation);
}

/// Made before the transaction, which may run more than once.
struct Made {
    std::string password_hash;
    std::map<std::string, std::string> sealed_secrets;  ///< by login
};

void make_user(
    ports::Transaction& transaction, const DemoUser& wanted, const Made& made, ports::Moment wall
) {
    ports::PeopleStore& people = transaction.people();
    if (auto known = people.user_by_login(wanted.login)) {
        if (wall < ports::after(known->password_set_at, kRefreshDays * ports::kDay)) return;
        known->password_set_at = wall;
        people.save(*known);
        return;
    }
    ports::User user;
    user.login = wanted.login;
    user.name = wanted.name;
    user.organisation = organisation_of(people, wanted.organisation);
    user.roles = {wanted.role};
    user.password_hash = made.password_hash;
    user.password_set_at = wall;
    if (const auto secret = made.sealed_secrets.find(wanted.login);
        secret != made.sealed_secrets.end()) {
        user.second_factor_secret = secret->second;
        user.second_factor_confirmed = true;
    }
    const std::int64_t id = people.add(user);
    ports::AuditEntry entry;
    entry.at = wall;
    entry.action = "user.created";
    entry.object = "user:" + std::to_string(id);
    entry.result = "done";
    transaction.audit().append(entry);
}

}  // namespace

DemoParties make_demo_accounts(ports::Store& store, ports::Secrets& secrets, ports::Moment wall) {
    Made made;
    made.password_hash = secrets.hash_password(kDemoPassword);
    for (const DemoUser& user : kUsers) {
        if (!access::needs_second_factor(user.role)) continue;
        made.sealed_secrets[user.login] = secrets.seal(accounts::new_second_factor(secrets));
    }
    store.write([&](ports::Transaction& transaction) {
        for (const DemoUser& user : kUsers) make_user(transaction, user, made, wall);
    });
    return {.procurement_office = kOffice.code, .supplier = kSupplier.code};
}

Json demo_accounts_json(
    ports::Store& store,
    ports::Secrets& secrets,
    const catalogs::MessageCatalog& words,
    catalogs::Language language,
    ports::Moment wall
) {
    std::array<std::optional<ports::User>, kUsers.size()> found;
    std::array<std::string, kUsers.size()> organisations;
    store.read([&](ports::Transaction& transaction) {
        for (std::size_t i = 0; i < kUsers.size(); ++i) {
            found[i] = transaction.people().user_by_login(kUsers[i].login);
            if (!found[i]) continue;
            const auto organisation = transaction.people().organisation(found[i]->organisation);
            organisations[i] = organisation ? organisation->name : "";
        }
    });
    const std::int64_t step = wall.micros / ports::kSecond / accounts::kStepSeconds;
    Json::Array all;
    for (std::size_t i = 0; i < kUsers.size(); ++i) {
        if (!found[i] || !found[i]->active) continue;
        const std::string role(access::name_of(kUsers[i].role));
        const decision::Message title{"role." + role, {}};
        const auto secret = secrets.open(found[i]->second_factor_secret);
        all.emplace_back(Json::Object{
            {"login", kUsers[i].login},
            {"password", kDemoPassword},
            {"role", role},
            {"role_text", words.contains(title.key) ? words.render(language, title) : role},
            {"organisation", organisations[i]},
            {"code", secret ? secrets.code_at(*secret, step) : ""}});
    }
    return all;
}

}  // namespace jicai::web
