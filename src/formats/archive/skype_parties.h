// formats/archive/skype_parties.h — who Skype's ids mean, and who took part in a call.
#pragma once

#include "core/facts.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vv::formats::archive {

/// An id as it stands in an export, without the address that some years put before it: "8:live:ann". An id
/// without its kind, as calls have them, is a person's or a telephone's.
std::string skype_id(std::string_view written);

bool is_skype_group(std::string_view id);  // "19:…@thread.skype"

/// The key of whom an id means: a person's without its "8:", a telephone's number. Nothing for groups, robots
/// and the program's own conversations.
std::optional<core::IdentityKey> skype_key(std::string_view id, const std::string& region);

/// The people of a group, out of the list within a text that the export gives.
std::vector<std::string> skype_members(std::string_view list);

enum class CallEvent { started, ended, missed, other };
struct SkypeCall {
    struct Part {
        std::string id;
        std::string name;
    };
    CallEvent event = CallEvent::other;
    bool video = false;
    std::chrono::milliseconds duration{0};  // the longest that anybody was in it
    std::vector<Part> parts;
};
/// <partlist type="ended"><part identity="bob"><name>Bob</name><duration>6</duration></part></partlist>
SkypeCall read_skype_call(std::string_view content);

}  // namespace vv::formats::archive
