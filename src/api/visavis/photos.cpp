#include "api/visavis/photos.h"

#include "api/http/authorise.h"
#include "api/http/handle.h"
#include "api/http/json.h"
#include "api/http/paging.h"
#include "api/visavis/people.h"
#include "app/photos.h"
#include "base/crypto.h"
#include "base/picture_protocol.h"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

namespace vv::api::visavis {
namespace {

using boost::asio::awaitable;

/// GET /people/:id/photo
awaitable<Result<net::Response>> show(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<core::PersonId>(request, "id"));
    CO_TRY(app::Photo photo, co_await read_as(context, request, &app::person_photo, id));
    net::Response response(200, "image/jpeg", std::move(photo.jpeg));
    // The owner's own browser may keep it; the address changes with the picture.
    response.with("cache-control", "private, max-age=86400")
        .with("content-security-policy", "default-src 'none'");
    co_return response;
}

/// PUT /people/:id/photo
awaitable<Result<net::Response>> set(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<core::PersonId>(request, "id"));
    CO_TRY(const auto caller, co_await authorise(context, request));
    static_cast<void>(caller);  // a stranger's picture is not even looked at
    app::Photo photo;
    photo.hash = sha256_hex(request.body);
    CO_TRY(auto small, co_await context.pictures->shrink(std::move(request.body)));
    photo.jpeg = std::move(small.jpeg);
    photo.look = small.look;
    CO_TRY(const auto page,
           co_await write_as(context, request, &app::set_photo, id, std::move(photo), &context.ids));
    co_return ok(render_person(page));
}

/// DELETE /people/:id/photo
awaitable<Result<net::Response>> remove(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<core::PersonId>(request, "id"));
    CO_TRY(const auto page, co_await write_as(context, request, &app::remove_photo, id, &context.ids));
    co_return ok(render_person(page));
}

}  // namespace

void add_photos_routes(net::Router& router, Context& context) {
    using net::Method;
    const std::string path = "/api/visavis/v1/people/:id/photo";
    net::RouteOptions picture;
    picture.body_limit = picture::kMostBytes;
    picture.admit = admit_signed_in(context);
    router.add(Method::get, path, handle(context, &show));
    router.add(Method::put, path, handle(context, &set), picture);
    router.add(Method::delete_, path, handle(context, &remove));
}

}  // namespace vv::api::visavis
