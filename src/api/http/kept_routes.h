// api/http/kept_routes.h — routes whose answers may be kept for a moment (kept_answers.h).
//
//     boost::asio::awaitable<Result<Answered<net::Response>>> show(Context& context, net::Request request) {
//         CO_TRY(const auto id, id_param<core::PersonId>(request, "id"));
//         CO_TRY(auto page, co_await read_answered(context, request, &app::person_page, id));
//         co_return page.with(ok(render(page.value)));
//     }
//     …
//     add_kept_route(router, context, "/api/visavis/v1/people/:id", &show);
//
// Only for GETs that depend on nothing but who asks, the address, the database and the time to a second. Of
// the request they are shown what the key is made of and nothing else — the session's cookie, the path's
// parameters, the query — so that no other header can slip into an answer that is given to another request.
#pragma once

#include "api/http/authorise.h"

namespace vv::api {

using KeptHandle = boost::asio::awaitable<Result<Answered<net::Response>>> (*)(Context&, net::Request);

/// A GET route; `pattern` names it in the key.
void add_kept_route(net::Router& router, Context& context, std::string pattern, KeptHandle handler);

}  // namespace vv::api
