#include <engine/catalogue/row_comparison.h>
#include <engine/ports/refused.h>
#include <engine/prices/corrections.h>
#include <engine/prices/observation_bounds.h>
#include <engine/prices/observations_target.h>
#include <engine/prices/plausibility.h>
#include <engine/prices/region_words.h>

#include <algorithm>
#include <functional>
#include <optional>
#include <set>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace jicai::prices {
namespace {

using catalogue::Comparison;
using catalogue::TableContext;
using catalogue::TableRow;
using ports::PriceObservation;
using Column = ObservationsTarget::Column;

/// 128 bits of what names a row: of a million rows no two agree by chance.
using Fingerprint = std::pair<std::size_t, std::size_t>;
struct FingerprintHash {
    std::size_t operator()(const Fingerprint& fingerprint) const { return fingerprint.first; }
};

Fingerprint fingerprint_of(const ports::ObservationKey& key) {
    std::string text = std::to_string(key.product) + '\n' + key.region + '\n' +
                       std::to_string(static_cast<int>(key.source)) + '\n' +
                       std::to_string(key.pack_price.micro_yuan()) + '\n' +
                       std::to_string(key.from.number()) + '\n' + key.document;
    const std::size_t first = std::hash<std::string_view>{}(text);
    text += "\nsecond";
    return {first, std::hash<std::string_view>{}(text)};
}

class Work final : public catalogue::RowsInPieces {
public:
    Work(TableContext context, bool takes_over)
        : context_(std::move(context)),
          takes_over_(takes_over),
          today_(beijing_day(context_.now)),
          only_own_region_(
              access::reach_of(context_.actor, access::Action::enter_prices) ==
              access::Reach::region
          ) {}

    void take(ports::Transaction& transaction, const std::vector<TableRow>& rows) override {
        begin(transaction);
        find_products(transaction, rows);
        std::vector<PriceObservation> observations;
        std::vector<ports::ObservationKey> keys;
        std::vector<const TableRow*> from;
        for (const TableRow& row : rows) {
            auto observation = read(row);
            if (!observation || is_twice(row, *observation)) continue;
            keys.push_back(key_of(*observation));
            observations.push_back(std::move(*observation));
            from.push_back(&row);
        }
        const auto stored = transaction.prices().stored(keys);
        std::vector<PriceObservation> added;
        for (std::size_t i = 0; i < observations.size(); ++i) {
            if (stored[i] != 0) {
                pass_over(*from[i], stored[i]);
                continue;
            }
            ++comparison_.added;
            show(*from[i], observations[i]);
            if (takes_over_) {
                touched_.insert(observations[i].product);
                added.push_back(std::move(observations[i]));
            }
        }
        if (added.empty()) return;
        try {
            transaction.prices().add(added);
        } catch (const ports::Conflict&) {
            throw ports::Refused({"import.overtaken", {{"name", ""}}});
        }
    }

    Comparison finish(ports::Transaction& transaction) override {
        if (takes_over_) {
            const std::vector<std::int64_t> products(touched_.begin(), touched_.end());
            held_ = hold_implausible(
                transaction,
                products,
                [this](const PriceObservation& one) {
                    return one.id > last_before_ && one.entered_by == context_.actor.user &&
                           one.recorded_at == context_.now;
                },
                context_.now
            );
        }
        comparison_.base = "added " + std::to_string(comparison_.added) + "\nsame " +
                           std::to_string(comparison_.same) + "\n";
        return std::move(comparison_);
    }

private:
    struct Known {
        std::int64_t id = 0;
        std::int64_t pack_units = 1;
    };

    void begin(ports::Transaction& transaction) {
        if (regions_) return;
        regions_.emplace(transaction.catalogue().all_regions());
        if (takes_over_) last_before_ = transaction.prices().last_observation();
    }

    void find_products(ports::Transaction& transaction, const std::vector<TableRow>& rows) {
        std::set<std::string> wanted;
        for (const TableRow& row : rows) {
            const std::string& code = row.values[Column::product].text;
            if (!products_.contains(code)) wanted.insert(code);
        }
        const std::vector<std::string> codes(wanted.begin(), wanted.end());
        for (const ports::Product& one : transaction.catalogue().products_by_code(codes)) {
            products_.emplace(one.code, Known{one.id, one.pack_units});
        }
    }

    void fault(const TableRow& row, Column column, decision::Message message) {
        if (comparison_.faults.size() >= catalogue::kRowFaultsMax) {
            ++comparison_.more_faults;
            return;
        }
        comparison_.faults.push_back({row.row, column, row.values[column].text, std::move(message)}
        );
    }

    std::optional<campaign::Day> day(const TableRow& row, Column column, bool& sound) {
        if (!row.values[column].given) return std::nullopt;
        const auto day = campaign::Day::parse(row.values[column].text);
        if (!day) {
            fault(row, column, {"price.day_out_of_range", {{"value", row.values[column].text}}});
            sound = false;
        }
        return day;
    }

