#include <catalogs/builtin/builtin.h>
#include <engine/money/check.h>
#include <web/server/demo_rounds.h>
#include <web/server/rounds.h>

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

namespace jicai::web {
namespace {

struct DemoRound {
    std::string_view id;
    access::Stage stage;
};

constexpr std::array<DemoRound, 2> kRounds{
    {{"GY-YD2019-1", access::Stage::closed}, {"GY-YD2019-2", access::Stage::execution}}};

/// As the rounds' tables spell the demo supplier.
constexpr std::array<std::string_view, 2> kSupplierCodes{"齐鲁制药", "齐鲁制药有限公司"};

std::map<std::string, std::string> files_of(std::string_view round) {
    std::map<std::string, std::string> files;
    for (const catalogs::BuiltinRoundFile& file : catalogs::builtin_round_files()) {
        if (file.round == round) files.emplace(file.name, file.text);
    }
    return files;
}

std::int64_t organisation(ports::Transaction& transaction, const std::string& code) {
    const auto found = transaction.people().organisation_by_code(code);
    JICAI_CHECK(found.has_value());
    return found->id;
}

bool is_there(ports::Store& store, const std::string& id) {
    bool there = false;
    store.read([&](ports::Transaction& transaction) {
        there = transaction.rounds().round(id).has_value();
    });
    return there;
}

void seed(
    ports::Store& store, const DemoRound& round, const DemoParties& parties, ports::Moment now
) {
    const std::string id(round.id);
    if (is_there(store, id)) return;
    const std::map<std::string, std::string> files = files_of(round.id);
    const FilesDecided decided = decide_files(files);
    JICAI_CHECK(decided.ruled.has_value());
    const round::Round& about = decided.ruled->round;
    store.write([&](ports::Transaction& transaction) {
        if (transaction.rounds().round(id)) return;  // another start was faster
        ports::StoredRound stored;
        stored.id = about.id;
        stored.title = about.title;
        stored.kind = about.kind;
        stored.rulebook = decided.ruled->rules.rulebook.id;
        stored.stage = round.stage;
        stored.opening = about.opening;
        stored.owner = organisation(transaction, parties.procurement_office);
        stored.certificate_digest = decided.digest;
        stored.changed_at = now;
        transaction.rounds().add(stored, files);
        transaction.rounds().save_certificate(id, decided.certificate);
        const std::int64_t supplier = organisation(transaction, parties.supplier);
        for (const std::string_view code : kSupplierCodes) {
            const bool bids = std::any_of(
                about.suppliers.begin(),
                about.suppliers.end(),
                [&](const round::Supplier& bidder) { return bidder.id == code; }
            );
            if (bids) transaction.rounds().add(id, {"supplier", std::string(code), supplier});
        }
    });
}

}  // namespace

void seed_demo_rounds(ports::Store& store, const DemoParties& parties, ports::Moment now) {
    for (const DemoRound& round : kRounds) seed(store, round, parties, now);
}

}  // namespace jicai::web
