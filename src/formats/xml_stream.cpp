#include "formats/xml_stream.h"

#include "base/text.h"
#include "formats/text_stream.h"
#include "formats/xml_repair.h"

#include <libxml/parser.h>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace vv::formats {
namespace {

constexpr int kCellsOfAttribute = 5;
constexpr int kMostSpaces = 500;  // declared and open at one time: every prefix is looked for among them

std::string_view view(const xmlChar* text) {
    return text == nullptr ? std::string_view{} : std::string_view(reinterpret_cast<const char*>(text));
}

struct FreeContext {
    void operator()(xmlParserCtxt* context) const {
        if (context->myDoc != nullptr) xmlFreeDoc(context->myDoc);
        xmlFreeParserCtxt(context);
    }
};

// libxml2's callbacks, which know the reader as their first argument.
class Reader {
public:
    Reader(ByteStream& bytes, XmlVisitor& visitor) : text_(bytes), repaired_(text_), visitor_(visitor) {}

    Result<Done> run() {
        xmlSAXHandler sax{};
        sax.initialized = XML_SAX2_MAGIC;
        sax.startElementNs = &Reader::start;
        sax.endElementNs = &Reader::end;
        sax.characters = &Reader::characters;
        sax.ignorableWhitespace = &Reader::characters;
        sax.cdataBlock = &Reader::characters;
        sax.serror = &Reader::error;
        static std::once_flag once;
        std::call_once(once, &xmlInitParser);
        context_.reset(
            xmlCreateIOParserCtxt(&sax, this, &Reader::read, nullptr, this, XML_CHAR_ENCODING_UTF8));
        VV_ASSERT(context_ != nullptr);
        // NOENT: "&amp;" becomes "&" in attributes too; of other entities none is ever known.
        xmlCtxtUseOptions(context_.get(),
                          XML_PARSE_NONET | XML_PARSE_RECOVER | XML_PARSE_IGNORE_ENC | XML_PARSE_NOENT);
        xmlParseDocument(context_.get());
        if (failure_) return *std::move(failure_);
        if (!at_end_ && !stopped_)
            visitor_.broken(line(), "the rest of the file can't be read after what is broken here");
        return Done{};
    }

private:
    [[nodiscard]] std::int64_t line() const {
        return context_ != nullptr && context_->input != nullptr ? context_->input->line : 1;
    }

    static int read(void* self, char* buffer, int size) {
        return static_cast<Reader*>(self)->fill(buffer, size);
    }

    // As much as is asked for: libxml2 takes less for a sign that the end is near.
    int fill(char* buffer, int size) {
        std::size_t filled = 0;
        while (filled < static_cast<std::size_t>(size) && !at_end_) {
            if (rest_.empty()) {
                auto piece = repaired_.next();
                if (!piece) {
                    failure_ = std::move(piece.error());
                    return -1;
                }
                at_end_ = piece->empty();
                rest_ = *piece;
            }
            const auto taken = rest_.substr(0, static_cast<std::size_t>(size) - filled);
            filled += taken.copy(buffer + filled, taken.size());
            rest_.remove_prefix(taken.size());
        }
        return static_cast<int>(filled);
    }

    static void start(void* self, const xmlChar* local, const xmlChar* prefix, const xmlChar* space,
                      int spaces, const xmlChar**, int count, int, const xmlChar** attributes) {
        auto& reader = *static_cast<Reader*>(self);
        if (!reader.open_spaces(spaces)) return;
        const XmlTag tag({view(space), view(prefix), view(local)}, reader.line(), attributes, count);
        reader.go_on(reader.visitor_.open(tag));
    }
    static void end(void* self, const xmlChar* local, const xmlChar* prefix, const xmlChar* space) {
        auto& reader = *static_cast<Reader*>(self);
        reader.close_spaces();
        reader.go_on(reader.visitor_.close({view(space), view(prefix), view(local)}));
    }
    static void characters(void* self, const xmlChar* text, int size) {
        auto& reader = *static_cast<Reader*>(self);
        if (!reader.stopped_)
            reader.visitor_.text({reinterpret_cast<const char*>(text), static_cast<std::size_t>(size)});
    }
    static void error(void* self, xmlErrorPtr what) {
        auto& reader = *static_cast<Reader*>(self);
        // A prefix that nobody declared is told by its name all the same.
        if (reader.stopped_ || what->level < XML_ERR_FATAL || what->domain == XML_FROM_NAMESPACE) return;
        const std::string_view message(what->message == nullptr ? "" : what->message);
        reader.visitor_.broken(what->line, trim(message));
    }

    bool open_spaces(int declared) {
        if (stopped_) return true;
        spaces_.push_back(declared);
        open_ += declared;
        if (open_ <= kMostSpaces) return true;
        visitor_.broken(line(), "too many namespaces are declared");
        go_on(false);
        return false;
    }
    void close_spaces() {
        if (spaces_.empty()) return;
        open_ -= spaces_.back();
        spaces_.pop_back();
    }

    void go_on(bool wanted) {
        if (wanted || stopped_) return;
        stopped_ = true;
        xmlStopParser(context_.get());
    }

    TextStream text_;
    XmlRepair repaired_;
    XmlVisitor& visitor_;
    std::unique_ptr<xmlParserCtxt, FreeContext> context_;
    std::string_view rest_;
    bool at_end_ = false;
    bool stopped_ = false;
    std::vector<int> spaces_;  // declared by each open tag
    int open_ = 0;             // their sum
    std::optional<Error> failure_;
};

}  // namespace

std::string_view XmlTag::attribute(std::string_view local) const {
    for (int i = 0; i < count_; ++i) {
        const auto* cells = attributes_ + static_cast<std::ptrdiff_t>(i) * kCellsOfAttribute;
        if (view(cells[0]) != local) continue;
        return {reinterpret_cast<const char*>(cells[3]), static_cast<std::size_t>(cells[4] - cells[3])};
    }
    return {};
}

Result<Done> read_xml(ByteStream& bytes, XmlVisitor& visitor) {
    return Reader(bytes, visitor).run();
}

}  // namespace vv::formats
