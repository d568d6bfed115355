#include <engine/money/check.h>
#include <engine/reporting/check_report.h>

#include <algorithm>
#include <set>
#include <utility>

namespace jicai::reporting {
namespace {

// 10^12 units × 10^12 content × 10^5 rows × 10^5 percent is 10^34, below 2^127.
using Wide = __int128;

constexpr std::int64_t kUnitsMax = 1'000'000'000'000;
constexpr std::int64_t kContentMax = 1'000'000'000'000;
constexpr std::size_t kRowsMax = 100'000;

std::string text(Wide number) {
    if (number == 0) return "0";
    std::string digits;
    for (; number > 0; number /= 10)
        digits.push_back(static_cast<char>('0' + static_cast<int>(number % 10)));
    return {digits.rbegin(), digits.rend()};
}

struct Sums {
    Wide reported = 0;
    Wide past = 0;
    bool any_past = false;
};

Sums sums_of(const LotReport& report, std::int64_t years) {
    JICAI_CHECK(report.lines.size() <= kRowsMax && report.past.size() <= kRowsMax);
    const auto weighted = [&](std::size_t spec, std::int64_t units) {
        JICAI_CHECK(spec < report.specs.size() && units >= 0 && units <= kUnitsMax);
        const std::int64_t content = report.specs[spec].content;
        JICAI_CHECK(content > 0 && content <= kContentMax);
        return static_cast<Wide>(units) * content;
    };
    Sums sums;
    for (const ReportLine& line : report.lines) sums.reported += weighted(line.spec, line.units);
    for (const PastUse& use : report.past) {
        const Wide units = weighted(use.spec, use.units);
        if (use.year < report.first_year || use.year >= report.first_year + years) continue;
        sums.past += units;
        sums.any_past = true;
    }
    return sums;
}

void check_lines(const LotReport& report, const Policy& policy, std::vector<LotFinding>& findings) {
    std::set<std::pair<std::size_t, std::string>> met;
    for (std::size_t i = 0; i < report.lines.size(); ++i) {
        const ReportLine& line = report.lines[i];
        if (!met.insert({line.spec, line.brand}).second)
            findings.push_back({Finding::line_twice, i});
        const auto rule = policy.brand_rule.value;
        if (rule == BrandRule::brand && line.brand.empty() && line.units > 0) {
            findings.push_back({Finding::brand_missing, i});
        }
        if (rule == BrandRule::generic && !line.brand.empty()) {
            findings.push_back({Finding::brand_unwanted, i});
        }
        if (line.cause == Cause::other && line.remark.empty()) {
            findings.push_back({Finding::remark_missing, i});
        }
    }
}

}  // namespace

bool holds_back(Finding finding) {
    switch (finding) {
        case Finding::below_floor:
        case Finding::above_alarm:
        case Finding::no_past_use:
            return false;
        case Finding::below_floor_unsaid:
        case Finding::above_alarm_unsaid:
        case Finding::remark_missing:
        case Finding::brand_missing:
        case Finding::brand_unwanted:
        case Finding::line_twice:
            return true;
    }
    return true;
}

LotAnswer check_lot(const LotReport& report, const Policy& policy) {
    const std::int64_t years = policy.years.value.value_or(0);
    JICAI_CHECK(years >= 0 && years <= 10);
    const Sums sums = sums_of(report, years);
    LotAnswer answer;
    check_lines(report, policy, answer.findings);
    answer.comparison.reported = text(sums.reported);
    answer.comparison.past_sum = text(sums.past);
    if (years == 0) return answer;
    if (!sums.any_past) {
        answer.findings.push_back({Finding::no_past_use, {}});
        return answer;
    }
    const bool said = std::any_of(report.lines.begin(), report.lines.end(), [](const auto& line) {
        return line.cause != Cause::none;
    });
    const auto bound = [&](std::int64_t percent) {
        JICAI_CHECK(percent >= 0 && percent <= 100'000);
        return sums.past * percent;
    };
    const Wide reported = sums.reported * 100 * years;
    if (const auto percent = policy.floor_percent.value) {
        const Wide divisor = static_cast<Wide>(100) * years;
        answer.comparison.floor = text((bound(*percent) + divisor - 1) / divisor);
        if (reported < bound(*percent)) {
            answer.findings.push_back(
                {said ? Finding::below_floor : Finding::below_floor_unsaid, {}}
            );
        }
    }
    if (const auto percent = policy.alarm_percent.value; percent && reported > bound(*percent)) {
        answer.findings.push_back({said ? Finding::above_alarm : Finding::above_alarm_unsaid, {}});
    }
    return answer;
}

}  // namespace jicai::reporting
