#include <catalogs/initials/initials.h>
#include <engine/money/check.h>
#include <web/server/award_listings.h>
#include <web/server/demo_listings.h>
#include <web/server/demo_people.h>
#include <web/server/rounds.h>

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

namespace jicai::web {
namespace {

struct DemoAward {
    std::string_view round;
    std::string_view code;  ///< how its products' codes begin
    std::string_view from;  ///< when the demo lets the award begin
};
constexpr std::array<DemoAward, 2> kAwards{
    {{"GY-YD2019-1", "YS1", "2019-12-25"}, {"GY-YD2019-2", "YS2", "2020-04-25"}}};
const std::array<std::string, 2> kProvinces{"230000", "370000"};

/// As the rounds spell the demo's supplier.
constexpr std::string_view kOwnSupplier = "齐鲁制药";

std::string product_code(const DemoAward& award, const RoundPack& pack, std::int64_t number) {
    const std::string counted = std::to_string(100 + number);
    return std::string(award.code) + "-" + pack.lot + "-" + counted;
}

void seed(ports::Store& store, const DemoAward& award, ports::Moment now) {
    const std::string id(award.round);
    std::map<std::string, std::string> files;
    bool there = true;
    std::string own;
    ports::ProductQuery query;
    query.text = std::string(award.code) + "-";
    query.page.size = 1;
    store.read([&](ports::Transaction& transaction) {
        there = transaction.catalogue().products(query).total > 0;
        if (there) return;
        files = transaction.rounds().files(id);
        const auto supplier = transaction.people().organisation_by_code(kDemoSupplierCode);
        own = supplier ? supplier->name : std::string(kOwnSupplier);
    });
    if (there || files.empty()) return;
    const FilesDecided decided = decide_files(files);
    JICAI_CHECK(decided.ruled.has_value());
    const round::Round& round = decided.ruled->round;

    std::vector<ports::Product> products;
    std::vector<listing::Awarded> winners;
    std::vector<listing::NewEntry> others;
    std::map<std::string, std::string> generic;  // of a lot, as its winners call it
    const std::string clause = round.title + "（" + round.id + "）";
    for (const RoundPack& pack : packs_of(round, decided.decided)) {
        if (pack.won && pack.name != pack.lot_name) generic.emplace(pack.lot, pack.name);
        ports::Product product;
        product.code = product_code(award, pack, static_cast<std::int64_t>(products.size()));
        const auto known = generic.find(pack.lot);
        const bool stated = pack.name != pack.lot_name || known == generic.end();
        product.name = stated ? pack.name : known->second;
        product.spec = pack.spec;
        product.form = pack.form;
        product.pack_units = pack.pack_units;
        product.supplier =
            pack.supplier.compare(0, kOwnSupplier.size(), kOwnSupplier) == 0 ? own : pack.supplier;
        product.price = pack.price;
        product.initials = catalogs::initials_of(product.name);
        if (pack.won) {
            std::vector<std::string> regions;
            for (const std::string& province : kProvinces) {
                const bool supplies =
                    std::find(pack.regions.begin(), pack.regions.end(), province) !=
                    pack.regions.end();
                if (supplies) regions.push_back(province);
            }
            winners.push_back(
                {product.code,
                 product.name,
                 product.supplier,
                 product.pack_units,
                 pack.price,
                 regions}
            );
        } else {
            for (const std::string& province : kProvinces) {
                listing::NewEntry entry;
                entry.product = product.code;
                entry.region = province;
                entry.kind = listing::ListingKind::non_winning;
                entry.holder = product.supplier;
                entry.name = product.name;
                entry.pack_units = product.pack_units;
                entry.price = pack.price;
                entry.effective = award.from;
                entry.ground = round.id;
                entry.clause = clause;
                others.push_back(std::move(entry));
            }
        }
        products.push_back(std::move(product));
    }
    store.write([&](ports::Transaction& transaction) {
        if (transaction.catalogue().products(query).total > 0) return;  // another was faster
        listing::Doer doer;
        doer.by.name = "演示数据";
        doer.now = now;
        transaction.catalogue().add(products);
        listing::open_entries(transaction, doer, others);
        listing::list_award(
            transaction, doer, round.id, clause, std::string(award.from), winners, {}
        );
    });
}

}  // namespace

void seed_demo_listings(ports::Store& store, ports::Moment now) {
    for (const DemoAward& award : kAwards) seed(store, award, now);
}

}  // namespace jicai::web
