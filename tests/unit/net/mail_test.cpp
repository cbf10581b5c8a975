#include "net/mail.h"

#include "unit/net/certificate.h"
#include "unit/net/mail_sink.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace vv::net {
namespace {

Mail invitation() {
    Mail mail;
    mail.to = "tom@example.com";
    mail.from_name = "Élise, through Visavis";
    mail.reply_to = "elise@example.org";
    mail.subject = "Lunch on Friday? — Élise";
    mail.text = "Dear Tom,\nlunch on Friday?\n.\nÉlise\n";
    mail.html = "<p>Dear Tom</p>";
    mail.ics = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n";
    mail.ics_method = "REQUEST";
    mail.list_unsubscribe = "https://meet.example.org/stop/abc";
    mail.id = "42.1";
    mail.date = *parse_rfc3339("2026-11-20T18:05:09Z");
    return mail;
}

SmtpOptions options_for(const MailSink& sink) {
    SmtpOptions options;
    options.url = sink.url();
    options.from = "visavis@example.org";
    options.tls = MailTls::never;
    options.timeout = std::chrono::seconds(5);
    return options;
}

bool said(const std::vector<std::string>& commands, const std::string& line) {
    return std::find(commands.begin(), commands.end(), line) != commands.end();
}

bool has(const std::string& message, const std::string& piece) {
    return message.find(piece) != std::string::npos;
}

TEST(SendMail, GoesToOneAddressFromTheServersOwn) {
    MailSink sink;
    const auto sent = SmtpMailer(options_for(sink)).send(invitation());
    ASSERT_TRUE(sent.ok()) << sent.error().detail;
    EXPECT_TRUE(said(sink.commands(), "MAIL FROM:<visavis@example.org>"));
    EXPECT_TRUE(said(sink.commands(), "RCPT TO:<tom@example.com>"));
}

TEST(SendMail, WritesTheHeaders) {
    MailSink sink;
    ASSERT_TRUE(SmtpMailer(options_for(sink)).send(invitation()).ok());
    const std::string& message = sink.message();
    EXPECT_TRUE(has(message, "Date: Fri, 20 Nov 2026 18:05:09 +0000\r\n"));
    EXPECT_TRUE(has(message, "From: =?UTF-8?B?w4lsaXNlLCB0aHJvdWdoIFZpc2F2aXM=?= <visavis@example.org>\r\n"));
    EXPECT_TRUE(has(message, "To: <tom@example.com>\r\n"));
    EXPECT_TRUE(has(message, "Reply-To: <elise@example.org>\r\n"));
    EXPECT_TRUE(has(message, "Subject: =?UTF-8?B?THVuY2ggb24gRnJpZGF5PyDigJQgw4lsaXNl?=\r\n"));
    EXPECT_TRUE(has(message, "Message-ID: <42.1@example.org>\r\n"));
    EXPECT_TRUE(has(message, "List-Unsubscribe: <https://meet.example.org/stop/abc>\r\n"));
    EXPECT_TRUE(has(message, "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"));
}

TEST(SendMail, HoldsTextHtmlAndCalendarAsAlternatives) {
    MailSink sink;
    ASSERT_TRUE(SmtpMailer(options_for(sink)).send(invitation()).ok());
    const std::string& message = sink.message();
    EXPECT_TRUE(has(message, "Content-Type: multipart/mixed"));
    EXPECT_TRUE(has(message, "Content-Type: multipart/alternative"));
    EXPECT_TRUE(has(message, "Content-Type: text/plain; charset=utf-8"));
    EXPECT_TRUE(has(message, "Content-Type: text/html; charset=utf-8"));
    EXPECT_TRUE(has(message, "Content-Type: text/calendar; charset=utf-8; method=REQUEST"));
    EXPECT_TRUE(has(message, "filename=\"meeting.ics\""));
    EXPECT_TRUE(has(message, "lunch on Friday?"));
    EXPECT_TRUE(has(message, "=C3=89lise"));
    // A line of one dot is no end of the message.
    EXPECT_TRUE(message.ends_with("\r\n.\r\n"));
    EXPECT_TRUE(has(message, "--"));
}

TEST(SendMail, PlainTextIsNotEncoded) {
    MailSink sink;
    Mail mail = invitation();
    mail.from_name = R"(Tom "the cook" Lee, through Visavis)";
    mail.subject = "Lunch on Friday?";
    mail.text = "Dear Tom,\nlunch: https://example.org/?a=1\n.\nAnn\n";
    ASSERT_TRUE(SmtpMailer(options_for(sink)).send(mail).ok());
    const std::string& message = sink.message();
    EXPECT_TRUE(has(message, R"(From: "Tom \"the cook\" Lee, through Visavis" <visavis@example.org>)"
                             "\r\n"));
    EXPECT_TRUE(has(message, "\r\nSubject: Lunch on Friday?\r\n"));
    EXPECT_TRUE(has(message, "\r\nDear Tom,\r\nlunch: https://example.org/?a=1\r\n..\r\nAnn\r\n"));
    EXPECT_TRUE(has(message, "\r\nBEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"));
    EXPECT_FALSE(has(message, "base64"));
    EXPECT_FALSE(has(message, "=?"));
}

