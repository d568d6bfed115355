#pragma once

#include <engine/ports/catalogue_store.h>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// Regions as files, policies and the register of regions call them.

namespace jicai::prices {

/// Of a province as policies call it (catalogs/linkage): "湖南" of "湖南省", "内蒙古" of
/// "内蒙古自治区". Other names stay as they are.
[[nodiscard]] std::string policy_name(std::string_view name);

class RegionWords {
public:
    explicit RegionWords(const std::vector<ports::Region>& regions);

    /// The code of a region given by its code, its name, or a province's short name. Nothing:
    /// unknown, or several regions have the name.
    [[nodiscard]] std::optional<std::string> code_of(const std::string& text) const;
    /// The province a region lies in, as policies call it: "广东" of 440100. The code itself where
    /// the register has no such province.
    [[nodiscard]] std::string province_of(const std::string& code) const;

private:
    std::map<std::string, std::string> code_of_;    ///< by code and name; empty: ambiguous
    std::map<std::string, std::string> provinces_;  ///< by the first two digits
};

}  // namespace jicai::prices
