#include "net/response.h"

#include <boost/beast/http/status.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace vv::net {

Response error_response(int status, std::string_view code, std::string_view message, std::string_view field) {
    boost::json::object error;
    error["code"] = code;
    error["message"] = message;
    if (!field.empty()) error["field"] = field;
    boost::json::object body;
    body["error"] = std::move(error);
    return {status, "application/json", boost::json::serialize(body)};
}

std::string_view reason(int status) {
    const auto text = boost::beast::http::obsolete_reason(static_cast<boost::beast::http::status>(status));
    return {text.data(), text.size()};
}

}  // namespace vv::net
