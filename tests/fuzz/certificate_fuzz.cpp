// The certificate decoder. Any bytes: no crash, a document or a fault inside the file that can be
// shown. What it reads, written canonically, it reads back the same.

#include <catalogs/certificate_file/certificate_file.h>
#include <engine/money/check.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace jicai;
    const std::string bytes(data, data + size);
    const catalogs::CertificateRead read = catalogs::read_certificate("c.json", bytes);
    JICAI_CHECK(read.document.has_value() != read.fault.has_value());
    if (read.fault) {
        const auto printable = [](char c) { return c >= ' ' && c <= '~'; };
        JICAI_CHECK(read.fault->message.key.compare(0, 18, "fault.certificate_") == 0);
        JICAI_CHECK(std::all_of(read.fault->value.begin(), read.fault->value.end(), printable));
        return 0;
    }
    const std::string canonical = read.document->canonical();
    const catalogs::CertificateRead again = catalogs::read_certificate("c.json", canonical);
    JICAI_CHECK(again.document.has_value());
    JICAI_CHECK(*again.document == *read.document);
    JICAI_CHECK(again.document->canonical() == canonical);
    return 0;
}
