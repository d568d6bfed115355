#pragma once

#include <engine/ports/store.h>

#include <chrono>
#include <map>
#include <string>
#include <vector>

namespace jicai::test {

/// What the store's rounds hold, and how often it was asked.
struct StoreContent {
    std::vector<ports::StoredRound> rounds;
    std::map<std::string, std::map<std::string, std::string>> files;
    std::map<std::string, std::string> certificates;
    std::map<std::string, std::vector<ports::Participant>> participants;
    std::map<std::int64_t, ports::Organisation> organisations;
    std::vector<ports::StageDeadline> deadlines;
    bool away = false;  ///< StoreUnavailable
    std::chrono::milliseconds answers_after{0};
    int reads = 0;
    int writes = 0;
    int files_read = 0;
    bool in_transaction = false;
};

/// Rounds and organisations by id and code; everything else is not asked for.
class MemoryStore : public ports::Store {
public:
    explicit MemoryStore(StoreContent& content) : content_(content) {}
    void write(const std::function<void(ports::Transaction&)>& work) override;
    void read(const std::function<void(ports::Transaction&)>& work) override;
    void ping() override {}
    [[nodiscard]] std::map<std::string, std::int64_t> figures() const override { return {}; }

private:
    StoreContent& content_;
};

}  // namespace jicai::test
