#include "net/mail.h"

#include "base/text.h"
#include "net/curl.h"

#include <algorithm>
#include <array>
#include <openssl/evp.h>

namespace vv::net {
namespace {

constexpr std::size_t kMaxAddress = 254;  // RFC 5321, 4.5.3.1.3

// What may stand between < and > in the protocol and in a header. Stricter than RFC 5322: no quoted local
// parts.
bool is_address(std::string_view text) {
    const std::size_t at = text.find('@');
    if (at == 0 || at == std::string_view::npos || at + 1 == text.size() || text.size() > kMaxAddress)
        return false;
    for (const char c : text)
        if (static_cast<unsigned char>(c) <= 0x20 || c == 0x7f ||
            std::string_view("<>()[],;:\\\"").find(c) != std::string_view::npos)
            return false;
    return text.find('@', at + 1) == std::string_view::npos;
}

// A URL or an id inside a header.
bool is_one_word(std::string_view text) {
    for (const char c : text)
        if (static_cast<unsigned char>(c) <= 0x20 || static_cast<unsigned char>(c) >= 0x7f || c == '<' ||
            c == '>')
            return false;
    return true;
}

std::string base64(std::string_view bytes) {
    std::string out(4 * ((bytes.size() + 2) / 3) + 1, '\0');
    const int length =
        EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                        reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
    out.resize(static_cast<std::size_t>(length));
    return out;
}

// RFC 2047: words of at most 75 characters, each whole code points, folded onto lines of their own.
std::string encoded_words(std::string_view utf8) {
    constexpr std::size_t kBytesInWord = 42;
    const std::string clean = scrub_utf8(utf8);
    std::string out;
    for (std::string_view rest = clean; !rest.empty();) {
        const std::string_view piece = truncate_utf8(rest, kBytesInWord);
        out += (out.empty() ? "=?UTF-8?B?" : "\r\n =?UTF-8?B?") + base64(piece) + "?=";
        rest.remove_prefix(piece.size());
    }
    return out;
}

// Whether a header may hold the text as it is: printable ASCII that fits a line and is no encoded word.
// Whatever else is in it, encoding keeps it from being taken for a header's syntax.
bool is_plain_header(std::string_view text) {
    constexpr std::size_t kLine = 60;  // beside the header's name, within 78
    const bool printable = std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7f; });
    return printable && text.size() <= kLine && text == trim(text) &&
           text.find("=?") == std::string_view::npos;
}

std::string header_text(std::string_view utf8) {
    return is_plain_header(utf8) ? std::string(utf8) : encoded_words(utf8);
}

// A name before an address (RFC 5322, 3.2.4): in quotes, where a comma separates nothing.
std::string header_name(std::string_view utf8) {
    if (!is_plain_header(utf8)) return encoded_words(utf8);
    std::string out = "\"";
    for (const char c : utf8) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + "\"";
}

std::string one_line(std::string text) {
    for (char& c : text)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
    return text;
}

// RFC 5322's date, in UTC and English whatever the locale.
std::string mail_date(Instant t) {
    constexpr std::array<const char*, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array<const char*, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = std::chrono::floor<std::chrono::days>(t);
    const Date date(day);
    const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(t - day));
    std::array<char, 64> out{};
    std::snprintf(out.data(), out.size(), "%s, %02u %s %04d %02d:%02d:%02d +0000",
                  kDays.at(std::chrono::weekday(day).c_encoding()), static_cast<unsigned>(date.day()),
                  kMonths.at(static_cast<unsigned>(date.month()) - 1), static_cast<int>(date.year()),
                  static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()));
    return out.data();
}

Result<Done> check(const Mail& mail, const SmtpOptions& options) {
    if (!is_address(options.from))
        return Error(Fault::unavailable, "mail.later", "The server's own address (mail.from) is no address.");
    const bool reply_is_good = mail.reply_to.empty() || is_address(mail.reply_to);
    if (!is_address(mail.to) || !reply_is_good)
        return Error(Fault::invalid, "mail.refused", "An address of this mail is no address.");
    if (!is_one_word(mail.list_unsubscribe) || !is_one_word(mail.id) || !is_one_word(mail.ics_method))
        return Error(Fault::invalid, "mail.refused", "A header of this mail can't be sent.");
    return Done{};
}

CurlList headers_of(const Mail& mail, const SmtpOptions& options) {
    const std::string name = one_line(mail.from_name);
    const std::string domain = options.from.substr(options.from.find('@') + 1);
    CurlList headers;
    headers.add("Date: " + mail_date(mail.date));
    headers.add("From: " + (name.empty() ? "" : header_name(name) + " ") + "<" + options.from + ">");
    headers.add("To: <" + mail.to + ">");
    if (!mail.reply_to.empty()) headers.add("Reply-To: <" + mail.reply_to + ">");
    headers.add("Subject: " + header_text(one_line(mail.subject)));
    if (!mail.id.empty()) headers.add("Message-ID: <" + mail.id + "@" + domain + ">");
    headers.add("Auto-Submitted: auto-generated");  // RFC 3834: out-of-office replies stay away
    if (!mail.list_unsubscribe.empty()) {
        headers.add("List-Unsubscribe: <" + mail.list_unsubscribe + ">");
        headers.add("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
    }
    return headers;
}

// Lines end with CR LF; the encoder would write a lone LF as a byte that ends nothing.
std::string with_crlf(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\n' && !out.ends_with('\r')) out += '\r';
        out += c;
    }
    return out;
}

