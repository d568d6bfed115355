#include <engine/money/check.h>
#include <web/server/pages.h>

#include <algorithm>

namespace jicai::web {
namespace {

Answer make(const EmbeddedPage& page, bool gzip) {
    Answer answer;
    answer.type = page.type;
    answer.body = std::make_shared<const std::string>(gzip ? page.gzip : page.bytes);
    // Vite puts a digest of the content into the names below assets.
    const bool hashed = page.path.substr(0, 8) == "/assets/";
    answer.headers["Cache-Control"] = hashed ? "public, max-age=31536000, immutable" : "no-cache";
    answer.headers["ETag"] = page.etag;
    if (!page.gzip.empty()) answer.headers["Vary"] = "Accept-Encoding";
    if (gzip) answer.headers["Content-Encoding"] = "gzip";
    return answer;
}

}  // namespace

struct Pages::Entry {
    std::string_view path;
    Answer plain;
    Answer compressed;
};

Pages::Pages() {
    for (const EmbeddedPage& page : embedded_pages()) {
        all_.push_back({page.path, make(page, false), make(page, !page.gzip.empty())});
    }
    std::sort(all_.begin(), all_.end(), [](const Entry& a, const Entry& b) {
        return a.path < b.path;
    });
    JICAI_CHECK(find("/index.html", false) != nullptr);
}

Pages::~Pages() = default;

const Answer* Pages::find(std::string_view path, bool gzip_accepted) const {
    const auto at = std::lower_bound(
        all_.begin(),
        all_.end(),
        path,
        [](const Entry& entry, std::string_view wanted) { return entry.path < wanted; }
    );
    if (at != all_.end() && at->path == path) {
        return gzip_accepted ? &at->compressed : &at->plain;
    }
    const std::string_view last = path.substr(path.rfind('/') + 1);
    const bool page = last.find('.') == std::string_view::npos;
    return page ? find("/index.html", gzip_accepted) : nullptr;
}

}  // namespace jicai::web
