// formats/xml_repair.h — XML as programs really write it, made well-formed on its way to the parser.
//
// Emoji as two references to surrogates ("&#55357;&#56832;") become one code point; control characters and
// references to them are dropped; a bare "&" or "<" is escaped; entities of HTML become numbers, and any
// other one text, so that none is ever expanded. Comments are dropped. Attributes and CDATA sections are cut
// at a limit: pictures inside messages pass without being held. Of a tag's attributes no more than 256 are
// left, as the parser compares each with all. Line breaks outside what is cut stay, so that
// lines count as in the file. A quote that was never closed ends before the next line that begins with a tag.
#pragma once

#include "formats/bytes.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace vv::formats {

class XmlRepair final : public ByteStream {
public:
    /// `text` is UTF-8 (see text_stream.h); values longer than `longest` bytes are cut there.
    explicit XmlRepair(ByteStream& text, std::size_t longest = 1U << 20) : text_(text), longest_(longest) {}
    Result<std::string_view> next() override;

private:
    enum class State { text, tag, value, surplus, comment, cdata, instruction, declaration };

    void repair(std::string_view bytes, bool last);
    std::size_t step(std::string_view rest, bool last);
    std::size_t step_text(std::string_view rest, bool last);
    std::size_t step_tag(std::string_view rest);
    std::size_t step_value(std::string_view rest, bool last);
    std::size_t step_surplus(std::string_view rest);
    std::size_t open_value(char quote);
    std::size_t step_until(std::string_view rest, std::string_view end, bool last);
    std::size_t step_declaration(std::string_view rest);
    std::size_t open_markup(std::string_view rest, bool last);
    std::size_t reference(std::string_view rest, bool last);
    std::size_t numeric_reference(std::string_view rest);
    void put(std::string_view bytes);

    ByteStream& text_;
    std::size_t longest_;
    State state_ = State::text;
    char quote_ = '"';        // of a value; 0 in what is left out of a tag but between its values
    int attributes_ = 0;      // of the tag so far
    bool is_empty_ = false;   // what is left out of the tag ends with a "/" so far
    int brackets_ = 0;        // open in a declaration
    std::size_t length_ = 0;  // of the value or section so far
    bool new_line_ = false;   // nothing but blanks since the last line break of a value
    bool ended_ = false;
    std::string carried_;  // what the next piece must complete
    std::string joined_;
    std::string out_;
};

}  // namespace vv::formats
