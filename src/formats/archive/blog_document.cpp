#include "formats/archive/blog_document.h"

#include "base/text.h"
#include "formats/xml_stream.h"

#include <array>
#include <optional>

namespace vv::formats::archive {
namespace {

constexpr std::size_t kLongestField = 65'536;
constexpr std::size_t kCommentsAtOnce = 20'000;
constexpr std::size_t kAuthors = 10'000;

// Every version of the format has an address of its own.
bool is_wordpress(const XmlName& name) {
    return name.space.starts_with("http://wordpress.org/export/") || name.prefix == "wp";
}

template <class Record>
struct Field {
    std::string_view name;
    std::string Record::*at;
};

constexpr std::array kPostFields = std::to_array<Field<BlogPost>>({
    {"post_date_gmt", &BlogPost::date_gmt},
    {"post_date", &BlogPost::date},
    {"status", &BlogPost::status},
    {"post_type", &BlogPost::type},
});
constexpr std::array kItemFields = std::to_array<Field<BlogPost>>({
    {"title", &BlogPost::title},
    {"guid", &BlogPost::guid},
    {"id", &BlogPost::guid},
    {"link", &BlogPost::link},
    {"pubDate", &BlogPost::published},
    {"published", &BlogPost::published},
    {"date", &BlogPost::published},
});
constexpr std::array kCommentFields = std::to_array<Field<BlogComment>>({
    {"comment_id", &BlogComment::id},
    {"comment_date_gmt", &BlogComment::date_gmt},
    {"comment_date", &BlogComment::date},
    {"comment_approved", &BlogComment::approved},
    {"comment_type", &BlogComment::type},
    {"comment_parent", &BlogComment::parent},
});
constexpr std::array kCommenterFields = std::to_array<Field<BlogAuthor>>({
    {"comment_author", &BlogAuthor::name},
    {"comment_author_email", &BlogAuthor::email},
    {"comment_author_url", &BlogAuthor::url},
    {"comment_user_id", &BlogAuthor::id},
});
constexpr std::array kAuthorFields = std::to_array<Field<BlogAuthor>>({
    {"author_id", &BlogAuthor::id},
    {"author_login", &BlogAuthor::login},
    {"author_email", &BlogAuthor::email},
    {"author_display_name", &BlogAuthor::name},
});
constexpr std::array kPersonFields = std::to_array<Field<BlogAuthor>>({
    {"name", &BlogAuthor::name},
    {"email", &BlogAuthor::email},
    {"uri", &BlogAuthor::url},
    {"url", &BlogAuthor::url},
});

template <class Record, std::size_t N>
std::string* field_of(Record& record, const std::array<Field<Record>, N>& fields, std::string_view name) {
    for (const auto& field : fields)
        if (field.name == name) return &(record.*field.at);
    return nullptr;
}

// RSS: "ann@example.com (Ann Lee)".
void settle_person(BlogAuthor& person, std::string& text) {
    const auto written = trim(text);
    if (written.empty()) return;
    const auto bracket = written.find('(');
    if (written.find('@') == std::string_view::npos) {
        person.name = written;
    } else if (bracket != std::string_view::npos && written.ends_with(')')) {
        person.email = trim(written.substr(0, bracket));
        person.name = trim(written.substr(bracket + 1, written.size() - bracket - 2));
    } else {
        person.email = written;
    }
}

class Document final : public XmlVisitor {
public:
    explicit Document(BlogVisitor& visitor) : visitor_(visitor) {}

    bool open(const XmlTag& tag) override {
        faults_in_a_row_ = false;
        const auto name = tag.name.local;
        const bool wordpress = is_wordpress(tag.name);
        if (!wordpress && (name == "item" || name == "entry")) return begin_post(tag.line);
        if (wordpress && name == "comment") {
            begin_comment(tag.line);
        } else if (name == "author" || name == "creator" || name == "managingEditor") {
            begin_person(wordpress);
        } else if (name == "outline") {
            return take_outline(tag);
        } else if (name == "source" && post_) {
            in_source_ = true;  // where an entry was taken from: not its own fields
        } else if (!in_source_) {
            if (name == "link") take_link(tag);
            capture(name, wordpress);
        }
        return go_on_;
    }

    bool close(const XmlName& name) override {
        if (name.local == captured_) target_ = nullptr;
        if (name.local == "source") in_source_ = false;
        if (person_ && (name.local == "author" || name.local == "creator" || name.local == "managingEditor"))
            end_person();
        if (name.local == "comment" && comment_) end_comment();
        if (name.local == "item" || name.local == "entry") end_post();
        return go_on_;
    }

    void text(std::string_view piece) override {
        if (target_ == nullptr || target_->size() >= kLongestField) return;
        *target_ += truncate_utf8(piece, kLongestField - target_->size());
    }

