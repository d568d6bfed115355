#include <engine/setup/position.h>
#include <web/server/live_volumes.h>
#include <web/server/volume_loading.h>

#include <exception>
#include <utility>
#include <vector>

namespace jicai::web {
namespace {

std::vector<std::string> rounds_in_reporting(ports::Store& store, ports::Moment now) {
    std::vector<std::string> rounds;
    store.read([&](ports::Transaction& transaction) {
        rounds.clear();
        for (const ports::StoredRound& round : transaction.rounds().rounds()) {
            const auto stage = setup::position_of(transaction, round, now).stage;
            if (stage == procedure::Stage::volume_reporting ||
                stage == procedure::Stage::volume_confirmation) {
                rounds.push_back(round.id);
            }
        }
    });
    return rounds;
}

}  // namespace

VolumeLoading::VolumeLoading(
    ports::Store& store,
    const ports::Clock& clock,
    LiveVolumes& volumes,
    std::function<void(const std::string& what)> say
)
    : store_(store), clock_(clock), volumes_(volumes), say_(std::move(say)), thread_([this] {
          run();
      }) {}

VolumeLoading::~VolumeLoading() {
    ends_ = true;
    thread_.join();
}

void VolumeLoading::run() {
    try {
        for (const std::string& round : rounds_in_reporting(store_, clock_.now())) {
            if (ends_) return;
            volumes_.load(round);
        }
    } catch (const ports::StoreUnavailable&) {
        // Said by whoever asks for a page.
    } catch (const std::exception& error) {
        say_(error.what());
    }
}

}  // namespace jicai::web
