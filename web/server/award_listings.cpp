#include <web/server/award_listings.h>
#include <web/server/people_rows.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>

namespace jicai::web {
namespace {

constexpr const char* kCodeColumn = "code";
constexpr std::int64_t kProductsMax = 100'000;

std::string extra_of(
    const std::vector<std::string>& columns, const std::vector<std::string>& values
) {
    const auto found = std::find(columns.begin(), columns.end(), kCodeColumn);
    if (found == columns.end()) return {};
    const auto at = static_cast<std::size_t>(found - columns.begin());
    return at < values.size() ? values[at] : std::string();
}

std::vector<std::string> regions_of(
    const round::Round& round, const decision::LotDecision& lot, round::SupplierIndex supplier
) {
    std::set<std::string> codes;
    for (const decision::AllocationRow& row : lot.allocations) {
        if (row.supplier != supplier) continue;
        const std::string code = province_code(round.regions[row.region]);
        if (!code.empty()) codes.insert(code);
    }
    return {codes.begin(), codes.end()};
}

RoundPack pack_of(const round::Round& round, const round::Lot& lot, round::SupplierIndex supplier) {
    RoundPack pack;
    pack.lot = lot.id;
    pack.lot_name = lot.name;
    pack.supplier = round.suppliers[supplier].name;
    return pack;
}

RoundPack pack_of_bid(const round::Round& round, const round::Lot& lot, const round::Bid& bid) {
    RoundPack pack = pack_of(round, lot, bid.supplier);
    pack.code = extra_of(round.bid_extra_columns, bid.extra);
    pack.name = bid.product.empty() ? lot.name : bid.product;
    pack.form = bid.form;
    pack.spec = round.specs[bid.spec].name;
    pack.pack_units = bid.pack_units;
    return pack;
}

bool is_product(const RoundPack& pack, const ports::Product& product) {
    if (product.spec != pack.spec || product.pack_units != pack.pack_units) return false;
    return product.name == pack.name || product.name == pack.lot_name ||
           pack.lot_name.compare(0, product.name.size(), product.name) == 0;
}

/// Products of the catalogue by supplier, looked up once each.
class Catalogue {
public:
    explicit Catalogue(ports::Transaction& transaction) : transaction_(transaction) {}

    std::optional<ports::Product> find(const RoundPack& pack) {
        if (!pack.code.empty()) return transaction_.catalogue().product(pack.code);
        auto known = suppliers_.find(pack.supplier);
        if (known == suppliers_.end()) {
            ports::ProductQuery query;
            query.supplier = pack.supplier;
            query.page.size = kProductsMax;
            known = suppliers_.emplace(pack.supplier, transaction_.catalogue().products(query).rows)
                        .first;
        }
        const auto& all = known->second;
        const auto found = std::find_if(all.begin(), all.end(), [&](const auto& product) {
            return is_product(pack, product);
        });
        if (found == all.end()) return std::nullopt;
        return *found;
    }

private:
    ports::Transaction& transaction_;
    std::map<std::string, std::vector<ports::Product>> suppliers_;
};

}  // namespace

std::string province_code(const std::string& name) {
    static const std::string kBracket = "（";
    const std::string stem = name.substr(0, name.find(kBracket));
    if (stem.empty()) return {};
    for (const std::string& code : region_codes()) {
        if (listing::province_of(code) != code) continue;
        if (region_full_name(code).compare(0, stem.size(), stem) == 0) return code;
    }
    return {};
}

std::vector<RoundPack> packs_of(const round::Round& round, const decision::RoundDecision& decided) {
    std::vector<RoundPack> packs;
    std::vector<RoundPack> lost;
    for (const decision::LotDecision& lot : decided.lots) {
        if (lot.status != decision::LotStatus::decided) continue;
        const round::Lot& about = round.lots[lot.lot];
        std::set<std::tuple<round::SupplierIndex, std::string, std::int64_t>> supplied;
        for (const decision::PricedPack& priced : lot.packs) {
            const round::Pack& from = round.packs[priced.pack];
            RoundPack pack = pack_of(round, about, from.supplier);
            pack.code = extra_of(round.pack_extra_columns, from.extra);
            pack.name = from.product.empty() ? about.name : from.product;
            pack.form = from.form;
            pack.spec = from.spec;
            pack.pack_units = from.pack_units;
            pack.price = priced.price;
            pack.won = true;
            pack.regions = regions_of(round, lot, from.supplier);
            supplied.emplace(from.supplier, from.spec, from.pack_units);
            packs.push_back(std::move(pack));
        }
        for (const decision::BidDecision& bid : lot.bids) {
            const round::Bid& from = round.bids[bid.bid];
            if (!bid.price) continue;
            RoundPack pack = pack_of_bid(round, about, from);
            pack.price = *bid.price;
            if (bid.outcome == decision::Outcome::won) {
                if (!supplied.emplace(from.supplier, pack.spec, pack.pack_units).second) continue;
                pack.won = true;
                pack.regions = regions_of(round, lot, from.supplier);
                packs.push_back(std::move(pack));
            } else if (bid.outcome == decision::Outcome::lost) {
                lost.push_back(std::move(pack));
            }
        }
    }
    packs.insert(packs.end(), lost.begin(), lost.end());
    return packs;
}

AwardListed list_round_award(
    ports::Transaction& transaction,
    const listing::Doer& doer,
    const round::Round& round,
    const decision::RoundDecision& decided,
    const std::string& effective
) {
    AwardListed listed;
    Catalogue catalogue(transaction);
    std::vector<listing::Awarded> winners;
    std::vector<std::string> non_winning;
    for (const RoundPack& pack : packs_of(round, decided)) {
        const auto product = catalogue.find(pack);
        if (!product) {
            if (pack.won) {
                listed.unmatched.push_back(
                    pack.lot + " " + pack.supplier + " " + pack.name + " " + pack.spec + "×" +
                    std::to_string(pack.pack_units)
                );
            }
            continue;
        }
        if (!pack.won) {
            non_winning.push_back(product->code);
            continue;
        }
        ++listed.winners;
        winners.push_back(
            {product->code,
             product->name,
             product->supplier,
             product->pack_units,
             pack.price,
             pack.regions}
        );
    }
    listed.result = listing::list_award(
        transaction,
        doer,
        round.id,
        round.title + "（" + round.id + "）",
        effective,
        winners,
        non_winning
    );
    return listed;
}

}  // namespace jicai::web
