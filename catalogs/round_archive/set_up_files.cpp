#include <catalogs/round_archive/set_up_files.h>

#include <array>
#include <cstdio>

namespace jicai::catalogs {
namespace {

std::string quoted(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
            std::array<char, 8> escaped{};
            std::snprintf(
                escaped.data(),
                escaped.size(),
                "\\u%04X",
                static_cast<unsigned>(static_cast<unsigned char>(c))
            );
            out += escaped.data();
        } else {
            out += c;
        }
    }
    return out + "\"";
}

std::string field(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + "\"";
}

std::string line(const std::vector<std::string>& fields) {
    std::string text;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (i > 0) text += ',';
        text += field(fields[i]);
    }
    return text + "\n";
}

}  // namespace

std::string round_toml(const RoundHeading& heading) {
    std::string text;
    text += "id = " + quoted(heading.id) + "\n";
    text += "title = " + quoted(heading.title) + "\n";
    text += "kind = " + quoted(heading.kind) + "\n";
    text += "rulebook = " + quoted(heading.rulebook_id) + "\n";
    if (!heading.opening.empty()) text += "opening = " + quoted(heading.opening) + "\n";
    return text;
}

std::string parameters_toml(const std::vector<round::GivenParameter>& given) {
    std::string text;
    for (const round::GivenParameter& value : given) {
        if (!text.empty()) text += "\n";
        text += "[given." + quoted(value.path) + "]\n";
        text += "value = " + quoted(value.toml) + "\n";
        text += "who = " + quoted(value.who) + "\n";
        text += "reason = " + quoted(value.reason) + "\n";
    }
    return text;
}

std::string csv_table(
    const std::vector<std::string>& header, const std::vector<std::vector<std::string>>& rows
) {
    std::string text = line(header);
    for (const auto& row : rows) text += line(row);
    return text;
}

}  // namespace jicai::catalogs
