// api/visavis/passwords.h — changing the password and the e-mail address, and proving the latter.
#pragma once

#include "api/http/context.h"
#include "app/caller.h"
#include "base/result.h"
#include "net/router.h"

#include <boost/asio/awaitable.hpp>
#include <string>

namespace vv::api::visavis {

void add_passwords_routes(net::Router& router, Context& context);

/// Whether the password is the caller's; its hash when it is. `forbidden` account.password_wrong at `field`,
/// as who asks is signed in.
boost::asio::awaitable<Result<std::string>> check_password(Context& context, app::Caller caller,
                                                           std::string password, std::string field);

}  // namespace vv::api::visavis
