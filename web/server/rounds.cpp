#include <catalogs/sha256/sha256.h>
#include <engine/ports/refused.h>
#include <engine/usecases/certificate.h>
#include <engine/usecases/decide_round.h>
#include <web/server/rounds.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <future>
#include <mutex>
#include <utility>

namespace jicai::web {
namespace {

using Clock = std::chrono::steady_clock;
using ports::Refused;

constexpr auto kCheckedFor = std::chrono::seconds(1);
constexpr auto kServedWithoutStore = std::chrono::seconds(30);
constexpr std::size_t kPageBytes = std::size_t{64} << 20U;
constexpr std::size_t kRoundsInMemory = 32;
constexpr int kRecomputations = 2;
constexpr std::string_view kDigestPrefix = "sha256:";

std::uint64_t next_serial() {
    static std::atomic<std::uint64_t> serial{0};
    return ++serial;
}

std::shared_ptr<const DecidedRound> decided(DecidedRound round) {
    FilesDecided result = decide_files(round.files, is_before_opening(round.stored.stage));
    round.ruled = std::move(result.ruled);
    round.decided = std::move(result.decided);
    round.digest = std::move(result.digest);
    round.refused = std::move(result.refused);
    round.serial = next_serial();
    return std::make_shared<const DecidedRound>(std::move(round));
}

std::shared_ptr<const DecidedRound> load(
    ports::Store& store, const std::string& id, access::Stage stage
) {
    std::optional<DecidedRound> found;
    store.read([&](ports::Transaction& transaction) {
        found.reset();
        auto stored = transaction.rounds().round(id);
        if (!stored) return;
        found.emplace();
        found->stored = *std::move(stored);
        found->stored.stage = stage;
        found->files = transaction.rounds().files(id);
        found->participants = transaction.rounds().participants(id);
        found->certificate = transaction.rounds().certificate(id);
    });
    if (!found) throw Refused({"round.not_found", {{"round", id}}});
    return decided(*std::move(found));
}

bool same(const ports::StoredRound& a, const ports::StoredRound& b) {
    return a.id == b.id && a.version == b.version && a.stage == b.stage;
}

ports::StoredRound& round_in(RoundList& list, const std::string& id) {
    return *std::find_if(list.rounds.begin(), list.rounds.end(), [&](const auto& round) {
        return round.id == id;
    });
}

bool is_due(const RoundList& list, ports::Moment now) {
    return std::any_of(list.courses.begin(), list.courses.end(), [&](const auto& course) {
        return course.second.front().at <= now;
    });
}

void pass_due(RoundList& list, ports::Moment now) {
    for (auto course = list.courses.begin(); course != list.courses.end();) {
        std::vector<setup::Due>& dues = course->second;
        while (!dues.empty() && dues.front().at <= now) {
            round_in(list, course->first).stage = dues.front().to;
            dues.erase(dues.begin());
        }
        course = dues.empty() ? list.courses.erase(course) : std::next(course);
    }
}

}  // namespace

bool is_before_opening(access::Stage stage) {
    return stage < access::Stage::opening || stage == access::Stage::cancelled;
}

FilesDecided decide_files(const std::map<std::string, std::string>& files, bool draft) {
    FilesDecided result;
    catalogs::LoadOptions options;
    options.threads = 1;
    options.draft = draft;
    catalogs::FilesRead<catalogs::RuledRound> read =
        catalogs::read_ruled_round(catalogs::MemorySource(files), options);
    if (!read.value) {
        result.refused = std::move(read.refused);
        return result;
    }
    const usecases::RuleSet rules{read.value->rules.rulebook, read.value->rules.ratio_rule};
    usecases::RoundRun run =
        usecases::decide_round(read.value->round, rules, {.trace = true, .pick_regions = true});
    if (!run.decision) {
        result.refused.refusals = std::move(run.refusals);
        return result;
    }
    const decision::Json certificate = usecases::make_certificate(
        read.value->round,
        rules,
        *run.decision,
        read.value->rules.ratio_rule_digest,
        catalogs::sha256_hex
    );
    result.digest = certificate.object().at("digest").text().substr(kDigestPrefix.size());
    result.certificate = certificate.canonical();
    result.decided = *std::move(run.decision);
    result.ruled = std::move(read.value);
    return result;
}

std::string digest_text(const std::string& digest) {
    return digest.empty() ? "" : std::string(kDigestPrefix) + digest;
}

const catalogs::RuledRound& DecidedRound::need() const {
    if (!ruled) throw Refused({"round.not_ready", {{"round", stored.id}}});
    return *ruled;
}

const decision::LotDecision& DecidedRound::lot(const std::string& id) const {
    const std::vector<round::Lot>& lots = need().round.lots;
    const auto found =
        std::find_if(lots.begin(), lots.end(), [&](const round::Lot& lot) { return lot.id == id; });
    if (found == lots.end()) {
        throw Refused({"round.lot_not_found", {{"round", stored.id}, {"lot", id}}});
    }
    return decided.lots[static_cast<std::size_t>(found - lots.begin())];
}

const ports::StoredRound* RoundList::find(const std::string& id) const {
    const auto found = std::find_if(rounds.begin(), rounds.end(), [&](const auto& round) {
        return round.id == id;
    });
    return found == rounds.end() ? nullptr : &*found;
}

struct Rounds::State {
    State(ports::Store& rounds_store, const ports::Clock& rounds_clock)
        : store(rounds_store), clock(rounds_clock) {}

