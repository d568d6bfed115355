#pragma once

#include <web/server/answer.h>

#include <string>
#include <string_view>
#include <vector>

/// \file
/// The browser interface: the files that web/ui builds, carried by the binary.

namespace jicai::web {

/// One file, as it is embedded at build time.
struct EmbeddedPage {
    std::string_view path;   ///< "/assets/index-4f2a.js"
    std::string_view type;   ///< "text/javascript; charset=utf-8"
    std::string_view etag;   ///< with its quotes
    std::string_view bytes;  ///< as it is
    std::string_view gzip;   ///< compressed; empty where that gains nothing
};

/// All of them, "/index.html" among them.
[[nodiscard]] const std::vector<EmbeddedPage>& embedded_pages();

/// Answers of all pages, made once.
class Pages {
public:
    Pages();
    ~Pages();

    /// The page at `path`; index.html for "/" and for every unknown path whose last segment has no
    /// dot (the interface has addresses of its own). Null: there is none.
    [[nodiscard]] const Answer* find(std::string_view path, bool gzip_accepted) const;

private:
    struct Entry;
    std::vector<Entry> all_;
};

}  // namespace jicai::web
