// unit/net/mail_sink.h — a mail server for one test: takes what is sent and answers as it is told to.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace vv::net {

class MailSink {
public:
    struct Script {
        /// A command's answer instead of the usual one: "RCPT" → "550 no such mailbox", "." for the message
        /// itself.
        std::map<std::string, std::string> answers;
        std::string cert_file;  // offers STARTTLS with these
        std::string key_file;
        bool offer_login = false;
    };
    explicit MailSink(Script script);
    MailSink();
    /// Waits for the session to end.
    ~MailSink();
    MailSink(const MailSink&) = delete;
    MailSink& operator=(const MailSink&) = delete;

    [[nodiscard]] std::string url() const;
    /// Everything that the client said, after its session has ended.
    const std::vector<std::string>& commands();
    const std::string& message();

private:
    void serve();
    template <class Stream>
    bool converse(Stream& stream, bool encrypted);
    [[nodiscard]] std::string usual_answer(const std::string& verb, bool encrypted) const;

    Script script_;
    boost::asio::io_context context_;
    boost::asio::ip::tcp::acceptor acceptor_;
    std::vector<std::string> commands_;
    std::string message_;
    std::thread thread_;
};

}  // namespace vv::net
