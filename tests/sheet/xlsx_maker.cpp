#include <tests/sheet/xlsx_maker.h>
#include <zip.h>

#include <stdexcept>

namespace jicai::sheet_test {
namespace {

constexpr const char* kRelations =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

std::string escaped(const std::string& text) {
    std::string out;
    for (const char c : text) {
        if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else
            out += c;
    }
    return out;
}

std::string relation(const std::string& id, const std::string& type, const std::string& target) {
    return "<Relationship Id=\"" + id + "\" Type=\"" + kRelations + type + "\" Target=\"" + target +
           "\"/>";
}

std::string relations(const std::string& inner) {
    return "<?xml version=\"1.0\"?><Relationships "
           "xmlns=\"http://schemas.openxmlformats.org/package/"
           "2006/relationships\">" +
           inner + "</Relationships>";
}

}  // namespace

std::string zipped(const Parts& parts) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* const target = zip_source_buffer_create(nullptr, 0, 0, &error);
    zip_source_keep(target);
    zip_t* const zip = zip_open_from_source(target, ZIP_CREATE | ZIP_TRUNCATE, &error);
    if (zip == nullptr) throw std::runtime_error("zip");
    for (const auto& [name, content] : parts) {
        zip_source_t* const source = zip_source_buffer(zip, content.data(), content.size(), 0);
        zip_file_add(zip, name.c_str(), source, ZIP_FL_ENC_UTF_8);
    }
    if (zip_close(zip) != 0) throw std::runtime_error("zip");
    zip_source_open(target);
    zip_source_seek(target, 0, SEEK_END);
    const auto size = static_cast<std::size_t>(zip_source_tell(target));
    zip_source_seek(target, 0, SEEK_SET);
    std::string bytes(size, '\0');
    zip_source_read(target, bytes.data(), bytes.size());
    zip_source_close(target);
    zip_source_free(target);
    zip_error_fini(&error);
    return bytes;
}

Parts workbook_parts(const std::vector<SheetXml>& sheets, const std::vector<std::string>& texts) {
    Parts parts;
    std::string list;
    std::string related;
    for (std::size_t i = 0; i < sheets.size(); ++i) {
        const std::string n = std::to_string(i + 1);
        list += "<sheet name=\"" + sheets[i].name + "\" sheetId=\"" + n + "\" r:id=\"rId" + n +
                "\"" + (sheets[i].hidden ? " state=\"hidden\"" : "") + "/>";
        related += relation("rId" + n, "worksheet", "worksheets/sheet" + n + ".xml");
        parts["xl/worksheets/sheet" + n + ".xml"] =
            "<?xml version=\"1.0\"?><worksheet "
            "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/"
            "2006/main\"><sheetData>" +
            sheets[i].rows + "</sheetData>" + sheets[i].after + "</worksheet>";
    }
    related += relation("rId90", "sharedStrings", "sharedStrings.xml");
    related += relation("rId91", "styles", "/xl/styles.xml");
    std::string strings = "<?xml version=\"1.0\"?><sst>";
    for (const std::string& text : texts) strings += "<si><t>" + escaped(text) + "</t></si>";
    parts["_rels/.rels"] = relations(relation("rId1", "officeDocument", "xl/workbook.xml"));
    parts["xl/_rels/workbook.xml.rels"] = relations(related);
    parts["xl/workbook.xml"] =
        "<?xml version=\"1.0\"?><workbook xmlns:r=\"r\"><sheets>" + list + "</sheets></workbook>";
    parts["xl/sharedStrings.xml"] = strings + "</sst>";
    parts["xl/styles.xml"] =
        "<?xml version=\"1.0\"?><styleSheet><numFmts><numFmt numFmtId=\"176\" "
        "formatCode=\"m&quot;月&quot;d&quot;日&quot;\"/></numFmts><cellStyleXfs><xf "
        "numFmtId=\"14\"/>"
        "</cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf "
        "numFmtId=\"176\"/><xf "
        "numFmtId=\"49\"/></cellXfs></styleSheet>";
    return parts;
}

std::string workbook(const std::vector<SheetXml>& sheets, const std::vector<std::string>& texts) {
    return zipped(workbook_parts(sheets, texts));
}

std::string row(int number, const std::vector<std::string>& cells) {
    std::string xml = "<row r=\"" + std::to_string(number) + "\">";
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const std::string reference =
            std::string(1, static_cast<char>('A' + i)) + std::to_string(number);
        if (cells[i].empty()) continue;
        if (cells[i][0] == '<') {
            xml += "<c r=\"" + reference + "\"" + cells[i].substr(2);
        } else {
            xml += "<c r=\"" + reference + "\" t=\"inlineStr\"><is><t xml:space=\"preserve\">" +
                   escaped(cells[i]) + "</t></is></c>";
        }
    }
    return xml + "</row>";
}

std::string number(const std::string& value, int style) {
    return "<c s=\"" + std::to_string(style) + "\"><v>" + value + "</v></c>";
}

}  // namespace jicai::sheet_test
