#pragma once

#include <catalogs/text_table/fault_list.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

/// \file
/// From the bytes of a file to UTF-8 text, or to the fault that says what the bytes are instead.

namespace jicai::catalogs {

/// How the tables of a folder are encoded. It is stated, never guessed.
enum class Encoding : std::uint8_t { utf8, gb18030 };

}  // namespace jicai::catalogs

namespace jicai::catalogs::text_table {

/// Length of the character at the start of `bytes`, 1 to 4; 0 when it is not valid UTF-8.
[[nodiscard]] std::size_t utf8_length(std::string_view bytes);

/// Offset of the first byte that is not part of valid UTF-8; `bytes.size()` when all is valid.
[[nodiscard]] std::size_t utf8_valid_up_to(std::string_view bytes);

/// `bytes` without a UTF-8 byte order mark.
[[nodiscard]] std::string_view without_bom(std::string_view bytes);

/// Text that is valid UTF-8 without a byte order mark and without NUL.
struct DecodedText {
    bool valid = false;
    std::string_view text = {};  ///< into the file's bytes or into `converted`
    std::string converted = {};  ///< what GB18030 became; moving a DecodedText is not allowed after
};

/// Decodes a file. Refusals, the first that applies: file_spreadsheet (zip or OLE magic),
/// file_utf16 (byte order mark), file_nul, then for utf8: encoding_mixed, encoding_looks_gb18030,
/// encoding_invalid; for gb18030: encoding_is_utf8, encoding_not_gb18030. A file with a UTF-8 byte
/// order mark is UTF-8 whatever was stated.
void decode_text(std::string_view bytes, Encoding encoding, FaultList& faults, DecodedText& out);

/// TOML is UTF-8 by its own definition: with `gb18030`, GB18030 is only tried when it is not.
void decode_toml_text(
    std::string_view bytes, Encoding encoding, FaultList& faults, DecodedText& out
);

}  // namespace jicai::catalogs::text_table
