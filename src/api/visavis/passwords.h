// api/visavis/passwords.h — changing the password and the e-mail address, and proving the latter.
#pragma once

#include "api/http/context.h"
#include "net/router.h"

namespace vv::api::visavis {

void add_passwords_routes(net::Router& router, Context& context);

}  // namespace vv::api::visavis
