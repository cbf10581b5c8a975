// Over the loopback with a certificate made here; the client is our own, which checks nothing less than
// others do.
#include "unit/net/certificate.h"
#include "unit/net/harness.h"

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <gtest/gtest.h>

namespace vv::net {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

class Tls : public testing::Test {
protected:
    Tls() {
        add_test_routes(router);
        ServerOptions options = test_options();
        options.tls_cert = certificate.cert_file();
        options.tls_key = certificate.key_file();
        server = start(router, options);
    }

    // What the server answers, or the handshake's failure.
    std::string ask(std::string_view request, const std::string& name, int version = TLS1_3_VERSION) {
        asio::io_context context;
        asio::ssl::context tls(asio::ssl::context::tls_client);
        tls.load_verify_file(certificate.cert_file());
        tls.set_verify_mode(asio::ssl::verify_peer);
        tls.set_verify_callback(asio::ssl::host_name_verification(name));
        SSL_CTX_set_max_proto_version(tls.native_handle(), version);
        SSL_CTX_set_min_proto_version(tls.native_handle(), TLS1_VERSION);
        asio::ssl::stream<tcp::socket> stream(context, tls);
        stream.next_layer().connect(tcp::endpoint(asio::ip::address_v4::loopback(), server->port()));
        boost::system::error_code failed;
        stream.handshake(asio::ssl::stream_base::client, failed);
        if (failed) return "handshake failed";
        asio::write(stream, asio::buffer(request));
        std::string answer;
        asio::read(stream, asio::dynamic_buffer(answer), failed);
        return answer;
    }

    Certificate certificate{"visavis.test"};
    Router router;
    std::unique_ptr<Server> server;
};

TEST_F(Tls, ServesOverIt) {
    const std::string answer =
        ask("GET /people/1 HTTP/1.1\r\nhost: visavis.test\r\nconnection: close\r\n\r\n", "visavis.test");
    EXPECT_EQ(body_of(answer), "1|127.0.0.1|secure");
    EXPECT_TRUE(server->url().starts_with("https://127.0.0.1:"));
}

TEST_F(Tls, IsForItsOwnName) {
    EXPECT_EQ(ask("GET /hello HTTP/1.1\r\nhost: x\r\n\r\n", "other.test"), "handshake failed");
}

TEST_F(Tls, TakesVersion12ButNothingOlder) {
    const std::string request = "GET /hello HTTP/1.1\r\nhost: visavis.test\r\nconnection: close\r\n\r\n";
    EXPECT_EQ(body_of(ask(request, "visavis.test", TLS1_2_VERSION)), "hello");
    EXPECT_EQ(ask(request, "visavis.test", TLS1_1_VERSION), "handshake failed");
}

TEST_F(Tls, APlainRequestGetsNothing) {
    Raw raw(server->port());
    raw.send("GET /hello HTTP/1.1\r\nhost: x\r\n\r\n");
    EXPECT_EQ(raw.read_to_end().find("hello"), std::string::npos);
}

TEST_F(Tls, SendsLargeBodies) {
    const std::string answer =
        ask("GET /large HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n", "visavis.test");
    EXPECT_EQ(body_of(answer).size(), 1'000'000U);
}

TEST(TlsOptions, AKeyThatDoesNotFitIsRefused) {
    const Certificate one("one.test");
    const Certificate other("other.test");
    const Router router;
    ServerOptions options = test_options();
    options.tls_cert = one.cert_file();
    options.tls_key = other.key_file();
    EXPECT_EQ(Server::create(options, router).error().code, "net.tls");
    options.tls_key = {};
    EXPECT_EQ(Server::create(options, router).error().code, "net.tls");
}

}  // namespace
}  // namespace vv::net
