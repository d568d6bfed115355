#pragma once

#include <engine/ports/catalogue_store.h>

#include <optional>
#include <string_view>
#include <vector>

/// \file
/// Words of the kinds in catalogues, as tables, API and messages (sheet_choice.<table>.<column>.*)
/// have them.

namespace jicai::catalogue {

/// public, military, private_designated, pharmacy, clinic
[[nodiscard]] std::string_view name_of(ports::InstitutionKind kind);
/// must, voluntary
[[nodiscard]] std::string_view name_of(ports::Duty duty);
/// third, second, first, unrated
[[nodiscard]] std::string_view name_of(ports::InstitutionLevel level);
/// western, tcm_patent, tcm_granules, tcm_pieces, hospital_preparation, consumable, reagent
[[nodiscard]] std::string_view name_of(ports::ProductKind kind);
/// country, province, city, county
[[nodiscard]] std::string_view name_of(ports::RegionLevel level);

/// The kind of a word; nothing: it is none.
[[nodiscard]] std::optional<ports::InstitutionKind> find_institution_kind(std::string_view name);
/// The same of a duty.
[[nodiscard]] std::optional<ports::Duty> find_duty(std::string_view name);
/// The same of a level.
[[nodiscard]] std::optional<ports::InstitutionLevel> find_institution_level(std::string_view name);
/// The same of a kind of product.
[[nodiscard]] std::optional<ports::ProductKind> find_product_kind(std::string_view name);
/// The same of a level of regions.
[[nodiscard]] std::optional<ports::RegionLevel> find_region_level(std::string_view name);

/// In the order of their numbers.
[[nodiscard]] const std::vector<ports::InstitutionKind>& all_institution_kinds();
[[nodiscard]] const std::vector<ports::ProductKind>& all_product_kinds();

/// The kinds of product a national code can be of; the first is the usual one. Of other codes (a
/// hospital's own): hospital_preparation.
[[nodiscard]] std::vector<ports::ProductKind> kinds_of_code(std::string_view code);

/// The level of a region by the digits of its code: 230000, 230100, 230102.
[[nodiscard]] ports::RegionLevel level_of_region(std::string_view code);
/// "230100" of "230102"; "000000" of a province; empty of the country.
[[nodiscard]] std::string parent_of_region(std::string_view code);

}  // namespace jicai::catalogue
