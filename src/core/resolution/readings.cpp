#include "core/resolution/readings.h"

#include "base/text.h"

#include <string>
#include <unordered_map>

extern "C" const char vv_east_asian_names[];      // NOLINT(readability-identifier-naming): by the embedding
extern "C" const char vv_east_asian_names_end[];  // NOLINT(readability-identifier-naming)

namespace vv::core::resolution {
namespace {

using Readings = std::vector<std::string_view>;
using Table = std::unordered_map<std::string_view, Readings>;

struct Tables {
    Table korean_families, japanese_families, japanese_givens;
};

Tables read_tables() {
    Tables out;
    const std::string_view all{vv_east_asian_names,
                               static_cast<std::size_t>(vv_east_asian_names_end - vv_east_asian_names)};
    for (const auto line : split(all, '\n')) {
        const auto words = split(line, ' ');
        if (words.size() < 3 || words[0].size() != 1 || words[0] == "#") continue;
        auto& table = words[0] == "k"   ? out.korean_families
                      : words[0] == "j" ? out.japanese_families
                                        : out.japanese_givens;
        auto& readings = table[words[1]];
        readings.insert(readings.end(), words.begin() + 2, words.end());
    }
    return out;
}

const Tables& tables() {
    static const Tables read = read_tables();
    return read;
}

constexpr std::size_t kSign = 3;                         // bytes of one in UTF-8
constexpr std::size_t kLongest = 6, kLongestFamily = 3;  // signs

// The signs run together, when the text has no others.
std::string signs_of(std::string_view text) {
    std::string out;
    for (const auto part : split(text, ' ')) out += part;
    if (out.size() < 2 * kSign || out.size() > kLongest * kSign || out.size() % kSign != 0) return {};
    for (std::size_t i = 0; i < out.size(); i += kSign) {
        const auto lead = static_cast<unsigned char>(out[i]);
        if (lead < 0xe3 || lead > 0xed) return {};  // U+3005 (々) … U+D7FF
    }
    return out;
}

const Readings* found(const Table& table, std::string_view signs) {
    const auto at = table.find(signs);
    return at == table.end() ? nullptr : &at->second;
}

NameForm form(std::string given, std::string_view family, Source source) {
    NameForm out;
    if (!given.empty()) out.given.push_back(std::move(given));
    out.family.emplace_back(family);
    out.source = source;
    return out;
}

// Only Hangul is spelt by syllables; its family names are customs.
SignReadings read_korean(std::string_view signs, Source source) {
    SignReadings out;
    const auto* families = found(tables().korean_families, signs.substr(0, kSign));
    if (families == nullptr) return out;
    std::string given;
    for (auto at = kSign; at < signs.size(); at += kSign)
        given += joined(folded_words(signs.substr(at, kSign)));
    for (const auto family : *families) {
        out.forms.push_back(form(given, family, out.forms.empty() ? source : Source::alias));
        out.forms.back().transliterated = true;  // given names are spelt by taste: Seong-hun, Sung-hoon
    }
    out.instead = true;
    return out;
}

SignReadings read_japanese(std::string_view signs, Source source) {
    SignReadings out;
    for (auto length = kLongestFamily; length > 0 && out.forms.empty(); --length) {
        if (signs.size() <= length * kSign) continue;
        const auto* families = found(tables().japanese_families, signs.substr(0, length * kSign));
        if (families == nullptr) continue;
        const auto rest = signs.substr(length * kSign);
        const auto* givens = found(tables().japanese_givens, rest);
        // Four signs and more are hardly Chinese, whatever the given name may be.
        const bool hardly_chinese = length > 1 && signs.size() > 3 * kSign;
        if (givens == nullptr && !hardly_chinese) continue;
        out.instead = length > 1;
        static const Readings kUnknown{""};
        for (const auto given : givens != nullptr ? *givens : kUnknown)
            for (const auto family : *families)
                out.forms.push_back(form(std::string(given), family,
                                         out.forms.empty() && out.instead ? source : Source::alias));
    }
    return out;
}

}  // namespace

SignReadings read_signs(std::string_view written, Source source) {
    const auto signs = signs_of(trim(written));
    if (signs.empty()) return {};
    return static_cast<unsigned char>(signs.front()) >= 0xea ? read_korean(signs, source)
                                                             : read_japanese(signs, source);
}

}  // namespace vv::core::resolution
