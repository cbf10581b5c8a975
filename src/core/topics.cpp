#include "core/topics.h"

#include "base/text.h"

#include <array>

namespace vv::core {
namespace {

constexpr std::array<std::string_view, 5> kKinds{"group", "listed", "wrote", "answered", "tagged"};

// "SocialMedia", "social_media" and "AIForGood" as "Social Media", "social media", "AI For Good".
std::string parted(std::string_view tag) {
    const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
    std::string out;
    for (std::size_t i = 0; i < tag.size(); ++i) {
        const bool after_small = i > 0 && !is_upper(tag[i - 1]);
        const bool before_small = i > 0 && i + 1 < tag.size() && tag[i + 1] >= 'a' && tag[i + 1] <= 'z';
        if (is_upper(tag[i]) && (after_small || before_small)) out += ' ';
        out += tag[i] == '_' ? ' ' : tag[i];
    }
    return out;
}

}  // namespace

std::string_view to_string(TopicKind kind) {
    return kKinds[static_cast<std::size_t>(kind)];
}

std::optional<TopicKind> parse_topic_kind(std::string_view name) {
    for (std::size_t i = 0; i < kKinds.size(); ++i)
        if (kKinds[i] == name) return static_cast<TopicKind>(i);
    return std::nullopt;
}

std::vector<std::string> topic_words(const Topic& topic) {
    auto words = folded_words(topic.text);
    if (topic.kind != TopicKind::tagged) return words;
    auto parts = folded_words(parted(topic.text));
    if (parts != words) words.insert(words.end(), parts.begin(), parts.end());
    return words;
}

}  // namespace vv::core
