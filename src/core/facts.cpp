#include "core/facts.h"

#include <array>

namespace vv::core {
namespace {

constexpr std::array<std::string_view, 10> kChannels{"message",    "mention",    "comment", "call",
                                                     "video_call", "text",       "mail",    "reaction",
                                                     "invitation", "endorsement"};

}  // namespace

std::string_view to_string(Channel channel) {
    return kChannels[static_cast<std::size_t>(channel)];
}

std::optional<Channel> parse_channel(std::string_view name) {
    for (std::size_t i = 0; i < kChannels.size(); ++i)
        if (kChannels[i] == name) return static_cast<Channel>(i);
    return std::nullopt;
}

}  // namespace vv::core
