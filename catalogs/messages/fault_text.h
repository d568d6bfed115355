#pragma once

#include <catalogs/fault.h>
#include <catalogs/messages/message_catalog.h>

#include <string>
#include <string_view>

/// \file
/// Faults as text for a terminal or a log.

namespace jicai::catalogs {

/// "file:row:column: sentence"; parts that are not known are left out ("file: sentence"). For a
/// fault with a source line two more lines follow, the line and a caret under its column:
///
///     gy.toml:12:14: “entry.max_entrants”……
///         max_entrants = { value = 3 }
///                                  ^
///
/// Wide East Asian characters before the caret are stood for by full-width spaces, so that the
/// caret stands right wherever they are twice as wide as a Latin letter. A long line is shown from
/// 60 characters before the column on; control characters as "·".
[[nodiscard]] std::string fault_text(
    const MessageCatalog& catalog, Language language, const Fault& fault
);

/// Whether a terminal gives the character two columns (Unicode East Asian Width W and F).
[[nodiscard]] bool is_wide(char32_t character);

}  // namespace jicai::catalogs
