#include <catalogs/round_folder/decode_tables.h>
#include <catalogs/round_folder/formats.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

namespace jicai::catalogs::round_folder {

namespace {

using money::Price;
using money::Ratio;

constexpr std::int64_t kContentScale = 1'000'000;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// The digits at the start of `text`, taken off it, without leading zeros.
std::string_view take_number(std::string_view& text) {
    std::size_t length = 0;
    while (length < text.size() && is_digit(text[length])) ++length;
    std::string_view number = text.substr(0, length);
    text.remove_prefix(length);
    while (number.size() > 1 && number.front() == '0') number.remove_prefix(1);
    return number;
}

Place place_of(const TableFormat& format, const TableRow& row, std::size_t column) {
    return {row.row, format.columns[column].name, row.cells[column].text};
}

std::optional<Ratio> content_of(const Cell& cell) {
    if (!cell.number) return {};
    return Ratio(*cell.number, kContentScale);
}

std::optional<Price> price_of(const Cell& cell) {
    if (!cell.number) return {};
    return Price(*cell.number);
}

std::string text_or(const Cell& cell, std::string_view otherwise) {
    return std::string(cell.text.empty() ? otherwise : cell.text);
}

std::vector<std::string> texts_of(const std::vector<std::string_view>& cells) {
    return {cells.begin(), cells.end()};
}

/// A cell that may be empty in some rows but not in this one.
void require_cell(
    const TableFormat& format, const TableRow& row, std::size_t column, FaultList& faults
) {
    const Cell& cell = row.cells[column];
    if (cell.faulted || !cell.text.empty()) return;
    faults.add(FaultKind::cell_empty, place_of(format, row, column));
}

bool any_faulted(const Table& table, std::size_t column) {
    return std::any_of(table.rows.begin(), table.rows.end(), [&](const TableRow& row) {
        return row.cells[column].faulted;
    });
}

}  // namespace

bool natural_less(std::string_view left, std::string_view right) {
    std::string_view a = left;
    std::string_view b = right;
    while (!a.empty() && !b.empty()) {
        if (is_digit(a[0]) && is_digit(b[0])) {
            const std::string_view m = take_number(a);
            const std::string_view n = take_number(b);
            if (m.size() != n.size()) return m.size() < n.size();
            if (m != n) return m < n;
            continue;
        }
        if (a[0] != b[0]) {
            return static_cast<unsigned char>(a[0]) < static_cast<unsigned char>(b[0]);
        }
        a.remove_prefix(1);
        b.remove_prefix(1);
    }
    if (a.empty() != b.empty()) return a.empty();
    return left < right;
}

void decode_lots(const Table& table, References& known, FaultList& faults, round::Round& round) {
    const TableFormat& format = lots_format();
    const bool drug = round.kind == "drug";
    std::vector<const TableRow*> rows;
    for (const TableRow& row : table.rows) rows.push_back(&row);
    std::stable_sort(rows.begin(), rows.end(), [](const TableRow* a, const TableRow* b) {
        return natural_less(a->cells[kLotId].text, b->cells[kLotId].text);
    });
    for (const TableRow* row : rows) {
        if (drug) require_cell(format, *row, kLotBaseForm, faults);
        round::Lot lot;
        lot.id = row->text(kLotId);
        lot.name = row->text(kLotName);
        lot.volume_class = row->text(kLotVolumeClass);
        lot.term_class = text_or(row->cells[kLotTermClass], "general");
        lot.base_form = row->text(kLotBaseForm);
        lot.quantity_step = row->cells[kLotQuantityStep].number.value_or(1);
        lot.regions =
            known.require_regions(place_of(format, *row, kLotRegions), faults, /*may_add=*/true);
        lot.row = static_cast<std::uint32_t>(row->row);
        known.add_lot(row->cells[kLotId].text, static_cast<round::LotIndex>(round.lots.size()));
        round.lots.push_back(std::move(lot));
    }
    if (table.complete && table.rows.empty()) faults.add(FaultKind::rows_missing, {});
    known.lots_whole = table.complete && !any_faulted(table, kLotId);
}

void decode_specs(
    const Table& table,
    const Table& lots_table,
    References& known,
    FaultList& faults,
    FaultList& lots_faults,
    round::Round& round
) {
    const TableFormat& format = specs_format();
    struct Placed {
        round::LotIndex lot;
        std::int64_t content;
        const TableRow* row;
    };
    std::vector<Placed> placed;
    for (const TableRow& row : table.rows) {
        const auto lot = known.require_lot(place_of(format, row, kSpecLot), faults);
        if (!lot) continue;
        placed.push_back({*lot, row.cells[kSpecContent].number.value_or(kContentScale), &row});
    }
    std::stable_sort(placed.begin(), placed.end(), [](const Placed& a, const Placed& b) {
        return std::tuple(a.lot, a.content, a.row->cells[kSpecName].text) <
               std::tuple(b.lot, b.content, b.row->cells[kSpecName].text);
    });
    std::vector<const TableRow*> first_row(round.lots.size(), nullptr);
    for (const Placed& spec : placed) {
        const TableRow& row = *spec.row;
        const auto index = static_cast<round::SpecIndex>(round.specs.size());
        const std::string unit = text_or(row.cells[kSpecContentUnit], "mg");
        round.specs.push_back(
            {spec.lot,
             row.text(kSpecName),
             Ratio(spec.content, kContentScale),
             unit,
             row.cells[kSpecFill].number,
             row.cells[kSpecMain].number.value_or(0) == 1,
             price_of(row.cells[kSpecCeiling])}
        );
        round::Lot& lot = round.lots[spec.lot];
        if (first_row[spec.lot] == nullptr) {
            first_row[spec.lot] = &row;
        } else if (round.specs[lot.specs.front()].content_unit != unit &&
                   !row.cells[kSpecContentUnit].faulted) {
            faults.add(
                FaultKind::content_unit_differs,
                {row.row, format.columns[kSpecContentUnit].name, unit},
                {{"lot", lot.id},
                 {"other_unit", round.specs[lot.specs.front()].content_unit},
                 {"other_row", std::to_string(first_row[spec.lot]->row)}}
            );
        }
        lot.specs.push_back(index);
        known.add_spec(spec.lot, row.cells[kSpecName].text, index);
    }
    known.specs_whole = known.lots_whole && table.complete && !any_faulted(table, kSpecLot) &&
                        !any_faulted(table, kSpecName) && !any_faulted(table, kSpecContent);
    if (table.complete && table.rows.empty()) faults.add(FaultKind::rows_missing, {});
    if (!known.specs_whole || table.rows.empty()) return;
    for (const TableRow& row : lots_table.rows) {
        const auto lot = known.lot(row.cells[kLotId].text);
        if (!lot || !round.lots[*lot].specs.empty()) continue;
        lots_faults.add(FaultKind::lot_without_spec, place_of(lots_format(), row, kLotId));
    }
}

void decode_bidders(const Table& table, References& known, FaultList&, round::Round& round) {
    std::vector<const TableRow*> rows;
    for (const TableRow& row : table.rows) rows.push_back(&row);
    std::stable_sort(rows.begin(), rows.end(), [](const TableRow* a, const TableRow* b) {
        return a->cells[kBidderId].text < b->cells[kBidderId].text;
    });
    for (const TableRow* row : rows) {
        const std::string_view id = row->cells[kBidderId].text;
        known.add_supplier(id, static_cast<round::SupplierIndex>(round.suppliers.size()));
        round.suppliers.push_back(
            {std::string(id),
             row->text(kBidderName),
             text_or(row->cells[kBidderFirm], id),
             row->text(kBidderCode),
             row->text(kBidderOrigin)}
        );
    }
    known.suppliers_whole = table.complete && !any_faulted(table, kBidderId);
}

namespace {

/// The spec of a bid: as named, or the one of its content.
class BidSpec {
public:
    BidSpec(
        const TableRow& row,
        round::LotIndex lot,
        const References& known,
        FaultList& faults,
        const round::Round& round
    )
        : row_(row), lot_(lot), known_(known), faults_(faults), round_(round) {}

