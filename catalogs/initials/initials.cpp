#include <catalogs/initials/initials.h>

#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <array>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <unordered_map>
#include <utility>

namespace jicai::catalogs {
namespace {

/// What a character is called in a word, where ICU knows only its commonest reading. Longer words
/// stand in front of shorter ones that begin alike.
constexpr auto kWords = std::to_array<std::pair<std::string_view, std::string_view>>({
    // drugs and what is said of them
    {"重组", "cz"}, {"重楼", "cl"}, {"重酒石酸", "zjss"}, {"生长", "sz"}, {"增长", "zz"},
    {"成长", "cz"}, {"参考", "ck"}, {"参比", "cb"},       {"参加", "cj"}, {"白术", "bz"},
    {"苍术", "cz"}, {"莪术", "ez"}, {"东阿", "de"},       {"阿胶", "ej"}, {"藏红花", "zhh"},
    {"蛤蚧", "gj"}, {"蛤壳", "gq"}, {"地壳", "dq"},       {"弹性", "tx"}, {"膀胱", "pg"},
    {"泊沙", "bs"}, {"伽马", "gm"}, {"荨麻", "qm"},       {"调节", "tj"}, {"调脂", "tz"},
    {"调经", "tj"}, {"调理", "tl"}, {"单于", "cy"},       {"大厦", "ds"}, {"储藏", "cc"},  // places
    {"重庆", "cq"}, {"单县", "sx"}, {"厦门", "xm"},       {"尉犁", "yl"}, {"铅山", "ys"},
    {"乐清", "yq"}, {"曾都", "zd"}, {"会稽", "kj"},       {"解州", "xz"}, {"洪洞", "ht"},
    {"番禺", "py"}, {"犍为", "qw"}, {"筠连", "jl"},       {"浚县", "xx"}, {"繁峙", "fs"},
    {"枞阳", "zy"}, {"泌阳", "by"}, {"涡阳", "gy"},       {"长子", "zz"}, {"调兵山", "dbs"},
    {"蔚县", "yx"}, {"行唐", "xt"}, {"秘鲁", "bl"},       {"银行", "yh"}, {"行业", "hy"},
    {"会计", "kj"},
});

/// Characters whose reading in names of this trade is another than ICU's.
constexpr auto kCharacters = std::to_array<std::pair<std::string_view, char>>({
    {"长", 'c'},  // 长春, 长效; not 生长
    {"重", 'z'},  // not 重庆, 重组
    {"参", 's'},  // 人参, 丹参
    {"藏", 'z'},  // 西藏
});

/// The first letter ICU gives a character; '\0': none.
class Readings {
public:
    char letter(UChar32 character) {
        const std::lock_guard lock(mutex_);
        if (const auto at = known_.find(character); at != known_.end()) return at->second;
        if (transliterator_ == nullptr) make();
        icu::UnicodeString text(character);
        transliterator_->transliterate(text);
        const UChar32 first = text.isEmpty() ? 0 : text.char32At(0);
        const char letter = first >= 'a' && first <= 'z' ? static_cast<char>(first) : '\0';
        known_.emplace(character, letter);
        return letter;
    }

private:
    void make() {
        UErrorCode error = U_ZERO_ERROR;
        transliterator_.reset(icu::Transliterator::createInstance(
            "Han-Latin; Latin-ASCII; Lower", UTRANS_FORWARD, error
        ));
        if (U_FAILURE(error) || transliterator_ == nullptr) {
            throw std::runtime_error(std::string("ICU has no Han-Latin: ") + u_errorName(error));
        }
    }

    std::mutex mutex_;
    std::unique_ptr<icu::Transliterator> transliterator_;
    std::unordered_map<UChar32, char> known_;
};

/// Bytes of the UTF-8 character that begins so; what begins none is taken one by one.
std::size_t length_of(char first) {
    const auto byte = static_cast<unsigned char>(first);
    if (byte < 0xC0 || byte >= 0xF8) return 1;
    return byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

char letter_of(UChar32 character, std::string_view bytes) {
    if (character < 0x80) {
        const char c = static_cast<char>(character);
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) return c;
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : '\0';
    }
    for (const auto& [text, letter] : kCharacters) {
        if (bytes == text) return letter;
    }
    static Readings readings;
    return readings.letter(character);
}

}  // namespace

std::string initials_of(std::string_view name) {
    std::string initials;
    std::size_t at = 0;
    while (at < name.size()) {
        const std::string_view rest = name.substr(at);
        bool word = false;
        for (const auto& [text, letters] : kWords) {
            if (rest.substr(0, text.size()) != text) continue;
            initials += letters;
            at += text.size();
            word = true;
            break;
        }
        if (word) continue;
        const std::string_view bytes = rest.substr(0, length_of(rest.front()));
        const icu::StringPiece piece(bytes.data(), static_cast<std::int32_t>(bytes.size()));
        const char letter = letter_of(icu::UnicodeString::fromUTF8(piece).char32At(0), bytes);
        if (letter != '\0') initials += letter;
        at += bytes.size();
    }
    return initials;
}

}  // namespace jicai::catalogs
