#include "server/page.h"

#include "base/text.h"

#include <algorithm>
#include <string>

namespace vv::server {
namespace {

constexpr std::string_view kIndex = "/index.html";
// What a build without the page says (ui/dist was not there).
constexpr std::string_view kWithoutPage =
    "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" "
    "content=\"width=device-width\">"
    "<title>Visavis</title><h1>Visavis is running</h1><p>This program was built without its web page. "
    "Run <code>make build</code>, which builds the page first, and start it again. "
    "The command line and the API work.</p></html>";

const PageFile* find_file(const std::vector<PageFile>& files, std::string_view path) {
    const auto found =
        std::lower_bound(files.begin(), files.end(), path,
                         [](const PageFile& file, std::string_view wanted) { return file.path < wanted; });
    return found != files.end() && found->path == path ? &*found : nullptr;
}

// A room's address has no file's ending; a missing file must not be answered with the page.
bool is_room(std::string_view path) {
    return !path.starts_with("/api/") && path != "/api" &&
           path.substr(path.rfind('/') + 1).find('.') == std::string_view::npos;
}

bool accepts_gzip(const net::Request& request) {
    const auto accepted = request.header("accept-encoding");
    if (!accepted) return false;
    const std::vector<std::string_view> codings = split(*accepted, ',');
    return std::any_of(codings.begin(), codings.end(), [](std::string_view coding) {
        const std::vector<std::string_view> parts = split(coding, ';');
        return trim(parts.front()) == "gzip" && (parts.size() < 2 || trim(parts[1]) != "q=0");
    });
}

bool has_already(const net::Request& request, std::string_view etag) {
    const auto known = request.header("if-none-match");
    if (!known) return false;
    const std::vector<std::string_view> tags = split(*known, ',');
    return std::any_of(tags.begin(), tags.end(), [etag](std::string_view tag) { return trim(tag) == etag; });
}

net::Response answer(const net::Request& request, const PageFile& file) {
    const bool hashed = file.path.starts_with("/assets/");
    net::Response response;
    response.with("etag", std::string(file.etag))
        .with("cache-control", hashed ? "public, max-age=31536000, immutable" : "no-cache")
        .with("vary", "accept-encoding");
    if (has_already(request, file.etag)) {
        response.status = 304;
        return response;
    }
    response.with("content-type", std::string(file.type));
    const bool compressed = !file.gzip.empty() && accepts_gzip(request);
    if (compressed) response.with("content-encoding", "gzip");
    response.body = compressed ? file.gzip : file.content;
    return response;
}

}  // namespace

net::Response serve_page(const std::vector<PageFile>& files, const net::Request& request) {
    if (request.path != "/")
        if (const PageFile* file = find_file(files, request.path)) return answer(request, *file);
    if (!is_room(request.path))
        return net::error_response(404, "http.not_found", "There is nothing at this address.");
    if (const PageFile* index = find_file(files, kIndex)) return answer(request, *index);
    return {200, "text/html; charset=utf-8", std::string(kWithoutPage)};
}

}  // namespace vv::server
