// formats/archive/blog.h — blogs: WordPress's export (WXR), feeds (RSS, Atom), and lists of feeds (OPML).
//
// docs/formats/blog.md tells the layouts and their traps.
#pragma once

#include "formats/archive/parse.h"
#include "formats/emitter.h"

namespace vv::formats::archive {

/// Reads every file twice: who the owner is must be known before the first comment goes out.
Result<Done> read_blogs(const Archive& archive, const Group& group, const ParseOptions& options, Emitter& out,
                        const Limits& limits);

}  // namespace vv::formats::archive
