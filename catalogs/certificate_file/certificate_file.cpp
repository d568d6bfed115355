#include <catalogs/certificate_file/certificate_file.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

namespace jicai::catalogs {
namespace {

using decision::Json;
using nlohmann::json;

constexpr std::int64_t kWholeNumberMax = (std::int64_t{1} << 53U) - 1;
constexpr std::size_t kValueShownMax = 80;

/// Forward over the bytes, counting them where the caller can see: the parser itself tells its
/// position only for faults of its own.
class CountingIterator {
public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;

    CountingIterator(const char* at, std::uint64_t* count) : at_(at), count_(count) {}
    reference operator*() const { return *at_; }
    CountingIterator& operator++() {
        ++at_;
        ++*count_;
        return *this;
    }
    CountingIterator operator++(int) {
        CountingIterator before = *this;
        ++*this;
        return before;
    }
    friend bool operator==(const CountingIterator& left, const CountingIterator& right) {
        return left.at_ == right.at_;
    }

private:
    const char* at_;
    std::uint64_t* count_;
};

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char byte) {
        return static_cast<unsigned char>(byte) < 0x80;
    });
}

/// At most kValueShownMax bytes, escaped as in JSON; DEL and bytes that are not ASCII as \xNN,
/// since the fault may be that they are not text.
std::string shown(std::string_view text) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    const std::string quoted = Json(std::string(text.substr(0, kValueShownMax))).canonical();
    std::string safe;
    for (const char byte : quoted.substr(1, quoted.size() - 2)) {
        const auto code = static_cast<unsigned char>(byte);
        if (code < 0x7F) {
            safe += byte;
        } else {
            safe += {'\\', 'x', kHex[code >> 4U], kHex[code & 0xFU]};
        }
    }
    return safe;
}

/// Builds the document from the parser's events. A handler that returns false ends the parse with
/// `problem_` set.
class Builder : public nlohmann::json_sax<json> {
public:
    explicit Builder(const std::uint64_t& offset) : offset_(offset) {}

    bool null() override { return add(Json()); }
    bool boolean(bool value) override { return add(Json(value)); }
    bool number_integer(number_integer_t value) override {
        if (value < -kWholeNumberMax)
            return refuse("fault.certificate_number_too_large", std::to_string(value));
        return add(Json(value));
    }
    bool number_unsigned(number_unsigned_t value) override {
        if (value > static_cast<std::uint64_t>(kWholeNumberMax)) {
            return refuse("fault.certificate_number_too_large", std::to_string(value));
        }
        return add(Json(static_cast<std::int64_t>(value)));
    }
    bool number_float(number_float_t, const string_t& text) override {
        return refuse("fault.certificate_number_not_whole", text);
    }
    bool string(string_t& value) override { return add(Json(std::move(value))); }
    bool binary(binary_t&) override { return refuse("fault.certificate_not_json", ""); }
    bool start_object(std::size_t) override { return open(Json(Json::Object{})); }
    bool start_array(std::size_t) override { return open(Json(Json::Array{})); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }
    bool key(string_t& name) override {
        if (!is_ascii(name)) return refuse("fault.certificate_name_not_ascii", name);
        if (open_.back().value.object().count(name) > 0) {
            return refuse("fault.certificate_name_twice", name);
        }
        open_.back().name = std::move(name);
        return true;
    }
    bool parse_error(std::size_t, const std::string& token, const json::exception& error) override {
        // 406: a number beyond every range, the one fault of the lexer that is about a value.
        return refuse(
            error.id == 406 ? "fault.certificate_number_not_whole" : "fault.certificate_not_json",
            token
        );
    }

    [[nodiscard]] Json& document() { return document_; }
    [[nodiscard]] const std::string& problem() const { return problem_; }
    [[nodiscard]] const std::string& value() const { return value_; }
    [[nodiscard]] std::uint64_t offset() const { return problem_offset_; }

private:
    struct Open {
        Json value;
        std::string name;
    };

    bool open(Json container) {
        if (open_.size() == kCertificateDepthMax) return refuse("fault.certificate_too_deep", "");
        open_.push_back({std::move(container), ""});
        return true;
    }
    bool close() {
        Json done = std::move(open_.back().value);
        open_.pop_back();
        return add(std::move(done));
    }
    bool add(Json value) {
        if (open_.empty()) {
            document_ = std::move(value);
        } else if (open_.back().value.is_object()) {
            open_.back().value.object().emplace(std::move(open_.back().name), std::move(value));
        } else {
            open_.back().value.array().push_back(std::move(value));
        }
        return true;
    }
    bool refuse(const char* problem, std::string_view value) {
        problem_ = problem;
        value_ = shown(value);
        problem_offset_ = offset_;
        return false;
    }

    const std::uint64_t& offset_;
    std::vector<Open> open_;
    Json document_;
    std::string problem_;
    std::string value_;
    std::uint64_t problem_offset_ = 0;
};

Fault fault_of(
    const std::string& file, const std::string& key, std::uint64_t offset, const std::string& value
) {
    Fault fault;
    fault.file = file;
    fault.value = value;
    fault.message = {key, {{"file", file}, {"offset", std::to_string(offset)}, {"value", value}}};
    return fault;
}

}  // namespace

CertificateRead read_certificate(const std::string& file, std::string_view bytes) {
    if (bytes.size() > kCertificateBytesMax) {
        return {
            std::nullopt,
            fault_of(
                file,
                "fault.certificate_too_large",
                kCertificateBytesMax,
                std::to_string(bytes.size())
            )};
    }
    if (bytes.substr(0, 3) == "\xEF\xBB\xBF") {
        return {std::nullopt, fault_of(file, "fault.certificate_byte_order_mark", 0, "")};
    }
    // The parser takes a NUL for the end of the text and would not look at what follows.
    if (const std::size_t nul = bytes.find('\0'); nul != std::string_view::npos) {
        return {std::nullopt, fault_of(file, "fault.certificate_not_json", nul, "\\u0000")};
    }
    std::uint64_t offset = 0;
    Builder builder(offset);
    const bool read = json::sax_parse(
        CountingIterator(bytes.data(), &offset),
        CountingIterator(bytes.data() + bytes.size(), &offset),
        &builder
    );
    if (!read) {
        return {std::nullopt, fault_of(file, builder.problem(), builder.offset(), builder.value())};
    }
    if (!builder.document().is_object()) {
        return {std::nullopt, fault_of(file, "fault.certificate_not_an_object", 0, "")};
    }
    return {std::move(builder.document()), std::nullopt};
}

}  // namespace jicai::catalogs
