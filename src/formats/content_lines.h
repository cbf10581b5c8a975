// formats/content_lines.h — the logical lines of a vCard or iCalendar file: unfolded as bytes, in bounded
// memory.
//
// Folding may cut a character in two, so lines are put together before anything is decoded. Values that may
// be huge and are not kept (pictures, sounds, attachments) pass by; a picture leaves its hash.
#pragma once

#include "base/crypto.h"
#include "formats/bytes.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace vv::formats {

enum class LineDialect {
    vcard,  // also 2.1: soft breaks of quoted-printable, base64 that runs on unindented
    icalendar,
};

struct ContentLine {
    std::string_view text;  // the whole line; of a value that passes by, what stands before it
    std::string_view name;  // without its group; empty where it has none, or no colon after it
    std::size_t colon = std::string::npos;  // where its name and parameters end; npos when nowhere
    std::int64_t line = 0;                  // the physical line it began on, from 1
    bool cut = false;                       // it was longer than the limit: only its beginning is there
    std::string picture_hash;               // SHA-256 of an embedded picture's bytes, in hex
    std::string picture;  // those bytes; empty where there are more than picture::kMostBytes
};

class ContentLines {
public:
    static constexpr std::size_t kLongest = 65'536;

    ContentLines(ByteStream& bytes, LineDialect dialect) : bytes_(bytes), dialect_(dialect) {}

    /// The next line that is not blank, its text good until the one after is asked for; false at the end.
    Result<bool> next(ContentLine& line);

private:
    /// Takes bytes of a value that is not kept.
    class Passing;
    struct PassingDeleter {
        void operator()(Passing* passing) const;
    };

    Result<bool> fill();
    void join(std::string before);
    void skip_line_end();
    bool take_whole(ContentLine& line);
    void hand_over(ContentLine& line);
    void take_piece();
    [[nodiscard]] bool continues(std::string_view piece) const;
    void append(std::string_view piece);
    void end_physical_line();
    void begin_line();
    void look_at_header();

    ByteStream& bytes_;
    LineDialect dialect_;
    std::string_view piece_;
    std::string_view rest_;      // what comes after it, where piece_ is joined_
    std::string joined_;         // the ends of two pieces, where the first was too short
    std::int64_t physical_ = 1;  // the line at the front of piece_
    bool at_start_ = true;       // piece_ begins a physical line
    bool after_return_ = false;  // the last line ended with CR: its LF may follow
    bool soft_break_ = false;    // quoted-printable: the next line continues this one
    bool header_seen_ = false;   // the name of the current line is known
    bool quoted_printable_ = false;
    bool open_ = false;    // current_ holds a line that may go on
    std::string text_;     // the current line so far
    ContentLine current_;  // what else is known of it
    std::unique_ptr<Passing, PassingDeleter> passing_;
};

/// A line's parts; views into the line.
struct ContentParameter {
    std::string_view name;   // empty for a bare word of vCard 2.1 ("CELL")
    std::string_view value;  // without its quotes
};
struct ContentProperty {
    std::string_view group;  // "item1"
    std::string_view name;
    std::vector<ContentParameter> parameters;
    std::string_view value;

    /// The first parameter of this name (any case), or empty.
    [[nodiscard]] std::string_view parameter(std::string_view wanted) const;
    /// Whether a parameter of this name, a type or a bare word has this value, in any case, alone or in a
    /// list.
    [[nodiscard]] bool has(std::string_view wanted, std::string_view word) const;
};

/// Puts the line's parts into `property`, in the room that it has; false when the line has no name or no
/// colon.
bool split_property(const ContentLine& line, ContentProperty& property);

/// Equal but for the case of ASCII letters.
constexpr bool same_word(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (lower(a[i]) != lower(b[i])) return false;
    return true;
}

}  // namespace vv::formats
