#include <catalogs/sheet/sheet_rows.h>
#include <catalogs/sheet/workbook.h>

#include <algorithm>
#include <map>
#include <optional>

namespace jicai::catalogs::sheet {
namespace {

using text_table::FaultKind;
using text_table::FaultList;

struct SheetEntry {
    std::string name;
    std::string relation;
    bool hidden = false;
};

class WorkbookReader : public XmlHandler {
public:
    void begin(std::string_view name, const Attributes& attributes) override {
        if (name == "workbookPr") {
            const std::string_view value = attributes["date1904"];
            from_1904 = value == "1" || value == "true";
        }
        if (name != "sheet" || sheets.size() >= kPartsMax) return;
        const std::string_view state = attributes["state"];
        sheets.push_back(
            {std::string(attributes["name"]),
             std::string(attributes["id"]),
             state == "hidden" || state == "veryHidden"}
        );
    }
    void end(std::string_view /*name*/) override {}
    void text(std::string_view /*characters*/) override {}

    std::vector<SheetEntry> sheets;
    bool from_1904 = false;
};

class RelationReader : public XmlHandler {
public:
    void begin(std::string_view name, const Attributes& attributes) override {
        if (name != "Relationship" || targets.size() >= kPartsMax) return;
        const std::string target(attributes["Target"]);
        targets[std::string(attributes["Id"])] = target;
        const std::string_view type = attributes["Type"];
        const std::size_t slash = type.rfind('/');
        if (slash != std::string_view::npos) by_type[std::string(type.substr(slash + 1))] = target;
    }
    void end(std::string_view /*name*/) override {}
    void text(std::string_view /*characters*/) override {}

    std::map<std::string, std::string> targets;
    std::map<std::string, std::string> by_type;
};

// "xl/" for "xl/workbook.xml".
std::string folder_of(const std::string& part) {
    const std::size_t slash = part.rfind('/');
    return slash == std::string::npos ? std::string() : part.substr(0, slash + 1);
}

std::string resolved(const std::string& folder, const std::string& target) {
    if (!target.empty() && target[0] == '/') return target.substr(1);
    std::string path = folder;
    std::string_view rest = target;
    while (rest.substr(0, 3) == "../") {
        rest.remove_prefix(3);
        if (!path.empty()) path.pop_back();
        path = folder_of(path);
    }
    return path + std::string(rest);
}

bool is_one_of(const std::string& name, const std::vector<std::string>& names) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

// The sheet of the table, or a fault.
const SheetEntry* choose(
    const std::vector<SheetEntry>& sheets, const SheetTitles& titles, FaultList& faults
) {
    const SheetEntry* only = nullptr;
    std::string visible;
    std::size_t count = 0;
    for (const SheetEntry& sheet : sheets) {
        if (is_one_of(sheet.name, titles.of_table)) return &sheet;
        if (sheet.hidden || is_one_of(sheet.name, titles.of_notes)) continue;
        only = &sheet;
        ++count;
        visible += (visible.empty() ? "" : ", ") + sheet.name;
    }
    if (count == 1) return only;
    const std::string wanted = titles.of_table.empty() ? std::string() : titles.of_table.front();
    if (count == 0) {
        faults.add(FaultKind::sheet_missing, {}, {{"expected", wanted}});
    } else {
        faults.add(FaultKind::sheet_ambiguous, {0, {}, visible}, {{"expected", wanted}});
    }
    return nullptr;
}

struct Opened {
    WorkbookReader book;
    RelationReader relations;
    std::string folder;
};

bool open(ZipParts& parts, FaultList& faults, Opened& opened) {
    std::string part = "xl/workbook.xml";
    if (parts.has("_rels/.rels")) {
        RelationReader root;
        if (!read_xml(parts, "_rels/.rels", root, faults)) return false;
        const auto at = root.by_type.find("officeDocument");
        if (at != root.by_type.end()) part = resolved("", at->second);
    }
    const bool other_kind = parts.has("xl/workbook.bin") || parts.has("content.xml") ||
                            !parts.has(part) || parts.has("word/document.xml");
    if (other_kind) {
        faults.add(FaultKind::workbook_other_kind, {});
        return false;
    }
    if (!read_xml(parts, part, opened.book, faults)) return false;
    opened.folder = folder_of(part);
    const std::string relations =
        opened.folder + "_rels/" + part.substr(opened.folder.size()) + ".rels";
    return read_xml(parts, relations, opened.relations, faults);
}

}  // namespace

void read_workbook(
    std::string_view bytes,
    const SheetTitles& titles,
    FaultList& faults,
    const RowSink& sink,
    std::vector<MergedCells>& merged
) {
    ZipParts parts(bytes, faults);
    Opened opened;
    if (!parts.is_open() || !open(parts, faults, opened)) return;
    const SheetEntry* sheet = choose(opened.book.sheets, titles, faults);
    if (sheet == nullptr) return;

    const auto& by_type = opened.relations.by_type;
    SharedTexts texts;
    const auto shared = by_type.find("sharedStrings");
    if (shared != by_type.end() &&
        !read_shared_texts(parts, resolved(opened.folder, shared->second), faults, texts)) {
        return;
    }
    std::vector<bool> is_date;
    const auto styles = by_type.find("styles");
    if (styles != by_type.end() &&
        !read_date_styles(parts, resolved(opened.folder, styles->second), faults, is_date)) {
        return;
    }
    const CellContext context{texts, is_date, opened.book.from_1904};
    const auto target = opened.relations.targets.find(sheet->relation);
    const std::string part = target == opened.relations.targets.end()
                                 ? std::string("?")
                                 : resolved(opened.folder, target->second);
    read_sheet_rows(parts, part, context, faults, sink, merged);
}

}  // namespace jicai::catalogs::sheet
