// base/picture_protocol.h — what the server and visavis-picture say to each other over a socket.
//
// It first says with one byte, kReady, that it is confined. A request is the number of a picture's bytes
// (four bytes, in this machine's order) and the bytes; the answer a verdict (one byte), the number of the
// small picture's bytes, and these.
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

enum class Verdict : std::uint8_t { done, unreadable, too_many_pixels };

}  // namespace vv::picture
