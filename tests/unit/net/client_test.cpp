#include "net/client.h"

#include "unit/net/harness.h"

#include <gtest/gtest.h>

namespace vv::net {
namespace {

boost::asio::awaitable<Response> redirect(Request) {
    Response response(302, "text/plain", "there");
    response.with("location", "/hello");
    co_return response;
}

boost::asio::awaitable<Response> elsewhere(Request request) {
    Response response(302, "text/plain", "there");
    response.with("location", std::string(request.query_value("to").value_or("")));
    co_return response;
}

boost::asio::awaitable<Response> tell_credentials(Request request) {
    co_return Response(200, "text/plain", std::string(request.header("authorization").value_or("none")));
}

boost::asio::awaitable<Response> loop(Request) {
    Response response(302, "text/plain", "again");
    response.with("location", "/loop");
    co_return response;
}

class HttpClient : public testing::Test {
protected:
    HttpClient() {
        add_test_routes(router);
        router.add(Method::get, "/redirect", redirect);
        router.add(Method::get, "/loop", loop);
        router.add(Method::get, "/elsewhere", elsewhere);
        router.add(Method::get, "/credentials", tell_credentials);
        router.add(Method::propfind, "/credentials", tell_credentials);
        server = start(router);
        options.allow_private = true;
    }

    Result<ClientResponse> fetch(const std::string& path, Method method = Method::get,
                                 std::string body = {}) {
        ClientRequest request;
        request.method = method;
        request.url = server->url() + path;
        request.body = std::move(body);
        return Client(options).fetch(request);
    }

    Router router;
    std::unique_ptr<Server> server;
    ClientOptions options;
};

TEST_F(HttpClient, BringsTheAnswer) {
    const auto answer = fetch("/hello");
    ASSERT_TRUE(answer.ok()) << answer.error().detail;
    EXPECT_EQ(answer->status, 200);
    EXPECT_EQ(answer->body, "hello");
    EXPECT_EQ(answer->header("content-type"), "text/plain");
    EXPECT_EQ(answer->header("x-nothing"), "");
}

TEST_F(HttpClient, AnErrorStatusIsAnAnswer) {
    EXPECT_EQ(fetch("/nowhere")->status, 404);
}

TEST_F(HttpClient, SendsABody) {
    EXPECT_EQ(fetch("/echo", Method::post, "abc")->body, "abc");
    EXPECT_EQ(fetch("/echo", Method::put, "abc")->status, 405);
}

TEST_F(HttpClient, FollowsAFewRedirects) {
    const auto answer = fetch("/redirect");
    ASSERT_TRUE(answer.ok());
    EXPECT_EQ(answer->body, "hello");
    EXPECT_EQ(answer->url, server->url() + "/hello");
    EXPECT_EQ(fetch("/loop").error().code, "client.no_answer");
}

TEST_F(HttpClient, TellsNameAndPasswordToTheServerAskedAndToNoOther) {
    const auto other = start(router);
    const auto signed_in = [&](const std::string& path) {
        ClientRequest request;
        request.url = server->url() + path;
        request.user = "ann";
        request.password = "a:b";
        return Client(options).fetch(request);
    };
    EXPECT_EQ(signed_in("/credentials")->body, "Basic YW5uOmE6Yg==");
    EXPECT_EQ(signed_in("/elsewhere?to=/credentials")->body, "Basic YW5uOmE6Yg==");
    EXPECT_EQ(signed_in("/elsewhere?to=" + other->url() + "/credentials")->body, "none");
}

TEST_F(HttpClient, SaysOtherVerbs) {
    ClientRequest request;
    request.url = server->url() + "/credentials";
    request.verb = "PROPFIND";
    EXPECT_EQ(Client(options).fetch(request)->body, "none");
    request.verb = "A\r\nB";
    EXPECT_EQ(Client(options).fetch(request).error().code, "client.header");
}

TEST_F(HttpClient, GoesToPublicAddressesOnly) {
    options.allow_private = false;
    EXPECT_EQ(fetch("/hello").error().code, "client.private_address");
    for (const char* host : {"localhost", "[::1]", "0.0.0.0", "127.1", "0x7f000001", "[::ffff:127.0.0.1]"}) {
        ClientRequest request;
        request.url = "http://" + std::string(host) + ":" + std::to_string(server->port()) + "/hello";
        const auto answer = Client(options).fetch(request);
        EXPECT_EQ(answer.ok() ? "an answer" : answer.error().code, "client.private_address") << host;
    }
}

TEST_F(HttpClient, RefusesOtherProtocolsAndSplitHeaders) {
    ClientRequest request;
    for (const char* url : {"file:///etc/passwd", "gopher://example.org", "example.org", ""}) {
        request.url = url;
        EXPECT_EQ(Client(options).fetch(request).error().code, "client.url") << url;
    }
    request.url = server->url() + "/hello";
    request.headers = {{"x", "a\r\ny: b"}};
    EXPECT_EQ(Client(options).fetch(request).error().code, "client.header");
}

TEST_F(HttpClient, AnAnswerHasToEndInTimeAndSize) {
    options.timeout = std::chrono::milliseconds(100);
    EXPECT_EQ(fetch("/hang").error().code, "client.no_answer");
    options.timeout = std::chrono::seconds(10);
    options.body_limit = 999'999;
    EXPECT_EQ(fetch("/large").error().code, "client.too_large");
}

}  // namespace
}  // namespace vv::net
