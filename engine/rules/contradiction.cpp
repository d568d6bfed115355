#include <engine/money/price.h>
#include <engine/rules/contradiction.h>
#include <engine/rules/parameter_list.h>
#include <engine/rules/value_text.h>

#include <algorithm>
#include <map>
#include <set>

namespace jicai::rules {

namespace {

using Arguments = std::vector<std::pair<std::string, std::string>>;

class Checker {
public:
    explicit Checker(const Rulebook& rulebook) : rulebook_(rulebook), keys_(stage_keys(rulebook)) {}

    std::vector<Contradiction> run() {
        check_required();
        const GateStage* previous_gate = nullptr;
        std::set<std::string_view> before;
        std::set<std::string_view> reported_repeats;
        for (std::size_t i = 0; i < rulebook_.stages.size(); ++i) {
            const Stage& stage = rulebook_.stages[i];
            stage_key_ = keys_[i];
            check_place(stage_kind(stage), before);
            before.insert(stage_kind(stage));
            if (const auto* entry = std::get_if<EntryStage>(&stage)) check_entry(*entry);
            if (const auto* ranking = std::get_if<RankingStage>(&stage)) check_tie_keys(*ranking);
            if (const auto* affiliation = std::get_if<AffiliationStage>(&stage)) {
                check_affiliation(*affiliation);
            }
            if (const auto* gate = std::get_if<GateStage>(&stage)) {
                check_gate(*gate);
                if (previous_gate != nullptr) check_decides(*previous_gate, *gate);
                previous_gate = gate;
            }
        }
        return std::move(found_);
    }

private:
    void add(std::string key, std::string path, Arguments arguments, std::string item = {}) {
        found_.push_back({std::move(key), std::move(path), std::move(item), std::move(arguments)});
    }

    void check_required() {
        if (rulebook_.kind != "drug") return;
        for (const StageNeeds& row : stage_needs()) {
            if (!row.required || stands(row.kind)) continue;
            add("fault.rulebook.stage_missing", "rulebook", {{"kind", std::string(row.kind)}});
        }
    }

    [[nodiscard]] bool stands(std::string_view kind) const {
        return std::any_of(
            rulebook_.stages.begin(),
            rulebook_.stages.end(),
            [&](const Stage& stage) { return stage_kind(stage) == kind; }
        );
    }

    void check_place(std::string_view kind, const std::set<std::string_view>& before) {
        const auto& table = stage_needs();
        const auto row = std::find_if(table.begin(), table.end(), [&](const StageNeeds& needs) {
            return needs.kind == kind;
        });
        JICAI_CHECK(row != table.end());
        if (before.contains(kind)) {
            if (!row->repeats) {
                add("fault.rulebook.stage_repeated", stage_key_, {{"kind", std::string(kind)}});
            }
            return;
        }
        for (const std::string_view needed : row->needs) {
            if (before.contains(needed)) continue;
            const char* key =
                stands(needed) ? "fault.rulebook.stage_order" : "fault.rulebook.stage_needed";
            add(key, stage_key_, {{"kind", std::string(kind)}, {"needed", std::string(needed)}});
        }
        for (const std::string_view earlier : row->after) {
            if (before.contains(earlier) || !stands(earlier)) continue;
            add("fault.rulebook.stage_order",
                stage_key_,
                {{"kind", std::string(kind)}, {"needed", std::string(earlier)}});
        }
    }

    void check_entry(const EntryStage& entry) {
        if (!entry.max_entrants.value) return;
        const CountTable<Count>& table = *entry.max_entrants.value;
        const std::string path = stage_key_ + ".max_entrants";
        for (std::size_t i = 0; i < table.rows.size(); ++i) {
            const Count bidders = table.from + static_cast<Count>(i);
            const Arguments row{
                {"row", std::to_string(bidders)},
                {"value", std::to_string(table.rows[i])},
                {"previous", i == 0 ? "0" : std::to_string(table.rows[i - 1])}};
            if (table.rows[i] > bidders) {
                add("fault.rulebook.entrants_above_bidders", path, row, std::to_string(bidders));
            }
            if (i > 0 && table.rows[i] < table.rows[i - 1]) {
                add("fault.rulebook.entrants_fall", path, row, std::to_string(bidders));
            }
        }
    }

