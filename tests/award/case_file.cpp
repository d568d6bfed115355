#include "case_file.h"

#include <engine/decision/round_decision.h>
#include <engine/money/decimal.h>
#include <engine/rules/given.h>
#include <engine/usecases/decide_round.h>

#include <algorithm>
#include <fstream>
#include <optional>
#include <set>
#include <sstream>
#include <stdexcept>

namespace jicai::test {
namespace {

std::vector<std::string> words_of(const std::string& text) {
    std::istringstream stream(text);
    std::vector<std::string> words;
    for (std::string word; stream >> word;) words.push_back(word);
    return words;
}

[[noreturn]] void bad(const CaseLine& line, const std::string& why) {
    throw std::runtime_error("line " + std::to_string(line.number) + ": " + why + ": " + line.text);
}

/// key=value words after the first `skip` ones; a bare word has the value "1".
std::map<std::string, std::string> options_of(const CaseLine& line, std::size_t skip) {
    std::map<std::string, std::string> options;
    for (std::size_t i = skip; i < line.words.size(); ++i) {
        const std::string& word = line.words[i];
        const std::size_t equals = word.find('=');
        if (equals == std::string::npos) {
            options[word] = "1";
        } else {
            options[word.substr(0, equals)] = word.substr(equals + 1);
        }
    }
    return options;
}

std::string take(
    std::map<std::string, std::string>& options,
    const std::string& key,
    const std::string& otherwise
) {
    const auto found = options.find(key);
    if (found == options.end()) return otherwise;
    std::string value = found->second;
    options.erase(found);
    return value;
}

std::vector<std::string> split(const std::string& text, char separator) {
    std::vector<std::string> parts;
    std::istringstream stream(text);
    for (std::string part; std::getline(stream, part, separator);) parts.push_back(part);
    return parts;
}

money::Price price_of(const CaseLine& line, const std::string& text) {
    const money::ScaledDecimal value = money::parse_scaled(text, 6, 6);
    if (value.fault) bad(line, "not a price");
    return money::Price(value.scaled);
}

money::Ratio ratio_of(const CaseLine& line, const std::string& text) {
    const auto ratio = money::Ratio::parse(text);
    if (!ratio) bad(line, "not a ratio");
    return *ratio;
}

std::optional<round::EventKind> event_kind(const std::string& word) {
    for (std::uint8_t i = 1; i <= 16; ++i) {
        const auto kind = static_cast<round::EventKind>(i);
        if (round::text(kind) == word) return kind;
    }
    return std::nullopt;
}

class RoundBuilder {
public:
    RoundBuilder(const World& world, const rules::Rulebook& rulebook) : world_(world) {
        round_.id = "case";
        round_.kind = "drug";
        round_.rulebook_id = world.rulebook_id;
        round_.lots.push_back({"1", "case", "general", "general", "普通片", 100, {}, {}});
        round_.regions = *rulebook.find<rules::SupplyRegionsStage>()->regions.value;
    }

    round::Round build() {
        for (const CaseLine& line : world_.lines) {
            const std::string& verb = line.words.front();
            if (verb == "lot" && line.words.size() > 1) lot(line);
            if (verb == "spec") spec(line);
        }
        for (const CaseLine& line : world_.lines) {
            if (line.words.front() == "bid") collect_columns(line);
        }
        for (const CaseLine& line : world_.lines) {
            const std::string& verb = line.words.front();
            if (verb == "bid") bid(line);
            if (verb == "demand") demand(line);
            if (verb == "given") round_.given.push_back({line.words.at(1), rest(line, 2), "", ""});
        }
        for (const CaseLine& line : world_.lines) {
            const std::string& verb = line.words.front();
            if (verb == "pack") pack(line);
            if (verb == "event") event(line);
            if (verb == "prefer") prefer(line);
        }
        finish();
        return std::move(round_);
    }

private:
    static std::string rest(const CaseLine& line, std::size_t from) {
        std::string text;
        for (std::size_t i = from; i < line.words.size(); ++i) {
            text += (text.empty() ? "" : " ") + line.words[i];
        }
        return text;
    }

    void lot(const CaseLine& line) {
        auto options = options_of(line, 1);
        round::Lot& lot = round_.lots.front();
        lot.id = take(options, "id", lot.id);
        lot.volume_class = take(options, "class", lot.volume_class);
        lot.term_class = take(options, "term", lot.term_class);
        lot.base_form = take(options, "base", lot.base_form);
        lot.quantity_step = std::stoll(take(options, "step", "100"));
        for (const std::string& name : split(take(options, "regions", ""), '|')) {
            lot.regions.push_back(region(line, name));
        }
        if (!options.empty()) bad(line, "unknown option " + options.begin()->first);
    }

