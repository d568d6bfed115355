#include <engine/money/check.h>
#include <engine/ports/page.h>
#include <reports/table_files.h>
#include <web/server/table_answer.h>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

namespace jicai::web {
namespace {

constexpr std::string_view kHex = "0123456789ABCDEF";

bool is_plain(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
           c == '_' || c == '.';
}

std::string percent_encoded(const std::string& text) {
    std::string out;
    for (const char byte : text) {
        if (is_plain(byte)) {
            out += byte;
            continue;
        }
        const auto value = static_cast<unsigned char>(byte);
        out += '%';
        out += kHex[value >> 4U];
        out += kHex[value & 15U];
    }
    return out;
}

std::string extension(FileFormat format) {
    return format == FileFormat::xlsx ? ".xlsx" : ".csv";
}

std::string bytes_of(
    const reports::Table& table,
    const std::vector<std::string>& titles,
    const std::string& name,
    FileFormat format
) {
    switch (format) {
        case FileFormat::csv:
            return reports::to_csv_file(table, titles, reports::CsvEncoding::utf8_with_mark);
        case FileFormat::csv_gb18030:
            return reports::to_csv_file(table, titles, reports::CsvEncoding::gb18030);
        case FileFormat::xlsx:
            break;
    }
    return reports::to_xlsx(table, titles, name);
}

}  // namespace

FileFormat file_format(std::string_view word) {
    if (word == "xlsx") return FileFormat::xlsx;
    if (word == "csv") return FileFormat::csv;
    JICAI_CHECK(word == "csv-gb18030");
    return FileFormat::csv_gb18030;
}

std::string content_type(FileFormat format) {
    switch (format) {
        case FileFormat::csv:
            return "text/csv; charset=utf-8";
        case FileFormat::csv_gb18030:
            return "text/csv; charset=gb18030";
        case FileFormat::xlsx:
            break;
    }
    return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
}

std::string attachment(const std::string& name, const std::string& fallback) {
    const bool plain = std::all_of(name.begin(), name.end(), is_plain);
    return "attachment; filename=\"" + (plain ? name : fallback) + "\"; filename*=UTF-8''" +
           percent_encoded(name);
}

Answer file_answer(
    const reports::Table& table,
    const std::vector<std::string>& titles,
    const std::string& name,
    FileFormat format
) {
    Answer answer;
    answer.type = content_type(format);
    try {
        answer.body = std::make_shared<const std::string>(bytes_of(table, titles, name, format));
    } catch (const reports::NoSuchFile& failed) {
        throw ports::StoreFull(failed.what());
    }
    answer.headers["Content-Disposition"] =
        attachment(name + extension(format), table.name + extension(format));
    return answer;
}

}  // namespace jicai::web
