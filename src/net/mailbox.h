// net/mailbox.h — mail on its way in, over IMAP. libcurl speaks the protocol.
//
// Blocking, for the jobs' threads; one mailbox is read by one thread at a time. What lies there was written
// by anybody: a mail comes as bytes, cut at a limit, and nothing here looks into it.
#pragma once

#include "base/result.h"
#include "net/mail_tls.h"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace vv::net {

struct MailboxMail {
    std::string text;     // its headers and its body as they lie there
    bool is_cut = false;  // it is longer than the limit: only its beginning is there
};

/// Where mail lies; the outer world's edge, which tests replace.
class Mailbox {
public:
    virtual ~Mailbox() = default;
    /// The numbers of mails that nobody has read, oldest first, `most` at most. All faults here are
    /// `unavailable` mailbox.later.
    virtual Result<std::vector<std::uint32_t>> unread(std::size_t most) = 0;
    /// One of them. It counts as read from then on: a mail that ends the program isn't met twice.
    virtual Result<MailboxMail> fetch(std::uint32_t number, std::size_t most_bytes) = 0;
    /// As if it had not been read; or out of the mailbox for good.
    virtual Result<Done> put_back(std::uint32_t number) = 0;
    virtual Result<Done> remove(std::uint32_t number) = 0;
    /// For the program's end: what is under way fails within a second or so. From any thread.
    virtual void give_up() = 0;
};

struct MailboxOptions {
    std::string url;  // "imaps://HOST:993", "imap://HOST:143"
    std::string user;
    std::string password;
    std::string folder = "INBOX";
    MailTls tls = MailTls::required;            // STARTTLS for imap://
    std::chrono::milliseconds timeout{10'000};  // of one command
    std::string ca_file;                        // certificates to trust instead of the system's; may be empty
};

class ImapMailbox final : public Mailbox {
public:
    explicit ImapMailbox(MailboxOptions options);
    ~ImapMailbox() override;
    Result<std::vector<std::uint32_t>> unread(std::size_t most) override;
    Result<MailboxMail> fetch(std::uint32_t number, std::size_t most_bytes) override;
    Result<Done> put_back(std::uint32_t number) override;
    Result<Done> remove(std::uint32_t number) override;
    void give_up() override { given_up_ = true; }

private:
    struct Connection;
    Result<std::string> ask(const std::string& where, const std::string& command, std::size_t most_bytes);

    MailboxOptions options_;
    std::atomic<bool> given_up_{false};
    std::unique_ptr<Connection> connection_;
};

}  // namespace vv::net
