#pragma once

#include <engine/money/price.h>
#include <engine/ports/clock.h>
#include <engine/ports/page.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// \file
/// The catalogues people look things up in: institutions, regions, products, holidays. Codes are
/// text. `initials` are the first letters of a name's pinyin in lower case (阿托伐他汀: atftt),
/// computed once on saving. A `text` of a query is a part of the name, of the initials, or of the
/// code; letters in either case.

namespace jicai::ports {

/// The numbers of all kinds below are stored and stay.
enum class InstitutionKind : std::uint8_t {
    public_ = 1,
    military = 2,
    private_designated = 3,
    pharmacy = 4,
    clinic = 5,  ///< buys through its township (Institution::buys_through)
};

enum class Duty : std::uint8_t { must = 1, voluntary = 2 };

enum class InstitutionLevel : std::uint8_t { unrated = 0, first = 1, second = 2, third = 3 };

/// A hospital, pharmacy or clinic: an organisation with what catalogues know of it. Organisations
/// of these kinds that nobody has described yet are public, must take part (pharmacies: voluntary)
/// and are unrated.
struct Institution {
    std::int64_t organisation = 0;
    std::string code;  ///< H or P with region and number, or a unified social credit code; unique
    std::string name;
    std::string region;  ///< GB/T 2260
    InstitutionKind kind = InstitutionKind::public_;
    Duty duty = Duty::must;
    InstitutionLevel level = InstitutionLevel::unrated;
    std::int64_t lead =
        0;  ///< organisation that leads its medical group (医共体); 0: none; read only
    std::string lead_code;     ///< code of that organisation: what is saved
    std::string buys_through;  ///< code of the institution it buys through; empty: none
    std::string expires;       ///< last day of a temporary institution, "2027-12-31"; empty: never
    std::string initials;
    bool active = true;
    std::int64_t version = 1;  ///< of the organisation: any change counts it up
};

struct InstitutionQuery {
    std::string text;
    std::string within;  ///< a region and all below it; empty: all
    std::optional<InstitutionKind> kind;
    std::optional<Duty> duty;
    std::optional<bool> active;
    std::int64_t lead = 0;  ///< members of this group and its lead; 0: all
    std::int64_t only = 0;  ///< this organisation alone; 0: all
    Page page;              ///< by code
};

enum class RegionLevel : std::uint8_t { country = 0, province = 1, city = 2, county = 3 };

/// A region of GB/T 2260. Its parent is told by the digits of its code.
struct Region {
    std::string code;
    RegionLevel level = RegionLevel::county;
    std::string name;
    std::string parent;  ///< "230000"; empty: the country itself
    std::string initials;
    bool own = false;  ///< entered here; false: shipped with the program
    friend bool operator==(const Region&, const Region&) = default;
};

struct RegionQuery {
    std::string text;
    std::string parent;  ///< those right below it; empty: all
    std::optional<RegionLevel> level;
    Page page;  ///< by code
};

/// What is bought; which policies apply follows from it (catalogs/product_kinds.toml).
enum class ProductKind : std::uint8_t {
    western = 1,
    tcm_patent = 2,
    tcm_granules = 3,
    tcm_pieces = 4,
    hospital_preparation = 5,
    consumable = 6,
    reagent = 7,
};

struct Product {
    std::int64_t id = 0;
    std::string code;           ///< national code of drug or consumable; unique
    std::string national_code;  ///< 药品本位码, 14 digits; empty: none
    std::string name;
    std::string spec;
    std::string form;
    std::int64_t pack_units = 1;  ///< smallest units in a pack
    std::string supplier;
    std::optional<money::Price> price;  ///< per pack; nothing: not known
    ProductKind kind = ProductKind::western;
    std::string initials;
    bool active = true;
    std::int64_t version = 1;
};

struct ProductQuery {
    std::string text;      ///< also a part of the supplier's name
    std::string supplier;  ///< exactly
    std::optional<ProductKind> kind;
    std::optional<bool> active;
    Page page;  ///< by code
};

struct StoredNotice {
    std::string number;
    std::string title;
    std::string published;  ///< "2025-11-04"
    std::string evidence;   ///< official, replay, secondary, reported, assumed, given
    friend bool operator==(const StoredNotice&, const StoredNotice&) = default;
};

struct StoredHoliday {
    std::string name_zh;
    std::string name_en;
    std::string first;                 ///< first day off
    std::string last;                  ///< last day off
    std::vector<std::string> make_up;  ///< days worked for it
    std::size_t notice = 0;            ///< in StoredYear::notices
    friend bool operator==(const StoredHoliday&, const StoredHoliday&) = default;
};

/// The holidays of a year. The program brings its own (`own` false); an administrator's stands in
/// front of it.
struct StoredYear {
    int year = 0;
    bool own = false;
    std::vector<StoredNotice> notices;
    std::vector<StoredHoliday> holidays;
    Moment changed_at;
    std::int64_t version = 1;
};

class CatalogueStore {
public:
    virtual ~CatalogueStore() = default;

    // --- institutions
    virtual Found<Institution> institutions(const InstitutionQuery& query) = 0;
    virtual std::optional<Institution> institution(std::int64_t organisation) = 0;
    virtual std::optional<Institution> institution_by_code(const std::string& code) = 0;
    /// Those of the codes that are there, by code.
    virtual std::vector<Institution> institutions_by_code(const std::vector<std::string>& codes
    ) = 0;
    /// The group's lead and its members, by code; empty where nobody names it as lead.
    virtual std::vector<Institution> members_of(std::int64_t lead) = 0;
    /// Adds organisations with what catalogues know of them. Conflict where a code is taken.
    /// `lead_code` and `buys_through` may name institutions of the same call. \pre they are there
    virtual void add(const std::vector<Institution>& institutions) = 0;
    /// Saves all members but the organisation's id, if its version is still the same, and counts it
    /// up. False: somebody was faster. Conflict where the code is taken.
    virtual bool save(const Institution& institution) = 0;
    /// Active institutions whose last day lies before `day`.
    virtual std::vector<Institution> expired(const std::string& day) = 0;

    // --- regions
    virtual Found<Region> regions(const RegionQuery& query) = 0;
    virtual std::optional<Region> region(const std::string& code) = 0;
    virtual std::vector<Region> all_regions() = 0;  ///< by code
    /// Adds or replaces by code.
    virtual void put(const std::vector<Region>& regions) = 0;

    // --- products
    virtual Found<Product> products(const ProductQuery& query) = 0;
    virtual std::optional<Product> product(const std::string& code) = 0;
    virtual std::vector<Product> products_by_code(const std::vector<std::string>& codes) = 0;
    /// Conflict where a code is taken.
    virtual void add(const std::vector<Product>& products) = 0;
    /// Saves all members by id if the version is still the same. False: somebody was faster.
    virtual bool save(const Product& product) = 0;

    // --- holidays
    /// Every year once: the own one where there is one. By year.
    virtual std::vector<StoredYear> years() = 0;
    /// The year as the program brings it (`own` false) or as it was entered here.
    virtual std::optional<StoredYear> year(int year, bool own) = 0;
    /// Adds or replaces by year and `own`; the version is counted up.
    virtual void put(const StoredYear& year) = 0;
    /// Takes away the own one: what the program brings counts again.
    virtual void remove_own_year(int year) = 0;
};

}  // namespace jicai::ports
