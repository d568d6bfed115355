#include <engine/setup/position.h>
#include <web/server/ticker.h>

#include <chrono>
#include <exception>
#include <set>
#include <utility>

namespace jicai::web {
namespace {

constexpr std::chrono::milliseconds kBetween{200};

std::set<std::string> due_rounds(ports::Transaction& transaction, ports::Moment now) {
    std::set<std::string> due;
    for (const ports::StageDeadline& deadline : transaction.procedure().due(now)) {
        const auto round = transaction.rounds().round(deadline.round);
        if (!round) continue;
        // A deadline whose conditions are not met passes nothing yet.
        const auto course = setup::course_of(transaction, *round);
        if (!course.empty() && course.front().at <= now) due.insert(round->id);
    }
    return due;
}

}  // namespace

int Ticker::tick(ports::Store& store, const ports::Clock& clock) {
    const ports::Moment now = clock.now();
    std::set<std::string> due;
    store.read([&](ports::Transaction& transaction) { due = due_rounds(transaction, now); });
    int passed = 0;
    std::exception_ptr fault;
    for (const std::string& round : due) {
        int here = 0;
        try {
            store.write([&](ports::Transaction& transaction) {
                here = static_cast<int>(setup::pass_due(transaction, round, now).size());
            });
        } catch (const ports::StoreUnavailable&) {
            throw;
        } catch (...) {
            // One round with a fault does not hold up the others.
            if (!fault) fault = std::current_exception();
        }
        passed += here;
    }
    if (fault) std::rethrow_exception(fault);
    return passed;
}

Ticker::Ticker(
    ports::Store& store, const ports::Clock& clock, std::function<void(const std::string& what)> say
)
    : store_(store), clock_(clock), say_(std::move(say)), thread_([this] { run(); }) {}

Ticker::~Ticker() {
    {
        const std::lock_guard lock(mutex_);
        ends_ = true;
    }
    ending_.notify_all();
    thread_.join();
}

void Ticker::run() {
    std::string said;
    std::unique_lock lock(mutex_);
    while (!ending_.wait_for(lock, kBetween, [&] { return ends_; })) {
        lock.unlock();
        std::string fault;
        try {
            tick(store_, clock_);
        } catch (const ports::StoreUnavailable&) {
            // Said by whoever asks for a page; this goes on when the database is back.
        } catch (const std::exception& error) {
            fault = error.what();
        }
        if (!fault.empty() && fault != said) say_(fault);
        said = std::move(fault);
        lock.lock();
    }
}

}  // namespace jicai::web
