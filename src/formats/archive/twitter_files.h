// formats/archive/twitter_files.h — which of an X archive's files a script is, and the JSON within it.
#pragma once

#include "formats/archive/kinds.h"
#include "formats/bytes.h"

#include <optional>
#include <string_view>

namespace vv::formats::archive {

/// The role of a file that begins so; nothing when it is none of X's. Told by the members of its first
/// record: variables and files have changed their names. Only what differs by its name alone, messages
/// without their text and what was deleted, is told by the variable's.
std::optional<Role> twitter_role(std::string_view head);

/// What follows `window.YTD.tweets.part0 = `: the bytes from the first bracket or brace on.
class ScriptValue final : public ByteStream {
public:
    explicit ScriptValue(ByteStream& source) : source_(source) {}
    Result<std::string_view> next() override;

private:
    ByteStream& source_;
    bool begun_ = false;
};

}  // namespace vv::formats::archive
