// core/communities.h — a community: people with an account who were brought together under a name.
#pragma once

#include "base/ids.h"
#include "base/result.h"

#include <string>
#include <string_view>

namespace vv::core {

using CommunityId = Id<struct CommunityTag>;

struct CommunityLimits {
    std::size_t name = 80;      // bytes
    int organised = 20;         // by one account
    std::size_t members = 200;  // those who are invited counted
    int asks_a_week = 3;        // of one account, to all its communities
};
inline constexpr CommunityLimits kCommunityLimits{};

/// As it is kept: one line without space around. `invalid` community.name when it is empty, too long, or no
/// line of text.
Result<std::string> check_community_name(std::string_view typed);

}  // namespace vv::core
