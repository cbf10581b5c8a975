#include "core/resolution/spelling.h"

#include <algorithm>
#include <array>
#include <bit>
#include <functional>

namespace vv::core::resolution {
namespace {

constexpr std::size_t kLongest = 64;  // letters: as many as a word has bits

bool is_vowel(char c) {
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y' || c == 'j' || c == 'w' ||
           c == 'h';
}

struct Sound {
    std::string_view written;
    char sound;
};
// The longest first. Transliteration of Slavic, Greek and Chinese names differs most in these.
constexpr std::array<Sound, 17> kSounds{{{"shch", 'S'},
                                         {"sch", 'S'},
                                         {"tsch", 'C'},
                                         {"tch", 'C'},
                                         {"sh", 'S'},
                                         {"ch", 'C'},
                                         {"zh", 'Z'},
                                         {"kh", 'h'},
                                         {"ph", 'f'},
                                         {"th", 't'},
                                         {"ck", 'k'},
                                         {"ks", 'x'},
                                         {"cz", 'C'},
                                         {"sz", 'S'},
                                         {"rz", 'Z'},
                                         {"ts", 'c'},
                                         {"gh", 'g'}}};

char single_sound(char c) {
    switch (c) {
        case 'q':
        case 'c':
            return 'k';
        case 'v':
            return 'f';
        case 'z':
            return 's';
        default:
            return c;
    }
}

std::string without_umlaut_e(std::string_view word) {
    std::string out;
    for (std::size_t i = 0; i < word.size(); ++i) {
        out += word[i];
        const bool umlaut = word[i] == 'a' || word[i] == 'o' || word[i] == 'u';
        if (umlaut && i + 1 < word.size() && word[i + 1] == 'e') ++i;
    }
    return out;
}

}  // namespace

std::string skeleton(std::string_view word) {
    std::string out;
    for (std::size_t i = 0; i < word.size();) {
        char sound = 0;
        std::size_t length = 1;
        for (const auto& s : kSounds)
            if (word.substr(i).starts_with(s.written)) {
                sound = s.sound;
                length = s.written.size();
                break;
            }
        if (sound == 0) sound = single_sound(word[i]);
        if (is_vowel(sound)) {
            if (i == 0) out += 'a';  // only that there is one: "yezhov" and "ezhov"
        } else if (out.empty() || out.back() != sound) {
            out += sound;
        }
        i += length;
    }
    return out;
}

std::string consonants(std::string_view word) {
    static constexpr std::array<std::pair<std::string_view, char>, 9> kTogether{{{"tz", 's'},
                                                                                 {"ts", 's'},
                                                                                 {"sh", 's'},
                                                                                 {"ch", 'k'},
                                                                                 {"kh", 'k'},
                                                                                 {"th", 't'},
                                                                                 {"ph", 'b'},
                                                                                 {"gh", 'g'},
                                                                                 {"dh", 'd'}}};
    static constexpr std::string_view kFrom = "vfpqcxzj", kTo = "bbbkkksg";
    std::string out;
    char before = 0;
    for (std::size_t i = 0; i < word.size(); ++i) {
        char sign = word[i];
        for (const auto& [written, sound] : kTogether)
            if (word.substr(i).starts_with(written)) sign = sound, ++i;
        if (const auto at = kFrom.find(sign); at != std::string_view::npos) sign = kTo[at];
        const bool weak = std::string_view("aeiouyhw").find(sign) != std::string_view::npos;
        const bool letter = sign >= 'a' && sign <= 'z';
        if (letter && !weak && sign != before) out += sign;
        if (letter) before = sign;
    }
    return out;
}

// Hyyrö's bit vectors (2003): a column of the table in one word, neighbours swapped included.
int edit_distance(std::string_view a, std::string_view b, int most) {
    const auto n = a.size(), m = b.size();
    const auto gap = n > m ? n - m : m - n;
    if (gap > static_cast<std::size_t>(most) || n > kLongest || m > kLongest) return most + 1;
    if (n == 0) return static_cast<int>(m);
    std::array<std::uint64_t, 256> rows;  // which places of `a` hold the letter; set where it is read
    for (const char c : b) rows[static_cast<unsigned char>(c)] = 0;
    for (const char c : a) rows[static_cast<unsigned char>(c)] = 0;
    for (std::size_t i = 0; i < n; ++i) rows[static_cast<unsigned char>(a[i])] |= std::uint64_t{1} << i;
    const std::uint64_t last = std::uint64_t{1} << (n - 1);
    std::uint64_t up = ~std::uint64_t{0}, down = 0, level = 0, before = 0;
    int distance = static_cast<int>(n);
    for (const char c : b) {
        const auto here = rows[static_cast<unsigned char>(c)];
        const auto swapped = ((~level & here) << 1) & before;
        level = (((here & up) + up) ^ up) | here | down | swapped;
        auto right = down | ~(level | up);
        const auto left = level & up;
        distance += static_cast<int>((right & last) != 0) - static_cast<int>((left & last) != 0);
        right = (right << 1) | 1;
        up = (left << 1) | ~(level | right);
        down = right & level;
        before = here;
    }
    return std::min(distance, most + 1);
}

Spelling::Spelling(std::string_view text) : word(text) {
    const auto hash = std::hash<std::string_view>{};
    if (const auto heard = skeleton(text); heard.size() >= 3) sounds = hash(heard);
    plain = hash(without_umlaut_e(text));
    for (const char c : text)
        if (c >= 'a' && c <= 'z') letters |= 1U << (c - 'a');
}

bool is_similar(const Spelling& a, const Spelling& b) {
    const auto shorter = std::min(a.word.size(), b.word.size());
    if (shorter < 4) return false;
    if ((a.sounds != 0 && a.sounds == b.sounds) || a.plain == b.plain) return true;
    const int most = shorter >= 8 ? 2 : 1;
    if (std::popcount(a.letters ^ b.letters) > 2 * most) return false;
    return edit_distance(a.word, b.word, most) <= most;
}

bool is_shortened(std::string_view a, std::string_view b) {
    const auto& shorter = a.size() < b.size() ? a : b;
    const auto& longer = a.size() < b.size() ? b : a;
    return shorter.size() >= 3 && longer.size() > shorter.size() && longer.starts_with(shorter);
}

}  // namespace vv::core::resolution
