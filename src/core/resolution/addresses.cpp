#include "core/resolution/addresses.h"

#include "base/text.h"
#include "core/resolution/lexicon.h"

#include <algorithm>
#include <array>

namespace vv::core::resolution {
namespace {

bool is_letter(char c) {
    return c >= 'a' && c <= 'z';
}

// "jen73.loxley" → jen, loxley: digits end a word and stand for nothing.
std::vector<std::string> letter_runs(std::string_view text) {
    std::vector<std::string> runs;
    std::string run;
    for (const char c : text) {
        if (is_letter(c)) {
            run += c;
        } else if (!run.empty()) {
            runs.push_back(std::move(run));
            run.clear();
        }
    }
    if (!run.empty()) runs.push_back(std::move(run));
    return runs;
}

std::string without_dots(std::string_view text) {
    std::string out;
    for (const char c : text)
        if (c != '.') out += c;
    return out;
}

// Second-level labels under which companies register: "example.co.uk".
bool is_registry_label(std::string_view label) {
    static constexpr std::array<std::string_view, 8> kLabels{"co", "com", "org", "net",
                                                             "ac", "gov", "edu", "example"};
    return std::find(kLabels.begin(), kLabels.end(), label) != kLabels.end();
}

struct Site {
    std::string_view host;
    std::string_view name;
};
// Where a page's path is its owner's handle.
constexpr std::array<Site, 5> kSites{{{"twitter.com", "twitter"},
                                      {"x.com", "twitter"},
                                      {"facebook.com", "facebook"},
                                      {"instagram.com", "instagram"},
                                      {"github.com", "github"}}};

}  // namespace

std::optional<Email> read_email(std::string_view text) {
    text = trim(text);
    if (text.starts_with("mailto:")) text.remove_prefix(7);
    while (!text.empty() && (text.back() == '/' || text.back() == '.' || text.back() == ' '))
        text.remove_suffix(1);
    const auto at = text.rfind('@');
    if (at == std::string_view::npos || at == 0 || at + 1 == text.size() || text.size() > 320)
        return std::nullopt;
    Email email;
    email.domain = ascii_lower(text.substr(at + 1));
    if (email.domain == "googlemail.com") email.domain = "gmail.com";
    auto local = ascii_lower(text.substr(0, at));
    if (const auto plus = local.find('+'); plus != std::string::npos && plus > 0) local.resize(plus);
    if (email.domain == "gmail.com") local = without_dots(local);
    email.address = local + "@" + email.domain;
    email.role = is_role(local);
    if (email.role) return email;
    email.words = letter_runs(fold(local));
    for (const auto& word : email.words) email.local += word;
    return email;
}

std::string employer_of_domain(std::string_view domain) {
    if (is_mail_provider(domain)) return {};
    const auto labels = split(domain, '.');
    if (labels.size() < 2) return {};
    auto at = labels.size() - 2;
    while (at > 0 && is_registry_label(labels[at])) --at;
    std::string out;
    for (const char c : labels[at])
        if (is_letter(c) || (c >= '0' && c <= '9')) out += c;
    return out;
}

std::string canonical_page(std::string_view url) {
    auto page = ascii_lower(trim(url));
    if (const auto scheme = page.find("://"); scheme != std::string::npos) page.erase(0, scheme + 3);
    if (page.starts_with("www.")) page.erase(0, 4);
    if (page.starts_with("m.") || page.starts_with("mobile.")) page.erase(0, page.find('.') + 1);
    page.resize(std::min(page.find_first_of("?#"), page.size()));
    while (!page.empty() && page.back() == '/') page.pop_back();
    if (page.find('.') == std::string::npos) return {};
    for (const auto& site : kSites) {
        if (!page.starts_with(site.host) || page.size() <= site.host.size() + 1) continue;
        auto handle = page.substr(site.host.size() + 1);
        if (handle.starts_with('@')) handle.erase(0, 1);
        if (handle.find('/') == std::string::npos) return std::string(site.name) + ":" + handle;
    }
    return page;
}

std::vector<std::string> site_words(std::string_view page) {
    static constexpr std::array<std::string_view, 14> kLarge{
        "linkedin", "facebook", "twitter", "instagram", "foursquare", "google",  "youtube",
        "github",   "medium",   "tumblr",  "wordpress", "blogspot",   "blogger", "ning"};
    if (page.find(':') != std::string_view::npos) return {};  // a handle, not a page
    const auto host = page.substr(0, page.find('/'));
    auto label = host.substr(0, host.find('.'));
    const auto site = employer_of_domain(host);
    const auto large = [&](std::string_view name) {
        return std::find(kLarge.begin(), kLarge.end(), name) != kLarge.end();
    };
    const bool blog = site == "wordpress" || site == "blogspot" || site == "tumblr";  // ann.wordpress.com
    if (large(label) || (large(site) && !blog)) return {};
    return letter_runs(fold(label));
}

std::string canonical_handle(std::string_view handle) {
    auto out = ascii_lower(trim(handle));
    const auto colon = out.find(':');
    if (colon == std::string::npos || colon + 1 == out.size()) return {};
    if (out[colon + 1] == '@') out.erase(colon + 1, 1);
    return out;
}

std::vector<std::string> handle_words(std::string_view handle) {
    handle.remove_prefix(std::min(handle.find(':') + 1, handle.size()));
    if (handle.starts_with("live:")) handle.remove_prefix(5);
    return letter_runs(fold(handle.substr(0, handle.find('@'))));
}

std::string nick_of(std::string_view handle) {
    handle.remove_prefix(std::min(handle.find(':') + 1, handle.size()));
    if (handle.starts_with("live:")) handle.remove_prefix(5);
    handle = handle.substr(0, handle.find('@'));
    const bool number =
        std::any_of(handle.begin(), handle.end(), [](char c) { return c >= '0' && c <= '9'; });
    const bool word = std::any_of(handle.begin(), handle.end(), is_letter);
    return number && word && handle.size() >= 5 ? std::string(handle) : std::string{};
}

std::vector<std::string> slug_words(std::string_view slug) {
    std::vector<std::string> words;
    for (const auto& part : folded_words(slug)) {
        const bool number =
            std::any_of(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; });
        if (!number && !is_around_name(part) && parse_generation(part) == Generation::none)
            words.push_back(part);
    }
    return words;
}

std::vector<std::string> employer_words(std::string_view organisation) {
    std::vector<std::string> words;
    std::string letters;  // "S.A." folds to "s", "a"
    const auto flush = [&] {
        if (!letters.empty() && !is_legal_form(letters)) words.push_back(letters);
        letters.clear();
    };
    for (auto& word : folded_words(organisation)) {
        if (word.size() == 1) {
            letters += word;
            continue;
        }
        flush();
        if (!is_legal_form(word)) words.push_back(std::move(word));
    }
    flush();
    return words;
}

}  // namespace vv::core::resolution
