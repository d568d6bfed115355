#include <catalogs/rulebook_file/rulebook_file.h>
#include <cli/award_report.h>
#include <cli/failures.h>
#include <cli/load.h>
#include <cli/progress.h>
#include <engine/money/decimal.h>
#include <engine/usecases/compare_rulebooks.h>
#include <reports/award_tables.h>

#include <algorithm>
#include <utility>

namespace jicai::cli {
namespace {

using decision::Json;
using usecases::Cause;
using usecases::LotChange;
using usecases::LotCost;
using usecases::RulebookComparison;

constexpr int kSteps = 2;
constexpr int kFenDecimals = 2;

/// A given value must fit at least one of the two rulebooks; where the other has no such open point
/// it means nothing there.
void apply_given_to_both(LoadedRules& a, LoadedRules& b, const round::Round& round) {
    for (const round::GivenParameter& given : round.given) {
        auto fault_a = catalogs::apply_given(a.rulebook, {given}, "parameters.toml");
        const auto fault_b = catalogs::apply_given(b.rulebook, {given}, "parameters.toml");
        if (!fault_a.empty() && !fault_b.empty()) throw BadInput(std::move(fault_a));
    }
}

std::string amount_text(const LotCost& cost) {
    if (!cost.amount) return "";
    return money::format_fixed(cost.amount->micro_yuan(), money::kMicroYuanScale, kFenDecimals);
}

std::string difference_text(const LotCost& a, const LotCost& b) {
    if (!a.amount || !b.amount) return "";
    const money::Amount difference = *b.amount - *a.amount;
    return money::format_fixed(difference.micro_yuan(), money::kMicroYuanScale, kFenDecimals);
}

std::string names(
    const Session& session,
    const round::Round& round,
    const std::vector<round::SupplierIndex>& suppliers
) {
    std::string text;
    for (const round::SupplierIndex supplier : suppliers) {
        if (!text.empty()) text += session.words("text.list_separator");
        text += round.suppliers[supplier].name;
    }
    return text;
}

std::string winners_text(
    const Session& session, const round::Round& round, const decision::LotDecision& lot
) {
    std::vector<round::SupplierIndex> winners;
    for (const decision::BidDecision& bid : lot.bids) {
        if (bid.outcome == decision::Outcome::won) winners.push_back(round.bids[bid.bid].supplier);
    }
    return names(session, round, winners);
}

std::string winners_or_status(
    const Session& session, const round::Round& round, const decision::LotDecision& lot
) {
    const std::string winners = winners_text(session, round, lot);
    return winners.empty() ? session.words.word("status", std::string(text(lot.status))) : winners;
}

/// What a pending lot waits for.
void print_needs(
    const Session& session,
    const rules::Rulebook& rulebook,
    const decision::LotDecision& lot,
    const char* key
) {
    if (lot.status != decision::LotStatus::pending) return;
    const reports::Say say = say_by(session, rulebook);
    for (const decision::Message& need : lot.waits_for) {
        print_line(session.words(key, {{"need", say(need)}}));
    }
}

std::int64_t national_quantity(const decision::LotDecision& lot) {
    money::Quantity sum(0);
    for (const decision::VolumeCell& cell : lot.volumes) sum = sum + cell.quantity;
    return sum.units();
}

reports::Table changes_table(
    const Session& session, const round::Round& round, const RulebookComparison& comparison
) {
    using reports::ColumnKind;
    reports::Table table{
        "changes",
        {{"lot"},
         {"name"},
         {"status_a"},
         {"status_b"},
         {"winners_a"},
         {"winners_b"},
         {"quantity_a", ColumnKind::exact},
         {"quantity_b", ColumnKind::exact},
         {"cost_a", ColumnKind::exact},
         {"cost_b", ColumnKind::exact},
         {"cost_difference", ColumnKind::exact}},
        {}};
    for (const LotChange& change : comparison.changes) {
        const decision::LotDecision& a = comparison.a.lots[change.lot];
        const decision::LotDecision& b = comparison.b.lots[change.lot];
        const LotCost& cost_a = comparison.costs_a[change.lot];
        const LotCost& cost_b = comparison.costs_b[change.lot];
        table.rows.push_back(
            {round.lots[change.lot].id,
             round.lots[change.lot].name,
             std::string(text(a.status)),
             std::string(text(b.status)),
             winners_text(session, round, a),
             winners_text(session, round, b),
             std::to_string(national_quantity(a)),
             std::to_string(national_quantity(b)),
             amount_text(cost_a),
             amount_text(cost_b),
             difference_text(cost_a, cost_b)}
        );
    }
    return table;
}

std::string what_changes(const Session& session, const LotChange& change) {
    const std::pair<bool, const char*> parts[] = {
        {change.status, "compare.part_status"},
        {change.winners, "compare.part_winners"},
        {change.regions, "compare.part_regions"},
        {change.percent, "compare.part_percent"},
        {change.volumes, "compare.part_volumes"},
        {change.term, "compare.part_term"},
        {change.prices, "compare.part_prices"},
    };
    std::string text;
    for (const auto& [changed, key] : parts) {
        if (!changed) continue;
        if (!text.empty()) text += session.words("text.list_separator");
        text += session.words(key);
    }
    return text;
}

std::string cause_text(const Session& session, const Cause& cause) {
    const Words& words = session.words;
    const auto shown = [&](const std::string& text) {
        return text.empty() ? words("rulebook.diff_absent") : text;
    };
    const std::string effect =
        session.words(cause.reproduces_all ? "compare.alone_all" : "compare.alone_part");
    if (cause.whole_stage) {
        return session.words(
            "compare.cause_stage", {{"path", words.parameter_title(cause.path)}, {"effect", effect}}
        );
    }
    return session.words(
        "compare.cause",
        {{"path", words.parameter_title(cause.path)},
         {"value_a", shown(words.parameter_value(cause.path, cause.value_a))},
         {"value_b", shown(words.parameter_value(cause.path, cause.value_b))},
         {"clause_a", shown(cause.clause_a)},
         {"clause_b", shown(cause.clause_b)},
         {"effect", effect}}
    );
}

void print_change(
    const Session& session,
    const round::Round& round,
    const LoadedRules& a,
    const LoadedRules& b,
    const RulebookComparison& comparison,
    const LotChange& change
) {
    const Words& words = session.words;
    const round::Lot& lot = round.lots[change.lot];
    print_line(words(
        "compare.lot",
        {{"lot", lot.id}, {"name", lot.name}, {"parts", what_changes(session, change)}}
    ));
    const decision::LotDecision& lot_a = comparison.a.lots[change.lot];
    const decision::LotDecision& lot_b = comparison.b.lots[change.lot];
    if (change.winners || change.status) {
        print_line(words(
            "compare.winners",
            {{"winners_a", winners_or_status(session, round, lot_a)},
             {"winners_b", winners_or_status(session, round, lot_b)}}
        ));
    }
    print_needs(session, a.rulebook, lot_a, "compare.waits_a");
    print_needs(session, b.rulebook, lot_b, "compare.waits_b");
    if (!change.winners_only_a.empty()) {
        print_line(
            words("compare.lose", {{"suppliers", names(session, round, change.winners_only_a)}})
        );
    }
    if (!change.winners_only_b.empty()) {
        print_line(
            words("compare.gain", {{"suppliers", names(session, round, change.winners_only_b)}})
        );
    }
    const LotCost& cost_a = comparison.costs_a[change.lot];
    const LotCost& cost_b = comparison.costs_b[change.lot];
    if (cost_a.amount && cost_b.amount && *cost_a.amount != *cost_b.amount) {
        print_line(words(
            "compare.lot_cost",
            {{"cost_a", amount_text(cost_a)},
             {"cost_b", amount_text(cost_b)},
             {"difference", difference_text(cost_a, cost_b)}}
        ));
    }
    for (const Cause& cause : change.causes) print_line(cause_text(session, cause));
    if (change.causes.empty()) print_line(words("compare.only_combination"));
}

void print_comparison(
    const Session& session,
    const round::Round& round,
    const LoadedRules& a,
    const LoadedRules& b,
    const RulebookComparison& comparison
) {
    const Words& words = session.words;
    print_line(
        words("compare.heading", {{"round", round.id}, {"a", a.rulebook.id}, {"b", b.rulebook.id}})
    );
    print_line("");
    if (comparison.changes.empty()) print_line(words("compare.no_change"));
    for (const LotChange& change : comparison.changes) {
        print_change(session, round, a, b, comparison, change);
        print_line("");
    }
    const reports::LotCounts counts_a = reports::count_lots(comparison.a);
    const reports::LotCounts counts_b = reports::count_lots(comparison.b);
    print_line(words(
        "compare.totals",
        {{"changed", std::to_string(comparison.changes.size())},
         {"lots", std::to_string(round.lots.size())},
         {"winners_a", std::to_string(counts_a.winners)},
         {"winners_b", std::to_string(counts_b.winners)}}
    ));
    const std::string unknown = words("compare.cost_unknown");
    const auto shown = [&](const std::string& text) { return text.empty() ? unknown : text; };
    print_line(words(
        "compare.total_cost",
        {{"cost_a", shown(amount_text(comparison.total_a))},
         {"cost_b", shown(amount_text(comparison.total_b))},
         {"difference", shown(difference_text(comparison.total_a, comparison.total_b))}}
    ));
    if (comparison.total_a.estimated || comparison.total_b.estimated) {
        print_line(words("compare.estimated"));
    }
    if (comparison.lots_without_cost > 0) {
        print_line(
            words("compare.without_cost", {{"count", std::to_string(comparison.lots_without_cost)}})
        );
    }
}

Json causes_json(const LotChange& change) {
    Json::Array causes;
    for (const Cause& cause : change.causes) {
        causes.emplace_back(Json::Object{
            {"path", cause.path},
            {"whole_stage", cause.whole_stage},
            {"value_a", cause.value_a},
            {"value_b", cause.value_b},
            {"clause_a", cause.clause_a},
            {"clause_b", cause.clause_b},
            {"reproduces_all", cause.reproduces_all},
        });
    }
    return causes;
}

Json comparison_json(
    const Session& session,
    const round::Round& round,
    const LoadedRules& a,
    const LoadedRules& b,
    const RulebookComparison& comparison
) {
    Json changes = reports::to_json(changes_table(session, round, comparison));
    for (std::size_t i = 0; i < comparison.changes.size(); ++i) {
        const LotChange& change = comparison.changes[i];
        Json::Object& object = changes.array()[i].object();
        object["causes"] = causes_json(change);
        object["only_combination"] = change.causes.empty();
        object["winners_changed"] = change.winners;
        object["regions_changed"] = change.regions;
        object["percent_changed"] = change.percent;
        object["volumes_changed"] = change.volumes;
        object["term_changed"] = change.term;
        object["pack_prices_changed"] = change.prices;
    }
    return Json::Object{
        {"command", "compare"},
        {"round", round.id},
        {"a", a.rulebook.id},
        {"b", b.rulebook.id},
        {"lots", static_cast<std::int64_t>(round.lots.size())},
        {"changes", std::move(changes)},
        {"cost_a", amount_text(comparison.total_a)},
        {"cost_b", amount_text(comparison.total_b)},
        {"cost_difference", difference_text(comparison.total_a, comparison.total_b)},
        {"cost_estimated", comparison.total_a.estimated || comparison.total_b.estimated},
        {"lots_without_cost", comparison.lots_without_cost},
    };
}

}  // namespace

int run_compare(const Session& session) {
    std::optional<round::Round> round;
    std::optional<LoadedRules> a;
    std::optional<LoadedRules> b;
    usecases::CompareRun run;
    {
        Progress progress(session, kSteps);
        progress.next("progress.reading");
        a = load_rules(session.arguments.rulebooks[0]);
        b = load_rules(session.arguments.rulebooks[1]);
        round = load_round_with(session, {&a->rulebook, &b->rulebook}, [&](auto done, auto total) {
            progress.part(done, total);
        });
        apply_given_to_both(*a, *b, *round);
        progress.next("progress.comparing");
        run = usecases::compare_rulebooks(*round, rule_set(*a), rule_set(*b));
    }
    if (!run.comparison) {
        throw BadInput(
            run.refusals_a.empty() ? std::move(run.refusals_b) : std::move(run.refusals_a)
        );
    }
    if (session.arguments.json) {
        print_json(comparison_json(session, *round, *a, *b, *run.comparison));
    } else {
        print_comparison(session, *round, *a, *b, *run.comparison);
    }
    return waits(run.comparison->a) || waits(run.comparison->b) ? kExitWaits : kExitDone;
}

}  // namespace jicai::cli
