#include "formats/multistatus.h"

#include "base/text.h"
#include "formats/xml_stream.h"

#include <charconv>

namespace vv::formats {
namespace {

/// "HTTP/1.1 404 Not Found"; 0 for anything else.
int status_of(std::string_view line) {
    const auto parts = split(trim(line), ' ');
    int status = 0;
    if (parts.size() > 1) std::from_chars(parts[1].data(), parts[1].data() + parts[1].size(), status);
    return status;
}

class Reader final : public XmlVisitor {
public:
    bool open(const XmlTag& tag) override {
        path_.emplace_back(tag.name.local);
        text_.clear();
        if (path_.size() == 1) is_multistatus_ = path_[0] == "multistatus";
        if (path_.size() == 2 && path_[1] == "response") answer_.items.emplace_back();
        if (!answer_.items.empty() && is_inside("resourcetype")) {
            if (path_.back() == "calendar") answer_.items.back().is_calendar = true;
            if (path_.back() == "addressbook") answer_.items.back().is_address_book = true;
        }
        return is_multistatus_;
    }
    bool close(const XmlName& name) override {
        // A broken document may have left tags unclosed.
        while (path_.size() > 1 && path_.back() != name.local) path_.pop_back();
        take();
        text_.clear();
        if (!path_.empty()) path_.pop_back();
        return true;
    }
    void text(std::string_view piece) override { text_ += piece; }
    void broken(std::int64_t, std::string_view) override { is_broken_ = true; }

    [[nodiscard]] bool is_whole() const { return is_multistatus_ && !is_broken_ && path_.empty(); }
    Multistatus answer_;

private:
    [[nodiscard]] bool is_inside(std::string_view parent) const {
        return path_.size() > 1 && path_[path_.size() - 2] == parent;
    }
    void take() {
        if (path_.size() == 2 && path_[1] == "sync-token") answer_.token = trim(text_);
        if (path_.size() < 3 || path_[1] != "response" || answer_.items.empty()) return;
        DavItem& item = answer_.items.back();
        const std::string& name = path_.back();
        if (path_.size() == 3 && name == "href") item.href = trim(text_);
        if (path_.size() == 3 && name == "status") item.status = status_of(text_);
        if (!is_inside("prop")) return;
        if (name == "getetag") item.etag = trim(text_);
        if (name == "getctag") item.ctag = trim(text_);
        if (name == "sync-token") item.token = trim(text_);
        if (name == "calendar-data" || name == "address-data") item.data = std::move(text_);
    }

    std::vector<std::string> path_;
    std::string text_;
    bool is_multistatus_ = false;
    bool is_broken_ = false;
};

}  // namespace

Result<Multistatus> read_multistatus(std::string_view xml) {
    Reader reader;
    ViewStream bytes(xml);
    CHECK(read_xml(bytes, reader));
    if (!reader.is_whole())
        return Error(Fault::invalid, "multistatus.broken", "The answer is not what WebDAV has there.");
    return std::move(reader.answer_);
}

std::string escape_xml(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else if (c == '"')
            out += "&quot;";
        else if (c == '\r')
            out += "&#13;";  // a reader takes a bare one for the end of a line
        else
            out += c;
    }
    return out;
}

}  // namespace vv::formats
