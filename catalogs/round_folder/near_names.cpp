#include <catalogs/round_folder/near_names.h>
#include <catalogs/round_folder/text_table.h>

#include <algorithm>
#include <string>
#include <vector>

namespace jicai::catalogs::round_folder {

namespace {

constexpr std::size_t kDifferencesMax = 2;
constexpr std::size_t kCharactersPerDifference = 3;

std::vector<std::string> characters_of(std::string_view text) {
    std::vector<std::string> characters;
    while (!text.empty()) {
        const std::size_t length = std::max<std::size_t>(utf8_length(text), 1);
        std::string character(text.substr(0, length));
        if (character[0] >= 'A' && character[0] <= 'Z') {
            character[0] = static_cast<char>(character[0] - 'A' + 'a');
        }
        characters.push_back(std::move(character));
        text.remove_prefix(length);
    }
    return characters;
}

std::size_t differences(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0U : 1U);
            diagonal = row[j];
            row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row[b.size()];
}

}  // namespace

bool nearly_same(std::string_view written, std::string_view name) {
    if (written == name) return false;
    // A longer text has more differences than are allowed, whatever it says.
    constexpr std::size_t kBytesOfCharacterMax = 4;
    if (written.size() > name.size() + kDifferencesMax * kBytesOfCharacterMax) return false;
    const std::vector<std::string> meant = characters_of(name);
    const std::size_t allowed = std::min(kDifferencesMax, meant.size() / kCharactersPerDifference);
    return differences(characters_of(written), meant) <= allowed;
}

}  // namespace jicai::catalogs::round_folder