    std::optional<round::SpecIndex> resolve(bool absent) const {
        if (row_.cells[kBidSpec].faulted) return {};
        const auto content = content_of(row_.cells[kBidContent]);
        if (!row_.cells[kBidSpec].text.empty()) return named(content);
        if (content) return by_content(*content);
        if (absent && !row_.cells[kBidContent].faulted) return of_absent();
        return {};
    }

private:
    std::optional<round::SpecIndex> named(const std::optional<Ratio>& content) const {
        const auto spec =
            known_.require_spec(lot_, place_of(bids_format(), row_, kBidSpec), faults_);
        if (!spec || !content || !known_.specs_whole) return spec;
        const round::Spec& found = round_.specs[*spec];
        if (found.content == *content) return spec;
        faults_.add(
            FaultKind::spec_content_differs,
            place_of(bids_format(), row_, kBidContent),
            {{"lot", round_.lots[lot_].id}, {"spec", found.name}, {"content", found.content.text()}}
        );
        return {};
    }

    std::optional<round::SpecIndex> by_content(const Ratio& content) const {
        std::vector<round::SpecIndex> matches;
        std::string names;
        std::string contents;
        for (const round::SpecIndex spec : round_.lots[lot_].specs) {
            contents += (contents.empty() ? "" : ", ") + round_.specs[spec].content.text();
            if (!(round_.specs[spec].content == content)) continue;
            matches.push_back(spec);
            names += (names.empty() ? "" : ", ") + round_.specs[spec].name;
        }
        if (matches.size() == 1) return matches.front();
        if (!known_.specs_whole) return {};
        const std::string& lot = round_.lots[lot_].id;
        const Place place = place_of(bids_format(), row_, kBidContent);
        if (matches.empty()) {
            faults_.add(
                FaultKind::spec_not_found_by_content, place, {{"lot", lot}, {"contents", contents}}
            );
        } else {
            faults_.add(FaultKind::spec_ambiguous, place, {{"lot", lot}, {"specs", names}});
        }
        return {};
    }

