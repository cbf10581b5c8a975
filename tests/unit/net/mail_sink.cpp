#include "unit/net/mail_sink.h"

#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>

namespace vv::net {
namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

MailSink::MailSink() : MailSink(Script()) {}

MailSink::MailSink(Script script)
    : script_(std::move(script)),
      acceptor_(context_, tcp::endpoint(asio::ip::address_v4::loopback(), 0)),
      thread_([this] { serve(); }) {}

MailSink::~MailSink() {
    if (thread_.joinable()) {
        // Wakes accept() when nobody came.
        error_code ignored;
        tcp::socket knock(context_);
        knock.connect(acceptor_.local_endpoint(), ignored);
        knock.close(ignored);
        thread_.join();
    }
}

std::string MailSink::url() const {
    return "smtp://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port());
}

const std::vector<std::string>& MailSink::commands() {
    if (thread_.joinable()) thread_.join();
    return commands_;
}

const std::string& MailSink::message() {
    if (thread_.joinable()) thread_.join();
    return message_;
}

std::string MailSink::usual_answer(const std::string& verb, bool encrypted) const {
    if (verb == "EHLO") {
        std::string offers = "250-sink";
        if (!script_.cert_file.empty() && !encrypted) offers += "\r\n250-STARTTLS";
        if (script_.offer_login) offers += "\r\n250-AUTH PLAIN";
        return offers + "\r\n250 8BITMIME";
    }
    if (verb == "DATA") return "354 go on";
    if (verb == "AUTH") return "334 ";
    if (commands_.size() > 1 && commands_[commands_.size() - 2].starts_with("AUTH")) return "235 welcome";
    if (verb == "STARTTLS") return "220 go on";
    if (verb == "QUIT") return "221 bye";
    return "250 fine";
}

// False when the client wants to go on encrypted.
template <class Stream>
bool MailSink::converse(Stream& stream, bool encrypted) {
    error_code failed;
    std::string buffer;
    const auto say = [&](const std::string& line) {
        asio::write(stream, asio::buffer(line + "\r\n"), failed);
    };
    if (!encrypted) say("220 sink");
    while (!failed) {
        const std::size_t end = asio::read_until(stream, asio::dynamic_buffer(buffer), "\r\n", failed);
        if (failed) break;
        const std::string line = buffer.substr(0, end - 2);
        buffer.erase(0, end);
        commands_.push_back(line);
        const std::string verb = line.substr(0, 4) == "STAR" ? "STARTTLS" : line.substr(0, 4);
        const auto scripted = script_.answers.find(verb);
        const std::string answer =
            scripted != script_.answers.end() ? scripted->second : usual_answer(verb, encrypted);
        say(answer);
        if (verb == "STARTTLS" && answer.starts_with("2")) return false;
        if (verb == "DATA" && answer.starts_with("3")) {
            const std::size_t stop =
                asio::read_until(stream, asio::dynamic_buffer(buffer), "\r\n.\r\n", failed);
            message_ = buffer.substr(0, stop);
            buffer.erase(0, stop);
            const auto verdict = script_.answers.find(".");
            say(verdict != script_.answers.end() ? verdict->second : "250 taken");
        }
    }
    return true;
}

void MailSink::serve() {
    error_code failed;
    tcp::socket socket = acceptor_.accept(failed);
    if (failed || converse(socket, false)) return;
    asio::ssl::context tls(asio::ssl::context::tls_server);
    tls.use_certificate_chain_file(script_.cert_file);
    tls.use_private_key_file(script_.key_file, asio::ssl::context::pem);
    asio::ssl::stream<tcp::socket&> stream(socket, tls);
    stream.handshake(asio::ssl::stream_base::server, failed);
    if (!failed) converse(stream, true);
}

}  // namespace vv::net
