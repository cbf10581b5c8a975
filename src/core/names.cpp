#include "core/names.h"

#include "base/text.h"

#include <algorithm>
#include <array>

namespace vv::core {

std::string called(std::string_view name) {
    constexpr std::array<std::string_view, 20> kNotAlone{
        "aunt", "auntie", "brother", "cousin", "dr", "father", "fr",        "grandma", "grandpa", "lady",
        "lord", "madame", "mr",      "mrs",    "ms", "prof",   "professor", "sir",     "sister",  "uncle"};
    const auto words = split(trim(name), ' ');
    std::string first = ascii_lower(words.front());
    if (first.ends_with('.')) first.pop_back();
    return std::string(std::ranges::find(kNotAlone, first) == kNotAlone.end() ? words.front() : trim(name));
}

}  // namespace vv::core
