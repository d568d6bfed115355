#include <catalogs/round_folder/load_lots.h>
#include <catalogs/rule_set/rule_set.h>
#include <engine/calendar/deadline.h>
#include <engine/money/check.h>
#include <engine/ports/refused.h>
#include <engine/rules/parameter_list.h>
#include <engine/volumes/demand.h>
#include <web/server/people_rows.h>
#include <web/server/volume_plan.h>

#include <algorithm>
#include <mutex>
#include <numeric>
#include <variant>

namespace jicai::web {
namespace {

constexpr std::size_t kPlansKept = 64;

/// Contents of a lot's specs as whole multiples of their smallest common part.
void take_specs(const round::Round& round, const round::Lot& lot, volumes::PlanLot& into) {
    std::int64_t scale = 1;
    for (const auto spec : lot.specs) {
        const std::int64_t other = round.specs.at(spec).content.denominator();
        scale = std::lcm(scale, other);
        JICAI_CHECK(scale > 0 && scale <= 1'000'000'000);
    }
    std::int64_t common = 0;
    for (const auto number : lot.specs) {
        const round::Spec& spec = round.specs.at(number);
        std::int64_t content = 0;
        JICAI_CHECK(!__builtin_mul_overflow(
            spec.content.numerator(), scale / spec.content.denominator(), &content
        ));
        common = std::gcd(common, content);
        into.specs.push_back({spec.name, content});
    }
    for (auto& spec : into.specs) spec.content /= std::max<std::int64_t>(common, 1);
}

int year_of(const ports::StoredRound& round, ports::Moment now) {
    const auto opening = calendar::read_day(round.opening);
    return calendar::date_of(opening ? *opening : calendar::beijing_day(now)).year;
}

}  // namespace

volumes::RoundPlan volume_plan(
    const std::map<std::string, std::string>& files, const std::string& rulebook, int year
) {
    volumes::RoundPlan plan;
    catalogs::LoadOptions options;
    auto rules = catalogs::find_rules(rulebook);
    if (rules.value) {
        for (const auto& stage : rules.value->rulebook.stages) {
            if (const auto* const supply = std::get_if<rules::SupplyRegionsStage>(&stage)) {
                plan.regions = supply->regions.value.value_or(rules::TextList{});
            }
        }
    }
    options.regions = plan.regions;
    const catalogs::LoadedRound loaded = load_lots(catalogs::MemorySource(files), options);
    if (!loaded.round) throw ports::Refused({"volumes.no_lots", {}});
    for (const round::Lot& lot : loaded.round->lots) {
        volumes::PlanLot each{lot.id, lot.name, {}};
        take_specs(*loaded.round, lot, each);
        plan.lots.push_back(std::move(each));
    }
    if (rules.value) {
        // Values that contradict are faults of the set-up; there each is named.
        static_cast<void>(catalogs::apply_given(*rules.value, *loaded.round));
        plan.policy = rules::reporting_in_force(rules.value->rulebook);
    } else {
        plan.policy = rules::assumed_reporting();
    }
    plan.first_year = year - static_cast<int>(plan.policy.years.value.value_or(0));
    return plan;
}

std::shared_ptr<const volumes::RoundPlan> volume_plan(
    ports::Transaction& transaction, const ports::StoredRound& round, ports::Moment now
) {
    static std::mutex mutex;
    static std::map<std::string, std::shared_ptr<const volumes::RoundPlan>> plans;
    const int year = year_of(round, now);
    // Databases of tests share a process, so the moment of the change names the version too.
    const std::string key = round.id + '\n' + std::to_string(round.version) + '\n' +
                            std::to_string(round.changed_at.micros) + '\n' + std::to_string(year);
    {
        const std::lock_guard lock(mutex);
        if (const auto found = plans.find(key); found != plans.end()) return found->second;
    }
    auto plan = std::make_shared<const volumes::RoundPlan>(
        volume_plan(transaction.rounds().files(round.id), round.rulebook, year)
    );
    const std::lock_guard lock(mutex);
    if (plans.size() >= kPlansKept) plans.clear();
    plans[key] = plan;
    return plan;
}

std::string demand_file(
    ports::Transaction& transaction, const ports::StoredRound& round, ports::Moment now
) {
    return volumes::demand_csv(
        transaction, round.id, *volume_plan(transaction, round, now), region_full_name
    );
}

}  // namespace jicai::web
