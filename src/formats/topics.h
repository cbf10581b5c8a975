// formats/topics.h — what somebody wrote or was written to about, as titles and tags tell it.
#pragma once

#include "formats/emitter.h"

#include <string>
#include <string_view>
#include <vector>

namespace vv::formats {

/// A title or a tag as one plain line, references of HTML read, cut at core::kLongestTopic. Puts out nothing
/// where nothing is left of it.
void put_topic(Emitter& out, const core::IdentityKey& who, core::TopicKind kind, std::string_view text,
               std::int64_t line);

/// The tags in a text ("#trust"), without their sign, each once, ten at most.
std::vector<std::string> hashtags_in(std::string_view text);

}  // namespace vv::formats
