#pragma once

#include <catalogs/text_table/cells.h>
#include <catalogs/text_table/csv_rows.h>
#include <catalogs/text_table/fault_list.h>
#include <catalogs/text_table/text_encoding.h>

/// \file
/// What round folders take over from tables in general.

namespace jicai::catalogs::round_folder {

using text_table::canonical_text;
using text_table::Cell;
using text_table::CellKind;
using text_table::CellRule;
using text_table::check_cell;
using text_table::CsvRow;
using text_table::CsvRows;
using text_table::decode_text;
using text_table::decode_toml_text;
using text_table::DecodedText;
using text_table::fault_key;
using text_table::fault_of_code;
using text_table::FaultArguments;
using text_table::FaultKind;
using text_table::FaultList;
using text_table::is_date;
using text_table::kCellBytesMax;
using text_table::kCode;
using text_table::kCodeOptional;
using text_table::kColumnsMax;
using text_table::kContent;
using text_table::kContentMax;
using text_table::kContentOptional;
using text_table::kFaultKinds;
using text_table::kFaultsCountedMax;
using text_table::kFill;
using text_table::kFillMlMax;
using text_table::kFlag;
using text_table::kFreeText;
using text_table::kFreeTextRequired;
using text_table::kMicroScale;
using text_table::kPackPrice;
using text_table::kPackUnits;
using text_table::kPackUnitsMax;
using text_table::kPackUnitsOptional;
using text_table::kPriceYuanMax;
using text_table::kQuantity;
using text_table::kQuantityMax;
using text_table::kQuantityStep;
using text_table::kQuantityStepMax;
using text_table::kQuantitySumMax;
using text_table::kSequence;
using text_table::kSequenceMax;
using text_table::kTomlTextBytesMax;
using text_table::kUnitPrice;
using text_table::number_of;
using text_table::Place;
using text_table::shown;
using text_table::utf8_length;
using text_table::utf8_valid_up_to;
using text_table::without_bom;

}  // namespace jicai::catalogs::round_folder
