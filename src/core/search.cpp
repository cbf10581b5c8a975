#include "core/search.h"

#include "base/text.h"
#include "core/resolution/lexicon.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <tuple>

namespace vv::core {
namespace {

constexpr std::size_t kLongest = 40;  // letters that are compared: a longer word is no name

int slips_for(std::size_t letters) {
    return letters < 4 ? 0 : letters < 8 ? 1 : 2;
}

std::uint64_t letters_of(std::string_view word) {
    std::uint64_t letters = 0;
    for (const char c : word) letters |= std::uint64_t{1} << (static_cast<unsigned char>(c) % 64U);
    return letters;
}

// Damerau–Levenshtein between `typed` and the beginning of `word` that is closest to it, or `most` + 1. Rows
// are `typed`'s letters, columns `word`'s.
int slips_to_beginning(std::string_view typed, std::string_view word, int most) {
    using Row = std::array<int, kLongest + 3>;
    word = word.substr(0, std::min(kLongest, typed.size() + static_cast<std::size_t>(most)));
    Row before{};
    Row last{};
    Row row{};
    for (std::size_t j = 0; j <= word.size(); ++j) last[j] = static_cast<int>(j);
    for (std::size_t i = 1; i <= typed.size(); ++i) {
        row[0] = static_cast<int>(i);
        int best = row[0];
        for (std::size_t j = 1; j <= word.size(); ++j) {
            const int changed = last[j - 1] + (typed[i - 1] == word[j - 1] ? 0 : 1);
            row[j] = std::min({changed, last[j] + 1, row[j - 1] + 1});
            if (i > 1 && j > 1 && typed[i - 1] == word[j - 2] && typed[i - 2] == word[j - 1])
                row[j] = std::min(row[j], before[j - 2] + 1);
            best = std::min(best, row[j]);
        }
        if (best > most) return most + 1;
        before = last;
        last = row;
    }
    const auto end = last.begin() + static_cast<std::ptrdiff_t>(word.size()) + 1;
    return std::min(most + 1, *std::min_element(last.begin(), end));
}

struct Near {
    int slips = 0;
    std::size_t longer = 0;  // how much of the word was not typed
    std::string_view word;
};

std::vector<Near> misspelt(std::string_view vocabulary, std::string_view typed) {
    const int most = slips_for(typed.size());
    const std::uint64_t letters = letters_of(typed);
    std::vector<Near> found;
    while (most > 0 && typed.size() <= kLongest && !vocabulary.empty()) {
        const auto blank = vocabulary.find(' ');
        const std::string_view word = vocabulary.substr(0, blank);
        vocabulary.remove_prefix(blank == std::string_view::npos ? vocabulary.size() : blank + 1);
        // A slip brings at most one letter that the word does not have.
        if (std::popcount(letters & ~letters_of(word)) > most || word == typed) continue;
        if (word.size() + static_cast<std::size_t>(most) < typed.size()) continue;
        const int slips = slips_to_beginning(typed, word, most);
        if (slips <= most) found.push_back({slips, std::max(word.size(), typed.size()) - typed.size(), word});
    }
    return found;
}

}  // namespace

std::vector<std::string> near_names(std::string_view vocabulary, std::string_view typed, std::size_t limit) {
    auto found = misspelt(vocabulary, typed);
    std::sort(found.begin(), found.end(), [](const Near& a, const Near& b) {
        return std::tie(a.slips, a.longer, a.word) < std::tie(b.slips, b.longer, b.word);
    });
    std::vector<std::string> names;
    const auto add = [&](std::string_view name) {
        if (names.size() < limit && name != typed &&
            std::find(names.begin(), names.end(), name) == names.end())
            names.emplace_back(name);
    };
    for (const auto full : resolution::full_names(typed)) add(full);
    for (const auto form : resolution::short_forms(typed)) add(form);
    for (const Near& near : found) add(near.word);
    return names;
}

std::string order_of(std::string_view name) {
    std::string folded = fold(name);
    const char first = folded.empty() ? '\0' : folded.front();
    const bool is_word = (first >= 'a' && first <= 'z') || (static_cast<unsigned char>(first) & 0x80U) != 0;
    return is_word ? folded : "\xf4\x8f\xbf\xbd" + folded;
}

}  // namespace vv::core
