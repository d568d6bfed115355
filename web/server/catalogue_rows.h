#pragma once

#include <engine/decision/json.h>
#include <engine/ports/catalogue_store.h>
#include <engine/ports/store.h>
#include <web/server/request.h>
#include <web/server/services.h>

#include <map>
#include <string>

/// \file
/// Institutions, products and regions as the API shows them, and the schemas of these rows.

namespace jicai::web {

/// Which members of a hospital's form are called otherwise than the columns of its table.
[[nodiscard]] const std::map<std::string, std::string>& hospital_members_of_columns();

/// Rows of one answer; remembers the names it has looked up.
class CatalogueRows {
public:
    CatalogueRows(const Services& services, const Request& request, ports::Transaction& transaction)
        : services_(services), request_(request), transaction_(transaction) {}

    [[nodiscard]] decision::Json::Object row(const ports::Institution& institution);
    [[nodiscard]] decision::Json::Object row(const ports::Product& product) const;
    [[nodiscard]] decision::Json::Object row(const ports::Region& region);

private:
    const std::string& region_name(const std::string& code);
    std::string institution_name(const std::string& code);

    const Services& services_;
    const Request& request_;
    ports::Transaction& transaction_;
    std::map<std::string, std::string> regions_;
    std::map<std::string, std::string> institutions_;
};

/// The members of such rows, for schemas.
[[nodiscard]] decision::Json::Object hospital_members();
[[nodiscard]] decision::Json::Object product_members();
[[nodiscard]] decision::Json::Object region_members();

}  // namespace jicai::web
