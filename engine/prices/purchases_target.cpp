#include <engine/catalogue/row_comparison.h>
#include <engine/ports/price_store.h>
#include <engine/ports/refused.h>
#include <engine/prices/purchases_target.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

namespace jicai::prices {
namespace {

using catalogue::Comparison;
using catalogue::TableContext;
using catalogue::TableRow;
using Column = PurchasesTarget::Column;

constexpr int kMonths = 12;

class Work final : public catalogue::RowsInPieces {
public:
    explicit Work(bool takes_over) : takes_over_(takes_over) {}

    void take(ports::Transaction& transaction, const std::vector<TableRow>& rows) override {
        find_products(transaction, rows);
        std::vector<ports::StoredPurchase> wanted;
        std::vector<const TableRow*> from;
        for (const TableRow& row : rows) {
            const std::string& code = row.values[Column::product].text;
            const auto product = products_.find(code);
            const auto month = read_month(row.values[Column::month].text);
            if (product == products_.end()) {
                fault(row, Column::product, {"price.product_unknown", {{"code", code}}});
            }
            if (!month) {
                fault(
                    row,
                    Column::month,
                    {"price.month_malformed", {{"value", row.values[Column::month].text}}}
                );
            }
            if (product == products_.end() || !month) continue;
            wanted.push_back(
                {product->second,
                 *month,
                 row.values[Column::hospital].text,
                 row.values[Column::packs].number}
            );
            from.push_back(&row);
        }
        compare(transaction, wanted, from);
        if (takes_over_) transaction.prices().put(wanted);
    }

    Comparison finish(ports::Transaction& /*transaction*/) override {
        comparison_.base = "added " + std::to_string(comparison_.added) + "\nchanged " +
                           std::to_string(comparison_.changed) + "\nsame " +
                           std::to_string(comparison_.same) + "\n";
        return std::move(comparison_);
    }

private:
    using Key = std::tuple<std::int64_t, std::int32_t, std::string>;

    void find_products(ports::Transaction& transaction, const std::vector<TableRow>& rows) {
        std::set<std::string> wanted;
        for (const TableRow& row : rows) {
            const std::string& code = row.values[Column::product].text;
            if (!products_.contains(code)) wanted.insert(code);
        }
        const std::vector<std::string> codes(wanted.begin(), wanted.end());
        for (const ports::Product& one : transaction.catalogue().products_by_code(codes)) {
            products_.emplace(one.code, one.id);
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

    void compare(
        ports::Transaction& transaction,
        const std::vector<ports::StoredPurchase>& wanted,
        const std::vector<const TableRow*>& from
    ) {
        if (wanted.empty()) return;
        std::set<std::int64_t> products;
        std::int32_t first = wanted.front().month;
        std::int32_t last = first;
        for (const auto& one : wanted) {
            products.insert(one.product);
            first = std::min(first, one.month);
            last = std::max(last, one.month);
        }
        std::map<Key, std::int64_t> had;
        for (const auto& one :
             transaction.prices().purchases({products.begin(), products.end()}, first, last)) {
            had[{one.product, one.month, one.hospital}] = one.packs;
        }
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            const auto before = had.find({wanted[i].product, wanted[i].month, wanted[i].hospital});
            if (before == had.end()) {
                ++comparison_.added;
                show(*from[i], "", catalogue::RowChange::added);
            } else if (before->second == wanted[i].packs) {
                ++comparison_.same;
            } else {
                ++comparison_.changed;
                show(*from[i], std::to_string(before->second), catalogue::RowChange::changed);
            }
        }
    }

    void show(const TableRow& row, const std::string& before, catalogue::RowChange change) {
        if (comparison_.shown.size() >= catalogue::kChangedRowsShown) return;
        const auto& values = row.values;
        std::string key = values[Column::product].text + " / " + values[Column::month].text;
        if (values[Column::hospital].given) key += " / " + values[Column::hospital].text;
        comparison_.shown.push_back(
            {row.row, key, change, {{Column::packs, before, values[Column::packs].text}}}
        );
    }

    bool takes_over_;
    std::unordered_map<std::string, std::int64_t> products_;
    Comparison comparison_;
};

}  // namespace

std::optional<std::int32_t> read_month(std::string_view text) {
    constexpr std::size_t kYearDigits = 4;
    constexpr std::size_t kTextSize = 7;
    constexpr int kYearMin = 2000;
    constexpr int kYearMax = 2179;
    if (text.size() != kTextSize || text[kYearDigits] != '-') return std::nullopt;
    int year = 0;
    int month = 0;
    const char* const begin = text.data();
    const auto read_year = std::from_chars(begin, begin + kYearDigits, year);
    const auto read_month = std::from_chars(begin + kYearDigits + 1, begin + kTextSize, month);
    if (read_year.ptr != begin + kYearDigits || read_month.ptr != begin + kTextSize) {
        return std::nullopt;
    }
    if (year < kYearMin || year > kYearMax || month < 1 || month > kMonths) return std::nullopt;
    return year * kMonths + month - 1;
}

std::string month_text(std::int32_t month) {
    const std::string number = std::to_string(month % kMonths + 1);
    return std::to_string(month / kMonths) + (number.size() == 1 ? "-0" : "-") + number;
}

std::unique_ptr<catalogue::RowsInPieces> PurchasesTarget::in_pieces(
    const TableContext& /*context*/, bool takes_over
) const {
    return std::make_unique<Work>(takes_over);
}

Comparison PurchasesTarget::compare(
    ports::Transaction& transaction,
    const TableContext& /*context*/,
    const std::vector<TableRow>& rows
) const {
    Work work(false);
    work.take(transaction, rows);
    return work.finish(transaction);
}

std::vector<ports::AuditEntry> PurchasesTarget::apply(
    ports::Transaction& transaction,
    const TableContext& /*context*/,
    const std::vector<TableRow>& rows,
    const Comparison& comparison
) const {
    Work work(true);
    work.take(transaction, rows);
    const Comparison done = work.finish(transaction);
    if (!done.faults.empty() || done.base != comparison.base) {
        throw ports::Refused({"import.overtaken", {{"name", ""}}});
    }
    static const std::vector<std::string> names{"product", "month", "packs", "hospital"};
    return {catalogue::entry_of("purchase", done, names)};
}

}  // namespace jicai::prices
