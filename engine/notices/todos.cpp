#include <engine/notices/notify.h>
#include <engine/notices/own_report.h>
#include <engine/notices/todos.h>
#include <engine/procedure/acts.h>
#include <engine/setup/conditions.h>
#include <engine/setup/position.h>

#include <algorithm>
#include <set>

namespace jicai::notices {
namespace {

using access::Action;
using access::Role;
using access::Stage;
using ports::Moment;
using ports::StoredRound;
using reporting::Status;

/// What one round asks of the actor.
class OfRound {
public:
    OfRound(
        ports::Transaction& transaction,
        const access::Actor& actor,
        const StoredRound& round,
        const procedure::Position& position,
        std::vector<Todo>& todos
    )
        : transaction_(transaction),
          actor_(actor),
          round_(round),
          position_(position),
          todos_(todos) {}

    void add_all() {
        const bool office = round_.owner == actor_.organisation && round_.owner != 0;
        if (office && has_role(actor_, Role::procurement_officer)) of_officer();
        of_hospital();
        of_bureau();
        if (has_role(actor_, Role::supplier)) of_supplier();
        of_opening(office);
    }

private:
    void add(
        const char* what, const std::string& page, std::optional<Moment> due, std::int64_t count = 0
    ) {
        todos_.push_back(
            {{std::string("todo.") + what,
              {{"round", round_.id}, {"title", round_.title}, {"count", std::to_string(count)}}},
             "/rounds/" + round_.id + page,
             due}
        );
    }

    [[nodiscard]] std::optional<Moment> ends() const {
        if (!position_.deadline) return std::nullopt;
        return position_.deadline->moment;
    }

    [[nodiscard]] std::optional<Moment> ends(Stage stage) {
        for (const auto& deadline : transaction_.procedure().deadlines(round_.id)) {
            if (deadline.stage == stage) return deadline.at;
        }
        return std::nullopt;
    }

    void of_officer() {
        if (position_.stage == Stage::draft || position_.stage == Stage::notice) {
            if (!setup::signed_by_two(transaction_, round_, "rulebook") && !signed_by_actor()) {
                add("sign_rulebook", "/setup", ends());
            }
            std::int64_t open = 0;
            for (const auto& inquiry : transaction_.procedure().inquiries(round_.id)) {
                if (!inquiry.answered_at) ++open;
            }
            if (open > 0) add("answer_questions", "/inquiries", ends(), open);
        }
        if (position_.stage == Stage::draft) {
            for (const char* kind : {"fair_competition_review", "legal_review"}) {
                if (!transaction_.documents().find({round_.id, kind, ""}).empty()) continue;
                add("attach_reviews", "/setup", ends());
                break;
            }
        }
        const bool reporting = position_.stage == Stage::volume_reporting;
        if (!reporting && position_.stage != Stage::volume_confirmation) return;
        std::int64_t under_way = 0;
        std::int64_t confirmed = 0;
        for (const auto& report : transaction_.volumes().reports(round_.id)) {
            ++(static_cast<Status>(report.status) == Status::province_confirmed ? confirmed
                                                                                : under_way);
        }
        if (reporting) {
            add("watch_reporting", "/reporting", ends(), under_way);
        } else if (under_way > 0) {
            add("watch_confirmation", "/reporting", ends(), under_way);
        } else if (confirmed > 0) {
            add("begin_bidding", "/setup", ends());
        }
    }

    [[nodiscard]] bool signed_by_actor() {
        const std::string digest = setup::digest_to_sign(transaction_, round_, "rulebook");
        const auto all = transaction_.procedure().signatures(round_.id);
        return std::any_of(all.begin(), all.end(), [&](const ports::Signature& each) {
            return each.what == "rulebook" && each.digest == digest && each.by.user == actor_.user;
        });
    }

    void of_hospital() {
        const bool reporter =
            has_role(actor_, Role::hospital_reporter) || has_role(actor_, Role::pharmacy);
        const bool approver = has_role(actor_, Role::hospital_approver);
        if (!reporter && !approver) return;
        const bool confirming = position_.stage == Stage::volume_confirmation;
        if (!confirming && position_.stage != Stage::volume_reporting) return;
        const auto own = own_report(transaction_, round_.id, actor_);
        if (!own) return;
        std::optional<Moment> due = ends();
        if (confirming) {  // only who was let in late
            if (!own->late_until || *own->late_until <= position_.now) return;
            due = own->late_until;
        }
        const std::string page = "/reports/" + own->code;
        if (reporter && !own->handed_in()) {
            const bool returned = own->begun && own->status == Status::returned;
            add(returned     ? "report_returned"
                : own->begun ? "report_finish"
                             : "report_begin",
                page,
                due);
        }
        if (!approver) return;
        if (own->begun && own->status == Status::submitted) {
            add("report_approve", page, due);
        } else if (!own->handed_in()) {
            add("report_awaited", page, due);
        }
    }

