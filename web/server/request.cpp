#include <engine/money/check.h>
#include <web/server/request.h>
#include <web/server/upload.h>

#include <charconv>

namespace jicai::web {

using decision::Json;

std::string_view Request::upload_bytes() const {
    return upload == nullptr ? std::string_view() : upload->bytes();
}

const std::string& Request::parameter(const std::string& name) const {
    static const std::string kNone;
    const auto found = parameters.find(name);
    return found == parameters.end() ? kNone : found->second;
}

std::int64_t Request::count(const std::string& name, std::int64_t otherwise) const {
    const std::string& value = parameter(name);
    if (value.empty()) return otherwise;
    std::int64_t number = 0;
    const char* const end = value.data() + value.size();
    const auto [at, error] = std::from_chars(value.data(), end, number);
    JICAI_CHECK(error == std::errc() && at == end);
    return number;
}

const Json& Request::member(const std::string& name) const {
    static const Json kNull;
    if (!body.is_object()) return kNull;
    const auto found = body.object().find(name);
    return found == body.object().end() ? kNull : found->second;
}

bool Request::has(const std::string& name) const {
    return !member(name).is_null();
}

const std::string& Request::text(const std::string& name) const {
    static const std::string kNone;
    const Json& value = member(name);
    return value.is_null() ? kNone : value.text();
}

std::int64_t Request::number(const std::string& name, std::int64_t otherwise) const {
    const Json& value = member(name);
    return value.is_null() ? otherwise : value.number();
}

bool Request::flag(const std::string& name, bool otherwise) const {
    const Json& value = member(name);
    return value.is_null() ? otherwise : value.flag();
}

std::vector<std::string> Request::texts(const std::string& name) const {
    std::vector<std::string> all;
    const Json& value = member(name);
    if (value.is_null()) return all;
    for (const Json& one : value.array()) all.push_back(one.text());
    return all;
}

}  // namespace jicai::web
