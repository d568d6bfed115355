#pragma once

#include <engine/campaign/day.h>
#include <engine/money/price.h>
#include <engine/money/ratio.h>
#include <engine/round/round.h>
#include <engine/rules/parameter.h>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// The recorded inputs of a linkage campaign (价格联动): products, price observations, listings,
/// winners, volumes, events. No logic. Source of the fields: docs/linkage.md.

namespace jicai::campaign {

using ProductIndex = std::uint32_t;
using ObservationIndex = std::uint32_t;
using RegionIndex = std::uint8_t;

/// What a price observation is the price of. The numbers are those of the columns of an index.
enum class SourceClass : std::uint8_t {
    province_listing = 0,   ///< 省级挂网价
    province_award = 1,     ///< 省级带量中选价
    alliance_award = 2,     ///< 省际联盟中选价
    national_award = 3,     ///< 国家集采中选价
    filed_purchase = 4,     ///< 备案采购价
    city_reference = 5,     ///< 地市参考价
    hospital_purchase = 6,  ///< 医院实际采购价
    firm_declared = 7,      ///< 企业申报价
    negotiated = 8,         ///< 国家医保谈判价
    emergency = 9,          ///< 应急、临时挂网价
};

/// What became of an observed price where it was observed.
enum class ObservationStatus : std::uint8_t {
    in_force = 0,
    suspended = 1,
    under_objection = 2,
    withdrawn = 3,
};

/// Which listed SKUs a campaign decides.
enum class Scope : std::uint8_t {
    all_listed,
    non_winning,  ///< without the winners of winners.csv in their supply regions
};

/// What people did to an observation or to a SKU.
enum class EventKind : std::uint8_t {
    exclude_observation,
    restore_observation,
    refuse,  ///< the firm refuses the linked price
    silent,  ///< the firm did not answer in time
    suspend,
    delist,
    relist,  ///< ends a suspension or a delisting
};

struct Product {
    std::string id;
    std::string generic;
    std::string form;
    std::string spec;
    std::optional<money::Ratio> content;  ///< of one smallest unit
    std::int64_t pack_units = 1;          ///< smallest units in the listed pack
    std::string material;
    std::string maker;
    std::string
        variety;  ///< what winners and makers are counted by; the generic name where not stated
    bool evaluated = false;  ///< passed consistency evaluation
    bool originator = false;
    std::string replaces;  ///< another variety whose use this product may take over; empty: none
};

struct Observation {
    std::string id;
    ProductIndex product = 0;
    RegionIndex region = 0;
    SourceClass source = SourceClass::province_listing;
    ObservationStatus status = ObservationStatus::in_force;
    bool evaluated = true;  ///< the price was formed after consistency evaluation
    money::Price pack_price{0};
    std::int64_t pack_units = 1;
    std::optional<money::Ratio> content;  ///< of another strength; absent: the product's
    Day from;
    std::optional<Day> to;        ///< last day
    std::optional<Day> recorded;  ///< the day it became known here; absent: always known
    std::string document;
};

struct Listing {
    ProductIndex product = 0;
    money::Price price{0};  ///< last final price per pack
};

struct Winner {
    ProductIndex product = 0;
    money::Price price{0};  ///< per pack of the product
    std::vector<RegionIndex> regions;
};

/// Packs of a product bought in one month (采购明细).
struct Purchase {
    ProductIndex product = 0;
    std::int32_t month = 0;  ///< months since January of year 0
    std::int64_t packs = 0;
};

struct Event {
    std::int64_t seq = 0;
    EventKind kind = EventKind::refuse;
    std::optional<ProductIndex> product;
    std::optional<ObservationIndex> observation;
    std::string reason;
    std::string who;
    Day at;
};

/// A year of the holiday calendar the program carries, told to a campaign whose folder is silent on
/// it.
struct CarriedYear {
    int year = 0;
    std::string digest;  ///< hex SHA-256 of what the year says (docs/linkage.md)
};

struct Campaign {
    std::string id;
    std::string title;
    std::string policy_id;
    std::string region;  ///< whose prices are linked
    Day as_of;
    std::optional<Day>
        known_at;  ///< later records do not exist; absent: everything recorded counts
    Scope scope = Scope::all_listed;
    std::vector<std::string> regions;       ///< by RegionIndex, sorted; at most kRegionsMax
    std::vector<Product> products;          ///< by id, bytewise
    std::vector<Observation> observations;  ///< by id, bytewise
    std::vector<Listing> listings;          ///< by product
    std::vector<Winner> winners;            ///< by product
    std::vector<std::optional<std::int64_t>> packs_per_year;  ///< by product
    std::vector<Event> events;                                ///< by seq
    std::vector<Purchase> purchases;
    WorkingDays working_days;
    std::vector<CarriedYear> carried_years;  ///< by year; already in working_days
    std::vector<round::InputFile> inputs;    ///< by name
    std::vector<round::GivenParameter> given;
};

inline constexpr std::size_t kRegionsMax = 255;
inline constexpr std::int64_t kPackUnitsMax = 1'000'000;

}  // namespace jicai::campaign

namespace jicai::rules {

template <>
struct EnumNames<campaign::SourceClass> {
    static constexpr std::array<std::pair<campaign::SourceClass, std::string_view>, 10> names{
        {{campaign::SourceClass::province_listing, "province_listing"},
         {campaign::SourceClass::province_award, "province_award"},
         {campaign::SourceClass::alliance_award, "alliance_award"},
         {campaign::SourceClass::national_award, "national_award"},
         {campaign::SourceClass::filed_purchase, "filed_purchase"},
         {campaign::SourceClass::city_reference, "city_reference"},
         {campaign::SourceClass::hospital_purchase, "hospital_purchase"},
         {campaign::SourceClass::firm_declared, "firm_declared"},
         {campaign::SourceClass::negotiated, "negotiated"},
         {campaign::SourceClass::emergency, "emergency"}}};
};
template <>
struct EnumNames<campaign::ObservationStatus> {
    static constexpr std::array<std::pair<campaign::ObservationStatus, std::string_view>, 4> names{
        {{campaign::ObservationStatus::in_force, "in_force"},
         {campaign::ObservationStatus::suspended, "suspended"},
         {campaign::ObservationStatus::under_objection, "under_objection"},
         {campaign::ObservationStatus::withdrawn, "withdrawn"}}};
};
template <>
struct EnumNames<campaign::Scope> {
    static constexpr std::array<std::pair<campaign::Scope, std::string_view>, 2> names{
        {{campaign::Scope::all_listed, "all_listed"},
         {campaign::Scope::non_winning, "non_winning"}}};
};
template <>
struct EnumNames<campaign::EventKind> {
    static constexpr std::array<std::pair<campaign::EventKind, std::string_view>, 7> names{
        {{campaign::EventKind::exclude_observation, "exclude_observation"},
         {campaign::EventKind::restore_observation, "restore_observation"},
         {campaign::EventKind::refuse, "refuse"},
         {campaign::EventKind::silent, "silent"},
         {campaign::EventKind::suspend, "suspend"},
         {campaign::EventKind::delist, "delist"},
         {campaign::EventKind::relist, "relist"}}};
};

}  // namespace jicai::rules
