#include "formats/dav.h"

#include "base/text.h"
#include "formats/multistatus.h"
#include "formats/xml_stream.h"

#include <algorithm>
#include <charconv>
#include <unordered_set>
#include <utility>

namespace vv::formats {
namespace {

// What is asked for is answered once for each meeting, the unknown too, so that little is to be asked at
// once.
constexpr std::size_t kMostProperties = 100;
constexpr std::size_t kLongestNames = 8'000;  // of all properties together
constexpr std::size_t kMostHrefs = 2'000;

// "20261124T170000Z"
std::optional<Instant> parse_stamp(std::string_view text) {
    if (text.size() != 16 || text[8] != 'T' || text[15] != 'Z') return std::nullopt;
    std::string spelled(text.substr(0, 4));
    spelled.append("-").append(text.substr(4, 2)).append("-").append(text.substr(6, 5)).append(":");
    spelled.append(text.substr(11, 2)).append(":").append(text.substr(13));
    const auto time = parse_rfc3339(spelled);
    return time ? std::optional(*time) : std::nullopt;
}

class Reader final : public XmlVisitor {
public:
    bool open(const XmlTag& tag) override {
        ++depth_;
        text_.clear();
        if (depth_ == 1) what(tag.name.local);
        if (depth_ == 2) is_in_prop_ = tag.name.local == "prop" && tag.name.space == kDav;
        if (depth_ == 3 && is_in_prop_) take_property(tag.name);
        if (tag.name.local == "time-range") {
            request.from = parse_stamp(tag.attribute("start"));
            request.to = parse_stamp(tag.attribute("end"));
        }
        is_too_long =
            is_too_long || request.properties.size() > kMostProperties || request.hrefs.size() > kMostHrefs;
        return !is_too_long;
    }
    bool close(const XmlName& name) override {
        if (depth_ == 2 && name.local == "href" && name.space == kDav) take_href(std::string(trim(text_)));
        --depth_;
        return true;
    }
    void text(std::string_view piece) override { text_ += piece; }
    void broken(std::int64_t, std::string_view) override { is_broken = true; }

    DavRequest request;
    bool is_broken = false, is_too_long = false;

private:
    // Each once, however often it is named.
    void take_property(const XmlName& name) {
        // "c:0" is no name, nor is one whose prefix nobody declared: there is no answering it in XML.
        is_broken = is_broken || name.local.find(':') != std::string_view::npos ||
                    (name.space.empty() && !name.prefix.empty());
        const bool is_known = std::ranges::any_of(request.properties, [&](const DavName& one) {
            return one.space == name.space && one.local == name.local;
        });
        if (is_known) return;
        names_ += name.space.size() + name.local.size();
        is_too_long = is_too_long || names_ > kLongestNames;
        if (!is_too_long) request.properties.push_back({std::string(name.space), std::string(name.local)});
    }
    void take_href(std::string href) {
        if (seen_.insert(href).second) request.hrefs.push_back(std::move(href));
    }
    void what(std::string_view name) {
        using What = DavRequest::What;
        request.what = name == "propfind"            ? What::propfind
                       : name == "calendar-query"    ? What::calendar_query
                       : name == "calendar-multiget" ? What::calendar_multiget
                                                     : What::other;
    }

    int depth_ = 0;
    bool is_in_prop_ = false;
    std::size_t names_ = 0;
    std::unordered_set<std::string> seen_;
    std::string text_;
};

std::string tag(const DavName& name, const std::string* value) {
    const std::string prefix = name.space == kDav              ? "D:"
                               : name.space == kCalDav         ? "C:"
                               : name.space == kCalendarServer ? "S:"
                               : name.space.empty()            ? ""
                                                               : "x:";
    const std::string own = prefix == "x:" ? " xmlns:x=\"" + escape_xml(name.space) + "\"" : "";
    const std::string local = escape_xml(name.local);
    if (!value || value->empty()) return "<" + prefix + local + own + "/>";
    return "<" + prefix + local + own + ">" + *value + "</" + prefix + local + ">";
}

std::string propstat(const std::string& properties, std::string_view status) {
    if (properties.empty()) return {};
    return "<D:propstat><D:prop>" + properties + "</D:prop><D:status>HTTP/1.1 " + std::string(status) +
           "</D:status></D:propstat>";
}

}  // namespace

Result<DavRequest> read_dav_request(std::string_view xml) {
    if (trim(xml).empty()) return DavRequest{};
    Reader reader;
    ViewStream bytes(xml);
    CHECK(read_xml(bytes, reader));
    if (reader.is_broken || reader.is_too_long)
        return Error(Fault::invalid, "dav.broken", "The request is not what CalDAV has there.");
    return std::move(reader.request);
}

std::string write_multistatus(const std::vector<DavResource>& resources, const DavRequest& asked) {
    std::string out =
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<D:multistatus xmlns:D=\"DAV:\""
        " xmlns:C=\"urn:ietf:params:xml:ns:caldav\" xmlns:S=\"http://calendarserver.org/ns/\">";
    for (const DavResource& one : resources) {
        out += "<D:response><D:href>" + escape_xml(one.href) + "</D:href>";
        std::string has, has_not;
        for (const DavName& name : asked.properties) {
            const auto found = one.properties.find(name);
            const bool is_known = found != one.properties.end();
            (is_known ? has : has_not) += tag(name, is_known ? &found->second : nullptr);
        }
        if (asked.properties.empty())
            for (const auto& [name, value] : one.properties) has += tag(name, &value);
        if (one.is_gone)
            out += "<D:status>HTTP/1.1 404 Not Found</D:status>";
        else
            out += propstat(has, "200 OK") + propstat(has_not, "404 Not Found");
        out += "</D:response>";
    }
    return out + "</D:multistatus>\n";
}

}  // namespace vv::formats
