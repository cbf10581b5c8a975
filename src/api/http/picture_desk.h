// api/http/picture_desk.h — pictures that are sent in, made small beside the network threads.
#pragma once

#include "api/http/worker.h"
#include "base/picture_shrinker.h"

#include <boost/asio/awaitable.hpp>
#include <string>

namespace vv::api {

class PictureDesk {
public:
    /// One picture at a time; more than twenty that wait are answered `unavailable`.
    explicit PictureDesk(std::string program = picture_program()) : shrinker_(std::move(program)) {}

    /// PictureShrinker::shrink. `unavailable` server.busy.
    boost::asio::awaitable<Result<SmallPicture>> shrink(std::string picture);

private:
    PictureShrinker shrinker_;
    Worker worker_{1, 20};
};

}  // namespace vv::api
