#include "store/asks_meant.h"

#include "base/text.h"

#include <algorithm>
#include <array>

namespace vv::store::asks {
namespace {

bool is_plain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

// What is neither upper case nor beyond ASCII is folded already.
bool is_folded(std::string_view text) {
    return std::ranges::none_of(
        text, [](char c) { return (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80; });
}

void add_words(std::vector<std::string_view>& words, std::string_view folded) {
    for (std::size_t at = 0; at < folded.size(); ++at) {
        const auto begin = at;
        while (at < folded.size() && is_plain(folded[at])) ++at;
        if (at > begin) words.push_back(folded.substr(begin, at - begin));
    }
}

}  // namespace

Meant::Meant(const std::vector<Alternative>& alternatives) {
    for (const auto& words : alternatives) {
        if (words.empty()) continue;
        for (const auto& word : words) can_tell_ = can_tell_ && std::ranges::all_of(word, is_plain);
        by_first_[words.front()].push_back(&words);
    }
}

bool Meant::operator()(std::string_view words, std::string_view own) const {
    std::vector<std::string_view> said;
    said.reserve(32);
    std::array<std::string, 2> folded;  // outlive the views
    for (std::size_t i = 0; i < folded.size(); ++i) {
        const auto text = i == 0 ? words : own;
        if (!is_folded(text)) folded.at(i) = fold(text);
        add_words(said, folded.at(i).empty() ? text : std::string_view(folded.at(i)));
    }
    const auto is_said = [&](std::string_view word) { return std::ranges::find(said, word) != said.end(); };
    return std::ranges::any_of(said, [&](std::string_view word) {
        const auto found = by_first_.find(word);
        return found != by_first_.end() && std::ranges::any_of(found->second, [&](const Alternative* all) {
                   return std::all_of(all->begin() + 1, all->end(), is_said);
               });
    });
}

}  // namespace vv::store::asks
