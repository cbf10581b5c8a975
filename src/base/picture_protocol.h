// base/picture_protocol.h — what the server and visavis-picture say to each other over a socket.
//
// It first says with one byte, kReady, that it is confined. A request is the number of a picture's bytes
// (four bytes, in this machine's order) and the bytes; the answer a verdict (one byte), the picture's look
// (eight bytes), the number of the small picture's bytes, and these.
#pragma once

#include <cstddef>
#include <cstdint>

namespace vv::picture {

inline constexpr char kReady = '+';
inline constexpr std::size_t kMostBytes = 10 << 20;       // of a picture as it is given
inline constexpr std::uint64_t kMostPixels = 50'000'000;  // as it would be decoded
inline constexpr int kMostSide = 16'000;                  // pixels
inline constexpr int kSide = 256;                         // of the square that is made of it
inline constexpr std::size_t kMostSmall = 256 << 10;      // bytes of that

/// What a picture shows in 64 bits: two of one look differ in few of them, whatever their size, format and
/// quality (Zauner, "Implementation and benchmarking of perceptual image hash functions", 2010: the signs of
/// the lowest frequencies). 0 for one that is too plain to be told from another.
using Look = std::uint64_t;

enum class Verdict : std::uint8_t { done, unreadable, too_many_pixels };

}  // namespace vv::picture
