#include "formats/archive/blog.h"

#include "base/text.h"
#include "formats/archive/blog_document.h"
#include "formats/archive/blog_people.h"
#include "formats/archive/metered.h"
#include "formats/dates.h"
#include "formats/hash.h"
#include "formats/html_text.h"
#include "formats/mail_headers.h"
#include "formats/topics.h"

#include <unordered_map>
#include <unordered_set>

namespace vv::formats::archive {
namespace {

using core::Direction;
using core::IdentityKey;
using core::Network;

// The first reading: who the owner is. It ends with an export's list of authors when that tells.
class OwnerScan final : public BlogVisitor {
public:
    explicit OwnerScan(BlogOwner& owner) : owner_(owner) {}
    bool take(const BlogSite& site, BlogPost& post) override {
        if (post.wordpress && !site.authors.empty() && !site_added_) add(site);
        owner_.add(post);
        wordpress_ = wordpress_ || post.wordpress;
        return !told_;
    }
    bool take(const BlogFeed&) override { return true; }
    void end(const BlogSite& site) override {
        if (wordpress_ && !site_added_) add(site);
        wordpress_ = site_added_ = told_ = false;
    }
    void broken(std::int64_t, const std::string&) override {}

private:
    void add(const BlogSite& site) {
        owner_.add(site);
        site_added_ = true;
        told_ = owner_.is_told();
    }

    BlogOwner& owner_;
    bool wordpress_ = false;
    bool site_added_ = false;
    bool told_ = false;  // no post is needed
};

// The second: facts.
class BlogFacts final : public BlogVisitor {
public:
    BlogFacts(const BlogOwner& owner, const ParseOptions& options, Emitter& out)
        : owner_(owner), options_(options), out_(out) {}

    bool take(const BlogSite& site, BlogPost& post) override {
        const bool own = owner_.wrote(site, post);
        if (counted_ != post.line) {  // not a further part of the same post
            counted_ = post.line;
            commenters_.clear();
            read_post(site, post, own);
        }
        for (auto& comment : post.comments) remember(comment);
        for (const auto& comment : post.comments) read_comment(comment, own ? &post.title : nullptr);
        return !out_.stopped();
    }

    bool take(const BlogFeed& feed) override {
        out_.count_record();
        const auto& page = feed.site_url.empty() ? feed.feed_url : feed.site_url;
        const auto key = blog_url_key(page);
        if (key.empty()) {
            out_.reject(feed.line, "the feed's address can't be read; it was left out.", page);
            return !out_.stopped();
        }
        BlogAuthor writer;
        writer.name = feed.title;
        writer.url = page;
        if (owner_.is(writer)) return !out_.stopped();
        const IdentityKey who{Network::blog, key};
        see(who, writer, feed.line);
        out_.emit(core::TieDeclared{who, core::TieKind::follows, std::nullopt}, feed.line);
        return !out_.stopped();
    }

    void end(const BlogSite& site) override {
        if (out_.stopped()) return;
        for (const auto& author : site.authors)
            if (!owner_.is(author)) see_author(site, author, 0);
        counted_ = -1;
    }

    void broken(std::int64_t line, const std::string& fault) override {
        out_.reject(line, "the file is broken here: " + fault + ".", {});
    }

private:
    struct Commenter {
        bool owner = false;
        std::string key;
    };

