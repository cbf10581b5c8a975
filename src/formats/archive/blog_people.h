// formats/archive/blog_people.h — who is who on a blog: keys of commenters, and which of them is the owner.
#pragma once

#include "core/facts.h"
#include "formats/archive/blog_document.h"
#include "formats/options.h"

#include <map>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace vv::formats::archive {

/// Host and path in lower case, without scheme, "www." and final slash: "bob.example.net/blog". Empty for
/// what is no address of a page.
std::string blog_url_key(std::string_view url);

/// The e-mail in lower case, else the URL's key, else "name:" and the name; empty for nobody.
std::string blog_key(const BlogAuthor& author);

/// Which author, user and site are the owner's: by the addresses and names that are known, else the blog's
/// only author, else the one who wrote most of its posts.
class BlogOwner {
public:
    explicit BlogOwner(const ParseOptions& options);  // which outlives this

    /// The first reading: posts of exports and feeds, and what exports say of their site.
    void add(const BlogPost& post);
    void add(const BlogSite& site);
    /// Whether posts would tell nothing more: an author is known, or is the only one.
    [[nodiscard]] bool is_told() const;
    /// Decides after the last add().
    void settle();

    [[nodiscard]] bool is(const BlogAuthor& author) const;
    [[nodiscard]] bool owns(const BlogSite& site) const;
    /// Whether the owner wrote it, as far as the file tells.
    [[nodiscard]] bool wrote(const BlogSite& site, const BlogPost& post) const;
    /// Those who wrote it, where several did and none is known; empty when the owner is certain.
    [[nodiscard]] const core::OwnerUnsure& unsure() const { return unsure_; }
    [[nodiscard]] bool is_known() const { return !seen_.keys.empty() || !seen_.attributes.name.full.empty(); }
    [[nodiscard]] const core::OwnerSeen& fact() const { return seen_; }

private:
    [[nodiscard]] bool is_known_person(const BlogAuthor& author) const;
    [[nodiscard]] const BlogAuthor* choose_by_name() const;
    [[nodiscard]] const BlogAuthor* choose();
    void accept(const BlogAuthor& author);

    std::unordered_set<std::string> emails_;      // lower case
    std::unordered_set<std::string> names_;       // folded
    std::unordered_set<std::string> sites_;       // keys of the owner's own blogs
    std::unordered_set<std::string> ids_;         // of registered users that are the owner
    std::unordered_set<std::string> registered_;  // ids of all that comment signed in
    std::vector<BlogAuthor> authors_;             // of exports
    std::vector<std::string> urls_;               // of exports
    std::map<std::string, std::size_t> posts_;    // how many, by folded login or name
    core::OwnerSeen seen_;
    core::OwnerUnsure unsure_;
    const ParseOptions& options_;
};

}  // namespace vv::formats::archive
