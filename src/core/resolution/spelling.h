// core/resolution/spelling.h — whether two folded words may be spellings of one name.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace vv::core::resolution {

/// The sounds that survive transliteration and typing habits: "khrushchyova" and "hruseva" have one skeleton.
/// Vowels fall away but at the start, doubled letters once.
std::string skeleton(std::string_view word);

/// What is left of a name in scripts without vowels, one sign for sounds that change places: "avraham" and
/// "brhm".
std::string consonants(std::string_view word);

/// A word with what is_similar() asks of it, worked out once.
struct Spelling {
    explicit Spelling(std::string_view word);

    std::string_view word;      // not owned
    std::uint64_t sounds = 0;   // hash of the skeleton, when that has three sounds and more
    std::uint64_t plain = 0;    // hash of the word with "ae", "oe", "ue" as "a", "o", "u"
    std::uint32_t letters = 0;  // which letters occur
};

/// One slip (a letter added, lost, changed or swapped) in words of four letters and more, two from eight on,
/// or one skeleton of three sounds and more; "ae", "oe", "ue" equal "a", "o", "u".
bool is_similar(const Spelling& a, const Spelling& b);

/// One is the other's beginning, three letters and more: "jian" for "jianguo".
bool is_shortened(std::string_view a, std::string_view b);

/// Damerau–Levenshtein distance (adjacent swaps count one, no place is changed twice), or `most` + 1 when it
/// is more or a word has over 64 letters. O(|a| + |b|).
int edit_distance(std::string_view a, std::string_view b, int most);

}  // namespace vv::core::resolution
