#include <catalogs/linkage_folder/decode_linkage.h>
#include <catalogs/linkage_folder/linkage_formats.h>
#include <catalogs/round_folder/references.h>
#include <engine/linkage/decide_campaign.h>

#include <algorithm>
#include <set>

namespace jicai::catalogs::linkage_folder {

using namespace round_folder;

namespace {

using campaign::Campaign;
using campaign::Day;
using money::Price;
using money::Ratio;

constexpr std::int64_t kContentScale = 1'000'000;

Place place_of(const TableFormat& format, const TableRow& row, std::size_t column) {
    return {row.row, format.columns[column].name, row.cells[column].text};
}

/// Rows by the text of a column, bytewise.
std::vector<const TableRow*> sorted_by(const Table& table, std::size_t column) {
    std::vector<const TableRow*> rows;
    rows.reserve(table.rows.size());
    for (const TableRow& row : table.rows) rows.push_back(&row);
    std::stable_sort(rows.begin(), rows.end(), [column](const TableRow* a, const TableRow* b) {
        return a->cells[column].text < b->cells[column].text;
    });
    return rows;
}

bool any_faulted(const Table& table, std::size_t column) {
    return std::any_of(table.rows.begin(), table.rows.end(), [&](const TableRow& row) {
        return row.cells[column].faulted;
    });
}

/// One row being decoded.
class RowReader {
public:
    RowReader(const TableFormat& format, const TableRow& row, FaultList& faults)
        : format_(format), row_(row), faults_(faults) {}

    [[nodiscard]] std::string_view text(std::size_t column) const {
        return row_.cells[column].text;
    }
    [[nodiscard]] bool empty(std::size_t column) const {
        return text(column).empty() && !row_.cells[column].faulted;
    }
    [[nodiscard]] std::int64_t number(std::size_t column, std::int64_t otherwise) const {
        return row_.cells[column].number.value_or(otherwise);
    }
    [[nodiscard]] bool flag(std::size_t column) const { return number(column, 0) != 0; }
    [[nodiscard]] std::optional<Ratio> content(std::size_t column) const {
        if (!row_.cells[column].number) return std::nullopt;
        return Ratio(*row_.cells[column].number, kContentScale);
    }

    void fault(std::string_view key, std::size_t column, FaultArguments arguments = {}) {
        faults_.add(key, place_of(format_, row_, column), arguments);
    }

    [[nodiscard]] std::optional<Day> day(std::size_t column) {
        if (text(column).empty()) return std::nullopt;
        const auto day = Day::parse(text(column));
        if (!day) faults_.add(FaultKind::date_malformed, place_of(format_, row_, column));
        return day;
    }

    template <class E>
    [[nodiscard]] E word(std::size_t column, E otherwise) {
        if (text(column).empty()) return otherwise;
        const auto value = rules::enum_from_word<E>(text(column));
        if (!value) {
            std::string allowed;
            for (const auto& [one, name] : rules::EnumNames<E>::names) {
                if (!allowed.empty()) allowed += ", ";
                allowed += name;
            }
            fault("fault.linkage.word", column, {{"allowed", allowed}});
        }
        return value.value_or(otherwise);
    }

    template <class Index>
    [[nodiscard]] std::optional<Index> reference(
        std::size_t column,
        const std::unordered_map<std::string_view, Index>& known,
        bool whole,
        std::string_view key
    ) {
        if (text(column).empty()) return std::nullopt;
        const auto found = known.find(text(column));
        if (found != known.end()) return found->second;
        if (whole) fault(key, column);
        return std::nullopt;
    }

    [[nodiscard]] std::optional<campaign::ProductIndex> product(
        std::size_t column, const Known& known
    ) {
        return reference(
            column, known.products, known.products_whole, "fault.linkage.product_unknown"
        );
    }

