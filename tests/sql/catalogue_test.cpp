// Institutions, regions, products, holidays and uploaded tables, with Chinese and characters of
// four bytes.
#include <engine/catalogue/holidays.h>
#include <sql/catalogue_store.h>

#include <gmock/gmock.h>
#include <tests/sql/fixture.h>

#include <algorithm>

namespace jicai::sql::testing {
namespace {

using ports::Institution;
using ports::InstitutionKind;
using ports::Transaction;
using ::testing::ElementsAre;

class Catalogue : public DatabaseTest {};

Institution institution(const std::string& code, const std::string& name) {
    Institution one;
    one.code = code;
    one.name = name;
    one.region = "230102";
    one.initials = "jg";
    return one;
}

template <typename Type>
std::vector<std::string> codes_of(const std::vector<Type>& all) {
    std::vector<std::string> codes;
    for (const auto& one : all) codes.push_back(one.code);
    return codes;
}

TEST_F(Catalogue, InstitutionComesBackWithEveryMember) {
    Institution lead = institution("H23010290001", "道里区人民医院");
    Institution given = institution("H23010290002", "𠮷林街道卫生服务中心");
    given.kind = InstitutionKind::clinic;
    given.duty = ports::Duty::voluntary;
    given.level = ports::InstitutionLevel::first;
    given.lead_code = lead.code;
    given.buys_through = lead.code;
    given.expires = "2027-12-31";
    given.initials = "jljdwsfwzx";
    // The lead stands behind its member: both are added by one call.
    store().write([&](Transaction& t) { t.catalogue().add({given, lead}); });
    store().read([&](Transaction& t) {
        const auto back = t.catalogue().institution_by_code(given.code);
        const auto back_lead = t.catalogue().institution_by_code(lead.code);
        ASSERT_TRUE(back && back_lead);
        EXPECT_GT(back->organisation, 0);
        EXPECT_EQ(back->name, given.name);
        EXPECT_EQ(back->region, "230102");
        EXPECT_EQ(back->kind, InstitutionKind::clinic);
        EXPECT_EQ(back->duty, ports::Duty::voluntary);
        EXPECT_EQ(back->level, ports::InstitutionLevel::first);
        EXPECT_EQ(back->lead, back_lead->organisation);
        EXPECT_EQ(back->lead_code, lead.code);
        EXPECT_EQ(back->buys_through, lead.code);
        EXPECT_EQ(back->expires, "2027-12-31");
        EXPECT_EQ(back->initials, given.initials);
        EXPECT_TRUE(back->active);
        EXPECT_EQ(back->version, 1);
        EXPECT_EQ(back_lead->lead, 0);
        EXPECT_EQ(back_lead->lead_code, "");
        EXPECT_EQ(t.catalogue().institution(back->organisation)->code, given.code);
        EXPECT_THAT(
            codes_of(t.catalogue().members_of(back_lead->organisation)),
            ElementsAre(lead.code, given.code)
        );
        EXPECT_TRUE(t.catalogue().members_of(back->organisation).empty());
        // It is an organisation like others.
        const auto organisation = t.people().organisation(back->organisation);
        ASSERT_TRUE(organisation);
        EXPECT_EQ(organisation->kind, ports::OrganisationKind::hospital);
    });
}

TEST_F(Catalogue, OrganisationNobodyDescribedIsAnInstitution) {
    std::int64_t hospital = 0;
    std::int64_t pharmacy = 0;
    std::int64_t supplier = 0;
    store().write([&](Transaction& t) {
        ports::Organisation given = organisation("H23010280001");
        given.kind = ports::OrganisationKind::hospital;
        hospital = t.people().add(given);
        given.code = "P23010280001";
        given.kind = ports::OrganisationKind::pharmacy;
        pharmacy = t.people().add(given);
        given.code = "H23010280003";
        given.kind = ports::OrganisationKind::supplier;
        supplier = t.people().add(given);
    });
    store().read([&](Transaction& t) {
        EXPECT_EQ(t.catalogue().institution(hospital)->kind, InstitutionKind::public_);
        EXPECT_EQ(t.catalogue().institution(hospital)->duty, ports::Duty::must);
        EXPECT_EQ(t.catalogue().institution(pharmacy)->kind, InstitutionKind::pharmacy);
        EXPECT_EQ(t.catalogue().institution(pharmacy)->duty, ports::Duty::voluntary);
        EXPECT_FALSE(t.catalogue().institution(supplier));
        ports::InstitutionQuery query;
        query.text = "2301028000";
        EXPECT_EQ(t.catalogue().institutions(query).total, 2);
        query.kind = InstitutionKind::pharmacy;
        EXPECT_THAT(codes_of(t.catalogue().institutions(query).rows), ElementsAre("P23010280001"));
        query.kind = InstitutionKind::public_;
        EXPECT_THAT(codes_of(t.catalogue().institutions(query).rows), ElementsAre("H23010280001"));
        query.kind.reset();
        query.duty = ports::Duty::voluntary;
        EXPECT_THAT(codes_of(t.catalogue().institutions(query).rows), ElementsAre("P23010280001"));
    });
}

TEST_F(Catalogue, InstitutionsAreFoundByNameInitialsCodeAndPlace) {
    Institution a = institution("H31010170001", "黄浦区中心医院");
    a.region = "310101";
    a.initials = "hpqzxyy";
    Institution b = institution("H31010470001", "徐汇区中心医院");
    b.region = "310104";
    b.initials = "xhqzxyy";
    b.active = false;
    store().write([&](Transaction& t) { t.catalogue().add({a, b}); });
    store().read([&](Transaction& t) {
        const auto find = [&](const std::string& text, const std::string& within) {
            ports::InstitutionQuery query;
            query.text = text;
            query.within = within;
            return codes_of(t.catalogue().institutions(query).rows);
        };
        EXPECT_THAT(find("徐汇", ""), ElementsAre(b.code));
        EXPECT_THAT(find("HPQZX", ""), ElementsAre(a.code));
        EXPECT_THAT(find("zxyy", "310000"), ElementsAre(a.code, b.code));
        EXPECT_THAT(find("zxyy", "310104"), ElementsAre(b.code));
        EXPECT_THAT(find("h3101017", ""), ElementsAre(a.code));
        EXPECT_TRUE(find("zxyy", "320000").empty());
        EXPECT_TRUE(find("%", "").empty());
        ports::InstitutionQuery query;
        query.text = "zxyy";
        query.active = false;
        EXPECT_THAT(codes_of(t.catalogue().institutions(query).rows), ElementsAre(b.code));
        query.active.reset();
        query.page = {.offset = 1, .size = 1};
        const auto page = t.catalogue().institutions(query);
        EXPECT_EQ(page.total, 2);
        EXPECT_THAT(codes_of(page.rows), ElementsAre(b.code));
    });
}

TEST_F(Catalogue, SecondSaveOfOneVersionLosesAndOldMembersAreReplaced) {
    Institution given = institution("H23010260001", "临时方舱医院");
    given.expires = "2026-12-01";
    store().write([&](Transaction& t) { t.catalogue().add({given}); });
    store().write([&](Transaction& t) {
        Institution first = *t.catalogue().institution_by_code(given.code);
        Institution second = first;
        first.expires = "";
        first.name = "方舱医院";
        first.kind = InstitutionKind::military;
        EXPECT_THAT(codes_of(t.catalogue().expired("2026-12-02")), ElementsAre(given.code));
        EXPECT_TRUE(t.catalogue().expired("2026-12-01").empty());
        EXPECT_TRUE(t.catalogue().save(first));
        EXPECT_FALSE(t.catalogue().save(second));
    });
    store().read([&](Transaction& t) {
        const auto back = t.catalogue().institution_by_code(given.code);
        EXPECT_EQ(back->name, "方舱医院");
        EXPECT_EQ(back->expires, "");
        EXPECT_EQ(back->kind, InstitutionKind::military);
        EXPECT_EQ(back->version, 2);
        for (const auto& one : t.catalogue().expired("9999-12-31")) EXPECT_NE(one.code, given.code);
    });
}

TEST_F(Catalogue, TakenCodesAreConflictsAndSaveNothing) {
    store().write([&](Transaction& t) {
        t.catalogue().add({institution("H23010250001", "甲"), institution("H23010250002", "乙")});
    });
    const std::int64_t before = count("organisations");
    EXPECT_THROW(
        store().write([&](Transaction& t) {
            t.catalogue().add({institution("H23010250003", "丙"), institution("H23010250001", "丁")}
            );
        }),
        ports::Conflict
    );
    EXPECT_THROW(
        store().write([&](Transaction& t) {
            Institution moved = *t.catalogue().institution_by_code("H23010250002");
            moved.code = "H23010250001";
            t.catalogue().save(moved);
        }),
        ports::Conflict
    );
    EXPECT_EQ(count("organisations"), before);
}

TEST_F(Catalogue, ManyRowsInOneCall) {
    constexpr int kMany = 1203;  // no multiple of what one statement takes
    std::vector<Institution> many;
    std::vector<std::string> codes;
    for (int i = 0; i < kMany; ++i) {
        codes.push_back("H460100" + std::to_string(10'000 + i));
        many.push_back(institution(codes.back(), "医院" + std::to_string(i)));
        many.back().region = "460100";
    }
    store().write([&](Transaction& t) { t.catalogue().add(many); });
    store().read([&](Transaction& t) {
        codes.emplace_back("H00000000000");
        const auto back = t.catalogue().institutions_by_code(codes);
        ASSERT_EQ(back.size(), std::size_t{kMany});
        EXPECT_TRUE(std::is_sorted(back.begin(), back.end(), [](const auto& a, const auto& b) {
            return a.code < b.code;
        }));
        EXPECT_EQ(back[700].name, "医院700");
    });
}

TEST_F(Catalogue, RegionsAreReplacedByCode) {
    const ports::Region city{
        "230100", ports::RegionLevel::city, "哈尔滨市", "230000", "hebs", false};
    const ports::Region corps{
        "660000", ports::RegionLevel::province, "新疆生产建设兵团", "000000", "xjscjsbt", true};
    store().write([&](Transaction& t) {
        t.catalogue().put({city, corps});
        ports::Region renamed = corps;
        renamed.name = "兵团";
        t.catalogue().put({renamed});
    });
    store().read([&](Transaction& t) {
        EXPECT_EQ(t.catalogue().region("230100"), city);
        EXPECT_EQ(t.catalogue().region("660000")->name, "兵团");
        EXPECT_TRUE(t.catalogue().region("660000")->own);
        EXPECT_FALSE(t.catalogue().region("990000"));
        EXPECT_THAT(codes_of(t.catalogue().all_regions()), ElementsAre("230100", "660000"));
        ports::RegionQuery query;
        query.text = "HEB";
        EXPECT_THAT(codes_of(t.catalogue().regions(query).rows), ElementsAre("230100"));
        query = {};
        query.parent = "230000";
        EXPECT_EQ(t.catalogue().regions(query).total, 1);
        query = {};
        query.level = ports::RegionLevel::province;
        EXPECT_THAT(codes_of(t.catalogue().regions(query).rows), ElementsAre("660000"));
    });
}

TEST_F(Catalogue, ProductComesBackWithEveryMember) {
    ports::Product given;
    given.code = "XA06ADF336P001010105816";
    given.national_code = "86905816001374";
    given.name = "复方聚乙二醇(3350)电解质散";
    given.spec = "13.125g";
    given.form = "散剂";
    given.pack_units = 10;
    given.supplier = "某某制药有限公司";
    given.price = money::Price(12'345'678);
    given.kind = ports::ProductKind::western;
    given.initials = "ffjyecdjzs";
    ports::Product bare;
    bare.code = "ZA01AAX0558010100166";
    bare.name = "小儿至宝丸";
    bare.kind = ports::ProductKind::tcm_patent;
    bare.active = false;
    store().write([&](Transaction& t) { t.catalogue().add({bare, given}); });
    store().write([&](Transaction& t) {
        const auto back = t.catalogue().product(given.code);
        ASSERT_TRUE(back);
        EXPECT_EQ(back->national_code, given.national_code);
        EXPECT_EQ(back->name, given.name);
        EXPECT_EQ(back->spec, given.spec);
        EXPECT_EQ(back->form, given.form);
        EXPECT_EQ(back->pack_units, 10);
        EXPECT_EQ(back->supplier, given.supplier);
        ASSERT_TRUE(back->price);
        EXPECT_EQ(back->price->micro_yuan(), 12'345'678);
        EXPECT_EQ(back->kind, ports::ProductKind::western);
        EXPECT_EQ(back->initials, given.initials);
        EXPECT_TRUE(back->active);
        EXPECT_FALSE(t.catalogue().product(bare.code)->price);
        EXPECT_FALSE(t.catalogue().product(bare.code)->active);

        ports::ProductQuery query;
        for (const char* text : {"FFJY", "聚乙二醇", "86905816", "xa06", "某某制药"}) {
            query.text = text;
            EXPECT_THAT(codes_of(t.catalogue().products(query).rows), ElementsAre(given.code))
                << text;
        }
        query = {};
        query.kind = ports::ProductKind::tcm_patent;
        EXPECT_THAT(codes_of(t.catalogue().products(query).rows), ElementsAre(bare.code));
        query = {};
        query.active = true;
        query.supplier = given.supplier;
        EXPECT_THAT(codes_of(t.catalogue().products(query).rows), ElementsAre(given.code));
        EXPECT_THAT(
            codes_of(t.catalogue().products_by_code({bare.code, "X", given.code})),
            ElementsAre(given.code, bare.code)
        );

        ports::Product changed = *back;
        changed.price = std::nullopt;
        EXPECT_TRUE(t.catalogue().save(changed));
        EXPECT_FALSE(t.catalogue().save(changed));
        EXPECT_FALSE(t.catalogue().product(given.code)->price);
        EXPECT_EQ(t.catalogue().product(given.code)->version, 2);
        changed.code = bare.code;
        changed.version = 2;
        EXPECT_THROW(t.catalogue().save(changed), ports::Conflict);
    });
}

TEST_F(Catalogue, AnOwnYearStandsInFrontOfTheShippedOne) {
    ports::StoredYear shipped;
    shipped.year = 2027;
    shipped.changed_at = kNow;
    shipped.notices = {{"国办发明电〔2026〕1号", "通知", "2026-11-04", "official"}};
    shipped.holidays = {{"元旦", "New Year's Day", "2027-01-01", "2027-01-03", {}, 0}};
    ports::StoredYear own = shipped;
    own.own = true;
    own.notices.push_back({"省人社〔2026〕9号", "补充通知", "2026-12-01", "given"});
    own.holidays.push_back(
        {"春节", "Spring Festival", "2027-02-05", "2027-02-11", {"2027-01-31", "2027-02-14"}, 1}
    );
    store().write([&](Transaction& t) {
        t.catalogue().put(shipped);
        t.catalogue().put(own);
        ports::StoredYear other = shipped;
        other.year = 2026;
        t.catalogue().put(other);
    });
    store().write([&](Transaction& t) {
        auto years = t.catalogue().years();
        ASSERT_EQ(years.size(), 2U);
        EXPECT_EQ(years[0].year, 2026);
        EXPECT_EQ(years[1].notices, own.notices);
        EXPECT_EQ(years[1].holidays, own.holidays);
        EXPECT_TRUE(years[1].own);
        EXPECT_EQ(years[1].changed_at, kNow);
        EXPECT_EQ(t.catalogue().year(2027, false)->holidays, shipped.holidays);
        t.catalogue().put(own);
        EXPECT_EQ(t.catalogue().year(2027, true)->version, 2);
        EXPECT_EQ(t.catalogue().year(2027, true)->holidays, own.holidays);
        t.catalogue().remove_own_year(2027);
        EXPECT_FALSE(t.catalogue().year(2027, true));
        EXPECT_EQ(t.catalogue().years()[1].holidays, shipped.holidays);
    });
}

TEST_F(Catalogue, TheCalendarCountsOwnYearsBeforeShippedOnes) {
    calendar::Year shipped;
    shipped.year = 2030;
    shipped.notices = {{"n1", "t", *calendar::read_day("2029-11-01"), rules::Evidence::secondary}};
    shipped.holidays = {
        {"元旦",
         "New Year's Day",
         *calendar::read_day("2030-01-01"),
         *calendar::read_day("2030-01-01"),
         {*calendar::read_day("2030-01-05")},
         0}};
    store().write([&](Transaction& t) {
        EXPECT_EQ(catalogue::put_shipped_years(t, {shipped}, kNow), 1U);
        EXPECT_EQ(catalogue::put_shipped_years(t, {shipped}, kNow), 0U);
        const auto known = catalogue::calendar(t);
        const calendar::Day day = *calendar::read_day("2030-01-02");
        EXPECT_EQ(known.is_working(day).value, true);
        EXPECT_EQ(
            known.kind_of(*calendar::read_day("2030-01-05")).value, calendar::DayKind::make_up
        );
        EXPECT_EQ(known.find(2030)->notices[0].evidence, rules::Evidence::secondary);
        calendar::Year own = shipped;
        own.holidays[0].last = day;
        t.catalogue().put(catalogue::stored(own, true, kNow));
        EXPECT_EQ(catalogue::calendar(t).is_working(day).value, false);
        t.catalogue().remove_own_year(2030);
        EXPECT_EQ(catalogue::calendar(t).is_working(day).value, true);
    });
}

TEST_F(Catalogue, AnImportKeepsItsFileByteForByte) {
    std::string bytes;
    for (std::size_t i = 0; i < 2'500'000; ++i) {
        bytes.push_back(static_cast<char>((i * 2'654'435'761U) >> 13U & 0xFFU));
    }
    ports::TableImport given;
    given.table = "volume_report";
    given.round = "GY-YD2026-1";
    given.hospital = "H23010000001";
    given.file_name = std::string(120, 'a') + "报量表报量表报量表𠮷.xlsx";
    given.bytes = static_cast<std::int64_t>(bytes.size());
    given.digest = std::string(64, 'f');
    given.state = ports::ImportState::ready;
    given.rows = 12;
    given.summary = R"({"changes":{"added":12}})";
    given.base = "base";
    given.user = 7;
    given.login = "li.si";
    given.organisation = 42;
    given.at = kNow;
    std::int64_t id = 0;
    store().write([&](Transaction& t) { id = t.imports().add(given, bytes); });
    store().write([&](Transaction& t) {
        const auto back = t.imports().import(id);
        ASSERT_TRUE(back);
        EXPECT_EQ(back->table, given.table);
        EXPECT_EQ(back->round, given.round);
        EXPECT_EQ(back->hospital, given.hospital);
        EXPECT_EQ(back->file_name, given.file_name);
        EXPECT_EQ(back->bytes, given.bytes);
        EXPECT_EQ(back->digest, given.digest);
        EXPECT_EQ(back->state, ports::ImportState::ready);
        EXPECT_EQ(back->rows, 12);
        EXPECT_EQ(back->faults, 0);
        EXPECT_EQ(back->summary, given.summary);
        EXPECT_EQ(back->base, given.base);
        EXPECT_EQ(back->user, 7);
        EXPECT_EQ(back->login, given.login);
        EXPECT_EQ(back->organisation, 42);
        EXPECT_EQ(back->at, kNow);
        EXPECT_FALSE(back->accepted_at);
        EXPECT_EQ(t.imports().bytes(id), bytes);
        EXPECT_EQ(t.imports().bytes(id + 1000), "");

        EXPECT_TRUE(t.imports().accept(id, ports::after(kNow, 1)));
        EXPECT_FALSE(t.imports().accept(id, ports::after(kNow, 2)));
        EXPECT_EQ(t.imports().import(id)->state, ports::ImportState::accepted);
        EXPECT_EQ(t.imports().import(id)->accepted_at, ports::after(kNow, 1));
    });
}

TEST_F(Catalogue, ImportsAreFoundAndPurged) {
    ports::TableImport given;
    given.digest = std::string(64, '0');
    given.summary = "{}";
    given.organisation = 4711;
    given.table = "products";
    std::vector<std::int64_t> ids;
    store().write([&](Transaction& t) {
        ids.clear();
        for (int day = 0; day < 3; ++day) {
            given.at = ports::after({kNow.micros - 400 * ports::kDay}, day * ports::kDay);
            given.user = day;
            ids.push_back(t.imports().add(given, "bytes"));
        }
    });
    store().write([&](Transaction& t) {
        ports::ImportQuery query;
        query.organisation = 4711;
        auto found = t.imports().find(query);
        ASSERT_EQ(found.total, 3);
        EXPECT_EQ(found.rows[0].id, ids[2]);
        query.user = 1;
        EXPECT_EQ(t.imports().find(query).total, 1);
        query = {};
        query.organisation = 4711;
        query.state = ports::ImportState::ready;
        EXPECT_EQ(t.imports().find(query).total, 0);
        query.state = ports::ImportState::faulty;
        query.table = "products";
        EXPECT_EQ(t.imports().find(query).total, 3);
        query.round = "r";
        EXPECT_EQ(t.imports().find(query).total, 0);

        const ports::Moment before =
            ports::after({kNow.micros - 400 * ports::kDay}, 2 * ports::kDay);
        EXPECT_EQ(t.imports().purge(before, 1), 1);
        EXPECT_FALSE(t.imports().import(ids[0]));
        EXPECT_EQ(t.imports().bytes(ids[0]), "");
        EXPECT_EQ(t.imports().purge(before, 100), 1);
        EXPECT_EQ(t.imports().purge(before, 100), 0);
        EXPECT_TRUE(t.imports().import(ids[2]));
    });
}

}  // namespace
}  // namespace jicai::sql::testing