    round::RegionIndex region(const CaseLine& line, const std::string& name) {
        const auto found = std::find(round_.regions.begin(), round_.regions.end(), name);
        if (found == round_.regions.end()) bad(line, "unknown region " + name);
        return static_cast<round::RegionIndex>(found - round_.regions.begin());
    }

    void spec(const CaseLine& line) {
        auto options = options_of(line, 2);
        round::Spec spec{
            0,
            line.words.at(1),
            ratio_of(line, take(options, "content", "1")),
            "mg",
            std::nullopt,
            !take(options, "main", "").empty(),
            std::nullopt};
        const std::string ceiling = take(options, "ceiling", "");
        if (!ceiling.empty()) spec.ceiling = price_of(line, ceiling);
        if (!options.empty()) bad(line, "unknown option " + options.begin()->first);
        round_.specs.push_back(std::move(spec));
    }

    static const std::set<std::string>& own_columns() {
        static const std::set<std::string> names{
            "price", "spec", "form", "units", "group", "absent", "own_lowest", "product"};
        return names;
    }

    void collect_columns(const CaseLine& line) {
        for (const auto& [key, value] : options_of(line, 2)) {
            if (own_columns().count(key) > 0) continue;
            auto& columns = round_.bid_extra_columns;
            if (std::find(columns.begin(), columns.end(), key) == columns.end())
                columns.push_back(key);
        }
    }

    round::SupplierIndex supplier(const std::string& id) {
        for (std::size_t i = 0; i < round_.suppliers.size(); ++i) {
            if (round_.suppliers[i].id == id) return static_cast<round::SupplierIndex>(i);
        }
        round_.suppliers.push_back({id, id, id, "", ""});
        return static_cast<round::SupplierIndex>(round_.suppliers.size() - 1);
    }

    round::SpecIndex spec_index(const CaseLine& line, const std::string& name) {
        if (name.empty()) return 0;
        for (std::size_t i = 0; i < round_.specs.size(); ++i) {
            if (round_.specs[i].name == name) return static_cast<round::SpecIndex>(i);
        }
        bad(line, "unknown spec " + name);
    }

    void bid(const CaseLine& line) {
        auto options = options_of(line, 2);
        round::Bid bid{
            .lot = 0,
            .supplier = supplier(line.words.at(1)),
            .product = take(options, "product", ""),
            .spec = spec_index(line, take(options, "spec", "")),
            .content = money::Ratio(1, 1),
            .form = take(options, "form", round_.lots.front().base_form),
            .pack_units = std::stoll(take(options, "units", "1")),
            .pack_price = std::nullopt,
            .participation = round::Participation::bid,
            .evidence = "",
            .group = take(options, "group", ""),
            .own_lowest_price = std::nullopt,
            .fill_nl = std::nullopt,
            .extra = {},
            .row = static_cast<std::uint32_t>(line.number)};
        bid.content = round_.specs.at(bid.spec).content;
        const std::string price = take(options, "price", "");
        if (!price.empty()) bid.pack_price = price_of(line, price);
        const std::string lowest = take(options, "own_lowest", "");
        if (!lowest.empty()) bid.own_lowest_price = price_of(line, lowest);
        if (!take(options, "absent", "").empty()) bid.participation = round::Participation::absent;
        for (const std::string& column : round_.bid_extra_columns) {
            bid.extra.push_back(take(options, column, ""));
        }
        round_.bids.push_back(std::move(bid));
    }

    void demand(const CaseLine& line) {
        round_.demand.push_back(
            {0,
             spec_index(line, line.words.at(1)),
             region(line, line.words.at(2)),
             std::nullopt,
             money::Quantity(std::stoll(line.words.at(3)))}
        );
    }

    void pack(const CaseLine& line) {
        auto options = options_of(line, 2);
        round::Pack pack{
            .lot = 0,
            .supplier = supplier(line.words.at(1)),
            .product = "",
            .form = take(options, "form", round_.lots.front().base_form),
            .spec = "",
            .content = ratio_of(line, take(options, "content", "1")),
            .pack_units = std::stoll(take(options, "units", "1")),
            .fill_nl = std::nullopt,
            .material = take(options, "material", ""),
            .daily_dose = std::nullopt,
            .extra = {},
            .row = static_cast<std::uint32_t>(line.number)};
        round_.packs.push_back(std::move(pack));
    }