    void check_tie_keys(const RankingStage& ranking) {
        std::map<std::string, std::size_t> seen;
        for (std::size_t i = 0; i < ranking.tie_keys.size(); ++i) {
            const TieKey& key = ranking.tie_keys[i];
            const std::string path = stage_key_ + ".tie_keys." + std::to_string(i + 1);
            const auto [earlier, fresh] = seen.emplace(key.column, i + 1);
            if (!fresh) {
                add("fault.rulebook.tie_key_repeated",
                    path,
                    {{"column", key.column}, {"earlier", std::to_string(earlier->second)}});
            }
            if (!fits(key.type, key.first)) {
                add("fault.rulebook.tie_key_order",
                    path,
                    {{"column", key.column},
                     {"type", value_text(key.type)},
                     {"first", value_text(key.first)}});
            }
        }
    }

    [[nodiscard]] static bool fits(TieKeyType type, TieKeyFirst first) {
        switch (type) {
            case TieKeyType::number:
                return first == TieKeyFirst::larger || first == TieKeyFirst::smaller;
            case TieKeyType::date:
                return first == TieKeyFirst::earlier || first == TieKeyFirst::later;
            case TieKeyType::flag:
                return first == TieKeyFirst::yes || first == TieKeyFirst::no;
        }
        JICAI_CHECK(false);
    }

    void check_affiliation(const AffiliationStage& stage) {
        if (stage.lowest_only.value == false && stage.not_in_last_place.value == true) {
            add("fault.rulebook.affiliation_contradiction", stage_key_ + ".not_in_last_place", {});
        }
    }

    void check_gate(const GateStage& gate) {
        for (std::size_t i = 0; i < gate.any_of.size(); ++i) {
            check_test_alone(gate.any_of[i]);
            for (std::size_t other = 0; other < gate.any_of.size(); ++other) {
                if (other == i || !implies(gate.any_of[i], gate.any_of[other])) continue;
                if (implies(gate.any_of[other], gate.any_of[i]) && other > i) continue;
                add("fault.rulebook.gate_test_unreachable",
                    test_path(gate.any_of[i]),
                    {{"test", test_text(gate.any_of[i])}, {"other", test_text(gate.any_of[other])}},
                    std::to_string(i + 1));
                break;
            }
        }
    }

    void check_test_alone(const GateTest& test) {
        const money::Ratio one(1, 1);
        if (const auto* lowest = std::get_if<FactorOfLowestTest>(&test)) {
            if (lowest->factor.value && *lowest->factor.value < one) {
                add("fault.rulebook.gate_never_passes",
                    test_path(test) + ".factor",
                    {{"value", lowest->factor.value->text()}});
            }
        }
        if (const auto* anchor = std::get_if<FactorOfAnchorTest>(&test)) {
            if (anchor->mean_factor.value && *anchor->mean_factor.value > one) {
                add("fault.rulebook.gate_anchor_above_mean",
                    test_path(test) + ".mean_factor",
                    {{"value", anchor->mean_factor.value->text()}});
            }
        }
    }

    void check_decides(const GateStage& earlier, const GateStage& later) {
        if (earlier.any_of.empty()) return;
        const bool always_passed =
            std::all_of(earlier.any_of.begin(), earlier.any_of.end(), [&](const GateTest& passed) {
                return std::any_of(
                    later.any_of.begin(),
                    later.any_of.end(),
                    [&](const GateTest& next) { return implies(passed, next); }
                );
            });
        if (always_passed)
            add("fault.rulebook.gate_never_decides", stage_key_, {{"stage", stage_key_}});
    }

