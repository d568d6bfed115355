#include <catalogs/linkage_folder/carried_years.h>
#include <catalogs/sha256/sha256.h>

#include <map>
#include <string>

namespace jicai::catalogs {

namespace {

/// Every day a year speaks of, and whether it is worked.
std::map<calendar::Day, bool> told_days(const calendar::Year& year) {
    std::map<calendar::Day, bool> told;
    for (const calendar::Holiday& holiday : year.holidays) {
        for (calendar::Day day = holiday.first; day <= holiday.last; day = calendar::plus(day, 1)) {
            told[day] = false;
        }
        for (const calendar::Day day : holiday.make_up) told[day] = true;
    }
    return told;
}

std::string digest_of(const calendar::Year& year) {
    std::string text = "year=" + std::to_string(year.year) + '\n';
    for (const auto& [day, works] : told_days(year)) {
        text += calendar::day_text(day) + (works ? "=1\n" : "=0\n");
    }
    return sha256_hex(text);
}

}  // namespace

void add_carried_years(
    campaign::Campaign& campaign, const std::vector<calendar::Year>& years, std::optional<int> until
) {
    std::map<int, const calendar::Year*> carried;
    for (const calendar::Year& year : years) {
        const bool wanted = !until || year.year <= *until;
        if (wanted && !campaign.working_days.published(year.year)) carried[year.year] = &year;
    }
    for (const auto& [number, year] : carried) {
        for (const auto& [day, works] : told_days(*year)) {
            const auto own = campaign::Day::parse(calendar::day_text(day));
            if (own && carried.contains(own->year())) campaign.working_days.add(*own, works);
        }
    }
    for (const auto& [number, year] : carried) {
        campaign.working_days.publish(number);
        campaign.carried_years.push_back({number, digest_of(*year)});
    }
}

}  // namespace jicai::catalogs
