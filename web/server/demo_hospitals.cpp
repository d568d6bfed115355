#include <engine/money/check.h>
#include <web/server/demo_hospitals.h>
#include <web/server/demo_people.h>
#include <web/server/people_rows.h>

#include <array>
#include <map>
#include <string_view>

namespace jicai::web {

using ports::Duty;
using ports::Institution;
using ports::InstitutionKind;
using ports::InstitutionLevel;

std::int64_t Dice::below(std::int64_t count) {
    state_ += 0x9E3779B97F4A7C15U;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
    mixed ^= mixed >> 31U;
    return static_cast<std::int64_t>(mixed % static_cast<std::uint64_t>(count));
}

std::int64_t Dice::between(std::int64_t low, std::int64_t high) {
    return low + below(high - low + 1);
}

namespace {

constexpr std::array<std::string_view, 3> kCities{"230100", "230200", "231000"};
constexpr std::size_t kCityDigits = 4;

std::string name_of(std::string_view code) {
    return region_full_name(std::string(code));
}

bool ends_with(const std::string& text, std::string_view end) {
    return text.size() >= end.size() &&
           text.compare(text.size() - end.size(), end.size(), end) == 0;
}

/// Makes institutions; numbers count up within a region.
class Maker {
public:
    explicit Maker(std::vector<Institution>& all) : all_(all) {}

    Institution& add(
        char letter, const std::string& region, const std::string& name, int first_number = 201
    ) {
        Institution made;
        std::string number = std::to_string(first_number + numbers_[region]++);
        made.code = letter + region + std::string(5 - number.size(), '0') + number;
        made.name = name + "（演示）";
        made.region = region;
        all_.push_back(std::move(made));
        return all_.back();
    }

private:
    std::vector<Institution>& all_;
    std::map<std::string, int> numbers_;
};

struct Sort {
    std::string_view name;
    InstitutionKind kind;
    Duty duty;
    InstitutionLevel level;
};
constexpr std::array<Sort, 6> kOfCity{
    {{"第一医院", InstitutionKind::public_, Duty::must, InstitutionLevel::third},
     {"第二医院", InstitutionKind::public_, Duty::must, InstitutionLevel::third},
     {"中医医院", InstitutionKind::public_, Duty::must, InstitutionLevel::third},
     {"儿童医院", InstitutionKind::public_, Duty::must, InstitutionLevel::third},
     {"肿瘤医院", InstitutionKind::public_, Duty::must, InstitutionLevel::third},
     {"传染病医院", InstitutionKind::public_, Duty::must, InstitutionLevel::second}}};
constexpr std::array<Sort, 5> kOfCounty{
    {{"人民医院", InstitutionKind::public_, Duty::must, InstitutionLevel::second},
     {"中医医院", InstitutionKind::public_, Duty::must, InstitutionLevel::second},
     {"妇幼保健院", InstitutionKind::public_, Duty::must, InstitutionLevel::second},
     {"卫生院", InstitutionKind::public_, Duty::must, InstitutionLevel::first},
     {"康宁医院", InstitutionKind::private_designated, Duty::voluntary, InstitutionLevel::first}}};
constexpr std::size_t kHealthCentre = 3;

void put(Institution& made, const Sort& sort) {
    made.kind = sort.kind;
    made.duty = sort.duty;
    made.level = sort.level;
}

struct County {
    std::string region;
    std::string name;       ///< "哈尔滨市南岗区"
    bool district = false;  ///< of a city; the others have a medical group
    std::string lead;       ///< code of its people's hospital
    std::string centre;     ///< code of its first health centre
};

std::vector<County> counties() {
    std::vector<County> all;
    for (const std::string_view city : kCities) {
        for (const std::string& code : region_codes()) {
            if (code.compare(0, kCityDigits, city, 0, kCityDigits) != 0 || code == city) continue;
            const std::string name = name_of(code);
            all.push_back({code, name_of(city) + name, ends_with(name, "区"), "", ""});
        }
    }
    return all;
}

void add_health_centre(Maker& maker, const County& county, int number) {
    const std::string which = number == 1 ? "" : "第" + std::string(number == 2 ? "二" : "三");
    Institution& centre = maker.add(
        'H',
        county.region,
        county.name + which + (county.district ? "社区卫生服务中心" : "中心卫生院")
    );
    put(centre, kOfCounty[kHealthCentre]);
    if (!county.district) centre.lead_code = county.lead;
}

}  // namespace

std::vector<Institution> demo_institutions(const std::string& temporary_until) {
    std::vector<Institution> all;
    all.reserve(kDemoHospitals + 40);
    Maker maker(all);
    Institution own;
    own.code = kDemoHospitalCode;
    own.name = "哈尔滨市松花江医院（演示）";
    own.region = "230100";
    own.level = InstitutionLevel::third;
    all.push_back(own);
    for (const std::string_view city : kCities) {
        for (const Sort& sort : kOfCity) {
            put(maker.add('H', std::string(city), name_of(city) + std::string(sort.name)), sort);
        }
    }
    for (const char* region : {"230103", "231000"}) {
        Institution& made = maker.add('H', region, name_of(region) + "军队医院");
        made.kind = InstitutionKind::military;
        made.level = InstitutionLevel::third;
    }
    Institution& temporary = maker.add('H', "230202", "齐齐哈尔市临时救治医院");
    temporary.expires = temporary_until;

    std::vector<County> places = counties();
    for (County& county : places) {
        for (std::size_t i = 0; i < kOfCounty.size(); ++i) {
            if (i == kHealthCentre) {
                add_health_centre(maker, county, 1);
                county.centre = all.back().code;
                continue;
            }
            Institution& made =
                maker.add('H', county.region, county.name + std::string(kOfCounty[i].name));
            put(made, kOfCounty[i]);
            if (i == 0) county.lead = made.code;
        }
    }
    for (int number = 2; all.size() < kDemoHospitals; ++number) {
        JICAI_CHECK(number <= 3);
        for (const County& county : places) {
            if (all.size() < kDemoHospitals) add_health_centre(maker, county, number);
        }
    }

    constexpr std::size_t kEvery = 4;
    for (std::size_t i = 0; i < places.size(); i += kEvery) {
        Institution& pharmacy =
            maker.add('P', places[i].region, places[i].name + "仁和大药房", 301);
        pharmacy.kind = InstitutionKind::pharmacy;
        pharmacy.duty = Duty::voluntary;
    }
    for (const County& county : places) {
        if (!county.district) continue;
        Institution& clinic = maker.add('H', county.region, county.name + "惠民诊所", 501);
        clinic.kind = InstitutionKind::clinic;
        clinic.duty = Duty::voluntary;
        clinic.buys_through = county.centre;
    }
    Institution pharmacy;
    pharmacy.code = kDemoPharmacyCode;
    pharmacy.name = "道里康民药店（演示）";
    pharmacy.region = "230102";
    pharmacy.kind = InstitutionKind::pharmacy;
    pharmacy.duty = Duty::voluntary;
    all.push_back(pharmacy);
    return all;
}

}  // namespace jicai::web
