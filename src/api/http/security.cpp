#include "api/http/security.h"

namespace vv::api {
namespace {

// "https://example.org" of "https://example.org/path".
std::string_view origin_of(std::string_view url) {
    const std::size_t scheme = url.find("://");
    if (scheme == std::string_view::npos) return url;
    return url.substr(0, url.find('/', scheme + 3));
}

}  // namespace

bool changes_state(net::Method method) {
    using net::Method;
    return method != Method::get && method != Method::head && method != Method::options &&
           method != Method::propfind && method != Method::report;
}

std::vector<std::pair<std::string, std::string>> security_headers() {
    return {
        {"content-security-policy",
         "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src "
         "'self'; "
         "connect-src 'self'; manifest-src 'self'; worker-src 'self'; media-src 'self' blob:; base-uri "
         "'none'; "
         "form-action 'self'; frame-ancestors 'none'"},
        {"x-content-type-options", "nosniff"},
        {"x-frame-options", "DENY"},
        {"referrer-policy", "same-origin"},
        {"cross-origin-opener-policy", "same-origin"},
        {"cross-origin-resource-policy", "same-origin"},
        {"permissions-policy", "camera=(self), geolocation=(self), microphone=(), payment=(), usb=()"},
    };
}

Result<Done> check_origin(const net::Request& request, std::string_view base_url) {
    if (!changes_state(request.method)) return Done{};
    const Error refused(Fault::forbidden, "http.origin",
                        "This request comes from another site and was refused.");
    const auto site = request.header("sec-fetch-site");
    if (site && *site != "same-origin" && *site != "none") return refused;
    const auto origin = request.header("origin");
    if (!origin) return Done{};
    if (*origin == origin_of(base_url)) return Done{};
    // Under another of the server's names (localhost and 127.0.0.1): then the page came from the very same
    // host.
    const std::string own =
        (request.secure ? "https://" : "http://") + std::string(request.header("host").value_or(""));
    if (*origin == own) return Done{};
    return refused;
}

}  // namespace vv::api
