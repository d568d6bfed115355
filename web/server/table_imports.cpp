#include <catalogs/certificate_file/certificate_file.h>
#include <catalogs/messages/words.h>
#include <catalogs/sha256/sha256.h>
#include <catalogs/sheet/import_table.h>
#include <catalogs/sheet/row_reader.h>
#include <engine/money/check.h>
#include <engine/ports/price_store.h>
#include <engine/ports/refused.h>
#include <web/server/schema.h>
#include <web/server/table_imports.h>
#include <web/server/table_targets.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <semaphore>
#include <set>
#include <utility>

namespace jicai::web {

using catalogs::Fault;
using catalogs::table_form::kUnknownColumn;
using catalogs::table_form::TableForm;
using catalogs::table_form::UploadedTable;
using catalogue::TableTarget;
using decision::Json;
using ports::Refused;

namespace {

/// Reading takes memory and a processor: more at once would only make all of them late.
constexpr std::ptrdiff_t kReadAtOnce = 3;
constexpr std::chrono::seconds kReadWait{60};

class ReadingSlot {
public:
    ReadingSlot() {
        if (!slots().try_acquire_for(kReadWait)) throw Refused({"request.busy", {}});
    }
    ~ReadingSlot() { slots().release(); }
    ReadingSlot(const ReadingSlot&) = delete;
    ReadingSlot& operator=(const ReadingSlot&) = delete;

private:
    static std::counting_semaphore<kReadAtOnce>& slots() {
        static std::counting_semaphore<kReadAtOnce> all(kReadAtOnce);
        return all;
    }
};

Json::Object arguments_of(const decision::Message& message) {
    Json::Object arguments;
    for (const auto& [name, value] : message.arguments) arguments.emplace(name, value);
    return arguments;
}

Json kept_fault(const Fault& fault) {
    return Json::Object{
        {"row", static_cast<std::int64_t>(fault.row)},
        {"column", static_cast<std::int64_t>(fault.column_number)},
        {"title", fault.column},
        {"value", fault.value},
        {"key", fault.message.key},
        {"arguments", arguments_of(fault.message)}};
}

Json::Array kept_faults(const std::vector<Fault>& faults) {
    Json::Array kept;
    for (std::size_t i = 0; i < std::min(faults.size(), kFaultsSent); ++i) {
        kept.push_back(kept_fault(faults[i]));
    }
    return kept;
}

const char* word_of(catalogue::RowChange change) {
    switch (change) {
        case catalogue::RowChange::added:
            return "added";
        case catalogue::RowChange::changed:
            return "changed";
        case catalogue::RowChange::removed:
            break;
    }
    return "removed";
}

const char* word_of(ports::ImportState state) {
    switch (state) {
        case ports::ImportState::ready:
            return "ready";
        case ports::ImportState::faulty:
            return "faulty";
        case ports::ImportState::accepted:
            break;
    }
    return "accepted";
}

std::string cell_name(std::int64_t row, std::int64_t column) {
    if (row == 0) return {};
    const std::string number = std::to_string(row);
    if (column == 0) return number;
    return catalogs::sheet::column_letters(static_cast<std::size_t>(column - 1)) + number;
}

/// Shows what is kept in the reader's language.
class Page {
public:
    Page(const Services& services, const Request& request, const ports::TableImport& import)
        : words_(services.words, request.language),
          import_(import),
          form_(catalogs::table_form::find_form(import.table)) {
        auto read = catalogs::read_certificate("", import.summary);
        JICAI_CHECK(read.document.has_value() && form_ != nullptr);
        summary_ = std::move(*read.document);
    }

    Json json() const {
        const Json::Object& kept = summary_.object();
        Json::Array groups;
        for (const Json& group : kept.at("groups").array()) {
            const Json::Object& one = group.object();
            const std::string& kind = one.at("kind").text();
            const std::string key = "fault_group." + kind.substr(kind.find('.') + 1);
            groups.emplace_back(Json::Object{
                {"kind", kind},
                {"text",
                 words_.catalog().contains(key) ? words_(key.c_str())
                                                : text_of(one.at("first").object())},
                {"count", one.at("count")}});
        }
        return Json::Object{
            {"id", import_.id},
            {"table", import_.table},
            {"table_title", catalogs::table_form::table_title(*form_, words_.language())},
            {"round", import_.round},
            {"hospital", import_.hospital},
            {"file_name", import_.file_name},
            {"at", ports::beijing_text(import_.at)},
            {"login", import_.login},
            {"rows", import_.rows},
            {"fault_count", import_.faults},
            {"faults", faults(kept.at("faults").array())},
            {"fault_groups", std::move(groups)},
            {"warnings", faults(kept.at("warnings").array())},
            {"changes", kept.at("changes")},
            {"preview", preview(kept.at("preview").array())},
            {"state", word_of(import_.state)},
            {"state_text", words_.word("import_state", word_of(import_.state))}};
    }

private:
    std::string text_of(const Json::Object& fault) const {
        decision::Message message{fault.at("key").text(), {}};
        for (const auto& [name, value] : fault.at("arguments").object()) {
            message.arguments.emplace_back(name, value.text());
        }
        return words_.render(message);
    }

