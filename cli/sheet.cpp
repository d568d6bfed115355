#include <catalogs/sheet/import_table.h>
#include <catalogs/sheet/zip_parts.h>
#include <cli/exit_codes.h>
#include <cli/failures.h>
#include <cli/output_folder.h>
#include <cli/session.h>
#include <cli/sheet_files.h>
#include <engine/money/check.h>
#include <reports/table_workbook.h>

#include <algorithm>
#include <optional>
#include <utility>

namespace jicai::cli {
namespace {

using catalogs::Fault;
using catalogs::table_form::TableForm;
using decision::Json;
using decision::Message;

// Long lists are cut on a terminal; the error workbook and JSON have them all.
constexpr std::size_t kShownMax = 200;

std::string cell_of(const Fault& fault) {
    if (fault.row == 0) return {};
    const std::string row = std::to_string(fault.row);
    if (fault.column_number == 0) return row;
    return catalogs::sheet::column_letters(fault.column_number - 1) + row;
}

reports::Table fault_table(
    const Session& session, const std::vector<Fault>& faults, std::size_t shown_max
) {
    reports::Table table{"faults", {{"cell"}, {"column"}, {"content"}, {"reason"}}, {}};
    for (const Fault& fault : faults) {
        if (table.rows.size() == shown_max) break;
        table.rows.push_back(
            {cell_of(fault), fault.column, fault.value, session.words.render(fault.message)}
        );
    }
    return table;
}

Json faults_json(const Session& session, const std::vector<Fault>& faults) {
    Json::Array array;
    for (const Fault& fault : faults) {
        array.emplace_back(Json::Object{
            {"cell", cell_of(fault)},
            {"row", static_cast<std::int64_t>(fault.row)},
            {"column_number", static_cast<std::int64_t>(fault.column_number)},
            {"column", fault.column},
            {"value", fault.value},
            {"key", fault.message.key},
            {"text", session.words.render(fault.message)}});
    }
    return array;
}

void write_errors(
    const Session& session, const TableForm& form, const catalogs::sheet::ImportedTable& table
) {
    const ToolArguments& tool = session.arguments.tool;
    write_single_file(
        tool.errors,
        reports::to_error_workbook(
            form,
            table.uploaded,
            table.faults,
            [&](const Message& message) { return session.words.render(message); },
            session.words.language()
        ),
        tool.words[1]
    );
}

int check(const Session& session) {
    const ToolArguments& tool = session.arguments.tool;
    const std::string& path = tool.words[1];
    const TableForm form = load_form(tool.table, tool.round);
    const catalogs::sheet::ImportedTable table = catalogs::sheet::import_table(
        read_whole_file(path, catalogs::sheet::kFileBytesMax), path, form, !tool.errors.empty()
    );
    const bool written =
        !tool.errors.empty() && !table.faults.empty() && !table.uploaded.rows.empty();
    if (written) write_errors(session, form, table);
    const std::string title = catalogs::table_form::table_title(form, session.words.language());
    if (session.arguments.json) {
        print_json(Json::Object{
            {"command", "sheet check"},
            {"table", form.name},
            {"rows", static_cast<std::int64_t>(table.rows.size())},
            {"lots_checked", !tool.round.empty()},
            {"faults", faults_json(session, table.faults)},
            {"warnings", faults_json(session, table.warnings)}});
        return table.faults.empty() ? kExitDone : kExitBadInput;
    }
    const std::string rows = std::to_string(table.rows.size());
    if (table.faults.empty()) {
        print_line(
            session.words("sheet.checked", {{"file", path}, {"table", title}, {"rows", rows}})
        );
    } else {
        print_line(session.words(
            "sheet.faults",
            {{"file", path},
             {"table", title},
             {"rows", rows},
             {"count", std::to_string(table.faults.size())}}
        ));
        print_table(session, fault_table(session, table.faults, kShownMax));
        if (table.faults.size() > kShownMax) {
            print_line(session.words(
                "sheet_workbook.more", {{"count", std::to_string(table.faults.size() - kShownMax)}}
            ));
        }
    }
    if (tool.round.empty() && catalogs::table_form::find_column(form, "lot")) {
        print_line(session.words("sheet.lots_not_checked"));
    }
    if (!table.warnings.empty()) {
        print_line("");
        print_line(session.words("sheet.warnings"));
        print_table(session, fault_table(session, table.warnings, kShownMax));
    }
    if (written) {
        print_line("");
        print_line(session.words("sheet.errors_written", {{"path", tool.errors}}));
    }
    return table.faults.empty() ? kExitDone : kExitBadInput;
}

int write_template(const Session& session) {
    const ToolArguments& tool = session.arguments.tool;
    const TableForm form = load_form(tool.words[1], tool.round);
    write_single_file(
        session.arguments.out, reports::to_template_workbook(form, session.words.language()), {}
    );
    if (session.arguments.json) {
        print_json(Json::Object{
            {"command", "sheet template"}, {"table", form.name}, {"file", session.arguments.out}});
    } else {
        print_line(session.words("sheet.template_written", {{"path", session.arguments.out}}));
    }
    return kExitDone;
}

int list_tables(const Session& session) {
    const catalogs::Language language = session.words.language();
    reports::Table table{"tables", {{"table"}, {"title"}, {"column"}, {"required"}, {"note"}}, {}};
    for (const TableForm& form : catalogs::table_form::all_forms()) {
        std::string name = form.name;
        std::replace(name.begin(), name.end(), '_', '-');
        for (const auto& column : form.columns) {
            table.rows.push_back(
                {name,
                 catalogs::table_form::table_title(form, language),
                 catalogs::table_form::column_title(form, column, language),
                 session.words(
                     column.required ? "sheet_workbook.required_yes" : "sheet_workbook.required_no"
                 ),
                 catalogs::table_form::column_note(form, column, language)}
            );
        }
    }
    if (session.arguments.json) {
        print_json(Json::Object{{"command", "sheet tables"}, {"tables", reports::to_json(table)}});
    } else {
        print_table(session, table);
    }
    return kExitDone;
}

}  // namespace

TableForm load_form(const std::string& name, const std::string& round) {
    const TableForm* found = catalogs::table_form::find_form(name);
    if (found == nullptr) {
        std::string known;
        for (const TableForm& form : catalogs::table_form::all_forms()) {
            std::string word = form.name;
            std::replace(word.begin(), word.end(), '_', '-');
            known += (known.empty() ? "" : ", ") + word;
        }
        throw BadInput(Message{"sheet.unknown_table", {{"value", name}, {"allowed", known}}});
    }
    TableForm form = *found;
    if (round.empty()) return form;
    for (const auto& [column, file] :
         {std::pair<const char*, const char*>{"lot", "lots.csv"}, {"spec", "specs.csv"}}) {
        if (!catalogs::table_form::find_column(form, column)) continue;
        form = catalogs::table_form::with_allowed(
            form, column, words_of_column(round + "/" + file, column)
        );
    }
    return form;
}

std::vector<std::string> words_of_column(const std::string& path, const std::string& column) {
    const std::string bytes = read_whole_file(path, catalogs::sheet::kFileBytesMax);
    catalogs::text_table::FaultList faults(path);
    std::vector<catalogs::sheet::MergedCells> merged;
    std::optional<std::size_t> field;
    std::vector<std::string> words;
    catalogs::sheet::read_rows(
        bytes,
        {},
        faults,
        [&](const catalogs::sheet::RawRow& row) {
            for (std::size_t i = 0; !field && i < row.cells.size(); ++i) {
                if (row.cells[i].text == column) field = i;
            }
            if (!field) return false;
            if (row.row == 1 || *field >= row.cells.size()) return true;
            const std::string& word = row.cells[*field].text;
            if (std::find(words.begin(), words.end(), word) == words.end()) words.push_back(word);
            return true;
        },
        merged
    );
    std::vector<Fault> found;
    if (!field) {
        faults.add(catalogs::text_table::FaultKind::column_missing, {1, column, {}});
    }
    faults.move_to(found);
    if (!found.empty()) throw BadInput(std::move(found));
    return words;
}

int run_sheet(const Session& session) {
    const std::string& action = session.arguments.tool.words.front();
    if (action == "check") return check(session);
    if (action == "template") return write_template(session);
    JICAI_CHECK(action == "tables");
    return list_tables(session);
}

}  // namespace jicai::cli