    /// Whether every bid that passes `a` passes `b`.
    [[nodiscard]] static bool implies(const GateTest& a, const GateTest& b) {
        if (const auto* lowest_a = std::get_if<FactorOfLowestTest>(&a)) {
            if (!lowest_a->factor.value) return false;
            if (const auto* lowest_b = std::get_if<FactorOfLowestTest>(&b)) {
                return lowest_b->factor.value && *lowest_a->factor.value <= *lowest_b->factor.value;
            }
            if (const auto* anchor_b = std::get_if<FactorOfAnchorTest>(&b)) {
                return anchor_b->factor.value && *lowest_a->factor.value <= *anchor_b->factor.value;
            }
            return false;
        }
        if (const auto* cut_a = std::get_if<CutAtLeastTest>(&a)) {
            const auto* cut_b = std::get_if<CutAtLeastTest>(&b);
            return cut_b != nullptr && cut_a->percent.value && cut_b->percent.value &&
                   cut_needed(*cut_a->percent.value) >= cut_needed(*cut_b->percent.value);
        }
        if (const auto* price_a = std::get_if<PriceAtMostTest>(&a)) {
            const auto* price_b = std::get_if<PriceAtMostTest>(&b);
            return price_b != nullptr && price_a->price.value && price_b->price.value &&
                   *price_a->price.value <= *price_b->price.value;
        }
        const auto* anchor_a = std::get_if<FactorOfAnchorTest>(&a);
        const auto* anchor_b = std::get_if<FactorOfAnchorTest>(&b);
        if (anchor_a == nullptr || anchor_b == nullptr) return false;
        return anchor_a->factor.value && anchor_b->factor.value && anchor_a->mean_factor.value &&
               anchor_b->mean_factor.value && *anchor_a->factor.value <= *anchor_b->factor.value &&
               *anchor_a->mean_factor.value <= *anchor_b->mean_factor.value;
    }

    /// The least cut that reaches the bound once rounded half up, in units of half the last place
    /// of six decimals.
    [[nodiscard]] static money::Int128 cut_needed(const PercentBound& bound) {
        money::Int128 half_place = 1;
        for (int i = bound.decimals; i < kDecimalsMax; ++i) half_place *= 10;
        const money::Int128 scaled =
            money::Int128{bound.percent.numerator()} * 2'000'000 / bound.percent.denominator();
        return scaled - half_place;
    }

    [[nodiscard]] std::string test_path(const GateTest& test) const {
        return stage_key_ + '.' +
               std::visit([](const auto& typed) { return std::string(typed.test); }, test);
    }

    [[nodiscard]] static std::string test_text(const GateTest& test) {
        std::string text =
            std::visit([](const auto& typed) { return std::string(typed.test); }, test);
        std::vector<GateTest> alone{test};
        GateStage stage{alone};
        for (const ParameterRow& row : stage_parameters(Stage(stage), "gate"))
            text += ' ' + row.value;
        return text;
    }

    const Rulebook& rulebook_;
    std::vector<std::string> keys_;
    std::string stage_key_;
    std::vector<Contradiction> found_;
};

}  // namespace

const std::vector<StageNeeds>& stage_needs() {
    static const std::vector<StageNeeds> table{
        {SupplyRegionsStage::kind, {}, {}, false, true},
        {QualificationStage::kind, {}, {}, false, true},
        {PriceRatioStage::kind, {}, {}, false, true},
        {CeilingStage::kind, {"qualification", "price_ratio"}, {}, false, false},
        {BiddersStage::kind, {"qualification"}, {"ceiling"}, false, true},
        {ComparablePriceStage::kind, {"qualification", "price_ratio"}, {"ceiling"}, false, true},
        {RankingStage::kind, {"comparable_price"}, {}, false, true},
        {AffiliationStage::kind, {"ranking", "bidders"}, {}, false, false},
        {EntryStage::kind, {"ranking", "bidders"}, {"affiliation"}, false, true},
        {GateStage::kind, {"entry"}, {}, true, false},
        {OutlierStage::kind, {"entry"}, {"gate"}, false, false},
        {RescueStage::kind, {"gate"}, {"outlier"}, false, false},
        {RegionPickingStage::kind,
         {"supply_regions", "entry"},
         {"gate", "outlier", "rescue"},
         false,
         false},
        {AgreedVolumeStage::kind, {"entry"}, {"gate", "outlier", "rescue"}, false, true},
        {TermStage::kind, {"entry"}, {"gate", "outlier", "rescue"}, false, true},
        {DerivedPriceStage::kind,
         {"price_ratio", "entry"},
         {"gate", "outlier", "rescue"},
         false,
         false},
        {SubstitutionStage::kind, {"entry"}, {"gate", "region_picking"}, false, false},
    };
    return table;
}

std::vector<Contradiction> contradictions(const Rulebook& rulebook) {
    return Checker(rulebook).run();
}

}  // namespace jicai::rules
