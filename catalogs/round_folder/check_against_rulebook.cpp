#include <catalogs/round_folder/text_table.h>
#include <catalogs/round_folder/check_against_rulebook.h>
#include <catalogs/round_folder/formats.h>
#include <catalogs/round_folder/near_names.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>

namespace jicai::catalogs {

namespace {

using namespace round_folder;

constexpr std::int64_t kTieNumberMax = 1'000'000'000'000;
constexpr CellRule kTieNumber{CellKind::number, true, kMicroScale, 6, kTieNumberMax, true};

std::string joined(const std::set<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
}

void check_classes(
    const round::Round& round,
    std::size_t column,
    std::string round::Lot::*of_lot,
    const std::set<std::string>& allowed,
    FaultKind kind,
    FaultList& faults
) {
    if (allowed.empty()) return;
    const std::string_view name = lots_format().columns[column].name;
    for (const round::Lot& lot : round.lots) {
        const std::string& word = lot.*of_lot;
        if (allowed.contains(word)) continue;
        faults.add(kind, {lot.row, name, word}, {{"lot", lot.id}, {"allowed", joined(allowed)}});
    }
}

/// The classes of lots.csv that rulebooks have rows for.
struct Classes {
    std::set<std::string> volume;
    std::set<std::string> term;

    explicit Classes(const std::vector<const rules::Rulebook*>& rulebooks) {
        bool any_volume = false;
        bool any_term = false;
        for (const rules::Rulebook* rulebook : rulebooks) {
            const auto* agreed = rulebook->find<rules::AgreedVolumeStage>();
            if (agreed == nullptr || agreed->percent.empty()) {
                any_volume = true;
            } else {
                for (const auto& [word, percent] : agreed->percent) volume.insert(word);
            }
            const auto* terms = rulebook->find<rules::TermStage>();
            if (terms == nullptr || terms->years.empty()) {
                any_term = true;
            } else {
                for (const auto& [word, years] : terms->years) term.insert(word);
            }
        }
        if (any_volume) volume.clear();
        if (any_term) term.clear();
    }
};

bool is_tie_flag(std::string_view text) {
    constexpr std::array<std::string_view, 6> kFlags{"1", "0", "是", "否", "true", "false"};
    return std::find(kFlags.begin(), kFlags.end(), text) != kFlags.end();
}

void check_tie_cell(
    const rules::TieKey& key, std::uint32_t row, std::string_view text, FaultList& faults
) {
    if (text.empty()) return;
    switch (key.type) {
        case rules::TieKeyType::number:
            // Only for the fault it adds.
            static_cast<void>(check_cell(text, kTieNumber, row, key.column, faults));
            return;
        case rules::TieKeyType::date:
            if (!is_date(text)) faults.add(FaultKind::tie_date_malformed, {row, key.column, text});
            return;
        case rules::TieKeyType::flag:
            if (!is_tie_flag(text)) {
                faults.add(FaultKind::tie_flag_unknown, {row, key.column, text});
            }
            return;
    }
}

void check_near_column(
    std::string_view column, const std::vector<const rules::TieKey*>& keys, FaultList& faults
) {
    constexpr std::uint64_t kHeaderRow = 1;
    for (const rules::TieKey* key : keys) {
        const bool meant =
            nearly_same(column, key->column) || column == key->title_zh || column == key->title_en;
        if (!meant) continue;
        faults.add(
            FaultKind::tie_column_near, {kHeaderRow, column, column}, {{"expected", key->column}}
        );
        return;
    }
}

/// The tie keys of all rulebooks; a column once for every type.
std::vector<const rules::TieKey*> tie_keys_of(const std::vector<const rules::Rulebook*>& rulebooks
) {
    std::vector<const rules::TieKey*> keys;
    for (const rules::Rulebook* rulebook : rulebooks) {
        const auto* ranking = rulebook->find<rules::RankingStage>();
        if (ranking == nullptr) continue;
        for (const rules::TieKey& key : ranking->tie_keys) {
            const bool there = std::any_of(keys.begin(), keys.end(), [&](const auto* other) {
                return other->column == key.column && other->type == key.type;
            });
            if (!there) keys.push_back(&key);
        }
    }
    return keys;
}

void check_tie_columns(
    const round::Round& round, const std::vector<const rules::TieKey*>& keys, FaultList& faults
) {
    for (std::size_t i = 0; i < round.bid_extra_columns.size(); ++i) {
        const std::string& column = round.bid_extra_columns[i];
        bool known = false;
        for (const rules::TieKey* key : keys) {
            if (key->column != column) continue;
            known = true;
            for (const round::Bid& bid : round.bids) {
                check_tie_cell(*key, bid.row, bid.extra[i], faults);
            }
        }
        if (!known) check_near_column(column, keys, faults);
    }
}

}  // namespace

std::vector<Fault> check_against_rulebooks(
    const round::Round& round, const std::vector<const rules::Rulebook*>& rulebooks
) {
    FaultList lots{std::string(lots_format().file)};
    const Classes classes(rulebooks);
    check_classes(
        round,
        kLotVolumeClass,
        &round::Lot::volume_class,
        classes.volume,
        FaultKind::volume_class_unknown,
        lots
    );
    check_classes(
        round,
        kLotTermClass,
        &round::Lot::term_class,
        classes.term,
        FaultKind::term_class_unknown,
        lots
    );
    FaultList bids{std::string(bids_format().file)};
    check_tie_columns(round, tie_keys_of(rulebooks), bids);
    std::vector<Fault> all;
    lots.move_to(all);
    bids.move_to(all);
    return all;
}

std::vector<Fault> check_against_rulebook(
    const round::Round& round, const rules::Rulebook& rulebook
) {
    return check_against_rulebooks(round, {&rulebook});
}

}  // namespace jicai::catalogs
