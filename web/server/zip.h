#pragma once

#include <map>
#include <string>

namespace jicai::web {

/// A zip archive of `files` in one folder `folder`, in the order of their names, all dated alike:
/// the same files are the same bytes.
[[nodiscard]] std::string zip_of(
    const std::string& folder, const std::map<std::string, std::string>& files
);

}  // namespace jicai::web