    void event(const CaseLine& line) {
        const auto kind = event_kind(line.words.at(1));
        if (!kind) bad(line, "unknown event");
        round::Event event{
            static_cast<std::int64_t>(round_.events.size()) + 1,
            0,
            *kind,
            std::nullopt,
            line.words.size() > 3 ? line.words[3] : "",
            "case",
            "office",
            "2026-01-01",
            static_cast<std::uint32_t>(line.number)};
        if (line.words.size() > 2 && line.words[2] != "-") event.supplier = supplier(line.words[2]);
        round_.events.push_back(std::move(event));
    }

    void prefer(const CaseLine& line) {
        for (std::size_t i = 2; i < line.words.size(); ++i) {
            round_.preferences.push_back(
                {0,
                 supplier(line.words.at(1)),
                 static_cast<std::int64_t>(i) - 1,
                 region(line, line.words[i])}
            );
        }
    }

    void finish() {
        round::Lot& lot = round_.lots.front();
        for (std::size_t i = 0; i < round_.specs.size(); ++i) {
            lot.specs.push_back(static_cast<round::SpecIndex>(i));
        }
        std::sort(lot.specs.begin(), lot.specs.end(), [&](auto a, auto b) {
            return round_.specs[a].content < round_.specs[b].content;
        });
        std::stable_sort(
            round_.demand.begin(),
            round_.demand.end(),
            [](const auto& a, const auto& b) {
                return a.spec != b.spec ? a.spec < b.spec : a.region < b.region;
            }
        );
        std::stable_sort(round_.bids.begin(), round_.bids.end(), [&](const auto& a, const auto& b) {
            return round_.suppliers[a.supplier].id < round_.suppliers[b.supplier].id;
        });
    }

    const World& world_;
    round::Round round_;
};

std::vector<std::string> outcome_words(const decision::BidDecision& bid) {
    std::vector<std::string> words{std::string(decision::text(bid.outcome)), bid.step};
    words.push_back("rank=" + (bid.rank ? std::to_string(*bid.rank) : "-"));
    words.push_back("regions=" + std::to_string(bid.regions));
    words.push_back("unit=" + (bid.unit_price ? bid.unit_price->text() : "-"));
    words.push_back(
        "comparable=" + (bid.unit_comparable_price ? bid.unit_comparable_price->text() : "-")
    );
    words.push_back(bid.tied ? "tied" : "not_tied");
    return words;
}

class Checker {
public:
    Checker(const World& world, const round::Round& round, const usecases::RoundRun& run)
        : world_(world), round_(round), run_(run) {}

    std::vector<std::string> check() {
        std::size_t expectations = 0;
        for (const CaseLine& line : world_.lines) {
            if (line.expected.empty()) continue;
            ++expectations;
            check_line(line);
        }
        if (expectations == 0)
            failures_.push_back("world \"" + world_.title + "\" expects nothing");
        return std::move(failures_);
    }

private:
    void check_line(const CaseLine& line) {
        const std::vector<std::string> actual = actual_of(line);
        for (const std::string& word : line.expected) {
            if (std::find(actual.begin(), actual.end(), word) != actual.end()) continue;
            std::string shown;
            for (const std::string& a : actual) shown += " " + a;
            failures_.push_back(
                "world \"" + world_.title + "\", line " + std::to_string(line.number) + ": " +
                line.text + "\n    missing \"" + word + "\", got" + shown
            );
            return;
        }
    }

    std::vector<std::string> actual_of(const CaseLine& line) {
        const std::string& verb = line.words.front();
        if (verb == "refused") return keys(run_.refusals);
        if (!run_.decision) {
            std::vector<std::string> words{"no-decision"};
            for (const std::string& key : keys(run_.refusals)) words.push_back(key);
            return words;
        }
        const decision::LotDecision& lot = run_.decision->lots.front();
        if (verb == "bid") return bid_words(line, lot);
        if (verb == "lot") return lot_words(lot);
        if (verb == "waits") return keys(lot.waits_for);
        if (verb == "noted") return keys(lot.trace);
        if (verb == "trace") return trace_words(line, lot);
        if (verb == "volume") return volume_words(line, lot);
        if (verb == "supplies") return supply_words(line, lot);
        if (verb == "pack") return pack_words(line, lot);
        bad(line, "nothing to expect of this line");
    }

    static std::vector<std::string> keys(const std::vector<decision::Message>& messages) {
        std::vector<std::string> words;
        for (const decision::Message& message : messages) words.push_back(message.key);
        if (words.empty()) words.push_back("nothing");
        return words;
    }

    static std::vector<std::string> keys(const std::vector<decision::TraceStep>& steps) {
        std::vector<std::string> words;
        for (const decision::TraceStep& step : steps) words.push_back(step.message.key);
        return words;
    }

