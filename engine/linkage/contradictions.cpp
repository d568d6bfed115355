#include <engine/linkage/bands.h>
#include <engine/linkage/policy_parameters.h>
#include <engine/money/decimal.h>

#include <algorithm>
#include <array>

namespace jicai::linkage {

namespace {

constexpr std::array<std::string_view, 5> kLadder{
    "suspended", "delisted", "integrity_record", "alternative_list", "award_lost"};

template <class Words>
std::string joined(const Words& words) {
    std::string text;
    for (const std::string_view word : words) {
        if (!text.empty()) text += ", ";
        text += word;
    }
    return text;
}

std::vector<std::string_view> source_words(bool with_own_region) {
    std::vector<std::string_view> words;
    for (const auto& [value, word] : rules::EnumNames<campaign::SourceClass>::names)
        words.push_back(word);
    if (with_own_region) words.push_back(kOwnRegion);
    return words;
}

class Check {
public:
    explicit Check(const Policy& policy) : policy_(policy) {}

    std::vector<rules::Contradiction> run() {
        words("comparison.sources", policy_.comparison.sources, source_words(false));
        conversion();
        if (policy_.reference) reference(*policy_.reference);
        if (policy_.deadline) deadline(*policy_.deadline);
        if (policy_.consequences)
            words("consequences.ladder", policy_.consequences->ladder, kLadder);
        if (policy_.winner_rules) winner_rules(*policy_.winner_rules);
        if (policy_.labels) bands("labels.bands", policy_.labels->bands, /*percent=*/false);
        if (policy_.fairness) fairness(*policy_.fairness);
        if (policy_.plausibility) plausibility(*policy_.plausibility);
        return std::move(found_);
    }

private:
    void add(
        std::string path,
        std::string item,
        std::string key,
        std::vector<std::pair<std::string, std::string>> arguments
    ) {
        arguments.emplace_back("parameter", path);
        found_.push_back({std::move(key), std::move(path), std::move(item), std::move(arguments)});
    }

    template <class Words>
    void words(const std::string& path, const Parameter<TextList>& list, const Words& allowed) {
        if (!list.value) return;
        for (const std::string& word : *list.value) {
            if (std::find(allowed.begin(), allowed.end(), word) != allowed.end()) continue;
            add(path,
                word,
                "fault.linkage.policy_word",
                {{"value", word}, {"allowed", joined(allowed)}});
        }
    }

    template <class T>
    void needs(const std::string& path, std::string_view other, const Parameter<T>& parameter) {
        if (parameter.present) return;
        add(path, "", "fault.linkage.policy_needs", {{"other", std::string(other)}});
    }

    void bands(const std::string& path, const Parameter<TextList>& list, bool percent) {
        if (!list.value) return;
        std::optional<std::string> unsound = unsound_band(*list.value);
        if (!unsound && percent) {
            for (const std::string& text : *list.value) {
                const auto cut = money::parse_scaled(parse_band(text)->value, 4, 4);
                if (cut.fault || cut.scaled > 1'000'000) unsound = text;
            }
        }
        if (unsound) add(path, *unsound, "fault.linkage.policy_band", {{"value", *unsound}});
    }

    void conversion() {
        const ConversionSection& section = policy_.conversion;
        if (section.rule.value == ConversionRule::price_ratio) {
            needs("conversion.rule", "conversion.price_ratio_rule", section.price_ratio_rule);
        }
        if (policy_.comparison.key.value == ComparisonKey::any_strength &&
            section.rule.value == ConversionRule::divide) {
            add("comparison.key", "", "fault.linkage.policy_strength", {});
        }
    }

    void reference(const ReferenceSection& section) {
        const std::string path = "reference.aggregator";
        words("reference.first_family", section.first_family, source_words(true));
        words("reference.second_family", section.second_family, source_words(true));
        if (section.lowest.value &&
            (*section.lowest.value < 1 || *section.lowest.value > kLowestMax)) {
            add("reference.lowest",
                "",
                "fault.linkage.policy_lowest",
                {{"value", std::to_string(*section.lowest.value)},
                 {"high", std::to_string(kLowestMax)}});
        }
        if (!section.aggregator.value) return;
        switch (*section.aggregator.value) {
            case Aggregator::minimum:
                break;
            case Aggregator::mean_of_lowest:
                needs(path, "reference.lowest", section.lowest);
                needs(path, "reference.count_each", section.count_each);
                needs(path, "reference.too_few", section.too_few);
                break;
            case Aggregator::minimum_of_regions:
                needs(path, "reference.regions_needed", section.regions_needed);
                needs(path, "reference.too_few", section.too_few);
                break;
            case Aggregator::median:
                needs(path, "reference.count_each", section.count_each);
                needs(path, "reference.median_of_even", section.median_of_even);
                break;
            case Aggregator::lower_of_two_families:
                needs(path, "reference.first_family", section.first_family);
                needs(path, "reference.second_family", section.second_family);
                break;
        }
    }

    void deadline(const DeadlineSection& section) {
        const int ways = (section.months.present ? 1 : 0) + (section.working_days.present ? 1 : 0) +
                         (section.window_end.present ? 1 : 0);
        if (ways > 1) add("deadline.frequency", "", "fault.linkage.policy_deadlines", {});
        if (section.months.present)
            needs("deadline.months", "deadline.month_end", section.month_end);
        if (section.window_end.value && !Day::parse(*section.window_end.value)) {
            add("deadline.window_end",
                "",
                "fault.linkage.policy_day",
                {{"value", *section.window_end.value}});
        }
    }

    void fairness(const FairnessSection& section) {
        bands("fairness.region_bands", section.region_bands, /*percent=*/false);
        bands("fairness.maker_bands", section.maker_bands, /*percent=*/false);
        bands("fairness.monitored_bands", section.monitored_bands, /*percent=*/false);
        if (!policy_.reference) {
            add("fairness.monitored_bands",
                "",
                "fault.linkage.policy_needs",
                {{"other", "reference.aggregator"}});
        }
    }

    void above_one(const std::string& path, const Parameter<money::Ratio>& parameter) {
        if (!parameter.value || *parameter.value > money::Ratio(1, 1)) return;
        add(path, "", "fault.linkage.policy_above_one", {{"value", parameter.value->text()}});
    }

    void plausibility(const PlausibilitySection& section) {
        above_one("plausibility.held_from", section.held_from);
        above_one("plausibility.near", section.near);
    }

    void winner_rules(const WinnerRulesSection& section) {
        bands("winner_rules.cut_bands", section.cut_bands, /*percent=*/true);
        if (section.cut_bands.present) {
            needs("winner_rules.cut_bands", "winner_rules.floor_multiple", section.floor_multiple);
        }
        if (section.outside_supply.value == OutsideSupply::multiple) {
            needs(
                "winner_rules.outside_supply",
                "winner_rules.outside_supply_multiple",
                section.outside_supply_multiple
            );
        }
        if (section.makers_threshold.present) {
            needs(
                "winner_rules.makers_threshold", "winner_rules.makers_scope", section.makers_scope
            );
            needs(
                "winner_rules.makers_threshold",
                "winner_rules.makers_include_originator",
                section.makers_include_originator
            );
        }
    }

    const Policy& policy_;
    std::vector<rules::Contradiction> found_;
};

}  // namespace

std::vector<rules::Contradiction> contradictions(const Policy& policy) {
    return Check(policy).run();
}

}  // namespace jicai::linkage
