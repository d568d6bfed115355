#include <catalogs/round_folder/decode_tables.h>
#include <catalogs/round_folder/formats.h>
#include <engine/money/check.h>

#include <algorithm>
#include <array>
#include <utility>

namespace jicai::catalogs::round_folder {

namespace {

using round::EventKind;

constexpr std::array<std::pair<std::string_view, EventKind>, 16> kEventWords{{
    {"set_aside", EventKind::set_aside},
    {"withdraw", EventKind::withdraw},
    {"disqualify", EventKind::disqualify},
    {"negotiated_price", EventKind::negotiated_price},
    {"requote", EventKind::requote},
    {"draw_of_lots", EventKind::draw_of_lots},
    {"region_pick", EventKind::region_pick},
    {"region_pass", EventKind::region_pass},
    {"region_refused", EventKind::region_refused},
    {"objection_upheld", EventKind::objection_upheld},
    {"award_cancelled", EventKind::award_cancelled},
    {"substitute", EventKind::substitute},
    {"hospital_choice", EventKind::hospital_choice},
    {"lot_cancelled", EventKind::lot_cancelled},
    {"lot_failed", EventKind::lot_failed},
    {"lot_retendered", EventKind::lot_retendered},
}};

std::string known_events() {
    std::string words;
    for (const auto& [word, kind] : kEventWords) {
        words += (words.empty() ? "" : ", ") + std::string(word);
    }
    return words;
}

enum class Value : std::uint8_t { any, price, region, regions, suppliers, phase };

/// What an event of a kind must say.
struct Demands {
    bool supplier;
    bool reason;
    Value value;
};

Demands demands_of(EventKind kind) {
    switch (kind) {
        case EventKind::set_aside:
            return {true, true, Value::any};
        case EventKind::withdraw:
            return {true, true, Value::any};
        case EventKind::disqualify:
            return {true, true, Value::any};
        case EventKind::negotiated_price:
            return {true, false, Value::price};
        case EventKind::requote:
            return {true, false, Value::price};
        case EventKind::draw_of_lots:
            return {false, false, Value::suppliers};
        case EventKind::region_pick:
            return {true, false, Value::region};
        case EventKind::region_pass:
            return {true, false, Value::any};
        case EventKind::region_refused:
            return {true, false, Value::region};
        case EventKind::objection_upheld:
            return {true, true, Value::any};
        case EventKind::award_cancelled:
            return {true, true, Value::phase};
        case EventKind::substitute:
            return {true, false, Value::regions};
        case EventKind::hospital_choice:
            return {true, false, Value::any};
        case EventKind::lot_cancelled:
        case EventKind::lot_failed:
        case EventKind::lot_retendered:
            return {false, true, Value::any};
    }
    JICAI_CHECK(false);
}

bool is_two_digits(std::string_view text, int last) {
    if (text.size() != 2 || text[0] < '0' || text[0] > '9' || text[1] < '0' || text[1] > '9') {
        return false;
    }
    return (text[0] - '0') * 10 + (text[1] - '0') <= last;
}

// "10:30", "10:30:00", each with nothing, Z or +08:00 after it.
bool is_time(std::string_view text) {
    if (!text.empty() && text.back() == 'Z') {
        text.remove_suffix(1);
    } else if (text.size() > 6 && (text[text.size() - 6] == '+' || text[text.size() - 6] == '-')) {
        const std::string_view zone = text.substr(text.size() - 5);
        if (!is_two_digits(zone.substr(0, 2), 14) || zone[2] != ':' ||
            !is_two_digits(zone.substr(3), 59)) {
            return false;
        }
        text.remove_suffix(6);
    }
    if (text.size() != 5 && text.size() != 8) return false;
    if (!is_two_digits(text.substr(0, 2), 23) || text[2] != ':') return false;
    if (!is_two_digits(text.substr(3, 2), 59)) return false;
    return text.size() == 5 || (text[5] == ':' && is_two_digits(text.substr(6), 59));
}

bool is_date_or_moment(std::string_view text) {
    if (!is_date(text.substr(0, 10))) return false;
    return text.size() == 10 || ((text[10] == 'T' || text[10] == ' ') && is_time(text.substr(11)));
}

class EventRow {
public:
    EventRow(const TableRow& row, EventKind kind, References& known, FaultList& faults)
        : row_(row), kind_(kind), known_(known), faults_(faults) {}

