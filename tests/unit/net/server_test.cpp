#include "net/server.h"

#include "net/crowd.h"
#include "unit/net/harness.h"

#include <algorithm>
#include <atomic>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <filesystem>
#include <gtest/gtest.h>
#include <mutex>
#include <thread>

namespace vv::net {
namespace {

// Short deadlines, for the tests of them.
ServerOptions hasty_options() {
    ServerOptions options = test_options();
    options.idle_timeout = std::chrono::milliseconds(200);
    options.header_timeout = std::chrono::milliseconds(200);
    options.body_timeout = std::chrono::milliseconds(200);
    return options;
}

// Begins, and ends when it is told to.
boost::asio::awaitable<Response> answer_when(std::atomic<bool>& begun, const std::atomic<bool>& may_end) {
    begun = true;
    boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor);
    while (!may_end) {
        timer.expires_after(std::chrono::milliseconds(1));
        co_await timer.async_wait(boost::asio::use_awaitable);
    }
    co_return Response(200, "text/plain", "at last");
}

class HttpServer : public testing::Test {
protected:
    HttpServer() { add_test_routes(router); }

    std::string ask(std::string_view request) {
        if (!server) server = start(router);
        return net::ask(server->port(), request);
    }
    std::string get(const std::string& target) {
        return ask("GET " + target + " HTTP/1.1\r\nhost: x\r\n\r\n");
    }

