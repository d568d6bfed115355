#include <catalogs/sheet/zip_parts.h>

#include <zip.h>

#include <array>
#include <optional>

namespace jicai::catalogs::sheet {

using text_table::FaultKind;

struct ZipParts::Archive {
    zip_t* zip = nullptr;
    ~Archive() {
        if (zip != nullptr) zip_discard(zip);
    }
    [[nodiscard]] std::optional<zip_uint64_t> find(const std::string& name) const {
        const zip_int64_t index = zip_name_locate(zip, name.c_str(), ZIP_FL_NOCASE);
        if (index < 0) return {};
        return static_cast<zip_uint64_t>(index);
    }
};

namespace {

// How many entries the archive can have at most: libzip allocates for what the directory holds, so
// that is looked at first.
std::size_t entries_at_most(std::string_view bytes) {
    constexpr std::string_view kEntry = "PK\x01\x02";
    std::size_t count = 0;
    for (std::size_t at = bytes.find(kEntry); at != std::string_view::npos && count <= kPartsMax;
         at = bytes.find(kEntry, at + kEntry.size())) {
        ++count;
    }
    return count;
}

class OpenPart {
public:
    OpenPart(zip_t* zip, zip_uint64_t index) : file_(zip_fopen_index(zip, index, 0)) {}
    ~OpenPart() {
        if (file_ != nullptr) zip_fclose(file_);
    }
    OpenPart(const OpenPart&) = delete;
    OpenPart& operator=(const OpenPart&) = delete;
    [[nodiscard]] bool is_open() const { return file_ != nullptr; }
    /// -1 when the data are damaged, 0 at the end.
    [[nodiscard]] std::int64_t read(char* into, std::size_t size) {
        return zip_fread(file_, into, size);
    }

private:
    zip_file_t* file_;
};

}  // namespace

ZipParts::ZipParts(std::string_view bytes, text_table::FaultList& faults)
    : archive_(std::make_unique<Archive>()), faults_(faults) {
    if (entries_at_most(bytes) > kPartsMax) {
        faults_.add(FaultKind::workbook_parts_too_many, {}, {{"bound", std::to_string(kPartsMax)}});
        return;
    }
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    if (source != nullptr) {
        archive_->zip = zip_open_from_source(source, ZIP_RDONLY, &error);
        if (archive_->zip == nullptr) zip_source_free(source);
    }
    if (archive_->zip == nullptr) {
        faults_.add(FaultKind::workbook_damaged, {}, {{"detail", zip_error_strerror(&error)}});
    }
    zip_error_fini(&error);
}

ZipParts::~ZipParts() = default;

bool ZipParts::is_open() const {
    return archive_->zip != nullptr;
}

std::vector<std::string> ZipParts::names() const {
    std::vector<std::string> names;
    if (!is_open()) return names;
    const zip_int64_t count = zip_get_num_entries(archive_->zip, 0);
    for (zip_int64_t i = 0; i < count; ++i) {
        const char* name = zip_get_name(archive_->zip, static_cast<zip_uint64_t>(i), 0);
        if (name != nullptr) names.emplace_back(name);
    }
    return names;
}

bool ZipParts::has(const std::string& name) const {
    return is_open() && archive_->find(name).has_value();
}

bool ZipParts::read(const std::string& name, const std::function<Take(std::string_view)>& take) {
    const auto damaged = [&](const char* detail) {
        faults_.add(FaultKind::workbook_damaged, {}, {{"detail", name + ": " + detail}});
        return false;
    };
    const auto index = archive_->find(name);
    if (!index) return damaged("missing");
    zip_stat_t stat;
    zip_stat_init(&stat);
    zip_stat_index(archive_->zip, *index, 0, &stat);
    const std::uint64_t packed = (stat.valid & ZIP_STAT_COMP_SIZE) != 0 ? stat.comp_size : 0;
    OpenPart part(archive_->zip, *index);
    if (!part.is_open()) return damaged(zip_strerror(archive_->zip));
    std::array<char, 64 * 1024> buffer{};
    std::uint64_t of_part = 0;
    while (true) {
        const std::int64_t size = part.read(buffer.data(), buffer.size());
        if (size < 0) return damaged("data do not match their checksum");
        if (size == 0) return true;
        of_part += static_cast<std::uint64_t>(size);
        unpacked_ += static_cast<std::uint64_t>(size);
        if (unpacked_ > kUnpackedBytesMax ||
            (of_part > kRatioFreeBytes && of_part / kRatioMax > packed)) {
            faults_.add(
                FaultKind::workbook_bomb,
                {},
                {{"part", name},
                 {"unpacked", std::to_string(of_part)},
                 {"packed", std::to_string(packed)},
                 {"bound", std::to_string(kUnpackedBytesMax)},
                 {"ratio", std::to_string(kRatioMax)}}
            );
            return false;
        }
        if (take({buffer.data(), static_cast<std::size_t>(size)}) == Take::stop) return true;
    }
}

}  // namespace jicai::catalogs::sheet
