#include "api/visavis/communities.h"

#include "api/http/authorise.h"
#include "api/http/handle.h"
#include "api/http/json.h"
#include "api/http/paging.h"
#include "api/visavis/meetings.h"
#include "app/communities.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

namespace vv::api::visavis {
namespace {

using boost::asio::awaitable;
using store::communities::Standing;

const char* name_of(Standing standing) {
    return standing == Standing::member ? "member" : "invited";
}

json::object render(const app::Membership& mine) {
    const auto& community = mine.community;
    return {{"id", to_string(community.id)},
            {"name", community.name},
            {"organiser", {{"handle", community.organiser.handle}, {"name", community.organiser.name}}},
            {"standing", name_of(mine.standing)},
            {"takes_asks", mine.takes_asks},
            {"members", community.members}};
}

json::object render(const app::CommunityPage& page) {
    json::object body = render(page.mine);
    json::array people;
    for (const auto& one : page.people)
        people.push_back(json::object{
            {"handle", one.account.handle}, {"name", one.account.name}, {"standing", name_of(one.standing)}});
    body["people"] = std::move(people);
    return body;
}

/// GET /communities
awaitable<Result<net::Response>> list(Context& context, net::Request request) {
    CO_TRY(const auto all, co_await read_as(context, request, &app::list_communities));
    json::array items;
    for (const auto& one : all) items.push_back(render(one));
    co_return ok(page_json(std::move(items)));
}

/// POST /communities
awaitable<Result<net::Response>> make(Context& context, net::Request request) {
    CO_TRY(const json::object body, parse_body(request));
    CO_TRY(std::string name, text_field(body, "name", 400));
    CO_TRY(const auto page,
           co_await write_as(context, request, &app::make_community, std::move(name), &context.ids));
    co_return created(render(page));
}

/// GET /communities/:id
awaitable<Result<net::Response>> show(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<core::CommunityId>(request, "id"));
    CO_TRY(const auto page, co_await read_as(context, request, &app::find_community, id));
    co_return ok(render(page));
}

/// PATCH /communities/:id
awaitable<Result<net::Response>> rename(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<core::CommunityId>(request, "id"));
    CO_TRY(const json::object body, parse_body(request));
    CO_TRY(std::string name, text_field(body, "name", 400));
    CO_TRY(const auto page, co_await write_as(context, request, &app::rename_community, id, std::move(name)));
    co_return ok(render(page));
}

/// DELETE /communities/:id
awaitable<Result<net::Response>> close(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<core::CommunityId>(request, "id"));
    CO_TRY([[maybe_unused]] const Done done, co_await write_as(context, request, &app::close_community, id));
    co_return no_content();
}

/// PUT /communities/:id/members/:handle
awaitable<Result<net::Response>> invite(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<core::CommunityId>(request, "id"));
    CO_TRY(const auto page, co_await write_as(context, request, &app::invite_to_community, id,
                                              std::string(request.param("handle")), meeting_desk(context)));
    co_return ok(render(page));
}

/// DELETE /communities/:id/members/:handle
awaitable<Result<net::Response>> put_out(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<core::CommunityId>(request, "id"));
    CO_TRY([[maybe_unused]] const Done done, co_await write_as(context, request, &app::remove_from_community,
                                                               id, std::string(request.param("handle"))));
    co_return no_content();
}

/// PUT /communities/:id/membership
awaitable<Result<net::Response>> join(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<core::CommunityId>(request, "id"));
    CO_TRY(const json::object body, parse_body(request));
    CO_TRY(const bool takes_asks, bool_field(body, "takes_asks"));
    CO_TRY(const auto page, co_await write_as(context, request, &app::join_community, id, takes_asks));
    co_return ok(render(page));
}

/// DELETE /communities/:id/membership
awaitable<Result<net::Response>> leave(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<core::CommunityId>(request, "id"));
    CO_TRY([[maybe_unused]] const Done done, co_await write_as(context, request, &app::leave_community, id));
    co_return no_content();
}

}  // namespace

void add_communities_routes(net::Router& router, Context& context) {
    using net::Method;
    const std::string base = "/api/visavis/v1/communities";
    router.add(Method::get, base, handle(context, &list));
    router.add(Method::post, base, handle(context, &make));
    router.add(Method::get, base + "/:id", handle(context, &show));
    router.add(Method::patch, base + "/:id", handle(context, &rename));
    router.add(Method::delete_, base + "/:id", handle(context, &close));
    router.add(Method::put, base + "/:id/members/:handle", handle(context, &invite));
    router.add(Method::delete_, base + "/:id/members/:handle", handle(context, &put_out));
    router.add(Method::put, base + "/:id/membership", handle(context, &join));
    router.add(Method::delete_, base + "/:id/membership", handle(context, &leave));
}

}  // namespace vv::api::visavis
