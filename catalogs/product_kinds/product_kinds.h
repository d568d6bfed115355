#pragma once

#include <engine/rules/parameter.h>

#include <string>
#include <string_view>
#include <vector>

/// \file
/// Which kind of product counts for which policy (product_kinds.toml), each with how well it is
/// known.

namespace jicai::catalogs {

struct KindPolicy {
    std::string policy;  ///< "surplus_retention"; message word.policy.<policy>
    bool counts = false;
    rules::Evidence evidence = rules::Evidence::assumed;
    std::string note_zh;
    std::string note_en;
};

struct KindOfProduct {
    std::string name;  ///< "tcm_patent", as engine/catalogue/kinds.h has it
    std::vector<KindPolicy> policies;
};

/// The file's kinds in its order. Throws BrokenInvariant when the file is at fault: it is ours.
[[nodiscard]] const std::vector<KindOfProduct>& product_kinds();

/// The file itself.
[[nodiscard]] std::string_view product_kinds_text();

}  // namespace jicai::catalogs