    Json::Array faults(const Json::Array& kept) const {
        Json::Array shown;
        for (const Json& one : kept) {
            const Json::Object& fault = one.object();
            const std::int64_t row = fault.at("row").number();
            const std::int64_t column = fault.at("column").number();
            shown.emplace_back(Json::Object{
                {"row", row},
                {"column",
                 column == 0
                     ? std::string()
                     : catalogs::sheet::column_letters(static_cast<std::size_t>(column - 1))},
                {"cell", cell_name(row, column)},
                {"column_title", fault.at("title")},
                {"value", fault.at("value")},
                {"kind", fault.at("key")},
                {"text", text_of(fault)}});
        }
        return shown;
    }

    std::string shown_cell(std::size_t column, const std::string& text) const {
        const auto& about = form_->columns.at(column);
        const auto& choices = about.choices;
        if (std::find(choices.begin(), choices.end(), text) == choices.end()) return text;
        return catalogs::table_form::choice_title(*form_, about, text, words_.language());
    }

    Json::Array preview(const Json::Array& kept) const {
        Json::Array shown;
        for (const Json& one : kept) {
            const Json::Object& cell = one.object();
            const auto column = static_cast<std::size_t>(cell.at("column").number());
            shown.emplace_back(Json::Object{
                {"row", cell.at("row")},
                {"key", cell.at("key")},
                {"change", cell.at("change")},
                {"change_text", words_.word("row_change", cell.at("change").text())},
                {"column_title",
                 catalogs::table_form::column_title(
                     *form_, form_->columns.at(column), words_.language()
                 )},
                {"before", shown_cell(column, cell.at("before").text())},
                {"after", shown_cell(column, cell.at("after").text())}});
        }
        return shown;
    }

