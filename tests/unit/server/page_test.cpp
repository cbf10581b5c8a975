#include "server/page.h"

#include <gtest/gtest.h>

namespace vv::server {
namespace {

std::string header(const net::Response& response, std::string_view wanted) {
    for (const auto& [name, value] : response.headers)
        if (name == wanted) return value;
    return {};
}

// A page of three files, as tools/embed_page.py would have made it.
const std::vector<PageFile> kFiles{
    {"/assets/index-1a2b.js", "text/javascript", "\"aaa\"", "let page;", "GZIP"},
    {"/index.html", "text/html", "\"bbb\"", "<html>", ""},
    {"/sw.js", "text/javascript", "\"ccc\"", "worker", ""},
};

net::Response get(std::string path, std::vector<std::pair<std::string, std::string>> headers = {}) {
    net::Request request;
    request.path = std::move(path);
    request.headers = std::move(headers);
    return serve_page(kFiles, request);
}

TEST(ServePage, SendsAFileWithItsType) {
    const net::Response response = get("/sw.js");
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.body, "worker");
    EXPECT_EQ(header(response, "content-type"), "text/javascript");
    EXPECT_EQ(header(response, "cache-control"), "no-cache");
    EXPECT_EQ(header(response, "etag"), "\"ccc\"");
}

TEST(ServePage, HashedFilesAreKeptForAYear) {
    EXPECT_EQ(header(get("/assets/index-1a2b.js"), "cache-control"), "public, max-age=31536000, immutable");
}

TEST(ServePage, EveryRoomIsThePage) {
    for (const char* path : {"/", "/people", "/people/17", "/meetings/3", "/settings"})
        EXPECT_EQ(get(path).body, "<html>") << path;
}

TEST(ServePage, WhatIsMissingIsNotThePage) {
    for (const char* path : {"/api", "/api/visavis/v1/nothing", "/assets/index-old.js", "/favicon.ico",
                             "/.env", "/a/../etc/passwd.txt"})
        EXPECT_EQ(get(path).status, 404) << path;
}

TEST(ServePage, IsCompressedForThoseWhoTakeIt) {
    const net::Response packed = get("/assets/index-1a2b.js", {{"accept-encoding", "br, gzip;q=0.8"}});
    EXPECT_EQ(packed.body, "GZIP");
    EXPECT_EQ(header(packed, "content-encoding"), "gzip");
    EXPECT_EQ(header(packed, "vary"), "accept-encoding");
    EXPECT_EQ(get("/assets/index-1a2b.js", {{"accept-encoding", "gzip;q=0"}}).body, "let page;");
    EXPECT_EQ(get("/assets/index-1a2b.js").body, "let page;");
    EXPECT_EQ(get("/sw.js", {{"accept-encoding", "gzip"}}).body, "worker");
}

TEST(ServePage, WhatTheBrowserHasIsNotSentAgain) {
    const net::Response response = get("/sw.js", {{"if-none-match", "\"ccc\""}});
    EXPECT_EQ(response.status, 304);
    EXPECT_EQ(response.body, "");
    EXPECT_EQ(header(response, "etag"), "\"ccc\"");
    EXPECT_EQ(get("/sw.js", {{"if-none-match", "W/\"x\", \"ccc\""}}).status, 304);
    EXPECT_EQ(get("/sw.js", {{"if-none-match", "\"old\""}}).status, 200);
}

TEST(ServePage, ABuildWithoutThePageSaysSo) {
    net::Request request;
    request.path = "/people";
    const net::Response response = serve_page({}, request);
    EXPECT_EQ(response.status, 200);
    EXPECT_NE(response.body.find("make build"), std::string::npos);
    EXPECT_EQ(header(response, "content-type"), "text/html; charset=utf-8");
}

}  // namespace
}  // namespace vv::server
