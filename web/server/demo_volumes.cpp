#include <web/server/demo_people.h>
#include <web/server/demo_volumes.h>

#include <algorithm>
#include <array>
#include <map>

namespace jicai::web {
namespace {

using ports::InstitutionKind;
using ports::InstitutionLevel;
using reporting::Cause;
using reporting::Status;

constexpr std::int64_t kStepUnits = 10;

/// How much of a spec a year, and how many of the lots.
struct Size {
    std::int64_t low;
    std::int64_t high;
    std::int64_t percent_of_lots;
};

Size size_of(const ports::Institution& institution) {
    if (institution.kind == InstitutionKind::pharmacy) return {200, 4'000, 25};
    if (institution.kind == InstitutionKind::clinic) return {60, 900, 12};
    switch (institution.level) {
        case InstitutionLevel::third:
            return {20'000, 240'000, 85};
        case InstitutionLevel::second:
            return {3'000, 45'000, 60};
        case InstitutionLevel::first:
        case InstitutionLevel::unrated:
            break;
    }
    return {300, 6'000, 35};
}

std::int64_t rounded(std::int64_t units) {
    return std::max<std::int64_t>(kStepUnits, units / kStepUnits * kStepUnits);
}

std::uint64_t seed_of(const std::string& code) {
    std::uint64_t seed = 20261125;
    for (const char c : code) seed = seed * 131 + static_cast<unsigned char>(c);
    return seed;
}

/// In percent of the mean, and the cause that is given for it.
struct Share {
    std::int64_t percent;
    Cause cause;
};

Share share_of(Dice& dice, bool whole) {
    constexpr std::array kFewer{Cause::clinical_change, Cause::patients_fell, Cause::stock_left};
    constexpr std::array kMore{Cause::patients_rose, Cause::new_department, Cause::epidemic};
    const auto pick = [&](const auto& causes) {
        const auto number =
            static_cast<std::size_t>(dice.below(static_cast<std::int64_t>(causes.size())));
        return whole || dice.percent(50) ? causes.at(number) : Cause::none;
    };
    const std::int64_t chance = dice.below(100);
    if (chance < 6) return {dice.between(45, 70), pick(kFewer)};
    if (chance < 9) return {dice.between(220, 300), pick(kMore)};
    return {dice.between(90, 120), Cause::none};
}

bool is_of_city(const ports::Institution& institution) {
    return reporting::level_of_region(institution.region) == reporting::Level::city;
}

}  // namespace

std::vector<ports::PastUse> demo_past_use(
    const volumes::RoundPlan& plan, const ports::Institution& institution
) {
    Dice dice(seed_of(institution.code));
    const Size size = size_of(institution);
    std::vector<ports::PastUse> past;
    for (const volumes::PlanLot& lot : plan.lots) {
        if (!dice.percent(size.percent_of_lots)) continue;
        for (const reporting::Spec& spec : lot.specs) {
            const std::int64_t units = dice.between(size.low, size.high);
            for (int year = 0; year < 2; ++year) {
                ports::PastUse use;
                use.lot = lot.id;
                use.spec = spec.name;
                use.year = plan.first_year + year;
                use.units = rounded(units * dice.between(92, 112) / 100);
                past.push_back(use);
            }
        }
    }
    return past;
}

std::vector<ports::VolumeLine> demo_lines(
    const volumes::RoundPlan& plan, const std::vector<ports::PastUse>& past, Dice& dice, bool whole
) {
    std::map<std::pair<std::string, std::string>, std::int64_t> used;
    for (const ports::PastUse& use : past) used[{use.lot, use.spec}] += use.units;
    std::vector<ports::VolumeLine> lines;
    for (const volumes::PlanLot& lot : plan.lots) {
        if (!whole && dice.percent(30)) continue;
        Share share = share_of(dice, whole);
        for (const reporting::Spec& spec : lot.specs) {
            const auto found = used.find({lot.id, spec.name});
            if (found == used.end()) continue;
            ports::VolumeLine line;
            line.lot = lot.id;
            line.spec = spec.name;
            line.units = rounded(found->second * share.percent / 200 + kStepUnits - 1);
            line.cause = static_cast<std::uint8_t>(share.cause);
            share.cause = Cause::none;  // one line says it for the lot
            lines.push_back(std::move(line));
        }
    }
    return lines;
}

DemoWay demo_way(const ports::Institution& institution, std::size_t number, Dice& dice) {
    using enum Status;
    if (institution.code == kDemoHospitalCode) return {};
    if (institution.code == kDemoPharmacyCode) return {.status = returned};
    if (institution.region == "230103") {  // the county of the demo's account: some of each
        constexpr std::array kWays{
            department_approved, returned, submitted, county_confirmed, department_approved, draft};
        return {.status = kWays.at(number % kWays.size())};
    }
    const bool voluntary = institution.duty == ports::Duty::voluntary;
    if (dice.percent(voluntary ? 45 : 15)) return {.begun = false};
    struct Chance {
        Status status;
        std::int64_t up_to;
    };
    constexpr std::array<Chance, 7> kChances{
        {{draft, 14},
         {submitted, 24},
         {returned, 31},
         {department_approved, 48},
         {county_confirmed, 62},
         {city_confirmed, 80},
         {province_confirmed, 100}}};
    const std::int64_t chance = dice.below(100);
    const auto& found = *std::find_if(kChances.begin(), kChances.end(), [&](const Chance& each) {
        return chance < each.up_to;
    });
    DemoWay way{.status = found.status, .late = dice.percent(2)};
    if (way.status == county_confirmed && is_of_city(institution)) way.status = department_approved;
    return way;
}

}  // namespace jicai::web
