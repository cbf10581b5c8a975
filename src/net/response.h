// net/response.h — an HTTP response as handlers make it.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vv::net {

struct Response {
    int status = 200;
    /// Names in lower case. Date, content-length, connection and the server's default headers are added when
    /// it is sent; a default that is set here is left as it is.
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;

    Response() = default;
    Response(int s, std::string content_type, std::string b) : status(s), body(std::move(b)) {
        headers.emplace_back("content-type", std::move(content_type));
    }
    Response& with(std::string name, std::string value) {
        headers.emplace_back(std::move(name), std::move(value));
        return *this;
    }
};

/// The one form of every error: {"error":{"code":"…","message":"…"}}, and "field" when one is at fault.
Response error_response(int status, std::string_view code, std::string_view message,
                        std::string_view field = {});

/// "Not Found" for 404; "Unknown" for what RFC 9110 doesn't name.
std::string_view reason(int status);

}  // namespace vv::net
