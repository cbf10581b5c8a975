// net/response.h — an HTTP response as handlers make it.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace vv::net {

struct Response {
    int status = 200;
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

}  // namespace vv::net
