#include "core/accounts.h"

#include "base/plain_line.h"
#include "base/text.h"
#include "core/cities.h"

#include <algorithm>
#include <array>
#include <string>

namespace vv::core {
namespace {

Error wrong(std::string_view field, std::string_view code, std::string detail) {
    return Error(Fault::invalid, "account." + std::string(code), std::move(detail)).at(std::string(field));
}

bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

std::size_t code_points(std::string_view utf8) {
    return static_cast<std::size_t>(
        std::ranges::count_if(utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

// RFC 5321's Dot-string, in lower case.
bool is_local_part(std::string_view text) {
    if (text.empty() || text.size() > 64 || text.front() == '.' || text.back() == '.') return false;
    if (text.find("..") != std::string_view::npos) return false;
    constexpr std::string_view kOthers = ".!#$%&'*+-/=?^_`{|}~";
    return std::ranges::all_of(text, [&](char c) {
        return is_lower(c) || is_digit(c) || kOthers.find(c) != std::string_view::npos;
    });
}

bool is_domain(std::string_view text) {
    const auto labels = split(text, '.');
    return labels.size() >= 2 && std::ranges::all_of(labels, [](std::string_view label) {
               return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
                      std::ranges::all_of(label,
                                          [](char c) { return is_lower(c) || is_digit(c) || c == '-'; });
           });
}

// What lists of leaked passwords begin with, as far as it has ten characters; folded, without the digits and
// signs that people put behind a word.
constexpr std::array kFirstTried = {
    "password",     "passwort",
    "motdepasse",   "contrasena",
    "wachtwoord",   "letmein",
    "iloveyou",     "qwertyuiop",
    "qwertzuiop",   "azertyuiop",
    "asdfghjkl",    "asdfghjklqwertyuiop",
    "zxcvbnm",      "qwerty",
    "qwertz",       "azerty",
    "welcome",      "administrator",
    "changeme",     "trustno",
    "superman",     "batman",
    "football",     "baseball",
    "basketball",   "princess",
    "sunshine",     "starwars",
    "computer",     "internet",
    "dragon",       "monkey",
    "master",       "shadow",
    "michael",      "jennifer",
    "mypassword",   "passwordpassword",
    "secret",       "whatever",
    "liverpool",    "qazwsxedc",
    "qwaszx",       "abcdefghij",
    "abcdefghijkl", "abcdefghijklmnopqrstuvwxyz",
    "abcd",         "abc",
    "test",         "testtest",
    "testing",      "visavis",
    "hello",        "letmeinplease",
};

// The letter that a digit or sign stands for in "p@ssw0rd".
char letter_of(char c) {
    switch (c) {
        case '@':
        case '4':
            return 'a';
        case '0':
            return 'o';
        case '1':
        case '!':
            return 'i';
        case '3':
            return 'e';
        case '$':
        case '5':
            return 's';
        default:
            return c;
    }
}

bool is_first_tried(std::string_view password) {
    std::string word = fold(password);
    constexpr std::string_view kDigits = "0123456789012345678901234567890123456789";
    constexpr std::string_view kBack = "98765432109876543210987654321098765432109876543210";
    if (kDigits.find(word) != std::string_view::npos || kBack.find(word) != std::string_view::npos)
        return true;
    while (!word.empty() && !is_lower(word.back())) word.pop_back();
    if (word.empty())
        return password.size() < 2 * kMinPassword;  // digits and signs only: dates, telephone numbers
    std::ranges::transform(word, word.begin(), letter_of);
    return std::ranges::find(kFirstTried, word) != kFirstTried.end();
}

bool repeats_one(std::string_view password) {
    return std::ranges::all_of(password, [&](char c) { return c == password.front(); });
}

// Whether nothing but the name, and digits or signs around it, makes the password.
bool is_made_of(std::string_view password, std::string_view name) {
    if (name.size() < 3) return false;
    std::string rest = ascii_lower(password);
    const auto at = rest.find(name);
    if (at == std::string::npos) return false;
    rest.erase(at, name.size());
    return std::ranges::none_of(rest, is_lower);
}

constexpr std::array kReserved = {"abuse",     "admin",   "administrator", "api",      "help",     "info",
                                  "moderator", "noreply", "postmaster",    "root",     "security", "staff",
                                  "support",   "system",  "visavis",       "webmaster"};

}  // namespace

std::string_view to_string(SignUp sign_up) {
    switch (sign_up) {
        case SignUp::open:
            return "open";
        case SignUp::invited:
            return "invited";
        case SignUp::closed:
            return "closed";
    }
    return "closed";
}

std::optional<SignUp> parse_sign_up(std::string_view name) {
    for (const SignUp one : {SignUp::open, SignUp::invited, SignUp::closed})
        if (name == to_string(one)) return one;
    return std::nullopt;
}

Result<std::string> check_handle(std::string_view text) {
    std::string handle = ascii_lower(trim(text));
    if (handle.starts_with('@')) handle.erase(0, 1);
    const bool fits = handle.size() >= 2 && handle.size() <= 30 && std::ranges::all_of(handle, [](char c) {
                          return is_lower(c) || is_digit(c) || c == '_';
                      });
    if (!fits)
        return wrong("handle", "handle_invalid",
                     "A handle is 2 to 30 letters a to z, digits and underscores; choose another one.");
    return handle;
}

bool is_reserved_handle(std::string_view handle) {
    return std::ranges::find(kReserved, handle) != kReserved.end();
}

Result<std::string> check_email(std::string_view text) {
    std::string email = ascii_lower(trim(text));
    const auto at = email.rfind('@');
    const bool fits = email.size() <= 254 && at != std::string::npos &&
                      is_local_part(std::string_view(email).substr(0, at)) &&
                      is_domain(std::string_view(email).substr(at + 1));
    if (!fits)
        return wrong("email", "email_invalid", "This is no e-mail address; write it like name@example.org.");
    return email;
}

Result<std::string> check_full_name(std::string_view text) {
    const std::string_view name = trim(text);
    if (!is_visible(name)) return wrong("full_name", "full_name_missing", "Say how others shall call you.");
    if (!is_utf8(name) || !is_plain_line(name) || code_points(name) > 100)
        return wrong("full_name", "full_name_invalid", "A name is at most 100 characters on one line.");
    // It stands in mails to people who know nothing of this server.
    if (has_web_address(name))
        return wrong("full_name", "full_name_address", "A name holds no web address; take it out.");
    return std::string(name);
}

Result<Zone> check_zone(std::string_view text) {
    auto zone = Zone::find(trim(text));
    if (!zone)
        return wrong("zone", "zone_invalid", "This is no time zone; write one of IANA's, like Europe/Paris.");
    return zone;
}

Result<std::string> check_locale(std::string_view text) {
    const auto parts = split(text, '-');
    const auto fits = [](std::string_view part, std::size_t least) {
        return part.size() >= least && part.size() <= 8 && std::ranges::all_of(part, [](char c) {
                   return is_lower(c) || is_digit(c) || (c >= 'A' && c <= 'Z');
               });
    };
    const bool is_tag = text.size() <= 35 && parts[0].size() <= 3 && fits(parts[0], 2) &&
                        std::all_of(parts.begin() + 1, parts.end(), [&](auto part) { return fits(part, 1); });
    if (!is_tag)
        return wrong("locale", "locale_invalid", "This is no language tag; write one like en or pt-BR.");
    return std::string(text);
}

Result<Home> check_home(std::string_view name, LatLng at) {
    const std::string_view trimmed = trim(name);
    if (!is_utf8(trimmed) || !is_plain_line(trimmed) || code_points(trimmed) > 100)
        return wrong("home", "home_invalid", "A place's name is at most 100 characters on one line.");
    if (!at.is_valid())
        return wrong("home", "home_invalid",
                     "A place is [latitude, longitude] in degrees: -90 to 90, -180 to 180.");
    return Home{std::string(trimmed), snap_to_cell(at)};
}

Result<Done> check_password(std::string_view password, std::string_view handle, std::string_view email,
                            std::string_view field) {
    if (!is_utf8(password)) return wrong(field, "password_invalid", "The password is not valid UTF-8 text.");
    if (code_points(password) < kMinPassword)
        return wrong(field, "password_short",
                     "A password has at least 10 characters; four random words make a good one.");
    if (password.size() > kMaxPassword)
        return wrong(field, "password_long", "A password has at most 1000 bytes.");
    const std::string_view mailbox = email.substr(0, email.find('@'));
    if (is_first_tried(password) || repeats_one(password) || is_made_of(password, handle) ||
        is_made_of(password, mailbox) || ascii_lower(password) == email)
        return wrong(field, "password_common",
                     "This password is one of the first that a stranger would try; four random words make a "
                     "good one.");
    return Done{};
}

std::string region_of(const std::optional<Home>& home, const Zone& zone) {
    constexpr double kNear = 150;  // kilometres; the cell's centre may lie off the coast
    std::optional<City> city;
    if (home) city = nearest_city(home->at, kNear);
    if (!city) city = largest_city_of(zone.name());
    return city ? city->country : std::string();
}

}  // namespace vv::core
