// formats/archive/facebook_files.h — what the files of a Facebook export hold and where in them it lies.
//
// Folders and file names have changed every year or two and may be in the account's language; the names of
// members inside have not. They alone tell.
#pragma once

#include "formats/archive/kinds.h"
#include "formats/json_records.h"

#include <optional>
#include <string_view>
#include <vector>

namespace vv::formats::archive {

/// What a record of an export is.
enum class FacebookPart {
    friends,
    received_request,
    sent_request,
    rejected_request,
    removed_friend,
    participants,  // of a thread: the whole list
    message,
    post,
    event_joined,
    event_declined,
    event_hosted,
    comment,
    reaction,
    profile,
};

/// Where the records of all parts lie, old names and new ones.
const std::vector<JsonPath>& facebook_paths();
/// Which part the records at that path of facebook_paths() are.
FacebookPart facebook_part(std::size_t path);

/// What a JSON file of a Facebook export is: connections, messages, profile, else whole. `text` is its
/// beginning, `name` its name in lower case; nothing when it is none that holds what is read.
std::optional<Role> facebook_role(std::string_view text, std::string_view name);

}  // namespace vv::formats::archive
