#include <engine/ports/page.h>
#include <sql/audit_chain.h>
#include <sql/disk_space.h>
#include <sql/keeper.h>
#include <sql/process.h>

#include <spdlog/spdlog.h>

#include <chrono>
#include <memory>

namespace jicai::sql {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds kSealEvery{200};
constexpr std::chrono::minutes kPurgeEvery{5};
constexpr std::int64_t kEntriesOfASealMax = 1000;
constexpr std::int64_t kAnswersMax = 500;

}  // namespace

Keeper::Keeper(SqlStore& store) : store_(store), thread_([this] { run(); }) {}

Keeper::~Keeper() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    thread_.join();
}

void Keeper::run() {
    block_signals_here();
    std::unique_ptr<Connection> connection;
    auto purge_at = Clock::now();
    bool complained = false;
    for (bool last = false; !last;) {
        {
            std::unique_lock lock(mutex_);
            last = wake_.wait_for(lock, kSealEvery, [this] { return stopping_; });
        }
        if (const DiskSpace* const space = store_.space(); space != nullptr) {
            space->watch();
            if (!space->enough()) continue;
        }
        try {
            if (connection == nullptr) {
                connection = std::make_unique<Connection>(store_.pool().endpoint());
            }
            while (seal_pending(*connection, kEntriesOfASealMax) != 0) ++seals_;
            if (!last && Clock::now() >= purge_at) {
                const std::int64_t purged = store_.purge_answers(kAnswersMax);
                purged_ += purged;
                if (purged < kAnswersMax) purge_at = Clock::now() + kPurgeEvery;
            }
            complained = false;
        } catch (const DatabaseError& error) {
            if (error.kind() == ErrorKind::conflict) continue;
            connection.reset();
            if (!complained) spdlog::warn("database: sealing waits: {}", error.what());
            complained = true;
        } catch (const ports::StoreUnavailable& error) {
            if (!complained) spdlog::warn("database: purging waits: {}", error.what());
            complained = true;
        }
    }
}

}  // namespace jicai::sql
