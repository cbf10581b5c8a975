// api/http/faults.h — an Error as an HTTP answer, once for all families.
#pragma once

#include "base/result.h"
#include "net/response.h"

namespace vv::api {

/// invalid 400, unauthenticated 401, forbidden 403, not_found 404, conflict 409, too_many 429, unavailable
/// 503.
int status_of(Fault fault);

/// {"error":{"code":"…","message":"…","field":"…"}}, with Retry-After when the error says when.
net::Response respond(const Error& error);

}  // namespace vv::api
