#include "formats/archive/twitter_files.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <string>

namespace vv::formats::archive {
namespace {

bool holds(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

// Whether the first of the array's records has this as its first member, or is wrapped in it.
bool begins_with(std::string_view array, std::string_view name) {
    const auto open = array.find('{');
    if (open == std::string_view::npos) return false;
    const auto rest = trim(array.substr(open + 1));
    return rest.starts_with('"') && rest.substr(1).starts_with(name) &&
           rest.substr(1 + name.size()).starts_with('"');
}

Role role_of_records(std::string_view variable, std::string_view array) {
    constexpr auto kRead =
        std::to_array<std::string_view>({"follower", "following", "tweet", "blocking", "muting", "contact"});
    if (holds(variable, "deleted")) return Role::by_file;
    const bool headers = holds(variable, "header");
    if (begins_with(array, "dmConversation")) return headers ? Role::headers : Role::messages;
    if (headers) return Role::by_file;
    if (begins_with(array, "account") || begins_with(array, "profile")) return Role::profile;
    const bool read =
        std::any_of(kRead.begin(), kRead.end(), [&](auto name) { return begins_with(array, name); });
    const bool bare_tweets = holds(array, "\"id_str\"") && holds(array, "\"created_at\"");
    return read || bare_tweets ? Role::whole : Role::by_file;
}

}  // namespace

std::optional<Role> twitter_role(std::string_view head) {
    if (head.starts_with("window.__THAR_CONFIG") || head.starts_with("var user_details"))
        return Role::profile;
    if (!head.starts_with("window.YTD.") && !head.starts_with("Grailbird.data.")) return std::nullopt;
    const auto equals = std::min(head.find('='), head.size());
    return role_of_records(ascii_lower(head.substr(0, equals)), head.substr(equals));
}

Result<std::string_view> ScriptValue::next() {
    while (true) {
        TRY(std::string_view piece, source_.next());
        if (begun_ || piece.empty()) return piece;
        const auto open = piece.find_first_of("[{");
        if (open == std::string_view::npos) continue;
        begun_ = true;
        return piece.substr(open);
    }
}

}  // namespace vv::formats::archive
