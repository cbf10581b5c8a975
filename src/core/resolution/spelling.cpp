#include "core/resolution/spelling.h"

#include <algorithm>
#include <array>
#include <bit>
#include <functional>

namespace vv::core::resolution {
namespace {

constexpr std::size_t kLongest = 40;

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

int edit_distance(std::string_view a, std::string_view b, int most) {
    const auto n = a.size(), m = b.size();
    const auto gap = n > m ? n - m : m - n;
    if (gap > static_cast<std::size_t>(most) || n > kLongest || m > kLongest) return most + 1;
    std::array<std::array<int, kLongest + 1>, 3> rows{};
    for (std::size_t j = 0; j <= m; ++j) rows[0][j] = static_cast<int>(j);
    for (std::size_t i = 1; i <= n; ++i) {
        auto& row = rows[i % 3];
        const auto& above = rows[(i - 1) % 3];
        row[0] = static_cast<int>(i);
        for (std::size_t j = 1; j <= m; ++j) {
            const int change = a[i - 1] == b[j - 1] ? 0 : 1;
            row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + change});
            const bool swap = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swap) row[j] = std::min(row[j], rows[(i - 2) % 3][j - 2] + 1);
        }
    }
    return std::min(rows[n % 3][m], most + 1);
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
