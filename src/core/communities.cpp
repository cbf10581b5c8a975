#include "core/communities.h"

#include "base/plain_line.h"
#include "base/text.h"

namespace vv::core {

Result<std::string> check_community_name(std::string_view typed) {
    const std::string_view name = trim(typed);
    if (name.empty() || name.size() > kCommunityLimits.name || !is_utf8(name) || !is_plain_line(name) ||
        !is_visible(name) || has_web_address(name))
        return Error(Fault::invalid, "community.name",
                     "A community's name is one line of at most 80 bytes, without a web address.")
            .at("name");
    return std::string(name);
}

}  // namespace vv::core