// Text goes as it is where every line can be read so (RFC 5322, 2.1.1), for people and filters alike.
const char* encoder_for(std::string_view text, const char* other) {
    constexpr std::size_t kMostLine = 998;
    std::size_t line = 0;
    for (const char c : text) {
        line = c == '\n' ? 0 : line + 1;
        if (static_cast<unsigned char>(c) >= 0x80 || c == '\0' || line > kMostLine) return other;
    }
    return "7bit";
}

void add_part(curl_mime* mime, const std::string& content, const std::string& type, const char* encoder) {
    curl_mimepart* part = curl_mime_addpart(mime);
    curl_mime_data(part, content.data(), content.size());
    curl_mime_type(part, type.c_str());
    curl_mime_encoder(part, encoder);
}

// multipart/mixed: what is shown (the same as text, HTML and calendar), and the calendar again as a file for
// programs that don't know the third.
CurlMime parts_of(CURL* curl, const Mail& mail) {
    CurlMime mixed(curl_mime_init(curl));
    curl_mime* shown = curl_mime_init(curl);
    const auto add_text = [shown](const std::string& text, const char* type) {
        add_part(shown, with_crlf(text), type, encoder_for(text, "quoted-printable"));
    };
    add_text(mail.text, "text/plain; charset=utf-8");
    if (!mail.html.empty()) add_text(mail.html, "text/html; charset=utf-8");
    const std::string method = mail.ics_method.empty() ? "" : "; method=" + mail.ics_method;
    const char* const as_calendar = encoder_for(mail.ics, "base64");
    if (!mail.ics.empty()) add_part(shown, mail.ics, "text/calendar; charset=utf-8" + method, as_calendar);
    curl_mimepart* part = curl_mime_addpart(mixed.get());
    curl_mime_subparts(part, shown);
    curl_mime_type(part, "multipart/alternative");
    if (mail.ics.empty()) return mixed;
    curl_mimepart* file = curl_mime_addpart(mixed.get());
    curl_mime_data(file, mail.ics.data(), mail.ics.size());
    curl_mime_type(file, "application/ics");
    curl_mime_filename(file, "meeting.ics");
    curl_mime_encoder(file, as_calendar);
    return mixed;
}

// Called about once a second; anything but 0 ends the transfer.
int is_over(void* given_up, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    return static_cast<const std::atomic<bool>*>(given_up)->load() ? 1 : 0;
}

void prepare(CURL* curl, const SmtpOptions& options) {
    curl_easy_setopt(curl, CURLOPT_URL, options.url.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(options.timeout.count()));
    curl_easy_setopt(curl, CURLOPT_USE_SSL, use_ssl(options.tls));
    if (!options.ca_file.empty()) curl_easy_setopt(curl, CURLOPT_CAINFO, options.ca_file.c_str());
    if (!options.user.empty()) {
        curl_easy_setopt(curl, CURLOPT_USERNAME, options.user.c_str());
        curl_easy_setopt(curl, CURLOPT_PASSWORD, options.password.c_str());
    }
}

// 5yz is for good (RFC 5321, 4.2.1), but not where it is about us: signing in, TLS, policy towards our host.
bool is_for_good(CURLcode code, long reply) {
    if (code == CURLE_LOGIN_DENIED || code == CURLE_USE_SSL_FAILED || code == CURLE_PEER_FAILED_VERIFICATION)
        return false;
    return reply >= 500 && reply < 600 && reply != 530 && reply != 535 && reply != 538;
}

}  // namespace

Result<Done> SmtpMailer::send(const Mail& mail) {
    CHECK(check(mail, options_));
    const CurlHandle curl = make_curl();
    if (!curl) return Error(Fault::unavailable, "mail.later", "The mail client can't be started.");
    const CurlList headers = headers_of(mail, options_);
    const CurlMime parts = parts_of(curl.get(), mail);
    CurlList recipients;
    recipients.add("<" + mail.to + ">");
    prepare(curl.get(), options_);
    curl_easy_setopt(curl.get(), CURLOPT_XFERINFOFUNCTION, is_over);
    curl_easy_setopt(curl.get(), CURLOPT_XFERINFODATA, &given_up_);
    curl_easy_setopt(curl.get(), CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl.get(), CURLOPT_MAIL_FROM, ("<" + options_.from + ">").c_str());
    curl_easy_setopt(curl.get(), CURLOPT_MAIL_RCPT, recipients.get());
    curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(curl.get(), CURLOPT_MIMEPOST, parts.get());
    const CURLcode code = curl_easy_perform(curl.get());
    if (code == CURLE_OK) return Done{};
    long reply = 0;
    curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &reply);
    const std::string why =
        std::string(curl_easy_strerror(code)) + (reply > 0 ? " (" + std::to_string(reply) + ")" : "");
    if (is_for_good(code, reply))
        return Error(Fault::invalid, "mail.refused", "The mail server refused the mail: " + why + ".");
    return Error(Fault::unavailable, "mail.later", "The mail server did not take the mail: " + why + ".");
}

}  // namespace vv::net
