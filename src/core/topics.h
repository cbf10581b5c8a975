// core/topics.h — what somebody takes part in or wrote about, by its name: a group, a post's title, a tag.
//
// Of what others wrote nothing else is kept: a title says what it is about, and was there for all to read.
#pragma once

#include "core/facts.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vv::core {

enum class TopicKind {
    group,     // they belong to it, as the owner does
    listed,    // the owner, or an address book, put them under it
    wrote,     // the title of what they wrote
    answered,  // the title of what the owner wrote, which they commented on
    tagged     // a tag of what the owner wrote to them for all to read
};
std::string_view to_string(TopicKind kind);
std::optional<TopicKind> parse_topic_kind(std::string_view name);

inline constexpr std::size_t kLongestTopic = 200;  // bytes
struct Topic {
    TopicKind kind = TopicKind::group;
    std::string text;
    bool operator==(const Topic&) const = default;
};

/// What an archive says somebody wrote, or was written to about. It makes nobody known: of whom no fact
/// (core/facts.h) says anything it says nothing.
struct TopicSeen {
    IdentityKey who;
    Topic topic;
    Provenance from;
};
/// Where parsers put topics, beside their facts.
class TopicSink {
public:
    virtual ~TopicSink() = default;
    virtual void take(TopicSeen seen) = 0;
};

/// Folded; of a tag, which has no blanks, also the words that its capitals tell ("SocialMedia").
std::vector<std::string> topic_words(const Topic& topic);

}  // namespace vv::core
