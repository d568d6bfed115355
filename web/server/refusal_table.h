#pragma once

#include <string>
#include <string_view>

namespace jicai::web {

/// How the service answers a refusal.
struct RefusalAnswer {
    int status = 422;
    int retry_after_seconds = 0;  ///< 0: repeating does not help
};

/// Of a message key; 422 for keys that the table does not name.
[[nodiscard]] RefusalAnswer answer_of_refusal(std::string_view key);

}  // namespace jicai::web
