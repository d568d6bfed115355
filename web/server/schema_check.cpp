#include <engine/money/check.h>
#include <web/server/schema.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace jicai::web::schema {

using decision::Json;
using ports::FieldFault;

namespace {

constexpr std::size_t kFaultsMax = 20;
constexpr std::size_t kValueShownMax = 60;

std::string shown(const Json& value) {
    if (value.is_object() || value.is_array() || value.is_null()) return "";
    const std::string all = value.is_text() ? value.text() : value.canonical();
    std::size_t end = std::min(all.size(), kValueShownMax);
    while (end < all.size() && end > 0 && (static_cast<unsigned char>(all[end]) & 0xC0U) == 0x80U) {
        --end;
    }
    return all.substr(0, end);
}

std::int64_t characters(std::string_view text) {
    return std::count_if(text.begin(), text.end(), [](char byte) {
        return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
    });
}

bool has_control(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char byte) {
        const auto code = static_cast<unsigned char>(byte);
        return code == 0x7F || (code < 0x20 && byte != '\t' && byte != '\n' && byte != '\r');
    });
}

/// One walk over a value.
class Check {
public:
    std::vector<FieldFault> faults;

    void run(const Json& schema, const Json& value, const std::string& at) {
        if (faults.size() >= kFaultsMax) return;
        const Json::Object& words = schema.object();
        know(words);
        secret_ = words.contains("writeOnly");
        if (!has_type(words, value)) {
            add(at, value, "request.value_type", {{"wanted", wanted(words)}});
        } else if (value.is_object()) {
            members(words, value.object(), at);
        } else if (value.is_array()) {
            items(words, value.array(), at);
        } else if (value.is_text()) {
            string(words, value, at);
        } else if (value.is_number()) {
            const std::int64_t low = bound(words, "minimum", value.number());
            const std::int64_t high = bound(words, "maximum", value.number());
            if (value.number() < low || value.number() > high) {
                range(at, value, "request.number_range", low, high);
            }
        }
    }

private:
    bool secret_ = false;  ///< the value at hand is not to be repeated

    static void know(const Json::Object& words) {
        constexpr std::array<std::string_view, 15> kKnown{
            "type",
            "writeOnly",
            "properties",
            "required",
            "additionalProperties",
            "items",
            "enum",
            "minLength",
            "maxLength",
            "minimum",
            "maximum",
            "minItems",
            "maxItems",
            "uniqueItems",
            "description"};
        for (const auto& [word, value] : words) {
            JICAI_CHECK(std::find(kKnown.begin(), kKnown.end(), word) != kKnown.end());
        }
    }

    static bool is(const std::string& type, const Json& value) {
        return (type == "object" && value.is_object()) || (type == "array" && value.is_array()) ||
               (type == "string" && value.is_text()) || (type == "integer" && value.is_number()) ||
               (type == "boolean" && value.is_flag()) || (type == "null" && value.is_null());
    }

    static bool has_type(const Json::Object& words, const Json& value) {
        const Json& type = words.at("type");
        if (type.is_text()) return is(type.text(), value);
        return std::any_of(type.array().begin(), type.array().end(), [&](const Json& one) {
            return is(one.text(), value);
        });
    }

    static std::string wanted(const Json::Object& words) {
        const Json& type = words.at("type");
        return type.is_text() ? type.text() : type.array().front().text();
    }

    static std::int64_t bound(const Json::Object& words, const char* name, std::int64_t otherwise) {
        const auto word = words.find(name);
        return word == words.end() ? otherwise : word->second.number();
    }

    void add(
        const std::string& at,
        const Json& value,
        const char* key,
        std::vector<std::pair<std::string, std::string>> arguments
    ) {
        if (faults.size() >= kFaultsMax) return;
        arguments.emplace_back("field", at.empty() ? "/" : at);
        faults.push_back({at, secret_ ? "" : shown(value), {key, std::move(arguments)}});
    }

    void range(
        const std::string& at,
        const Json& value,
        const char* key,
        std::int64_t low,
        std::int64_t high
    ) {
        add(at, value, key, {{"low", std::to_string(low)}, {"high", std::to_string(high)}});
    }

    void members(const Json::Object& words, const Json::Object& value, const std::string& at) {
        static const Json::Object kNone;
        const auto properties = words.find("properties");
        const Json::Object& known = properties == words.end() ? kNone : properties->second.object();
        const auto more = words.find("additionalProperties");
        const bool open = more != words.end() && more->second.is_flag() && more->second.flag();
        for (const auto& [name, member] : value) {
            const std::string place = at + "/" + name;
            if (const auto schema = known.find(name); schema != known.end()) {
                run(schema->second, member, place);
            } else if (!open) {
                add(place, Json(), "request.member_unknown", {});
            }
        }
        if (const auto required = words.find("required"); required != words.end()) {
            for (const Json& name : required->second.array()) {
                if (!value.contains(name.text())) {
                    add(at + "/" + name.text(), Json(), "request.member_missing", {});
                }
            }
        }
    }

    void items(const Json::Object& words, const Json::Array& value, const std::string& at) {
        const auto size = static_cast<std::int64_t>(value.size());
        const std::int64_t low = bound(words, "minItems", 0);
        const std::int64_t high = bound(words, "maxItems", size);
        if (size < low || size > high) range(at, Json(), "request.array_size", low, high);
        if (const auto schema = words.find("items"); schema != words.end()) {
            for (std::size_t i = 0; i < value.size(); ++i) {
                run(schema->second, value[i], at + "/" + std::to_string(i));
            }
        }
        const auto unique = words.find("uniqueItems");
        if (unique == words.end() || !unique->second.flag()) return;
        for (std::size_t i = 0; i < value.size(); ++i) {
            if (std::find(
                    value.begin(), value.begin() + static_cast<std::ptrdiff_t>(i), value[i]
                ) != value.begin() + static_cast<std::ptrdiff_t>(i)) {
                add(at + "/" + std::to_string(i), value[i], "request.item_twice", {});
            }
        }
    }

    void string(const Json::Object& words, const Json& value, const std::string& at) {
        const std::int64_t size = characters(value.text());
        const std::int64_t low = bound(words, "minLength", 0);
        const std::int64_t high = bound(words, "maxLength", size);
        if (has_control(value.text())) {
            add(at, Json(), "request.text_control", {});
        } else if (size < low || size > high) {
            range(at, value, "request.text_length", low, high);
        } else if (const auto choices = words.find("enum"); choices != words.end()) {
            const Json::Array& all = choices->second.array();
            if (std::find(all.begin(), all.end(), value) != all.end()) return;
            std::string list;
            for (const Json& one : all) {
                if (one.is_text()) list += (list.empty() ? "" : ", ") + one.text();
            }
            add(at, value, "request.value_choice", {{"choices", list}});
        }
    }
};

}  // namespace

std::vector<FieldFault> faults_of(const Json& schema, const Json& value) {
    Check check;
    check.run(schema, value, "");
    return std::move(check.faults);
}

}  // namespace jicai::web::schema