    void broken(std::int64_t line, std::string_view error) override {
        const auto fault = std::string(truncate_utf8(scrub_utf8(error), 200));
        if (comment_) {
            if (comment_->fault.empty()) comment_->fault = fault;
        } else if (post_) {
            if (post_->fault.empty()) post_->fault = fault;
        } else if (!faults_in_a_row_) {
            faults_in_a_row_ = true;
            visitor_.broken(line, fault);
        }
    }

    void finish() {
        if (comment_) end_comment();
        if (post_) end_post();
        visitor_.end(site_);
    }

private:
    bool begin_post(std::int64_t line) {
        if (comment_) end_comment();
        if (post_) end_post();
        post_.emplace();
        post_->line = line;
        target_ = nullptr;
        return go_on_;
    }

    void end_post() {
        if (!post_) return;
        target_ = nullptr;
        in_source_ = false;
        go_on_ = visitor_.take(site_, *post_) && go_on_;
        post_.reset();
    }

    void begin_comment(std::int64_t line) {
        if (comment_) end_comment();
        if (!post_) begin_post(line);  // what was broken before it has cost it its post
        comment_.emplace();
        comment_->line = line;
        post_->wordpress = true;
    }

    void end_comment() {
        target_ = nullptr;
        if (post_) post_->comments.push_back(std::move(*comment_));
        comment_.reset();
        if (!post_ || post_->comments.size() < kCommentsAtOnce) return;
        go_on_ = visitor_.take(site_, *post_) && go_on_;
        post_->comments.clear();
    }

    void begin_person(bool wordpress) {
        if (comment_ || in_source_) return;
        person_.emplace();
        person_text_.clear();
        person_in_export_ = wordpress;
        target_ = &person_text_;
        captured_ = {};
    }

    void end_person() {
        target_ = nullptr;
        settle_person(*person_, person_text_);
        auto& authors = post_ ? post_->authors : site_.authors;
        if (authors.size() < kAuthors) authors.push_back(std::move(*person_));
        person_.reset();
    }

    bool take_outline(const XmlTag& tag) {
        BlogFeed feed;
        feed.line = tag.line;
        feed.feed_url = trim(tag.attribute("xmlUrl"));
        if (feed.feed_url.empty()) feed.feed_url = trim(tag.attribute("xmlurl"));
        feed.site_url = trim(tag.attribute("htmlUrl"));
        feed.title = trim(tag.attribute("title"));
        if (feed.title.empty()) feed.title = trim(tag.attribute("text"));
        if (!feed.feed_url.empty()) go_on_ = visitor_.take(feed) && go_on_;
        return go_on_;
    }

    // Atom's, in an attribute.
    void take_link(const XmlTag& tag) {
        const auto address = tag.attribute("href");
        const auto relation = tag.attribute("rel");
        if (address.empty() || (!relation.empty() && relation != "alternate")) return;
        auto& link = post_ ? post_->link : site_.url;
        if (link.empty()) link = trim(address);
    }

    // Text that follows goes where this tag's name says. Tags inside a field (HTML in a title) change
    // nothing.
    void capture(std::string_view name, bool wordpress) {
        std::string* target = nullptr;
        if (person_) {
            target = person_in_export_ ? field_of(*person_, kAuthorFields, name)
                                       : field_of(*person_, kPersonFields, name);
        } else if (comment_) {
            if (!wordpress) return;
            target = field_of(*comment_, kCommentFields, name);
            if (target == nullptr) target = field_of(comment_->by, kCommenterFields, name);
        } else if (post_) {
            if (wordpress) post_->wordpress = true;
            target = wordpress ? field_of(*post_, kPostFields, name) : field_of(*post_, kItemFields, name);
        } else if (name == "title") {
            target = &site_.title;
        } else if (name == "link" || name == "base_blog_url") {
            target = &site_.url;
        }
        if (target == nullptr || (!target->empty() && !person_)) return;
        target_ = target;
        captured_ = name;
    }

    BlogVisitor& visitor_;
    BlogSite site_;
    std::optional<BlogPost> post_;
    std::optional<BlogComment> comment_;
    std::optional<BlogAuthor> person_;
    std::string person_text_;
    bool person_in_export_ = false;
    std::string* target_ = nullptr;  // where text goes
    std::string captured_;           // the tag whose text that is
    bool in_source_ = false;
    bool faults_in_a_row_ = false;
    bool go_on_ = true;
};

}  // namespace

Result<Done> read_blog_document(ByteStream& bytes, BlogVisitor& visitor) {
    Document document(visitor);
    CHECK(read_xml(bytes, document));
    document.finish();
    return Done{};
}

}  // namespace vv::formats::archive
