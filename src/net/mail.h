// net/mail.h — mail on its way out, over SMTP. libcurl writes the MIME parts and speaks the protocol.
//
// Blocking, for the jobs' threads. A mail goes to exactly one address. What a text holds can't become a
// header: header values are checked or encoded, addresses must be plain.
#pragma once

#include "base/result.h"
#include "base/time.h"
#include "net/mail_tls.h"

#include <atomic>
#include <chrono>
#include <string>

namespace vv::net {

struct Mail {
    std::string to;          // an address, without a name
    std::string from_name;   // shown before the server's address; UTF-8, may be empty
    std::string reply_to;    // an address; may be empty
    std::string subject;     // UTF-8; line breaks become blanks
    std::string text;        // UTF-8
    std::string html;        // the same for programs that show it; may be empty
    std::string ics;         // an iCalendar object (RFC 6047): a text/calendar part and a file; may be empty
    std::string ics_method;  // "REQUEST", "CANCEL", "REPLY"
    std::string
        list_unsubscribe;  // an https URL that stops further mail with one POST (RFC 8058); may be empty
    std::string id;  // unique and stable over attempts, so that a second delivery is seen as one; without @
    Instant date;
};

/// Where mail leaves this program; the outer world's edge, which tests replace.
class Mailer {
public:
    virtual ~Mailer() = default;
    /// `unavailable` mail.later: the same may succeed later. `invalid` mail.refused: it never will (no such
    /// mailbox, an address that is none). Neither says the address. Safe from any thread.
    virtual Result<Done> send(const Mail& mail) = 0;
    /// For the program's end: what is being sent fails with mail.later within a second or so, and so does all
    /// that follows.
    virtual void give_up() = 0;
};

struct SmtpOptions {
    std::string url;   // "smtp://HOST:587", "smtps://HOST:465"
    std::string user;  // may be empty
    std::string password;
    std::string from;                 // the sender's address
    MailTls tls = MailTls::required;  // STARTTLS for smtp://
    std::chrono::milliseconds timeout{30'000};
    std::string ca_file;  // certificates to trust instead of the system's; may be empty
};

class SmtpMailer final : public Mailer {
public:
    explicit SmtpMailer(SmtpOptions options) : options_(std::move(options)) {}
    Result<Done> send(const Mail& mail) override;
    void give_up() override { given_up_ = true; }

private:
    SmtpOptions options_;
    std::atomic<bool> given_up_{false};
};

}  // namespace vv::net
