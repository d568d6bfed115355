#include <tests/rounds/memory_store.h>

#include <algorithm>
#include <stdexcept>
#include <thread>

namespace jicai::test {
namespace {

[[noreturn]] void not_asked_for() {
    throw std::logic_error("not part of this test");
}

class Rounds : public ports::RoundStore {
public:
    explicit Rounds(StoreContent& content) : content_(content) {}
    void add(const ports::StoredRound& round, const std::map<std::string, std::string>& files)
        override {
        content_.rounds.push_back(round);
        content_.files[round.id] = files;
    }
    bool save(const ports::StoredRound& /*round*/) override { not_asked_for(); }
    void save_certificate(const std::string& round, const std::string& canonical) override {
        content_.certificates[round] = canonical;
    }
    std::optional<ports::StoredRound> round(const std::string& id) override {
        const auto found =
            std::find_if(content_.rounds.begin(), content_.rounds.end(), [&](const auto& r) {
                return r.id == id;
            });
        return found == content_.rounds.end() ? std::nullopt : std::optional(*found);
    }
    std::optional<ports::StoredRound> locked(const std::string& id) override { return round(id); }
    std::vector<ports::StoredRound> rounds() override { return content_.rounds; }
    std::map<std::string, std::string> files(const std::string& round) override {
        ++content_.files_read;
        return content_.files[round];
    }
    void save_file(const std::string& round, const std::string& path, const std::string& bytes)
        override {
        content_.files[round][path] = bytes;
    }
    void remove_file(const std::string& round, const std::string& path) override {
        content_.files[round].erase(path);
    }
    std::string digest_of(
        const std::string& /*round*/,
        const std::string& /*before*/,
        const std::vector<std::string>& /*paths*/
    ) override {
        not_asked_for();
    }
    std::string certificate(const std::string& round) override {
        return content_.certificates[round];
    }
    void add(const std::string& round, const ports::Participant& participant) override {
        content_.participants[round].push_back(participant);
    }
    std::vector<ports::Participant> participants(const std::string& round) override {
        return content_.participants[round];
    }

private:
    StoreContent& content_;
};

class People : public ports::PeopleStore {
public:
    explicit People(StoreContent& content) : content_(content) {}
    std::int64_t add(const ports::Organisation& /*organisation*/) override { not_asked_for(); }
    bool save(const ports::Organisation& /*organisation*/) override { not_asked_for(); }
    std::optional<ports::Organisation> organisation(std::int64_t id) override {
        const auto found = content_.organisations.find(id);
        return found == content_.organisations.end() ? std::nullopt : std::optional(found->second);
    }
    std::optional<ports::Organisation> organisation_by_code(const std::string& code) override {
        for (const auto& [id, organisation] : content_.organisations) {
            if (organisation.code == code) return organisation;
        }
        return std::nullopt;
    }
    ports::Found<ports::Organisation> find(const ports::OrganisationQuery& /*query*/) override {
        not_asked_for();
    }
    std::int64_t add(const ports::User& /*user*/) override { not_asked_for(); }
    bool save(const ports::User& /*user*/) override { not_asked_for(); }
    std::optional<ports::User> user(std::int64_t /*id*/) override { not_asked_for(); }
    std::optional<ports::User> user_by_login(const std::string& /*login*/) override {
        not_asked_for();
    }
    ports::Found<ports::User> find(const ports::UserQuery& /*query*/) override { not_asked_for(); }

private:
    StoreContent& content_;
};

/// Deadlines; of everything else there is nothing.
class Procedure : public ports::ProcedureStore {
public:
    explicit Procedure(StoreContent& content) : content_(content) {}
    void set(const ports::StageDeadline& /*deadline*/) override { not_asked_for(); }
    std::vector<ports::StageDeadline> deadlines(const std::string& round) override {
        std::vector<ports::StageDeadline> own;
        for (const auto& deadline : content_.deadlines) {
            if (deadline.round == round) own.push_back(deadline);
        }
        return own;
    }
    std::vector<ports::StageDeadline> due(ports::Moment /*now*/) override { not_asked_for(); }
    void add(const ports::RulebookPin& /*pin*/) override { not_asked_for(); }
    std::vector<ports::RulebookPin> pins(const std::string& /*round*/) override { return {}; }
    std::int64_t add(const ports::Signature& /*signature*/) override { not_asked_for(); }
    std::vector<ports::Signature> signatures(const std::string& /*round*/) override { return {}; }
    std::int64_t add(const ports::Inquiry& /*inquiry*/) override { not_asked_for(); }
    bool save(const ports::Inquiry& /*inquiry*/) override { not_asked_for(); }
    std::optional<ports::Inquiry> inquiry(std::int64_t /*id*/) override { return {}; }
    std::vector<ports::Inquiry> inquiries(const std::string& /*round*/) override { return {}; }
    void add(const ports::Correction& /*correction*/) override { not_asked_for(); }
    std::vector<ports::Correction> corrections(const std::string& /*round*/) override { return {}; }
    void add(const ports::Confirmation& /*confirmation*/) override { not_asked_for(); }
    std::vector<ports::Confirmation> confirmations(const std::string& /*round*/) override {
        return {};
    }
    void add(const ports::Promise& /*promise*/) override { not_asked_for(); }
    std::vector<ports::Promise> promises(const std::string& /*round*/) override { return {}; }
    void set(const ports::Qualification& /*qualification*/) override { not_asked_for(); }
    std::vector<ports::Qualification> qualifications(const std::string& /*round*/) override {
        return {};
    }
    void add(const ports::StageChange& /*change*/) override { not_asked_for(); }
    std::vector<ports::StageChange> stage_changes(const std::string& /*round*/) override {
        return {};
    }
    void add(const ports::LotChange& /*change*/) override { not_asked_for(); }
    std::vector<ports::LotChange> lot_changes(const std::string& /*round*/) override { return {}; }
    void set(const ports::AcceptedValue& /*value*/) override { not_asked_for(); }
    std::vector<ports::AcceptedValue> accepted_values(const std::string& /*round*/) override {
        return {};
    }

private:
    StoreContent& content_;
};

class Documents : public ports::DocumentStore {
public:
    std::int64_t add(const ports::Document& /*document*/, const std::string& /*content*/) override {
        not_asked_for();
    }
    std::optional<ports::Document> document(std::int64_t /*id*/) override { return {}; }
    std::vector<ports::Document> find(const ports::DocumentQuery& /*query*/) override { return {}; }
    std::string content(std::int64_t /*id*/) override { return {}; }
    void remove(std::int64_t /*id*/) override { not_asked_for(); }
    std::int64_t alike(const ports::Document& /*document*/) override { return 0; }
};

class Transaction : public ports::Transaction {
public:
    explicit Transaction(StoreContent& content)
        : rounds_(content), people_(content), procedure_(content) {}
    ports::ProcedureStore& procedure() override { return procedure_; }
    ports::DocumentStore& documents() override { return documents_; }
    ports::PeopleStore& people() override { return people_; }
    ports::SessionStore& sessions() override { not_asked_for(); }
    ports::AuditLog& audit() override { not_asked_for(); }
    ports::RoundStore& rounds() override { return rounds_; }
    ports::SettingStore& settings() override { not_asked_for(); }
    ports::VolumeStore& volumes() override { not_asked_for(); }
    std::optional<ports::StoredAnswer> claim(
        const std::string& /*actor*/, const std::string& /*key*/
    ) override {
        not_asked_for();
    }
    void answer(
        const std::string& /*actor*/,
        const std::string& /*key*/,
        const ports::StoredAnswer& /*answer*/,
        ports::Moment /*now*/
    ) override {
        not_asked_for();
    }

private:
    Rounds rounds_;
    People people_;
    Procedure procedure_;
    Documents documents_;
};

}  // namespace

void MemoryStore::write(const std::function<void(ports::Transaction&)>& work) {
    if (content_.away) throw ports::StoreUnavailable("away");
    ++content_.writes;
    Transaction transaction(content_);
    work(transaction);
}

void MemoryStore::read(const std::function<void(ports::Transaction&)>& work) {
    std::this_thread::sleep_for(content_.answers_after);
    if (content_.away) throw ports::StoreUnavailable("away");
    ++content_.reads;
    Transaction transaction(content_);
    work(transaction);
}

}  // namespace jicai::test