    // An absent bidder offered no spec; the index must be one of the lot's all the same.
    std::optional<round::SpecIndex> of_absent() const {
        const std::vector<round::SpecIndex>& specs = round_.lots[lot_].specs;
        for (const round::SpecIndex spec : specs) {
            if (round_.specs[spec].main_spec) return spec;
        }
        if (specs.empty()) return {};
        return specs.front();
    }

    const TableRow& row_;
    round::LotIndex lot_;
    const References& known_;
    FaultList& faults_;
    const round::Round& round_;
};

std::optional<round::Participation> participation_of(const TableRow& row, FaultList& faults) {
    const std::string_view word = row.cells[kBidParticipation].text;
    if (word == "bid") return round::Participation::bid;
    if (word == "absent") return round::Participation::absent;
    if (!word.empty()) {
        faults.add(
            FaultKind::participation_unknown, place_of(bids_format(), row, kBidParticipation)
        );
    }
    return {};
}

void require_offer(
    const TableRow& row, round::Participation participation, bool drug, FaultList& faults
) {
    const TableFormat& format = bids_format();
    const Cell& price = row.cells[kBidPackPrice];
    const bool absent = participation == round::Participation::absent;
    if (absent && !price.text.empty()) {
        faults.add(FaultKind::absent_with_price, place_of(format, row, kBidPackPrice));
    }
    if (!absent) require_cell(format, row, kBidContent, faults);
    const bool priced = price.faulted || !price.text.empty();
    if (absent || !priced) return;
    if (drug) require_cell(format, row, kBidForm, faults);
    require_cell(format, row, kBidPackUnits, faults);
}

}  // namespace

void decode_bids(const Table& table, References& known, FaultList& faults, round::Round& round) {
    const TableFormat& format = bids_format();
    const bool drug = round.kind == "drug";
    round.bid_extra_columns = table.header.unknown_columns;
    for (const TableRow& row : table.rows) {
        const auto participation = participation_of(row, faults);
        if (participation) require_offer(row, *participation, drug, faults);
        const auto supplier = known.require_supplier(place_of(format, row, kBidSupplier), faults);
        auto regions =
            known.require_regions(place_of(format, row, kBidRegions), faults, /*may_add=*/false);
        const auto lot = known.require_lot(place_of(format, row, kBidLot), faults);
        if (!lot) continue;
        const bool absent = participation == round::Participation::absent;
        const auto spec = BidSpec(row, *lot, known, faults, round).resolve(absent);
        if (!spec || !supplier || !participation) continue;
        round::Bid bid{
            .lot = *lot,
            .supplier = *supplier,
            .product = row.text(kBidProduct),
            .spec = *spec,
            .content = content_of(row.cells[kBidContent]).value_or(round.specs[*spec].content),
            .form = text_or(row.cells[kBidForm], round.lots[*lot].base_form),
            .pack_units = row.cells[kBidPackUnits].number.value_or(1),
            .pack_price = price_of(row.cells[kBidPackPrice]),
            .participation = *participation,
            .evidence = row.text(kBidEvidence),
            .group = row.text(kBidGroup),
            .own_lowest_price = price_of(row.cells[kBidOwnLowestPrice]),
            .fill_nl = row.cells[kBidFill].number,
            .extra = texts_of(row.unknown),
            .row = static_cast<std::uint32_t>(row.row),
            .regions = std::move(regions)};
        round.bids.push_back(std::move(bid));
    }
    if (table.complete && table.rows.empty()) faults.add(FaultKind::rows_missing, {});
    std::stable_sort(
        round.bids.begin(),
        round.bids.end(),
        [&](const round::Bid& a, const round::Bid& b) {
            return std::tie(a.lot, round.suppliers[a.supplier].id, a.product) <
                   std::tie(b.lot, round.suppliers[b.supplier].id, b.product);
        }
    );
}

void decode_packs(const Table& table, References& known, FaultList& faults, round::Round& round) {
    const TableFormat& format = packs_format();
    const bool drug = round.kind == "drug";
    round.pack_extra_columns = table.header.unknown_columns;
    for (const TableRow& row : table.rows) {
        if (drug) require_cell(format, row, kPackForm, faults);
        const auto lot = known.require_lot(place_of(format, row, kPackLot), faults);
        const auto supplier = known.require_supplier(place_of(format, row, kPackSupplier), faults);
        const auto content = content_of(row.cells[kPackContent]);
        if (!lot || !supplier || !content) continue;
        round.packs.push_back(
            {.lot = *lot,
             .supplier = *supplier,
             .product = row.text(kPackProduct),
             .form = row.text(kPackForm),
             .spec = row.text(kPackSpec),
             .content = *content,
             .pack_units = row.cells[kPackPackUnits].number.value_or(1),
             .fill_nl = row.cells[kPackFill].number,
             .material = row.text(kPackMaterial),
             .daily_dose = content_of(row.cells[kPackDailyDose]),
             .extra = texts_of(row.unknown),
             .row = static_cast<std::uint32_t>(row.row)}
        );
    }
    std::stable_sort(
        round.packs.begin(),
        round.packs.end(),
        [&](const round::Pack& a, const round::Pack& b) {
            const auto key = [&](const round::Pack& pack) {
                return std::tie(
                    pack.lot,
                    round.suppliers[pack.supplier].id,
                    pack.product,
                    pack.content,
                    pack.spec,
                    pack.pack_units,
                    pack.form,
                    pack.fill_nl,
                    pack.material,
                    pack.daily_dose
                );
            };
            return key(a) < key(b);
        }
    );
}

void decode_preferences(
    const Table& table, References& known, FaultList& faults, round::Round& round
) {
    const TableFormat& format = preferences_format();
    std::map<std::tuple<round::LotIndex, round::SupplierIndex, round::RegionIndex>, std::uint64_t>
        first_rows;
    for (const TableRow& row : table.rows) {
        const auto lot = known.require_lot(place_of(format, row, kPreferenceLot), faults);
        const auto supplier =
            known.require_supplier(place_of(format, row, kPreferenceSupplier), faults);
        const Place place = place_of(format, row, kPreferenceRegion);
        if (place.value.empty()) continue;
        const auto region = known.require_region(place, faults, /*may_add=*/false);
        const auto order = row.cells[kPreferenceOrder].number;
        if (!lot || !supplier || !region || !order) continue;
        const auto [first, added] =
            first_rows.emplace(std::tuple(*lot, *supplier, *region), row.row);
        if (!added) {
            faults.add(
                FaultKind::region_repeated, place, {{"first_row", std::to_string(first->second)}}
            );
        }
        round.preferences.push_back({*lot, *supplier, *order, *region});
    }
    std::stable_sort(
        round.preferences.begin(),
        round.preferences.end(),
        [](const round::Preference& a, const round::Preference& b) {
            return std::tie(a.lot, a.supplier, a.order) < std::tie(b.lot, b.supplier, b.order);
        }
    );
}

}  // namespace jicai::catalogs::round_folder
