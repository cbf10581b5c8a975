#include "formats/topics.h"

#include "base/plain_line.h"
#include "base/text.h"
#include "formats/html_text.h"

#include <algorithm>

namespace vv::formats {
namespace {

constexpr std::size_t kMostTags = 10;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// Letters of other scripts are bytes above ASCII.
bool is_of_tag(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace

void put_topic(Emitter& out, const core::IdentityKey& who, core::TopicKind kind, std::string_view text,
               std::int64_t line) {
    const std::string plain = plain_line(unescape_html(truncate_utf8(text, 4 * core::kLongestTopic)));
    const std::string topic(trim(truncate_utf8(trim(plain), core::kLongestTopic)));
    if (topic.empty() || !is_visible(topic)) return;
    out.put(who, {kind, topic}, line);
}

std::vector<std::string> hashtags_in(std::string_view text) {
    std::vector<std::string> tags;
    for (auto at = text.find('#'); at != std::string_view::npos; at = text.find('#', at + 1)) {
        if (at > 0 && (is_of_tag(text[at - 1]) || text[at - 1] == '&')) continue;  // "…/a#b", "&#39;"
        const auto rest = text.substr(at + 1);
        const auto end = std::ranges::find_if_not(rest, is_of_tag);
        std::string tag(rest.begin(), end);
        const bool is_number = std::ranges::all_of(tag, is_digit);
        if (is_number || tags.size() >= kMostTags || std::ranges::find(tags, tag) != tags.end()) continue;
        tags.push_back(std::move(tag));
    }
    return tags;
}

}  // namespace vv::formats
