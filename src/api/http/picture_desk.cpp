#include "api/http/picture_desk.h"

#include <memory>
#include <optional>

namespace vv::api {

boost::asio::awaitable<Result<SmallPicture>> PictureDesk::shrink(std::string picture) {
    auto small = std::make_shared<std::optional<Result<SmallPicture>>>();
    std::function<void()> work = [this, small, picture = std::move(picture)] {
        small->emplace(shrinker_.shrink(picture));
    };
    CO_TRY(const Done done, co_await worker_.run(std::move(work)));
    static_cast<void>(done);
    co_return **small;
}

}  // namespace vv::api
