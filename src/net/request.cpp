#include "net/request.h"

#include "base/text.h"

namespace vv::net {

std::string_view to_string(Method method) {
    switch (method) {
        case Method::get:
            return "GET";
        case Method::head:
            return "HEAD";
        case Method::post:
            return "POST";
        case Method::put:
            return "PUT";
        case Method::patch:
            return "PATCH";
        case Method::delete_:
            return "DELETE";
        case Method::options:
            return "OPTIONS";
        case Method::propfind:
            return "PROPFIND";
        case Method::report:
            return "REPORT";
        case Method::other:
            break;
    }
    return "?";
}

std::optional<std::string_view> Request::header(std::string_view lower_case_name) const {
    for (const auto& [name, value] : headers)
        if (name == lower_case_name) return value;
    return std::nullopt;
}

std::optional<std::string_view> Request::query_value(std::string_view wanted) const {
    for (const auto& [name, value] : query)
        if (name == wanted) return value;
    return std::nullopt;
}

// RFC 6265 §5.4: "name=value; name=value"; a client may also send several header lines. Of two cookies of one
// name the first counts: clients put the one with the longer path first.
std::optional<std::string_view> Request::cookie(std::string_view wanted) const {
    for (const auto& [name, line] : headers) {
        if (name != "cookie") continue;
        for (const std::string_view pair : split(line, ';')) {
            const std::string_view trimmed = trim(pair);
            const std::size_t equals = trimmed.find('=');
            if (equals != std::string_view::npos && trimmed.substr(0, equals) == wanted)
                return trimmed.substr(equals + 1);
        }
    }
    return std::nullopt;
}

const std::string& Request::param(const std::string& name) const {
    const auto found = params.find(name);
    VV_ASSERT(found != params.end());
    return found->second;
}

}  // namespace vv::net