    void read_post(const BlogSite& site, const BlogPost& post, bool own) {
        out_.count_record();
        if (!post.fault.empty())
            return out_.reject(post.line,
                               "the post is no well-formed XML and was left out: " + post.fault + ".",
                               post.title);
        if (!own) {
            // WordPress names authors by what they sign in with; its list of authors says more.
            if (!post.wordpress)
                for (const auto& author : post.authors)
                    if (const auto key = see_author(site, author, post.line); !key.empty())
                        put_topic(out_, {Network::blog, key}, core::TopicKind::wrote, post.title, post.line);
            return;
        }
        if (post.wordpress && (post.status != "publish" || (post.type != "post" && post.type != "page")))
            return;
        const auto at = post_time(post);
        if (!at)
            return out_.reject(post.line, "the post has no date that can be read; it was left out.",
                               post.title);
        core::PostWritten written;
        written.key = truncate_utf8(trim(post.guid.empty() ? post.link : post.guid), 1'000);
        if (written.key.empty()) written.key = "post " + format_rfc3339(*at);
        written.at = *at;
        written.text = truncate_utf8(unescape_html(trim(post.title)), 4'000);
        written.url = truncate_utf8(trim(post.link), 1'000);
        out_.emit(std::move(written), post.line);
    }

    // Times without a zone are the owner's; WordPress writes zeros for "not published".
    [[nodiscard]] std::optional<Instant> stamp(std::string_view gmt, std::string_view wall) const {
        if (const auto at = parse_utc_stamp(trim(gmt))) return at;
        const auto local = trim(wall).starts_with("0000") ? std::nullopt : parse_day_and_time(trim(wall));
        return local ? std::optional(options_.zone.to_utc(*local)) : std::nullopt;
    }
    [[nodiscard]] std::optional<Instant> post_time(const BlogPost& post) const {
        if (const auto at = stamp(post.date_gmt, post.date)) return at;
        const auto published = trim(post.published);
        if (const auto at = parse_rfc3339(published)) return *at;
        return parse_mail_date(published);
    }

    void remember(BlogComment& comment) {
        const bool owner = owner_.is(comment.by);
        commenters_[comment.id] = {owner, owner ? std::string{} : blog_key(comment.by)};
    }

    static bool is_shown(const BlogComment& comment) {
        const auto approved = trim(comment.approved);
        const auto type = trim(comment.type);
        return (approved == "1" || approved == "approve" || approved.empty()) &&
               (type.empty() || type == "comment");
    }

    // `title` is that of the owner's own post.
    void read_comment(const BlogComment& comment, const std::string* title) {
        out_.count_record();
        if (!comment.fault.empty())
            return out_.reject(comment.line,
                               "the comment is no well-formed XML and was left out: " + comment.fault + ".",
                               comment.by.name);
        if (!is_shown(comment)) return;  // held, spam, in the bin; pingbacks of machines
        const auto at = stamp(comment.date_gmt, comment.date);
        if (!at)
            return out_.reject(comment.line, "the comment has no date that can be read; it was left out.",
                               comment.by.name);
        const auto& by = commenters_[comment.id];
        const auto parent = commenters_.find(trim_id(comment.parent));
        const bool answers = parent != commenters_.end() && !trim_id(comment.parent).empty();
        if (by.owner) {
            if (answers && !parent->second.owner && !parent->second.key.empty())
                put(parent->second.key, Direction::out, *at, comment);
            return;
        }
        if (by.key.empty()) return;
        see({Network::blog, by.key}, comment.by, comment.line);
        // On another author's post only an answer to the owner is one.
        if (title || (answers && parent->second.owner)) put(by.key, Direction::in, *at, comment);
        if (title) put_topic(out_, {Network::blog, by.key}, core::TopicKind::answered, *title, comment.line);
    }

    static std::string trim_id(std::string_view id) {
        id = trim(id);
        return id == "0" ? std::string{} : std::string(id);
    }

    void put(const std::string& key, Direction direction, Instant at, const BlogComment& comment) {
        core::ContactMade made;
        made.who = {Network::blog, key};
        made.channel = core::Channel::comment;
        made.direction = direction;
        made.at = at;
        made.content_hash = Hash64().add("comment").add(trim(comment.id)).value();
        out_.emit(std::move(made), comment.line);
    }

    // The author's key; empty for nobody and the owner. Of a feed with one author the blog's own address is
    // theirs, as in a list of feeds.
    std::string see_author(const BlogSite& site, const BlogAuthor& author, std::int64_t line) {
        BlogAuthor writer = author;
        const bool alone = site.authors.size() <= 1;
        if (writer.email.empty() && writer.url.empty() && alone) writer.url = site.url;
        auto key = blog_key(writer);
        if (key.empty() || owner_.is(writer)) return {};
        see({Network::blog, key}, writer, line);
        return key;
    }

    void see(const IdentityKey& who, const BlogAuthor& author, std::int64_t line) {
        auto name = unescape_html(trim(author.name));
        if (name.find('@') != std::string::npos && name.find(' ') == std::string::npos) name.clear();
        const auto page = trim(author.url);
        if (!seen_.insert(Hash64().add(who.key).add(name).add(page).value()).second) return;
        core::IdentitySeen seen{who, {}};
        seen.attributes.name.full = truncate_utf8(name, 200);
        if (const auto email = trim(author.email); email.find('@') != std::string_view::npos)
            seen.attributes.emails.emplace_back(truncate_utf8(email, 254));
        if (!blog_url_key(page).empty()) seen.attributes.urls.emplace_back(page);
        out_.emit(std::move(seen), line);
    }

    const BlogOwner& owner_;
    const ParseOptions& options_;
    Emitter& out_;
    std::int64_t counted_ = -1;                              // the line of the post being read
    std::unordered_map<std::string, Commenter> commenters_;  // of this post, by the comment's number
    std::unordered_set<std::uint64_t> seen_;
};

class BlogFiles final : public Visitor {
public:
    BlogFiles(BlogVisitor& visitor, const ParseOptions& options, Emitter& out, bool reports)
        : visitor_(visitor), options_(options), out_(out), reports_(reports) {}
    Result<Step> visit(Entry& entry) override {
        out_.enter(entry.path());
        Metered metered(entry, options_, total_);
        CHECK(read_blog_document(reports_ ? static_cast<ByteStream&>(metered) : entry, visitor_));
        return out_.stopped() ? Step::stop : Step::go_on;
    }
    void unreadable(Unreadable) override {}

private:
    BlogVisitor& visitor_;
    const ParseOptions& options_;
    Emitter& out_;
    bool reports_;  // to the progress bar
    std::uint64_t total_ = 0;
};

}  // namespace

Result<Done> read_blogs(const Archive& archive, const Group& group, const ParseOptions& options, Emitter& out,
                        const Limits& limits) {
    const std::vector<EntryId> ids = group.ids();
    BlogOwner owner(options);
    OwnerScan scan(owner);
    BlogFiles first(scan, options, out, false);
    CHECK(walk(archive, limits, ids, first));
    owner.settle();
    if (!group.files.empty()) out.enter(group.files.front().path);
    if (!owner.unsure().candidates.empty()) out.emit(owner.unsure(), 0);
    if (owner.is_known()) out.emit(owner.fact(), 0);
    BlogFacts facts(owner, options, out);
    BlogFiles second(facts, options, out, true);
    return walk(archive, limits, ids, second);
}

}  // namespace vv::formats::archive
