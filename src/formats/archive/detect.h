// formats/archive/detect.h — what a file is, told by how it begins; its name only breaks ties.
#pragma once

#include "formats/archive/kinds.h"

#include <optional>
#include <string_view>

namespace vv::formats::archive {

/// How much of a file's beginning is enough to tell; detect() takes less when the file is shorter.
constexpr std::size_t kHeadSize = 16'384;

struct Detected {
    std::optional<Kind> kind;  // nothing: not known
    Role role = Role::whole;  // by_file without a kind: nobody's data (a picture, an empty file), passed over
};

/// `path` is the file's name within its archive, `head` its first bytes, in whatever encoding.
Detected detect(std::string_view path, std::string_view head);

}  // namespace vv::formats::archive
