#pragma once

#include <engine/ports/clock.h>
#include <engine/ports/procedure_store.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace jicai::ports {

inline constexpr std::int64_t kDocumentObjectCharactersMax = 200;

/// A file somebody attached to a round or to something in it. Never changed; before the notice one
/// may take the place of another, which then stands in the audit log alone.
struct Document {
    std::int64_t id = 0;
    std::string round;
    std::string kind;    ///< "legal_review"; the list: setup::document_kinds
    std::string object;  ///< what it belongs to: "report:H23010000101", at most
                         ///< kDocumentObjectCharactersMax; empty: the round
    std::string name;    ///< as its author called the file
    std::string type;    ///< media type, by its first bytes
    std::int64_t bytes = 0;
    std::string digest;  ///< hex SHA-256 of its bytes
    Author by;
    Moment at;
};

struct DocumentQuery {
    std::string round;
    std::string kind;    ///< empty: all
    std::string object;  ///< empty: all
};

class DocumentStore {
public:
    virtual ~DocumentStore() = default;
    /// `document.bytes` and `document.digest` are those of `content`. Returns the new id.
    virtual std::int64_t add(const Document& document, const std::string& content) = 0;
    virtual std::optional<Document> document(std::int64_t id) = 0;
    virtual std::vector<Document> find(const DocumentQuery& query) = 0;  ///< oldest first
    virtual std::string content(std::int64_t id) = 0;
    virtual void remove(std::int64_t id) = 0;
    /// How many there are of the same round, kind, object and organisation of the author.
    virtual std::int64_t alike(const Document& document) = 0;
};

}  // namespace jicai::ports
