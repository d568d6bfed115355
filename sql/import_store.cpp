#include <sql/filter.h>
#include <sql/import_store.h>
#include <sql/pieces.h>

namespace jicai::sql {
namespace {

using ports::TableImport;

constexpr std::string_view kImport =
    "SELECT id, table_name, round, hospital, file_name, bytes, digest, state, row_count, "
    "fault_count, summary, base, user, login, organisation, at, accepted_at FROM table_imports";

TableImport import_of(const Row& row) {
    TableImport import;
    import.id = row.number(0);
    import.table = row.text(1);
    import.round = row.text(2);
    import.hospital = row.text(3);
    import.file_name = row.text(4);
    import.bytes = row.number(5);
    import.digest = row.text(6);
    import.state = static_cast<ports::ImportState>(row.number(7));
    import.rows = row.number(8);
    import.faults = row.number(9);
    import.summary = row.text(10);
    import.base = row.text(11);
    import.user = row.number(12);
    import.login = row.text(13);
    import.organisation = row.number(14);
    import.at = row.moment(15);
    import.accepted_at = row.optional_moment(16);
    return import;
}

}  // namespace

std::int64_t SqlImportStore::add(const TableImport& import, std::string_view bytes) {
    insert(
        connection_,
        "INSERT INTO table_imports (table_name, round, hospital, file_name, bytes, digest, state, "
        "row_count, fault_count, summary, base, user, login, organisation, at, accepted_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)",
        {import.table,
         import.round,
         import.hospital,
         cut(import.file_name, 255),
         import.bytes,
         import.digest,
         static_cast<std::int64_t>(import.state),
         import.rows,
         import.faults,
         import.summary,
         import.base,
         import.user,
         import.login,
         import.organisation,
         import.at}
    );
    const std::int64_t id = connection_.last_id();
    std::int64_t piece = 0;
    for (std::size_t begin = 0; begin < bytes.size(); begin += kPieceBytes) {
        connection_.change(
            "INSERT INTO table_import_pieces (import, piece, bytes) VALUES (?, ?, ?)",
            {id, piece++, bytes.substr(begin, kPieceBytes)}
        );
    }
    return id;
}

std::optional<TableImport> SqlImportStore::import(std::int64_t id) {
    return one<TableImport>(
        connection_.query(std::string(kImport) + " WHERE id = ?", {id}), import_of
    );
}

std::string SqlImportStore::bytes(std::int64_t id) {
    std::string all;
    // Piece by piece: the rows of one query are all in memory.
    for (std::int64_t piece = 0;; ++piece) {
        const auto rows = connection_.query(
            "SELECT bytes FROM table_import_pieces WHERE import = ? AND piece = ?", {id, piece}
        );
        if (rows.empty()) return all;
        all += rows.front().text(0);
    }
}

ports::Found<TableImport> SqlImportStore::find(const ports::ImportQuery& query) {
    Filter filter;
    if (query.organisation != 0) filter.add("organisation = ?", {query.organisation});
    if (query.rounds_of) filter.add("(round = '' OR organisation = ?)", {*query.rounds_of});
    if (query.user != 0) filter.add("user = ?", {query.user});
    if (!query.table.empty()) filter.add("table_name = ?", {query.table});
    if (!query.round.empty()) filter.add("round = ?", {query.round});
    if (query.state) filter.add("state = ?", {static_cast<std::int64_t>(*query.state)});
    return found<TableImport>(
        connection_, kImport, "table_imports", "id DESC", filter, query.page, import_of
    );
}

bool SqlImportStore::accept(std::int64_t id, ports::Moment at) {
    return connection_.change(
               "UPDATE table_imports SET state = ?, accepted_at = ? WHERE id = ? AND state = ?",
               {static_cast<std::int64_t>(ports::ImportState::accepted),
                at,
                id,
                static_cast<std::int64_t>(ports::ImportState::ready)}
           ) == 1;
}

std::int64_t SqlImportStore::purge(ports::Moment before, std::int64_t imports_max) {
    const auto old = connection_.query(
        "SELECT id FROM table_imports WHERE at < ? ORDER BY id LIMIT " +
            std::to_string(imports_max),
        {before}
    );
    for (const Row& row : old) {
        connection_.change("DELETE FROM table_import_pieces WHERE import = ?", {row.number(0)});
        connection_.change("DELETE FROM table_imports WHERE id = ?", {row.number(0)});
    }
    return static_cast<std::int64_t>(old.size());
}

}  // namespace jicai::sql