    Router router;
    std::unique_ptr<Server> server;
};

TEST_F(HttpServer, AnswersWithTheDefaultHeaders) {
    const std::string answer = get("/hello");
    EXPECT_EQ(status_of(answer), 200);
    EXPECT_EQ(body_of(answer), "hello");
    EXPECT_EQ(header_of(answer, "content-length"), "5");
    EXPECT_EQ(header_of(answer, "x-frame-options"), "DENY");
    EXPECT_TRUE(header_of(answer, "date").ends_with(" GMT"));
}

TEST_F(HttpServer, HeadHasNoBody) {
    server = start(router);
    Raw raw(server->port());
    raw.send("HEAD /hello HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
    const std::string answer = raw.read_to_end();
    EXPECT_EQ(header_of(answer, "content-length"), "5");
    EXPECT_TRUE(answer.ends_with("\r\n\r\n"));
}

TEST_F(HttpServer, UnknownPathsAndMethodsAreToldApart) {
    EXPECT_EQ(status_of(get("/nowhere")), 404);
    EXPECT_EQ(body_of(get("/nowhere")),
              R"({"error":{"code":"http.not_found","message":"There is nothing at this address."}})");
    const std::string wrong = ask("DELETE /hello HTTP/1.1\r\nhost: x\r\n\r\n");
    EXPECT_EQ(status_of(wrong), 405);
    EXPECT_EQ(header_of(wrong, "allow"), "GET, HEAD, OPTIONS");
    const std::string options = ask("OPTIONS /echo HTTP/1.1\r\nhost: x\r\n\r\n");
    EXPECT_EQ(status_of(options), 204);
    EXPECT_EQ(header_of(options, "allow"), "POST, OPTIONS");
    EXPECT_EQ(status_of(ask("BREW /hello HTTP/1.1\r\nhost: x\r\n\r\n")), 405);
}

TEST_F(HttpServer, DecodesPathAndQuery) {
    EXPECT_EQ(body_of(get("/people/caf%C3%A9?a=b+c&d=%26")), "café|a=b c|d=&|127.0.0.1");
}

TEST_F(HttpServer, KeepsTheConnection) {
    server = start(router);
    Raw raw(server->port());
    for (int i = 0; i < 3; ++i) {
        raw.send("GET /hello HTTP/1.1\r\nhost: x\r\n\r\n");
        EXPECT_EQ(body_of(raw.read_answer()), "hello");
    }
    EXPECT_EQ(server->connections(), 1U);
    raw.send("GET /hello HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
    EXPECT_EQ(header_of(raw.read_answer(), "connection"), "close");
    EXPECT_TRUE(raw.is_closed());
}

TEST_F(HttpServer, AnswersPipelinedRequestsInOrder) {
    server = start(router);
    Raw raw(server->port());
    raw.send(
        "GET /people/1 HTTP/1.1\r\nhost: x\r\n\r\nPOST /echo HTTP/1.1\r\nhost: x\r\ncontent-length: "
        "3\r\n\r\nabc"
        "GET /people/2 HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
    EXPECT_EQ(body_of(raw.read_answer()), "1|127.0.0.1");
    EXPECT_EQ(body_of(raw.read_answer()), "abc");
    EXPECT_EQ(body_of(raw.read_answer()), "2|127.0.0.1");
}

TEST_F(HttpServer, Http10ClosesUnlessAskedToStay) {
    server = start(router);
    Raw raw(server->port());
    raw.send("GET /hello HTTP/1.0\r\n\r\n");
    EXPECT_EQ(status_of(raw.read_answer()), 200);
    EXPECT_TRUE(raw.is_closed());
    Raw stays(server->port());
    stays.send("GET /hello HTTP/1.0\r\nconnection: keep-alive\r\n\r\n");
    EXPECT_EQ(header_of(stays.read_answer(), "connection"), "keep-alive");
}

TEST_F(HttpServer, TakesBodiesByLengthAndInChunks) {
    EXPECT_EQ(body_of(ask("POST /echo HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\n\r\nhello")), "hello");
    EXPECT_EQ(body_of(ask("POST /echo HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n"
                          "3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n")),
              "hello");
}

TEST_F(HttpServer, ABodyMayArriveByteByByte) {
    server = start(router);
    Raw raw(server->port());
    for (const char c : std::string("POST /echo HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\n\r\nabc"))
        raw.send({&c, 1});
    EXPECT_EQ(body_of(raw.read_answer()), "abc");
}

TEST_F(HttpServer, RefusesABodyThatIsTooLarge) {
    const std::string told = ask("POST /echo HTTP/1.1\r\nhost: x\r\ncontent-length: 1001\r\n\r\n");
    EXPECT_EQ(status_of(told), 413);
    EXPECT_EQ(header_of(told, "connection"), "close");
    EXPECT_EQ(status_of(ask("POST /echo HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n3e9\r\n" +
                            std::string(1001, 'a') + "\r\n0\r\n\r\n")),
              413);
    EXPECT_EQ(status_of(ask("POST /echo HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\n" +
                            std::string(1000, 'a'))),
              200);
}

TEST_F(HttpServer, RefusesAHeaderThatIsTooLarge) {
    const std::string large(20'000, 'a');
    EXPECT_EQ(status_of(ask("GET /hello HTTP/1.1\r\nhost: x\r\nx-large: " + large + "\r\n\r\n")), 431);
    EXPECT_EQ(status_of(ask("GET /" + large + " HTTP/1.1\r\nhost: x\r\n\r\n")), 431);
    const std::string fits(15'000, 'a');
    EXPECT_EQ(status_of(ask("GET /hello HTTP/1.1\r\nhost: x\r\nx-large: " + fits + "\r\n\r\n")), 200);
}

// Such a line or block is read as a whole: without an end it would fill the memory.
TEST_F(HttpServer, RefusesAChunkHeaderOrTrailersOfNoEnd) {
    const std::string large(200'000, 'a');
    for (const std::string path : {"/echo", "/count"})
        for (const std::string& body : {"3;" + large, "3;" + large + "\r\nabc\r\n0\r\n\r\n",
                                        "0\r\nx-large: " + large, "0\r\nx-large: " + large + "\r\n\r\n"})
            EXPECT_EQ(status_of(ask("POST " + path +
                                    " HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n" + body)),
                      431)
                << path << " " << body.substr(0, 20);
}

TEST_F(HttpServer, TakesNoHeaderFromTheTrailers) {
    router.add(Method::post, "/cookie", [](Request request) -> boost::asio::awaitable<Response> {
        co_return Response(200, "text/plain", std::string(request.cookie("a").value_or("none")));
    });
    EXPECT_EQ(body_of(ask("POST /cookie HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n"
                          "0\r\ncookie: a=b\r\n\r\n")),
              "none");
}

TEST_F(HttpServer, RefusesWhatIsNoHttp) {
    for (const char* request : {
             "hello\r\n\r\n",
             "GET\r\n\r\n",
             "GET /hello\r\n\r\n",
             "GET /hello HTTP/2.0\r\nhost: x\r\n\r\n",
             "GET /hello HTTP/1.1\r\n\r\n",                        // no host
             "GET /hello HTTP/1.1\r\nhost: x\r\nhost: y\r\n\r\n",  // two
             "GET /hello HTTP/1.1\r\nhost: x\r\nbad header: y\r\n\r\n",
             "GET hello HTTP/1.1\r\nhost: x\r\n\r\n",
             "GET /%zz HTTP/1.1\r\nhost: x\r\n\r\n",
             "POST /echo HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n",
             "POST /echo HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab",
             "POST /echo HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\ntransfer-encoding: "
             "chunked\r\n\r\n0\r\n\r\n",  // smuggling
             "POST /echo HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\ncontent-length: "
             "3\r\n\r\n0\r\n\r\n",
             "POST /echo HTTP/1.1\r\nhost: x\r\ntransfer-encoding: gzip\r\n\r\nabc",  // a body of no end
             "POST /echo HTTP/1.1\r\nhost: x\r\ntransfer-encoding: xchunked\r\n\r\n0\r\n\r\n",
             "POST /echo HTTP/1.1\r\nhost: x\r\ntransfer-encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
             "POST /echo HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
             "POST /echo HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n",
             "\x16\x03\x01\x02\x01\x01\r\n\r\n",  // TLS on a plain port
         }) {
        const std::string answer = ask(request);
        EXPECT_EQ(status_of(answer), 400) << request << "\n→ " << answer;
        EXPECT_EQ(header_of(answer, "connection"), "close");
    }
}

TEST_F(HttpServer, AHandlerThatBreaksIsAnswered500WithoutItsCause) {
    const std::string answer = get("/broken");
    EXPECT_EQ(status_of(answer), 500);
    EXPECT_EQ(answer.find("secret"), std::string::npos);
    EXPECT_NE(body_of(answer).find("\"http.internal\""), std::string::npos);
}

TEST_F(HttpServer, AHeaderCannotBeSplit) {
    const std::string answer = get("/split");
    EXPECT_EQ(status_of(answer), 200);
    EXPECT_EQ(answer.find("stolen"), std::string::npos);
}

TEST_F(HttpServer, SendsLargeBodies) {
    EXPECT_EQ(body_of(get("/large")).size(), 1'000'000U);
}

TEST_F(HttpServer, PutsAnUploadIntoAFileThatGoesAfterwards) {
    const std::string data(2'000'000, 'z');
    const std::string body =
        body_of(ask("POST /count HTTP/1.1\r\nhost: x\r\ncontent-length: " + std::to_string(data.size()) +
                    "\r\n\r\n" + data));
    ASSERT_TRUE(body.starts_with("2000000 ")) << body;
    server->drain(std::chrono::seconds(5));
    EXPECT_FALSE(std::filesystem::exists(body.substr(8)));
}

TEST_F(HttpServer, RefusesAnUploadThatIsTooLarge) {
    EXPECT_EQ(status_of(ask("POST /count HTTP/1.1\r\nhost: x\r\ncontent-length: 3000001\r\n\r\nabc")), 413);
}

TEST_F(HttpServer, RefusesAnUploadWhenTheFolderIsGone) {
    ServerOptions options = test_options();
    options.upload_folder = "/nonexistent";
    server = start(router, options);
    EXPECT_EQ(status_of(ask("POST /count HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\n\r\nabc")), 503);
}

TEST_F(HttpServer, AsksForAdmissionBeforeItTakesTheBody) {
    const std::string answer =
        ask("POST /locked HTTP/1.1\r\nhost: x\r\ncontent-length: 3000000\r\nexpect: 100-continue\r\n\r\n");
    EXPECT_EQ(status_of(answer), 401);
}

TEST_F(HttpServer, TellsAWaitingClientToSendItsBody) {
    server = start(router);
    Raw raw(server->port());
    raw.send("POST /echo HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\nexpect: 100-continue\r\n\r\n");
    EXPECT_EQ(status_of(raw.read_answer()), 100);
    raw.send("abc");
    EXPECT_EQ(body_of(raw.read_answer()), "abc");
}

TEST_F(HttpServer, AnIdleConnectionIsClosed) {
    server = start(router, hasty_options());
    Raw raw(server->port());
    EXPECT_TRUE(raw.is_closed());
}

TEST_F(HttpServer, AHeaderThatDripsIsCutOff) {
    server = start(router, hasty_options());
    Raw raw(server->port());
    std::thread dripping([&raw] {
        for (int i = 0; i < 20; ++i) {
            raw.send(i == 0 ? "GET /hello HTTP/1.1\r\nhost: x\r\nx-slow: " : "a");
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
    });
    EXPECT_EQ(status_of(raw.read_answer()), 408);
    dripping.join();
}

TEST_F(HttpServer, ABodyThatDripsIsCutOff) {
    server = start(router, hasty_options());
    Raw raw(server->port());
    raw.send("POST /echo HTTP/1.1\r\nhost: x\r\ncontent-length: 900\r\n\r\n");
    std::thread dripping([&raw] {
        for (int i = 0; i < 20; ++i) {
            raw.send("a");
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
    });
    EXPECT_EQ(status_of(raw.read_answer()), 408);
    dripping.join();
}

TEST_F(HttpServer, ASlowHandlerIsNotCutOff) {
    ServerOptions options = hasty_options();
    options.header_timeout = std::chrono::milliseconds(50);
    options.idle_timeout = std::chrono::milliseconds(50);
    server = start(router, options);
    EXPECT_EQ(body_of(get("/slow")), "at last");
}

TEST_F(HttpServer, AConnectionTooManyIsTurnedAway) {
    ServerOptions options = test_options();
    options.max_connections = 2;
    server = start(router, options);
    Raw first(server->port());
    Raw second(server->port());
    first.send("GET /hello HTTP/1.1\r\nhost: x\r\n\r\n");
    second.send("GET /hello HTTP/1.1\r\nhost: x\r\n\r\n");
    EXPECT_EQ(status_of(first.read_answer()), 200);
    EXPECT_EQ(status_of(second.read_answer()), 200);
    Raw third(server->port());
    const std::string answer = third.read_answer();
    EXPECT_EQ(status_of(answer), 503);
    EXPECT_EQ(header_of(answer, "retry-after"), "5");
    EXPECT_EQ(header_of(answer, "x-frame-options"), "DENY");
}

TEST_F(HttpServer, OneNetworkTakesNotAllConnectionsButATrustedProxyMay) {
    ServerOptions options = test_options();
    options.max_connections_each = 1;
    options.trusted_proxies = {"127.0.0.3/32"};
    server = start(router, options);
    const auto status_from = [](Raw& raw) {
        raw.send("GET /hello HTTP/1.1\r\nhost: x\r\n\r\n");
        return status_of(raw.read_answer());
    };
    Raw first(server->port());
    EXPECT_EQ(status_from(first), 200);
    Raw second(server->port());
    EXPECT_EQ(status_of(second.read_answer()), 503);
    Raw elsewhere(server->port(), "127.0.0.2");
    EXPECT_EQ(status_from(elsewhere), 200);
    Raw proxy(server->port(), "127.0.0.3");
    Raw again(server->port(), "127.0.0.3");
    EXPECT_EQ(status_from(proxy), 200);
    EXPECT_EQ(status_from(again), 200);
}

TEST(NetworkOf, IsTheFirstHalfOfAnIpv6Address) {
    EXPECT_EQ(network_of("192.0.2.7"), "192.0.2.7");
    EXPECT_EQ(network_of("2001:db8:1:2:3:4:5:6"), network_of("2001:db8:1:2::9"));
    EXPECT_NE(network_of("2001:db8:1:2::9"), network_of("2001:db8:1:3::9"));
}

TEST_F(HttpServer, TheGuardIsAskedFirst) {
    router.set_guard([](const Request& request) -> std::optional<Response> {
        if (request.method != Method::post) return std::nullopt;
        return error_response(403, "http.origin", "No.");
    });
    EXPECT_EQ(status_of(ask("POST /echo HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\n\r\nabc")), 403);
    EXPECT_EQ(status_of(get("/hello")), 200);
}

TEST_F(HttpServer, ReportsWhatItServedByRoute) {
    std::mutex mutex;
    std::vector<std::string> seen;
    ServerOptions options = test_options();
    options.observe = [&](const Served& served) {
        const std::scoped_lock lock(mutex);
        seen.push_back(std::string(to_string(served.method)) + " " + std::string(served.pattern) + " " +
                       std::to_string(served.status));
    };
    server = start(router, options);
    get("/people/private-name");
    get("/nowhere");
    ask("nonsense\r\n\r\n");
    server->drain(std::chrono::seconds(1));
    std::sort(seen.begin(), seen.end());
    EXPECT_EQ(seen, (std::vector<std::string>{"GET (none) 400", "GET (none) 404", "GET /people/:id 200"}));
}

TEST_F(HttpServer, DrainingFinishesWhatRuns) {
    std::atomic<bool> begun = false;
    std::atomic<bool> may_end = false;
    router.add(Method::get, "/patient", [&](Request) { return answer_when(begun, may_end); });
    server = start(router);
    Raw running(server->port());
    Raw idle(server->port());
    idle.send("GET /hello HTTP/1.1\r\nhost: x\r\n\r\n");
    idle.read_answer();
    running.send("GET /patient HTTP/1.1\r\nhost: x\r\n\r\n");
    while (!begun) std::this_thread::yield();
    const std::uint16_t port = server->port();
    std::thread draining([this] { server->drain(std::chrono::seconds(30)); });
    EXPECT_TRUE(idle.is_closed());
    may_end = true;
    const std::string answer = running.read_answer();
    EXPECT_EQ(body_of(answer), "at last");
    EXPECT_EQ(header_of(answer, "connection"), "close");
    draining.join();
    EXPECT_EQ(server->connections(), 0U);
    EXPECT_THROW(Raw{port}, std::runtime_error);
}

TEST_F(HttpServer, DrainingDoesNotWaitForever) {
    server = start(router);
    Raw running(server->port());
    running.send("GET /hang HTTP/1.1\r\nhost: x\r\n\r\n");
    while (server->connections() == 0) std::this_thread::yield();
    server->drain(std::chrono::milliseconds(20));  // the test's own time limit is what would fail
    server.reset();
    EXPECT_TRUE(running.is_closed());
}

TEST_F(HttpServer, APortThatIsTakenIsRefused) {
    server = start(router);
    ServerOptions options = test_options();
    options.listen = "127.0.0.1:" + std::to_string(server->port());
    const auto second = Server::create(options, router);
    ASSERT_FALSE(second.ok());
    EXPECT_EQ(second.error().fault, Fault::conflict);
}

TEST_F(HttpServer, ServesManyAtOnce) {
    ServerOptions options = test_options();
    server = start(router, options);
    std::vector<std::thread> clients;
    std::atomic<int> good{0};
    for (int i = 0; i < 16; ++i)
        clients.emplace_back([&, i] {
            Raw raw(server->port());
            for (int n = 0; n < 50; ++n) {
                const std::string id = std::to_string(i * 100 + n);
                raw.send("GET /people/" + id + " HTTP/1.1\r\nhost: x\r\n\r\n");
                if (body_of(raw.read_answer()) == id + "|127.0.0.1") ++good;
            }
        });
    for (std::thread& client : clients) client.join();
    EXPECT_EQ(good, 16 * 50);
}

TEST(ServerOptionsCheck, NamesWhatIsWrong) {
    Router router;
    ServerOptions options;
    for (const char* listen :
         {"", "8080", "example.org:80", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:99999"}) {
        options.listen = listen;
        EXPECT_EQ(Server::create(options, router).error().code, "net.listen") << listen;
    }
    options.listen = "127.0.0.1:0";
    options.trusted_proxies = {"everybody"};
    EXPECT_EQ(Server::create(options, router).error().code, "net.network");
    options.trusted_proxies = {};
    options.tls_cert = options.tls_key = "/nonexistent.pem";
    EXPECT_NE(Server::create(options, router).error().detail.find("/nonexistent.pem"), std::string::npos);
}

}  // namespace
}  // namespace vv::net
