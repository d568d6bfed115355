#include <sql/author_columns.h>
#include <sql/document_store.h>
#include <sql/pieces.h>
#include <sql/stores.h>

#include <utility>

namespace jicai::sql {
namespace {

std::string select(const std::string& rest) {
    return std::string("SELECT id, round, kind, object, name, type, size_bytes, digest, at, ") +
           kBy + " FROM documents WHERE " + rest;
}

ports::Document document_of(const Row& row) {
    return {
        row.number(0),
        row.text(1),
        row.text(2),
        row.text(3),
        row.text(4),
        row.text(5),
        row.number(6),
        row.text(7),
        author_at(row, 9),
        row.moment(8)};
}

}  // namespace

std::int64_t SqlDocumentStore::add(const ports::Document& document, const std::string& content) {
    insert(
        connection_,
        "INSERT INTO documents (round, kind, object, name, type, size_bytes, digest, at, by_user, "
        "by_organisation, by_login, by_name) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        with_author(
            {document.round,
             document.kind,
             document.object,
             document.name,
             document.type,
             document.bytes,
             document.digest,
             document.at},
            document.by
        )
    );
    const std::int64_t id = connection_.last_id();
    each_piece(content, [&](std::int64_t piece, std::string part) {
        connection_.change(
            "INSERT INTO document_pieces (document, piece, bytes) VALUES (?, ?, ?)",
            {id, piece, std::move(part)}
        );
    });
    return id;
}

std::optional<ports::Document> SqlDocumentStore::document(std::int64_t id) {
    const auto rows = connection_.query(select("id = ?"), {id});
    if (rows.empty()) return std::nullopt;
    return document_of(rows.front());
}

std::vector<ports::Document> SqlDocumentStore::find(const ports::DocumentQuery& query) {
    std::string where = "round = ?";
    std::vector<Value> values{query.round};
    const auto and_is = [&](const char* column, const std::string& value) {
        if (value.empty()) return;
        where += std::string(" AND ") + column + " = ?";
        values.emplace_back(value);
    };
    and_is("kind", query.kind);
    and_is("object", query.object);
    std::vector<ports::Document> all;
    for (const Row& row : connection_.query(select(where + " ORDER BY id"), values)) {
        all.push_back(document_of(row));
    }
    return all;
}

std::string SqlDocumentStore::content(std::int64_t id) {
    std::string content;
    for (const Row& row : connection_.query(
             "SELECT bytes FROM document_pieces WHERE document = ? ORDER BY piece", {id}
         )) {
        content += row.text(0);
    }
    return content;
}

void SqlDocumentStore::remove(std::int64_t id) {
    connection_.change("DELETE FROM document_pieces WHERE document = ?", {id});
    connection_.change("DELETE FROM documents WHERE id = ?", {id});
}

std::int64_t SqlDocumentStore::alike(const ports::Document& document) {
    return connection_
        .query(
            "SELECT COUNT(*) FROM documents WHERE round = ? AND kind = ? AND object = ? AND "
            "by_organisation = ?",
            {document.round, document.kind, document.object, document.by.organisation}
        )
        .front()
        .number(0);
}

}  // namespace jicai::sql
