#include <cli/award_report.h>
#include <engine/rules/parameter_list.h>
#include <reports/rulebook_page.h>

#include <algorithm>

namespace jicai::cli {

void print_heading(const Session& session, const LoadedRound& loaded) {
    print_line(session.words(
        "award.heading",
        {{"id", loaded.round.id},
         {"title", loaded.round.title},
         {"rulebook", loaded.rules.rulebook.id},
         {"source", loaded.rules.rulebook.source}}
    ));
    print_line("");
}

reports::Table weak_values(const rules::Rulebook& rulebook) {
    reports::Table all = reports::rulebook_table(rulebook);
    const auto flag = static_cast<std::size_t>(
        std::find_if(
            all.columns.begin(),
            all.columns.end(),
            [](const reports::Column& column) { return column.name == "flag"; }
        ) -
        all.columns.begin()
    );
    std::vector<std::vector<std::string>> flagged;
    for (auto& row : all.rows) {
        if (!row[flag].empty()) flagged.push_back(std::move(row));
    }
    all.rows = std::move(flagged);
    return all;
}

void print_weak_values(const Session& session, const rules::Rulebook& rulebook) {
    const Words& words = session.words;
    std::string used;
    std::string open;
    for (const rules::ParameterRow& row : rules::parameter_list(rulebook)) {
        if (!reports::is_flagged(row)) continue;
        std::string& list = row.open ? open : used;
        if (!list.empty()) list += words("text.list_separator");
        list += row.path;
        if (row.open) continue;
        const std::string evidence(rules::enum_word(row.evidence));
        list += words("award.weak_value", {{"value", row.value}, {"evidence", evidence}});
    }
    if (!used.empty()) print_line(words("award.weak_values", {{"list", used}}));
    if (!open.empty()) print_line(words("award.open_values", {{"list", open}}));
}

bool waits(const decision::RoundDecision& decided) {
    return std::any_of(decided.lots.begin(), decided.lots.end(), [](const auto& lot) {
        return lot.status == decision::LotStatus::pending || !lot.waits_for.empty();
    });
}

void print_waiting(
    const Session& session, const round::Round& round, const decision::RoundDecision& decided
) {
    if (!waits(decided)) return;
    print_line("");
    print_line(session.words("award.waiting"));
    for (const decision::LotDecision& lot : decided.lots) {
        for (const decision::Message& message : lot.waits_for) {
            print_line(session.words(
                "award.waiting_lot",
                {{"lot", round.lots[lot.lot].id},
                 {"name", round.lots[lot.lot].name},
                 {"need", session.words.render(message)}}
            ));
        }
    }
    print_line("");
}

decision::Json waiting_json(
    const Session& session, const round::Round& round, const decision::RoundDecision& decided
) {
    decision::Json::Array waiting;
    for (const decision::LotDecision& lot : decided.lots) {
        for (const decision::Message& message : lot.waits_for) {
            waiting.emplace_back(decision::Json::Object{
                {"lot", round.lots[lot.lot].id},
                {"key", message.key},
                {"text", session.words.render(message)},
            });
        }
    }
    return waiting;
}

OutputFile csv_file(const reports::Table& table, bool byte_order_mark) {
    return {table.name + ".csv", (byte_order_mark ? "\xEF\xBB\xBF" : "") + reports::to_csv(table)};
}

}  // namespace jicai::cli
