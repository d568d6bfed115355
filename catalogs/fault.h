#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <engine/decision/message.h>

namespace jicai::catalogs {

/// One fault of a file someone gave us. Decoders collect all faults of a file in one pass, in order of position.
struct Fault {
    std::string file;         ///< "bids.csv"
    std::uint64_t row = 0;    ///< line of the file, 1 = header; 0 when the fault is of the whole file
    std::uint64_t column_number = 0;  ///< character position in a TOML line, column of a spreadsheet (1 is A)
    std::string column;       ///< column name, or empty
    std::string value;        ///< the offending text, cut to 80 characters, control characters escaped
    std::string source_line;  ///< TOML files: the line, for the caret; empty elsewhere
    decision::Message message;  ///< key "fault.*"; says what is wrong, the bound, and how to mend it
};

/// After this many faults of one file the rest are only counted (message fault.more).
inline constexpr std::size_t kFaultsShownMax = 1000;

}  // namespace jicai::catalogs
