#include "api/visavis/wall.h"

#include "api/http/authorise.h"
#include "api/http/handle.h"
#include "api/http/json.h"
#include "api/http/paging.h"
#include "app/papers.h"
#include "app/wall.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

namespace vv::api::visavis {
namespace {

using boost::asio::awaitable;
using formats::paper::Size;

constexpr std::size_t kMostSentences = 20;  // that are read; how many are kept is app's to say

json::value render(const app::Wall& wall) {
    return {{"sentences", json::array(wall.sentences.begin(), wall.sentences.end())},
            {"strip", wall.with_strip},
            {"shared", wall.is_shared}};
}

Result<Size> size_query(const net::Request& request) {
    const auto name = text_query(request, "paper");
    const auto size = formats::paper::parse_size(name.value_or("a4"));
    if (!size) return bad_field("paper", "is 'a4' or 'letter'");
    return *size;
}

// Shown by the browser; whoever saves it gets this name.
net::Response pdf(std::string bytes, std::string_view name) {
    net::Response response(200, "application/pdf", std::move(bytes));
    response.with("content-disposition", "inline; filename=\"" + std::string(name) + ".pdf\"");
    response.with("cache-control", "no-store");
    return response;
}

/// GET /wall
awaitable<Result<net::Response>> show(Context& context, net::Request request) {
    CO_TRY(const app::Wall wall, co_await read_as(context, request, &app::find_wall));
    co_return ok(render(wall));
}

/// PUT /wall
awaitable<Result<net::Response>> save(Context& context, net::Request request) {
    CO_TRY(const json::object body, parse_body(request));
    CO_TRY(auto sentences, texts_field(body, "sentences", kMostSentences));
    CO_TRY(const bool with_strip, bool_field(body, "strip"));
    CO_TRY(const app::Wall wall,
           co_await write_as(context, request, &app::save_wall, std::move(sentences), with_strip));
    co_return ok(render(wall));
}

/// GET /wall/sheet
awaitable<Result<net::Response>> show_sheet(Context& context, net::Request request) {
    CO_TRY(const Size size, size_query(request));
    CO_TRY(std::string bytes, co_await read_as(context, request, &app::wall_pdf, size));
    co_return pdf(std::move(bytes), "face-to-face");
}

/// POST /wall/link
awaitable<Result<net::Response>> share(Context& context, net::Request request) {
    CO_TRY(const std::string secret, co_await write_as(context, request, &app::share_wall));
    co_return created({{"url", context.base_url + "/wall/" + secret + ".pdf"}});
}

/// DELETE /wall/link
awaitable<Result<net::Response>> unshare(Context& context, net::Request request) {
    CO_TRY([[maybe_unused]] const Done done, co_await write_as(context, request, &app::unshare_wall));
    co_return no_content();
}

/// GET /wall/SECRET.pdf — whoever has the address sees it.
awaitable<Result<net::Response>> show_shared(Context& context, net::Request request) {
    CO_TRY(const Size size, size_query(request));
    std::string secret = request.param("file");
    if (secret.ends_with(".pdf")) secret.resize(secret.size() - 4);
    Result<std::string> bytes =
        co_await context.db.read(&app::shared_wall_pdf, std::move(secret), size, context.now());
    if (!bytes) co_return std::move(bytes.error());
    net::Response response = pdf(*std::move(bytes), "face-to-face");
    response.with("x-robots-tag", "noindex");
    co_return response;
}

/// GET /trips/:id/sheet
awaitable<Result<net::Response>> show_trip(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<core::TripId>(request, "id"));
    CO_TRY(const Size size, size_query(request));
    CO_TRY(std::string bytes, co_await read_as(context, request, &app::trip_pdf, id, size));
    co_return pdf(std::move(bytes), "trip");
}

/// GET /meetings/:id/sheet
awaitable<Result<net::Response>> show_brief(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<core::MeetingId>(request, "id"));
    CO_TRY(const Size size, size_query(request));
    CO_TRY(std::string bytes, co_await read_as(context, request, &app::brief_pdf, id, size));
    co_return pdf(std::move(bytes), "meeting");
}

}  // namespace

void add_wall_routes(net::Router& router, Context& context) {
    using net::Method;
    const std::string base = "/api/visavis/v1";
    router.add(Method::get, base + "/wall", handle(context, &show));
    router.add(Method::put, base + "/wall", handle(context, &save));
    router.add(Method::get, base + "/wall/sheet", handle(context, &show_sheet));
    router.add(Method::post, base + "/wall/link", handle(context, &share));
    router.add(Method::delete_, base + "/wall/link", handle(context, &unshare));
    router.add(Method::get, base + "/trips/:id/sheet", handle(context, &show_trip));
    router.add(Method::get, base + "/meetings/:id/sheet", handle(context, &show_brief));
    router.add(Method::get, "/wall/:file", handle(context, &show_shared));
}

}  // namespace vv::api::visavis
