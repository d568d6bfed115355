#include <cli/award_report.h>
#include <engine/rules/parameter_list.h>
#include <reports/rulebook_page.h>

#include <algorithm>

namespace jicai::cli {
namespace {

constexpr std::size_t kWeakValuesShown = 10;

}  // namespace

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

void print_weak_values(const Session& session, const rules::Rulebook& rulebook) {
    const Words& words = session.words;
    std::vector<std::string> used;
    std::vector<std::string> open;
    for (const rules::ParameterRow& row : rules::parameter_list(rulebook)) {
        if (!reports::is_flagged(row)) continue;
        const std::string path = words.parameter_title(row.path);
        if (row.open) {
            open.push_back(words("award.open_value", {{"path", path}}));
            continue;
        }
        const std::string value = words.parameter_value(row.path, row.value);
        used.push_back(words(
            "award.weak_value",
            {{"path", path},
             {"value", value},
             {"evidence", std::string(rules::enum_word(row.evidence))}}
        ));
    }
    const auto print_values = [&](const char* key, const std::vector<std::string>& lines) {
        if (lines.empty()) return;
        print_line(words(key, {{"count", std::to_string(lines.size())}}));
        const std::size_t shown = std::min(lines.size(), kWeakValuesShown);
        for (std::size_t i = 0; i < shown; ++i) print_line(lines[i]);
        if (shown == lines.size()) return;
        print_line(words(
            "award.more_values",
            {{"count", std::to_string(lines.size() - shown)}, {"rulebook", rulebook.id}}
        ));
    };
    print_values("award.weak_values", used);
    print_values("award.open_values", open);
}

reports::Say say_by(const Session& session, const rules::Rulebook& rulebook) {
    return reports::naming_tie_keys(session.words.say(), rulebook, session.words.english());
}

bool waits(const decision::RoundDecision& decided) {
    return std::any_of(decided.lots.begin(), decided.lots.end(), [](const auto& lot) {
        return lot.status == decision::LotStatus::pending || !lot.waits_for.empty();
    });
}

void print_waiting(
    const Session& session, const LoadedRound& loaded, const decision::RoundDecision& decided
) {
    const round::Round& round = loaded.round;
    const reports::Say say = say_by(session, loaded.rules.rulebook);
    if (!waits(decided)) return;
    print_line("");
    print_line(session.words("award.waiting"));
    for (const decision::LotDecision& lot : decided.lots) {
        for (const decision::Message& message : lot.waits_for) {
            print_line(session.words(
                "award.waiting_lot",
                {{"lot", round.lots[lot.lot].id},
                 {"name", round.lots[lot.lot].name},
                 {"need", say(message)}}
            ));
        }
    }
    print_line("");
}

decision::Json waiting_json(
    const Session& session, const LoadedRound& loaded, const decision::RoundDecision& decided
) {
    const round::Round& round = loaded.round;
    const reports::Say say = say_by(session, loaded.rules.rulebook);
    decision::Json::Array waiting;
    for (const decision::LotDecision& lot : decided.lots) {
        for (const decision::Message& message : lot.waits_for) {
            waiting.emplace_back(decision::Json::Object{
                {"lot", round.lots[lot.lot].id},
                {"key", message.key},
                {"text", say(message)},
            });
        }
    }
    return waiting;
}

OutputFile csv_file(const reports::Table& table, bool byte_order_mark) {
    return {table.name + ".csv", (byte_order_mark ? "\xEF\xBB\xBF" : "") + reports::to_csv(table)};
}

}  // namespace jicai::cli
