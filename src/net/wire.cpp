#include "net/wire.h"

#include <algorithm>

namespace vv::net {
namespace {

constexpr std::size_t kOnePacket = 16 * 1024;

bool is_clean(std::string_view text) {
    return text.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos;
}

void append_header(std::string& out, std::string_view name, std::string_view value) {
    out += name;
    out += ": ";
    out += value;
    out += "\r\n";
}

bool sets(const Response& response, std::string_view name) {
    return std::any_of(response.headers.begin(), response.headers.end(),
                       [name](const auto& header) { return header.first == name; });
}

void append_defaults(std::string& out, const Response& response, const Shared& shared) {
    const auto& defaults = shared.options.default_headers;
    const bool none_is_set = std::none_of(defaults.begin(), defaults.end(),
                                          [&](const auto& header) { return sets(response, header.first); });
    if (none_is_set) {
        out += shared.default_headers;
        return;
    }
    for (const auto& [name, value] : defaults)
        if (!sets(response, name)) append_header(out, name, value);
}

}  // namespace

bool write_head(const Response& response, const Form& form, const std::string& date, const Shared& shared,
                std::string& out) {
    out += form.version >= 11 ? "HTTP/1.1 " : "HTTP/1.0 ";
    out += std::to_string(response.status);
    out += ' ';
    out += reason(response.status);
    out += "\r\n";
    append_header(out, "date", date);
    const bool bodiless = response.status == 204 || response.status == 304;
    if (!bodiless) append_header(out, "content-length", std::to_string(response.body.size()));
    for (const auto& [name, value] : response.headers)
        if (is_clean(name) && is_clean(value)) append_header(out, name, value);
    append_defaults(out, response, shared);
    if (!form.keep_alive)
        append_header(out, "connection", "close");
    else if (form.version < 11)
        append_header(out, "connection", "keep-alive");
    out += "\r\n";
    if (bodiless || form.head) return false;
    if (response.body.size() > kOnePacket) return true;
    out += response.body;
    return false;
}

std::string format_headers(const std::vector<std::pair<std::string, std::string>>& headers) {
    std::string out;
    for (const auto& [name, value] : headers) append_header(out, name, value);
    return out;
}

std::string overloaded_answer(const Shared& shared) {
    const Response busy = error_response(503, "http.overloaded",
                                         "Too many connections at the moment; try again in a few seconds.");
    return "HTTP/1.1 503 Service Unavailable\r\nretry-after: 5\r\ncontent-type: "
           "application/json\r\ncontent-length: " +
           std::to_string(busy.body.size()) + "\r\n" + shared.default_headers + "connection: close\r\n\r\n" +
           busy.body;
}

Response no_route(Method method, const std::vector<Method>& allowed) {
    if (allowed.empty()) return error_response(404, "http.not_found", "There is nothing at this address.");
    std::string list;
    const auto append = [&list](std::string_view name) {
        if (list.find(name) != std::string::npos) return;
        if (!list.empty()) list += ", ";
        list += name;
    };
    for (const Method one : allowed) {
        append(to_string(one));
        if (one == Method::get) append("HEAD");
    }
    append("OPTIONS");
    Response response = method == Method::options
                            ? Response()
                            : error_response(405, "http.method", "This address does not take that method.");
    if (method == Method::options) response.status = 204;
    response.with("allow", list);
    return response;
}

}  // namespace vv::net
