#include <catalogs/certificate_file/certificate_file.h>
#include <engine/ports/refused.h>
#include <reports/certificate_difference.h>
#include <web/server/lists.h>
#include <web/server/round_pages.h>
#include <web/server/schema.h>

namespace jicai::web {
namespace {

using decision::Json;

/// What the store holds now, not what is kept in memory.
struct Stored {
    std::map<std::string, std::string> files;
    std::string certificate;
};

Stored stored_now(Services& services, const std::string& id) {
    Stored stored;
    services.store.read([&](ports::Transaction& transaction) {
        stored.files = transaction.rounds().files(id);
        stored.certificate = transaction.rounds().certificate(id);
    });
    return stored;
}

std::string digest_of(const Json& certificate) {
    const auto digest = certificate.object().find("digest");
    const bool there = digest != certificate.object().end() && digest->second.is_text();
    return there ? digest->second.text() : "";
}

std::vector<decision::Message> differences(const Json& claimed, const std::string& recomputed) {
    catalogs::CertificateRead read = catalogs::read_certificate("certificate.json", recomputed);
    return reports::describe_first_difference(claimed, *read.document);
}

Answer handle(const Request& request, Services& services) {
    const RoundPage page(request, services);
    page.need(page.view().verification, access::Action::verify_award);
    const std::string& id = page.round().stored.id;
    const auto turn = services.rounds.turn_to_recompute();
    const Stored stored = stored_now(services, id);
    if (stored.certificate.empty()) throw ports::Refused({"round.no_certificate", {{"round", id}}});
    const FilesDecided recomputed = decide_files(stored.files);
    if (!recomputed.ruled) throw ports::Refused({"round.not_ready", {{"round", id}}});

    Json::Array sentences;
    std::string digest;
    const catalogs::CertificateRead claimed =
        catalogs::read_certificate("certificate.json", stored.certificate);
    if (claimed.document) {
        digest = digest_of(*claimed.document);
        const reports::Say say = page.say();
        for (const auto& message : differences(*claimed.document, recomputed.certificate)) {
            sentences.emplace_back(say(message));
        }
        if (sentences.empty() && stored.certificate != recomputed.certificate) {
            sentences.emplace_back(
                say({"verify.digest_broken", {{"file", "certificate.json"}, {"digest", digest}}})
            );
        }
    } else {
        sentences.emplace_back(page.words().render(claimed.fault->message));
    }
    return json_answer(Json::Object{
        {"same", stored.certificate == recomputed.certificate},
        {"digest", digest},
        {"recomputed", digest_text(recomputed.digest)},
        {"differences", std::move(sentences)},
        {"now", ports::beijing_text(request.now)},
    });
}

}  // namespace

Route get_verification() {
    return {
        .path = "/api/rounds/{round}/verification",
        .name = "get_verification",
        .summary =
            "Recomputes the award from the stored folder and compares it with the stored "
            "certificate",
        .action = access::Action::verify_award,
        .parameters = {round_parameter()},
        .answer_schema = schema::object(
            {{"same", schema::flag()},
             {"digest", schema::text()},
             {"recomputed", schema::text()},
             {"differences", schema::array(schema::text(5000))},
             {"now", schema::text()}}
        ),
        .failures = {404, 422},
        .handle = handle,
    };
}

}  // namespace jicai::web
