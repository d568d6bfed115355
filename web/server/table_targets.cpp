#include <catalogs/initials/initials.h>
#include <engine/catalogue/holidays_target.h>
#include <engine/catalogue/institutions.h>
#include <engine/catalogue/organisations.h>
#include <engine/catalogue/products.h>
#include <engine/catalogue/regions.h>
#include <engine/listing/listings_target.h>
#include <engine/prices/facts_target.h>
#include <engine/prices/observations_target.h>
#include <engine/prices/purchases_target.h>
#include <web/server/table_targets.h>
#include <web/server/volume_targets.h>

namespace jicai::web {

const std::vector<const catalogue::TableTarget*>& table_targets() {
    static const catalogue::InstitutionsTarget institutions(catalogs::initials_of);
    static const catalogue::ProductsTarget products(catalogs::initials_of);
    static const catalogue::RegionsTarget regions(catalogs::initials_of);
    static const catalogue::OrganisationsTarget organisations;
    static const catalogue::HolidaysTarget holidays;
    static const listing::ListingsTarget listings;
    static const prices::ObservationsTarget observations;
    static const prices::FactsTarget facts;
    static const prices::PurchasesTarget purchases;
    static const std::vector<const catalogue::TableTarget*> all{
        &institutions,
        &products,
        &organisations,
        &regions,
        &holidays,
        &volume_report_target(),
        &history_target(),
        &listings,
        &observations,
        &facts,
        &purchases,
    };
    return all;
}

const catalogue::TableTarget* find_target(std::string_view table) {
    for (const catalogue::TableTarget* target : table_targets()) {
        if (target->table() == table) return target;
    }
    return nullptr;
}

}  // namespace jicai::web
