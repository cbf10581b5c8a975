// server/page.h — the web page's files, which are part of the program (tools/embed_page.py puts them there).
#pragma once

#include "net/request.h"
#include "net/response.h"

#include <string_view>
#include <vector>

namespace vv::server {

/// One file of ui/dist as it lies in the program.
struct PageFile {
    std::string_view path;  // "/assets/index-4f3a.js"
    std::string_view type;  // its content type
    std::string_view etag;  // quoted
    std::string_view content;
    std::string_view gzip;  // the same compressed; empty when that gains nothing
};

/// The program's own, sorted by path; from the generated table.
std::vector<PageFile> page_files();

/// Answers GET and HEAD for everything that is no route: a file, or for the address of a room ("/people/17")
/// the page itself, which then shows that room. Never for /api. Files whose names carry a hash are kept by
/// browsers for a year, the others are asked for again each time (304).
net::Response serve_page(const std::vector<PageFile>& files, const net::Request& request);

}  // namespace vv::server
