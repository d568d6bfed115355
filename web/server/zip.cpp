#include <web/server/zip.h>

#include <Poco/DateTime.h>
#include <Poco/Path.h>
#include <Poco/Zip/Compress.h>

#include <sstream>

namespace jicai::web {

std::string zip_of(const std::string& folder, const std::map<std::string, std::string>& files) {
    std::ostringstream out;
    Poco::Zip::Compress archive(out, /*seekableOut=*/true);
    const Poco::DateTime dated(2000, 1, 1);
    for (const auto& [name, bytes] : files) {
        std::istringstream in(bytes);
        archive.addFile(
            in,
            dated,
            Poco::Path(folder + "/" + name, Poco::Path::PATH_UNIX),
            Poco::Zip::ZipCommon::CM_DEFLATE
        );
    }
    archive.close();
    return out.str();
}

}  // namespace jicai::web
