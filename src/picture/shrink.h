// picture/shrink.h — one picture as a small square. libvips stops here.
#pragma once

#include "base/picture_protocol.h"

#include <string>

namespace vv::picture {

/// Sets libvips up for JPEG, PNG, WebP and GIF alone, one thread, no cache, and does everything once so that
/// nothing is loaded later.
bool prepare(const char* program);

struct Small {
    std::string jpeg;
    Look look = 0;
};

/// A JPEG without metadata, upright, in sRGB, of at most kSide × kSide pixels: the middle of the picture.
Verdict shrink(const std::string& picture, Small& small);

}  // namespace vv::picture
