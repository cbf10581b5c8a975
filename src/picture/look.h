// picture/look.h — what a picture shows, in 64 bits.
#pragma once

#include "base/picture_protocol.h"

#include <array>
#include <cstdint>

namespace vv::picture {

inline constexpr std::size_t kLookSide = 32;
using Greys = std::array<std::uint8_t, kLookSide * kLookSide>;

/// A bit for each of the 8 × 8 lowest frequencies of the cosine transform but the constant ones: whether it
/// is above their median. Some 20 µs.
Look look_of(const Greys& greys);

}  // namespace vv::picture
