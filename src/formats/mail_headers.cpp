#include "formats/mail_headers.h"

#include "base/text.h"
#include "formats/gmime.h"

#include <algorithm>
#include <array>
#include <gmime/gmime.h>
#include <memory>
#include <mutex>

namespace vv::formats {
namespace {

constexpr std::size_t kLongest = 262'144;  // of a value
constexpr std::size_t kLongestEmail = 254;
constexpr std::size_t kLongestName = 200;
constexpr int kGroupsInGroups = 4;
constexpr std::size_t kMostColons = 500;
constexpr std::array<std::string_view, 6> kAddressHeaders{"from", "sender", "reply-to", "to", "cc", "bcc"};

struct Free {
    void operator()(InternetAddressList* list) const { g_object_unref(list); }
    void operator()(GDateTime* date) const { g_date_time_unref(date); }
    void operator()(char* text) const { g_free(text); }
};

// GMime takes a C string: what follows a NUL would be lost in silence.
std::string c_string(std::string_view value) {
    std::string text(value.substr(0, kLongest));
    for (char& c : text)
        if (c == '\0') c = ' ';
    return text;
}

// GMime goes down into a group within a group by calling itself, as deep as there are colons: tens of
// thousands of them would take the whole stack.
std::string_view without_deep_groups(std::string_view value) {
    std::size_t colons = 0;
    const auto end = std::ranges::find_if(value, [&](char c) { return c == ':' && ++colons > kMostColons; });
    return value.substr(0, static_cast<std::size_t>(end - value.begin()));
}

bool is_address_header(std::string_view line) {
    const std::string name = ascii_lower(trim(line.substr(0, line.find(':'))));
    return std::ranges::find(kAddressHeaders, name) != kAddressHeaders.end();
}

std::string as_utf8(const char* text) {
    return text == nullptr ? std::string{} : decode_text(text);
}

bool is_email(std::string_view text) {
    const auto at = text.find('@');
    return at != std::string_view::npos && at > 0 && at + 1 < text.size() && text.size() <= kLongestEmail &&
           text.find('@', at + 1) == std::string_view::npos &&
           text.find_first_of(" \t\r\n<>()[],;:\"\\") == std::string_view::npos;
}

std::string shown_name(const char* written, const std::string& email) {
    const auto decoded = as_utf8(written);
    auto name = trim(decoded);
    // 'Ann Lee' in quotes, as Outlook wraps names.
    while (name.size() >= 2 && name.front() == name.back() && (name.front() == '\'' || name.front() == '"'))
        name = trim(name.substr(1, name.size() - 2));
    if (lower(name) == email) return {};
    return std::string(truncate_utf8(name, kLongestName));
}

void add_all(InternetAddressList* list, std::size_t most, int depth, std::vector<MailAddress>& out) {
    const int count = internet_address_list_length(list);
    for (int i = 0; i < count && out.size() < most; ++i) {
        auto* address = internet_address_list_get_address(list, i);
        if (INTERNET_ADDRESS_IS_GROUP(address)) {
            auto* members = internet_address_group_get_members(INTERNET_ADDRESS_GROUP(address));
            if (members != nullptr && depth < kGroupsInGroups) add_all(members, most, depth + 1, out);
        } else if (INTERNET_ADDRESS_IS_MAILBOX(address)) {
            const auto written =
                as_utf8(internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(address)));
            auto email = lower(trim(written));
            if (!is_email(email)) continue;
            auto name = shown_name(internet_address_get_name(address), email);
            out.push_back({std::move(name), std::move(email)});
        }
    }
}

}  // namespace

void start_gmime() {
    static std::once_flag once;
    std::call_once(once, &g_mime_init);
}

bool has_deep_groups(std::string_view mail) {
    std::ptrdiff_t colons = 0;
    bool counts = false;
    for (const std::string_view line : split(mail, '\n')) {
        if (!line.starts_with(' ') && !line.starts_with('\t')) {
            colons = 0;
            counts = is_address_header(line);
        }
        if (!counts) continue;
        colons += std::ranges::count(line, ':');
        if (colons > static_cast<std::ptrdiff_t>(kMostColons)) return true;
    }
    return false;
}

std::vector<MailAddress> parse_mail_addresses(std::string_view value, std::size_t most) {
    std::vector<MailAddress> out;
    if (value.empty()) return out;  // of Cc and Bcc in most letters, which all of GMime need not be asked for
    start_gmime();
    const std::unique_ptr<InternetAddressList, Free> list(
        internet_address_list_parse(nullptr, c_string(without_deep_groups(value)).c_str()));
    if (list) add_all(list.get(), most, 0, out);
    return out;
}

std::optional<Instant> parse_mail_date(std::string_view value) {
    start_gmime();
    const std::unique_ptr<GDateTime, Free> date(
        g_mime_utils_header_decode_date(c_string(value.substr(0, 200)).c_str()));
    if (!date) return std::nullopt;
    const auto seconds = g_date_time_to_unix(date.get());
    if (seconds < 31'536'000 || seconds >= 32'503'680'000) return std::nullopt;
    return from_millis(seconds * 1'000);
}

std::string decode_mail_text(std::string_view value) {
    start_gmime();
    const std::unique_ptr<char, Free> text(g_mime_utils_header_decode_text(nullptr, c_string(value).c_str()));
    return as_utf8(text.get());
}

}  // namespace vv::formats
