#include <catalogs/builtin/builtin.h>
#include <catalogs/calendar/calendar_file.h>
#include <engine/catalogue/holidays.h>
#include <engine/catalogue/institutions.h>
#include <engine/catalogue/regions.h>
#include <engine/money/check.h>
#include <web/server/access_log.h>
#include <web/server/shipped_catalogues.h>
#include <web/server/table_imports.h>

#include <algorithm>
#include <chrono>
#include <string_view>
#include <vector>

namespace jicai::web {
namespace {

constexpr std::chrono::seconds kPause{60};
constexpr std::int64_t kPurgedAtOnce = 20;

/// "code,name,initials" lines of catalogs/regions; the country itself has no line.
std::vector<ports::Region> shipped_regions() {
    constexpr std::size_t kCode = 6;
    std::vector<ports::Region> regions;
    ports::Region country;
    country.code = "000000";
    country.name = "全国";
    country.initials = "qg";
    regions.push_back(std::move(country));
    for (const catalogs::BuiltinFile& file : catalogs::builtin_regions()) {
        std::string_view text = file.text;
        while (!text.empty()) {
            const std::string_view line = text.substr(0, text.find('\n'));
            text.remove_prefix(std::min(text.size(), line.size() + 1));
            if (line.find(',') != kCode) continue;
            const std::size_t second = line.find(',', kCode + 1);
            JICAI_CHECK(second != std::string_view::npos);
            ports::Region region;
            region.code = line.substr(0, kCode);
            region.name = line.substr(kCode + 1, second - kCode - 1);
            region.initials = line.substr(second + 1);
            regions.push_back(std::move(region));
        }
    }
    return regions;
}

}  // namespace

void put_shipped_catalogues(ports::Store& store, ports::Moment now) {
    store.write([&](ports::Transaction& transaction) {
        catalogue::put_shipped_regions(transaction, shipped_regions());
        catalogue::put_shipped_years(transaction, catalogs::builtin_calendar_years(), now);
    });
}

Housekeeping::Housekeeping(ports::Store& store, const ports::Clock& clock, AccessLog& log)
    : store_(store), clock_(clock), log_(log), thread_([this] { run(); }) {}

Housekeeping::~Housekeeping() {
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    wake_.notify_all();
    thread_.join();
}

void Housekeeping::run() {
    for (;;) {
        // Each for itself: an organisation that cannot be closed must not keep uploads for ever.
        for (const auto work : {&Housekeeping::close_expired, &Housekeeping::purge_imports}) {
            try {
                (this->*work)();
            } catch (const std::exception& error) {
                log_.event("housekeeping_failed", error.what());
            }
        }
        std::unique_lock lock(mutex_);
        if (wake_.wait_for(lock, kPause, [this] { return ending_; })) return;
    }
}

void Housekeeping::close_expired() {
    const ports::Moment now = clock_.now();
    const ports::Moment wall = clock_.wall();
    bool expired = false;
    store_.read([&](ports::Transaction& transaction) {
        expired = !transaction.catalogue().expired(ports::beijing_text(now).substr(0, 10)).empty();
    });
    if (expired) {
        store_.write([&](ports::Transaction& transaction) {
            for (ports::AuditEntry& entry : catalogue::close_expired(transaction, now)) {
                entry.at = wall;
                transaction.audit().append(entry);
            }
        });
    }
}

void Housekeeping::purge_imports() {
    const ports::Moment before{clock_.wall().micros - kImportDays * ports::kDay};
    std::int64_t purged = kPurgedAtOnce;
    while (purged == kPurgedAtOnce) {
        store_.write([&](ports::Transaction& transaction) {
            purged = transaction.imports().purge(before, kPurgedAtOnce);
        });
    }
}

}  // namespace jicai::web
