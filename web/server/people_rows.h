#pragma once

#include <engine/decision/json.h>
#include <engine/ports/store.h>
#include <web/server/lists.h>
#include <web/server/request.h>
#include <web/server/services.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

/// \file
/// Organisations, people, log-ins, keys and audit entries as the API shows them, and the schemas of
/// these rows. A row holds more than its list shows: ids, codes, versions.

namespace jicai::web {

/// The name of a region in the request's language; smaller ones than provinces have a Chinese name
/// only; the code itself where GB/T 2260 has none.
[[nodiscard]] std::string region_name(
    const Services& services, const Request& request, const std::string& code
);
/// Its Chinese name ("黑龙江省"); the code itself where GB/T 2260 has none.
[[nodiscard]] std::string region_full_name(const std::string& code);
/// Every code of GB/T 2260 that has a name here: provinces, cities, counties; sorted.
[[nodiscard]] const std::vector<std::string>& region_codes();
/// A word of the program ("word.<kind>.<value>") in the request's language.
[[nodiscard]] std::string word(
    const Services& services, const Request& request, const char* kind, std::string_view value
);

/// Rows of one answer; remembers the organisations it has looked up.
class PeopleRows {
public:
    PeopleRows(const Services& services, const Request& request, ports::Transaction& transaction)
        : services_(services), request_(request), transaction_(transaction) {}

    [[nodiscard]] decision::Json::Object row(const ports::Organisation& organisation);
    [[nodiscard]] decision::Json::Object row(const ports::User& user);
    [[nodiscard]] decision::Json::Object row(const ports::Session& session);
    [[nodiscard]] decision::Json::Object row(const ports::ApiKey& key);
    [[nodiscard]] decision::Json::Object row(const ports::AuditEntry& entry);

private:
    const std::string& organisation_name(std::int64_t id);
    std::string joined(const std::vector<std::string>& words) const;

    const Services& services_;
    const Request& request_;
    ports::Transaction& transaction_;
    std::map<std::int64_t, std::string> names_;
};

/// The members of such rows, for schemas.
[[nodiscard]] decision::Json::Object organisation_members();
[[nodiscard]] decision::Json::Object user_members();
[[nodiscard]] decision::Json::Object session_members();
[[nodiscard]] decision::Json::Object key_members();
[[nodiscard]] decision::Json::Object audit_members();

/// The parameter {id} of a path.
[[nodiscard]] Parameter id_parameter();

/// A list whose columns are members of its rows; `counts` of them are numbers.
[[nodiscard]] List list_of(
    const std::string& name,
    const std::vector<std::string>& columns,
    const std::vector<std::string>& counts,
    std::vector<decision::Json::Object> rows,
    std::int64_t total
);

}  // namespace jicai::web
