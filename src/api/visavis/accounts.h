// api/visavis/accounts.h — the server itself, signing up, the account and its calendar feed.
#pragma once

#include "api/http/context.h"
#include "app/sessions.h"
#include "core/accounts.h"
#include "net/request.h"
#include "net/response.h"
#include "net/router.h"

#include <boost/json/fwd.hpp>
#include <optional>
#include <string>

namespace vv::api::visavis {

void add_accounts_routes(net::Router& router, Context& context);

/// An account as its holder sees it; `leaves_at` when it is on its way out.
boost::json::object render(const core::Account& account, std::optional<Instant> leaves_at = std::nullopt);

/// The browser behind a request, for the session it is about to get.
app::Browser browser_of(Context& context, const net::Request& request, Instant now);
/// The answer to whoever has just signed in: the account, and the cookie.
net::Response signed_in(const Context& context, const net::Request& request, int status,
                        const app::NewSession& session);
/// Sets the session's cookie on an answer; an empty token takes it away. Secure when the server's address is
/// https, or the request came over TLS.
void set_session_cookie(net::Response& response, const Context& context, const net::Request& request,
                        const std::string& token);

}  // namespace vv::api::visavis
