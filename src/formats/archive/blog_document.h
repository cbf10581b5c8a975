// formats/archive/blog_document.h — a blog's file as a sequence of posts, people and feeds, whichever
// dialect.
#pragma once

#include "formats/bytes.h"

#include <cstdint>
#include <string>
#include <vector>

namespace vv::formats::archive {

/// Someone who writes, as the file names them. All fields as written.
struct BlogAuthor {
    std::string id;     // WordPress's number of a registered user
    std::string login;  // WordPress's name to sign in with
    std::string name;
    std::string email;
    std::string url;
};

struct BlogComment {
    std::int64_t line = 0;
    std::string id;
    BlogAuthor by;  // its id is empty or 0 for those who are not registered
    std::string date_gmt;
    std::string date;  // wall time
    std::string approved;
    std::string type;
    std::string parent;
    std::string fault;  // why it can't be read, when it is not well-formed
};

struct BlogPost {
    std::int64_t line = 0;
    bool wordpress = false;  // from an export rather than a feed
    std::string title;
    std::string link;
    std::string guid;
    std::string date_gmt;
    std::string date;       // wall time
    std::string published;  // RFC 822 or ISO 8601
    std::string status;
    std::string type;
    std::vector<BlogAuthor> authors;
    std::vector<BlogComment> comments;
    std::string fault;
};

/// A feed that the owner reads.
struct BlogFeed {
    std::int64_t line = 0;
    std::string title;
    std::string feed_url;
    std::string site_url;
};

/// What is told of the blog itself before its posts.
struct BlogSite {
    std::string title;
    std::string url;
    std::vector<BlogAuthor> authors;
};

class BlogVisitor {
public:
    virtual ~BlogVisitor() = default;
    /// False asks to stop. `site` as far as it has been read.
    virtual bool take(const BlogSite& site, BlogPost& post) = 0;
    virtual bool take(const BlogFeed& feed) = 0;
    /// The end of the file, also where it was asked to stop: all that was told of the blog.
    virtual void end(const BlogSite& site) = 0;
    /// A fault outside posts and comments, at most one in a row.
    virtual void broken(std::int64_t line, const std::string& fault) = 0;
};

/// One file. Text of any field is cut at 64 KiB; a post with very many comments is given in parts.
Result<Done> read_blog_document(ByteStream& bytes, BlogVisitor& visitor);

}  // namespace vv::formats::archive
