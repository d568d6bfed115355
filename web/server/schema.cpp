#include <web/server/schema.h>

#include <utility>

namespace jicai::web::schema {

using decision::Json;

namespace {

Json::Array texts(const std::vector<std::string>& words) {
    Json::Array array;
    for (const std::string& word : words) array.emplace_back(word);
    return array;
}

bool is_among(const std::vector<std::string>& words, const std::string& word) {
    for (const std::string& candidate : words) {
        if (candidate == word) return true;
    }
    return false;
}

}  // namespace

Json text(std::int64_t longest, std::int64_t shortest) {
    return Json::Object{{"type", "string"}, {"minLength", shortest}, {"maxLength", longest}};
}

Json secret(std::int64_t longest, std::int64_t shortest) {
    Json::Object words = text(longest, shortest).object();
    words.emplace("writeOnly", true);
    return words;
}

Json number(std::int64_t smallest, std::int64_t largest) {
    return Json::Object{{"type", "integer"}, {"minimum", smallest}, {"maximum", largest}};
}

Json flag() {
    return Json::Object{{"type", "boolean"}};
}

Json choice(const std::vector<std::string>& words) {
    return Json::Object{{"type", "string"}, {"enum", texts(words)}};
}

Json array(const Json& items, std::int64_t longest) {
    return Json::Object{{"type", "array"}, {"items", items}, {"maxItems", longest}};
}

Json object(const Json::Object& members, const std::vector<std::string>& optional) {
    Json::Array required;
    for (const auto& [name, schema] : members) {
        if (!is_among(optional, name)) required.emplace_back(name);
    }
    return Json::Object{
        {"type", "object"},
        {"properties", members},
        {"required", std::move(required)},
        {"additionalProperties", false}};
}

Json any_object() {
    return Json::Object{{"type", "object"}, {"additionalProperties", true}};
}

Json nullable(const Json& schema) {
    Json::Object object = schema.object();
    object["type"] = Json::Array{object["type"], Json("null")};
    if (const auto choices = object.find("enum"); choices != object.end()) {
        choices->second.array().emplace_back();
    }
    return object;
}

Json list(const Json::Object& row_members, const std::vector<std::string>& optional) {
    const Json column =
        object({{"name", text()}, {"title", text()}, {"kind", choice({"text", "exact", "count"})}});
    return object(
        {{"columns", array(column, 100)},
         {"rows", array(object(row_members, optional))},
         {"total", number()},
         {"page", number(1)},
         {"size", number(1)}}
    );
}

}  // namespace jicai::web::schema
