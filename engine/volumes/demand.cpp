#include <engine/money/check.h>
#include <engine/ports/refused.h>
#include <engine/reporting/aggregate.h>
#include <engine/reporting/confirmation.h>
#include <engine/volumes/demand.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace jicai::volumes {
namespace {

using ports::Refused;
using reporting::Status;

constexpr std::int64_t kSumMax = 1'000'000'000'000'000;

/// "新疆（含兵团）" is 新疆维吾尔自治区: names of a rulebook begin the full name.
std::string region_name(const RoundPlan& plan, const std::string& full) {
    if (plan.regions.empty()) return full;
    for (const std::string& name : plan.regions) {
        const std::string plain = name.substr(0, name.find("（"));
        if (!plain.empty() && full.compare(0, plain.size(), plain) == 0) return name;
    }
    throw Refused({"volumes.region_unnamed", {{"region", full}}});
}

std::string cell(const std::string& text) {
    if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char c : text) quoted.append(c == '"' ? 2 : 1, c);
    return quoted + '"';
}

}  // namespace

std::string demand_csv(
    ports::Transaction& transaction,
    const std::string& round,
    const RoundPlan& plan,
    const std::function<std::string(const std::string&)>& province
) {
    std::set<std::int64_t> confirmed;
    for (const auto& report : transaction.volumes().reports(round)) {
        if (reporting::counts(static_cast<Status>(report.status))) {
            confirmed.insert(report.hospital);
        }
    }
    const bool by_brand = plan.policy.brand_rule.value == reporting::BrandRule::brand;
    using Key = std::tuple<std::string, std::string, std::string, std::string>;
    std::map<Key, std::int64_t> sums;
    std::set<std::string> provinces;
    transaction.volumes().each_part(round, [&](const ports::VolumePart& part) {
        if (confirmed.count(part.report) == 0 || part.units == 0) return;
        const std::string region =
            reporting::region_at(part.region, reporting::RegionLevel::province);
        provinces.insert(region);
        std::int64_t& sum = sums[{part.lot, part.spec, region, by_brand ? part.brand : ""}];
        JICAI_CHECK(part.units > 0 && part.units <= kSumMax);
        sum += part.units;
        if (sum > kSumMax) {
            throw Refused(
                {"volumes.sum_too_large", {{"lot", part.lot}, {"largest", std::to_string(kSumMax)}}}
            );
        }
    });
    std::map<std::string, std::string> names;
    for (const std::string& code : provinces) names[code] = region_name(plan, province(code));
    std::string csv =
        by_brand ? "lot,spec,region,quantity,supplier\n" : "lot,spec,region,quantity\n";
    std::size_t written = 0;
    for (const PlanLot& lot : plan.lots) {
        for (const auto& spec : lot.specs) {
            const auto first = sums.lower_bound({lot.id, spec.name, "", ""});
            for (auto at = first; at != sums.end(); ++at) {
                const auto& [lot_id, spec_name, region, brand] = at->first;
                if (lot_id != lot.id || spec_name != spec.name) break;
                csv += cell(lot.id) + ',' + cell(spec.name) + ',' + cell(names.at(region)) + ',' +
                       std::to_string(at->second);
                if (by_brand) csv += ',' + cell(brand);
                csv += '\n';
                ++written;
            }
        }
    }
    if (written != sums.size()) {
        for (const auto& [key, units] : sums) {
            const PlanLot* const lot = plan.find(std::get<0>(key));
            if (lot != nullptr && lot->spec(std::get<1>(key)) < lot->specs.size()) continue;
            throw Refused(
                {"volumes.lot_gone", {{"lot", std::get<0>(key)}, {"spec", std::get<1>(key)}}}
            );
        }
    }
    return csv;
}

std::int64_t unconfirmed(ports::Transaction& transaction, const std::string& round) {
    const auto reports = transaction.volumes().reports(round);
    return std::count_if(reports.begin(), reports.end(), [](const ports::VolumeReport& report) {
        const auto status = static_cast<Status>(report.status);
        return status != Status::draft && !reporting::counts(status);
    });
}

}  // namespace jicai::volumes
