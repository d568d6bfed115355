#include <engine/money/check.h>
#include <engine/ports/refused.h>
#include <engine/setup/documents.h>

#include <algorithm>

namespace jicai::setup {

using ports::Refused;
using procedure::Act;
using procedure::Stage;

namespace {

constexpr std::string_view kReport = "report:";

void touch(ports::Transaction& transaction, const Doer& doer, ports::StoredRound round) {
    round.changed_at = doer.now;
    if (!transaction.rounds().save(round)) throw Refused({"round.changed", {{"round", round.id}}});
}

bool is_review(const std::string& kind) {
    return kind == "fair_competition_review" || kind == "legal_review";
}

bool runs(const Doer& doer, const ports::StoredRound& round) {
    return access::may(
        doer.actor,
        access::Action::run_rounds,
        {.office = round.owner, .region = round.region, .stage = round.stage}
    );
}

void need_author(const Doer& doer, bool office, const DocumentRule& rule) {
    const auto& roles = doer.actor.roles;
    const bool discipline =
        std::find(roles.begin(), roles.end(), access::Role::authority_discipline) != roles.end();
    if (office || (is_review(rule.kind) ? discipline : !rule.office)) return;
    throw Refused({"access.denied", {{"action", std::string(name_of(access::Action::run_rounds))}}}
    );
}

void need_stage(const ports::StoredRound& round, const DocumentRule& rule) {
    if (round.stage >= rule.first && round.stage <= rule.last) return;
    std::vector<Stage> stages;
    for (const Stage stage : access::all_stages()) {
        if (stage >= rule.first && stage <= rule.last) stages.push_back(stage);
    }
    throw Refused(
        {"document.stage",
         {{"round", round.id},
          {"document", rule.kind},
          {"round_stage", std::string(name_of(round.stage))},
          {"round_stages", listed(stages)}}}
    );
}

void need_object(
    ports::Transaction& transaction,
    const Doer& doer,
    const ports::StoredRound& round,
    const std::string& object
) {
    if (object.empty()) return;
    if (object.compare(0, kReport.size(), kReport) == 0) {
        const auto hospital =
            transaction.catalogue().institution_by_code(object.substr(kReport.size()));
        const bool seen = hospital && access::may(
                                          doer.actor,
                                          access::Action::see_hospital_volumes,
                                          {.organisation = hospital->organisation,
                                           .office = round.owner,
                                           .region = hospital->region,
                                           .stage = round.stage}
                                      );
        if (seen) return;
    }
    throw Refused({"document.object", {{"value", object}}});
}

}  // namespace

const std::vector<DocumentRule>& document_rules() {
    using enum Stage;
    static const std::vector<DocumentRule> rules{
        {"fair_competition_review", draft, draft},
        {"legal_review", draft, draft},
        {"tender_document", draft, bidding, true},
        {"correction", notice, bidding, true},
        {"qualification", notice, opening},
        {"promise", notice, bidding},
        {"stamped_report", volume_reporting, volume_confirmation},
        {"late_filing", volume_reporting, volume_confirmation},
        {"agreements", award_final, execution, true},
        {"other", draft, execution}};
    return rules;
}

const std::vector<std::string>& document_kinds() {
    static const std::vector<std::string> kinds = [] {
        std::vector<std::string> all;
        for (const DocumentRule& rule : document_rules()) all.push_back(rule.kind);
        return all;
    }();
    return kinds;
}

std::string media_type(std::string_view bytes) {
    const auto begins = [&](std::string_view magic) {
        return bytes.substr(0, magic.size()) == magic;
    };
    if (begins("%PDF-")) return "application/pdf";
    if (begins("\x89PNG\r\n\x1A\n")) return "image/png";
    if (begins("\xFF\xD8\xFF")) return "image/jpeg";
    if (!begins("PK\x03\x04")) return "";
    constexpr std::string_view kOffice = "application/vnd.openxmlformats-officedocument.";
    if (bytes.find("xl/workbook.xml") != std::string_view::npos) {
        return std::string(kOffice) + "spreadsheetml.sheet";
    }
    if (bytes.find("word/document.xml") != std::string_view::npos) {
        return std::string(kOffice) + "wordprocessingml.document";
    }
    return "";
}

std::int64_t attach(
    ports::Transaction& transaction,
    const Doer& doer,
    const ports::StoredRound& round,
    ports::Document document,
    const std::string& content,
    std::int64_t replaces
) {
    const auto& rules = document_rules();
    const auto rule = std::find_if(rules.begin(), rules.end(), [&](const DocumentRule& each) {
        return each.kind == document.kind;
    });
    JICAI_CHECK(rule != rules.end());
    const bool office = runs(doer, round);
    if (is_review(rule->kind)) {
        need_act(transaction, round, Act::attach_review, doer.actor, doer.now);
    }
    need_author(doer, office, *rule);
    need_stage(round, *rule);
    need_object(transaction, doer, round, document.object);
    if (content.empty()) throw Refused({"document.empty", {{"name", document.name}}});
    if (document.type.empty()) throw Refused({"document.type", {{"name", document.name}}});
    if (document.bytes > kDocumentBytesMax) {
        throw Refused({"document.too_large", {{"name", document.name}, {"max", "20"}}});
    }
    if (replaces != 0) {
        const auto before = transaction.documents().document(replaces);
        if (round.stage != Stage::draft || !before || before->round != round.id ||
            before->kind != document.kind || before->object != document.object) {
            throw Refused(
                {"document.replace",
                 {{"document", rule->kind},
                  {"round", round.id},
                  {"round_stage", std::string(name_of(round.stage))}}}
            );
        }
        transaction.documents().remove(replaces);
    }
    document.round = round.id;
    document.by = doer.by;
    document.at = doer.now;
    const std::int64_t most = office ? kOfficeDocumentsOfKindMax : kDocumentsOfKindMax;
    if (transaction.documents().alike(document) >= most) {
        throw Refused(
            {"document.too_many",
             {{"round", round.id}, {"document", rule->kind}, {"max", std::to_string(most)}}}
        );
    }
    const std::int64_t id = transaction.documents().add(document, content);
    // A paper of one hospital's report changes nothing of the round: with hundreds of them an
    // officer's save would meet another version again and again.
    if (document.object.empty()) touch(transaction, doer, round);
    return id;
}

}  // namespace jicai::setup
