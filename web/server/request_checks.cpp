#include <catalogs/certificate_file/certificate_file.h>
#include <catalogs/messages/words.h>
#include <engine/ports/refused.h>
#include <web/server/request_checks.h>
#include <web/server/schema.h>
#include <web/server/upload.h>

#include <algorithm>
#include <utility>

namespace jicai::web {

using catalogs::Language;
using ports::FieldFault;
using ports::Refused;

namespace {

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

bool all_digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char byte) {
        return byte >= '0' && byte <= '9';
    });
}

/// The key of what is wrong with a value; null: nothing.
const char* fault_of(const Parameter& parameter, const std::string& value) {
    if (value.size() > kParameterBytesMax) return "request.parameter_long";
    switch (parameter.kind) {
        case Parameter::Kind::text:
            return nullptr;
        case Parameter::Kind::count: {
            const bool fits = all_digits(value) && value.size() <= 10 &&
                              (value.size() < 10 || value <= "1000000000");
            return fits ? nullptr : "request.parameter_count";
        }
        case Parameter::Kind::choice: {
            const auto& choices = parameter.choices;
            const bool fits = std::find(choices.begin(), choices.end(), value) != choices.end();
            return fits ? nullptr : "request.value_choice";
        }
        case Parameter::Kind::day:
            return ports::read_beijing_day(value) ? nullptr : "request.parameter_day";
    }
    return nullptr;
}

FieldFault fault(
    const std::string& field, const std::string& value, const char* key, const Parameter* parameter
) {
    decision::Message message{key, {{"field", field}, {"max", std::to_string(kParameterBytesMax)}}};
    if (parameter != nullptr) {
        std::string choices;
        for (const std::string& one : parameter->choices) {
            choices += (choices.empty() ? "" : ", ") + one;
        }
        message.arguments.emplace_back("choices", choices);
    }
    return {field, value.substr(0, value.size() > kParameterBytesMax ? 0 : value.size()), message};
}

[[noreturn]] void invalid(std::vector<FieldFault> faults) {
    const std::string count = std::to_string(faults.size());
    throw Refused({"request.invalid", {{"count", count}}}, std::move(faults));
}

bool is_json_type(std::string_view type) {
    const std::size_t semicolon = type.find(';');
    if (trimmed(type.substr(0, semicolon)) != "application/json") return false;
    if (semicolon == std::string_view::npos) return true;
    std::string rest(trimmed(type.substr(semicolon + 1)));
    for (char& letter : rest) {
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    }
    return rest == "charset=utf-8" || rest == "charset=\"utf-8\"";
}

}  // namespace

Language language_of(const Target& target, const HttpHead& head) {
    for (const auto& [name, value] : target.query) {
        if (name == "lang") return value == "en" ? Language::en : Language::zh;
    }
    const std::string_view cookie = cookie_of(head, "jicai_lang");
    if (!cookie.empty()) return cookie == "en" ? Language::en : Language::zh;
    std::string_view accepted = head.field("accept-language");
    while (!accepted.empty()) {
        const std::size_t comma = accepted.find(',');
        const std::string_view first = trimmed(accepted.substr(0, comma)).substr(0, 2);
        if (first == "zh") return Language::zh;
        if (first == "en") return Language::en;
        accepted.remove_prefix(comma == std::string_view::npos ? accepted.size() : comma + 1);
    }
    return Language::zh;
}

std::string_view cookie_of(const HttpHead& head, std::string_view name) {
    std::string_view value;
    int count = 0;
    for (const HeaderField& field : head.fields) {
        if (field.name != "cookie") continue;
        std::string_view rest = field.value;
        while (!rest.empty()) {
            const std::size_t end = rest.find(';');
            const std::string_view pair = trimmed(rest.substr(0, end));
            const std::size_t equals = pair.find('=');
            if (equals != std::string_view::npos && pair.substr(0, equals) == name) {
                value = pair.substr(equals + 1);
                ++count;
            }
            rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        }
    }
    return count == 1 ? value : std::string_view();
}

