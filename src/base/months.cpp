#include "base/months.h"

#include "base/text.h"

#include <array>
#include <string>
#include <unicode/dtfmtsym.h>
#include <unordered_map>

namespace vv {
namespace {

using Months = std::unordered_map<std::string, unsigned>;

constexpr unsigned kAmbiguous = 0;
constexpr std::array kLanguages = {"en", "de", "fr", "es", "it", "pt", "nl", "pl", "sv", "da",
                                   "nb", "fi", "cs", "sk", "ro", "hu", "tr", "ru", "uk", "el",
                                   "hr", "sl", "bg", "lt", "lv", "et", "ca", "id", "ms", "tl"};

std::string key_of(std::string_view name) {
    std::string key = fold(name);
    while (!key.empty() && key.back() == '.') key.pop_back();
    return key;
}

// Later languages never take a word from an earlier one: the list begins with the commonest.
void add(Months& months, const std::string& name, unsigned month, Months& of_this_language) {
    const auto [at, added] = of_this_language.emplace(name, month);
    if (!added && at->second != month) at->second = kAmbiguous;
    months.try_emplace(name, month);
}

Months load() {
    Months months;
    for (const char* language : kLanguages) {
        UErrorCode status = U_ZERO_ERROR;
        const icu::DateFormatSymbols symbols(icu::Locale(language), status);
        if (U_FAILURE(status)) continue;
        Months own;
        for (const auto context : {icu::DateFormatSymbols::FORMAT, icu::DateFormatSymbols::STANDALONE}) {
            for (const auto width : {icu::DateFormatSymbols::WIDE, icu::DateFormatSymbols::ABBREVIATED}) {
                int32_t count = 0;
                const auto* names = symbols.getMonths(count, context, width);
                for (int32_t i = 0; i < count && i < 12; ++i) {
                    std::string name;
                    names[i].toUTF8String(name);
                    add(months, key_of(name), static_cast<unsigned>(i) + 1, own);
                }
            }
        }
        for (const auto& [name, month] : own)
            if (month == kAmbiguous) months[name] = kAmbiguous;
    }
    return months;
}

}  // namespace

std::optional<unsigned> month_of(std::string_view name) {
    static const Months months = load();
    const auto found = months.find(key_of(name));
    if (found == months.end() || found->second == kAmbiguous) return std::nullopt;
    return found->second;
}

}  // namespace vv
