#include "core/facts.h"

#include <array>

namespace vv::core {
namespace {

constexpr std::array<std::string_view, 10> kChannels{"message",    "mention",    "comment", "call",
                                                     "video_call", "text",       "mail",    "reaction",
                                                     "invitation", "endorsement"};

constexpr std::array<std::string_view, 6> kTieKinds{"connected", "follows",    "followed_by",
                                                    "invited",   "invited_by", "member"};

constexpr std::array<std::string_view, 5> kOwnerEvidences{"stated", "named", "creator", "everywhere", "most"};

}  // namespace

std::string_view to_string(TieKind kind) {
    return kTieKinds[static_cast<std::size_t>(kind)];
}

std::optional<TieKind> parse_tie_kind(std::string_view name) {
    for (std::size_t i = 0; i < kTieKinds.size(); ++i)
        if (kTieKinds[i] == name) return static_cast<TieKind>(i);
    return std::nullopt;
}

std::string_view to_string(Channel channel) {
    return kChannels[static_cast<std::size_t>(channel)];
}

std::string_view to_string(OwnerEvidence evidence) {
    return kOwnerEvidences[static_cast<std::size_t>(evidence)];
}

std::optional<OwnerEvidence> parse_owner_evidence(std::string_view name) {
    for (std::size_t i = 0; i < kOwnerEvidences.size(); ++i)
        if (kOwnerEvidences[i] == name) return static_cast<OwnerEvidence>(i);
    return std::nullopt;
}

}  // namespace vv::core