TEST(SendMail, WhatIsNotPlainIsEncoded) {
    for (const char* subject : {"=?UTF-8?B?QW5u?=", "Caf\u00e9", "\x7f"}) {
        MailSink sink;
        Mail mail = invitation();
        mail.subject = subject;
        mail.ics += "SUMMARY:Caf\u00e9\r\n";
        mail.text = std::string(1'200, 'x') + "\nsecond\n";
        ASSERT_TRUE(SmtpMailer(options_for(sink)).send(mail).ok());
        EXPECT_TRUE(has(sink.message(), "Subject: =?UTF-8?B?")) << subject;
        EXPECT_TRUE(has(sink.message(), "base64"));
        EXPECT_TRUE(has(sink.message(), "=\r\n")) << "a line too long for mail";
        EXPECT_TRUE(has(sink.message(), "\r\nsecond\r\n")) << "its lines are lines";
    }
}

TEST(SendMail, WithoutACalendarHasNoFile) {
    MailSink sink;
    Mail mail = invitation();
    mail.ics = mail.ics_method = mail.html = {};
    ASSERT_TRUE(SmtpMailer(options_for(sink)).send(mail).ok());
    EXPECT_FALSE(has(sink.message(), "calendar"));
    EXPECT_FALSE(has(sink.message(), "text/html"));
}

TEST(SendMail, ALongSubjectIsFoldedAtWholeLetters) {
    MailSink sink;
    Mail mail = invitation();
    mail.subject.clear();
    for (int i = 0; i < 40; ++i) mail.subject += "äö";
    ASSERT_TRUE(SmtpMailer(options_for(sink)).send(mail).ok());
    const std::size_t begin = sink.message().find("Subject: ");
    ASSERT_NE(begin, std::string::npos);
    const std::string header =
        sink.message().substr(begin, sink.message().find("\r\nMessage-ID", begin) - begin);
    for (std::size_t at = 0; at < header.size();) {
        const std::size_t end = std::min(header.find("\r\n", at), header.size());
        EXPECT_LE(end - at, 78U);
        at = end + 2;
    }
    EXPECT_TRUE(has(header, "?=\r\n =?UTF-8?B?"));
}

TEST(SendMail, NothingInATextBecomesAHeader) {
    MailSink sink;
    Mail mail = invitation();
    mail.subject = "Hello\r\nBcc: everybody@example.com";
    mail.from_name = "Élise\r\nX-Evil: 1";
    ASSERT_TRUE(SmtpMailer(options_for(sink)).send(mail).ok());
    EXPECT_FALSE(has(sink.message(), "\r\nBcc:"));
    EXPECT_FALSE(has(sink.message(), "\r\nX-Evil:"));
}

TEST(SendMail, RefusesAddressesThatAreNone) {
    MailSink sink;
    for (const char* to :
         {"", "tom", "@example.com", "tom@", "tom@example.com>", "tom@example.com\r\nRCPT TO:<x@example.com>",
          "a b@example.com", "tom@x@example.com", "\"tom\"@example.com", "tom@example.com,x@example.com"}) {
        Mail mail = invitation();
        mail.to = to;
        EXPECT_EQ(SmtpMailer(options_for(sink)).send(mail).error().code, "mail.refused") << to;
    }
    Mail mail = invitation();
    mail.reply_to = "x\r\nBcc: y@example.com";
    EXPECT_FALSE(SmtpMailer(options_for(sink)).send(mail).ok());
    mail = invitation();
    mail.list_unsubscribe = "https://x>\r\nBcc: y@example.com";
    EXPECT_FALSE(SmtpMailer(options_for(sink)).send(mail).ok());
}

TEST(SendMail, TellsForGoodFromForNow) {
    const auto outcome = [](const std::string& verb, const std::string& answer) {
        MailSink::Script script;
        script.answers[verb] = answer;
        MailSink sink(script);
        const auto sent = SmtpMailer(options_for(sink)).send(invitation());
        return sent.ok() ? "sent" : sent.error().code;
    };
    EXPECT_EQ(outcome("RCPT", "550 no such mailbox"), "mail.refused");
    EXPECT_EQ(outcome("RCPT", "450 try later"), "mail.later");
    EXPECT_EQ(outcome("MAIL", "552 too much"), "mail.refused");
    EXPECT_EQ(outcome("MAIL", "530 sign in first"), "mail.later");
    EXPECT_EQ(outcome(".", "554 looks like spam"), "mail.refused");
    EXPECT_EQ(outcome(".", "451 greylisted"), "mail.later");
    EXPECT_EQ(outcome("DATA", "250 what?"), "mail.later");
}

TEST(SendMail, WithoutAServerMayWorkLater) {
    SmtpOptions options;
    options.url = "smtp://127.0.0.1:1";
    options.from = "visavis@example.org";
    EXPECT_EQ(SmtpMailer(options).send(invitation()).error().fault, Fault::unavailable);
}

TEST(SendMail, EndsWithTheProgram) {
    // Accepts connections and never says a word.
    const boost::asio::ip::tcp::endpoint any(boost::asio::ip::address_v4::loopback(), 0);
    boost::asio::io_context context;
    const boost::asio::ip::tcp::acceptor silent(context, any);
    SmtpOptions options;
    options.url = "smtp://127.0.0.1:" + std::to_string(silent.local_endpoint().port());
    options.from = "visavis@example.org";
    options.timeout = std::chrono::minutes(10);
    SmtpMailer mailer(options);
    std::thread ending([&mailer] { mailer.give_up(); });
    EXPECT_EQ(mailer.send(invitation()).error().code, "mail.later");
    ending.join();
}

TEST(SendMail, TheErrorNeverNamesTheAddress) {
    MailSink::Script script;
    script.answers["RCPT"] = "550 tom@example.com is unknown";
    MailSink sink(script);
    EXPECT_FALSE(has(SmtpMailer(options_for(sink)).send(invitation()).error().detail, "example.com"));
}

TEST(SendMail, TurnsToTlsAndSignsInWhenAsked) {
    const Certificate certificate("localhost");
    MailSink::Script script;
    script.cert_file = certificate.cert_file();
    script.key_file = certificate.key_file();
    script.offer_login = true;
    MailSink sink(script);
    SmtpOptions options = options_for(sink);
    options.tls = MailTls::required;
    options.ca_file = certificate.cert_file();
    options.user = "visavis";
    options.password = "secret";
    const auto sent = SmtpMailer(options).send(invitation());
    ASSERT_TRUE(sent.ok()) << sent.error().detail;
    EXPECT_TRUE(said(sink.commands(), "STARTTLS"));
    EXPECT_TRUE(said(sink.commands(), "AHZpc2F2aXMAc2VjcmV0"));  // \0visavis\0secret
    EXPECT_TRUE(has(sink.message(), "Subject:"));
}

TEST(SendMail, WithoutTheTlsThatIsRequiredNothingIsSaid) {
    MailSink sink;
    SmtpOptions options = options_for(sink);
    options.tls = MailTls::required;
    EXPECT_EQ(SmtpMailer(options).send(invitation()).error().code, "mail.later");
    EXPECT_EQ(sink.message(), "");
}

TEST(SendMail, AForeignCertificateIsNotBelieved) {
    const Certificate certificate("localhost");
    MailSink::Script script;
    script.cert_file = certificate.cert_file();
    script.key_file = certificate.key_file();
    MailSink sink(script);
    SmtpOptions options = options_for(sink);
    options.tls = MailTls::required;
    EXPECT_EQ(SmtpMailer(options).send(invitation()).error().code, "mail.later");
    EXPECT_EQ(sink.message(), "");
}

}  // namespace
}  // namespace vv::net
