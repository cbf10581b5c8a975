// net/request.h — an HTTP request as handlers see it. Beast stops in net/*.cpp.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vv::net {

enum class Method { get, head, post, put, patch, delete_, options, propfind, report, other };

/// "GET"; "?" for other.
std::string_view to_string(Method method);

struct Request {
    Method method = Method::get;
    std::string path;                                          // decoded, without the query
    std::vector<std::pair<std::string, std::string>> query;    // decoded, in order
    std::vector<std::pair<std::string, std::string>> headers;  // names in lower case
    std::map<std::string, std::string> params;                 // from the route: /people/:id → {"id": …}
    std::string body;         // complete, within the route's limit; empty for uploads
    std::string upload_path;  // a route with Body::to_file: where the body was put; the handler may move the
                              // file away, else it is removed after the answer
    std::uint64_t upload_bytes = 0;  // its length
    std::string remote;              // the client's address, behind a trusted proxy the forwarded one
    bool secure = false;             // arrived over TLS, or a trusted proxy says so

    /// The first header of this name.
    [[nodiscard]] std::optional<std::string_view> header(std::string_view lower_case_name) const;
    /// The first of a parameter that repeats.
    [[nodiscard]] std::optional<std::string_view> query_value(std::string_view name) const;
    [[nodiscard]] std::optional<std::string_view> cookie(std::string_view name) const;
    /// The route's parameter; the route guarantees it.
    [[nodiscard]] const std::string& param(const std::string& name) const;
};

}  // namespace vv::net