    catalogs::Words words_;
    const ports::TableImport& import_;
    const TableForm* form_;
    Json summary_;
};

Json fault_schema() {
    return schema::object(
        {{"row", schema::number()},
         {"column", schema::text()},
         {"cell", schema::text()},
         {"column_title", schema::text(1000)},
         {"value", schema::text(1000)},
         {"kind", schema::text()},
         {"text", schema::text(5000)}}
    );
}

}  // namespace

bool may_upload(const Request& request, const TableTarget& target) {
    return access::reach_of(request.actor, access::Action::upload_tables) != access::Reach::none &&
           access::reach_of(request.actor, target.action()) != access::Reach::none;
}

const TableTarget& need_target(const Request& request, const std::string& table) {
    const TableTarget* const target = find_target(table);
    if (target == nullptr) throw Refused({"table.not_found", {{"table", table}}});
    if (!may_upload(request, *target)) {
        throw Refused({"access.denied", {{"action", std::string(name_of(target->action()))}}});
    }
    return *target;
}

catalogue::TableContext context_of(
    const Request& request, const std::string& round, const std::string& hospital
) {
    return {
        .actor = request.actor,
        .login = request.login,
        .reach = access::reach_of(request.actor, access::Action::upload_tables),
        .round = round,
        .hospital = hospital,
        .now = request.now};
}

TableForm form_of(
    const TableTarget& target,
    ports::Transaction& transaction,
    const catalogue::TableContext& context
) {
    const TableForm* const found = catalogs::table_form::find_form(target.table());
    JICAI_CHECK(found != nullptr);
    TableForm form = *found;
    for (auto& [column, words] : target.allowed(transaction, context)) {
        form.columns.at(column).allowed = words;
    }
    return form;
}

namespace {

std::vector<catalogue::TableRow> typed_rows(std::vector<catalogs::sheet::TypedRow>&& rows) {
    std::vector<catalogue::TableRow> all;
    all.reserve(rows.size());
    for (auto& row : rows) {
        catalogue::TableRow typed{row.row, {}};
        typed.values.reserve(row.values.size());
        for (auto& value : row.values) {
            typed.values.push_back({std::move(value.text), value.number, value.given});
        }
        all.push_back(std::move(typed));
    }
    return all;
}

}  // namespace

ReadTable read_table(
    std::string_view bytes,
    const std::string& file_name,
    const TableForm& form,
    const ReadOptions& options
) {
    const ReadingSlot slot;
    catalogs::sheet::ImportOptions asked;
    asked.keep_uploaded = options.keep_uploaded;
    asked.keep_row = options.keep_row;
    asked.titles = options.titles;
    if (options.take) {
        asked.take = [&](std::vector<catalogs::sheet::TypedRow>&& rows) {
            options.take(typed_rows(std::move(rows)));
        };
    }
    auto imported = catalogs::sheet::import_table(bytes, file_name, form, asked);
    ReadTable read;
    read.row_count = static_cast<std::int64_t>(imported.row_count);
    read.faults = std::move(imported.faults);
    read.warnings = std::move(imported.warnings);
    read.uploaded = std::move(imported.uploaded);
    read.rows = typed_rows(std::move(imported.rows));
    return read;
}

PiecesRead read_in_pieces(
    ports::Transaction& transaction,
    const TableTarget& target,
    const catalogue::TableContext& context,
    std::string_view bytes,
    const std::string& file_name,
    const TableForm& form,
    ReadOptions options,
    bool takes_over
) {
    const auto work = target.in_pieces(context, takes_over);
    JICAI_CHECK(work != nullptr);
    options.take = [&](const std::vector<catalogue::TableRow>& rows) {
        work->take(transaction, rows);
    };
    PiecesRead result;
    result.read = read_table(bytes, file_name, form, options);
    result.comparison = work->finish(transaction);
    std::vector<Fault>& faults = result.read.faults;
    const bool counted_only = !faults.empty() && faults.back().message.key == "fault.more";
    if (counted_only) return result;
    add_faults(result.comparison.faults, file_name, form, result.read.uploaded, faults);
    add_faults(
        result.comparison.warnings, file_name, form, result.read.uploaded, result.read.warnings
    );
    if (result.comparison.more_faults == 0) return result;
    Fault more;
    more.file = file_name;
    more.message = {
        "fault.more",
        {{"file", file_name}, {"count", std::to_string(result.comparison.more_faults)}}};
    faults.push_back(std::move(more));
    return result;
}

ColumnTitles titles_of(
    ports::Transaction& transaction, const std::string& table, const std::string& source
) {
    if (source.empty()) return {};
    const auto mapping = transaction.prices().mapping(table, source);
    if (!mapping) throw Refused({"price.mapping_unknown", {{"source", source}}});
    return mapping->columns;
}

ColumnTitles titles_of(const ports::TableImport& import) {
    const auto read = catalogs::read_certificate("", import.summary);
    JICAI_CHECK(read.document.has_value());
    const Json::Object& kept = read.document->object();
    ColumnTitles titles;
    const auto found = kept.find("titles");
    if (found == kept.end()) return titles;
    for (const Json& pair : found->second.array()) {
        titles.emplace_back(pair.array().at(0).text(), pair.array().at(1).text());
    }
    return titles;
}

std::vector<catalogue::RowFault> faults_of_sound_rows(
    const TableTarget& target,
    ports::Transaction& transaction,
    const catalogue::TableContext& context,
    const ReadTable& read
) {
    std::set<std::uint64_t> faulty;
    for (const Fault& fault : read.faults) {
        // So many that they were only counted: more would not help, and the count stands last.
        if (fault.message.key == "fault.more") return {};
        faulty.insert(fault.row);
    }
    const TableForm* const form = catalogs::table_form::find_form(target.table());
    JICAI_CHECK(form != nullptr);
    std::vector<catalogue::TableRow> sound;
    std::set<std::string> named;  // by the key of faulty rows
    for (const catalogue::TableRow& row : read.rows) {
        if (!faulty.contains(row.row)) {
            sound.push_back(row);
            continue;
        }
        if (form->key.size() == 1) named.insert(row.values.at(form->key.front()).text);
    }
    if (sound.empty()) return {};
    auto faults = target.compare(transaction, context, sound).faults;
    std::erase_if(faults, [&](const catalogue::RowFault& fault) {
        return fault.row == 0 || (!fault.value.empty() && named.contains(fault.value));
    });
    return faults;
}

void add_faults(
    const std::vector<catalogue::RowFault>& of_rows,
    const std::string& file_name,
    const TableForm& form,
    const UploadedTable& uploaded,
    std::vector<Fault>& faults
) {
    for (const catalogue::RowFault& one : of_rows) {
        Fault fault;
        fault.file = file_name;
        fault.row = one.row;
        fault.value = one.value;
        fault.message = one.message;
        const auto& columns = uploaded.columns;
        const auto at = std::find(columns.begin(), columns.end(), one.column);
        if (one.row != 0 && at != columns.end()) {
            const auto index = static_cast<std::size_t>(at - columns.begin());
            fault.column_number = uploaded.fields.at(index) + 1;
            fault.column = uploaded.titles.at(index);
        } else {
            fault.column = catalogs::table_form::column_title(
                form, form.columns.at(one.column), catalogs::Language::zh
            );
        }
        faults.push_back(std::move(fault));
    }
    std::stable_sort(faults.begin(), faults.end(), [](const Fault& a, const Fault& b) {
        return a.row < b.row;
    });
}

std::string summary_of(
    const std::vector<Fault>& faults,
    const std::vector<Fault>& warnings,
    const catalogue::Comparison& comparison,
    const ColumnTitles& titles
) {
    Json::Array kept_titles;
    for (const auto& [title, column] : titles) {
        kept_titles.emplace_back(Json::Array{title, column});
    }
    std::map<std::string, std::pair<std::int64_t, const Fault*>> groups;
    for (const Fault& fault : faults) {
        auto& [count, first] = groups[fault.message.key];
        if (count++ == 0) first = &fault;
    }
    Json::Array kept_groups;
    for (const auto& [key, group] : groups) {
        kept_groups.emplace_back(Json::Object{
            {"kind", key}, {"count", group.first}, {"first", kept_fault(*group.second)}});
    }
    Json::Array preview;
    for (const catalogue::ChangedRow& row : comparison.shown) {
        for (const catalogue::CellChange& cell : row.cells) {
            if (preview.size() >= kChangesSent) break;
            preview.emplace_back(Json::Object{
                {"row", static_cast<std::int64_t>(row.row)},
                {"key", row.key},
                {"change", word_of(row.change)},
                {"column", static_cast<std::int64_t>(cell.column)},
                {"before", cell.before},
                {"after", cell.after}});
        }
    }
    return Json(Json::Object{
                    {"faults", kept_faults(faults)},
                    {"groups", std::move(kept_groups)},
                    {"warnings", kept_faults(warnings)},
                    {"changes",
                     Json::Object{
                         {"added", comparison.added},
                         {"changed", comparison.changed},
                         {"same", comparison.same},
                         {"removed", comparison.removed}}},
                    {"preview", std::move(preview)},
                    {"titles", std::move(kept_titles)}}
    ).canonical();
}

std::string base_of(const catalogue::Comparison& comparison) {
    return catalogs::sha256_hex(comparison.base);
}

Json import_page(
    const Services& services, const Request& request, const ports::TableImport& import
) {
    return Page(services, request, import).json();
}

Json import_schema() {
    return schema::object(
        {{"id", schema::number()},
         {"table", schema::text()},
         {"table_title", schema::text()},
         {"round", schema::text()},
         {"hospital", schema::text()},
         {"file_name", schema::text(300)},
         {"at", schema::text()},
         {"login", schema::text()},
         {"rows", schema::number()},
         {"fault_count", schema::number()},
         {"faults", schema::array(fault_schema())},
         {"fault_groups",
          schema::array(schema::object(
              {{"kind", schema::text()}, {"text", schema::text(5000)}, {"count", schema::number()}}
          ))},
         {"warnings", schema::array(fault_schema())},
         {"changes",
          schema::object(
              {{"added", schema::number()},
               {"changed", schema::number()},
               {"same", schema::number()},
               {"removed", schema::number()}}
          )},
         {"preview",
          schema::array(schema::object(
              {{"row", schema::number()},
               {"key", schema::text(1000)},
               {"change", schema::choice({"added", "changed", "removed"})},
               {"change_text", schema::text()},
               {"column_title", schema::text(1000)},
               {"before", schema::text(1000)},
               {"after", schema::text(1000)}}
          ))},
         {"state", schema::choice({"ready", "faulty", "accepted"})},
         {"state_text", schema::text()}}
    );
}

ports::TableImport need_import(const Request& request, ports::Transaction& transaction) {
    const std::int64_t id = request.count("id", 0);
    auto import = transaction.imports().import(id);
    // Tables of a round hold what others may not know yet, whoever keeps the catalogues.
    const bool own = import && (import->organisation == request.actor.organisation ||
                                (request.reach == access::Reach::all && import->round.empty()));
    if (!own) throw Refused({"import.not_found", {{"id", std::to_string(id)}}});
    return std::move(*import);
}

}  // namespace jicai::web
