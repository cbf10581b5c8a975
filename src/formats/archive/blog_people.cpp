#include "formats/archive/blog_people.h"

#include "base/text.h"
#include "formats/html_text.h"
#include "formats/owner_choice.h"

#include <algorithm>
#include <array>

namespace vv::formats::archive {
namespace {

constexpr std::size_t kMostAuthors = 10'000;

bool is_email(std::string_view text) {
    const auto at = text.find('@');
    return at != std::string_view::npos && at > 0 && text.find('.', at) != std::string_view::npos &&
           text.find('@', at + 1) == std::string_view::npos &&
           text.find_first_of(" \t\r\n<>,;") == std::string_view::npos && text.size() <= 254;
}

std::string email_of(const BlogAuthor& author) {
    auto email = lower(trim(author.email));
    return is_email(email) ? email : std::string{};
}

// What people who leave no name are called: many people, so nobody.
bool is_no_name(const std::string& folded) {
    static constexpr std::array<std::string_view, 8> kNobody = {"anonymous", "anonym",  "anonyme", "anonimo",
                                                                "anoniem",   "someone", "guest",   "admin"};
    return folded.empty() || std::find(kNobody.begin(), kNobody.end(), folded) != kNobody.end();
}

bool is_registered(const BlogAuthor& author) {
    return !author.id.empty() && author.id != "0";
}

}  // namespace

std::string blog_url_key(std::string_view url) {
    auto key = lower(trim(url));
    if (key.starts_with("feed:")) key.erase(0, 5);
    if (const auto scheme = key.find("://"); scheme != std::string::npos) key.erase(0, scheme + 3);
    if (key.starts_with("//")) key.erase(0, 2);
    key.resize(std::min(key.find_first_of("?#"), key.size()));
    if (key.starts_with("www.")) key.erase(0, 4);
    while (key.ends_with('/')) key.pop_back();
    const std::string_view host = std::string_view(key).substr(0, key.find('/'));
    const bool is_host = host.size() > 3 && host.find('.') != std::string_view::npos &&
                         !host.starts_with('.') && key.find_first_of(" \t\r\n<>\"@") == std::string::npos;
    return is_host && key.size() <= 1'000 ? key : std::string{};
}

std::string blog_key(const BlogAuthor& author) {
    if (auto email = email_of(author); !email.empty()) return email;
    if (auto page = blog_url_key(author.url); !page.empty()) return page;
    const auto unescaped = unescape_html(author.name);
    const auto name = trim(unescaped);
    return is_no_name(fold(name)) ? std::string{} : "name:" + std::string(truncate_utf8(name, 200));
}

BlogOwner::BlogOwner(const ParseOptions& options) : options_(options) {
    for (const auto& email : options.owner_emails) emails_.insert(lower(email));
    for (const auto& name : options.owner_names) names_.insert(fold(name));
}

void BlogOwner::add(const BlogPost& post) {
    if (!post.wordpress) return;
    if (!post.authors.empty() && (post.type.empty() || post.type == "post" || post.type == "page"))
        if (posts_.size() < kMostAuthors) ++posts_[fold(post.authors.front().name)];
    // An export of 2010 names no authors: those who comment while signed in are all that is known.
    for (const auto& comment : post.comments) {
        if (!is_registered(comment.by)) continue;
        if (registered_.size() < kMostAuthors) registered_.insert(comment.by.id);
        if (is_known_person(comment.by)) ids_.insert(comment.by.id);
    }
}

void BlogOwner::add(const BlogSite& site) {
    urls_.push_back(site.url);
    for (const auto& author : site.authors)
        if (authors_.size() < kMostAuthors) authors_.push_back(author);
}

bool BlogOwner::is_known_person(const BlogAuthor& author) const {
    const auto email = email_of(author);
    if (!email.empty()) return emails_.contains(email);
    // A name alone is a namesake's when it comes with a page of its own.
    const auto page = blog_url_key(author.url);
    if (!page.empty() && !sites_.contains(page)) return false;
    return !author.name.empty() && names_.contains(fold(author.name));
}

// Addresses say more than names, and these more than numbers of posts.
const BlogAuthor* BlogOwner::choose_by_name() const {
    for (const auto& author : authors_)
        if (emails_.contains(email_of(author))) return &author;
    for (const auto& author : authors_)
        if (names_.contains(fold(author.name))) return &author;
    const auto same = [&](const BlogAuthor& author) {
        return author.login == authors_.front().login && author.email == authors_.front().email;
    };
    if (!authors_.empty() && std::all_of(authors_.begin(), authors_.end(), same)) return &authors_.front();
    return nullptr;
}

bool BlogOwner::is_told() const {
    return choose_by_name() != nullptr;
}

// Until it is answered, whoever wrote most.
const BlogAuthor* BlogOwner::choose() {
    if (const auto* known = choose_by_name()) return known;
    std::map<std::string, const BlogAuthor*> by_key;
    std::vector<core::OwnerCandidate> candidates;
    for (const auto& author : authors_) {
        const auto found = posts_.find(fold(author.login));
        auto key = blog_key(author);
        if (found == posts_.end() || key.empty() || !by_key.emplace(key, &author).second) continue;
        const auto count = static_cast<std::int64_t>(found->second);
        candidates.push_back({{core::Network::blog, std::move(key)},
                              unescape_html(author.name),
                              core::OwnerEvidence::most,
                              count});
    }
    if (candidates.empty()) return nullptr;
    std::stable_sort(candidates.begin(), candidates.end(),
                     [](const auto& a, const auto& b) { return a.count > b.count; });
    const auto first = candidates.front().key;
    if (candidates.size() > 1) unsure_ = choose_owner(options_, std::move(candidates));
    if (unsure_.taken.empty() && !is_denied(options_, first)) unsure_.taken = first.key;
    const auto taken = by_key.find(unsure_.taken);
    return taken == by_key.end() ? nullptr : taken->second;
}

void BlogOwner::settle() {
    if (const auto* chosen = choose()) accept(*chosen);
    // Without a list of authors the only one who posts is the owner, and the only one who signs in.
    if (authors_.empty() && posts_.size() == 1 && !posts_.begin()->first.empty()) {
        names_.insert(posts_.begin()->first);
        if (ids_.empty() && registered_.size() == 1) ids_ = registered_;
    }
    if (urls_.empty()) return;
    for (const auto& url : urls_) {
        const auto key = blog_url_key(url);
        if (key.empty() || !sites_.insert(key).second) continue;
        seen_.keys.push_back({core::Network::blog, key});
        seen_.attributes.urls.push_back(url);
    }
}

void BlogOwner::accept(const BlogAuthor& author) {
    const auto email = email_of(author);
    if (!email.empty()) {
        emails_.insert(email);
        seen_.keys.push_back({core::Network::blog, email});
        seen_.attributes.emails.push_back(email);
    }
    for (const auto& name : {author.name, author.login})
        if (!name.empty()) names_.insert(fold(name));
    if (is_registered(author)) ids_.insert(author.id);
    seen_.attributes.name.full = unescape_html(author.name);
}

bool BlogOwner::is(const BlogAuthor& author) const {
    if (is_known_person(author)) return true;
    if (is_registered(author)) {
        if (ids_.contains(author.id)) return true;
        // Without a list of authors: whoever is signed in under the owner's name.
        if (authors_.empty() && names_.contains(fold(author.name))) return true;
    }
    if (author.email.empty() && sites_.contains(blog_url_key(author.url))) return true;
    return names_.contains(fold(author.login)) && !author.login.empty();
}

bool BlogOwner::owns(const BlogSite& site) const {
    return sites_.contains(blog_url_key(site.url)) ||
           std::any_of(site.authors.begin(), site.authors.end(), [&](const auto& a) { return is(a); });
}

bool BlogOwner::wrote(const BlogSite& site, const BlogPost& post) const {
    if (post.authors.empty()) return owns(site);
    return std::any_of(post.authors.begin(), post.authors.end(),
                       [&](const auto& author) { return is(author) || names_.contains(fold(author.name)); });
}

}  // namespace vv::formats::archive