    void check() {
        const Demands demands = demands_of(kind_);
        if (demands.supplier) require(kEventSupplier, FaultKind::event_supplier_missing);
        if (demands.reason) require(kEventReason, FaultKind::cell_empty);
        const Place value = place(kEventValue);
        if (row_.cells[kEventValue].faulted) return;
        const bool may_be_empty = demands.value == Value::any || demands.value == Value::regions;
        if (value.value.empty()) {
            if (!may_be_empty) require(kEventValue, FaultKind::event_value_missing);
            return;
        }
        switch (demands.value) {
            case Value::any:
                break;
            case Value::price:
                static_cast<void>(
                    check_cell(value.value, kPackPrice, value.row, value.column, faults_)
                );
                break;
            case Value::region:
                known_.require_region(value, faults_, /*may_add=*/false);
                break;
            case Value::regions:
                known_.require_regions(value, faults_, /*may_add=*/false);
                break;
            case Value::suppliers:
                check_drawn(value);
                break;
            case Value::phase:
                if (value.value == "publicity" || value.value == "execution") break;
                faults_.add(FaultKind::event_phase_unknown, value);
                break;
        }
    }

private:
    [[nodiscard]] Place place(std::size_t column) const {
        return {row_.row, events_format().columns[column].name, row_.cells[column].text};
    }

    void require(std::size_t column, FaultKind kind) {
        const Cell& cell = row_.cells[column];
        if (cell.faulted || !cell.text.empty()) return;
        faults_.add(kind, place(column), {{"event", row_.text(kEventKind)}});
    }

    void check_drawn(const Place& value) {
        std::vector<std::string_view> drawn = split_bar(value.value);
        for (const std::string_view supplier : drawn) {
            const Place part{value.row, value.column, supplier};
            if (supplier.empty()) {
                faults_.add(
                    FaultKind::event_value_missing, part, {{"event", row_.text(kEventKind)}}
                );
                continue;
            }
            known_.require_supplier(part, faults_);
        }
        std::sort(drawn.begin(), drawn.end());
        const auto twice = std::adjacent_find(drawn.begin(), drawn.end());
        if (twice != drawn.end() && !twice->empty()) {
            faults_.add(FaultKind::event_suppliers_repeated, {value.row, value.column, *twice});
        }
        if (drawn.size() == 1) {
            faults_.add(FaultKind::event_value_missing, value, {{"event", row_.text(kEventKind)}});
        }
    }

    const TableRow& row_;
    EventKind kind_;
    References& known_;
    FaultList& faults_;
};

std::optional<EventKind> kind_of(const TableRow& row, FaultList& faults) {
    const std::string_view word = row.cells[kEventKind].text;
    if (word.empty()) return {};
    for (const auto& [known, kind] : kEventWords) {
        if (known == word) return kind;
    }
    faults.add(
        FaultKind::event_unknown,
        {row.row, events_format().columns[kEventKind].name, word},
        {{"allowed", known_events()}}
    );
    return {};
}

}  // namespace

void decode_events(const Table& table, References& known, FaultList& faults, round::Round& round) {
    const TableFormat& format = events_format();
    for (const TableRow& row : table.rows) {
        const auto place = [&](std::size_t column) {
            return Place{row.row, format.columns[column].name, row.cells[column].text};
        };
        const auto lot = known.require_lot(place(kEventLot), faults);
        const auto kind = kind_of(row, faults);
        const auto supplier = known.require_supplier(place(kEventSupplier), faults);
        if (kind) EventRow(row, *kind, known, faults).check();
        const std::string_view at = row.cells[kEventAt].text;
        if (!at.empty() && !is_date_or_moment(at)) {
            faults.add(FaultKind::date_malformed, place(kEventAt));
        }
        const auto seq = row.cells[kEventSeq].number;
        if (!lot || !kind || !seq) continue;
        round.events.push_back(
            {.seq = *seq,
             .lot = *lot,
             .kind = *kind,
             .supplier = supplier,
             .value = row.text(kEventValue),
             .reason = row.text(kEventReason),
             .who = row.text(kEventWho),
             .at = std::string(at),
             .row = static_cast<std::uint32_t>(row.row)}
        );
    }
    std::stable_sort(
        round.events.begin(),
        round.events.end(),
        [](const round::Event& a, const round::Event& b) { return a.seq < b.seq; }
    );
}

}  // namespace jicai::catalogs::round_folder
