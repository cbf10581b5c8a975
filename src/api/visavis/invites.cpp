#include "api/visavis/invites.h"

#include "api/http/authorise.h"
#include "api/http/handle.h"
#include "api/http/json.h"
#include "api/http/paging.h"
#include "app/invites.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

namespace vv::api::visavis {
namespace {

using boost::asio::awaitable;

json::object render(const store::tokens::Token& invite, json::value url) {
    json::object body;
    body["id"] = to_string(invite.id);
    body["url"] = std::move(url);
    body["created_at"] = format_rfc3339(invite.created_at);
    body["expires_at"] = format_rfc3339(invite.expires_at);
    body["used_at"] = to_json(invite.used_at);
    return body;
}

/// GET /invites
awaitable<Result<net::Response>> list_invites(Context& context, net::Request request) {
    CO_TRY(const auto invites, co_await read_as(context, request, &app::list_invites));
    json::array items;
    for (const auto& invite : invites) items.push_back(render(invite, nullptr));
    co_return ok(page_json(std::move(items)));
}

/// POST /invites
awaitable<Result<net::Response>> make_invite(Context& context, net::Request request) {
    const core::InviteId id{context.ids.next(context.now())};
    CO_TRY(const app::NewInvite made, co_await write_as(context, request, &app::make_invite, id));
    co_return created(render(made.invite, json::value(context.base_url + "/sign-up?invite=" + made.secret)));
}

/// DELETE /invites/:id
awaitable<Result<net::Response>> withdraw_invite(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<core::InviteId>(request, "id"));
    CO_TRY([[maybe_unused]] const Done done, co_await write_as(context, request, &app::withdraw_invite, id));
    co_return no_content();
}

}  // namespace

void add_invites_routes(net::Router& router, Context& context) {
    using net::Method;
    const std::string base = "/api/visavis/v1/invites";
    router.add(Method::get, base, handle(context, &list_invites));
    router.add(Method::post, base, handle(context, &make_invite));
    router.add(Method::delete_, base + "/:id", handle(context, &withdraw_invite));
}

}  // namespace vv::api::visavis
