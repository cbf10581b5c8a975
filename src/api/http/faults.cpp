#include "api/http/faults.h"

namespace vv::api {

int status_of(Fault fault) {
    switch (fault) {
        case Fault::invalid:
            return 400;
        case Fault::unauthenticated:
            return 401;
        case Fault::forbidden:
            return 403;
        case Fault::not_found:
            return 404;
        case Fault::conflict:
            return 409;
        case Fault::too_many:
            return 429;
        case Fault::unavailable:
            break;
    }
    return 503;
}

net::Response respond(const Error& error) {
    net::Response response =
        net::error_response(status_of(error.fault), error.code, error.detail, error.field);
    response.with("cache-control", "no-store");
    if (error.retry_after.count() > 0)
        response.with("retry-after", std::to_string(error.retry_after.count()));
    return response;
}

}  // namespace vv::api
