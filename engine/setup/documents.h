#pragma once

#include <engine/setup/work.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// Files attached to a round: what may be attached where, by whom, and how much of it.

namespace jicai::setup {

/// When a kind of document may be attached, both stages included. docs/rounds-at-work.md has the
/// same table.
struct DocumentRule {
    std::string kind;  ///< messages: word.document.<kind>
    procedure::Stage first;
    procedure::Stage last;
    bool office = false;  ///< by the office that runs the round alone
};
[[nodiscard]] const std::vector<DocumentRule>& document_rules();
/// The kinds of document_rules(), in their order.
[[nodiscard]] const std::vector<std::string>& document_kinds();

/// The media type by the first bytes: PDF, PNG, JPEG, xlsx or docx (a zip archive that says so).
/// Empty: none of them.
[[nodiscard]] std::string media_type(std::string_view bytes);

inline constexpr std::int64_t kDocumentBytesMax = std::int64_t{20} << 20;
/// Documents of one kind an organisation attaches to a round; to a hospital's report so many more.
inline constexpr std::int64_t kDocumentsOfKindMax = 20;
/// The same of the office that runs the round: agreements come one by one.
inline constexpr std::int64_t kOfficeDocumentsOfKindMax = 500;

/// Attaches a file. `document.bytes`, `digest` and `type` are filled in by the caller;
/// `document.object` is empty or "report:" and the code of a hospital whose volumes the doer sees.
/// Refused, in this order, as need_act(attach_review) does (reviews), with access.denied (`office`
/// kinds by others; reviews by others than officers and the discipline authority), document.stage,
/// document.object, document.empty, document.type, document.too_large, document.replace (`replaces`
/// is not 0 and not one of the same kind in a draft), document.too_many. Otherwise it takes the
/// place of `replaces`, which is gone then.
std::int64_t attach(
    ports::Transaction& transaction,
    const Doer& doer,
    const ports::StoredRound& round,
    ports::Document document,
    const std::string& content,
    std::int64_t replaces = 0
);

}  // namespace jicai::setup