void take_parameters(
    const Route& route,
    std::map<std::string, std::string> of_path,
    const Target& target,
    Request& request
) {
    std::vector<FieldFault> faults;
    request.parameters = std::move(of_path);
    const auto described = [&](const std::string& name, Parameter::Place place) {
        return std::find_if(
            route.parameters.begin(),
            route.parameters.end(),
            [&](const Parameter& parameter) {
                return parameter.name == name && parameter.place == place;
            }
        );
    };
    for (const auto& [name, value] : request.parameters) {
        const auto parameter = described(name, Parameter::Place::path);
        if (parameter == route.parameters.end()) continue;
        if (const char* key = fault_of(*parameter, value)) {
            faults.push_back(fault(name, value, key, &*parameter));
        }
    }
    for (const auto& [name, value] : target.query) {
        static const Parameter kLanguage{
            .name = "lang", .kind = Parameter::Kind::choice, .choices = {"zh", "en"}};
        const auto found = described(name, Parameter::Place::query);
        const Parameter* parameter = found != route.parameters.end() ? &*found
                                     : name == "lang"                ? &kLanguage
                                                                     : nullptr;
        if (parameter == nullptr) {
            faults.push_back(fault(name.substr(0, 60), "", "request.parameter_unknown", nullptr));
        } else if (request.parameters.contains(name)) {
            faults.push_back(fault(name, "", "request.parameter_twice", nullptr));
        } else if (const char* key = value.empty() ? nullptr : fault_of(*parameter, value)) {
            faults.push_back(fault(name, value, key, parameter));
        } else if (!value.empty()) {
            request.parameters.emplace(name, value);
        }
    }
    for (const Parameter& parameter : route.parameters) {
        if (parameter.required && !request.parameters.contains(parameter.name)) {
            faults.push_back(fault(parameter.name, "", "request.parameter_missing", nullptr));
        }
    }
    if (!faults.empty()) invalid(std::move(faults));
}

std::string take_body(
    const Route& route,
    const HttpHead& head,
    BodySource& source,
    const std::string& upload_directory,
    Request& request
) {
    const bool json = !route.body_schema.is_null();
    if (!json && !route.open_body) {
        if (head.has_body()) throw Refused({"request.body_unexpected", {}});
        return {};
    }
    if (!head.has_body()) throw Refused({"request.body_missing", {}});
    if (route.open_body) {
        auto upload = std::make_shared<Upload>(upload_directory);
        source.read_into(
            *upload,
            route.upload_bytes_max_of == nullptr ? route.upload_bytes_max
                                                 : route.upload_bytes_max_of(request)
        );
        upload->finish();
        request.upload = upload;
        return upload->digest();
    }
    const std::string_view type = head.field("content-type");
    if (!is_json_type(type)) {
        const bool printable =
            type.size() < 100 && std::all_of(type.begin(), type.end(), [](char byte) {
                return byte >= 0x20 && byte < 0x7F;
            });
        throw Refused(
            {"request.content_type",
             {{"wanted", "application/json"}, {"value", printable ? std::string(type) : ""}}}
        );
    }
    std::string bytes = source.read(kBodyBytesMax);
    catalogs::CertificateRead read = catalogs::read_certificate("", bytes);
    if (read.fault) {
        // The reader is the one of certificates; what it found is said in words about a request.
        constexpr std::string_view kPrefix = "fault.certificate_";
        std::string offset;
        for (const auto& [name, value] : read.fault->message.arguments) {
            if (name == "offset") offset = value;
        }
        const std::string key = read.fault->message.key.substr(kPrefix.size());
        throw Refused({"request.json", {{"offset", offset}, {"detail", key}}});
    }
    std::vector<FieldFault> faults = schema::faults_of(route.body_schema, *read.document);
    if (!faults.empty()) invalid(std::move(faults));
    request.body = std::move(*read.document);
    return bytes;
}

// A browser says where a request comes from. Origin is compared without its scheme: behind a proxy
// that ends TLS the scheme of the two differs.
void check_origin(const HttpHead& head) {
    const std::string_view site = head.field("sec-fetch-site");
    const std::string_view origin = head.field("origin");
    bool same = site.empty() || site == "same-origin" || site == "none";
    if (!origin.empty()) {
        const std::size_t scheme = origin.find("://");
        same = same && scheme != std::string_view::npos &&
               origin.substr(scheme + 3) == head.field("host");
    }
    if (same) return;
    const bool printable = std::all_of(origin.begin(), origin.end(), [](char byte) {
        return byte > 0x20 && byte < 0x7F;
    });
    throw Refused(
        {"access.origin", {{"origin", printable ? std::string(origin.substr(0, 100)) : ""}}}
    );
}

std::string idempotency_key(const HttpHead& head) {
    const std::string_view key = head.field("idempotency-key");
    const bool fits =
        key.size() >= 8 && key.size() <= 64 && std::all_of(key.begin(), key.end(), [](char byte) {
            return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                   (byte >= '0' && byte <= '9') || byte == '_' || byte == '-';
        });
    if (!fits) throw Refused({"request.key_missing", {}});
    return std::string(key);
}

bool is_known(std::string_view if_none_match, std::string_view etag) {
    while (!if_none_match.empty()) {
        const std::size_t comma = if_none_match.find(',');
        std::string_view one = trimmed(if_none_match.substr(0, comma));
        if (one.substr(0, 2) == "W/") one.remove_prefix(2);
        if (one == etag || one == "*") return true;
        if_none_match.remove_prefix(
            comma == std::string_view::npos ? if_none_match.size() : comma + 1
        );
    }
    return false;
}

}  // namespace jicai::web