    std::optional<PriceObservation> read(const TableRow& row) {
        const auto& values = row.values;
        bool sound = true;
        PriceObservation one;
        const auto product = products_.find(values[Column::product].text);
        if (product == products_.end()) {
            fault(
                row,
                Column::product,
                {"price.product_unknown", {{"code", values[Column::product].text}}}
            );
            sound = false;
        } else {
            one.product = product->second.id;
            one.pack_units = product->second.pack_units;
        }
        const auto region = regions_->code_of(values[Column::region].text);
        if (!region) {
            fault(
                row,
                Column::region,
                {"price.region_unknown", {{"region", values[Column::region].text}}}
            );
            sound = false;
        } else if (only_own_region_ && !access::is_within(*region, context_.actor.region)) {
            fault(
                row,
                Column::region,
                {"price.region_not_yours", {{"region", values[Column::region].text}}}
            );
            sound = false;
        } else {
            one.region = *region;
        }
        one.source = static_cast<campaign::SourceClass>(values[Column::source].number);
        one.pack_price = money::Price(values[Column::pack_price].number);
        if (values[Column::pack_units].given) one.pack_units = values[Column::pack_units].number;
        const auto from = day(row, Column::effective_from, sound);
        one.to = day(row, Column::effective_to, sound);
        one.collected_on = day(row, Column::collected_on, sound);
        if (from) one.from = *from;
        if (from && one.to && *one.to < *from) {
            fault(
                row,
                Column::effective_to,
                {"price.period_reversed", {{"from", from->text()}, {"to", one.to->text()}}}
            );
            sound = false;
        }
        if (one.collected_on && *one.collected_on > today_) {
            fault(
                row,
                Column::collected_on,
                {"price.collected_later",
                 {{"day", one.collected_on->text()}, {"today", today_.text()}}}
            );
            sound = false;
        }
        one.content_mg = values[Column::content_mg].text;
        one.document = values[Column::document].text;
        if (values[Column::status].given) {
            one.status = static_cast<campaign::ObservationStatus>(values[Column::status].number);
        }
        one.evaluated = values[Column::evaluated].text == "yes";
        one.collected_by = values[Column::collected_by].text;
        one.entered_by = context_.actor.user;
        one.recorded_at = context_.now;
        one.import = context_.import;
        if (!sound) return std::nullopt;
        return one;
    }

    // The same entry further up in the file.
    bool is_twice(const TableRow& row, const PriceObservation& one) {
        const auto [at, is_new] = first_rows_.emplace(fingerprint_of(key_of(one)), row.row);
        if (is_new) return false;
        fault(row, Column::product, {"price.twice_in_file", {{"row", std::to_string(at->second)}}});
        return true;
    }

    void pass_over(const TableRow& row, std::int64_t stored) {
        if (context_.form) {
            fault(
                row, Column::product, {"price.entered_already", {{"id", std::to_string(stored)}}}
            );
        } else {
            ++comparison_.same;
        }
    }

    void show(const TableRow& row, const PriceObservation& one) {
        if (comparison_.shown.size() >= catalogue::kChangedRowsShown) return;
        catalogue::ChangedRow shown;
        shown.row = row.row;
        shown.key = row.values[Column::product].text + " / " + regions_->province_of(one.region) +
                    " / " + one.from.text();
        shown.change = catalogue::RowChange::added;
        for (std::size_t column = 0; column < row.values.size(); ++column) {
            if (!row.values[column].given) continue;
            shown.cells.push_back({column, "", row.values[column].text});
        }
        comparison_.shown.push_back(std::move(shown));
    }

    TableContext context_;
    bool takes_over_;
    campaign::Day today_;
    bool only_own_region_;
    std::optional<RegionWords> regions_;
    std::unordered_map<std::string, Known> products_;
    std::unordered_map<Fingerprint, std::uint64_t, FingerprintHash> first_rows_;
    std::set<std::int64_t> touched_;
    std::int64_t last_before_ = 0;
    std::int64_t held_ = 0;
    Comparison comparison_;
};

const std::vector<std::string>& column_names() {
    static const std::vector<std::string> names{
        "product",
        "region",
        "source",
        "pack_price",
        "pack_units",
        "effective_from",
        "effective_to",
        "content_mg",
        "document",
        "status",
        "evaluated",
        "collected_by",
        "collected_on"};
    return names;
}

}  // namespace

std::unique_ptr<catalogue::RowsInPieces> ObservationsTarget::in_pieces(
    const TableContext& context, bool takes_over
) const {
    return std::make_unique<Work>(context, takes_over);
}

Comparison ObservationsTarget::compare(
    ports::Transaction& transaction, const TableContext& context, const std::vector<TableRow>& rows
) const {
    Work work(context, false);
    work.take(transaction, rows);
    return work.finish(transaction);
}

std::vector<ports::AuditEntry> ObservationsTarget::apply(
    ports::Transaction& transaction,
    const TableContext& context,
    const std::vector<TableRow>& rows,
    const Comparison& comparison
) const {
    Work work(context, true);
    work.take(transaction, rows);
    const Comparison done = work.finish(transaction);
    if (!done.faults.empty() || done.base != comparison.base) {
        throw ports::Refused({"import.overtaken", {{"name", ""}}});
    }
    ports::AuditEntry entry = catalogue::entry_of("observation", done, column_names());
    if (done.added == 1) {
        entry.object = "observation:" + std::to_string(transaction.prices().last_observation());
    }
    return {entry};
}

}  // namespace jicai::prices