    struct Slot {
        std::int64_t version = 0;
        access::Stage stage = access::Stage::draft;
        std::uint64_t used = 0;
        std::shared_future<std::shared_ptr<const DecidedRound>> round;
    };

    ports::Store& store;
    const ports::Clock& clock;
    PageCache pages{kPageBytes};
    std::atomic<int> recomputing{0};

    std::mutex mutex;
    std::condition_variable asked;
    bool asking = false;  ///< somebody asks the store for the list
    std::shared_ptr<const RoundList> list;
    Clock::time_point known_at;    ///< the list is what the store held then, or later
    Clock::time_point changed_at;  ///< when this process last changed a round
    Clock::time_point failed_at;   ///< when the store last did not answer
    std::map<std::string, Slot> slots;
    std::uint64_t uses = 0;

    void ask_store();
    void pass_due();
    std::shared_ptr<const RoundList> ask_as_the_only_one();
    void make_room();
};

void Rounds::State::ask_store() {
    const Clock::time_point now = Clock::now();
    auto fresh = std::make_shared<RoundList>();
    store.read([&](ports::Transaction& transaction) {
        *fresh = RoundList{};
        fresh->rounds = transaction.rounds().rounds();
        for (const ports::StoredRound& round : fresh->rounds) {
            if (round.owner == 0 || fresh->owners.count(round.owner) > 0) continue;
            const auto owner = transaction.people().organisation(round.owner);
            fresh->owners[round.owner] = owner ? owner->name : "";
        }
        for (const ports::StoredRound& round : fresh->rounds) {
            auto course = setup::course_of(transaction, round);
            if (!course.empty()) fresh->courses.emplace(round.id, std::move(course));
        }
    });
    const std::lock_guard lock(mutex);
    web::pass_due(*fresh, clock.now());
    const bool unchanged = list && list->owners == fresh->owners &&
                           std::equal(
                               list->rounds.begin(),
                               list->rounds.end(),
                               fresh->rounds.begin(),
                               fresh->rounds.end(),
                               same
                           );
    fresh->serial = unchanged ? list->serial : next_serial();
    list = std::move(fresh);
    known_at = now;
}

/// Puts `list` in the place of one with the stages that hold now, where a passage is due. \pre the
/// mutex is held
void Rounds::State::pass_due() {
    if (!list || list->courses.empty()) return;
    const ports::Moment now = clock.now();
    if (!is_due(*list, now)) return;
    auto passed = std::make_shared<RoundList>(*list);
    web::pass_due(*passed, now);
    passed->serial = next_serial();
    list = std::move(passed);
}

/// \pre asking was set by the caller
std::shared_ptr<const RoundList> Rounds::State::ask_as_the_only_one() {
    struct Done {
        State& state;
        ~Done() {
            const std::lock_guard lock(state.mutex);
            state.asking = false;
            state.asked.notify_all();
        }
    } const done{*this};
    try {
        ask_store();
    } catch (const ports::StoreUnavailable&) {
        const std::lock_guard lock(mutex);
        failed_at = Clock::now();
        if (list && failed_at - known_at <= kServedWithoutStore) return list;
        throw;
    }
    const std::lock_guard lock(mutex);
    return list;
}

/// \pre the mutex is held
void Rounds::State::make_room() {
    while (slots.size() > kRoundsInMemory) {
        const auto oldest =
            std::min_element(slots.begin(), slots.end(), [](const auto& a, const auto& b) {
                return a.second.used < b.second.used;
            });
        slots.erase(oldest);
    }
}

Rounds::Rounds(ports::Store& store, const ports::Clock& clock)
    : state_(std::make_unique<State>(store, clock)) {}
Rounds::~Rounds() = default;

// A list that was already old when it was asked for may show what has been withdrawn since, so
// whoever comes while one asks waits for the answer; with a store that hangs, only a second.
std::shared_ptr<const RoundList> Rounds::list() {
    State& state = *state_;
    std::unique_lock lock(state.mutex);
    const auto old = [&](Clock::duration limit) {
        const bool overtaken = limit == kCheckedFor && state.known_at < state.changed_at;
        return !state.list || overtaken || Clock::now() - state.known_at >= limit;
    };
    const auto idle = [&] { return !state.asking; };
    state.pass_due();
    if (!old(kCheckedFor)) return state.list;
    if (!state.asked.wait_for(lock, kCheckedFor, idle)) {
        if (!old(kServedWithoutStore)) return state.list;
        state.asked.wait(lock, idle);
    }
    const bool failed = Clock::now() - state.failed_at < kCheckedFor;
    if (!old(failed ? kServedWithoutStore : kCheckedFor)) return state.list;
    state.asking = true;
    lock.unlock();
    return state.ask_as_the_only_one();
}

void Rounds::changed() {
    const std::lock_guard lock(state_->mutex);
    state_->changed_at = Clock::now();
}

std::shared_ptr<const DecidedRound> Rounds::round(const std::string& id) {
    const std::shared_ptr<const RoundList> current = list();
    const ports::StoredRound* stored = current->find(id);
    if (stored == nullptr) throw Refused({"round.not_found", {{"round", id}}});
    std::promise<std::shared_ptr<const DecidedRound>> made;
    std::shared_future<std::shared_ptr<const DecidedRound>> wanted;
    bool mine = false;
    {
        const std::lock_guard lock(state_->mutex);
        State::Slot& slot = state_->slots[id];
        slot.used = ++state_->uses;
        if (!slot.round.valid() || slot.version != stored->version || slot.stage != stored->stage) {
            slot.version = stored->version;
            slot.stage = stored->stage;
            slot.round = made.get_future().share();
            mine = true;
        }
        wanted = slot.round;
        if (mine) state_->make_room();
    }
    if (!mine) return wanted.get();
    try {
        made.set_value(load(state_->store, id, stored->stage));
    } catch (...) {
        made.set_exception(std::current_exception());
        const std::lock_guard lock(state_->mutex);
        const auto slot = state_->slots.find(id);
        if (slot != state_->slots.end() && slot->second.version == stored->version) {
            state_->slots.erase(slot);
        }
    }
    return wanted.get();
}

std::unique_ptr<Rounds::Turn> Rounds::turn_to_recompute() {
    State* const state = state_.get();
    if (state->recomputing.fetch_add(1) >= kRecomputations) {
        state->recomputing.fetch_sub(1);
        throw Refused({"request.busy", {}});
    }
    return std::make_unique<Turn>([state] { state->recomputing.fetch_sub(1); });
}

PageCache& Rounds::pages() {
    return state_->pages;
}

}  // namespace jicai::web
