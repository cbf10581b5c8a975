// base/picture_shrinker.h — strangers' pictures made small and harmless by a confined process.
//
// Nothing of a picture is decoded here: its bytes go to the program visavis-picture (src/picture), which may
// compute and nothing else, and whatever happens to that process happens to one picture. It is started when
// the first picture comes, serves several, and is ended with this. Thread-safe, one picture at a time.
#pragma once

#include "base/result.h"

#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <sys/types.h>

namespace vv {

/// Where visavis-picture lies: beside this program, or where the package puts it.
std::string picture_program();

struct SmallPicture {
    std::string jpeg;        // a square of at most 256 pixels a side, without metadata
    std::uint64_t look = 0;  // what it shows (base/picture_protocol.h); 0 when that tells nothing
};

class PictureShrinker {
public:
    explicit PictureShrinker(std::string program = picture_program(),
                             std::chrono::milliseconds patience = std::chrono::seconds(10))
        : program_(std::move(program)), patience_(patience) {}
    ~PictureShrinker();
    PictureShrinker(const PictureShrinker&) = delete;
    PictureShrinker& operator=(const PictureShrinker&) = delete;

    /// `invalid` picture.too_large, picture.too_many_pixels, picture.too_slow, picture.unreadable;
    /// `unavailable` picture.program when there is no such program.
    Result<SmallPicture> shrink(std::string_view picture);

    /// The process that serves; 0 when there is none.
    [[nodiscard]] pid_t process() const { return process_; }

private:
    using Deadline = std::chrono::steady_clock::time_point;

    Result<Done> start();
    void stop();
    Result<SmallPicture> ask(std::string_view picture);
    Result<Done> send(std::string_view bytes, Deadline deadline) const;
    Result<Done> receive(char* into, std::size_t size, Deadline deadline) const;

    std::string program_;
    std::chrono::milliseconds patience_;
    std::mutex mutex_;
    pid_t process_ = 0;
    int socket_ = -1;
    int served_ = 0;
};

}  // namespace vv
