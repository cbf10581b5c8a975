#include "formats/archive/mastodon_actor.h"

#include "base/text.h"
#include "formats/html_text.h"
#include "formats/json_fields.h"
#include "formats/person_card.h"

#include <algorithm>

namespace vv::formats::archive {
namespace {

namespace json = boost::json;

constexpr std::size_t kLongestAccount = 320;
constexpr std::size_t kLongestName = 500;

bool is_user(std::string_view user) {
    return !user.empty() && std::all_of(user.begin(), user.end(), [](char c) {
        const bool letter = (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
        return letter || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
    });
}

// Letters of other scripts stand in hosts as they are, or as "xn--".
bool is_host(std::string_view host) {
    return host.find('.') != std::string_view::npos && host.front() != '.' && host.back() != '.' &&
           std::none_of(host.begin(), host.end(), [](char c) {
               return static_cast<unsigned char>(c) <= ' ' ||
                      std::string_view("/\\@\"'<>,;?#").find(c) != std::string_view::npos;
           });
}

// The parts of an address's path.
std::vector<std::string_view> path_of(std::string_view url) {
    const auto scheme = url.find("://");
    if (scheme == std::string_view::npos) return {};
    url.remove_prefix(scheme + 3);
    const auto slash = url.find('/');
    if (slash == std::string_view::npos) return {};
    url.remove_prefix(slash + 1);
    return split(url.substr(0, url.find_first_of("?#")), '/');
}

// A property's value is a link; its address counts.
std::string address_in(std::string_view html) {
    const auto href = html.find("href=\"");
    if (href == std::string_view::npos) return {};
    html.remove_prefix(href + 6);
    return unescape_html(html.substr(0, html.find('"')));
}

}  // namespace

std::optional<std::string> mastodon_account(std::string_view written, std::string_view own_host) {
    written = trim(written);
    if (written.starts_with('@')) written.remove_prefix(1);
    if (written.empty() || written.size() > kLongestAccount) return std::nullopt;
    auto account = lower(written);
    if (account.find('@') == std::string::npos && !own_host.empty()) account += "@" + std::string(own_host);
    const auto at = account.find('@');
    if (at == std::string::npos) return std::nullopt;
    const auto user = std::string_view(account).substr(0, at);
    const auto host = std::string_view(account).substr(at + 1);
    return is_user(user) && !host.empty() && is_host(host) ? std::optional(account) : std::nullopt;
}

std::string host_of(std::string_view url) {
    const auto scheme = url.find("://");
    if (scheme == std::string_view::npos) return {};
    url.remove_prefix(scheme + 3);
    return lower(url.substr(0, url.find_first_of("/?#")));
}

std::optional<std::string> account_in(std::string_view url) {
    const auto path = path_of(url);
    if (path.empty()) return std::nullopt;
    const bool users = path.size() > 1 && path[0] == "users";
    if (!users && !path[0].starts_with('@')) return std::nullopt;
    const std::string user(users ? path[1] : path[0].substr(1));
    if (user.find('@') != std::string::npos) return mastodon_account(user);  // https://here/@x@there
    return mastodon_account(user, host_of(url));
}

core::Attributes attributes_of(const std::string& account) {
    core::Attributes attributes;
    const auto at = account.find('@');
    attributes.handles.push_back(handle("mastodon", account));
    attributes.urls.push_back("https://" + account.substr(at + 1) + "/@" + account.substr(0, at));
    return attributes;
}

void MastodonOwner::add(const json::value& actor) {
    host_ = host_of(text_at(actor, "id"));
    if (host_.empty()) host_ = host_of(text_at(actor, "url"));
    const auto account = mastodon_account(text_at(actor, "preferredUsername"), host_);
    if (!account) return;
    account_ = *account;
    attributes_ = attributes_of(account_);
    attributes_.name.full = trim(truncate_utf8(text_at(actor, "name"), kLongestName));
    add_value(attributes_.urls, text_at(actor, "url"));
    for (const auto& property : items_at(actor, "attachment"))
        add_value(attributes_.urls, address_in(text_at(property, "value")));
}

void MastodonOwner::add(std::string_view actor_url) {
    const auto account = account_in(actor_url);
    if (!account) return;
    account_ = *account;
    host_ = host_of(actor_url);
    attributes_ = attributes_of(account_);
}

core::OwnerSeen MastodonOwner::fact() const {
    return {attributes_, {{core::Network::mastodon, account_}}};
}

}  // namespace vv::formats::archive