    const decision::BidDecision* find_bid(const CaseLine& line, const decision::LotDecision& lot) {
        for (const decision::BidDecision& bid : lot.bids) {
            const round::Bid& input = round_.bids[bid.bid];
            if (line.words.front() == "bid" && input.row != line.number) continue;
            if (round_.suppliers[input.supplier].id == line.words.at(1)) return &bid;
        }
        bad(line, "no such bid");
    }

    std::vector<std::string> bid_words(const CaseLine& line, const decision::LotDecision& lot) {
        return outcome_words(*find_bid(line, lot));
    }

    std::vector<std::string> trace_words(const CaseLine& line, const decision::LotDecision& lot) {
        std::vector<std::string> words;
        for (const decision::TraceStep& step : find_bid(line, lot)->trace) {
            words.push_back(step.message.key);
            for (const auto& [name, value] : step.message.arguments) {
                words.push_back(name + "=" + value);
            }
        }
        return words;
    }

    static std::vector<std::string> lot_words(const decision::LotDecision& lot) {
        const auto text = [](const std::optional<std::int64_t>& value) {
            return value ? std::to_string(*value) : std::string("-");
        };
        return {
            std::string(decision::text(lot.status)),
            "bidders=" + std::to_string(lot.bidders),
            "entrants=" + text(lot.entrants_max),
            "winners=" + std::to_string(lot.winners),
            "percent=" + text(lot.percent),
            "term=" + text(lot.term_years),
            lot.regions_complete ? "picked" : "unpicked"};
    }

    std::vector<std::string> volume_words(const CaseLine& line, const decision::LotDecision& lot) {
        std::vector<std::string> words;
        for (const decision::VolumeCell& cell : lot.volumes) {
            if (round_.specs[cell.spec].name != line.words.at(1)) continue;
            if (round_.regions[cell.region] != line.words.at(2)) continue;
            words.push_back(std::to_string(cell.quantity.units()));
        }
        return words;
    }

    std::vector<std::string> supply_words(const CaseLine& line, const decision::LotDecision& lot) {
        std::string regions;
        for (const decision::RegionTurn& turn : lot.turns) {
            if (!turn.region || round_.suppliers[turn.supplier].id != line.words.at(1)) continue;
            regions += (regions.empty() ? "" : "|") + round_.regions[*turn.region];
        }
        return {regions.empty() ? "nothing" : regions};
    }

    std::vector<std::string> pack_words(const CaseLine& line, const decision::LotDecision& lot) {
        for (const decision::PricedPack& priced : lot.packs) {
            if (round_.packs[priced.pack].row == line.number) return {priced.price.text()};
        }
        return {"unpriced"};
    }

    const World& world_;
    const round::Round& round_;
    const usecases::RoundRun& run_;
    std::vector<std::string> failures_;
};

}  // namespace

std::vector<World> read_case_file(const std::filesystem::path& path) {
    std::ifstream file(path);
    if (!file) throw std::runtime_error("cannot read " + path.string());
    std::vector<World> worlds;
    std::string rulebook;
    std::size_t number = 0;
    for (std::string text; std::getline(file, text);) {
        ++number;
        const std::string content = text.substr(0, text.find('#'));
        const std::size_t arrow = content.find("->");
        CaseLine line{number, text, words_of(content.substr(0, arrow)), {}};
        if (arrow != std::string::npos) line.expected = words_of(content.substr(arrow + 2));
        if (line.words.empty()) continue;
        if (line.words.front() == "world") {
            worlds.push_back({content.substr(content.find("world") + 6), rulebook, {}});
        } else if (line.words.front() == "rulebook") {
            rulebook = line.words.at(1);
            if (!worlds.empty()) worlds.back().rulebook_id = rulebook;
        } else {
            if (worlds.empty()) bad(line, "outside a world");
            worlds.back().lines.push_back(std::move(line));
        }
    }
    if (worlds.empty()) throw std::runtime_error(path.string() + " holds no world");
    return worlds;
}

round::Round build_round(const World& world, const rules::Rulebook& rulebook) {
    return RoundBuilder(world, rulebook).build();
}

std::vector<std::string> run_world(
    const World& world, const rules::Rulebook& rulebook, const product::PriceRatioRule& rule
) {
    rules::Rulebook used = rulebook;
    const round::Round round = build_round(world, used);
    std::vector<rules::GivenValue> given;
    for (const round::GivenParameter& parameter : round.given) {
        given.push_back({parameter.path, parameter.toml});
    }
    if (!rules::apply_given(used, given).empty()) return {"a given parameter was refused"};
    const usecases::RoundRun run = usecases::decide_round(round, {used, rule});
    return Checker(world, round, run).check();
}

}  // namespace jicai::test
