// formats/xml_stream.h — an XML document of any size, tag by tag. libxml2 stops here.
//
// Whatever encoding it came in, what programs commonly get wrong is mended first (xml_repair.h). Nothing is
// fetched, no entity is expanded, no document type obeyed; nesting is held to libxml2's limits. Where a
// document is broken all the same it is told and reading goes on behind it as far as that makes sense.
#pragma once

#include "formats/bytes.h"

#include <cstdint>
#include <string_view>

namespace vv::formats {

struct XmlName {
    std::string_view space;  // the namespace's address; empty without one
    std::string_view prefix;
    std::string_view local;
};

/// A start tag. Views are gone when the visitor returns.
class XmlTag {
public:
    XmlTag(XmlName its_name, std::int64_t at_line, const unsigned char** attributes, int count)
        : name(its_name), line(at_line), attributes_(attributes), count_(count) {}

    /// The value of the attribute of this name, whatever its prefix; empty without one.
    [[nodiscard]] std::string_view attribute(std::string_view local) const;

    XmlName name;
    std::int64_t line;  // on which the tag ends

private:
    const unsigned char** attributes_;  // as libxml2's SAX2 hands them: name, prefix, space, value, its end
    int count_;
};

class XmlVisitor {
public:
    virtual ~XmlVisitor() = default;
    /// False from open() or close() asks to stop reading. A broken document may leave a tag unclosed.
    virtual bool open(const XmlTag& tag) = 0;
    virtual bool close(const XmlName& name) = 0;
    /// Text between tags, in pieces.
    virtual void text(std::string_view piece) = 0;
    /// The document is broken in this line; `error` says how. Comes before open() of a tag that is itself
    /// broken.
    virtual void broken(std::int64_t line, std::string_view error) = 0;
};

/// Reads to the end, or as far as the document lets itself be read. Errors are the stream's.
Result<Done> read_xml(ByteStream& bytes, XmlVisitor& visitor);

}  // namespace vv::formats
