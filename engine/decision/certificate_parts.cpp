#include <engine/decision/certificate_parts.h>

#include <utility>

namespace jicai::decision {

Json message_json(const Message& message) {
    Json::Object arguments;
    for (const auto& [name, value] : message.arguments) arguments[name] = value;
    return Json::Object{{"code", message.key}, {"values", std::move(arguments)}};
}

Json steps_json(const std::vector<TraceStep>& steps) {
    Json::Array array;
    for (const TraceStep& step : steps) {
        Json json = message_json(step.message);
        if (!step.clause.empty()) {
            json.object()["clause"] = step.clause;
            json.object()["evidence"] = step.evidence;
        }
        array.push_back(std::move(json));
    }
    return array;
}

std::string certificate_digest(const Json::Object& content, Sha256Hex sha256) {
    return "sha256:" + sha256(Json(content).canonical());
}

bool certificate_digest_holds(const Json& certificate, Sha256Hex sha256) {
    if (!certificate.is_object()) return false;
    Json::Object content = certificate.object();
    const auto digest = content.find("digest");
    if (digest == content.end() || !digest->second.is_text()) return false;
    const std::string claimed = digest->second.text();
    content.erase(digest);
    return claimed == certificate_digest(content, sha256);
}

}  // namespace jicai::decision
