#pragma once

#include <engine/rules/reporting_rule.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// \file
/// A hospital's volume report against its past use. Nothing is refused for being low or high: a
/// cause from a list is asked for.

namespace jicai::reporting {

using rules::BrandRule;

/// What the rulebook of the round says, or what is assumed where it says nothing
/// (rules::reporting_in_force). An open value is not checked. \pre floor 0 to 100, alarm 100 to
/// 1000 percent, 1 to 10 years (CHECKed); a decoded rulebook keeps these bounds
using Policy = rules::ReportingRule;

/// Causes a hospital picks from; stored and stay.
enum class Cause : std::uint8_t {
    none = 0,
    clinical_change = 1,
    patients_fell = 2,
    patients_rose = 3,
    new_department = 4,
    substitute = 5,
    stock_left = 6,
    epidemic = 7,
    data_wrong = 8,
    other = 9,  ///< needs a remark
};

/// A spec and its content, by which specs of a lot are added up (10 mg counts twice 5 mg).
struct Spec {
    std::string name;
    std::int64_t content = 1;  ///< in any one unit of the lot, above 0
};

struct ReportLine {
    std::size_t spec = 0;    ///< of LotReport::specs
    std::string brand;       ///< empty: any
    std::int64_t units = 0;  ///< smallest units of one year, 0 or more
    Cause cause = Cause::none;
    std::string remark;
};

struct PastUse {
    std::size_t spec = 0;
    int year = 0;
    std::int64_t units = 0;
};

/// One lot of one hospital.
struct LotReport {
    std::vector<Spec> specs;
    std::vector<ReportLine> lines;
    std::vector<PastUse> past;  ///< of any years; those of the policy's years count
    int first_year = 0;         ///< of the years the mean is over
};

enum class Finding : std::uint8_t {
    below_floor,         ///< and a cause is given
    above_alarm,         ///< and a cause is given
    below_floor_unsaid,  ///< a cause is missing
    above_alarm_unsaid,  ///< a cause is missing
    remark_missing,      ///< the cause is "other" and nothing is said
    brand_missing,       ///< the round reports by brand
    brand_unwanted,      ///< the round reports by generic name
    line_twice,          ///< the same spec and brand
    no_past_use,         ///< nothing to compare with
};
/// Whether the report can be handed in with it.
[[nodiscard]] bool holds_back(Finding finding);

struct LotFinding {
    Finding finding;
    std::optional<std::size_t> line;  ///< of the report; nothing: the lot as a whole
};

/// What stands beside the lot on the screen and is compared, in content-weighted units.
struct LotComparison {
    std::string reported;  ///< whole number
    std::string past_sum;  ///< of all years of the mean
    std::string floor;     ///< smallest weighted quantity that reaches the floor; empty: no floor
};

struct LotAnswer {
    std::vector<LotFinding> findings;
    LotComparison comparison;
};

/// Checks one lot. The floor itself and the alarm bound itself are allowed: reported × 100 × years
/// is compared with percent × sum, so nothing is divided. A cause on any line of the lot counts for
/// the lot. \pre specs have content above 0, units are not negative, spec numbers in range
/// (CHECKed)
[[nodiscard]] LotAnswer check_lot(const LotReport& report, const Policy& policy);

}  // namespace jicai::reporting