    [[nodiscard]] campaign::RegionIndex region(
        std::size_t column, std::string_view name, Known& known
    ) {
        const auto found = known.regions.find(name);
        if (found != known.regions.end()) return found->second;
        if (known.regions.size() == campaign::kRegionsMax) {
            fault(
                "fault.linkage.regions_too_many",
                column,
                {{"bound", std::to_string(campaign::kRegionsMax)}}
            );
            return 0;
        }
        const auto number = static_cast<campaign::RegionIndex>(known.regions.size());
        known.regions.emplace(std::string(name), number);
        return number;
    }

private:
    const TableFormat& format_;
    const TableRow& row_;
    FaultList& faults_;
};

}  // namespace

void decode_products(const Table& table, Known& known, FaultList& faults, Campaign& campaign) {
    for (const TableRow* row : sorted_by(table, kProductId)) {
        RowReader reader(products_format(), *row, faults);
        campaign::Product product;
        product.id = reader.text(kProductId);
        product.generic = reader.text(kProductName);
        product.form = reader.text(kProductForm);
        product.spec = reader.text(kProductSpec);
        product.content = reader.content(kProductContent);
        product.pack_units = reader.number(kProductPackUnits, 1);
        product.material = reader.text(kProductMaterial);
        product.maker = reader.text(kProductMaker);
        product.variety =
            reader.text(reader.empty(kProductVariety) ? kProductName : kProductVariety);
        product.evaluated = reader.flag(kProductEvaluated);
        product.originator = reader.flag(kProductOriginator);
        product.replaces = reader.text(kProductReplaces);
        known.products.emplace(
            row->cells[kProductId].text,
            static_cast<campaign::ProductIndex>(campaign.products.size())
        );
        campaign.products.push_back(std::move(product));
    }
    campaign.packs_per_year.resize(campaign.products.size());
    known.products_whole = table.complete && !any_faulted(table, kProductId);
}

void decode_observations(const Table& table, Known& known, FaultList& faults, Campaign& campaign) {
    std::set<Ratio> strengths;
    campaign.observations.reserve(table.rows.size());
    for (const TableRow* row : sorted_by(table, kObservationId)) {
        RowReader reader(observations_format(), *row, faults);
        campaign::Observation observation;
        observation.id = reader.text(kObservationId);
        const auto product = reader.product(kObservationProduct, known);
        observation.product = product.value_or(0);
        if (!reader.text(kObservationRegion).empty()) {
            observation.region =
                reader.region(kObservationRegion, reader.text(kObservationRegion), known);
        }
        observation.source =
            reader.word(kObservationSource, campaign::SourceClass::province_listing);
        observation.status = reader.word(kObservationStatus, campaign::ObservationStatus::in_force);
        observation.evaluated = reader.flag(kObservationEvaluated);
        observation.pack_price = Price(reader.number(kObservationPackPrice, 0));
        observation.pack_units = reader.number(kObservationPackUnits, 1);
        observation.content = reader.content(kObservationContent);
        const auto from = reader.day(kObservationFrom);
        observation.from = from.value_or(Day());
        observation.to = reader.day(kObservationTo);
        observation.recorded = reader.day(kObservationRecorded);
        observation.document = reader.text(kObservationDocument);
        if (from && observation.to && *observation.to < *from) {
            reader.fault("fault.linkage.days_reversed", kObservationTo, {{"from", from->text()}});
        }
        if (observation.content && product && !campaign.products.empty()) {
            const auto& own = campaign.products[*product].content;
            if (!own) {
                reader.fault("fault.linkage.content_of_product_missing", kObservationContent);
            } else if (*observation.content != *own) {
                strengths.insert(Ratio(
                    observation.content->numerator() *
                        (kContentScale / observation.content->denominator()),
                    own->numerator() * (kContentScale / own->denominator())
                ));
                if (strengths.size() == linkage::kStrengthsMax + 1) {
                    reader.fault(
                        "fault.linkage.strengths_too_many",
                        kObservationContent,
                        {{"bound", std::to_string(linkage::kStrengthsMax)}}
                    );
                }
            }
        }
        known.observations.emplace(
            row->cells[kObservationId].text,
            static_cast<campaign::ObservationIndex>(campaign.observations.size())
        );
        campaign.observations.push_back(std::move(observation));
    }
    known.observations_whole = table.complete && !any_faulted(table, kObservationId);
}

void decode_listings(const Table& table, Known& known, FaultList& faults, Campaign& campaign) {
    for (const TableRow* row : sorted_by(table, kListingProduct)) {
        RowReader reader(listings_format(), *row, faults);
        const auto product = reader.product(kListingProduct, known);
        campaign.listings.push_back({product.value_or(0), Price(reader.number(kListingPrice, 0))});
    }
    if (table.complete && table.rows.empty()) faults.add(FaultKind::rows_missing, {});
}

void decode_winners(const Table& table, Known& known, FaultList& faults, Campaign& campaign) {
    for (const TableRow* row : sorted_by(table, kWinnerProduct)) {
        RowReader reader(winners_format(), *row, faults);
        campaign::Winner winner;
        winner.product = reader.product(kWinnerProduct, known).value_or(0);
        winner.price = Price(reader.number(kWinnerPrice, 0));
        for (const std::string_view name : split_bar(reader.text(kWinnerRegions))) {
            if (name.empty()) continue;
            winner.regions.push_back(reader.region(kWinnerRegions, name, known));
        }
        campaign.winners.push_back(std::move(winner));
    }
}

void decode_volumes(const Table& table, Known& known, FaultList& faults, Campaign& campaign) {
    for (const TableRow& row : table.rows) {
        RowReader reader(volumes_format(), row, faults);
        const auto product = reader.product(kVolumeProduct, known);
        if (product) campaign.packs_per_year[*product] = reader.number(kVolumePacks, 0);
    }
}

void decode_purchases(const Table& table, Known& known, FaultList& faults, Campaign& campaign) {
    constexpr std::int32_t kMonthsOfYear = 12;
    campaign.purchases.reserve(table.rows.size());
    for (const TableRow& row : table.rows) {
        RowReader reader(purchases_format(), row, faults);
        campaign::Purchase purchase;
        purchase.product = reader.product(kPurchaseProduct, known).value_or(0);
        const std::string_view month = reader.text(kPurchaseMonth);
        const auto first_day = Day::parse(std::string(month) + "-01");
        if (first_day) {
            const std::int32_t of_year = (month[5] - '0') * 10 + (month[6] - '0');
            purchase.month = first_day->year() * kMonthsOfYear + of_year - 1;
        } else if (!month.empty()) {
            reader.fault("fault.linkage.month", kPurchaseMonth);
        }
        purchase.packs = reader.number(kPurchasePacks, 0);
        campaign.purchases.push_back(purchase);
    }
}

void decode_link_events(const Table& table, Known& known, FaultList& faults, Campaign& campaign) {
    for (const TableRow& row : table.rows) {
        RowReader reader(link_events_format(), row, faults);
        campaign::Event event;
        event.seq = reader.number(kLinkEventSeq, 0);
        event.kind = reader.word(kLinkEventKind, campaign::EventKind::refuse);
        event.product = reader.product(kLinkEventProduct, known);
        event.observation = reader.reference(
            kLinkEventObservation,
            known.observations,
            known.observations_whole,
            "fault.linkage.observation_unknown"
        );
        const bool of_observation = event.kind == campaign::EventKind::exclude_observation ||
                                    event.kind == campaign::EventKind::restore_observation;
        const std::size_t needed = of_observation ? kLinkEventObservation : kLinkEventProduct;
        const std::size_t other = of_observation ? kLinkEventProduct : kLinkEventObservation;
        const bool kind_known =
            rules::enum_from_word<campaign::EventKind>(reader.text(kLinkEventKind)).has_value();
        if (kind_known && reader.empty(needed)) {
            faults.add(FaultKind::cell_empty, place_of(link_events_format(), row, needed));
        }
        if (kind_known && !reader.empty(other)) {
            reader.fault(
                "fault.linkage.event_other_subject",
                other,
                {{"event", std::string(reader.text(kLinkEventKind))}}
            );
        }
        event.reason = reader.text(kLinkEventReason);
        event.who = reader.text(kLinkEventWho);
        event.at = reader.day(kLinkEventAt).value_or(Day());
        campaign.events.push_back(std::move(event));
    }
    std::stable_sort(
        campaign.events.begin(),
        campaign.events.end(),
        [](const campaign::Event& a, const campaign::Event& b) { return a.seq < b.seq; }
    );
}

void decode_holidays(const Table& table, Known&, FaultList& faults, Campaign& campaign) {
    for (const TableRow& row : table.rows) {
        RowReader reader(holidays_format(), row, faults);
        const auto day = reader.day(kHolidayDay);
        if (day) campaign.working_days.add(*day, reader.flag(kHolidayWorks));
    }
}

void number_regions(Known& known, Campaign& campaign) {
    std::vector<campaign::RegionIndex> number(known.regions.size());
    for (const auto& [name, index] : known.regions) {
        number[index] = static_cast<campaign::RegionIndex>(campaign.regions.size());
        campaign.regions.push_back(name);
    }
    for (campaign::Observation& observation : campaign.observations) {
        observation.region = number[observation.region];
    }
    for (campaign::Winner& winner : campaign.winners) {
        for (campaign::RegionIndex& region : winner.regions) region = number[region];
    }
}

}  // namespace jicai::catalogs::linkage_folder
