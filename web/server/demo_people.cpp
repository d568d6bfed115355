#include <engine/accounts/second_factor.h>
#include <web/server/demo_people.h>
#include <web/server/people_rows.h>

#include <algorithm>
#include <map>

namespace jicai::web {

using access::Role;
using decision::Json;
using ports::OrganisationKind;

namespace {

constexpr const char* kHashSetting = "demo.password_hash";
constexpr std::int64_t kFreshDays = 30;

constexpr const char* kOperator = "12310000MB0000107H";
constexpr const char* kNotary = "12310000MB000030X1";
constexpr const char* kExperts = "12110000MB00004062";
constexpr const char* kHospital = kDemoHospitalCode;
constexpr const char* kDistributor = "91230100MA00006057";
constexpr const char* kCounty = kDemoCountyCode;
constexpr const char* kCity = kDemoCityCode;
constexpr const char* kProvince = kDemoProvinceCode;
constexpr const char* kHealth = "11230000MB0001003B";
constexpr const char* kDrug = "11230000MB000110XH";
constexpr const char* kDiscipline = "11110000MB00012061";
constexpr const char* kMonitor = "12230000MB00013026";
constexpr const char* kPharmacy = kDemoPharmacyCode;

// Above whom an organisation stands; the others have none.
const std::map<std::string, std::string>& parents() {
    static const std::map<std::string, std::string> all{{kCounty, kCity}, {kCity, kProvince}};
    return all;
}

// The hash of the demo's password, made once: 22 of them would take seconds.
std::string demo_hash(ports::Store& store, ports::Secrets& secrets) {
    std::optional<std::string> kept;
    store.read([&](ports::Transaction& transaction) {
        kept = transaction.settings().get(kHashSetting);
    });
    if (kept) return *kept;
    const std::string made = secrets.hash_password(kDemoPassword);
    std::string hash;
    store.write([&](ports::Transaction& transaction) {
        hash = transaction.settings().get(kHashSetting).value_or(made);
        if (hash == made) transaction.settings().set(kHashSetting, made);
    });
    return hash;
}

void seed_organisations(ports::Transaction& transaction) {
    // Those above come before those below.
    for (ports::Organisation organisation : demo_organisations()) {
        if (transaction.people().organisation_by_code(organisation.code)) continue;
        const auto above = parents().find(organisation.code);
        if (above != parents().end()) {
            const auto parent = transaction.people().organisation_by_code(above->second);
            organisation.parent = parent ? parent->id : 0;
        }
        transaction.people().add(organisation);
    }
}

void keep_fresh(
    ports::Transaction& transaction, ports::User user, const std::string& hash, ports::Moment wall
) {
    const bool aged = wall >= ports::after(user.password_set_at, kFreshDays * ports::kDay);
    if (user.password_hash != hash || !aged) return;
    user.password_set_at = wall;
    transaction.people().save(user);  // somebody faster: next time
}

void seed_person(
    ports::Transaction& transaction,
    ports::Secrets& secrets,
    const DemoPerson& person,
    const std::string& hash,
    ports::Moment wall
) {
    if (const auto known = transaction.people().user_by_login(person.login)) {
        keep_fresh(transaction, *known, hash, wall);
        return;
    }
    const auto organisation = transaction.people().organisation_by_code(person.organisation);
    if (!organisation) return;  // somebody gave it another code
    ports::User user;
    user.login = person.login;
    user.name = person.name;
    user.organisation = organisation->id;
    user.roles = {person.role};
    user.password_hash = hash;
    user.password_set_at = wall;
    if (!person.second_factor_secret.empty()) {
        user.second_factor_secret = secrets.seal(person.second_factor_secret);
        user.second_factor_confirmed = true;
    }
    ports::AuditEntry entry;
    entry.at = wall;
    entry.action = "demo.seeded";
    entry.object = "user:" + std::to_string(transaction.people().add(user));
    entry.result = "done";
    transaction.audit().append(entry);
}

// The code of the present time step, or of the next where a log-in has used this one.
std::string code_now(ports::Secrets& secrets, const ports::User& user, ports::Moment wall) {
    const auto secret =
        user.second_factor_confirmed ? secrets.open(user.second_factor_secret) : std::nullopt;
    if (!secret) return "";
    const std::int64_t now = wall.micros / (accounts::kStepSeconds * ports::kSecond);
    const std::int64_t unused = std::max(now, user.second_factor_used_step + 1);
    return secrets.code_at(*secret, std::min(unused, now + accounts::kStepsAround));
}

}  // namespace

const std::vector<ports::Organisation>& demo_organisations() {
    using enum OrganisationKind;
    static const std::vector<ports::Organisation> all{
        {.code = kOperator,
         .name = "药品集中采购平台运行中心（演示）",
         .kind = operator_,
         .region = "000000"},
        {.code = kDemoOfficeCode,
         .name = "国家组织药品联合采购办公室（演示）",
         .kind = procurement_office,
         .region = "000000"},
        {.code = kNotary, .name = "东方公证处（演示）", .kind = authority, .region = "000000"},
        {.code = kExperts,
         .name = "药品采购评审专家库（演示）",
         .kind = authority,
         .region = "000000"},
        {.code = kHospital,
         .name = "哈尔滨市松花江医院（演示）",
         .kind = hospital,
         .region = "230100"},
        {.code = kDemoSupplierCode,
         .name = "齐鲁制药有限公司（演示）",
         .kind = supplier,
         .region = "370100"},
        {.code = kDistributor,
         .name = "北方医药配送有限公司（演示）",
         .kind = distributor,
         .region = "230100"},
        {.code = kProvince,
         .name = "黑龙江省医疗保障局（演示）",
         .kind = bureau,
         .region = "230000"},
        {.code = kCity, .name = "哈尔滨市医疗保障局（演示）", .kind = bureau, .region = "230100"},
        {.code = kCounty,
         .name = "哈尔滨市南岗区医疗保障局（演示）",
         .kind = bureau,
         .region = "230103"},
        {.code = kHealth,
         .name = "黑龙江省卫生健康委员会（演示）",
         .kind = authority,
         .region = "230000"},
        {.code = kDrug,
         .name = "黑龙江省药品监督管理局（演示）",
         .kind = authority,
         .region = "230000"},
        {.code = kDiscipline,
         .name = "纪检监察派驻机构（演示）",
         .kind = authority,
         .region = "000000"},
        {.code = kMonitor,
         .name = "黑龙江省药品价格监测中心（演示）",
         .kind = price_monitor,
         .region = "230000"},
        {.code = kPharmacy, .name = "道里康民药店（演示）", .kind = pharmacy, .region = "230102"},
    };
    return all;
}

const std::vector<DemoPerson>& demo_people() {
    using enum Role;
    static const std::vector<DemoPerson> all{
        {system_administrator, "sysadmin", "张立新", kOperator, "KJUWGYLJMRQW24DMMUQGM33SEBZXS4ZB"},
        {security_administrator, "secadmin", "王静", kOperator, "ONSWG5LSNF2HSIDBMRWWS3TJON2HEYLU"},
        {audit_administrator,
         "auditadmin",
         "李国强",
         kOperator,
         "MF2WI2LUEBQWI3LJNZUXG5DSMF2G64RB"},
        {procurement_officer,
         "officer",
         "陈明",
         kDemoOfficeCode,
         "OBZG6Y3VOJSW2ZLOOQQG6ZTGNFRWK4RB"},
        {procurement_officer,
         "officer2",
         "沈岚",
         kDemoOfficeCode,
         "ONSWG33OMQQG6ZTGNFRWK4RAN5TCAZDP"},
        {bid_opener, "opener", "刘洋", kDemoOfficeCode, "MJUWIIDPOBSW4ZLSEBXWMIDUNBSSAZDB"},
        {notary_supervisor, "notary", "赵敏", kNotary, ""},
        {expert, "expert", "周建华", kExperts, ""},
        {hospital_reporter, "reporter", "吴桂英", kHospital, ""},
        {hospital_approver, "approver", "徐丽", kHospital, ""},
        {hospital_buyer, "buyer", "孙涛", kHospital, ""},
        {hospital_store, "store", "马俊", kHospital, ""},
        {hospital_finance, "finance", "朱红", kHospital, ""},
        {supplier, "supplier", "胡伟", kDemoSupplierCode, ""},
        {distributor, "distributor", "郭磊", kDistributor, ""},
        {bureau_county, "county", "何芳", kCounty, ""},
        {bureau_city, "city", "高峰", kCity, ""},
        {bureau_province, "province", "林海", kProvince, ""},
        {authority_health, "health", "罗敏", kHealth, ""},
        {authority_drug, "drug", "梁军", kDrug, ""},
        {authority_discipline, "discipline", "宋刚", kDiscipline, ""},
        {price_monitor, "monitor", "郑娟", kMonitor, ""},
        {pharmacy, "pharmacy", "谢玲", kPharmacy, ""},
    };
    return all;
}

void seed_demo_people(ports::Store& store, ports::Secrets& secrets, ports::Moment wall) {
    const std::string hash = demo_hash(store, secrets);
    store.write([&](ports::Transaction& transaction) {
        seed_organisations(transaction);
        for (const DemoPerson& person : demo_people()) {
            seed_person(transaction, secrets, person, hash, wall);
        }
    });
}

Json demo_accounts(const Services& services, const Request& request) {
    Json::Array accounts;
    services.store.read([&](ports::Transaction& transaction) {
        accounts.clear();
        const auto hash = transaction.settings().get(kHashSetting);
        for (const DemoPerson& person : demo_people()) {
            const auto user = transaction.people().user_by_login(person.login);
            if (!user || !user->active) continue;
            const auto organisation = transaction.people().organisation(user->organisation);
            accounts.emplace_back(Json::Object{
                {"login", person.login},
                {"password", hash && user->password_hash == *hash ? kDemoPassword : ""},
                {"role", std::string(access::name_of(person.role))},
                {"role_text", word(services, request, "role", access::name_of(person.role))},
                {"organisation", organisation ? organisation->name : ""},
                {"code", code_now(services.secrets, *user, request.wall)}});
        }
    });
    return accounts;
}

}  // namespace jicai::web
