// api/http/handle.h — from a handler as we write it to one that the router takes.
//
//     boost::asio::awaitable<Result<net::Response>> show_person(Context& context, net::Request request) {
//         CO_TRY(const auto id, id_param<core::PersonTag>(request, "id"));
//         CO_TRY(const auto person, co_await read_as(context, request, &app::person, id));
//         co_return ok(render(person));
//     }
//     …
//     router.add(net::Method::get, "/api/visavis/v1/people/:id", handle(context, &show_person));
#pragma once

#include "api/http/context.h"
#include "base/result.h"
#include "net/router.h"

#include <boost/asio/awaitable.hpp>

namespace vv::api {

using Handle = boost::asio::awaitable<Result<net::Response>> (*)(Context&, net::Request);

/// An Error becomes its answer; nothing else changes. `context` outlives the router.
net::Handler handle(Context& context, Handle handler);

}  // namespace vv::api
