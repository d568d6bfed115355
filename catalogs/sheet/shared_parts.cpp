#include <catalogs/sheet/number_text.h>
#include <catalogs/sheet/shared_parts.h>

#include <charconv>
#include <map>

namespace jicai::catalogs::sheet {
namespace {

std::uint32_t number_of(std::string_view text, std::uint32_t otherwise) {
    std::uint32_t number = otherwise;
    const auto [at, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && at == text.data() + text.size() ? number : otherwise;
}

class SharedTextReader : public XmlHandler {
public:
    explicit SharedTextReader(SharedTexts& texts) : texts_(texts) {}
    void begin(std::string_view name, const Attributes&) override {
        if (name == "si") current_.clear();
        if (name == "rPh") ++phonetic_;
        in_text_ = name == "t" && phonetic_ == 0;
    }
    void end(std::string_view name) override {
        if (name == "si") texts_.add(unescaped(current_));
        if (name == "rPh") --phonetic_;
        in_text_ = false;
    }
    void text(std::string_view characters) override {
        if (in_text_) current_ += characters;
    }
    [[nodiscard]] bool is_done() const override {
        return texts_.bytes() + current_.size() > kSharedBytesMax ||
               texts_.size() > kSharedTextsMax;
    }

private:
    SharedTexts& texts_;
    std::string current_;
    int phonetic_ = 0;
    bool in_text_ = false;
};

class StyleReader : public XmlHandler {
public:
    explicit StyleReader(std::vector<bool>& is_date) : is_date_(is_date) {}
    void begin(std::string_view name, const Attributes& attributes) override {
        if (name == "numFmt") {
            dates_[number_of(attributes["numFmtId"], 0)] = is_date_format(attributes["formatCode"]);
        }
        if (name == "cellXfs") in_cells_ = true;
        if (name != "xf" || !in_cells_ || is_date_.size() >= kStylesMax) return;
        const std::uint32_t format = number_of(attributes["numFmtId"], 0);
        const auto own = dates_.find(format);
        is_date_.push_back(own != dates_.end() ? own->second : is_date_format_number(format));
    }
    void end(std::string_view name) override {
        if (name == "cellXfs") in_cells_ = false;
    }
    void text(std::string_view /*characters*/) override {}

private:
    static constexpr std::size_t kStylesMax = 100'000;
    std::vector<bool>& is_date_;
    std::map<std::uint32_t, bool> dates_;
    bool in_cells_ = false;
};

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

}  // namespace

void SharedTexts::add(std::string_view text) {
    bytes_ += text;
    ends_.push_back(bytes_.size());
}

std::string_view SharedTexts::operator[](std::size_t index) const {
    const std::size_t begin = index == 0 ? 0 : ends_[index - 1];
    return std::string_view(bytes_).substr(begin, ends_[index] - begin);
}

bool read_shared_texts(
    ZipParts& parts, const std::string& part, text_table::FaultList& faults, SharedTexts& texts
) {
    SharedTextReader reader(texts);
    if (!read_xml(parts, part, reader, faults)) return false;
    if (!reader.is_done()) return true;
    faults.add(
        text_table::FaultKind::workbook_bomb,
        {},
        {{"part", part},
         {"unpacked", std::to_string(texts.bytes())},
         {"packed", "?"},
         {"bound", std::to_string(kSharedBytesMax)},
         {"ratio", std::to_string(kRatioMax)}}
    );
    return false;
}

bool read_date_styles(
    ZipParts& parts,
    const std::string& part,
    text_table::FaultList& faults,
    std::vector<bool>& is_date
) {
    StyleReader reader(is_date);
    return read_xml(parts, part, reader, faults);
}

std::string unescaped(std::string_view text) {
    if (text.find("_x00") == std::string_view::npos) return std::string(text);
    std::string plain;
    plain.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool escape =
            text.substr(i, 4) == "_x00" && i + 6 < text.size() && text[i + 6] == '_';
        const int high = escape ? hex_digit(text[i + 4]) : -1;
        const int low = escape ? hex_digit(text[i + 5]) : -1;
        if (high < 0 || low < 0 || high > 7) {
            plain.push_back(text[i]);
            continue;
        }
        plain.push_back(static_cast<char>(high * 16 + low));
        i += 6;
    }
    return plain;
}

}  // namespace jicai::catalogs::sheet