    void of_bureau() {
        const bool bureau = has_role(actor_, Role::bureau_county) ||
                            has_role(actor_, Role::bureau_city) ||
                            has_role(actor_, Role::bureau_province);
        if (!bureau || (position_.stage != Stage::volume_reporting &&
                        position_.stage != Stage::volume_confirmation)) {
            return;
        }
        const std::int64_t count = waiting_for(transaction_.volumes().reports(round_.id), actor_);
        if (count > 0) add("reports_confirm", "/reports", ends(Stage::volume_confirmation), count);
    }

    void of_supplier() {
        auto& procedure = transaction_.procedure();
        const auto mine = [&](const auto& each) {
            return each.by.organisation == actor_.organisation;
        };
        if (position_.stage == Stage::notice) {
            std::set<std::int64_t> confirmed;
            for (const auto& each : procedure.confirmations(round_.id)) {
                if (mine(each)) confirmed.insert(each.correction);
            }
            const auto all = procedure.corrections(round_.id);
            const auto open = std::count_if(all.begin(), all.end(), [&](const auto& correction) {
                return confirmed.count(correction.number) == 0;
            });
            if (open > 0) add("confirm_corrections", "/inquiries", ends(), open);
        }
        if (position_.stage < Stage::notice || position_.stage > Stage::bidding) return;
        const auto promises = procedure.promises(round_.id);
        if (std::none_of(promises.begin(), promises.end(), mine)) {
            add("promise", "/commitments", ends(Stage::bidding));
        }
    }

    void of_opening(bool office) {
        if (position_.stage == Stage::opening && office && has_role(actor_, Role::bid_opener)) {
            add("open_bids", "", ends());
        }
        const bool witness = has_role(actor_, Role::notary_supervisor) ||
                             has_role(actor_, Role::authority_discipline);
        const bool public_steps =
            position_.stage == Stage::opening || position_.stage == Stage::region_picking;
        if (witness && public_steps) add("witness", "", ends());
    }

    ports::Transaction& transaction_;
    const access::Actor& actor_;
    const StoredRound& round_;
    const procedure::Position& position_;
    std::vector<Todo>& todos_;
};

void add_notices(
    ports::Transaction& transaction, const access::Actor& actor, std::vector<Todo>& todos
) {
    constexpr std::int64_t kLookedAt = 50;
    const ports::Reader reader = reader_of(actor);
    const ports::NoticeCounts counts = transaction.notices().counts(reader);
    const auto counted = [](const char* key, std::int64_t count) {
        return decision::Message{key, {{"count", std::to_string(count)}}};
    };
    if (counts.to_sign > 0) {
        std::optional<Moment> due;
        const auto found = transaction.notices().find(
            {.reader = reader, .state = ports::NoticeState::to_sign, .page = {0, kLookedAt}}
        );
        for (const auto& row : found.rows) {
            if (row.notice.due && (!due || *row.notice.due < *due)) due = row.notice.due;
        }
        todos.push_back(
            {counted("todo.sign_notices", counts.to_sign), "/messages?state=to_sign", due}
        );
    }
    if (counts.unread > 0) {
        todos.push_back(
            {counted("todo.read_notices", counts.unread), "/messages?state=unread", std::nullopt}
        );
    }
}

}  // namespace

std::vector<Todo> todos(ports::Transaction& transaction, const access::Actor& actor, Moment now) {
    std::vector<Todo> all;
    for (const StoredRound& stored : transaction.rounds().rounds()) {
        if (stored.stage >= Stage::publicity) continue;
        StoredRound round = stored;
        const procedure::Position position = setup::position_of(transaction, round, now);
        round.stage = position.stage;
        const access::Object object{
            .office = round.owner, .region = round.region, .stage = round.stage};
        if (!access::may(actor, Action::see_rounds, object)) continue;
        OfRound(transaction, actor, round, position, all).add_all();
    }
    add_notices(transaction, actor, all);
    sort_by_due(all);
    return all;
}

void sort_by_due(std::vector<Todo>& todos) {
    std::stable_sort(todos.begin(), todos.end(), [](const Todo& a, const Todo& b) {
        if (a.due.has_value() != b.due.has_value()) return a.due.has_value();
        return a.due && *a.due < *b.due;
    });
}

}  // namespace jicai::notices
